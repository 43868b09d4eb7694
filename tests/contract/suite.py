"""The contract: every check, and the one call that runs them against a service."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from contract import (
    checks_access,
    checks_conflict,
    checks_create,
    checks_hostile,
    checks_item,
    checks_list,
    checks_query,
    checks_validation,
)
from contract.checking import Check
from contract.client import BrokenError, SkipError
from contract.profile import Profile
from contract.session import Credentials, Session
from contract.values import References

MOST_PROBLEMS = 12
CHECKS: tuple[Check, ...] = (
    *checks_create.CHECKS,
    *checks_validation.CHECKS,
    *checks_item.CHECKS,
    *checks_conflict.CHECKS,
    *checks_list.CHECKS,
    *checks_query.CHECKS,
    *checks_access.CHECKS,
    *checks_hostile.CHECKS,
)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What came of one check; each problem is a line that shows the request and the answer."""

    name: str
    outcome: Literal["passed", "failed", "skipped"]
    problems: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.outcome:8}{self.name}", *(f"    {line}" for line in self.problems)]
        return "\n".join(lines)


def run(
    base_url: str,
    profile: Profile,
    credentials: Credentials,
    *,
    references: References | None = None,
    only: Collection[str] = (),
    pause: float = 1.1,
) -> list[CheckResult]:
    """Run the checks, or those named in ``only``, and return one result for each.

    ``references`` gives existing ids for refs, by resource, that the profile has no list for.
    ``pause`` is how long to wait where a later timestamp must differ.
    """
    session = Session(base_url, profile, credentials, references, pause)
    try:
        chosen = [check for check in CHECKS if not only or check.name in only]
        return [_run_one(check, session) for check in chosen]
    finally:
        session.close()


def _run_one(check: Check, session: Session) -> CheckResult:
    missing = [name for name in check.needs if not session.has(name)]
    if missing:
        return CheckResult(check.name, "skipped", (f"there is no {', '.join(missing)}",))
    problems = list(islice(_problems(check, session), MOST_PROBLEMS))
    if problems and problems[0].startswith("skip: "):
        return CheckResult(check.name, "skipped", (problems[0].removeprefix("skip: "),))
    problems += session.log.take_faults()[:MOST_PROBLEMS]
    return CheckResult(check.name, "failed" if problems else "passed", tuple(problems))


def _problems(check: Check, session: Session) -> Iterator[str]:
    try:
        yield from check.function(session)
    except SkipError as reason:
        yield f"skip: {reason}"
    except BrokenError as problem:
        yield str(problem)
    except (KeyError, ValueError, TypeError, AssertionError) as error:
        yield f"an answer is not of the contract's form: {error!r}"


def failures(results: list[CheckResult]) -> list[CheckResult]:
    """Return the results that failed."""
    return [result for result in results if result.outcome == "failed"]

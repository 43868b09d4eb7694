"""The contract suite itself: it accepts what keeps the contract and notices what does not."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

import pytest

pytest.importorskip("httpx", reason="the contract suite speaks HTTP with httpx")

from contract import shapes
from contract.mutants import CAUGHT_BY
from contract.profile import OperationName, Profile
from contract.reference import Reference
from contract.session import Credentials
from contract.suite import CHECKS, CheckResult, failures, run

REFERENCES: dict[str, list[Any]] = {"teams": [1, 2, 3]}
FIRST = {"Authorization": "Bearer first-token"}
SECOND = {"Authorization": "Bearer second-token"}


def results(
    profile: Profile, mutants: Iterable[str] = (), only: Iterable[str] = ()
) -> list[CheckResult]:
    """Run the suite against the reference service, broken as told."""
    with Reference(profile, tuple(mutants), REFERENCES) as service:
        return run(
            service.url,
            profile,
            Credentials(FIRST, SECOND),
            references=REFERENCES,
            only=tuple(only),
            pause=0.01,
        )


def without(profile: Profile, *names: OperationName) -> Profile:
    """Return the profile with fewer operations."""
    less = deepcopy(profile)
    for name in names:
        del less["operations"][name]
    return less


def report(found: Iterable[CheckResult]) -> str:
    return "\n".join(map(str, found))


@pytest.mark.parametrize(
    "profile", [shapes.DEFAULT, shapes.DEVIATING], ids=["default", "deviating"]
)
def test_what_keeps_the_contract_passes(profile: Profile) -> None:
    found = results(profile)

    assert not failures(found), report(failures(found))
    assert len(found) == len(CHECKS)


def test_nothing_is_skipped_for_the_default_shape() -> None:
    found = results(shapes.DEFAULT)

    assert [result.name for result in found if result.outcome == "skipped"] == []


@pytest.mark.parametrize("mutant", sorted(CAUGHT_BY))
def test_a_broken_service_is_noticed(mutant: str) -> None:
    found = results(shapes.DEFAULT, [mutant], CAUGHT_BY[mutant])

    assert {result.name for result in failures(found)} == set(CAUGHT_BY[mutant]), report(found)


def test_every_check_notices_something() -> None:
    caught = {name for names in CAUGHT_BY.values() for name in names}

    assert caught == {check.name for check in CHECKS}


def test_every_check_says_what_it_is_about() -> None:
    assert [check.name for check in CHECKS if not check.about] == []
    assert len({check.name for check in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize(
    "gone",
    [("list",), ("get", "update"), ("create",), ("create", "update", "delete"), ("delete", "get")],
    ids="-".join,
)
def test_a_part_of_the_operations_is_enough(gone: tuple[OperationName, ...]) -> None:
    profile = without(shapes.DEFAULT, *gone)
    found = results(profile)

    assert not failures(found), report(failures(found))
    skipped = {result.name for result in found if result.outcome == "skipped"}
    assert skipped == {check.name for check in CHECKS if set(check.needs) & set(gone)}


def test_a_service_that_is_not_there_fails() -> None:
    found = run("http://127.0.0.1:9", shapes.DEVIATING, Credentials({}), only=["list.bounds"])

    assert [result.outcome for result in found] == ["failed"]

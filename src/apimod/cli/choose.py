"""Which projects an ``apply`` is for: those with a server, as few as the call leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from apimod.cli import console, services
from apimod.errors import Refused, UnknownName, UsageError
from apimod.paths import is_below

if TYPE_CHECKING:
    from apimod.cli.call import Call
    from apimod.cli.config import Config
    from apimod.stack import Stack
    from apimod.workspace import Workspace


def projects(space: Workspace, call: Call, config: Config) -> list[Stack]:
    """Return the stacks of the projects to change, at least one; asks only on a terminal."""
    here = space.relative(Path(call.directory).resolve())
    wanted = call.projects or (() if call.all_ else config.projects)
    if wanted:
        return _of_framework(_named(space, wanted, here), call.framework)
    below = list(services.stacks(space, here))
    near = [stack for stack in below if stack.frameworks]
    if call.all_ or config.all:
        return _of_framework(near, call.framework) or _none(below, here)
    near = [stack for stack in near if stack.path == here] or near or _above(space, here)
    if not near:
        _none(below, here)
    near = _of_framework(near, call.framework)
    return near if len(near) == 1 else [_asked(near)]


def _above(space: Workspace, here: str) -> list[Stack]:
    """Return the nearest project above a folder that has a server."""
    around = [path for path in services.project_paths(space) if is_below(here, path)]
    for path in sorted(around, key=_depth, reverse=True):
        found = [s for s in services.stacks(space, path) if s.path == path and s.frameworks]
        if found:
            return found
    return []


def _named(space: Workspace, wanted: Sequence[str], here: str) -> list[Stack]:
    """Return the servers among the projects that the names and globs of ``--project`` match."""
    known = services.project_paths(space)
    chosen: list[Stack] = []
    for name in wanted:
        paths = [path for path in known if _matches(path, name, here)]
        if not paths:
            raise UnknownName("project", name, known)
        below = paths[0] if len(paths) == 1 else "."
        hits = [stack for stack in services.stacks(space, below) if stack.path in paths]
        serving = [stack for stack in hits if stack.frameworks]
        if not serving:
            _none(hits, paths[0] if len(paths) == 1 else here)
        chosen += [stack for stack in serving if stack not in chosen]
    return chosen


def _matches(path: str, wanted: str, here: str) -> bool:
    wanted = (wanted[:1] + wanted[1:].rstrip("/")).removeprefix("./") or "."
    from_here = wanted if here == "." else here if wanted == "." else f"{here}/{wanted}"
    return any(path == name or fnmatchcase(path, name) for name in (wanted, from_here))


def _of_framework(stacks: list[Stack], framework: str | None) -> list[Stack]:
    if not framework or not stacks:
        return stacks
    found = [stack for stack in stacks if framework in stack.frameworks]
    if not found:
        raise UnknownName("framework", framework, {f for s in stacks for f in s.frameworks})
    return found


def _asked(stacks: list[Stack]) -> Stack:
    labels = [f"{stack.path} ({', '.join(stack.frameworks)})" for stack in stacks]
    if console.is_interactive():
        chosen = console.choose("Several projects serve endpoints here. Which one?", labels)
        return stacks[labels.index(chosen)]
    if len({stack.path for stack in stacks}) == 1:
        flags = " | ".join(f"--framework {f}" for stack in stacks for f in stack.frameworks)
        raise UsageError(f"two servers share {stacks[0].path}", advice=f"say which: {flags}")
    shown = ", ".join(labels[:12]) + (f" and {len(labels) - 12} more" if len(labels) > 12 else "")
    raise UsageError(
        f"{len(stacks)} projects serve endpoints here: {shown}",
        advice=f"say which: --project {stacks[0].path}, or --all",
    )


def _none(found: Sequence[Stack], here: str) -> NoReturn:
    place = "here" if here == "." else f"in {here}"
    broken = next((stack for stack in found if stack.problem), None)
    if broken is not None:
        raise Refused(broken.problem)
    if not found:
        raise Refused(
            f"there is no project {place}", advice="run apimod in a codebase, or give -C DIR"
        )
    raise Refused(
        f"no project {place} has a server framework that apimod knows",
        advice="apimod detect shows what was found",
    )


def _depth(path: str) -> int:
    return 0 if path == "." else path.count("/") + 1

"""What the commands ask of the floors below, each imported when it is first asked for.

``detect`` and ``list`` import neither the template engine nor the syntax trees that edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from apimod.cli import packs
from apimod.errors import PackError, Refused

if TYPE_CHECKING:
    import tree_sitter

    from apimod.apply import Pending
    from apimod.codemods import Codemod
    from apimod.diff import FileStat
    from apimod.listing import Listing
    from apimod.model import Json, Outcome, Plan, Request, SkippedFile
    from apimod.own_pack import OwnPack
    from apimod.pack import Pack
    from apimod.stack import Stack
    from apimod.transaction import RecoverReport
    from apimod.undo import Applied, UndoReport
    from apimod.workspace import Workspace


@cache
def pack() -> Pack:
    """Return the pack that comes with the program."""
    from apimod.pack import builtin_root, load_pack

    return load_pack(builtin_root(), lazy=True)


def workspace(directory: str) -> Workspace:
    """Return the workspace around a directory."""
    from apimod.workspace import Workspace

    return Workspace.find(directory)


def codemods(space: Workspace) -> Mapping[str, Codemod]:
    """Return the codemods by name: those that are built in, and the repository's own."""
    return packs.of(space, pack()).codemods


def check_codemod(space: Workspace, name: str) -> None:
    """Raise UnknownName for a codemod that is not there, Refused for one that is not trusted."""
    from apimod.errors import UnknownName

    packs.of(space, pack()).check(name)
    known = codemods(space)
    if name not in known:
        raise UnknownName("codemod", name, known)


def check_pack(found: OwnPack) -> None:
    """Raise Refused where a repository's pack is broken."""
    made = packs.Packs(pack(), found)
    made.all  # noqa: B018 - it is read and checked
    made.codemods  # noqa: B018


def stacks(space: Workspace, below: str) -> Sequence[Stack]:
    """Return what each project at or below a folder is made of."""
    from apimod.stack import detect

    at_hand = packs.of(space, pack())
    return at_hand.run(lambda: detect(space, at_hand.all, below))


def with_conventions(space: Workspace, stack: Stack) -> Stack:
    """Return what a project is made of, with what the siblings in it teach."""
    from msgspec.structs import replace

    from apimod.planning.habits import habits

    at_hand = packs.of(space, pack())
    told, learnt = at_hand.run(lambda: habits(space, stack, at_hand.all))
    return replace(stack, conventions=told, learnt=learnt)


def listing(space: Workspace, below: str) -> Listing:
    """Return the endpoints, the unresolved and the skipped, at or below a folder."""
    at_hand = packs.of(space, pack())
    return at_hand.run(lambda: _listing(space, below, at_hand.all))


def _listing(space: Workspace, below: str, pack: Pack) -> Listing:
    from apimod.listing import Listing, merge, sort
    from apimod.paths import is_below
    from apimod.projectgraph import codebase_of, graph_of_all
    from apimod.related import groups
    from apimod.routes import libraries_of

    unread: list[SkippedFile] = []
    code = codebase_of(space, skipped=unread)
    found: list[Listing] = []
    wanted = {(p.path, p.language) for p in space.projects(below)}
    for projects in groups(space.projects(), libraries_of(pack.units)):
        inside = {p.path for p in projects if (p.path, p.language) in wanted}
        if not inside:
            continue
        graph = graph_of_all(space, code, pack, projects, generated=True)
        endpoints = [e for e in graph.endpoints if e.project in inside]
        lost = [u for u in graph.unresolved if graph.project_of(u.file) in inside]
        found.append(Listing(endpoints, lost))
        unread += [row for row in graph.skipped if row not in unread]
    unread += code.given_up()
    skipped = [row for row in (*space.skipped, *unread) if is_below(row.file, below)]
    return sort(merge([*found, Listing(skipped=skipped)]))


def make_plan(space: Workspace, stack: Stack, request: Request) -> Outcome:
    """Return the outcome of a request in a project. Raises Refused."""
    from apimod.plan import make_plan

    at_hand = packs.of(space, pack())
    try:
        return at_hand.run(lambda: make_plan(space, stack, request, at_hand.of(request.codemod)))
    except PackError as error:
        what = f"the templates of {request.codemod} do not fit this project: {error.what}"
        advice = "nothing was written; please report it to those who keep the pack"
        raise Refused(what, where=error.where, advice=advice) from error


def verify(space: Workspace, plan: Plan) -> tuple[bytes, tuple[FileStat, ...]]:
    """Return a plan's patch and its rows for a diffstat, after every check of ``apimod.verify``.

    Raises Refused, Stale, Conflict or Unsafe.
    """
    from apimod.diff import diffstat, patch_of
    from apimod.verify import verify

    files = verify(space.root, plan, ignored=space.ignored, grammar_of=grammar_of)
    return patch_of(files), diffstat(files)


def grammar_of(path: str) -> tree_sitter.Language | None:
    """Return the grammar that reads a file, or None."""
    from apimod.languages import language_of

    language = language_of(path)
    return language.grammar(path) if language else None


def apply(space: Workspace, plan: Plan, group: str) -> None:
    """Write a plan, wholly or not at all; applies of one ``group`` are undone together."""
    from apimod.apply import apply_plan

    apply_plan(space.root, plan, ignored=space.ignored, grammar_of=grammar_of, group=group)


def undo(space: Workspace, count: int, *, edited_too: bool) -> UndoReport:
    """Take the last ``count`` commands back, each in every project that it wrote."""
    from apimod.undo import undo_last

    return undo_last(space.root, count, edited_too=edited_too)


def undo_patch(space: Workspace, count: int, *, edited_too: bool) -> bytes:
    """Return the patch of what ``undo`` would do."""
    from apimod.diff import patch_of
    from apimod.undo import undo_changes

    return patch_of(undo_changes(space.root, count, edited_too=edited_too))


def applied(space: Workspace) -> list[list[Applied]]:
    """Return what can be taken back, the last command first, with an apply for each project."""
    from apimod.undo import applies

    found: list[list[Applied]] = []
    for record in applies(space.root):
        if found and record.group and found[-1][0].group == record.group:
            found[-1].append(record)
        else:
            found.append([record])
    return found


def recover(space: Workspace, *, forget: bool = False, keep_edited: bool = False) -> RecoverReport:
    """Finish an apply that was cut off, or roll it back."""
    from apimod.apply import recover

    return recover(space.root, forget=forget, keep_edited=keep_edited)


def cut_off(space: Workspace) -> Pending | None:
    """Return the write that was cut off here and waits for ``recover``."""
    from apimod.errors import Refused
    from apimod.state import state_folder

    try:
        if not state_folder(space.root).is_dir():
            return None
    except (OSError, Refused):
        # With no place for a journal, nothing can have been cut off.
        return None
    from apimod.apply import pending

    return pending(space.root)


def is_ours(space: Workspace, path: str) -> bool:
    """Whether a file is as apimod's last apply left it, so that ``undo`` can give it back."""
    from apimod.undo import last_left

    return last_left(space.root, path)


def plan_to_json(plan: Plan) -> Json:
    """Return a plan as JSON."""
    from apimod.plan_json import plan_to_dict

    return plan_to_dict(plan)


def plan_from_json(body: Json) -> Plan:
    """Return the plan that JSON holds. Raises UsageError."""
    import json

    from apimod.plan_json import plan_from_json

    return plan_from_json(json.dumps(body))


def parse_json(text: str) -> Any:
    """Return the value of JSON text. Raises UsageError."""
    from apimod.plan_json import parsed

    return parsed(text)


def project_paths(space: Workspace) -> list[str]:
    """Return the folder of every project of the workspace, each once."""
    return sorted({project.path for project in space.projects()})


def stack_json(stack: Stack) -> Json:
    """Return what a project is made of, with the keys of ``detect``'s contract in their order."""
    evidence = [{"fact": e.fact, "file": e.file, "line": e.line} for e in stack.evidence]
    return {
        "path": stack.path,
        "language": stack.spoken,
        "frameworks": list(stack.frameworks),
        "orm": list(stack.orm),
        "database": list(stack.database),
        "auth": list(stack.auth),
        "validation": list(stack.validation),
        "docs": list(stack.docs),
        "tests": list(stack.tests),
        "formatter": next(iter(stack.formatter), ""),
        "package_manager": stack.package_manager,
        "conventions": dict(stack.conventions),
        "evidence": evidence,
        "problem": stack.problem,
    }


def settled(report: RecoverReport) -> str:
    """Return what became of a write that was cut off, as a person reads it."""
    if report.outcome == "nothing":
        return "nothing was cut off here"
    kept = f"; edited since, and left as it is: {', '.join(report.kept)}" if report.kept else ""
    return f"the {report.kind} that was cut off ({report.title}) was {report.outcome}{kept}"

"""How the project tests its endpoints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from apimod.conventions.model import TestStyle
from apimod.conventions.modules_text import (
    arguments,
    callee,
    flat,
    needed,
    nodes,
    offers,
    root,
    strangers,
    text_of,
)
from apimod.languages.buffer import ImportNeed
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.source import Source

REQUEST = re.compile(r"\brequest\(\s*([\w.]+(?:\(\))?)\s*\)")
HOOK = re.compile(r"(?:beforeEach|beforeAll|afterEach|afterAll|before|after|setup\w*)\(")


def test_style(
    study: Study, sibling: Sibling, words: Renamer, units: frozenset[str]
) -> tuple[TestStyle, Source | None]:
    """Return how the sibling is tested, and the file that shows it."""
    every = [p for p in study.code.paths if study.inside(p) and study.language.is_test(p)]
    found = [
        s for p in every if (s := study.code.source(p)) is not None and REQUEST.search(text_of(s))
    ]
    own = [s for s in found if words.mentions(s.path)]
    shows = next(iter(own or found), None)
    if shows is None:
        return TestStyle(), None
    text = text_of(shows)
    given = offers(study, shows)
    app = REQUEST.search(text)
    assert app is not None
    name = re.match(r"\w+", app[1])
    need = given.get(name[0]) if name else None
    expression = Snippet(app[1], (need,)) if need is not None else None
    study.learn("how endpoints are tested", root(study, shows))
    signed = _signed(study, shows)
    return TestStyle(
        app=expression, setup=_with_rows(study, shows, _setup(study, shows)), signed=signed
    ), shows


test_style.__test__ = False  # type: ignore[attr-defined]


def _setup(study: Study, shows: Source) -> Snippet | None:
    """Return the statements of a test file that make the database ready: calls of hooks."""
    kept: list[str] = []
    needs: list[ImportNeed] = []
    given = offers(study, shows)
    for statement in nodes(root(study, shows), "expression_statement"):
        text = shows.text(statement)
        if not HOOK.match(text):
            continue
        outer = At(shows, statement)
        for one, place in [(flat(text).rstrip(";") + ";", outer), *_steps(outer, text)]:
            names = [shows.text(n) for n in nodes(place, "identifier")]
            taken = [given[n] for n in names if n in given]
            unknown = [n for n in names if n not in given and not HOOK.match(f"{n}(")]
            if unknown or any(need.module == f"/{shows.path}" for need in taken):
                continue
            kept += [one] if one not in kept else []
            needs += taken
            break
    return Snippet("\n".join(kept), tuple(needs)) if kept else None


def _with_rows(study: Study, shows: Source, setup: Snippet | None) -> Snippet | None:
    """Add what tests do by helpers before they sign in: the users must be there."""
    given = offers(study, shows)
    for call in nodes(root(study, shows), "call_expression"):
        place = At(shows, call)
        if not callee(place).endswith(".set") or "uthorization" not in shows.text(call):
            continue
        block = call.parent
        while block is not None and block.type != "statement_block":
            block = block.parent
        for step in block.named_children if block is not None else ():
            text = flat(shows.text(step)).rstrip(";")
            made = re.fullmatch(r"await (\w+)\([\w\[\], ]*\)", text)
            need = given.get(made[1]) if made else None
            users = re.search(r"(?i)user|account|admin|member", text)
            if need is None or not users or not need.module.startswith("/"):
                continue
            if strangers(study, At(shows, step)) or (setup is not None and text in setup.text):
                continue
            hook = f"beforeEach(async () => {{\n  {text};\n}});"
            before = f"{setup.text}\n" if setup is not None else ""
            known = setup.imports if setup is not None else ()
            return Snippet(before + hook, (*known, *needed(study, At(shows, step))))
    return setup


def _steps(hook: At, text: str) -> Iterator[tuple[str, At]]:
    """Yield what a hook does in statements of its own, each as a hook."""
    name = text.partition("(")[0]
    for block in nodes(hook, "statement_block"):
        for step in block.named_children:
            if step.type == "expression_statement":
                done = flat(hook.source.text(step)).rstrip(";")
                wait = "async " if done.startswith("await ") else ""
                if re.match(r"(?:await )?[\w.]+\(", done):
                    yield f"{name}({wait}() => {{\n  {done};\n}});", hook.to(step)
        return


def _signed(study: Study, shows: Source) -> tuple[Snippet, ...]:
    """Return what requests are given by which they come from one user, and from another."""
    out: dict[str, Snippet] = {}
    for call in nodes(root(study, shows), "call_expression"):
        place = At(shows, call)
        if not callee(place).endswith(".set"):
            continue
        found = _resolved(study, place)
        if found is not None:
            out.setdefault(found.text, found)
    return tuple(out.values())[:2]


def _resolved(study: Study, call: At) -> Snippet | None:
    """Return a call's arguments, in words that mean something at any place of another test."""
    given = arguments(call.node)
    first = call.source.text(given[0]) if given else ""
    if len(given) == 2 and first[1:-1].lower() in ("authorization", "cookie", "x-api-key"):
        value = call.to(given[1])
        if strangers(study, value) or "/" not in "".join(n.module for n in needed(study, value)):
            return None
        return Snippet(f"{first}, {flat(call.source.text(given[1]))}", needed(study, value))
    if len(given) == 1 and given[0].type == "identifier":
        pattern = rf"(?:^|[\s;]){re.escape(first)}\b[^=\n]*= (await \w+\([^()\n]*\))"
        made = re.search(pattern, text_of(call.source))
        name = re.match(r"await (\w+)", made[1]) if made else None
        need = offers(study, call.source).get(name[1]) if name else None
        if made and need is not None and need.module != f"/{call.source.path}":
            return Snippet(made[1], (need,))
    return None

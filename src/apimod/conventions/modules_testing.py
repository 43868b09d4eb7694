"""How the project tests its endpoints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.conventions.model import TestStyle
from apimod.conventions.modules_text import flat, nodes, offers, root, snippet, text_of
from apimod.languages.buffer import ImportNeed
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.source import Source

REQUEST = re.compile(r"\brequest\(\s*([\w.]+(?:\(\))?)\s*\)")
SIGNED = re.compile(r"\.set\(\s*([^;]*?)\)\s*(?=\.|;|\n|$)")


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
    return TestStyle(
        app=expression,
        setup=_setup(study, shows),
        headers=_signed(study, shows),
    ), shows


test_style.__test__ = False  # type: ignore[attr-defined]


def _setup(study: Study, shows: Source) -> Snippet | None:
    """Return the statements at a test file's top level that make the database ready."""
    kept: list[str] = []
    needs: list[ImportNeed] = []
    given = offers(study, shows)
    for statement in study.code.root(shows).named_children:
        text = shows.text(statement)
        if not re.match(
            r"(?:beforeEach|beforeAll|afterEach|afterAll|before|after|setup\w*)\(", text
        ):
            continue
        names = [shows.text(n) for n in nodes(At(shows, statement), "identifier")]
        taken = [n for n in names if n in given]
        if any(n not in given and n not in _GLOBALS for n in names):
            continue
        if any(given[n].module == f"/{shows.path}" for n in taken):
            continue
        kept.append(flat(text).rstrip(";") + ";")
        needs += [given[n] for n in taken]
    return Snippet("\n".join(kept), tuple(needs)) if kept else None


_GLOBALS = frozenset("beforeEach beforeAll afterEach afterAll before after async await".split())


def _signed(study: Study, shows: Source) -> str:
    """Return the helper by which a test signs in: what gives headers, by its name."""
    for name, need in offers(study, shows).items():
        if re.search(
            r"(?i)^(sign_?in|login|auth|token|headers|bearer)", name
        ) and need.module.startswith("/"):
            return name
    return ""


__all__ = ["snippet", "test_style"]

"""What a sibling's list may be asked for, and the keys that its answer has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from apimod import names
from apimod.conventions.answers import Leaf, Sent, classes
from apimod.conventions.model import EnvelopeStyle, ListStyle
from apimod.conventions.shape import LIMIT, OFFSET, PAGE, PAGES, SEARCH, SORT, TOTAL
from apimod.conventions.tags import Tagged, tagged
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from apimod.conventions.anatomy import Handler
    from apimod.conventions.study import Study
    from apimod.match import Fact

ROLES = (("total", TOTAL), ("page", PAGE | {"current_page"}), ("limit", LIMIT), ("pages", PAGES),
         ("offset", OFFSET))  # fmt: skip
ITEMS = frozenset("items data results result list rows records content docs".split())


class Asked(Struct, frozen=True):
    """A parameter of the query: its name as it is written, and its limits."""

    name: str
    default: int | None = None
    max: int | None = None


def list_style(study: Study, handler: Handler | None, answer: Sent | None) -> ListStyle:
    """Return how the sibling's list is asked for and answered."""
    if handler is None:
        return ListStyle()
    asked, embed = _asked(study, handler)
    by_word = {names.snake(a.name): a for a in asked}

    def first(words: frozenset[str]) -> Asked | None:
        return next((a for word, a in by_word.items() if word in words), None)

    page, offset, limit = first(PAGE), first(OFFSET), first(LIMIT)
    by_offset = offset is not None and page is None
    if page or offset:
        study.learn("paging by offset" if by_offset else "paging by number", handler.at)
    search, sort = first(SEARCH), first(SORT)
    default = limit.default if limit else None
    most = limit.max if limit and limit.max else 100
    return ListStyle(
        style="offset" if by_offset else "page",
        page=page.name if page else "page",
        offset=offset.name if offset else "offset",
        limit=limit.name if limit else "limit",
        search=search.name if search else "search",
        sort=sort.name if sort else "sort",
        default_limit=min(default, most) if default else min(20, most),
        max_limit=most,
        embed=embed,
        envelope=envelope(study, answer, by_offset),
    )


def _asked(study: Study, handler: Handler) -> tuple[list[Asked], Snippet | None]:
    """Return the parameters, and the siblings' own type of those for paging."""
    out: list[Asked] = []
    embed: Snippet | None = None
    for fact in _facts(study, handler, "input"):
        name, source = fact.one("name"), fact.one("source")
        text = fact.source.text(name).strip("\"'`") if name is not None else ""
        if text and source is not None and "Param" not in fact.source.text(source):
            node = fact.one("default")
            given = fact.source.text(node).strip("\"'`") if node is not None else ""
            out.append(Asked(text, int(given) if given.isdigit() else None))
    for fact in _facts(study, handler, "bind"):
        target = fact.one("target")
        for cls in classes(study, At(fact.source, target, handler.inner.frame)) if target else ():
            fields = tagged(study, cls)
            out += [_tagged(f) for f in fields if f.form]
            embed = embed or _embedded(study, cls, fields)
    return out, embed


def _facts(study: Study, handler: Handler, kind: str) -> list[Fact]:
    """Return the facts in a handler, and in the project's functions that it calls with it."""
    from apimod.conventions.answers import functions

    places = [handler.inner]
    for node in study.language.subtree(handler.inner.node):
        if node.type == "call_expression":
            places += functions(study, handler.inner.to(node))
    return [f for place in places for f in study.graph.facts[kind] if _within(f, place)]


def _within(fact: Fact, place: At) -> bool:
    node = place.node
    same = fact.source.path == place.source.path
    return same and node.start_byte <= fact.node.start_byte and fact.node.end_byte <= node.end_byte


def _tagged(one: Tagged) -> Asked:
    default = re.search(r"default=(\d+)", one.tags.get("form", ""))
    checks = one.tags.get("binding", "") + "," + one.tags.get("validate", "")
    most = re.search(r"\b(?:max|lte)=(\d+)", checks)
    return Asked(one.form, int(default[1]) if default else None, int(most[1]) if most else None)


def _embedded(study: Study, cls: At, fields: list[Tagged]) -> Snippet | None:
    """Return the type of the paging parameters, where it bounds them and names them as expected."""
    bases = {f.base for f in fields if f.base}
    own = [f for f in fields if not f.base]
    if not own and not bases:
        return None
    base = next(iter(bases), "")
    inside = [f for f in fields if f.base == base] if base else fields
    members = {f.name for f in inside}
    number = next((f for f in inside if f.name in ("Page", "Offset")), None)
    limit = next((f for f in inside if f.name == "Limit"), None)
    if len(members) != 2 or number is None or limit is None:
        return None
    bounded = _tagged(limit)
    if not bounded.max or bounded.max > 1000 or not bounded.default:
        return None
    low = "min=" in limit.tags.get("binding", "") and "min=" in number.tags.get("binding", "")
    if not low or any(f.type != "int" for f in inside):
        return None
    place = inside[0].at
    assert place is not None
    if base:
        return Snippet(base, study.imports_of(cls))
    name = study.language.qualified_name(cls.source, cls.node)
    return Snippet(name)


def envelope(study: Study, answer: Sent | None, by_offset: bool) -> EnvelopeStyle:
    """Return the keys of a list's answer."""
    plain = EnvelopeStyle(page="", pages="", offset="offset") if by_offset else EnvelopeStyle()
    if answer is None:
        return plain
    found = expanded(study, answer)
    items = items_leaf(study, found)
    if items is None or not items.key:
        return plain
    rest = [leaf for leaf in found if leaf is not items]
    keys: dict[str, Any] = {role: _key(rest, words) for role, words in ROLES}
    study.learn("the envelope of a list", answer.call)
    if not keys["total"]:
        near = "" if "." not in items.key else items.key.rpartition(".")[0] + "."
        shown: dict[str, Any] = {k: f"{near}{getattr(plain, k)}" for k in keys if getattr(plain, k)}
        return replace(plain, items=items.key, **shown)
    return EnvelopeStyle(items=items.key, **keys)


def _key(found: list[Leaf], words: frozenset[str]) -> str:
    return next((f.key for f in found if names.snake(f.key.rpartition(".")[2]) in words), "")


def expanded(study: Study, answer: Sent) -> list[Leaf]:
    """Return the leaves of a list's answer, those that are structs of counts taken apart."""
    out: list[Leaf] = []
    for leaf in answer.leaves:
        cls = next(iter(classes(study, leaf.at)), None)
        inner = tagged(study, cls) if cls is not None and not study.is_model(cls) else []
        words = {names.snake(f.wire) for f in inner}
        if inner and words & (TOTAL | LIMIT):
            out += [
                Leaf(f"{leaf.key}.{f.wire}" if leaf.key else f.wire, leaf.at, cls)
                for f in inner if f.wire
            ]  # fmt: skip
        else:
            out.append(leaf)
    return out


def items_leaf(study: Study, found: list[Leaf]) -> Leaf | None:
    """Return the leaf that holds the rows."""
    counts = frozenset().union(*(words for _, words in ROLES))
    rest = [f for f in found if names.snake(f.key.rpartition(".")[2]) not in counts]
    plain = r"[\"'`\d]|(true|false|nil)$|len\("
    rest = [f for f in rest if not re.match(plain, f.at.source.text(f.at.node))]
    named = [f for f in rest if f.key.rpartition(".")[2].lower() in ITEMS]
    return next(iter(named or rest), None)


__all__ = ["Asked", "envelope", "expanded", "items_leaf", "list_style"]

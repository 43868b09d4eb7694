"""How the project tells failures: the statements by which handlers, services and guards give up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod import names
from apimod.conventions.model import ErrorStyle
from apimod.conventions.modules_text import (
    STRINGS,
    flat,
    nodes,
    offers,
    root,
    snippet,
    strangers,
    text_of,
)
from apimod.values import At
from apimod.views import ImportNeed, Snippet

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.places import Part
    from apimod.conventions.study import Study
    from apimod.source import Source

STATUSES = {404: "not_found", 409: "conflict", 403: "forbidden", 422: "invalid", 400: "invalid"}
WORDS = {
    "not_found": ("NOT_FOUND", "NotFound", "notFound"),
    "conflict": ("CONFLICT", "Conflict", "conflict"),
    "forbidden": ("FORBIDDEN", "Forbidden", "forbidden"),
    "invalid": (
        "UNPROCESSABLE_ENTITY",
        "UnprocessableEntity",
        "BAD_REQUEST",
        "BadRequest",
        "badRequest",
    ),
}
NUMBERS = {"not_found": 404, "conflict": 409, "forbidden": 403, "invalid": 400}
HANDS = frozenset("req res next request response reply err error".split())
STATEMENTS = ("throw_statement", "return_statement", "expression_statement")
GIVES_UP = re.compile(
    r"^(?:return )?(?:throw |next\(|(?:res|response)\.(?:status|sendStatus)\(\s*(?:4\d\d|[\w.]+)\s*\)"
    r"|(?:res|response)\.status\()"
)


def error_style(study: Study, parts: dict[str, Part], status: int) -> ErrorStyle:
    """Return the project's ways to fail; ``status`` is that of input that is wrong."""
    found: dict[str, Snippet] = {}
    where: dict[str, str] = {}
    layers = ("service", "repository", "controller", "routes")
    for layer in layers:
        part = parts.get(layer)
        if part is None:
            continue
        for kind, one in _told(study, root(study, part.source)):
            if kind not in found:
                found[kind], where[kind] = one, layer
    raises = where.get("not_found", where.get("conflict", "routes")) in ("service", "repository")
    sources = [s for p in study.paths if (s := study.code.source(p)) is not None]
    for source in sources:
        if source.path not in {p.path for p in parts.values()}:
            for kind, one in _told(study, root(study, source)):
                if _alike(one, found.get("not_found")):
                    found.setdefault(kind, one)
    found = _derived(study, found, status)
    complete = {"not_found", "conflict"} <= set(found)
    return ErrorStyle(
        where="store" if raises and complete else "handler",
        not_found=found.get("not_found"),
        conflict=found.get("conflict"),
        invalid=found.get("invalid"),
        forbidden=found.get("forbidden"),
        validation=status,
    )


def _alike(one: Snippet, other: Snippet | None) -> bool:
    """Whether two statements give up in one way: what throws is no model for what answers."""
    return other is None or one.text.split("(")[0].split()[0] == other.text.split("(")[0].split()[0]


def _told(study: Study, at: At) -> Iterator[tuple[str, Snippet]]:
    for node in nodes(at, *STATEMENTS):
        place = at.to(node)
        text = flat(place.source.text(node))
        if not GIVES_UP.match(text) or len(text) > 300:
            continue
        kind = _kind(text)
        one = _with_hole(study, place) if kind else None
        if one is not None:
            yield kind, one


def _kind(text: str) -> str:
    """Tell what is meant: by the status, else by the words of what is made."""
    numbers = [int(n) for n in re.findall(r"(?<![\w.])([45]\d\d)(?!\w)", text)]
    for number in numbers:
        return STATUSES.get(number, "")
    bare = re.sub(r"(['\"`]).*?\1", "", text)
    for kind, words in WORDS.items():
        if any(word in bare for word in words):
            return kind
    return ""


def _with_hole(study: Study, place: At) -> Snippet | None:
    """Return a statement with ``{message}`` for its only text; None where it says more."""
    strings = [n for n in nodes(place, *STRINGS) if not _key(n)]
    holes = [(s, "{message}") for s in strings]
    inner = [s for s in strings if any(_within(s, o) for o in strings)]
    free = [n for n in strangers(study, place, HANDS) if n not in _names_inside(place, strings)]
    if len(strings) - len(inner) > 1 or free or not strings:
        return None
    one = snippet(study, place, holes[:1], "how failures are told")
    return replace(one, text=_ended(one.text))


def _ended(text: str) -> str:
    return text.rstrip(";") + ";"


def _within(node: Node, other: Node) -> bool:
    return node.id != other.id and other.start_byte <= node.start_byte < other.end_byte


def _key(node: Node) -> bool:
    """Whether a string names something: the key of an object."""
    parent = node.parent
    return (
        parent is not None and parent.type == "pair" and parent.child_by_field_name("key") == node
    )


def _names_inside(place: At, strings: list[Node]) -> set[str]:
    return {place.source.text(n) for s in strings for n in nodes(place.to(s), "identifier")}


# --- what nobody shows ---------------------------------------------------------------------------


def _derived(study: Study, found: dict[str, Snippet], status: int) -> dict[str, Snippet]:
    """Add the ways to fail that can be had of another one: by its status, or of its module."""
    out = dict(found)
    for kind in ("not_found", "conflict", "invalid"):
        wanted = status if kind == "invalid" else NUMBERS[kind]
        for known, one in found.items():
            if kind in out:
                break
            made = _by_status(one, known, kind, wanted) or _by_class(
                study, one, known, kind, wanted
            )
            if made is not None:
                out[kind] = made
    return out


def _by_status(one: Snippet, known: str, kind: str, status: int) -> Snippet | None:
    number = re.search(r"(?<![\w.])[45]\d\d(?!\w)", one.text)
    if number:
        return replace(one, text=one.text.replace(number[0], str(status), 1))
    constants = {409: "CONFLICT", 404: "NOT_FOUND", 400: "BAD_REQUEST", 422: "UNPROCESSABLE_ENTITY"}
    for word in WORDS[known]:
        if word.isupper() and word in one.text:
            return replace(one, text=one.text.replace(word, constants[status], 1))
    return None


def _by_class(study: Study, one: Snippet, known: str, kind: str, status: int) -> Snippet | None:
    """Return the statement with another class of the same module, if that is made likewise."""
    for need in one.imports:
        name = need.name or ""
        if not any(word in name for word in WORDS[known]) or not need.module.startswith("/"):
            continue
        source = study.code.source(need.module[1:])
        other = _sister(source, name, WORDS[kind]) if source is not None else ""
        if other:
            needs = tuple(replace(n, name=other) if n is need else n for n in one.imports)
            return Snippet(one.text.replace(name, other), needs, one.evidence)
        base = _base(study, source, name) if source is not None else None
        if base is not None:
            text = re.sub(rf"\b{name}\(", f"{base.name}({status}, ", one.text)
            needs = tuple(base if n is need else n for n in one.imports)
            return Snippet(text, needs, one.evidence)
    return None


def _sister(source: Source, name: str, words: Iterable[str]) -> str:
    for word in words:
        for found in re.findall(r"\bclass (\w+)", text_of(source)):
            if word in found and found != name and _message_first(source, found):
                return str(found)
    return ""


def _message_first(source: Source, name: str) -> bool:
    """Whether a class is made of a message: its constructor takes that first, or shows nothing."""
    body = re.search(rf"\bclass {name}\b[^{{]*\{{(.*?)\n\}}", text_of(source), re.DOTALL)
    made = re.search(r"constructor\(\s*(?:\w+ )*(\w+)", body[1]) if body else None
    return made is None or bool({*names.words(made[1])} & {"message", "msg", "detail", "reason"})


def _base(study: Study, source: Source, name: str) -> ImportNeed | None:
    """Return the class that another extends, where it is made of a status and a message."""
    text = text_of(source)
    found = re.search(rf"\bclass {name} extends (\w+)", text)
    if found is None:
        return None
    body = re.search(rf"\bclass {found[1]}\b[^{{]*\{{(.*?)\n\}}", text, re.DOTALL)
    made = (
        re.search(r"constructor\(\s*(?:\w+ )*(\w+)[^,]*,\s*(?:\w+ )*(\w+)", body[1])
        if body
        else None
    )
    if made is None or not {*names.words(made[1])} & {"status", "code"}:
        return None
    if not {*names.words(made[2])} & {"message", "msg"}:
        return None
    return offers(study, source).get(found[1])

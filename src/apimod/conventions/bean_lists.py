"""How a sibling's list is asked for and answered: its parameters, and the project's own type of page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.conventions.bean_members import Member, fields_of, methods_of
from apimod.conventions.beans import Beans, class_name, classes_in
from apimod.conventions.model import EnvelopeStyle, ListStyle
from apimod.values import At
from apimod.views import ImportNeed, Snippet

if TYPE_CHECKING:
    from apimod.conventions.study import Study

PAGE = frozenset("page pageno pagenumber pagenum pageindex currentpage p".split())
LIMIT = frozenset("limit size pagesize perpage per_page count rows".split())
OFFSET = frozenset("offset skip start".split())
SEARCH = frozenset("search q query keyword keywords term".split())
SORT = frozenset("sort sortby order orderby".split())
KEYS = {
    "total": frozenset("total totalelements totalitems totalcount totalrecords count".split()),
    "page": frozenset("page pagenumber pageno pagenum number currentpage current".split()),
    "limit": frozenset("limit size pagesize perpage".split()),
    "pages": frozenset("pages totalpages pagecount pagescount".split()),
}
INNER = ("class_declaration", "record_declaration")
LISTS = re.compile(r"^(?:java\.util\.)?(?:List|Collection|Iterable)<")
MOST = re.compile(r"@Max\((?:value\s*=\s*)?(\d+)")
USUAL = re.compile(r"defaultValue\s*=\s*\"(\d+)\"")


def list_style(study: Study, found: Beans) -> ListStyle:
    """Return how the sibling's list is asked for and answered; the default where it shows nothing."""
    handler = found.handlers.get("list")
    if handler is None:
        return ListStyle()
    style = _asked(study, handler)
    return replace(style, envelope=_answered(study, handler, found))


def _asked(study: Study, handler: At) -> ListStyle:
    """Return the names of the parameters, and the bounds of a page that they show."""
    style = ListStyle()
    names: dict[str, str] = {}
    limit = ""
    for param in study.language.params(handler.source, handler.node):
        if param.type is not None and study.type_names(handler.to(param.type)) & study.types(
            "paged"
        ):
            names.update(page="page", limit="size")
            continue
        text = handler.source.text(param.node)
        plain = _written_name(text) or param.name
        for key, known in (
            ("page", PAGE), ("limit", LIMIT), ("offset", OFFSET), ("search", SEARCH), ("sort", SORT)
        ):  # fmt: skip
            if plain.lower() in known and plain.isidentifier():
                names.setdefault(key, plain)
                limit = text if key == "limit" else limit
    if not {"page", "offset"} & set(names) or "limit" not in names:
        names.pop("page", None)
        names.pop("offset", None)
        names.pop("limit", None)
    usual, most = USUAL.search(limit), MOST.search(limit)
    top = int(most[1]) if most else style.max_limit
    return replace(
        style,
        style="offset" if "offset" in names and "page" not in names else "page",
        default_limit=min(int(usual[1]), top) if usual else style.default_limit,
        max_limit=top,
        page=names.get("page", style.page),
        limit=names.get("limit", style.limit),
        offset=names.get("offset", style.offset),
        search=names.get("search", style.search),
        sort=names.get("sort", style.sort),
    )


def _written_name(text: str) -> str:
    found = re.search(r"@\w+\((?:[^()]*\b(?:name|value)\s*=\s*)?\"([\w-]+)\"", text)
    return found[1] if found else ""


def _answered(study: Study, handler: At, found: Beans) -> EnvelopeStyle:
    """Return the project's own type of a page, where the list is answered in one."""
    plain = EnvelopeStyle()
    result = study.language.return_type(handler.source, handler.node)
    for cls in classes_in(study, handler.to(result)) if result is not None else ():
        if cls.node.child_by_field_name("type_parameters") is None:
            continue
        keys = _keys(study, cls)
        maker = _maker(study, cls)
        if not keys.get("items") or not keys.get("total") or maker is None:
            continue
        name = class_name(study, cls)
        need = ImportNeed(study.module(cls.source), name)
        evidence = study.learn("how a page is answered", cls)
        return EnvelopeStyle(
            items=keys["items"],
            total=keys["total"],
            page=keys.get("page", ""),
            limit=keys.get("limit", ""),
            pages=keys.get("pages", ""),
            generic=Snippet(f"{name}<{{}}>", (need,), evidence),
            wrap=Snippet(f"{name}.{maker}({{}})", (need,), evidence),
        )
    return plain


def _keys(study: Study, cls: At, deep: bool = True) -> dict[str, str]:
    """Return what the members of a page are there for, dotted where they lie in one of them."""
    out: dict[str, str] = {}
    for member in fields_of(study, cls):
        for inner in _classes(study, cls, member) if deep else ():
            for key, path in _keys(study, inner, deep=False).items():
                out.setdefault(key, f"{member.name}.{path}")
        if LISTS.match(member.type):
            out.setdefault("items", member.name)
        for key, known in KEYS.items():
            if member.name.lower() in known:
                out.setdefault(key, member.name)
    return out


def _classes(study: Study, cls: At, member: Member) -> list[At]:
    """Return the project's classes that a member is of, also one that lies in its own class."""
    body = cls.node.child_by_field_name("body")
    for node in body.named_children if body is not None else ():
        name = node.child_by_field_name("name")
        if node.type in INNER and name is not None and cls.source.text(name) == member.type:
            return [cls.to(node)]
    return study.classes(member.typed)


def _maker(study: Study, cls: At) -> str | None:
    """Return the static method that makes a page of what a library found; its pages count from one."""
    for name, method in methods_of(cls).items():
        params = study.language.params(method.source, method.node)
        text = method.source.text(method.node)
        given = [p.type for p in params if p.type is not None]
        if len(given) != 1 or not re.match(r"(?s)[^({]*\bstatic\b", text):
            continue
        if not study.type_names(method.to(given[0])) & study.types("page"):
            continue
        counts = re.search(r"getNumber\(\)", text)
        if counts and not re.search(r"getNumber\(\)\s*\+\s*1", text):
            return None
        return name
    return None

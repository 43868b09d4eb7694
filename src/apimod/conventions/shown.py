"""How a sibling's handlers answer, as snippets with holes: one row, several, none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from apimod import names
from apimod.conventions.answers import Leaf, Sent, classes, last_answer, responses
from apimod.conventions.asked import ROLES, expanded, items_leaf
from apimod.conventions.model import DeleteStyle, ItemStyle, RespondStyle
from apimod.conventions.pieces import package_of, piece
from apimod.conventions.tags import tagged
from apimod.languages import forms
from apimod.values import At
from apimod.views import ImportNeed, Snippet

if TYPE_CHECKING:
    from apimod.conventions.anatomy import Anatomy, Handler
    from apimod.conventions.study import Study
    from apimod.rename import Renamer

ITEM = ("get", "create", "update")


@dataclass
class Shown:
    """What the handlers answer."""

    respond: RespondStyle = field(default_factory=RespondStyle)
    item: ItemStyle = field(default_factory=ItemStyle)
    delete: DeleteStyle = field(default_factory=DeleteStyle)
    statuses: dict[str, int] = field(default_factory=dict)
    read: At | None = None
    """The type that a row is answered in, where it is not the model itself."""
    listed: Sent | None = None


def shown(study: Study, parts: Anatomy, words: Renamer) -> Shown:
    """Return how the sibling answers."""
    sent = {
        op: answer
        for op, handler in parts.handlers.items()
        if (answer := last_answer(study, handler.inner)) is not None
    }
    out = Shown(listed=sent.get("list"))
    out.statuses = {
        op: one.status for op, one in sent.items()
        if one.status is not None and 200 <= one.status < 300
    }  # fmt: skip
    snippets: dict[str, Any] = {}
    for op in ITEM:
        if op in sent:
            leaf = item_leaf(study, sent[op])
            if leaf is None:
                continue
            out.item = ItemStyle(leaf.key) if not snippets else out.item
            out.read = out.read or _read(study, leaf)
            snippets[op] = _item_snippet(study, parts.handlers[op], sent[op], leaf, words)
    ok = snippets.get("get", snippets.get("update"))
    out.respond = RespondStyle(
        ok=ok or snippets.get("create"),
        created=snippets.get("create"),
        updated=snippets.get("update"),
        listed=_listed(study, parts.handlers["list"], sent["list"], words)
        if "list" in sent else None,
    )  # fmt: skip
    if "delete" in sent:
        out.delete, deleted = _deleted(study, parts.handlers["delete"], sent["delete"], words)
        out.respond = replace(out.respond, deleted=deleted)
    return out


def item_leaf(study: Study, one: Sent) -> Leaf | None:
    """Return the leaf that is the row itself; the whole body where it is taken apart."""
    names_ = [leaf for leaf in one.leaves if not _constant(study, leaf.at)]
    whole = [leaf for leaf in names_ if not isinstance(study.ev.form(leaf.at), forms.Member)]
    if len(whole) == 1:
        return whole[0]
    typed = [leaf for leaf in whole if classes(study, leaf.at)]
    if typed:
        return typed[0]
    return whole[0] if whole and len(names_) == len(whole) == 1 else None


def _constant(study: Study, at: At) -> bool:
    text = at.source.text(at.node)
    if re.match(r"[\"'`\d-]|(true|false|nil)$", text):
        return True
    return bool(re.match(r"http\.Status\w+$", text))


def _read(study: Study, leaf: Leaf) -> At | None:
    found = classes(study, leaf.at)
    cls = next(iter(found), None)
    if cls is None or study.is_model(cls) or not tagged(study, cls):
        return None
    return cls


def _is_plain(study: Study, one: Sent, leaf: Leaf) -> bool:
    """Whether a handler sends a row by itself, or in a dictionary of one key."""
    if one.call.place not in responses(study):
        return False
    return len(one.leaves) == 1 and "." not in leaf.key


def _item_snippet(
    study: Study, handler: Handler, one: Sent, leaf: Leaf, words: Renamer
) -> Snippet | None:
    if _is_plain(study, one, leaf) or not one.inside(leaf.at):
        return None
    parts = {"body": [leaf.at]}
    if one.status_at is not None and one.inside(one.status_at):
        parts["status"] = [one.status_at]
    found = piece(study, one.call, parts, handler.context, study.module(handler.at.source), words)
    if found is not None:
        study.learn("how one row is answered", one.call)
    return found


# --- lists -----------------------------------------------------------------------------------------


def _listed(study: Study, handler: Handler, one: Sent, words: Renamer) -> Snippet | None:
    """Return the call that answers a list; None where a part of it is not known."""
    found = expanded(study, one)
    items = items_leaf(study, found)
    if items is None or not one.inside(items.at):
        return None
    module = study.module(handler.at.source)
    parts: dict[str, list[At]] = {"items": [items.at]}
    made: dict[str, Snippet] = {}
    for leaf in found:
        if leaf is items or not one.inside(leaf.at) or _constant(study, leaf.at):
            continue
        if leaf.type is not None:
            key = f"made{leaf.at.node.start_byte}"
            literal = _counts(study, leaf.type, module)
            if literal is None:
                return None
            made[key], parts[key] = literal, [leaf.at]
            continue
        role = _role(leaf.key)
        if not role:
            return None
        parts[role] = [leaf.at]
    if "total" not in parts:
        return None
    if one.status_at is not None and one.inside(one.status_at):
        parts["status"] = [one.status_at]
    text = piece(study, one.call, parts, handler.context, module, words)
    if text is None:
        return None
    study.learn("how a list is answered", one.call)
    for key, literal in made.items():
        text = Snippet(
            text.text.replace("{" + key + "}", literal.text), (*text.imports, *literal.imports)
        )
    return text


def _role(key: str) -> str:
    last = names.snake(key.rpartition(".")[2])
    return next((role for role, words in ROLES if last in words), "")


def _counts(study: Study, cls: At, module: str) -> Snippet | None:
    """Return a literal of the struct that holds a list's numbers, holes for each."""
    pairs = []
    for one in tagged(study, cls):
        role = _role(one.wire or one.name)
        natural = "int64" if role in ("total", "pages") else "int"
        if not role or one.type not in ("int", "int64", "uint", "int32") or one.base:
            return None
        hole = "{" + role + "}"
        pairs.append(f"{one.name}: {hole if one.type == natural else f'{one.type}({hole})'}")
    name = study.language.qualified_name(cls.source, cls.node)
    own = study.module(cls.source)
    if own == module:
        return Snippet(f"{name}{{{', '.join(pairs)}}}")
    if not name[:1].isupper():
        return None
    text = f"{package_of(study, cls)}.{name}{{{', '.join(pairs)}}}"
    return Snippet(text, (ImportNeed(own),))


# --- deletes ---------------------------------------------------------------------------------------


def _deleted(
    study: Study, handler: Handler, one: Sent, words: Renamer
) -> tuple[DeleteStyle, Snippet | None]:
    status = one.status if one.status in (200, 202, 204) else 204
    if status == 204 or not one.leaves:
        return DeleteStyle(status=status), None
    ids = [
        one.call.to(node)
        for node in study.language.subtree(one.call.node)
        if _is_id(one.call.source.text(node)) and node.type in ("selector_expression", "identifier")
        and not (node.parent is not None and node.parent.type == "selector_expression")
    ]  # fmt: skip
    parts = {"id": ids}
    if one.status_at is not None and one.inside(one.status_at):
        parts["status"] = [one.status_at]
    found = piece(study, one.call, parts, handler.context, study.module(handler.at.source), words)
    if found is None or _empty(one):
        return DeleteStyle(status=status), None
    study.learn("what a delete answers", one.call)
    return DeleteStyle(status=status, body=None), found


def _empty(one: Sent) -> bool:
    return all(one.call.source.text(leaf.at.node) == "" for leaf in one.leaves)


def _is_id(text: str) -> bool:
    return text.lower() == "id" or text.endswith((".ID", ".Id"))

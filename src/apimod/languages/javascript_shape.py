"""What a file of JavaScript offers, and in which form: functions, an object, a class."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct
from tree_sitter import Node

from apimod.languages.buffer import Buffer, walk
from apimod.languages.javascript_bound import imports_of
from apimod.languages.javascript_style import DEFAULT

Offer = Literal["named", "default", "whole", "listing"]
FormName = Literal["functions", "object", "class", "static"]


class Shape(Struct, frozen=True):
    """How a file offers what it defines.

    ``offer`` says how the main symbol leaves it: under its name, as the default, as the whole of a
    CommonJS module, or in an object that is the default and lists what the file defines. ``holder``
    is the class or the object, ``instance`` what is made of a class.
    """

    offer: Offer
    form: FormName
    holder: str = ""
    instance: str = ""
    members: tuple[str, ...] = ()
    modules: bool = True
    listed: bool = False
    """Names are exported in a list at the end, and not where they are defined."""


def shape_of(buffer: Buffer) -> Shape:
    """Return the shape of a file."""
    root = buffer.root
    exports = [n for n in root.named_children if n.type == "export_statement"]
    modules = bool(exports) or any(n.type == "import_statement" for n in root.named_children)
    whole = _whole(buffer)
    default = next((n for n in exports if any(c.type == "default" for c in n.children)), None)
    holder, form, members = _holder(buffer)
    instance = _instance(buffer, holder) if form == "class" else ""
    listed = any(child.type == "export_clause" for n in exports for child in n.named_children)
    if whole is not None and whole.type == "object":
        return Shape("named", form, holder, instance, members, False, True)
    if whole is not None:
        return Shape("whole", form, holder, instance, members, False)
    value = default.child_by_field_name("value") if default is not None else None
    if value is not None and value.type == "object" and value.named_children:
        return Shape("listing", form, holder, instance, members, modules)
    named = [n for n in exports if n.child_by_field_name("declaration") is not None]
    own = default is not None and (not named or _exports_holder(buffer, default, holder, instance))
    offer: Offer = "default" if own else "named"
    return Shape(offer, form, holder, instance, members, modules, listed)


def _whole(buffer: Buffer) -> Node | None:
    """Return what ``module.exports`` or ``export =`` is set to."""
    for statement in buffer.root.named_children:
        inner = statement.named_children[0] if statement.named_children else None
        if statement.type == "export_statement" and any(c.type == "=" for c in statement.children):
            return inner
        if inner is None or inner.type != "assignment_expression":
            continue
        left, right = inner.child_by_field_name("left"), inner.child_by_field_name("right")
        if left is not None and buffer.text(left) == "module.exports":
            return right
    return None


def _holder(buffer: Buffer) -> tuple[str, FormName, tuple[str, ...]]:
    """Return the class or the object that holds the file's functions, and their names."""
    for statement in buffer.root.named_children:
        inner = statement.child_by_field_name("declaration") or statement
        if inner.type in ("class_declaration", "abstract_class_declaration"):
            name, body = inner.child_by_field_name("name"), inner.child_by_field_name("body")
            if name is None or body is None:
                continue
            found = [n for n in body.named_children if _is_method(n)]
            static = found and all(any(c.type == "static" for c in n.children) for n in found)
            members = tuple(_member(buffer, n) for n in found)
            return buffer.text(name), "static" if static else "class", members
    for declarator in _declarators(buffer.root):
        value, name = (declarator.child_by_field_name(part) for part in ("value", "name"))
        if value is None or name is None or value.type != "object":
            continue
        methods = [n for n in value.named_children if _holds_function(n)]
        if methods and 2 * len(methods) > value.named_child_count:
            return buffer.text(name), "object", tuple(_member(buffer, n) for n in methods)
    return "", "functions", tuple(_functions(buffer))


def _functions(buffer: Buffer) -> list[str]:
    names: list[str] = []
    for statement in buffer.root.named_children:
        inner = statement.child_by_field_name("declaration") or statement
        if inner.type == "function_declaration":
            name = inner.child_by_field_name("name")
            names += [buffer.text(name)] if name is not None else []
    for declarator in _declarators(buffer.root):
        name, value = (declarator.child_by_field_name(part) for part in ("name", "value"))
        if name is not None and value is not None and value.type in _CALLABLE:
            names.append(buffer.text(name))
    for node in walk(buffer.root):
        if node.type == "assignment_expression":
            left = node.child_by_field_name("left")
            found = re.match(r"(?:module\.)?exports\.(\w+)$", buffer.text(left)) if left else None
            names += [found[1]] if found else []
    return list(dict.fromkeys(names))


_CALLABLE = ("arrow_function", "function_expression", "call_expression")


def _declarators(root: Node) -> list[Node]:
    out: list[Node] = []
    for statement in root.named_children:
        inner = statement.child_by_field_name("declaration") or statement
        if inner.type in ("lexical_declaration", "variable_declaration"):
            out += [n for n in inner.named_children if n.type == "variable_declarator"]
    return out


def _is_method(node: Node) -> bool:
    if node.type == "method_definition":
        name = node.child_by_field_name("name")
        return name is not None and name.text != b"constructor"
    value = node.child_by_field_name("value")
    return value is not None and value.type in ("arrow_function", "function_expression")


def _holds_function(node: Node) -> bool:
    if node.type == "method_definition":
        return True
    value = node.child_by_field_name("value")
    return value is not None and value.type in _CALLABLE


def _member(buffer: Buffer, node: Node) -> str:
    for part in ("name", "property", "key"):
        found = node.child_by_field_name(part)
        if found is not None:
            return buffer.text(found)
    return ""


def _instance(buffer: Buffer, holder: str) -> str:
    """Return the name under which a file offers an instance of its class."""
    found = re.search(
        rf"\b(?:const|let|var)\s+(\w+)(?:\s*:\s*\w+)?\s*=\s*new\s+{re.escape(holder)}\b",
        buffer.text(buffer.root),
    )
    if found:
        return found[1]
    made = re.search(
        rf"(?:export\s+default|module\.exports\s*=)\s*new\s+{re.escape(holder)}\b",
        buffer.text(buffer.root),
    )
    return DEFAULT if made else ""


def _exports_holder(buffer: Buffer, default: Node, holder: str, instance: str) -> bool:
    """Tell whether a file's default is what holds its functions."""
    text = buffer.text(default)
    names = [name for name in (holder, instance) if name and name != DEFAULT]
    return instance == DEFAULT or any(re.search(rf"\b{re.escape(n)}\b", text) for n in names)


def taken_from(
    buffer: Buffer, module_paths: frozenset[str], located: dict[str, str]
) -> list[tuple[str | None, str]]:
    """Return what a file takes from some files: the names there and the names here.

    ``located`` says which file each module named here is.
    """
    return [
        (each.name, each.local)
        for each in imports_of(buffer)
        if located.get(each.module) in module_paths
    ]

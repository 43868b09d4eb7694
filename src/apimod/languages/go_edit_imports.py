"""Imports of Go: find the one that gives a package, or make the line for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tree_sitter import Node

from apimod.insertion import Insertion
from apimod.languages.buffer import (
    ROLES,
    Buffer,
    Imported,
    ImportNeed,
    ImportStyle,
    in_order,
    is_comment,
    last_row,
    lead,
    trail,
)
from apimod.languages.identifiers import GO_PREDECLARED, GO_RESERVED

STANDARD, THIRD, OWN = range(3)

_VERSION = re.compile(r"v\d+")
_GENERIC = frozenset({"internal", "pkg", "src", "app", "cmd", "api", "lib"})


def add_import(buffer: Buffer, need: ImportNeed, style: ImportStyle) -> Imported:
    """Find the import that gives ``need``, or make the insertions for it."""
    name = need.name or package_name(need.module)
    for _, path, present in specs(buffer):
        if path == need.module and (present == need.alias or present not in ("_", ".")):
            return Imported(present or name)
    alias = need.alias or _free_alias(buffer, need.module, name, style)
    explicit = alias is not None and alias != package_name(need.module)
    line = f'{alias} "{need.module}"' if explicit else f'"{need.module}"'
    return Imported(alias or name, tuple(_insert(buffer, need.module, line, style)))


def package_name(path: str) -> str:
    """Return the name that a package most likely has: the last part of its path, cleaned."""
    parts = path.split("/")
    last = parts.pop()
    if parts and _VERSION.fullmatch(last):
        last = parts.pop()
    last = re.sub(r"\.v\d+$", "", last)
    last = re.sub(r"^go-|[-.]go$", "", last)
    return re.sub(r"\W", "_", last) if "-" not in last else last.split("-")[-1]


def specs(buffer: Buffer) -> Iterator[tuple[Node, str, str]]:
    """Yield each import with its path and its alias, or ``""``."""
    for declaration in declarations(buffer):
        for spec in _specs_of(declaration):
            path, alias = spec.child_by_field_name("path"), spec.child_by_field_name("name")
            if path is not None:
                yield spec, buffer.text(path).strip('"`'), buffer.text(alias) if alias else ""


def declarations(buffer: Buffer) -> list[Node]:
    """Return the file's import declarations."""
    return [each for each in buffer.root.named_children if each.type == "import_declaration"]


def file_names(buffer: Buffer) -> set[str]:
    """Return every name that the file declares at its top level or imports."""
    names = {alias or package_name(path) for _, path, alias in specs(buffer)}
    for node in buffer.root.named_children:
        if node.type == "function_declaration":
            names.add(_name(buffer, node))
        elif node.type in ("type_declaration", "var_declaration", "const_declaration"):
            for spec in _below(node):
                names.update(buffer.text(one) for one in spec.children_by_field_name("name"))
    return names


def _insert(buffer: Buffer, path: str, line: str, style: ImportStyle) -> list[Insertion]:
    all_declarations = [each for each in declarations(buffer) if not _only_c(buffer, each)]
    blocks = [each for each in all_declarations if _list(each) is not None]
    if blocks:
        block = max(blocks, key=lambda each: len(_specs_of(each)))
        return _into_block(buffer, block, path, line, style)
    if all_declarations:
        last = trail(all_declarations[-1])
        return [buffer.insert(buffer.source.line_end(last.end_byte), f"\nimport {line}")]
    clause = next(each for each in buffer.root.children if each.type == "package_clause")
    end = buffer.source.line_end(trail(clause).end_byte)
    following = trail(clause).next_named_sibling
    close = following is not None and following.start_point.row == last_row(clause) + 1
    return [buffer.insert(end, f"\n\nimport {line}" + "\n" * close)]


def _into_block(
    buffer: Buffer, declaration: Node, path: str, line: str, style: ImportStyle
) -> list[Insertion]:
    items = _list(declaration)
    groups = _groups(declaration)
    if items is None:
        raise buffer.refuse("there is no import block here", declaration)
    if not groups:
        tail = "" if last_row(items) > items.start_point.row else "\n"
        return [buffer.insert(items.children[0].end_byte, f"\n\t{line}{tail}")]
    kind = section(path, style.own)
    group = _group_for(buffer, groups, kind, style)
    if group is None:
        group = _last_below(buffer, groups, kind, style)
        if group is None:
            start = buffer.source.line_start(lead(groups[0][0]).start_byte)
            return [buffer.insert(start, f"{buffer.indent(groups[0][0])}{line}\n\n")]
        end = buffer.source.line_end(trail(group[-1]).end_byte)
        return [buffer.insert(end, f"\n\n{buffer.indent(group[-1])}{line}")]
    paths = [_path(buffer, spec) for spec in group]
    index = sum(1 for each in paths if each < path) if in_order(paths) else len(group)
    if index == 0:
        top = lead(group[0])
        if not buffer.blank_before(top.start_byte):
            raise buffer.refuse("the import block stands on one line", declaration)
        start = buffer.source.line_start(top.start_byte)
        return [buffer.insert(start, f"{buffer.indent(group[0])}{line}\n")]
    before = group[index - 1]
    end = trail(before).end_byte
    if last_row(before) == items.children[-1].start_point.row:
        return [buffer.insert(before.end_byte, f"; {line}")]
    return [buffer.insert(buffer.source.line_end(end), f"\n{buffer.indent(before)}{line}")]


def section(path: str, own: Sequence[str]) -> int:
    """Return whether a package is the standard library's, someone else's, or the project's."""
    if any(path == each or path.startswith(f"{each}/") for each in own):
        return OWN
    return THIRD if "." in path.partition("/")[0] else STANDARD


def _group_for(
    buffer: Buffer, groups: Sequence[list[Node]], kind: int, style: ImportStyle
) -> list[Node] | None:
    """Return the group that holds imports of the kind; its purest, if several do."""
    best: list[Node] | None = None
    share = 0.0
    for group in groups:
        kinds = [section(_path(buffer, spec), style.own) for spec in group]
        if kinds.count(kind) / len(kinds) > share:
            best, share = group, kinds.count(kind) / len(kinds)
    if best is None and kind == OWN:
        return _group_for(buffer, groups, THIRD, style)
    return best


def _last_below(
    buffer: Buffer, groups: Sequence[list[Node]], kind: int, style: ImportStyle
) -> list[Node] | None:
    """Return the last group whose imports all sort before the kind."""
    lower = [
        group
        for group in groups
        if all(section(_path(buffer, spec), style.own) < kind for spec in group)
    ]
    return lower[-1] if lower else None


def _groups(declaration: Node) -> list[list[Node]]:
    found = _specs_of(declaration)
    groups = [[found[0]]] if found else []
    for upper, lower in pairwise(found):
        if lead(lower).start_point.row > last_row(trail(upper)) + 1:
            groups.append([lower])
        else:
            groups[-1].append(lower)
    return groups


def _free_alias(buffer: Buffer, path: str, name: str, style: ImportStyle) -> str | None:
    """Return an alias where the package's name is taken or reserved, else None."""
    taken = file_names(buffer) | style.taken | GO_RESERVED
    if name not in taken and name not in GO_PREDECLARED:
        return name if name != package_name(path) else None
    parent = re.sub(r"\W", "", "".join(path.split("/")[-2:-1]))
    word = parent.removesuffix("s")
    alias = f"{word}{name}" if name in ROLES else f"{name}{word}"
    if word and word != name and parent not in _GENERIC and alias not in taken:
        return alias
    candidates = [f"{name}pkg", *(f"{name}{n}" for n in range(2, 99))]
    return next(each for each in candidates if each not in taken)


def _list(declaration: Node) -> Node | None:
    return next((c for c in declaration.children if c.type == "import_spec_list"), None)


def _specs_of(declaration: Node) -> list[Node]:
    holder = _list(declaration) or declaration
    return [each for each in holder.named_children if each.type == "import_spec"]


def _path(buffer: Buffer, spec: Node) -> str:
    path = spec.child_by_field_name("path")
    return buffer.text(path).strip('"`') if path is not None else ""


def _only_c(buffer: Buffer, declaration: Node) -> bool:
    return [_path(buffer, spec) for spec in _specs_of(declaration)] == ["C"]


def _name(buffer: Buffer, node: Node) -> str:
    name = node.child_by_field_name("name")
    return buffer.text(name) if name is not None else ""


def _below(node: Node) -> Iterator[Node]:
    for child in node.named_children:
        if not is_comment(child):
            yield child
            if child.type.endswith("_list"):
                yield from child.named_children

"""Imports of Rust: find the ``use`` that gives a name, or make the text for it.

A name joins the list of its module where there is one; a lone ``use`` of the same module becomes a
list, unless the file writes each on a line of its own; else it gets a line, in the order and the
group that rustfmt and the file keep.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tree_sitter import Node

from apimod.insertion import Insertion
from apimod.languages.buffer import (
    Buffer,
    Imported,
    ImportNeed,
    ImportStyle,
    blank_lines_between,
    in_order,
    is_comment,
    lead,
    trail,
)
from apimod.languages.identifiers import RUST_PRELUDE
from apimod.languages.items import Items, SortKey, place
from apimod.languages.rust_edit_modules import DECLARES, declare
from apimod.languages.rust_use import (
    HEADS,
    Entry,
    Path,
    absolute,
    declarations,
    entries,
    modules,
    order,
    parts,
    top_names,
)

STANDARD, THIRD, OWN = range(3)
_STANDARD = ("std", "core", "alloc")


def add_import(buffer: Buffer, need: ImportNeed, style: ImportStyle) -> Imported:
    """Find the import that gives ``need``, or make the insertions for it."""
    if DECLARES.fullmatch(need.module) and need.name:
        return Imported(need.name, tuple(declare(buffer, need.name, need.module)))
    module = parts(need.module)
    path = (*module, need.name) if need.name else module
    found = list(_known(buffer))
    package, inner = parts(style.package), modules(buffer)
    wanted = absolute(path, package)
    if need.alias is None and (len(path) == 1 or (package and wanted[:-1] == package)):
        return Imported(path[-1])
    for each in found:
        here = absolute(each.path, package, inner)
        same = here == wanted and (each.local != "_" or need.alias == "_")
        if same and need.alias in (None, each.local):
            return Imported(each.local)
        if here == (*wanted[:-1], "*") and need.alias is None:
            return Imported(path[-1])
    alias = need.alias or _free_alias(buffer, path, style)
    leaf = f"{path[-1]} as {alias}" if alias and alias != path[-1] else path[-1]
    made = _joined(buffer, found, path, leaf, style)
    if made is None:
        made = _new_line(buffer, "::".join((*path[:-1], leaf)), style)
    return Imported(alias or path[-1], tuple(made))


def _known(buffer: Buffer) -> Iterator[Entry]:
    """Yield what the file's top binds whatever it is compiled for."""
    for each in declarations(buffer):
        before = each.prev_named_sibling
        while before is not None and is_comment(before):
            before = before.prev_named_sibling
        if before is None or before.type != "attribute_item" or "cfg" not in buffer.text(before):
            yield from entries(buffer, each)


def _free_alias(buffer: Buffer, path: Path, style: ImportStyle) -> str | None:
    """Return an alias where the name is taken, else None."""
    name = path[-1]
    taken = top_names(buffer) | style.taken | RUST_PRELUDE
    if name not in taken or name == "*":
        return None
    words = [part for part in reversed(path[:-1]) if part not in HEADS]
    for word in words:
        one = word.removesuffix("s")
        alias = name + one.title().replace("_", "") if name[:1].isupper() else f"{name}_{one}"
        if alias not in taken and one != name:
            return alias
    return next(each for n in range(2, 99) if (each := f"{name}{n}") not in taken)


# --- into a declaration that is there ------------------------------------------------------------


def _joined(
    buffer: Buffer, found: Sequence[Entry], path: Path, leaf: str, style: ImportStyle
) -> list[Insertion] | None:
    """Put a name into the ``use`` of its module that stands there; None where there is none."""
    package, inner = parts(style.package), modules(buffer)
    private = [each for each in found if each.statement.children[0].type == "use"]
    wanted = absolute(path[:-1], package, inner)
    lists: dict[int, tuple[Path, Node]] = {}
    for each in private:
        if each.holder is not None:
            lists[each.holder.id] = (absolute(each.prefix, package, inner), each.holder)
    for prefix, holder in lists.values():
        if prefix == wanted:
            return _into_list(buffer, holder, leaf, style)
    alike = [each for each in private if absolute(each.path[:-1], package, inner) == wanted]
    if len(alike) == 1 and not _one_a_line(buffer, private) and alike[0].path[-1] != "*":
        return _braced(buffer, alike[0], leaf, style)
    nests = [
        (prefix, holder)
        for prefix, holder in lists.values()
        if prefix and prefix == wanted[: len(prefix)] and _nests(buffer, holder)
    ]
    if not nests:
        return None
    prefix, holder = max(nests, key=lambda one: len(one[0]))
    return _into_list(buffer, holder, "::".join((*wanted[len(prefix) :], leaf)), style)


def _one_a_line(buffer: Buffer, found: Sequence[Entry]) -> bool:
    """Tell whether the file writes a line for each name, though two are of one module."""
    lone = [each.path[:-1] for each in found if each.holder is None]
    return len(set(lone)) < len(lone)


def _nests(buffer: Buffer, holder: Node) -> bool:
    return any(
        child.type in ("scoped_identifier", "scoped_use_list") for child in holder.named_children
    )


def _into_list(buffer: Buffer, holder: Node, text: str, style: ImportStyle) -> list[Insertion]:
    items = Items.of(holder.children)
    texts = [buffer.text(item) for item in items.items]
    at = len(texts)
    for key in _orders(buffer, style):
        if in_order([key(each) for each in texts]):
            at = sum(not key(text) < key(each) for each in texts)  # type: ignore[operator]
            break
    return place(buffer, items, at, text, holder)


def _braced(buffer: Buffer, entry: Entry, leaf: str, style: ImportStyle) -> list[Insertion]:
    """Make a list of a lone name: ``a::b`` becomes ``a::{b, c}``."""
    node = entry.node
    inner = node.child_by_field_name("path") if node.type == "use_as_clause" else node
    last = (inner or node).child_by_field_name("name") or node
    start, end = last.start_byte, node.end_byte
    old = buffer.reads(start, end)
    key = next(iter(_orders(buffer, style)))
    if key(leaf) < key(old):  # type: ignore[operator]
        return [buffer.insert(start, "{" + f"{leaf}, "), buffer.insert(end, "}")]
    return [buffer.insert(start, "{"), buffer.insert(end, f", {leaf}" + "}")]


def _orders(buffer: Buffer, style: ImportStyle) -> list[SortKey]:
    """Return the orders of rustfmt's styles, the one first that the file or its edition shows."""

    def old(text: str) -> object:
        return order(text, versions=False)

    def new(text: str) -> object:
        return order(text, versions=True)

    lists = [
        [buffer.text(item) for item in Items.of(each.holder.children).items]
        for declaration in declarations(buffer)
        for each in entries(buffer, declaration)
        if each.holder is not None
    ]
    runs = [[_argument(buffer, each) for each in run] for run in _groups(buffer)]
    shown = [row for row in [*lists, *runs] if _sorted(row, old) != _sorted(row, new)]
    votes = sum(1 if _sorted(row, new) else -1 for row in shown)
    first_new = votes > 0 or (votes == 0 and style.edition >= "2024")
    return [new, old] if first_new else [old, new]


def _sorted(row: Sequence[str], key: SortKey) -> bool:
    return in_order([key(each) for each in row])


# --- a line of its own ---------------------------------------------------------------------------


def _new_line(buffer: Buffer, path: str, style: ImportStyle) -> list[Insertion]:
    line = f"use {path};"
    groups = _groups(buffer)
    if not groups:
        return [_first(buffer, line)]
    kind = section(parts(path), style.own)
    group = _group_for(buffer, groups, kind, style)
    if group is None:
        return [_new_group(buffer, groups, kind, line, style)]
    texts = [_argument(buffer, each) for each in group]
    at = len(group)
    for key in _orders(buffer, style):
        if _sorted(texts, key):
            at = sum(not key(path) < key(each) for each in texts)  # type: ignore[operator]
            break
    if at == 0:
        start = buffer.source.line_start(lead(group[0]).start_byte)
        return [buffer.insert(start, f"{line}\n")]
    end = buffer.source.line_end(trail(group[at - 1]).end_byte)
    return [buffer.insert(end, f"\n{line}")]


def section(path: Path, own: Sequence[str]) -> int:
    """Return whether a path is the standard library's, another crate's, or the project's."""
    if path[0] in HEADS or path[0] in own:
        return OWN
    return STANDARD if path[0] in _STANDARD else THIRD


def _groups(buffer: Buffer) -> list[list[Node]]:
    """Return the runs of declarations that no blank line and nothing else parts."""
    found = declarations(buffer)
    groups = [[found[0]]] if found else []
    for upper, lower in pairwise(found):
        apart = blank_lines_between(upper, lead(lower)) > 0 or lead(lower) != lower
        between = upper.next_named_sibling
        while between is not None and is_comment(between):
            between = between.next_named_sibling
        if apart or between != lower:
            groups.append([lower])
        else:
            groups[-1].append(lower)
    return groups


def _argument(buffer: Buffer, declaration: Node) -> str:
    argument = declaration.child_by_field_name("argument")
    return buffer.text(argument) if argument is not None else ""


def _kind(buffer: Buffer, declaration: Node, style: ImportStyle) -> int:
    path = parts(_argument(buffer, declaration).partition("{")[0])
    return section(path or ("",), style.own)


def _group_for(
    buffer: Buffer, groups: Sequence[list[Node]], kind: int, style: ImportStyle
) -> list[Node] | None:
    """Return the group that holds imports of the kind; its purest, if several do."""
    best: list[Node] | None = None
    share = 0.0
    for group in groups:
        kinds = [_kind(buffer, each, style) for each in group]
        if kinds.count(kind) / len(kinds) > share:
            best, share = group, kinds.count(kind) / len(kinds)
    if best is None and _mixed(buffer, groups, style):
        return groups[-1]
    return best


def _mixed(buffer: Buffer, groups: Sequence[list[Node]], style: ImportStyle) -> bool:
    """Tell whether the file does not keep what is of different kinds apart."""
    return any(len({_kind(buffer, each, style) for each in group}) > 1 for group in groups)


def _new_group(
    buffer: Buffer, groups: Sequence[list[Node]], kind: int, line: str, style: ImportStyle
) -> Insertion:
    lower = [g for g in groups if all(_kind(buffer, each, style) < kind for each in g)]
    if not lower:
        start = buffer.source.line_start(lead(groups[0][0]).start_byte)
        return buffer.insert(start, f"{line}\n\n")
    end = buffer.source.line_end(trail(lower[-1][-1]).end_byte)
    return buffer.insert(end, f"\n\n{line}")


def _first(buffer: Buffer, line: str) -> Insertion:
    """Insert the first ``use``: below what opens the file and the modules it begins with."""
    after: Node | None = None
    top = [each for each in buffer.root.named_children if not is_comment(each)]
    heads = ("inner_attribute_item", "extern_crate_declaration")
    for node in top:
        declared = node.type == "mod_item" and node.child_by_field_name("body") is None
        if node.type not in heads and not declared:
            break
        after = node
    following = next(
        (each for each in top if after is None or each.start_byte > after.start_byte), None
    )
    if after is not None:
        end = buffer.source.line_end(trail(after).end_byte)
        close = following is not None and blank_lines_between(after, lead(following)) == 0
        return buffer.insert(end, f"\n\n{line}" + "\n" * close)
    if following is None:
        return buffer.insert(len(buffer.data), f"{line}\n")
    start = buffer.source.line_start(_below_docs(buffer, lead(following)).start_byte)
    return buffer.insert(max(start, len(buffer.source.bom)), f"{line}\n\n")


def _below_docs(buffer: Buffer, node: Node) -> Node:
    """Return the first node that is no documentation of the whole file."""
    while is_comment(node) and buffer.text(node).startswith(("//!", "/*!")):
        after = node.next_named_sibling
        if after is None:
            break
        node = after
    return node

"""Insertions of statements: after or before one, at the end of a block or of a file."""

from __future__ import annotations

from tree_sitter import Node, Parser

from apimod.insert_items import braced_line
from apimod.insertion import Insertion
from apimod.languages.buffer import (
    Buffer,
    blank_lines_between,
    is_comment,
    last_row,
    lead,
    neighbours,
    significant,
    trail,
    walk,
)


def statement_of(buffer: Buffer, node: Node) -> Node:
    """Return the innermost statement around a node; raises NoAnchor for a whole file."""
    blocks = buffer.syntax.blocks()
    at: Node | None = node
    while at is not None and at.parent is not None:
        if at.parent.type in blocks:
            return at
        at = at.parent
    raise buffer.refuse("there is no statement here to insert at", node)


def after(
    buffer: Buffer, anchor: Node, text: str, *, verbatim: bool = False, gap: int | None = None
) -> list[Insertion]:
    """Insert a statement after the one around ``anchor``.

    ``gap`` is the number of blank lines above it; without, the neighbours and the style decide.
    """
    statement = statement_of(buffer, anchor)
    _refuse_broken(buffer, statement)
    if buffer.syntax.leaves(statement):
        raise buffer.refuse("nothing that stands behind this would run", statement)
    if _shares_line(buffer, statement):
        return _after_inline(buffer, statement, text, verbatim)
    if gap is None:
        above = _gap_above(buffer, statement, text)
    else:
        kinds = buffer.syntax.kind(buffer.text(statement)), buffer.syntax.kind(text)
        above = max(gap, _style(buffer, statement, *kinds) or 0)
    indent = buffer.indent(statement)
    body = indent + indented(buffer, text, indent, verbatim)
    below = _gap_below(buffer, statement, text)
    end = buffer.source.line_end(_end(trail(statement), buffer))
    return [buffer.insert(end, "\n" * (above + 1) + body + "\n" * below)]


def before(
    buffer: Buffer, anchor: Node, text: str, *, verbatim: bool = False, gap: int | None = None
) -> list[Insertion]:
    """Insert a statement before the one around ``anchor``, above the comments that belong to it."""
    statement = statement_of(buffer, anchor)
    _refuse_broken(buffer, statement)
    if not buffer.blank_before(statement.start_byte):
        if buffer.syntax.inline(text):
            own = text.strip()
            return [buffer.insert(statement.start_byte, own + (" " if own[-1:] == ";" else "; "))]
        statement = _first_on_line(statement)
        if not buffer.blank_before(statement.start_byte):
            raise buffer.refuse("several lines do not fit into a block of one line", statement)
    top = _below_header(lead(statement), statement)
    above, _ = neighbours(statement)
    missing = 0
    if above is not None:
        kinds = buffer.syntax.kind(buffer.text(above)), buffer.syntax.kind(text)
        wanted = _style(buffer, statement, *kinds) or 0
        missing = max(0, wanted - blank_lines_between(above, top))
    below = _wanted_below(buffer, text, statement) if gap is None else gap
    start = max(buffer.source.line_start(top.start_byte), len(buffer.source.bom))
    indent = buffer.indent(statement)
    body = indent + indented(buffer, text, indent, verbatim)
    return [buffer.insert(start, "\n" * missing + body + "\n" * (below + 1))]


def at_end(
    buffer: Buffer, node: Node, text: str, *, verbatim: bool = False, before_return: bool = True
) -> list[Insertion]:
    """Insert a statement at the end of a block, or of the body of a function or a class.

    A final ``return`` (or what else leaves the block) stays last unless ``before_return`` is off.
    """
    block = _block(buffer, node)
    statements = _statements(buffer, block)
    if not statements:
        if block.parent is None:
            return end_of_file(buffer, text, verbatim=verbatim)
        return braced_line(buffer, block, text)
    last = statements[-1]
    if before_return and buffer.syntax.leaves(last):
        if len(statements) > 1:
            return after(buffer, statements[-2], text, verbatim=verbatim)
        return before(buffer, last, text, verbatim=verbatim)
    return after(buffer, last, text, verbatim=verbatim)


def end_of_file(buffer: Buffer, text: str, *, verbatim: bool = False) -> list[Insertion]:
    """Insert a statement below all that the file holds. A missing final newline stays missing.

    What a script does when it is run stays last.
    """
    children = buffer.root.children
    body = indented(buffer, text, "", verbatim)
    if not children:
        blank = not buffer.data or buffer.source.final_newline
        return [buffer.insert(len(buffer.data), f"{body}\n" if blank else f"\n{body}")]
    last = children[-1]
    _refuse_broken(buffer, last)
    if buffer.syntax.stays_last(buffer.text(last)):
        return before(buffer, last, text, verbatim=verbatim, gap=buffer.syntax.top_gap or 2)
    code = last if not is_comment(last) else neighbours(last)[0]
    above = _gap_above(buffer, code, text) if code is not None else 1
    end = buffer.source.line_end(_end(last, buffer))
    return [buffer.insert(end, "\n" * (above + 1) + body)]


# --- lines and blanks ----------------------------------------------------------------------------


def _after_inline(buffer: Buffer, statement: Node, text: str, verbatim: bool) -> list[Insertion]:
    """Insert after a statement on whose line more code stands."""
    if buffer.syntax.inline(text):
        ended = buffer.data[statement.end_byte - 1 : statement.end_byte] == b";"
        return [buffer.insert(statement.end_byte, (" " if ended else "; ") + text.strip())]
    last = statement
    _, following = neighbours(last)
    while following is not None and following.start_point.row == last_row(last):
        last = following
        _, following = neighbours(last)
    first = _first_on_line(last)
    end = buffer.source.line_end(_end(trail(last), buffer))
    rest = buffer.reads(trail(last).end_byte, end).strip(" \t;")
    if rest or not buffer.blank_before(first.start_byte):
        raise buffer.refuse("several lines do not fit into a block of one line", statement)
    body = buffer.indent(first) + indented(buffer, text, buffer.indent(first), verbatim)
    below = _gap_below(buffer, last, text)
    return [buffer.insert(end, f"\n{body}" + "\n" * below)]


def _first_on_line(statement: Node) -> Node:
    upper, _ = neighbours(statement)
    while upper is not None and last_row(upper) == statement.start_point.row:
        statement = upper
        upper, _ = neighbours(statement)
    return statement


def _shares_line(buffer: Buffer, statement: Node) -> bool:
    """Tell whether other code stands before or behind a statement on its lines."""
    if not buffer.blank_before(statement.start_byte):
        return True
    tail = trail(statement)
    end = tail.end_byte
    return bool(buffer.reads(end, buffer.source.line_end(_end(tail, buffer))).strip(" \t\f\\;"))


def _gap_above(buffer: Buffer, statement: Node, text: str) -> int:
    syntax = buffer.syntax
    upper, lower = neighbours(statement)
    kind, new = syntax.kind(buffer.text(statement)), syntax.kind(text)
    wanted = _style(buffer, statement, kind, new)
    above = blank_lines_between(upper, lead(statement)) if upper is not None else 0
    if wanted is not None:
        like = upper is not None and syntax.kind(buffer.text(upper)) == kind == new
        return max(1, above) if like and kind == "definition" else wanted
    shape = syntax.shape(buffer, statement)
    if upper is not None and syntax.shape(buffer, upper) == shape:
        return above
    if lower is not None and syntax.shape(buffer, lower) == shape:
        return blank_lines_between(statement, lead(lower))
    if _at_top(statement) and syntax.top_gap:
        return syntax.top_gap
    return int(above > 0 and last_row(statement) > statement.start_point.row)


def _gap_below(buffer: Buffer, statement: Node, text: str) -> int:
    """Return how many blank lines must be added below an insertion after ``statement``."""
    _, lower = neighbours(statement)
    if lower is None:
        return 0
    comment = statement.next_named_sibling
    while comment is not None and comment.start_point.row <= last_row(statement):
        comment = comment.next_named_sibling
    present = blank_lines_between(statement, comment or lower)
    return max(0, _wanted_below(buffer, text, lower) - present)


def _wanted_below(buffer: Buffer, text: str, lower: Node) -> int:
    """Return how many blank lines style wants between ``text`` and the statement below it."""
    kinds = buffer.syntax.kind(text), buffer.syntax.kind(buffer.text(lower))
    return _style(buffer, lower, *kinds) or 0


def _style(buffer: Buffer, beside: Node, upper: str, lower: str) -> int | None:
    return buffer.syntax.blank_lines(upper, lower, _at_top(beside))


def _at_top(statement: Node) -> bool:
    return statement.parent is not None and statement.parent.parent is None


def _below_header(top: Node, statement: Node) -> Node:
    """Return where a statement's own comments start: those that open the file are the file's."""
    if top.start_point.row > 0:
        return top
    while top != statement and is_comment(top):
        top = top.next_sibling or statement
    return top


def indented(buffer: Buffer, text: str, indent: str, verbatim: bool) -> str:
    r"""Return ``text`` without final newlines, its lines after the first one indented."""
    text = text.strip("\n")
    if verbatim or not indent or "\n" not in text:
        return text
    fixed = _string_rows(buffer, text)
    lines = text.split("\n")
    return "\n".join(
        line if row == 0 or not line.strip() or row in fixed else indent + line
        for row, line in enumerate(lines)
    )


def _string_rows(buffer: Buffer, text: str) -> set[int]:
    """Return the rows of ``text`` that begin inside a string."""
    rows: set[int] = set()
    for node in walk(Parser(buffer.grammar).parse(text.encode()).root_node):
        if "string" in node.type and node.end_point.row > node.start_point.row:
            rows.update(range(node.start_point.row + 1, node.end_point.row + 1))
    return rows


def _end(node: Node, buffer: Buffer) -> int:
    r"""Return where a node ends, its final newline left out."""
    end = node.end_byte
    while end > node.start_byte and buffer.data[end - 1 : end] in (b"\n", b"\r"):
        end -= 1
    return end


def _block(buffer: Buffer, node: Node) -> Node:
    if node.type == "block" or node.type in buffer.syntax.blocks():
        return node
    for around in ("definition", "declaration"):
        node = node.child_by_field_name(around) or node
    body = node.child_by_field_name("body")
    if body is None:
        raise buffer.refuse("there is no block here to insert into", node)
    return body


def _statements(buffer: Buffer, block: Node) -> list[Node]:
    if block.type in buffer.syntax.blocks():
        return significant(block)
    inner = [each for each in block.named_children if each.type in buffer.syntax.blocks()]
    return significant(inner[0]) if inner else []


def _refuse_broken(buffer: Buffer, node: Node) -> None:
    if node.has_error:
        raise buffer.refuse("the code here has a syntax error", node)

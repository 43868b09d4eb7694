"""Prints values of JavaScript: literals, objects, functions, operators, assignments."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tree_sitter import Node

from apimod.languages.javascript_print_base import Base
from apimod.languages.layout import (
    HARD,
    LINE,
    LITERAL,
    SOFT,
    Align,
    Doc,
    IfBreak,
    Indent,
    IndentIf,
    group,
    joined,
    parts,
    will_break,
)

_PRECEDENCE = (
    ("??",), ("||",), ("&&",), ("|",), ("^",), ("&",), ("==", "===", "!=", "!=="),
    ("<", ">", "<=", ">=", "in", "instanceof"), ("<<", ">>", ">>>"), ("+", "-"), ("*", "/", "%"),
    ("**",),
)  # fmt: skip
_LEVELS = {operator: level for level, row in enumerate(_PRECEDENCE) for operator in row}
_KEY = re.compile(r"[A-Za-z_$][\w$]*")
_OVERLAP, _LONG = 3, 1000
"""A key that is hardly wider than a level is no reason for a line of its own below it."""
_NEVER = ("template_string", "true", "false", "number", "class")


class Values(Base):
    """Values, and what is put into what."""

    def value(self, node: Node | None) -> Doc:
        """Return an expression, a pattern or a type."""
        if node is None:
            return ""
        known: dict[str, Callable[[Node], Doc]] = {
            "string": lambda n: self.requoted(self.text(n)),
            "template_string": self.template,
            "object": self.object,
            "object_pattern": self.object,
            "array": self.array,
            "array_pattern": self.array,
            "pair": self.pair,
            "pair_pattern": self.pair,
            "method_definition": self.method,
            "arrow_function": self.arrow,
            "function_expression": self.function,
            "call_expression": self.call,
            "new_expression": self.call,
            "member_expression": self.member,
            "subscript_expression": self.subscript,
            "await_expression": self._prefixed,
            "unary_expression": self._prefixed,
            "spread_element": lambda n: parts("...", self.value(n.named_children[0])),
            "rest_pattern": lambda n: parts("...", self.value(n.named_children[0])),
            "binary_expression": self.binary,
            "ternary_expression": self.ternary,
            "parenthesized_expression": self._parenthesized,
            "assignment_expression": self.assigned,
            "assignment_pattern": self._default,
            "object_assignment_pattern": self._default,
            "as_expression": self._cast,
            "satisfies_expression": self._cast,
            "non_null_expression": lambda n: parts(self.value(n.named_children[0]), "!"),
            "type_annotation": lambda n: parts(": ", self.type(n.named_children[0])),
        }
        make = known.get(node.type)
        return make(node) if make is not None else self.verbatim(node)

    # --- texts -----------------------------------------------------------------------------------

    def template(self, node: Node) -> Doc:
        """Return a template with its holes, each on one line."""
        out: list[Doc] = []
        at = node.start_byte
        for child in node.named_children:
            if child.type == "template_substitution":
                out += self._lines(self.text_between(at, child.start_byte))
                out.append(f"${{{self.flat(self.value(child.named_children[0]))}}}")
                at = child.end_byte
        return parts(*out, *self._lines(self.text_between(at, node.end_byte)))

    def _lines(self, text: str) -> list[Doc]:
        out: list[Doc] = []
        for index, line in enumerate(text.split("\n")):
            out += [LITERAL, line] if index else [line]
        return out

    # --- objects and arrays ----------------------------------------------------------------------

    def braced(self, items: Sequence[Doc], broken: bool, comma: bool = True) -> Doc:
        """Return items in braces, on one line or one a line."""
        inner = self.in_braces(items, comma)
        return group(*inner, broken=broken)

    def in_braces(self, items: Sequence[Doc], comma: bool = True) -> list[Doc]:
        """Return items in braces, without a group of their own."""
        line = LINE if self.style.spaced else SOFT
        last = IfBreak(",") if comma and self.style.commas != "none" else ""
        return ["{", Indent(parts(line, joined(parts(",", LINE), items), last)), line, "}"]

    def object(self, node: Node) -> Doc:
        """Return an object or a pattern of one; it stays open where it was opened."""
        if not self.named(node):
            return self.verbatim(node) if node.named_children else "{}"
        line = LINE if self.style.spaced else SOFT
        body = self.items(node, parts(",", LINE))
        rest = self.named(node)[-1].type == "rest_pattern"
        inner: list[Doc] = [
            "{",
            Indent(parts(line, *body, self._last_comma(node, rest))),
            line,
            "}",
        ]
        if node.type == "object_pattern":
            if self.is_hugged(node):
                return parts(*inner)
            return group(*inner, broken=self._nested(node))
        first = node.named_children[0]
        return group(*inner, broken=b"\n" in self.data[node.start_byte : first.start_byte])

    def _nested(self, node: Node) -> bool:
        """Tell whether a pattern outside of parameters takes objects apart that have members."""
        parent = node.parent
        if parent is None or parent.type != "variable_declarator":
            return False
        inner = [each.child_by_field_name("value") for each in self.named(node)]
        return any(v is not None and v.type == "object_pattern" and self.named(v) for v in inner)

    def items(self, node: Node, separator: Doc) -> list[Doc]:
        """Return the items of a list with their comments and the blank lines between them."""
        out: list[Doc] = []
        last: Node | None = None
        for child in node.named_children:
            if last is not None:
                trailing = child.type == "comment" and child.start_point.row == last.end_point.row
                if trailing:
                    final = child.next_named_sibling is None and self.style.commas == "none"
                    out += [" " if final else ", ", self.text(child)]
                    last = child
                    continue
                gap = HARD if last.type == "comment" else separator
                out.append(gap)
                if self.blank(last, child):
                    out.append(HARD)
            out.append(self.text(child) if child.type == "comment" else self.value(child))
            last = child
        return out

    def blank(self, upper: Node, lower: Node) -> bool:
        """Tell whether a blank line stands between two items."""
        between = self.data[upper.end_byte : lower.start_byte].replace(b" ", b"")
        return b"\n\n" in between

    def pair(self, node: Node) -> Doc:
        """Return a key and its value."""
        key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
        left = self._key(node, key)
        if value is None:
            return left
        if node.type == "pair_pattern":
            return parts(left, ": ", self.value(value))
        return self.assignment(left, ":", key, value)

    def _key(self, node: Node, key: Node | None) -> Doc:
        """Return a key, without quotes where no key of its object needs them."""
        if key is None or key.type != "string" or node.parent is None:
            return self.value(key)
        keys = [each.child_by_field_name("key") for each in self.named(node.parent)]
        quoted = [self.text(k)[1:-1] for k in keys if k is not None and k.type == "string"]
        return self.text(key)[1:-1] if all(map(_KEY.fullmatch, quoted)) else self.value(key)

    def array(self, node: Node) -> Doc:
        """Return an array; one of several objects or arrays has one a line."""
        found = self.named(node)
        if not found:
            return self.verbatim(node) if node.named_children else "[]"
        kinds = {each.type for each in found}
        many = len(found) > 1 and kinds <= {"object"} or len(found) > 1 and kinds <= {"array"}
        broken = many and all(len(self.named(each)) > 1 for each in found)
        rest = found[-1].type == "rest_pattern"
        body = [*self.items(node, parts(",", LINE)), self._last_comma(node, rest)]
        return group("[", Indent(parts(SOFT, *body)), SOFT, "]", broken=broken)

    def _last_comma(self, node: Node, rest: bool) -> Doc:
        """Return the comma behind the last item; one that a comment follows has it already."""
        commented = node.named_children[-1].type == "comment"
        return IfBreak(",") if self.style.commas != "none" and not rest and not commented else ""

    # --- operators -------------------------------------------------------------------------------

    def _prefixed(self, node: Node) -> Doc:
        word = self.text(node.children[0])
        gap = " " if word.isalpha() else ""
        return parts(word, gap, self.value(node.named_children[-1]))

    def _parenthesized(self, node: Node) -> Doc:
        inner = node.named_children[0]
        if inner.type == "binary_expression":
            return parts("(", self.binary(inner), ")")
        return parts("(", self.value(inner), ")")

    def _cast(self, node: Node) -> Doc:
        left, right = node.children[0], node.children[-1]
        word = "satisfies" if node.type == "satisfies_expression" else "as"
        kind: Doc = "const" if right.type == "const" else self.type(right)
        return parts(self.value(left), f" {word} ", kind)

    def _default(self, node: Node) -> Doc:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        return parts(self.value(left), " = ", self.value(right))

    def operands(self, node: Node) -> Doc:
        """Return the operands of a chain of operators, without any indentation."""
        return parts(*self._operands(node))

    def _operands(self, node: Node) -> list[Doc]:
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        word = self.text(node.child_by_field_name("operator") or node.children[1])
        out: list[Doc] = []
        if left is not None and left.type == "binary_expression" and self._same(left, word):
            out += self._operands(left)
        else:
            out.append(self.value(left))
        inline = self.inlines(node)
        tail = parts(" " if inline else LINE, self.value(right))
        return [*out, " ", word, tail]

    def _same(self, left: Node, word: str) -> bool:
        inner = self.text(left.child_by_field_name("operator") or left.children[1])
        level = _LEVELS.get(inner, -1)
        if level != _LEVELS.get(word, -2) or word == "**":
            return False
        return level != _LEVELS["=="] and not (word != inner and level == _LEVELS["*"])

    def inlines(self, node: Node) -> bool:
        """Tell whether an operator's right side is an object or array that stays on its line."""
        right = node.child_by_field_name("right")
        word = self.text(node.child_by_field_name("operator") or node.children[1])
        full = right is not None and right.type in ("object", "array") and self.named(right)
        return bool(full) and word in ("&&", "||", "??")

    def binary(self, node: Node) -> Doc:
        """Return a chain of operators as its place wants it."""
        found = self._operands(node)
        parent = node.parent
        kind = parent.type if parent is not None else ""
        if kind in ("arrow_function", "return_statement", "variable_declarator", "pair") or (
            kind in ("assignment_expression", "ternary_expression", "field_definition")
        ):
            return group(*found)
        if kind in ("unary_expression", "await_expression"):
            return group(Indent(parts(SOFT, *found)), SOFT)
        return group(found[0], Indent(parts(*found[1:])))

    def ternary(self, node: Node) -> Doc:
        """Return a condition with its two values."""
        test, yes, no = (
            self.value(node.child_by_field_name(part))
            for part in ("condition", "consequence", "alternative")
        )
        return group(test, Indent(parts(LINE, "? ", Align(yes), LINE, ": ", Align(no))))

    # --- assignments -----------------------------------------------------------------------------

    def assigned(self, node: Node) -> Doc:
        """Return an assignment."""
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        return self.assignment(self.value(left), " =", left, right)

    def assignment(self, left: Doc, word: str, target: Node | None, value: Node | None) -> Doc:
        """Return what is put into what: the value on its line, below it, or as it fits."""
        if value is None:
            return left
        right = self.value(value)
        body = value.child_by_field_name("body") if value.type == "arrow_function" else None
        if body is not None and body.type == "arrow_function":
            return parts(group(left), word, group(right))
        key = len(self.flat(left)) if word == ":" else _LONG
        short = key - self.style.tab_width < _OVERLAP
        if self._below(value, short):
            return group(left, word, Indent(parts(LINE, group(right))))
        if (
            value.type in _NEVER
            or self.is_require(value)
            or (short and (value.type == "string" or self.is_plain_chain(value)))
        ):
            return group(left, word, " ", right)
        broken = target is not None and target.type == "object_pattern"
        arrow = value.type == "arrow_function" and word == " ="
        if broken or arrow or will_break(left):
            return group(left, word, " ", group(right))
        gap = group(Indent(LINE))
        return group(group(left), word, gap, IndentIf(gap, group(right)))

    def _below(self, value: Node, short: bool) -> bool:
        """Tell whether a value that is too long goes onto the next line as a whole."""
        if value.type == "binary_expression":
            return not self.inlines(value)
        if value.type == "ternary_expression":
            test = value.child_by_field_name("condition")
            return test is not None and test.type == "binary_expression" and not self.inlines(test)
        if short:
            return False
        while value.type in ("await_expression", "unary_expression", "non_null_expression"):
            value = value.named_children[0]
        return value.type == "string" or self.is_plain_chain(value)

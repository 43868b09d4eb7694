"""Prints functions, their parameters, and the types of TypeScript."""

from __future__ import annotations

from tree_sitter import Node

from apimod.languages.javascript_print_base import Base
from apimod.languages.layout import (
    HARD,
    LINE,
    SOFT,
    Doc,
    IfBreak,
    Indent,
    IndentIf,
    group,
    joined,
    parts,
)

_HUGGED = ("predefined_type", "type_identifier", "object_type", "literal_type")
_MAKES_FIELDS = ("accessibility_modifier", "readonly", "override_modifier")
_KEPT_WITH_ARROW = ("statement_block", "object", "array")


class Types(Base):
    """Functions and types."""

    # --- functions -------------------------------------------------------------------------------

    def function(self, node: Node) -> Doc:
        """Return a function with its word."""
        params = node.child_by_field_name("parameters")
        body = node.child_by_field_name("body")
        if params is None or body is None:
            return self.verbatim(node)
        head = self.text_between(node.start_byte, self._start(node, params)).rstrip()
        head = head if head.endswith(("function", "*")) is False else f"{head} "
        return parts(head, self._signature(node, params), " ", self.block(body))

    def _start(self, node: Node, params: Node) -> int:
        types = node.child_by_field_name("type_parameters")
        return types.start_byte if types is not None else params.start_byte

    def method(self, node: Node) -> Doc:
        """Return a method of a class or an object."""
        params, body = node.child_by_field_name("parameters"), node.child_by_field_name("body")
        if params is None or body is None:
            return self.verbatim(node)
        head = self.quoted(self.text_between(node.start_byte, self._start(node, params)).rstrip())
        return parts(head, self._signature(node, params), " ", self.block(body))

    def _signature(self, node: Node, params: Node, *, flat: bool = False) -> Doc:
        """Return what stands between a function's name and its body."""
        types, returns = (node.child_by_field_name(p) for p in ("type_parameters", "return_type"))
        given: Doc = self.parameters(params)
        if flat:
            given = self.flat(given)
        head = self.verbatim(types) if types is not None else ""
        tail = parts(": ", self.type(returns.named_children[0])) if returns is not None else ""
        return group(head, given, tail)

    def parameters(self, node: Node) -> Doc:
        """Return parameters in their parentheses."""
        found = self.named(node)
        if not found:
            return "()"
        docs = [self.parameter(each) for each in found]
        if len(found) == 1 and self._hugs(found[0]):
            return parts("(", docs[0], ")")
        rest = "rest" in found[-1].type or self.text(found[-1]).startswith("...")
        comma = IfBreak(",") if self.style.commas == "all" and not rest else ""
        inner = Indent(parts(SOFT, joined(parts(",", LINE), docs)))
        fields = any(c.type in _MAKES_FIELDS for each in found for c in each.children)
        if fields and len(found) > 1:
            return group("(", inner, comma, SOFT, ")", broken=True)
        return parts("(", inner, comma, SOFT, ")")

    def parameter(self, node: Node) -> Doc:
        """Return a parameter."""
        pattern = node.child_by_field_name("pattern")
        if node.type not in ("required_parameter", "optional_parameter") or pattern is None:
            return self.value(node)
        head = self.text_between(node.start_byte, pattern.start_byte)
        kind, value = node.child_by_field_name("type"), node.child_by_field_name("value")
        mark = "?" if node.type == "optional_parameter" else ""
        default = parts(" = ", self.value(value)) if value is not None else ""
        return parts(head, self.value(pattern), mark, self.value(kind), default)

    def _pattern(self, node: Node) -> Node:
        found = node.child_by_field_name("pattern") or node
        return (
            found.child_by_field_name("left") or found
            if found.type == "assignment_pattern"
            else found
        )

    def _hugs(self, node: Node) -> bool:
        """Tell whether a function's only parameter stands in its parentheses without a line."""
        if self._pattern(node).type == "object_pattern":
            return True
        kind = node.child_by_field_name("type")
        inner = kind.named_children[0] if kind is not None and kind.named_children else None
        return inner is not None and inner.type == "object_type"

    def is_hugged(self, pattern: Node) -> bool:
        """Tell whether a pattern is a function's only parameter."""
        node = pattern.parent
        if node is not None and node.type == "assignment_pattern":
            node = node.parent
        if node is not None and node.type in ("required_parameter", "optional_parameter"):
            node = node.parent
        return node is not None and node.type == "formal_parameters" and len(self.named(node)) == 1

    def arrow(self, node: Node) -> Doc:
        """Return an arrow function."""
        return self._arrow(node)

    def expanded(self, node: Node) -> Doc:
        """Return an argument that stays open on the line of its call."""
        return self._arrow(node, opened=True) if node.type == "arrow_function" else self.value(node)

    def _arrow(self, node: Node, *, opened: bool = False) -> Doc:
        body = node.child_by_field_name("body")
        if body is not None and body.type == "arrow_function":
            return self._arrows(node)
        if body is None:
            return self.verbatim(node)
        left = group(self._head(node, opened=opened), " =>")
        if body.type in _KEPT_WITH_ARROW or self._is_object(body):
            inner = self.block(body) if body.type == "statement_block" else self.value(body)
            return group(left, " ", inner)
        comma = IfBreak(",") if opened and self.style.commas == "all" else ""
        tail = [comma, SOFT] if opened else []
        inner = self.value(body)
        if body.type == "ternary_expression":
            inner = parts(IfBreak("", "("), inner, IfBreak("", ")"))
        return group(left, group(Indent(parts(LINE, inner)), *tail))

    def _arrows(self, node: Node) -> Doc:
        """Return a function that gives a function, and so on: the heads, then one body."""
        heads: list[Doc] = []
        chain: list[Node] = []
        at: Node | None = node
        last = node
        while at is not None and at.type == "arrow_function":
            heads.append(self._head(at))
            chain.append(at)
            last, at = at, at.child_by_field_name("body")
        body = last.child_by_field_name("body")
        parent = node.parent
        kinds = ("variable_declarator", "assignment_expression", "pair", "public_field_definition")
        lead = LINE if parent is not None and parent.type in kinds else ""
        broken = any(map(self._is_intricate, chain))
        signs = group(Indent(parts(lead, group(joined(parts(" =>", LINE), heads), broken=broken))))
        if body is None:
            return self.verbatim(node)
        kept = body.type in _KEPT_WITH_ARROW or self._is_object(body)
        inner = self.block(body) if body.type == "statement_block" else self.value(body)
        shown = parts(" ", inner) if kept else Indent(parts(LINE, inner))
        return group(signs, " =>", IndentIf(signs, shown))

    def _is_intricate(self, node: Node) -> bool:
        """Tell whether a function takes more than plain names, so that its chain breaks."""
        params = node.child_by_field_name("parameters")
        found = [self._pattern(each) for each in self.named(params)] if params is not None else []
        typed = node.child_by_field_name("return_type") is not None and bool(found)
        return typed or any(each.type != "identifier" for each in found)

    def _head(self, node: Node, *, opened: bool = False) -> Doc:
        """Return what stands before the arrow of a function."""
        params = node.child_by_field_name("parameters")
        single = node.child_by_field_name("parameter")
        head = "async " if self.text(node).startswith("async") else ""
        name = single or (self._lone(node, params) if params is not None else None)
        if name is not None:
            text = self.text(name)
            return f"{head}{text}" if self.style.arrows == "avoid" else f"{head}({text})"
        signature = self._signature(node, params, flat=opened) if params is not None else "()"
        return group(head, signature)

    def _is_object(self, node: Node) -> bool:
        return node.type == "parenthesized_expression" and node.named_children[0].type == "object"

    def _lone(self, node: Node, params: Node) -> Node | None:
        """Return the name of a function's only parameter where it is nothing but a name."""
        found = self.named(params)
        if len(found) != 1 or node.child_by_field_name("return_type") is not None:
            return None
        one = found[0]
        if one.type == "required_parameter":
            if one.child_by_field_name("type") or one.child_by_field_name("value"):
                return None
            one = one.child_by_field_name("pattern") or one
        return one if one.type == "identifier" else None

    # --- types -----------------------------------------------------------------------------------

    def type(self, node: Node) -> Doc:
        """Return a type."""
        if node.type == "object_type":
            return self.object_type(node)
        if node.type == "generic_type":
            return parts(self.text(node.named_children[0]), self.type(node.named_children[1]))
        if node.type == "type_arguments":
            found = [self.type(each) for each in self.named(node)]
            if len(found) == 1 and self.named(node)[0].type in _HUGGED:
                return parts("<", found[0], ">")
            return group("<", Indent(parts(SOFT, joined(parts(",", LINE), found))), SOFT, ">")
        if node.type == "union_type":
            found = self._union(node)
            return group(Indent(parts(SOFT, IfBreak("| "), joined(parts(LINE, "| "), found))))
        if node.type == "array_type":
            return parts(self.type(node.named_children[0]), "[]")
        return self.verbatim(node)

    def _union(self, node: Node) -> list[Doc]:
        out: list[Doc] = []
        for each in self.named(node):
            out += self._union(each) if each.type == "union_type" else [self.type(each)]
        return out

    def object_type(self, node: Node) -> Doc:
        """Return a type that lists members."""
        found = self.named(node)
        if not found:
            return "{}"
        first = node.named_children[0]
        broken = b"\n" in self.data[node.start_byte : first.start_byte]
        members = [self._member_type(each) for each in found]
        body = joined(parts(IfBreak(self.end, ";"), LINE), members)
        return group("{", Indent(parts(LINE, body, IfBreak(self.end))), LINE, "}", broken=broken)

    def _member_type(self, node: Node) -> Doc:
        name, kind = node.child_by_field_name("name"), node.child_by_field_name("type")
        if node.type != "property_signature" or name is None or kind is None:
            return self.verbatim(node)
        head = self.text_between(node.start_byte, kind.start_byte)
        return parts(self.quoted(head), ": ", self.type(kind.named_children[0]))

    def interface(self, node: Node) -> Doc:
        """Return an interface: a member a line."""
        body = node.child_by_field_name("body")
        if body is None:
            return self.verbatim(node)
        head = self.text_between(node.start_byte, body.start_byte).rstrip()
        found = body.named_children
        if not found:
            return f"{head} {{}}"
        out: list[Doc] = []
        for index, each in enumerate(found):
            if index:
                blank = b"\n\n" in self.data[found[index - 1].end_byte : each.start_byte]
                out += [HARD, HARD] if blank else [HARD]
            end = "" if each.type == "comment" else ";"
            out.append(parts(self._member_type(each), end if self.style.semicolons else ""))
        return parts(head, " {", Indent(parts(HARD, *out)), HARD, "}")

    def alias(self, node: Node) -> Doc:
        """Return the declaration of a type by another."""
        value = node.child_by_field_name("value")
        if value is None:
            return self.verbatim(node)
        head = (
            self.text_between(node.start_byte, value.start_byte).rstrip().removesuffix("=").rstrip()
        )
        if value.type == "union_type":
            found = self._union(value)
            inner = parts(LINE, IfBreak("| "), joined(parts(LINE, "| "), found))
            return parts(group(head, " =", Indent(inner)), self.end)
        return parts(group(head, " = ", self.type(value)), self.end)

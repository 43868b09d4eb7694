"""Prints calls of JavaScript: their arguments, and chains of members and calls."""

from __future__ import annotations

import re

from msgspec import Struct
from tree_sitter import Node

from apimod.languages.javascript_print_base import Base
from apimod.languages.layout import (
    HARD,
    LINE,
    SOFT,
    Doc,
    IfBreak,
    Indent,
    choice,
    group,
    joined,
    parts,
    will_break,
)

_FUNCTIONS = ("arrow_function", "function_expression")
_TESTS = re.compile(r"[a-z]?(?:it|describe|test)(?:\.(?:only|skip))?")
_FACTORY = re.compile(r"[A-Z]|[$_]+$")
_PLAIN = ("identifier", "this", "string", "number", "regex", "true", "false", "null", "undefined")
_WRAPS = ("non_null_expression",)


class _Link(Struct, frozen=True, eq=False):
    """A part of a chain: its head, a member, an index or the arguments of a call."""

    node: Node
    kind: str
    doc: Doc


class Calls(Base):
    """Calls, members, and chains of them."""

    def call(self, node: Node) -> Doc:
        """Return a call, or what is made with ``new``."""
        if node.type == "new_expression":
            maker = node.child_by_field_name("constructor")
            return parts("new ", self.value(maker), self._given(node))
        function = node.child_by_field_name("function")
        if self._is_test(node) or self.is_require(node):
            given = node.child_by_field_name("arguments")
            found = [self.value(each) for each in self.named(given)] if given is not None else []
            return parts(self.value(function), "(", joined(", ", found), ")")
        if function is not None and function.type in ("member_expression", "subscript_expression"):
            return self._chain(node)
        doc = parts(self.value(function), self._given(node))
        return group(doc) if function is not None and function.type == "call_expression" else doc

    def _given(self, node: Node) -> Doc:
        """Return the type arguments and the arguments of a call."""
        types, given = (
            node.child_by_field_name("type_arguments"),
            node.child_by_field_name("arguments"),
        )
        typed = self.type(types) if types is not None else ""
        if given is None:
            return parts(typed, "()")
        if given.type == "template_string":
            return parts(typed, self.value(given))
        return parts(typed, self.arguments(given))

    def member(self, node: Node) -> Doc:
        """Return a member of something."""
        of, name = node.child_by_field_name("object"), node.child_by_field_name("property")
        return parts(self.value(of), self._dot(node), self.text(name))

    def _dot(self, node: Node) -> str:
        return "?." if any(c.type in ("optional_chain", "?.") for c in node.children) else "."

    def subscript(self, node: Node) -> Doc:
        """Return an item of something."""
        of, index = node.child_by_field_name("object"), node.child_by_field_name("index")
        dot = "?." if self._dot(node) == "?." else ""
        return parts(self.value(of), dot, "[", self.value(index), "]")

    # --- arguments -------------------------------------------------------------------------------

    def arguments(self, node: Node) -> Doc:
        """Return the arguments of a call: the last one, or the first, may stay open on the line."""
        found = self.named(node)
        if not found:
            return self.verbatim(node) if node.named_children else "()"
        if len(found) != len(node.named_children):
            return self._all_broken([self.value(each) for each in node.named_children])
        docs = [self.value(each) for each in found]
        if self._groups_last(found):
            last = self.expanded(found[-1])
            if any(map(will_break, docs[:-1])):
                return self._all_broken(docs)
            head = [*self._followed(docs[:-1])]
            plain = parts("(", *head, last, ")")
            opened = parts("(", *head, group(last, broken=True), ")")
            return choice(plain, opened, self._all_broken(docs))
        if self._groups_first(found):
            first = self.expanded(found[0])
            rest = joined(", ", docs[1:])
            if will_break(rest):
                return self._all_broken(docs)
            opened = parts("(", group(first, broken=True), ", ", rest, ")")
            return choice(parts("(", first, ", ", rest, ")"), opened, self._all_broken(docs))
        broken = any(map(will_break, docs))
        return group(*self._listed(docs), broken=broken)

    def _followed(self, docs: list[Doc]) -> list[Doc]:
        out: list[Doc] = []
        for doc in docs:
            out += [doc, ", "]
        return out

    def _listed(self, docs: list[Doc]) -> list[Doc]:
        comma = IfBreak(",") if self.style.commas == "all" else ""
        return ["(", Indent(parts(SOFT, joined(parts(",", LINE), docs))), comma, SOFT, ")"]

    def _all_broken(self, docs: list[Doc]) -> Doc:
        return group(*self._listed(docs), broken=True)

    def _groups_last(self, found: list[Node]) -> bool:
        last = found[-1]
        before = found[-2] if len(found) > 1 else None
        if before is not None and before.type == last.type:
            return False
        if len(found) == 2 and before is not None and before.type == "arrow_function":
            if last.type == "array":
                return False
        return self._can_open(last)

    def _can_open(self, node: Node) -> bool:
        """Tell whether an argument may stay open on the line of its call."""
        if node.type in ("object", "array"):
            return bool(node.named_children)
        if node.type in ("as_expression", "satisfies_expression"):
            return self._can_open(node.children[0])
        if node.type == "arrow_function":
            body = node.child_by_field_name("body")
            kinds = (
                "statement_block", "arrow_function", "object", "array", "call_expression",
                "ternary_expression", "as_expression", "parenthesized_expression",
            )  # fmt: skip
            return body is not None and body.type in kinds
        return node.type == "function_expression"

    def _groups_first(self, found: list[Node]) -> bool:
        if len(found) != 2:
            return False
        first, second = found
        body = first.child_by_field_name("body")
        function = first.type in _FUNCTIONS and body is not None and body.type == "statement_block"
        return (
            function
            and second.type not in (*_FUNCTIONS, "ternary_expression")
            and not (self._can_open(second))
        )

    def _is_test(self, node: Node) -> bool:
        function, given = (
            node.child_by_field_name("function"),
            node.child_by_field_name("arguments"),
        )
        if function is None or given is None or not _TESTS.fullmatch(self.text(function)):
            return False
        found = self.named(given)
        if len(found) not in (2, 3) or found[0].type not in ("string", "template_string"):
            return False
        params = found[1].child_by_field_name("parameters")
        few = params is None or len(params.named_children) <= 1
        return found[1].type in _FUNCTIONS and few

    def is_require(self, node: Node) -> bool:
        """Tell whether a call loads a module."""
        function = node.child_by_field_name("function") if node.type == "call_expression" else None
        return function is not None and self.text(function) == "require"

    # --- chains ----------------------------------------------------------------------------------

    def _links(self, node: Node) -> list[_Link]:
        """Return the parts of a chain, its head first."""
        out: list[_Link] = []
        at = node
        while True:
            if at.type == "call_expression":
                out.append(_Link(at, "call", self._given(at)))
                inner = at.child_by_field_name("function")
            elif at.type == "member_expression":
                name = self.text(at.child_by_field_name("property"))
                out.append(_Link(at, "member", f"{self._dot(at)}{name}"))
                inner = at.child_by_field_name("object")
            elif at.type == "subscript_expression":
                index = self.value(at.child_by_field_name("index"))
                dot = "?." if self._dot(at) == "?." else ""
                out.append(_Link(at, "index", parts(dot, "[", index, "]")))
                inner = at.child_by_field_name("object")
            elif at.type in _WRAPS:
                out.append(_Link(at, "bang", "!"))
                inner = at.named_children[0]
            else:
                out.append(_Link(at, "head", self.value(at)))
                break
            if inner is None:
                break
            at = inner
        return out[::-1]

    def _chain(self, node: Node) -> Doc:
        """Return a chain of members and calls: on one line, or a call a line."""
        links = self._links(node)
        groups = self._grouped(links)
        merged = len(groups) > 1 and self._merges(groups, node)
        docs = [parts(*(link.doc for link in each)) for each in groups]
        one_line = parts(*docs)
        cutoff = 3 if merged else 2
        if len(groups) <= cutoff and not any(map(will_break, docs[cutoff:])):
            return group(one_line)
        head = docs[: 2 if merged else 1]
        rest = docs[2 if merged else 1 :]
        expanded = parts(*head, Indent(parts(*(parts(HARD, doc) for doc in rest))))
        calls = [link.node for link in links if link.kind == "call"]
        complex_ = len(calls) > 2 and any(not self._simple_call(each) for each in calls)
        if complex_ or any(map(will_break, docs[:-1])) or self._opens_last(calls, docs[-1]):
            return group(expanded)
        if len(calls) <= cutoff and not any(map(will_break, docs)):
            return choice(one_line, expanded)
        return choice(one_line, expanded)

    def _opens_last(self, calls: list[Node], last: Doc) -> bool:
        functions = any(
            each.type in _FUNCTIONS for call in calls[:-1] for each in self._arguments_of(call)
        )
        return will_break(last) and functions

    def _arguments_of(self, call: Node) -> list[Node]:
        given = call.child_by_field_name("arguments")
        return self.named(given) if given is not None else []

    def _grouped(self, links: list[_Link]) -> list[list[_Link]]:
        """Return the head with what belongs to it, then what each call is made of."""
        first = [links[0]]
        at = 1
        while at < len(links) and links[at].kind in ("call", "bang"):
            first.append(links[at])
            at += 1
        if links[0].node.type != "call_expression":
            while (
                at + 1 < len(links)
                and links[at].kind in ("member", "index")
                and (links[at + 1].kind in ("member", "index"))
            ):
                first.append(links[at])
                at += 1
        groups = [first]
        current: list[_Link] = []
        called = False
        for link in links[at:]:
            if called and link.kind == "member":
                groups.append(current)
                current, called = [], False
            called = called or link.kind == "call"
            current.append(link)
        return [*groups, current] if current else groups

    def _merges(self, groups: list[list[_Link]], node: Node) -> bool:
        """Tell whether the first call stays on the line of the head."""
        head = groups[0]
        if len(head) > 1:
            last = head[-1]
            name = self.text(last.node.child_by_field_name("property"))
            return last.kind == "member" and bool(_FACTORY.match(name))
        first = head[0].node
        if first.type == "this":
            return True
        if first.type != "identifier":
            return False
        name = self.text(first)
        top = node.parent
        while top is not None and top.type == "await_expression":
            top = top.parent
        alone = node.parent is not None and node.parent.type == "expression_statement"
        return bool(_FACTORY.match(name)) or (alone and len(name) <= self.style.tab_width)

    # --- what is simple --------------------------------------------------------------------------

    def _simple_call(self, call: Node) -> bool:
        return all(self._simple(each, 0) for each in self._arguments_of(call))

    def _simple(self, node: Node, depth: int) -> bool:
        """Tell whether an argument is so simple that a chain may hold several on one line."""
        if depth >= 2:
            return False
        if node.type in _PLAIN:
            return node.type != "regex" or len(self.text(node)) <= 7
        if node.type == "template_string":
            return all(
                self._plain_members(child.named_children[0])
                for child in node.named_children
                if child.type == "template_substitution"
            )
        if node.type == "object":
            return all(self._simple_entry(each, depth + 1) for each in self.named(node))
        if node.type == "array":
            return all(self._simple(each, depth + 1) for each in self.named(node))
        if node.type in ("call_expression", "new_expression"):
            callee = node.child_by_field_name("function") or node.child_by_field_name("constructor")
            plain = callee is not None and self._simple(callee, depth)
            return plain and all(self._simple(each, depth + 1) for each in self._arguments_of(node))
        if node.type == "member_expression":
            of = node.child_by_field_name("object")
            return of is not None and self._simple(of, depth)
        if node.type in ("unary_expression", "non_null_expression"):
            return self._simple(node.named_children[-1], depth)
        return False

    def _plain_members(self, node: Node) -> bool:
        while node.type == "member_expression":
            node = node.child_by_field_name("object") or node.named_children[0]
        return node.type in ("identifier", "this")

    def _simple_entry(self, node: Node, depth: int) -> bool:
        if node.type == "shorthand_property_identifier":
            return True
        value = node.child_by_field_name("value")
        return node.type == "pair" and value is not None and self._simple(value, depth)

    def is_plain_chain(self, node: Node) -> bool:
        """Tell whether members, or calls with next to no arguments, follow one another."""
        if node.type == "call_expression":
            groups = self._grouped(self._links(node))
            merged = len(groups) > 1 and self._merges(groups, node)
            if len(groups) > (3 if merged else 2):
                return False
        at, calls = node, 0
        while at.type in ("member_expression", "call_expression", "non_null_expression"):
            if at.type == "call_expression":
                calls += 1
                given = self._arguments_of(at)
                if len(given) > 1 or (given and not self._lone_short(given[0])):
                    return False
                at = at.child_by_field_name("function") or at.named_children[0]
            else:
                at = at.child_by_field_name("object") or at.named_children[0]
        if at.type not in ("identifier", "this") or node.type not in (
            "member_expression",
            "call_expression",
        ):
            return False
        return calls == 0 or node.type == "member_expression" or self._is_member_call(node)

    def _is_member_call(self, node: Node) -> bool:
        function = node.child_by_field_name("function")
        return function is not None and function.type == "member_expression"

    def _lone_short(self, node: Node) -> bool:
        if node.type in ("object", "array"):
            return not node.named_children
        return node.type in _PLAIN and len(self.text(node)) <= self.style.width // 4

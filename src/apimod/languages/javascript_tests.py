"""JavaScript: the ``if`` that leaves a function for some paths, and what it asks of the path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.languages.base import PathTest
from apimod.languages.javascript_defs import children, field, unwrapped

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.source import Source

EQUAL = ("==", "===")


class JavaScriptTests:
    """Reads tests of paths."""

    def exits(self, source: Source, function: Node) -> list[tuple[Node, Node]]:
        """Return the tests at the top of a function that leave it, each with its statement."""
        body = function.child_by_field_name("body")
        out: list[tuple[Node, Node]] = []
        for statement in children(body):
            if statement.type != "if_statement" or statement.child_by_field_name("alternative"):
                continue
            block = field(statement, "consequence")
            inner = children(block) if block.type == "statement_block" else [block]
            if inner and inner[-1].type == "return_statement":
                out.append((unwrapped(field(statement, "condition")), statement))
        return out

    def path_tests(self, source: Source, test: Node) -> list[PathTest] | None:
        """Return what a test asks of a path; None where that is not understood."""
        test = unwrapped(test)
        if test.type == "binary_expression":
            operator = test.children[1].type
            left, right = field(test, "left"), field(test, "right")
            if operator == "||":
                one, other = self.path_tests(source, left), self.path_tests(source, right)
                return None if one is None or other is None else one + other
            if operator in EQUAL:
                literal = right if right.type in ("string", "identifier") else left
                return [PathTest("is", literal)]
            return None
        function = test.child_by_field_name("function")
        given = children(test.child_by_field_name("arguments"))
        if function is None or function.type != "member_expression" or len(given) != 1:
            return None
        name, target = source.text(field(function, "property")), field(function, "object")
        if name == "startsWith":
            return [PathTest("below", given[0])]
        if name == "test":
            return [PathTest("matches", target)]
        if name in ("includes", "has", "indexOf"):
            is_text = given[0].type in ("string", "template_string")
            return None if is_text or name == "indexOf" else [PathTest("is", target)]
        return None

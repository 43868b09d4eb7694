"""Prints JavaScript and TypeScript as the usual formatter of both would, in a project's style.

What the printer does not know it leaves as it is written. Statements are here; values, calls and
types have modules of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tree_sitter import Node, Parser

from apimod.languages import language_of
from apimod.languages.javascript_print_calls import Calls
from apimod.languages.javascript_print_types import Types
from apimod.languages.javascript_print_values import Values
from apimod.languages.javascript_style import ScriptStyle
from apimod.languages.layout import (
    HARD,
    LINE,
    SOFT,
    Doc,
    IfBreak,
    Indent,
    Layout,
    group,
    joined,
    parts,
)

_LEADS = ("(", "[", "`", "+", "-", "/")


def printed(text: str, path: str, style: ScriptStyle) -> str:
    """Return code of the templates' style in the project's; broken code stays as it is."""
    language = language_of(path)
    if language is None:
        return text
    tree = Parser(language.grammar(path)).parse(text.encode())
    if tree.root_node.has_error:
        return text
    doc = Printer(text.encode(), style).file(tree.root_node)
    return Layout(style.width, style.unit, style.tab).text(doc).rstrip() + "\n"


class Printer(Values, Calls, Types):
    """Makes documents of a tree."""

    def file(self, root: Node) -> Doc:
        """Return a whole file."""
        return self.statements(root.children)

    # --- statements ------------------------------------------------------------------------------

    def statements(self, nodes: Sequence[Node]) -> Doc:
        """Return statements, each on a line of its own, at most one blank line between two."""
        out: list[Doc] = []
        last: Node | None = None
        for node in nodes:
            if node.type in ("{", "}", ";", "empty_statement"):
                continue
            if last is not None:
                same = node.type == "comment" and node.start_point.row == last.end_point.row
                if same:
                    out += [" ", self.text(node)]
                    last = node
                    continue
                out += [HARD, HARD] if self.blank_between(last, node) else [HARD]
            out.append(self.statement(node))
            last = node
        return parts(*out)

    def blank_between(self, upper: Node, lower: Node) -> bool:
        """Tell whether a blank line stands between two nodes."""
        return b"\n\n" in self.data[upper.end_byte : lower.start_byte].replace(b" ", b"")

    def block(self, node: Node) -> Doc:
        """Return a block of statements in braces."""
        inner = [child for child in node.children if child.type not in ("{", "}")]
        if not inner:
            return "{}"
        return parts("{", Indent(parts(HARD, self.statements(inner))), HARD, "}")

    def statement(self, node: Node) -> Doc:
        """Return one statement with its end."""
        known: dict[str, Callable[[Node], Doc]] = {
            "expression_statement": self._expression,
            "lexical_declaration": self._declaration,
            "variable_declaration": self._declaration,
            "import_statement": self._import,
            "export_statement": self._export,
            "function_declaration": self.function,
            "generator_function_declaration": self.function,
            "class_declaration": self._class,
            "abstract_class_declaration": self._class,
            "interface_declaration": self.interface,
            "type_alias_declaration": self.alias,
            "if_statement": self._if,
            "for_in_statement": self._for_in,
            "while_statement": self._while,
            "try_statement": self._try,
            "return_statement": self._return,
            "throw_statement": self._return,
            "statement_block": self.block,
        }
        make = known.get(node.type)
        return make(node) if make is not None else self.verbatim(node)

    def _expression(self, node: Node) -> Doc:
        inner = node.named_children[0]
        if inner.type == "string":
            return parts(self.value(inner), self.end)
        doc = self.assigned(inner) if inner.type == "assignment_expression" else self.value(inner)
        lead = not self.style.semicolons and self.text(inner).startswith(_LEADS)
        return parts(";" if lead else "", doc, self.end)

    def _declaration(self, node: Node) -> Doc:
        kind = self.text(node.children[0])
        found = [self._declarator(each) for each in self.named(node)]
        return parts(kind, " ", joined(parts(",", Indent(HARD)), found), self.end)

    def _declarator(self, node: Node) -> Doc:
        name, kind, value = (node.child_by_field_name(part) for part in ("name", "type", "value"))
        left = parts(self.value(name), self.value(kind))
        return self.assignment(left, " =", name, value)

    def _import(self, node: Node) -> Doc:
        source = node.child_by_field_name("source")
        clause = next((c for c in node.named_children if c.type == "import_clause"), None)
        typed = "type " if any(c.type == "type" for c in node.children) else ""
        if clause is None:
            return parts("import ", self.value(source), self.end)
        found: list[Doc] = []
        for part in clause.named_children:
            if part.type == "named_imports":
                found.append(self._specifiers(part, len(clause.named_children) > 1))
            else:
                found.append(self.text(part))
        return parts("import ", typed, joined(", ", found), " from ", self.value(source), self.end)

    def _specifiers(self, node: Node, more: bool) -> Doc:
        items = [self.text(each) for each in self.named(node)]
        if not items:
            return "{}"
        if len(items) == 1 and not more:
            pad = " " if self.style.spaced else ""
            return f"{{{pad}{items[0]}{pad}}}"
        return self.braced([*items], broken=False)

    def _export(self, node: Node) -> Doc:
        declaration = node.child_by_field_name("declaration")
        value, source = node.child_by_field_name("value"), node.child_by_field_name("source")
        default = "default " if any(c.type == "default" for c in node.children) else ""
        if declaration is not None:
            return parts("export ", default, self.statement(declaration))
        if value is not None:
            return parts("export ", default, self.value(value), self.end)
        clause = next((c for c in node.named_children if c.type == "export_clause"), None)
        if clause is None:
            return self.verbatim(node)
        tail = parts(" from ", self.value(source)) if source is not None else ""
        return parts("export ", self._specifiers(clause, False), tail, self.end)

    def _if(self, node: Node) -> Doc:
        condition = node.child_by_field_name("condition")
        inside, other = (
            node.child_by_field_name("consequence"),
            node.child_by_field_name("alternative"),
        )
        out: list[Doc] = [group("if (", self.inside(condition), ")", self._clause(inside))]
        if other is not None and inside is not None:
            close: Doc = " " if inside.type == "statement_block" else HARD
            last = other.named_children[0]
            out += [close, "else"]
            out.append(
                parts(" ", self.statement(last))
                if last.type == "if_statement"
                else self._clause(last)
            )
        return parts(*out)

    def _clause(self, node: Node | None) -> Doc:
        if node is None:
            return ";"
        if node.type == "statement_block":
            return parts(" ", self.block(node))
        return Indent(parts(LINE, self.statement(node)))

    def inside(self, node: Node | None) -> Doc:
        """Return what stands between the parentheses of a condition."""
        inner = node.named_children[0] if node is not None else None
        if inner is None:
            return ""
        test = self.operands(inner) if inner.type == "binary_expression" else self.value(inner)
        return group(Indent(parts(SOFT, test)), SOFT)

    def _for_in(self, node: Node) -> Doc:
        body = node.child_by_field_name("body")
        head = self.text_between(
            node.start_byte, body.start_byte if body is not None else node.end_byte
        )
        return parts(self.quoted(head.rstrip()), self._clause(body))

    def _while(self, node: Node) -> Doc:
        condition, body = node.child_by_field_name("condition"), node.child_by_field_name("body")
        return parts(group("while (", self.inside(condition), ")"), self._clause(body))

    def _try(self, node: Node) -> Doc:
        out: list[Doc] = ["try"]
        for child in node.named_children:
            if child.type == "statement_block":
                out += [" ", self.block(child)]
                continue
            param, body = child.child_by_field_name("parameter"), child.child_by_field_name("body")
            out.append(" catch" if child.type == "catch_clause" else " finally")
            out.append(f" ({self.text(param)})" if param is not None else "")
            out += [" ", self.block(body)] if body is not None else []
        return parts(*out)

    def _return(self, node: Node) -> Doc:
        word = self.text(node.children[0])
        found = self.named(node)
        if not found:
            return parts(word, self.end)
        value = found[0]
        if value.type == "binary_expression":
            inner = group(
                IfBreak("("), Indent(parts(SOFT, self.operands(value))), SOFT, IfBreak(")")
            )
            return parts(word, " ", inner, self.end)
        return parts(word, " ", self.value(value), self.end)

    # --- classes ---------------------------------------------------------------------------------

    def _class(self, node: Node) -> Doc:
        body = node.child_by_field_name("body")
        if body is None:
            return self.verbatim(node)
        head = self.quoted(self.text_between(node.start_byte, body.start_byte).rstrip())
        return parts(head, " ", self._members(body))

    def _members(self, body: Node) -> Doc:
        found = [c for c in body.children if c.type not in ("{", "}", ";")]
        if not found:
            return "{}"
        out: list[Doc] = []
        last: Node | None = None
        for node in found:
            if last is not None:
                out += [HARD, HARD] if self.blank_between(last, node) else [HARD]
            out.append(self._member(node))
            last = node
        return parts("{", Indent(parts(HARD, *out)), HARD, "}")

    def _member(self, node: Node) -> Doc:
        if node.type == "method_definition":
            return self.method(node)
        value = node.child_by_field_name("value")
        if node.type not in ("public_field_definition", "field_definition") or value is None:
            text = self.verbatim(node)
            return text if node.type in ("comment", "decorator") else parts(text, self.end)
        name = node.child_by_field_name("type") or node.child_by_field_name("name")
        name = name or node.child_by_field_name("property")
        end = name.end_byte if name is not None else value.start_byte
        head = self.quoted(self.text_between(node.start_byte, end))
        return parts(self.assignment(head, " =", name, value), self.end)

"""Insertions into JavaScript and TypeScript."""

from __future__ import annotations

import pytest
from editing import first, node, result, script

from apimod.errors import NoAnchor
from apimod.insert import after, at_end, before, chain_link, end_of_file, list_item, member

APP = """\
import express from 'express';

const app = express();

app.use(json());
app.use('/users', users); // people

app.use((req, res) => {
  res.status(404).end();
});

export default app;
"""


def test_after_a_statement() -> None:
    buffer = script(APP)
    made = after(buffer, node(buffer, "app.use('/users', users);"), "app.use('/orders', orders);")
    assert "users); // people\napp.use('/orders', orders);\n\napp.use((req" in result(buffer, made)


def test_before() -> None:
    buffer = script(APP)
    made = before(buffer, node(buffer, "export default app;"), "x();")
    assert "});\n\nx();\nexport default app;\n" in result(buffer, made)


def test_what_is_given_away_stays_last() -> None:
    buffer = script(APP)
    made = end_of_file(buffer, "export const x = 1;")
    assert result(buffer, made).endswith("});\n\nexport const x = 1;\n\nexport default app;\n")


@pytest.mark.parametrize(
    ("old", "snippet", "new"),
    [
        ("function f() { a(); }\n", "a();", "function f() { a(); b(); }\n"),
        ("function f() { a() }\n", "a()", "function f() { a(); b(); }\n"),
    ],
)
def test_a_block_of_one_line(old: str, snippet: str, new: str) -> None:
    buffer = script(old)
    made = after(buffer, node(buffer, snippet, "expression_statement"), "b();")
    assert result(buffer, made).replace(";;", ";") == new


def test_into_a_class() -> None:
    buffer = script("class A {\n  private a = 1;\n\n  one() {\n    x();\n  }\n}\n")
    made = member(buffer, first(buffer, "class_body"), "two() {\n  y();\n}")
    assert result(buffer, made).endswith("    x();\n  }\n\n  two() {\n    y();\n  }\n}\n")


def test_into_an_empty_function() -> None:
    buffer = script("function f() {}\n")
    made = at_end(buffer, first(buffer, "function_declaration"), "x();")
    assert result(buffer, made) == "function f() {\n  x();\n}\n"


def test_before_a_return() -> None:
    buffer = script("export function make() {\n  const app = express();\n\n  return app;\n}\n")
    made = at_end(buffer, first(buffer, "export_statement"), "app.use(x);")
    assert "express();\n  app.use(x);\n\n  return app;" in result(buffer, made)


@pytest.mark.parametrize(
    ("old", "kind", "text", "new"),
    [
        ("f([\n  a,\n  b\n])\n", "array", "c", "f([\n  a,\n  b,\n  c\n])\n"),
        ("f([\n  a,\n  b,\n])\n", "array", "c", "f([\n  a,\n  b,\n  c,\n])\n"),
        ("module.exports = { a, b };\n", "object", "c", "module.exports = { a, b, c };\n"),
        ("module.exports = {};\n", "object", "c", "module.exports = {c};\n"),
        ("const t = [{ path: '/a' }];\n", "array", "{ path: '/b' }",
         "const t = [{ path: '/a' }, { path: '/b' }];\n"),
    ],
)  # fmt: skip
def test_an_item(old: str, kind: str, text: str, new: str) -> None:
    buffer = script(old)
    assert result(buffer, list_item(buffer, first(buffer, kind), text)) == new


def test_a_link_of_a_chain() -> None:
    buffer = script("const api = Router()\n  .use(a)\n  .use(b);\n")
    made = chain_link(buffer, node(buffer, "Router()\n  .use(a)\n  .use(b)"), ".use(c)")
    assert result(buffer, made) == "const api = Router()\n  .use(a)\n  .use(b)\n  .use(c);\n"


def test_broken_code_is_left_alone() -> None:
    buffer = script("app.use(;\n")
    with pytest.raises(NoAnchor):
        after(buffer, buffer.root.named_children[0].children[0], "x();")


def test_the_grammar_is_that_of_the_file() -> None:
    assert not script("const a = <B>c;\n", "a.ts").root.has_error
    assert not script("const a = <B>c</B>;\n", "a.tsx").root.has_error
    assert not script("const a = <B>c</B>;\n", "a.js").root.has_error

"""Insertions into Go."""

from __future__ import annotations

import pytest
from editing import first, go, node, result

from apimod.errors import NoAnchor
from apimod.insert import (
    after,
    annotation,
    argument,
    at_end,
    before,
    chain_link,
    end_of_file,
    list_item,
    member,
    parameter,
)

MAIN = """\
package main

func main() {
	a := New(db)
	b := New(db)

	RegisterA(api, a)
	RegisterB(api, b) // last

	{
		b.GET("/")
	}

	r.Run()
}
"""


def test_after_a_statement() -> None:
    buffer = go(MAIN)
    made = after(buffer, node(buffer, "RegisterB(api, b)"), "RegisterC(api, c)")
    assert "b) // last\n\tRegisterC(api, c)\n\n\t{" in result(buffer, made)


def test_after_a_bare_block() -> None:
    buffer = go(MAIN)
    made = after(buffer, first(buffer, "block").named_children[0].named_children[-2], "{\n\tx()\n}")
    assert '\t\tb.GET("/")\n\t}\n\n\t{\n\t\tx()\n\t}\n\n\tr.Run()' in result(buffer, made)


def test_before() -> None:
    buffer = go(MAIN)
    made = before(buffer, node(buffer, "r.Run()"), "x()")
    assert "\t}\n\n\tx()\n\tr.Run()\n}\n" in result(buffer, made)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("func f() {}", "func f() {\n\tx()\n}"),
        ("func f() {\n}", "func f() {\n\tx()\n}"),
        ("func f() {\n\t// none\n}", "func f() {\n\t// none\n\tx()\n}"),
        ("func f() { a() }", "func f() { a(); x() }"),
        ("func f() {\n\ta()\n}", "func f() {\n\ta()\n\tx()\n}"),
        ("func f() int {\n\ta()\n\treturn 1\n}", "func f() int {\n\ta()\n\tx()\n\treturn 1\n}"),
        ("func f() int {\n\treturn 1\n}", "func f() int {\n\tx()\n\treturn 1\n}"),
    ],
)
def test_at_the_end_of_a_function(old: str, new: str) -> None:
    buffer = go(f"package a\n\n{old}\n")
    made = at_end(buffer, first(buffer, "function_declaration"), "x()")
    assert result(buffer, made) == f"package a\n\n{new}\n"


def test_functions_are_apart() -> None:
    buffer = go("package a\n\nfunc f() {}\n")
    assert result(buffer, end_of_file(buffer, "func g() {}")).endswith("{}\n\nfunc g() {}\n")
    made = after(buffer, node(buffer, "func f() {}"), "var x = 1")
    assert result(buffer, made).endswith("{}\n\nvar x = 1\n")


def test_raw_strings_are_not_indented() -> None:
    buffer = go("package a\n\nfunc f() {\n\ta()\n}\n")
    made = at_end(buffer, first(buffer, "function_declaration"), "x(`\nkept\n`)\nif y {\n\tz()\n}")
    assert "\tx(`\nkept\n`)\n\tif y {\n\t\tz()\n\t}\n}" in result(buffer, made)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("f()", "f(n)"),
        ("f(z, a)", "f(z, a, n)"),
        ("f(\n\t\tz,\n\t\ta,\n\t)", "f(\n\t\tz,\n\t\ta,\n\t\tn,\n\t)"),
        ("f(z,\n\t\ta)", "f(z,\n\t\ta,\n\t\tn)"),
        ("f(z, a,\n\t)", "f(z, a, n,\n\t)"),
    ],
)
def test_arguments(old: str, new: str) -> None:
    buffer = go(f"package a\n\nfunc g() {{\n\t{old}\n}}\n")
    made = argument(buffer, first(buffer, "call_expression"), "n")
    assert result(buffer, made) == f"package a\n\nfunc g() {{\n\t{new}\n}}\n"


def test_nothing_follows_a_spread() -> None:
    buffer = go("package a\n\nfunc g() {\n\tf(xs...)\n}\n")
    with pytest.raises(NoAnchor):
        argument(buffer, first(buffer, "call_expression"), "n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{}", "{n}"),
        ("{z, a}", "{z, a, n}"),
        ("{\n\tz,\n\ta,\n}", "{\n\tz,\n\ta,\n\tn,\n}"),
        ("{\n\tz, // why\n}", "{\n\tz, // why\n\tn,\n}"),
        ("{\n}", "{\n\tn,\n}"),
    ],
)
def test_composite_literals(old: str, new: str) -> None:
    buffer = go(f"package a\n\nvar x = []T{old}\n")
    made = list_item(buffer, first(buffer, "literal_value"), "n")
    assert result(buffer, made) == f"package a\n\nvar x = []T{new}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [("", "n N"), ("a, b A", "a, b A, n N"), ("a A, c ...C", "a A, n N, c ...C")],
)
def test_parameters(old: str, new: str) -> None:
    buffer = go(f"package a\n\nfunc f({old}) {{}}\n")
    made = parameter(buffer, first(buffer, "parameter_list"), "n N")
    assert result(buffer, made) == f"package a\n\nfunc f({new}) {{}}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("struct{}", "struct{\n\tn N\n}"),
        ("struct {\n\ta A\n}", "struct {\n\ta A\n\tn N\n}"),
        ("struct {\n\ta A // x\n}", "struct {\n\ta A // x\n\tn N\n}"),
        ("struct {\n\tlong A\n\tb    B\n}", "struct {\n\tlong A\n\tb    B\n\tn    N\n}"),
        ("struct{ a A }", "struct{ a A; n N }"),
    ],
)
def test_fields(old: str, new: str) -> None:
    buffer = go(f"package a\n\ntype T {old}\n")
    made = member(buffer, first(buffer, "field_declaration_list"), "n N")
    assert result(buffer, made) == f"package a\n\ntype T {new}\n"


def test_a_long_field_moves_its_neighbours_types() -> None:
    buffer = go("package a\n\ntype T struct {\n\ta  A `x`\n\tbb B\n}\n")
    made = member(buffer, first(buffer, "field_declaration_list"), "order O")
    assert result(buffer, made) == (
        "package a\n\ntype T struct {\n\ta     A `x`\n\tbb    B\n\torder O\n}\n"
    )


def test_keyed_values_are_aligned() -> None:
    buffer = go("package a\n\nvar x = T{\n\ta:  1,\n\tbb: 2,\n}\n")
    made = list_item(buffer, first(buffer, "literal_value"), "order: 3", sort=False)
    assert result(buffer, made) == (
        "package a\n\nvar x = T{\n\ta:     1,\n\tbb:    2,\n\torder: 3,\n}\n"
    )


def test_methods_of_an_interface() -> None:
    buffer = go("package a\n\ntype I interface {\n\tA() int\n}\n")
    made = member(buffer, first(buffer, "interface_type"), "B() int")
    assert "\tA() int\n\tB() int\n}" in result(buffer, made)


def test_comments_that_tools_read() -> None:
    buffer = go("package a\n\n// f does.\nfunc f() {}\n")
    made = annotation(buffer, first(buffer, "function_declaration"), "// @Router /x [get]")
    assert "// f does.\n// @Router /x [get]\nfunc f() {}" in result(buffer, made)


def test_chain_links() -> None:
    buffer = go("package a\n\nvar x = r.\n\tUse(a)\n")
    made = chain_link(buffer, first(buffer, "call_expression"), ".Use(b)")
    assert "r.\n\tUse(a).\n\tUse(b)\n" in result(buffer, made)

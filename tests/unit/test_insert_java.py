"""Insertions into Java."""

from __future__ import annotations

import pytest
from editing import first, java, node, result

from apimod.insert import (
    after,
    annotation,
    argument,
    at_end,
    before,
    end_of_file,
    list_item,
    member,
    parameter,
)
from apimod.languages.buffer import Buffer
from apimod.languages.java_edit import JAVA

BODY = """\
package shop;

class Main {

    private final A a;
    private final B b;

    Main(A a) {
        this.a = a;
    }

    /** Does it. */
    @Bean
    Chain chain(Http http) {
        a.add("x"); // first
        a.add("y");

        return http.build();
    }
}
"""


def test_after_a_statement() -> None:
    buffer = java(BODY)
    made = after(buffer, node(buffer, 'a.add("x");'), 'a.add("z");')
    assert '        a.add("x"); // first\n        a.add("z");\n        a.add("y");' in result(
        buffer, made
    )


def test_a_final_return_stays_last() -> None:
    buffer = java(BODY)
    made = at_end(buffer, first(buffer, "method_declaration"), "x();")
    assert '        a.add("y");\n        x();\n\n        return' in result(buffer, made)


def test_before() -> None:
    buffer = java(BODY)
    made = before(buffer, node(buffer, "return http.build();"), "x();")
    assert "\n\n        x();\n        return http.build();" in result(buffer, made)


def test_members_stand_apart_as_their_kind_does() -> None:
    buffer = java(BODY)
    body = first(buffer, "class_body")
    field = first(buffer, "field_declaration")
    made = member(buffer, body, "private final C c;", after_member=field)
    assert "A a;\n    private final C c;\n    private final B b;" in result(buffer, made)
    method = "@Bean\nC c() {\n    return new C();\n}"
    made = member(buffer, body, method)
    assert "    }\n\n    @Bean\n    C c() {\n        return new C();\n    }\n}\n" in result(
        buffer, made
    )


def test_a_constructor_grows() -> None:
    buffer = java(BODY)
    made = parameter(buffer, first(buffer, "formal_parameters"), "B b")
    assert "Main(A a, B b) {" in result(buffer, made)
    made = at_end(buffer, first(buffer, "constructor_body"), "this.b = b;")
    assert "        this.a = a;\n        this.b = b;\n    }" in result(buffer, made)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("interface A {}", "interface A {\n    B b();\n}"),
        ("interface A {\n    C c();\n}", "interface A {\n    C c();\n    B b();\n}"),
        ("interface A {\n\n    C c();\n}", "interface A {\n\n    C c();\n    B b();\n}"),
        (
            "interface A {\n    C c();\n\n    D d();\n}",
            "interface A {\n    C c();\n\n    D d();\n\n    B b();\n}",
        ),
    ],
)
def test_methods_of_an_interface(old: str, new: str) -> None:
    buffer = java(f"package shop;\n\n{old}\n")
    made = member(buffer, first(buffer, "interface_body"), "B b();")
    assert result(buffer, made) == f"package shop;\n\n{new}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('{"/a"}', '{"/a", "/n"}'),
        ('{ "/a", "/b" }', '{ "/a", "/b", "/n" }'),
        ('{\n\t\t"/z",\n\t\t"/a"\n\t}', '{\n\t\t"/z",\n\t\t"/a",\n\t\t"/n"\n\t}'),
        ('{\n\t\t"/z",\n\t\t"/a", // a\n\t}', '{\n\t\t"/z",\n\t\t"/a", // a\n\t\t"/n",\n\t}'),
    ],
)
def test_lists_of_paths(old: str, new: str) -> None:
    buffer = java(f"class A {{\n\tstatic final String[] OPEN = {old};\n}}\n")
    made = list_item(buffer, first(buffer, "array_initializer"), '"/n"', sort=False)
    assert result(buffer, made) == f"class A {{\n\tstatic final String[] OPEN = {new};\n}}\n"


def test_lists_in_annotations() -> None:
    buffer = java('@Scan({"a.b", "a.c"})\nclass A {}\n')
    made = list_item(buffer, first(buffer, "element_value_array_initializer"), '"a.d"')
    assert '@Scan({"a.b", "a.c", "a.d"})' in result(buffer, made)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('f("/a")', 'f("/a", "/n")'),
        ('f("/a",\n                "/b")', 'f("/a",\n                "/b",\n                "/n")'),
        (
            'f(\n                "/a",\n                "/b"\n        )',
            'f(\n                "/a",\n                "/b",\n                "/n"\n        )',
        ),
    ],
)
def test_arguments(old: str, new: str) -> None:
    text = "class A {{\n    void g() {{\n        {};\n    }}\n}}\n"
    buffer = java(text.format(old))
    made = argument(buffer, first(buffer, "method_invocation"), '"/n"')
    assert result(buffer, made) == text.format(new)


def test_annotations_stand_above() -> None:
    buffer = java(BODY)
    made = annotation(buffer, first(buffer, "method_declaration"), "@Order(1)")
    assert "/** Does it. */\n    @Order(1)\n    @Bean\n" in result(buffer, made)


def test_classes_are_apart() -> None:
    buffer = java("package shop;\n\nclass A {}\n")
    assert result(buffer, end_of_file(buffer, "class B {}")).endswith("{}\n\nclass B {}\n")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("import a.B;", "import"),
        ("package a;", "import"),
        ("// why\n@A(b = \")\", c = {1})\npublic final class X<T> {\n}", "definition"),
        ("record X(int a) {}", "definition"),
        ("@interface X {}", "definition"),
        ("/** x */\n@Override\npublic <T extends X<T>> Map<String, T[]> f(int a) {\n}", "definition"),
        ("X(int a) {\n}", "definition"),
        ("static {\n}", "definition"),
        ("Optional<X> find(long id);", "statement"),
        ("private final X x = new X() {\n    void f() {}\n};", "statement"),
        ("if (a(b)) {\n}", "statement"),
        ("try (var a = b()) {\n}", "statement"),
        ("f(x);", "statement"),
    ],
)  # fmt: skip
def test_kinds(text: str, kind: str) -> None:
    assert JAVA.kind(text) == kind


def test_lines_of_windows_and_tabs() -> None:
    buffer = Buffer(java(BODY.replace("    ", "\t").replace("\n", "\r\n")).source, JAVA)
    made = member(buffer, first(buffer, "class_body"), "void f() {\n\tg();\n}")
    assert "\t}\r\n\r\n\tvoid f() {\r\n\t\tg();\r\n\t}\r\n}\r\n" in result(buffer, made)

"""Insertions into Python."""

from __future__ import annotations

from textwrap import dedent

import pytest
from editing import first, node, python, result
from hypothesis import given
from hypothesis import strategies as st

from apimod.errors import NoAnchor
from apimod.insert import (
    after,
    annotation,
    argument,
    at_end,
    before,
    chain_link,
    end_of_file,
    entry,
    list_item,
    member,
    parameter,
)
from apimod.insertion import Insertion, compose, inserted
from apimod.languages.buffer import Buffer
from apimod.languages.python_edit import PYTHON
from apimod.source import Source


def test_after_a_statement_in_a_row() -> None:
    buffer = python("""\
        app.include_router(a)
        app.include_router(b)  # the last

        run(app)
        """)
    anchor = node(buffer, "app.include_router(b)")
    assert result(buffer, after(buffer, anchor, "app.include_router(c)")) == dedent("""\
        app.include_router(a)
        app.include_router(b)  # the last
        app.include_router(c)

        run(app)
        """)


def test_after_keeps_the_blank_lines_of_the_row() -> None:
    buffer = python("""\
        def build():
            app.mount(a)

            app.mount(b)

            return app
        """)
    anchor = node(buffer, "app.mount(b)", "call")
    assert result(buffer, after(buffer, anchor, "app.mount(c)")) == dedent("""\
        def build():
            app.mount(a)

            app.mount(b)

            app.mount(c)

            return app
        """)


def test_after_never_goes_inside_a_statement() -> None:
    buffer = python("""\
        app.include_router(
            a,
            prefix="/a",
        )
        """)
    anchor = node(buffer, "a", "identifier")
    assert result(buffer, after(buffer, anchor, "x()")).endswith(")\nx()\n")


def test_definitions_get_two_blank_lines_at_the_top() -> None:
    buffer = python("""\
        A = 1
        B = 2
        """)
    made = after(buffer, node(buffer, "A = 1"), "def f():\n    return 1")
    assert result(buffer, made) == "A = 1\n\n\ndef f():\n    return 1\n\n\nB = 2\n"


def test_definitions_keep_the_file_s_own_spacing() -> None:
    buffer = python("def a(): ...\n\ndef b(): ...\n\nX = 1\n")
    made = after(buffer, node(buffer, "def b(): ..."), "def c(): ...")
    assert result(buffer, made) == "def a(): ...\n\ndef b(): ...\n\ndef c(): ...\n\n\nX = 1\n"


def test_statement_after_a_definition() -> None:
    buffer = python("def a():\n    pass\n")
    assert result(buffer, end_of_file(buffer, "a()")) == "def a():\n    pass\n\n\na()\n"


def test_semicolons() -> None:
    buffer = python("a(); b()\nc()\n")
    assert result(buffer, after(buffer, node(buffer, "a()"), "x()")) == "a(); x(); b()\nc()\n"
    made = after(buffer, node(buffer, "a()"), "if x:\n    y()")
    assert result(buffer, made) == "a(); b()\nif x:\n    y()\nc()\n"


def test_a_block_on_one_line() -> None:
    buffer = python("if x: a()\n")
    anchor = node(buffer, "a()")
    assert result(buffer, after(buffer, anchor, "b()")) == "if x: a(); b()\n"
    with pytest.raises(NoAnchor):
        after(buffer, anchor, "def f():\n    pass")
    assert result(buffer, before(buffer, anchor, "b()")) == "if x: b(); a()\n"


def test_before_goes_above_the_comments_of_the_statement() -> None:
    buffer = python("""\
        a()

        # the fallback
        # comes last
        b()
        """)
    assert result(buffer, before(buffer, node(buffer, "b()"), "x()")) == dedent("""\
        a()

        x()
        # the fallback
        # comes last
        b()
        """)


def test_before_stays_below_what_opens_the_file() -> None:
    buffer = python("#!/usr/bin/env python\na()\n")
    made = before(buffer, node(buffer, "a()"), "x()")
    assert result(buffer, made) == "#!/usr/bin/env python\nx()\na()\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("    a()\n    return app\n", "    a()\n    new()\n    return app\n"),
        ("    a()\n\n    return app\n", "    a()\n    new()\n\n    return app\n"),
        ("    return app\n", "    new()\n    return app\n"),
        ("    a()\n", "    a()\n    new()\n"),
        ("    if a:\n        return b\n", "    if a:\n        return b\n    new()\n"),
    ],
)
def test_at_the_end_of_a_function(body: str, expected: str) -> None:
    buffer = python(f"def f():\n{body}")
    made = at_end(buffer, first(buffer, "function_definition"), "new()")
    assert result(buffer, made) == f"def f():\n{expected}"


def test_text_of_several_lines_is_indented_but_not_its_strings() -> None:
    buffer = python("def f():\n    a()\n")
    text = 'x = """\nkept\n"""\nif x:\n    y()'
    made = at_end(buffer, first(buffer, "function_definition"), text)
    assert result(buffer, made).endswith(
        '    a()\n    x = """\nkept\n"""\n    if x:\n        y()\n'
    )


def test_a_missing_final_newline_stays_missing() -> None:
    buffer = python("a()")
    assert result(buffer, end_of_file(buffer, "b()")) == "a()\nb()"
    assert result(buffer, after(buffer, node(buffer, "a()"), "b()")) == "a()\nb()"


def test_an_empty_file() -> None:
    assert result(python(""), end_of_file(python(""), "b()")) == "b()\n"


def test_crlf_stays() -> None:
    buffer = Buffer(Source("a.py", b"a()  # c\r\nb()\r\n"), PYTHON)
    made = after(buffer, node(buffer, "a()"), "def f():\n    x()")
    assert inserted(buffer.data, made) == (
        b"a()  # c\r\n\r\n\r\ndef f():\r\n    x()\r\n\r\n\r\nb()\r\n"
    )


def test_a_byte_order_mark_stays_first() -> None:
    buffer = Buffer(Source("a.py", b"\xef\xbb\xbfa()\n"), PYTHON)
    made = before(buffer, buffer.root.named_children[0], "x()")
    assert inserted(buffer.data, made) == b"\xef\xbb\xbfx()\na()\n"


def test_broken_code_is_refused() -> None:
    buffer = python("a(\nb = = 1\n")
    with pytest.raises(NoAnchor):
        after(buffer, buffer.root.named_children[0], "x()")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x = []", "x = [n]"),
        ("x = [a]", "x = [a, n]"),
        ("x = [a, b,]", "x = [a, b, n,]"),
        ("x = ()", "x = (n,)"),
        ("x = (a,)", "x = (a, n)"),
        ("x = {b}", "x = {b, n}"),
        ("x = [\n    z,\n    b,\n]", "x = [\n    z,\n    b,\n    n,\n]"),
        ("x = [\n    z,\n    b\n]", "x = [\n    z,\n    b,\n    n\n]"),
        ("x = [\n    z,\n    b  # last\n]", "x = [\n    z,\n    b,  # last\n    n\n]"),
        ("x = [\n    z,\n    b,  # last\n]", "x = [\n    z,\n    b,  # last\n    n,\n]"),
        ("x = [\n    a,\n    b,\n    z,\n]", "x = [\n    a,\n    b,\n    n,\n    z,\n]"),
        (
            "x = [\n    # first\n    o,\n    p,\n    q,\n]",
            "x = [\n    n,\n    # first\n    o,\n    p,\n    q,\n]",
        ),
        ("x = [\n]", "x = [\n    n,\n]"),
        ("x = [\n    # none yet\n]", "x = [\n    # none yet\n    n,\n]"),
        ("x = [z,\n     b]", "x = [z,\n     b,\n     n]"),
        ("x = [\n    z, b,\n    c, a,\n]", "x = [\n    z, b,\n    c, a, n,\n]"),
    ],
)
def test_list_items(old: str, new: str) -> None:
    buffer = python(f"{old}\n")
    container = buffer.root.named_children[0].named_children[0].child_by_field_name("right")
    assert container is not None
    assert result(buffer, list_item(buffer, container, "n")) == f"{new}\n"


def test_list_item_after_another() -> None:
    buffer = python("x = [\n    b,  # two\n    # three\n    a,\n]\n")
    made = list_item(buffer, first(buffer, "list"), "n", after=node(buffer, "b", "identifier"))
    assert result(buffer, made) == "x = [\n    b,  # two\n    n,\n    # three\n    a,\n]\n"


def test_strings_in_order() -> None:
    buffer = python('__all__ = ["A", "C", "D"]\n')
    assert '["A", "B", "C", "D"]' in result(buffer, list_item(buffer, first(buffer, "list"), '"B"'))


def test_dictionary_entries() -> None:
    buffer = python('x = {\n    "b": 1,\n    "a": 2,\n}\n')
    made = entry(buffer, first(buffer, "dictionary"), '"n": 3')
    assert result(buffer, made) == 'x = {\n    "b": 1,\n    "a": 2,\n    "n": 3,\n}\n'


@pytest.mark.parametrize(
    ("old", "text", "keyword", "new"),
    [
        ("f()", "n", False, "f(n)"),
        ("f(a)", "n", False, "f(a, n)"),
        ("f(a, k=1)", "n", False, "f(a, n, k=1)"),
        ("f(k=1)", "n", False, "f(n, k=1)"),
        ("f(a, k=1)", "m=2", True, "f(a, k=1, m=2)"),
        ("f(\n    a,\n    k=1,\n)", "n", False, "f(\n    a,\n    n,\n    k=1,\n)"),
    ],
)
def test_arguments(old: str, text: str, keyword: bool, new: str) -> None:
    buffer = python(f"{old}\n")
    made = argument(buffer, first(buffer, "call"), text, keyword=keyword)
    assert result(buffer, made) == f"{new}\n"


@pytest.mark.parametrize(
    ("old", "text", "new"),
    [
        ("", "n", "n"),
        ("self", "n: int", "self, n: int"),
        ("a, b=1", "n", "a, n, b=1"),
        ("a, b=1", "n=2", "a, b=1, n=2"),
        ("a, *, b=1", "n", "a, n, *, b=1"),
        ("a, *args, **kw", "n", "a, n, *args, **kw"),
    ],
)
def test_parameters(old: str, text: str, new: str) -> None:
    buffer = python(f"def f({old}): ...\n")
    made = parameter(buffer, first(buffer, "parameters"), text)
    assert result(buffer, made) == f"def f({new}): ...\n"


def test_members() -> None:
    buffer = python("""\
        class A:
            x = 1

            def f(self):
                return 1

        B = 1
        """)
    made = member(buffer, first(buffer, "class_definition"), "def g(self):\n    return 2")
    assert result(buffer, made) == dedent("""\
        class A:
            x = 1

            def f(self):
                return 1

            def g(self):
                return 2

        B = 1
        """)


def test_decorators() -> None:
    buffer = python("@a\ndef f():\n    pass\n\n\nclass C:\n    def g(self): ...\n")
    target = first(buffer, "function_definition")
    assert result(buffer, annotation(buffer, target, "@b")).startswith("@a\n@b\ndef f()")
    assert result(buffer, annotation(buffer, target, "@b", first=True)).startswith("@b\n@a\n")
    method = node(buffer, "def g(self): ...")
    assert "    @b\n    def g" in result(buffer, annotation(buffer, method, "@b"))


def test_chain_links() -> None:
    buffer = python("x = (\n    R()\n    .use(a)\n)\n")
    call = node(buffer, "R()\n    .use(a)", "call")
    assert result(buffer, chain_link(buffer, call, ".use(b)")) == (
        "x = (\n    R()\n    .use(a)\n    .use(b)\n)\n"
    )


_STATEMENTS = st.lists(
    st.sampled_from(
        [
            "a()", "b = [1, 2]", "# note", "", "def f():\n    return 1", "class C:\n    x = 1",
            "if a:\n    b()\nelse:\n    c()", "x = {\n    'k': 1,  # one\n}", "import os",
            'y = """\ntext\n"""', "@d\nasync def g(a, *, b=1):\n    # why\n    await a\n    # end",
            "for i in a: print(i)", "a(); b()", "    ",
        ]
    ),
    min_size=1,
    max_size=8,
)  # fmt: skip


@given(_STATEMENTS, st.data(), st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_any_statement_can_be_inserted_anywhere(
    parts: list[str], data: st.DataObject, final: bool, newline: str
) -> None:
    text = ("\n".join(parts) + "\n" * final).replace("\n", newline)
    buffer = Buffer(Source("a.py", text.encode()), PYTHON)
    statements = [each for each in buffer.root.named_children if each.type != "comment"]
    new = data.draw(st.sampled_from(["n()", "def n():\n    m()", "if n:\n    m()"]))
    if not statements:
        made = end_of_file(buffer, new)
    else:
        anchor = data.draw(st.sampled_from(statements))
        kind = data.draw(st.sampled_from([after, before]))
        made = kind(buffer, anchor, new)
    got = result(buffer, made)
    if "\n" in text:
        assert got.count("\n") == got.count(newline)
    if statements:
        assert got.endswith("\n") == text.endswith("\n")


_ITEMS = st.lists(st.sampled_from(["a", "zz", "'s'", "f(1,\n  2)", "[1]"]), max_size=5)


@given(
    _ITEMS,
    st.sampled_from([", ", ",\n    ", ",  # c\n    "]),
    st.booleans(),
    st.booleans(),
    st.integers(0, 4),
)
def test_any_list_takes_an_item(
    items: list[str], separator: str, lines: bool, comma: bool, at: int
) -> None:
    inner = separator.join(items) + ("," if comma and items else "")
    text = f"x = [\n    {inner}\n]\n" if lines else f"x = [{inner}]\n"
    buffer = python(text)
    container = first(buffer, "list")
    named = [each for each in container.named_children if each.type != "comment"]
    where = named[at] if at < len(named) else None
    got = result(buffer, list_item(buffer, container, "new", after=where))
    scope: dict[str, object] = {"a": 1, "zz": 2, "f": lambda *_: 3, "new": "new"}
    exec(got, scope)
    listed = scope["x"]
    assert isinstance(listed, list)
    assert len(listed) == len(named) + 1
    assert listed.count("new") == 1


_INSERTIONS = st.lists(
    st.builds(Insertion, st.integers(0, 6), st.binary(min_size=1, max_size=3)), max_size=4
)


@given(_INSERTIONS, st.lists(st.tuples(st.integers(0, 30), st.binary(min_size=1, max_size=3))))
def test_composed_insertions_do_what_both_do(
    one: list[Insertion], two: list[tuple[int, bytes]]
) -> None:
    data = b"abcdef"
    middle = inserted(data, one)
    then = [Insertion(offset % (len(middle) + 1), text) for offset, text in two]
    assert inserted(data, compose(one, then)) == inserted(middle, then)

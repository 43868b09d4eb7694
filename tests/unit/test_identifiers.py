"""Names and literals of each language."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apimod.languages.identifiers import GO, JAVA, JAVASCRIPT, PYTHON, RUST


@pytest.mark.parametrize(
    ("name", "escaped"),
    [
        ("user", "user"),
        ("class", "class_"),
        ("type", "type_"),
        ("list", "list_"),
        ("id", "id_"),
        ("match", "match_"),
        ("1st", "_1st"),
        ("a-b", "a_b"),
    ],
)
def test_python_names(name: str, escaped: str) -> None:
    assert PYTHON.escape(name) == escaped
    assert PYTHON.safe(escaped)


@pytest.mark.parametrize(
    ("name", "escaped"),
    [
        ("user", "user"),
        ("type", "type_"),
        ("error", "error_"),
        ("len", "len_"),
        ("range", "range_"),
    ],
)
def test_go_names(name: str, escaped: str) -> None:
    assert GO.escape(name) == escaped


def test_taken_names() -> None:
    assert PYTHON.escape("user", taken=["user"]) == "user_"


def test_exported_names() -> None:
    assert GO.exported(["user", "id"]) == "UserID"
    assert GO.exported(["api", "key"]) == "APIKey"
    assert GO.unexported(["api", "key"]) == "apiKey"
    assert GO.unexported(["user", "id"]) == "userID"
    assert PYTHON.exported(["api", "key"]) == "ApiKey"


@pytest.mark.parametrize(
    ("stem", "new"),
    [
        ("user", "user"),
        ("lab_test", "labtest"),
        ("price_windows", "pricewindows"),
        ("big_price_amd64", "big_priceamd64"),
        ("windows", "windows"),
        ("test", "test"),
    ],
)
def test_go_files(stem: str, new: str) -> None:
    assert GO.file_stem(stem) == new


@pytest.mark.parametrize(
    ("stem", "new"),
    [("user", "user"), ("test_user", "the_test_user"), ("lab_test", "labtest")],
)
def test_python_files(stem: str, new: str) -> None:
    assert PYTHON.file_stem(stem) == new


@given(st.text(), st.sampled_from(['"', "'"]))
def test_python_literals(text: str, quote: str) -> None:
    assert ast.literal_eval(PYTHON.literal(text, quote)) == text


def test_go_literals() -> None:
    assert GO.literal('a"b\\c\n\x00é\u2028') == '"a\\"b\\\\c\\n\\x00é\\u2028"'


@pytest.mark.skipif(shutil.which("gofmt") is None, reason="needs gofmt")
@settings(deadline=None)
@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), max_size=5))
def test_go_literals_are_valid(texts: list[str]) -> None:
    code = "package a\n\nvar x = []string{" + ", ".join(map(GO.literal, texts)) + "}\n"
    subprocess.run(["gofmt"], input=code.encode(), capture_output=True, check=True)


@pytest.mark.parametrize(
    ("name", "escaped"),
    [
        ("user", "user"),
        ("class", "class_"),
        ("record", "record_"),
        ("2fa", "_2fa"),
        ("String", "String_"),
    ],
)
def test_java_names(name: str, escaped: str) -> None:
    assert JAVA.escape(name) == escaped


def test_java_literals() -> None:
    text = 'a"b\\c\n\x00\x7fé\u2028\U000e0001'
    assert JAVA.literal(text) == '"a\\"b\\\\c\\n\\000\\177é\\u2028\\udb40\\udc01"'


@pytest.mark.parametrize(
    ("stem", "new"), [("User", "User"), ("package-info", "package-info_resource")]
)
def test_java_files(stem: str, new: str) -> None:
    assert JAVA.file_stem(stem) == new


@pytest.mark.parametrize(
    ("name", "escaped"),
    [("user", "user"), ("type", "type_"), ("Box", "Box_"), ("str", "str_"), ("async", "async_")],
)
def test_rust_names(name: str, escaped: str) -> None:
    assert RUST.escape(name) == escaped


@pytest.mark.parametrize(
    ("stem", "new"),
    [
        ("user", "user"),
        ("type", "type_resource"),
        ("mod", "mod_resource"),
        ("lab_test", "labtest"),
        ("test_user", "the_test_user"),
    ],
)
def test_rust_files(stem: str, new: str) -> None:
    assert RUST.file_stem(stem) == new


@pytest.mark.skipif(shutil.which("rustfmt") is None, reason="needs rustfmt")
@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"])), max_size=5))
def test_rust_literals_are_valid(texts: list[str]) -> None:
    code = "const X: &[&str] = &[" + ", ".join(map(RUST.literal, texts)) + "];\n"
    subprocess.run(["rustfmt"], input=code.encode(), capture_output=True, check=True)


@pytest.mark.parametrize("text", ["a'b\"c\\d", "\u2028\x00", "\U0001f600 ${x} `y`", "\ue000"])
def test_script_literals(text: str) -> None:
    node = shutil.which("node")
    literal = JAVASCRIPT.literal(text)
    assert literal[0] == literal[-1] == '"'
    if node is not None:
        program = f"process.stdout.write(JSON.stringify({literal}))"
        run = subprocess.run([node, "-e", program], capture_output=True, text=True, check=True)
        assert json.loads(run.stdout) == text


def test_script_names() -> None:
    assert JAVASCRIPT.escape("class") == "class_"
    assert JAVASCRIPT.escape("Map") == "Map_"
    assert JAVASCRIPT.escape("orderItem") == "orderItem"

"""Insertions into Rust."""

from __future__ import annotations

import pytest
from editing import first, node, result, rust

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
from apimod.languages.buffer import walk

MAIN = """\
#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let pool = connect().await;
    let books = Books::new(pool.clone());

    // The server.
    HttpServer::new(move || {
        App::new()
            .app_data(pool.clone())
            .service(books::list) // all of them
            .service(books::get)
    })
    .bind("0.0.0.0:80")?
    .run()
    .await
}
"""


def test_after_a_statement() -> None:
    buffer = rust(MAIN)
    made = after(buffer, node(buffer, "let books = Books::new(pool.clone());"), "let users = 1;")
    assert "pool.clone());\n    let users = 1;\n\n    // The server." in result(buffer, made)


def test_nothing_follows_the_value_of_a_block() -> None:
    buffer = rust(MAIN)
    with pytest.raises(NoAnchor):
        after(buffer, node(buffer, "HttpServer::new"), "let users = 1;")


def test_the_value_of_a_block_stays_last() -> None:
    buffer = rust(MAIN)
    made = at_end(buffer, first(buffer, "function_item"), "let users = 1;")
    assert "pool.clone());\n    let users = 1;\n\n    // The server." in result(buffer, made)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("fn f() {}", "fn f() {\n    x();\n}"),
        ("fn f() {\n    a();\n}", "fn f() {\n    a();\n    x();\n}"),
        ("fn f() -> i32 {\n    a();\n    1\n}", "fn f() -> i32 {\n    a();\n    x();\n    1\n}"),
        ("fn f() -> i32 {\n    1\n}", "fn f() -> i32 {\n    x();\n    1\n}"),
        ("fn f() -> T {\n    return 1;\n}", "fn f() -> T {\n    x();\n    return 1;\n}"),
        ("fn f() {\n    if a {\n    }\n}", "fn f() {\n    if a {\n    }\n    x();\n}"),
        (
            "fn f() -> T {\n    if a {\n        1\n    } else {\n        2\n    }\n}",
            "fn f() -> T {\n    x();\n    if a {\n        1\n    } else {\n        2\n    }\n}",
        ),
        ("fn f() -> T {\n    vec![1]\n}", "fn f() -> T {\n    x();\n    vec![1]\n}"),
        ("fn f() {\n    log!(1);\n}", "fn f() {\n    log!(1);\n    x();\n}"),
    ],
)
def test_at_the_end_of_a_function(old: str, new: str) -> None:
    buffer = rust(f"{old}\n")
    made = at_end(buffer, first(buffer, "function_item"), "x();")
    assert result(buffer, made) == f"{new}\n"


def test_attributes_stay_with_what_they_are_for() -> None:
    buffer = rust('use a::b;\n\n/// Lists.\n#[get("/")]\nasync fn list() {}\n')
    made = before(buffer, node(buffer, "async fn list() {}"), "fn x() {}")
    assert "b;\n\nfn x() {}\n\n/// Lists.\n#[get" in result(buffer, made)
    buffer = rust('#[get("/")]\nasync fn list() {}\n')
    made = before(buffer, node(buffer, "async fn list() {}"), "fn x() {}")
    assert result(buffer, made).startswith("fn x() {}\n\n#[get")


def test_functions_are_apart() -> None:
    buffer = rust("fn f() {}\n")
    assert result(buffer, end_of_file(buffer, "fn g() {}")).endswith("{}\n\nfn g() {}\n")
    made = after(buffer, node(buffer, "fn f() {}"), "const X: i32 = 1;")
    assert result(buffer, made).endswith("{}\n\nconst X: i32 = 1;\n")


def test_a_file_s_own_tests_stay_last() -> None:
    buffer = rust("fn f() {}\n\n#[cfg(test)]\nmod tests {\n    use super::*;\n}\n")
    made = end_of_file(buffer, "#[derive(A)]\nstruct B;")
    assert result(buffer, made).startswith(
        "fn f() {}\n\n#[derive(A)]\nstruct B;\n\n#[cfg(test)]\nmod tests {"
    )


def test_methods() -> None:
    buffer = rust("impl A {\n    fn a() {}\n}\n")
    made = member(buffer, first(buffer, "declaration_list"), "fn b() {}")
    assert result(buffer, made) == "impl A {\n    fn a() {}\n\n    fn b() {}\n}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("struct T {}", "struct T {\n    pub n: N,\n}"),
        ("struct T {\n    a: A,\n}", "struct T {\n    a: A,\n    pub n: N,\n}"),
        (
            "struct T {\n    /// A.\n    #[x(a, b)]\n    a: A, // why\n}",
            "struct T {\n    /// A.\n    #[x(a, b)]\n    a: A, // why\n    pub n: N,\n}",
        ),
    ],
)
def test_fields(old: str, new: str) -> None:
    buffer = rust(f"{old}\n")
    made = member(buffer, first(buffer, "field_declaration_list"), "pub n: N")
    assert result(buffer, made) == f"{new}\n"


def test_a_field_after_one_that_is_annotated() -> None:
    buffer = rust("struct T {\n    #[a]\n    a: A,\n    #[b]\n    b: B,\n}\n")
    body = first(buffer, "field_declaration_list")
    made = member(buffer, body, "#[n]\n    n: N", after_member=node(buffer, "a: A"))
    assert result(buffer, made) == (
        "struct T {\n    #[a]\n    a: A,\n    #[n]\n    n: N,\n    #[b]\n    b: B,\n}\n"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("f()", "f(n)"),
        ("f(z, a)", "f(z, a, n)"),
        ("f(\n        z,\n        a,\n    )", "f(\n        z,\n        a,\n        n,\n    )"),
    ],
)
def test_arguments(old: str, new: str) -> None:
    buffer = rust(f"fn g() {{\n    {old};\n}}\n")
    made = argument(buffer, first(buffer, "call_expression"), "n")
    assert result(buffer, made) == f"fn g() {{\n    {new};\n}}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("vec![]", "vec![n::m]"),
        ("vec![z::y]", "vec![z::y, n::m]"),
        ("vec![\n    z::y,\n    &a,\n]", "vec![\n    z::y,\n    &a,\n    n::m,\n]"),
        ("vec![a, b, z::y]", "vec![a, b, n::m, z::y]"),
    ],
)
def test_arguments_of_macros(old: str, new: str) -> None:
    buffer = rust(f"static X: X = {old};\n")
    made = list_item(buffer, first(buffer, "token_tree"), "n::m")
    assert result(buffer, made) == f"static X: X = {new};\n"


def test_a_list_inside_an_attribute() -> None:
    buffer = rust(
        "#[openapi(\n    paths(\n        books::list,\n        books::get\n    ),\n    tags(a)\n)]\n"
        "struct Api;\n"
    )
    paths = [each for each in walk(buffer.root) if each.type == "token_tree"][1]
    made = list_item(buffer, paths, "users::list", sort=False)
    assert "books::get,\n        users::list\n    ),\n    tags" in result(buffer, made)


def test_arrays() -> None:
    buffer = rust('const P: [&str; 2] = ["/b", "/c"];\n')
    made = list_item(buffer, first(buffer, "array_expression"), '"/a"', sort=False)
    assert result(buffer, made) == 'const P: [&str; 2] = ["/b", "/c", "/a"];\n'


@pytest.mark.parametrize(
    ("old", "new"),
    [("", "n: N"), ("&self, a: A", "&self, a: A, n: N"), ("#[x] a: A", "#[x] a: A, n: N")],
)
def test_parameters(old: str, new: str) -> None:
    buffer = rust(f"fn f({old}) {{}}\n")
    made = parameter(buffer, first(buffer, "parameters"), "n: N")
    assert result(buffer, made) == f"fn f({new}) {{}}\n"


def test_attributes() -> None:
    buffer = rust("/// Does.\n#[a]\nfn f() {}\n")
    made = annotation(buffer, first(buffer, "function_item"), "#[b]")
    assert result(buffer, made) == "/// Does.\n#[a]\n#[b]\nfn f() {}\n"


def test_chain_links() -> None:
    buffer = rust(MAIN)
    link = first(buffer, "call_expression")
    calls = [each for each in walk(buffer.root) if each.type == "call_expression"]
    link = next(each for each in calls if buffer.text(each).endswith(".service(books::get)"))
    assert ".service(books::get)\n            .service(users::get)\n    })" in result(
        buffer, chain_link(buffer, link, ".service(users::get)")
    )
    link = next(each for each in calls if buffer.text(each).endswith(".service(books::list)"))
    assert (
        ".service(books::list) // all of them\n            .service(users::list)\n"
        "            .service(books::get)\n"
    ) in result(buffer, chain_link(buffer, link, ".service(users::list)"))
    with pytest.raises(NoAnchor):
        chain_link(buffer, next(c for c in calls if buffer.text(c) == "App::new()"), ".service(x)")

"""Wiring by analogy in the shapes that Rust projects have."""

from __future__ import annotations

import shutil
import subprocess

from analogies import AUTHOR, BOOK, ORDER_ITEM, USER, Project, lines_added

from apimod.analogy import Places
from apimod.languages.buffer import walk

HANDLERS = """\
pub async fn list_books() {}

pub async fn get_book() {}

pub fn configure(cfg: &mut Config) {}
"""
AUTHORS = HANDLERS.replace("book", "author")


def project(text: str) -> Project:
    return Project(text, "rs")


def formatted(text: str) -> bool:
    """Tell whether rustfmt would leave a file as it is; true where there is none."""
    if shutil.which("rustfmt") is None:
        return True
    command = ["rustfmt", "--edition", "2021"]
    run = subprocess.run(command, input=text, text=True, capture_output=True, check=True)
    return run.stdout == text


def calls(before: Project, path: str) -> Places:
    """Return places in which every call of a file mounts something."""
    nodes = (n for n in walk(before.buffers[path].root) if n.type == "call_expression")
    return Places(mounts=frozenset((path, n.start_byte, n.end_byte) for n in nodes))


CONFIGURE = f"""\
// --- src/routes/mod.rs
use actix_web::web;

pub mod authors;
pub mod books;
pub mod health;

pub fn configure(cfg: &mut web::ServiceConfig) {{
    cfg.service(health::check).service(
        web::scope("/api/v1")
            .configure(authors::configure)
            .configure(books::configure),
    );
}}
// --- src/routes/books.rs
{HANDLERS}
// --- src/routes/authors.rs
{AUTHORS}
// --- src/store/mod.rs
mod books;
pub mod zebras;
"""


def test_configure_functions() -> None:
    before = project(CONFIGURE)
    wired, new = before.wire(BOOK, USER, AUTHOR)
    assert set(new) == {"src/routes/mod.rs"}
    assert lines_added(before.texts["src/routes/mod.rs"], new["src/routes/mod.rs"]) == [
        "pub mod users;",
        "            .configure(books::configure)",
        "            .configure(users::configure),",
    ]
    assert formatted(new["src/routes/mod.rs"])
    assert wired.notes == ()
    _, again = before.after(new).wire(BOOK, USER, AUTHOR)
    assert again == {}


def test_modules_keep_their_visibility() -> None:
    before = project(CONFIGURE + "// --- src/store/books.rs\npub fn list() {}\n")
    _, new = before.wire(BOOK, ORDER_ITEM, AUTHOR)
    assert new["src/store/mod.rs"] == "mod books;\nmod order_items;\npub mod zebras;\n"


def test_attribute_handlers_in_one_chain() -> None:
    before = project(f"""\
// --- src/main.rs
use crate::handlers::{{
    authors::{{get_author, list_authors}},
    books::{{get_book, list_books}},
}};

fn main() {{
    App::new()
        .wrap(Logger::default())
        .service(list_books)
        .service(get_book)
        .service(list_authors)
        .service(get_author)
        .default_service(missing)
}}
// --- src/handlers/books.rs
{HANDLERS}
// --- src/handlers/authors.rs
{AUTHORS}
""")
    _, new = before.wire(BOOK, USER, AUTHOR)
    assert """\
        .service(list_authors)
        .service(get_author)
        .service(list_users)
        .service(get_user)
        .default_service(missing)
""" in new["src/main.rs"]
    assert "use crate::handlers::{" in new["src/main.rs"]
    _, again = before.after(new).wire(BOOK, USER, AUTHOR)
    assert again == {}


def test_a_name_that_is_not_there_is_not_registered() -> None:
    before = project(f"""\
// --- src/main.rs
use crate::handlers::{{
    authors::list_authors,
    books::{{get_book, list_books}},
}};

fn main() {{
    App::new()
        .service(list_books)
        .service(get_book)
        .service(list_authors)
}}
// --- src/handlers/books.rs
{HANDLERS}
// --- src/handlers/authors.rs
{AUTHORS}
""")
    _, new = before.wire(BOOK, USER, AUTHOR, defined=frozenset({"list_users"}))
    assert ".service(list_users)" in new["src/main.rs"]
    assert "get_user" not in new["src/main.rs"]


SCOPES = f"""\
// --- src/main.rs
mod books;

fn main() {{
    App::new().service(
        web::scope("/api").service(
            web::scope("/books")
                .route("", web::get().to(books::list_books))
                .route("/{{id}}", web::get().to(books::get_book)),
        ),
    )
}}
// --- src/books.rs
{HANDLERS}
"""


def test_a_scope_of_the_only_resource_is_copied_and_not_the_one_around() -> None:
    before = project(SCOPES)
    _, new = before.wire(BOOK, USER, places=calls(before, "src/main.rs"))
    text = new["src/main.rs"]
    assert text.count('web::scope("/api")') == 1
    assert (
        """\
            web::scope("/users")
                .route("", web::get().to(users::list_users))
                .route("/{id}", web::get().to(users::get_user)),
"""
        in text
    )
    assert "mod books;\nmod users;\n" in text


DOCUMENTED = f"""\
// --- src/openapi.rs
#[derive(OpenApi)]
#[openapi(
    paths(
        crate::routes::authors::list_authors,
        crate::routes::books::list_books,
        crate::routes::books::get_book
    ),
    components(schemas(Health)),
    tags((name = "health"))
)]
pub struct ApiDoc;

fn names() -> Vec<fn()> {{
    println!("{{}} {{}}", crate::routes::books::list_books, 1);
    vec![crate::routes::authors::get_author, crate::routes::books::get_book]
}}

#[diesel(belongs_to(Book))]
struct Review;
// --- src/routes/books.rs
{HANDLERS}
// --- src/routes/authors.rs
{AUTHORS}
"""


def test_lists_of_tokens() -> None:
    before = project(DOCUMENTED)
    _, new = before.wire(BOOK, USER, AUTHOR)
    assert lines_added(before.texts["src/openapi.rs"], new["src/openapi.rs"]) == [
        "        crate::routes::books::get_book,",
        "        crate::routes::users::list_users,",
        "        crate::routes::users::get_user",
        "    vec![crate::routes::authors::get_author, crate::routes::books::get_book, "
        "crate::routes::users::get_user]",
    ]
    _, again = before.after(new).wire(BOOK, USER, AUTHOR)
    assert again == {}


def test_a_list_whose_length_is_written_is_noted() -> None:
    before = project(f"""\
// --- src/skip.rs
use crate::routes::{{authors::list_authors, books::list_books}};

const OPEN: [Open; 2] = [Open(list_authors), Open(list_books)];
// --- src/routes/books.rs
{HANDLERS}
// --- src/routes/authors.rs
{AUTHORS}
""")
    wired, new = before.wire(BOOK, USER, AUTHOR)
    assert new == {}
    assert {(note.path, note.line) for note in wired.notes} == {("src/skip.rs", 3)}

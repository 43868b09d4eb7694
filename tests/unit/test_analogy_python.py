"""Wiring by analogy in the shapes that Python projects have."""

from __future__ import annotations

from textwrap import dedent

from analogies import AUTHOR, BOOK, ITEM, ORDER_ITEM, USER, Project, lines_added
from editing import node, python, result

from apimod.analogy import register_first

ROUTER = """\
from fastapi import APIRouter

router = APIRouter()
"""


def project(text: str) -> Project:
    return Project(text, "py")


def test_an_aggregator_with_an_import_of_several_names() -> None:
    before = project(f"""\
# --- app/api/main.py
from fastapi import APIRouter

from app.api.routes import items, login, utils
from app.core.config import settings

api_router = APIRouter()
api_router.include_router(login.router)
api_router.include_router(utils.router)
api_router.include_router(items.router, prefix="/items", tags=["items"])


if settings.ENVIRONMENT == "local":
    api_router.include_router(private.router)
# --- app/api/routes/items.py
{ROUTER}
# --- app/api/routes/login.py
{ROUTER}
""")
    wired, new = before.wire(ITEM, USER)
    assert set(new) == {"app/api/main.py"}
    assert new["app/api/main.py"] == dedent("""\
        from fastapi import APIRouter

        from app.api.routes import items, login, users, utils
        from app.core.config import settings

        api_router = APIRouter()
        api_router.include_router(login.router)
        api_router.include_router(utils.router)
        api_router.include_router(items.router, prefix="/items", tags=["items"])
        api_router.include_router(users.router, prefix="/users", tags=["users"])


        if settings.ENVIRONMENT == "local":
            api_router.include_router(private.router)
        """)
    assert wired.notes == ()


def test_a_second_time_changes_nothing() -> None:
    before = project(f"""\
# --- app/main.py
from app.routers import books

app.include_router(books.router)
ROUTERS = [books.router]
# --- app/routers/books.py
{ROUTER}
""")
    _, new = before.wire(BOOK, USER)
    assert "ROUTERS = [books.router, users.router]" in new["app/main.py"]
    _, again = before.after(new).wire(BOOK, USER)
    assert again == {}


def test_a_factory_with_imports_by_alias() -> None:
    before = project(f"""\
# --- app/main.py
from app.books.router import router as books_router
from app.authors.router import router as authors_router


def get_application() -> App:
    application = App(title="Books")
    application.include_router(books_router, prefix="/api")
    application.include_router(authors_router, prefix="/api")

    application.add_api_route("/{{path:path}}", fallback)
    return application


app = get_application()
# --- app/books/router.py
{ROUTER}
# --- app/authors/router.py
{ROUTER}
""")
    _, new = before.wire(BOOK, ORDER_ITEM, AUTHOR)
    assert lines_added(before.texts["app/main.py"], new["app/main.py"]) == [
        "from app.order_items.router import router as order_items_router",
        '    application.include_router(order_items_router, prefix="/api")',
    ]
    text = new["app/main.py"]
    assert text.index("order_items_router, p") > text.index("authors_router, prefix")
    assert text.index("order_items_router, p") < text.index("path:path")


def test_one_name_for_every_router() -> None:
    before = project(f"""\
# --- app/main.py
from app.books.views import router

app = App()
app.include_router(router)
# --- app/books/views.py
{ROUTER}
""")
    _, new = before.wire(BOOK, USER)
    assert new["app/main.py"] == dedent("""\
        from app.books.views import router
        from app.users.views import router as views_router

        app = App()
        app.include_router(router)
        app.include_router(views_router)
        """)


def test_aggregation_in_a_package() -> None:
    before = project(f"""\
# --- app/routers/__init__.py
from .books import router as books_router
from .login import router as login_router

__all__ = ["books_router", "login_router"]
# --- app/models/__init__.py
from .book import Book, BookStatus
from .token import Token

__all__ = [
    "Book",
    "BookStatus",
    "Token",
]
# --- app/main.py
from app.routers import books_router, login_router

for router in (books_router, login_router):
    app.include_router(router)
# --- app/models/book.py
class Book: ...


class BookStatus: ...
# --- app/routers/books.py
{ROUTER}
""")
    _, new = before.wire(BOOK, USER)
    assert new["app/routers/__init__.py"] == dedent("""\
        from .books import router as books_router
        from .login import router as login_router
        from .users import router as users_router

        __all__ = ["books_router", "login_router", "users_router"]
        """)
    assert new["app/models/__init__.py"] == dedent("""\
        from .book import Book, BookStatus
        from .token import Token
        from .user import User, UserStatus

        __all__ = [
            "Book",
            "BookStatus",
            "Token",
            "User",
            "UserStatus",
        ]
        """)
    assert new["app/main.py"] == dedent("""\
        from app.routers import books_router, login_router, users_router

        for router in (books_router, users_router, login_router):
            app.include_router(router)
        """)


def test_a_list_of_routers_in_a_loop() -> None:
    before = project(f"""\
# --- app/main.py
from app.routes import authors, books

ROUTES = [
    ("/books", books.router),  # public
    ("/authors", authors.router),
    ("/health", health),
]


def create_app():
    app = App()
    for path, router in ROUTES:
        app.include_router(router, prefix=path)
    return app
# --- app/routes/books.py
{ROUTER}
# --- app/routes/authors.py
{ROUTER}
""")
    _, new = before.wire(BOOK, USER, AUTHOR)
    assert lines_added(before.texts["app/main.py"], new["app/main.py"]) == [
        "from app.routes import authors, books, users",
        '    ("/users", users.router),',
    ]
    assert '("/authors", authors.router),\n    ("/users", users.router),' in new["app/main.py"]


def test_providers_of_dependencies() -> None:
    before = project("""\
# --- app/deps.py
from typing import Annotated

from app.db import SessionDep
from app.services.book import BookService


def get_book_service(session: SessionDep) -> BookService:
    return BookService(session)


BookServiceDep = Annotated[BookService, Depends(get_book_service)]


def paginate(items: list[int], page: int) -> list[int]:
    return items[page:]
# --- app/services/book.py
class BookService:
    pass
""")
    _, new = before.wire(BOOK, USER)
    assert new["app/deps.py"] == dedent("""\
        from typing import Annotated

        from app.db import SessionDep
        from app.services.book import BookService
        from app.services.user import UserService


        def get_book_service(session: SessionDep) -> BookService:
            return BookService(session)


        BookServiceDep = Annotated[BookService, Depends(get_book_service)]


        def get_user_service(session: SessionDep) -> UserService:
            return UserService(session)


        UserServiceDep = Annotated[UserService, Depends(get_user_service)]


        def paginate(items: list[int], page: int) -> list[int]:
            return items[page:]
        """)


def test_a_container() -> None:
    before = project("""\
# --- app/container.py
from app.repositories import AuthorRepository, BookRepository
from app.services.book import BookService


class Container:
    def __init__(self, session):
        self.authors = AuthorRepository(session)
        self.books = BookRepository(session)
        self.book_service = BookService(self.books)
        self.settings = load()
# --- app/repositories/__init__.py
from .author import AuthorRepository
from .book import BookRepository
# --- app/repositories/author.py
class AuthorRepository: ...
# --- app/repositories/book.py
class BookRepository: ...
# --- app/services/book.py
class BookService: ...
""")
    _, new = before.wire(BOOK, USER, AUTHOR)
    assert lines_added(before.texts["app/container.py"], new["app/container.py"]) == [
        "from app.repositories import AuthorRepository, BookRepository, UserRepository",
        "from app.services.user import UserService",
        "        self.users = UserRepository(session)",
        "        self.user_service = UserService(self.users)",
    ]
    assert "from .user import UserRepository\n" in new["app/repositories/__init__.py"]


def test_keywords_and_parameters() -> None:
    before = project("""\
# --- app/factory.py
from app.services.book import BookService


def create_app(settings, book_service: BookService):
    return App(settings, books=book_service)


def main():
    book_service = BookService()
    return create_app(settings, book_service=book_service)
# --- app/services/book.py
class BookService: ...
""")
    _, new = before.wire(BOOK, USER)
    assert lines_added(before.texts["app/factory.py"], new["app/factory.py"]) == [
        "from app.services.user import UserService",
        "def create_app(settings, book_service: BookService, user_service: UserService):",
        "    return App(settings, books=book_service, users=user_service)",
        "    user_service = UserService()",
        "    return create_app(settings, book_service=book_service, user_service=user_service)",
    ]


def test_imports_inside_the_factory() -> None:
    before = project(f"""\
# --- app/__init__.py
def create_app():
    app = App()

    from app.api.books import books
    app.register_blueprint(books, url_prefix="/api")
    from app.api.tokens import tokens
    app.register_blueprint(tokens, url_prefix="/api")

    return app
# --- app/api/books.py
{ROUTER}
""")
    _, new = before.wire(BOOK, USER)
    assert lines_added(before.texts["app/__init__.py"], new["app/__init__.py"]) == [
        "    from app.api.users import users",
        '    app.register_blueprint(users, url_prefix="/api")',
    ]


def test_a_model_that_is_imported_for_its_effect() -> None:
    before = project("""\
# --- app/db/base.py
from app.db.base_class import Base  # noqa: F401
from app.models.book import Book  # noqa: F401
# --- app/models/book.py
class Book: ...
""")
    _, new = before.wire(BOOK, USER)
    added = lines_added(before.texts["app/db/base.py"], new["app/db/base.py"])
    assert added == ["from app.models.user import User  # noqa: F401"]


def test_tags_of_the_documentation() -> None:
    before = project(f"""\
# --- app/main.py
from app.routers import books

app = App(
    routers=[books.router],
    include={{"/books": books.router}},
)
# --- app/routers/books.py
{ROUTER}
""")
    _, new = before.wire(BOOK, USER)
    assert lines_added(before.texts["app/main.py"], new["app/main.py"]) == [
        "from app.routers import books, users",
        "    routers=[books.router, users.router],",
        '    include={"/books": books.router, "/users": users.router},',
    ]


# --- where nothing may happen --------------------------------------------------------------------


def test_relations_business_and_seeds_are_left_alone() -> None:
    before = project("""\
# --- app/models/author.py
from app.models.book import Book


class Author:
    books: list[Book] = []
# --- app/search.py
from app.services.book import BookService


def search(query: str) -> list[str]:
    service = BookService()
    books = service.list(query)
    return [book.title for book in books]
# --- app/seeds.py
from app.models.book import Book

BOOKS = [Book(title="x")]
# --- app/pages.py
class Page:
    books: list[int]
    books_per_page = 20
# --- app/models/book.py
class Book: ...
# --- app/services/book.py
class BookService: ...
# --- tests/test_books.py
from app.models.book import Book
""")
    wired, new = before.wire(BOOK, USER, AUTHOR)
    assert new == {}
    assert {note.path for note in wired.notes} == {"app/search.py", "app/seeds.py"}


def test_a_word_alone_is_no_wiring() -> None:
    before = project(f"""\
# --- app/utils.py
def first(items):
    items = list(items)
    return items[0]
# --- app/main.py
from app.routers import items

PAGE_ITEMS = 20
app.include_router(items.router)
for key, value in settings.items():
    print(key)
# --- app/routers/items.py
{ROUTER}
""")
    _, new = before.wire(ITEM, USER)
    assert set(new) == {"app/main.py"}
    assert lines_added(before.texts["app/main.py"], new["app/main.py"]) == [
        "from app.routers import items, users",
        "app.include_router(users.router)",
    ]


def test_a_handler_in_a_shared_file_is_not_copied() -> None:
    before = project("""\
# --- app/main.py
from app.services.book import BookService

app = App()


@app.get("/books")
def list_books():
    return BookService().list()
# --- app/services/book.py
class BookService: ...
""")
    wired, new = before.wire(BOOK, USER)
    assert new == {}
    assert [(note.path, note.line) for note in wired.notes] == [("app/main.py", 6)]


def test_what_stands_outside_a_condition_goes_there() -> None:
    before = project(f"""\
# --- app/main.py
from app.routers import books

if settings.debug:
    app.include_router(books.router)
else:
    app.include_router(books.router)
    app.include_router(books.admin)
# --- app/routers/books.py
{ROUTER}
""")
    _, new = before.wire(BOOK, USER)
    assert new["app/main.py"].count("users.router") >= 1


def test_the_caller_may_give_another_text() -> None:
    before = project(f"""\
# --- app/main.py
from app.routers import books

app.include_router(books.router, prefix="/books")
# --- app/routers/books.py
{ROUTER}
""")
    wired, _ = before.wire(BOOK, USER)
    clone = next(each for each in wired.clones if each.kind == "statement")
    assert clone.text == 'app.include_router(users.router, prefix="/users")'
    assert clone.reason.line == 3
    new = result(clone.buffer, clone.insertions('app.include_router(people, prefix="/people")'))
    assert 'books")\napp.include_router(people, prefix="/people")\n' in new


# --- the first registration ----------------------------------------------------------------------

APP = """\
app = App()
app.add_middleware(Cors)
app.mount("/", Static())

if __name__ == "__main__":
    run(app)
"""


def test_the_first_goes_after_the_application_and_before_what_takes_all() -> None:
    buffer = python(APP)
    makers = [node(buffer, "app = App()"), node(buffer, "app.add_middleware(Cors)")]
    last = [node(buffer, 'app.mount("/", Static())')]
    made = register_first(buffer, "app.include_router(users)", makers=makers, catchalls=last)
    assert "Cors)\napp.include_router(users)\napp.mount" in result(buffer, made)
    made = register_first(buffer, "app.include_router(users)", catchalls=last)
    assert "Cors)\napp.include_router(users)\napp.mount" in result(buffer, made)


def test_the_first_goes_before_the_application_is_returned() -> None:
    buffer = python("def make():\n    app = App()\n\n    return app\n")
    function = buffer.root.named_children[0]
    made = register_first(buffer, "app.use(users)", function=function)
    assert result(buffer, made) == (
        "def make():\n    app = App()\n    app.use(users)\n\n    return app\n"
    )


def test_what_the_new_files_do_not_define_is_not_copied() -> None:
    before = project("""\
# --- app/models/__init__.py
from .book import Book, BookStatus

__all__ = ["Book", "BookStatus"]
# --- app/deps.py
from app.services.book import BookArchive, BookService


def get_book_service() -> BookService:
    return BookService()


def get_book_archive() -> BookArchive:
    return BookArchive()


BookServiceDep = Annotated[BookService, Depends(get_book_service)]
BookArchiveDep = Annotated[BookArchive, Depends(get_book_archive)]
# --- app/models/book.py
class Book: ...


class BookStatus: ...
# --- app/services/book.py
class BookService: ...


class BookArchive: ...
""")
    wired, new = before.wire(BOOK, USER, defined=frozenset({"User", "UserService"}))
    assert lines_added(before.texts["app/models/__init__.py"], new["app/models/__init__.py"]) == [
        "from .user import User",
        '__all__ = ["Book", "BookStatus", "User"]',
    ]
    assert "UserArchive" not in new["app/deps.py"]
    assert (
        "UserServiceDep = Annotated[UserService, Depends(get_user_service)]\n"
        in (new["app/deps.py"])
    )
    assert "from app.services.user import UserService\n" in new["app/deps.py"]
    assert {note.line for note in wired.notes if note.path == "app/deps.py"} == {8, 13}

"""Wiring by analogy in the shapes that Go projects have."""
# ruff: noqa: E501

from __future__ import annotations

import shutil
import subprocess

from analogies import AUTHOR, BOOK, ORDER_ITEM, USER, Project, lines_added

from apimod.analogy import Places
from apimod.insertion import inserted
from apimod.languages.buffer import walk

HANDLER = """\
package handlers

type BookHandler struct{}

func NewBookHandler(s *services.BookService) *BookHandler { return nil }

func RegisterBookRoutes(g *Group, h *BookHandler) {}
"""
AUTHORS = HANDLER.replace("Book", "Author")


def project(text: str) -> Project:
    return Project(text, "go")


def formatted(text: str) -> bool:
    """Tell whether gofmt would leave a file as it is; true where there is none."""
    if shutil.which("gofmt") is None:
        return True
    run = subprocess.run(["gofmt"], input=text, text=True, capture_output=True, check=True)
    return run.stdout == text


LAYERED = f"""\
// --- main.go
package main

import (
	"log"

	"example.com/shop/handlers"
	"example.com/shop/repositories"
	"example.com/shop/services"
)

func main() {{
	db := connect()

	bookRepo := repositories.NewBookRepository(db)
	bookService := services.NewBookService(bookRepo)
	bookHandler := handlers.NewBookHandler(bookService)

	r := engine()
	api := r.Group("/api/v1")
	handlers.RegisterBookRoutes(api.Group("/books"), bookHandler)

	r.NoRoute(missing)
	log.Fatal(r.Run())
}}
// --- handlers/book.go
{HANDLER}
// --- handlers/author.go
{AUTHORS}
// --- services/book.go
package services

type BookService struct{{}}

func NewBookService(r *BookRepository) *BookService {{ return nil }}
// --- repositories/book.go
package repositories

type BookRepository struct{{}}

func NewBookRepository(db *DB) *BookRepository {{ return nil }}
"""


def test_constructors_and_a_register_function() -> None:
    before = project(LAYERED)
    wired, new = before.wire(BOOK, USER)
    assert set(new) == {"main.go"}
    assert """\
	bookHandler := handlers.NewBookHandler(bookService)

	userRepo := repositories.NewUserRepository(db)
	userService := services.NewUserService(userRepo)
	userHandler := handlers.NewUserHandler(userService)

	r := engine()
	api := r.Group("/api/v1")
	handlers.RegisterBookRoutes(api.Group("/books"), bookHandler)
	handlers.RegisterUserRoutes(api.Group("/users"), userHandler)

	r.NoRoute(missing)
""" in new["main.go"]
    assert formatted(new["main.go"])
    assert wired.notes == ()
    _, again = before.after(new).wire(BOOK, USER)
    assert again == {}


def test_names_of_several_words() -> None:
    _, new = project(LAYERED).wire(BOOK, ORDER_ITEM)
    assert "orderItemHandler := handlers.NewOrderItemHandler(orderItemService)" in new["main.go"]
    assert 'api.Group("/order-items"), orderItemHandler)' in new["main.go"]


def test_rows_of_siblings() -> None:
    before = project(f"""\
// --- main.go
package main

func main() {{
	bookHandler := handlers.NewBookHandler(db)
	authorHandler := handlers.NewAuthorHandler(db)
	router := build(bookHandler, authorHandler)

	handlers.RegisterBookRoutes(api, bookHandler) // books
	handlers.RegisterAuthorRoutes(api, authorHandler)
	router.Run()
}}
// --- handlers/book.go
{HANDLER}
// --- handlers/author.go
{AUTHORS}
""")
    _, new = before.wire(BOOK, USER, AUTHOR)
    assert (
        new["main.go"]
        == """\
package main

func main() {
	bookHandler := handlers.NewBookHandler(db)
	authorHandler := handlers.NewAuthorHandler(db)
	userHandler := handlers.NewUserHandler(db)
	router := build(bookHandler, userHandler, authorHandler)

	handlers.RegisterBookRoutes(api, bookHandler) // books
	handlers.RegisterAuthorRoutes(api, authorHandler)
	handlers.RegisterUserRoutes(api, userHandler) // users
	router.Run()
}
"""
    )


def test_a_package_for_each_feature() -> None:
    before = project("""\
// --- cmd/api/main.go
package main

import (
	"example.com/shop/internal/book"
	"example.com/shop/internal/config"
)

func main() {
	bookHandler, err := book.NewHandler(db)
	if err != nil {
		panic(err)
	}
	bookHandler.Register(api)
	if err := book.Migrate(db); err != nil {
		panic(err)
	}
}
// --- internal/book/handler.go
package book

func NewHandler() {}
""")
    _, new = before.wire(BOOK, ORDER_ITEM)
    assert lines_added(before.texts["cmd/api/main.go"], new["cmd/api/main.go"]) == [
        '\t"example.com/shop/internal/orderitem"',
        "\torderItemHandler, err := orderitem.NewHandler(db)",
        "\tif err != nil {",
        "\t\tpanic(err)",
        "\t}",
        "\torderItemHandler.Register(api)",
    ]


BLOCKS = f"""\
// --- routes.go
package main

func routes(r *Engine, bookHandler *handlers.BookHandler, authorHandler *handlers.AuthorHandler) {{
	api := r.Group("/api")

	books := api.Group("/books")
	{{
		books.GET("", bookHandler.ListBooks)
		books.GET("/:id", bookHandler.GetBook)
		books.GET("/:id/reviews", bookHandler.Reviews)
	}}

	authors := api.Group("/authors")
	{{
		authors.GET("", authorHandler.List)
		authors.GET("/:id", authorHandler.Get)
		authors.GET("/:id/books", authorHandler.Books)
	}}

	r.NoRoute(missing)
}}
// --- handlers/book.go
{HANDLER}
// --- handlers/author.go
{AUTHORS}
"""


def test_a_group_and_its_block() -> None:
    before = project(BLOCKS)
    wired, new = before.wire(BOOK, USER, AUTHOR)
    assert """\
		authors.GET("/:id/books", authorHandler.Books)
	}

	users := api.Group("/users")
	{
		users.GET("", userHandler.ListUsers)
		users.GET("/:id", userHandler.GetUser)
		users.GET("/:id/reviews", userHandler.Reviews)
	}

	r.NoRoute(missing)
""" in new["routes.go"]
    assert (
        "bookHandler *handlers.BookHandler, userHandler *handlers.UserHandler, "
        "authorHandler *handlers.AuthorHandler"
    ) in new["routes.go"]
    block = next(clone for clone in wired.clones if clone.kind == "statement")
    made = block.insertions('users := api.Group("/users")\n\t{\n\t\tx()\n\t}')
    assert b"\n\t}\n\n\tusers :=" in inserted(block.buffer.data, made)


def test_routes_in_a_row() -> None:
    before = project(f"""\
// --- routes.go
package main

func (s *Server) routes() {{
	s.r.GET("/books", s.bookHandler.List)
	s.r.GET("/books/:id", s.bookHandler.Get)

	s.r.GET("/health", health)
}}
// --- server.go
package main

type Server struct {{
	r           *Engine
	bookHandler *handlers.BookHandler
	log         *Logger
}}

func NewServer(r *Engine, bookHandler *handlers.BookHandler, log *Logger) *Server {{
	s := &Server{{
		r:           r,
		bookHandler: bookHandler,
		log:         log,
	}}
	s.routes()
	return s
}}
// --- main.go
package main

func main() {{
	bookHandler := handlers.NewBookHandler(db)
	server := NewServer(r, bookHandler, log)
	server.Run()
}}
// --- handlers/book.go
{HANDLER}
""")
    _, new = before.wire(BOOK, ORDER_ITEM)
    assert (
        new["server.go"]
        == """\
package main

type Server struct {
	r                *Engine
	bookHandler      *handlers.BookHandler
	orderItemHandler *handlers.OrderItemHandler
	log              *Logger
}

func NewServer(r *Engine, bookHandler *handlers.BookHandler, orderItemHandler *handlers.OrderItemHandler, log *Logger) *Server {
	s := &Server{
		r:                r,
		bookHandler:      bookHandler,
		orderItemHandler: orderItemHandler,
		log:              log,
	}
	s.routes()
	return s
}
"""
    )
    assert """\
	s.r.GET("/books/:id", s.bookHandler.Get)
	s.r.GET("/order-items", s.orderItemHandler.List)
	s.r.GET("/order-items/:id", s.orderItemHandler.Get)

	s.r.GET("/health", health)
""" in new["routes.go"]
    assert lines_added(before.texts["main.go"], new["main.go"]) == [
        "\torderItemHandler := handlers.NewOrderItemHandler(db)",
        "\tserver := NewServer(r, bookHandler, orderItemHandler, log)",
    ]
    assert all(map(formatted, new.values()))


def test_a_list_of_models() -> None:
    before = project("""\
// --- db.go
package main

func migrate(db *DB) error {
	return db.AutoMigrate(&models.Author{}, &models.Book{})
}

func connect(db *DB) error {
	return db.AutoMigrate(
		&models.Book{},
	)
}
// --- models/book.go
package models

type Book struct{}
// --- models/author.go
package models

type Author struct{}
""")
    _, new = before.wire(BOOK, USER, AUTHOR)
    assert "AutoMigrate(&models.Author{}, &models.Book{}, &models.User{})" in new["db.go"]
    assert "\t\t&models.Book{},\n\t\t&models.User{},\n\t)" in new["db.go"]


def test_a_slice_of_registrars() -> None:
    before = project(f"""\
// --- main.go
package main

func modules() []Module {{
	return []Module{{
		handlers.NewAuthorHandler(nil),
		handlers.NewBookHandler(nil),
		health{{}},
	}}
}}

func allModules() []Module {{
	var list []Module
	list = append(list, handlers.NewBookHandler(nil))
	return list
}}
// --- handlers/book.go
{HANDLER}
// --- handlers/author.go
{AUTHORS}
""")
    _, new = before.wire(BOOK, USER, AUTHOR)
    assert "NewBookHandler(nil),\n\t\thandlers.NewUserHandler(nil),\n\t\thealth" in new["main.go"]
    assert (
        "list = append(list, handlers.NewBookHandler(nil), handlers.NewUserHandler"
        in (new["main.go"])
    )


def test_a_function_that_sets_the_sibling_up() -> None:
    before = project(f"""\
// --- server.go
package main

func (s *Server) setup() {{
	s.setupBooks(s.api)
	s.setupAuthors(s.api)
}}

func (s *Server) setupBooks(api *Group) {{
	h := handlers.NewBookHandler(s.db)
	g := api.Group("/books")
	g.GET("", h.List)
}}

func (s *Server) setupAuthors(api *Group) {{
	h := handlers.NewAuthorHandler(s.db)
	api.GET("/authors", h.List)
}}
// --- handlers/book.go
{HANDLER}
// --- handlers/author.go
{AUTHORS}
""")
    _, new = before.wire(BOOK, USER, AUTHOR)
    assert "\ts.setupAuthors(s.api)\n\ts.setupUsers(s.api)\n}" in new["server.go"]
    assert new["server.go"].endswith("""\
}

func (s *Server) setupUsers(api *Group) {
	h := handlers.NewUserHandler(s.db)
	g := api.Group("/users")
	g.GET("", h.List)
}
""")
    assert formatted(new["server.go"])


def test_closures_that_take_a_router() -> None:
    before = project(f"""\
// --- routes.go
package main

func routes(r Router, h *handlers.BookHandler, bookHandler *handlers.BookHandler) {{
	r.Route("/api", func(r Router) {{
		r.Route("/books", func(r Router) {{
			r.Get("/", bookHandler.List)
		}})
		r.Route("/health", func(r Router) {{
			r.Get("/", health)
		}})
	}})
}}
// --- handlers/book.go
{HANDLER}
""")
    _, new = before.wire(BOOK, USER)
    assert """\
			r.Get("/", bookHandler.List)
		})
		r.Route("/users", func(r Router) {
			r.Get("/", userHandler.List)
		})
		r.Route("/health", func(r Router) {
""" in new["routes.go"]


def test_business_and_relations_are_left_alone() -> None:
    before = project("""\
// --- models/author.go
package models

type Author struct {
	Books []Book
}
// --- search.go
package main

func search(q string) []string {
	books := services.NewBookService(nil).Find(q)
	return titles(books)
}
// --- seeds/seeds.go
package seeds

var books = []models.Book{{Title: "x"}}
// --- docs/docs.go
// Code generated by a tool. DO NOT EDIT.
package docs

var x = models.Book{}
// --- report.go
package main

type Report struct {
	Book  *models.Book
	Total int
}
// --- models/book.go
package models

type Book struct{}
// --- services/book.go
package services

func NewBookService(r *R) *S { return nil }
""")
    places = Places(
        models=frozenset(
            ("report.go", each.start_byte, each.end_byte)
            for each in walk(before.buffers["report.go"].root)
            if each.type == "type_declaration"
        )
    )
    wired, new = before.wire(BOOK, USER, AUTHOR, places=places)
    assert new == {}
    assert {note.path for note in wired.notes} >= {"search.go", "seeds/seeds.go", "report.go"}


def test_what_a_copy_would_take_from_another_is_said() -> None:
    before = project(f"""\
// --- main.go
package main

func main() {{
	authorHandler := handlers.NewAuthorHandler(db)
	bookHandler := handlers.NewBookHandler(db, authorHandler)
}}
// --- handlers/book.go
{HANDLER}
// --- handlers/author.go
{AUTHORS}
""")
    wired, _ = before.wire(BOOK, USER, AUTHOR)
    assert [clone.foreign for clone in wired.clones] == [True]

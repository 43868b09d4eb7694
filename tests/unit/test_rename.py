"""Nouns in every spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apimod.languages.identifiers import GO, PYTHON
from apimod.mentions import Finder, Noun
from apimod.rename import Renamer, Spelling

BOOK = Noun("book", "books")
USER = Noun("user", "users")
ITEM = Noun("item", "items")
ORDER_ITEM = Noun("order_item", "order_items")
API_KEY = Noun("api_key", "api_keys")
SHEEP = Noun("sheep", "sheep")
CATEGORY = Noun("category", "categories")


@pytest.mark.parametrize(
    ("name", "user", "order_item"),
    [
        ("book", "user", "order_item"),
        ("books", "users", "order_items"),
        ("Book", "User", "OrderItem"),
        ("BookHandler", "UserHandler", "OrderItemHandler"),
        ("bookHandler", "userHandler", "orderItemHandler"),
        ("NewBookService", "NewUserService", "NewOrderItemService"),
        ("newBook", "newUser", "newOrderItem"),
        ("books_router", "users_router", "order_items_router"),
        ("get_book_by_id", "get_user_by_id", "get_order_item_by_id"),
        ("MAX_BOOKS", "MAX_USERS", "MAX_ORDER_ITEMS"),
        ("BOOK", "USER", "ORDER_ITEM"),
        ("bookID", "userID", "orderItemID"),
        ("listBooks", "listUsers", "listOrderItems"),
        ("ListBooksByID", "ListUsersByID", "ListOrderItemsByID"),
        ("_book", "_user", "_order_item"),
        ("bookhandler", "userhandler", "orderitemhandler"),
        ("bookmark", "bookmark", "bookmark"),
        ("notebook", "notebook", "notebook"),
        ("Bookmarks", "Bookmarks", "Bookmarks"),
        ("facebook_id", "facebook_id", "facebook_id"),
        ("BookmarkBook", "BookmarkUser", "BookmarkOrderItem"),
    ],
)
def test_identifiers(name: str, user: str, order_item: str) -> None:
    assert Renamer(BOOK, USER).identifier(name) == user
    assert Renamer(BOOK, ORDER_ITEM).identifier(name) == order_item


@pytest.mark.parametrize(
    ("name", "new"),
    [
        ("order_item", "user"),
        ("orderItem", "user"),
        ("OrderItem", "User"),
        ("orderitem", "user"),
        ("OrderItems", "Users"),
        ("ORDER_ITEMS", "USERS"),
        ("NewOrderItemHandler", "NewUserHandler"),
        ("order", "order"),
        ("item", "item"),
        ("order_items_item", "users_item"),
    ],
)
def test_several_words_become_one(name: str, new: str) -> None:
    assert Renamer(ORDER_ITEM, USER).identifier(name) == new


@pytest.mark.parametrize(
    ("name", "new"),
    [
        ("order_item", "api_key"),
        ("orderItem", "apiKey"),
        ("OrderItem", "APIKey"),
        ("orderitem", "apikey"),
        ("OrderItemsHandler", "APIKeysHandler"),
        ("listOrderItems", "listAPIKeys"),
        ("ORDER_ITEM", "API_KEY"),
    ],
)
def test_initialisms(name: str, new: str) -> None:
    go = Spelling(name="camel", initialisms=GO.initialisms)
    assert Renamer(ORDER_ITEM, API_KEY, spelling=go).identifier(name) == new


def test_initialisms_are_found() -> None:
    go = Spelling(name="camel", initialisms=GO.initialisms)
    back = Renamer(API_KEY, USER, spelling=go)
    assert back.identifier("APIKey") == "User"
    assert back.identifier("NewAPIKeyHandler") == "NewUserHandler"
    assert back.identifier("apiKeys") == "users"
    url = Renamer(Noun("url", "urls"), USER, spelling=go)
    assert url.identifier("URLHandler") == "UserHandler"
    assert url.identifier("NewURL") == "NewUser"
    assert url.identifier("listURLs") == "listUsers"
    assert url.identifier("URL") == "User"


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("/books", "/order-items"),
        ("/books/{book_id}", "/order-items/{order_item_id}"),
        ("/books/:id/", "/order-items/:id/"),
        ("books", "order_items"),
        ("Book", "OrderItem"),
        ("Book not found", "Order item not found"),
        ("book not found", "order item not found"),
        ("no such book", "no such order item"),
        ("A book is a book", "An order item is an order item"),
        ("List all the books.", "List all the order items."),
        ("The Book Service", "The Order Item Service"),
        ("NO BOOK", "NO ORDER ITEM"),
        ("app.routers.books", "app.routers.order_items"),
        ("BookService is a BookService", "OrderItemService is an OrderItemService"),
        ("bookmark a notebook", "bookmark a notebook"),
        ("create-book", "create-order-item"),
    ],
)
def test_strings(text: str, new: str) -> None:
    assert Renamer(BOOK, ORDER_ITEM).string(text) == new


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("# An item, the items", "# A user, the users"),
        ("// ItemHandler serves items.", "// UserHandler serves users."),
        ("# Items", "# Users"),
        ("# see /items/{item_id}", "# see /users/{user_id}"),
    ],
)
def test_comments(text: str, new: str) -> None:
    assert Renamer(ITEM, USER).prose(text) == new


def test_words_of_several_words() -> None:
    renamer = Renamer(ORDER_ITEM, USER)
    assert renamer.string("Order item not found") == "User not found"
    assert renamer.string("Order Item Not Found") == "User Not Found"
    assert renamer.string("an order item") == "a user"
    assert renamer.string("/order-items") == "/users"


def test_an_initialism_s_article() -> None:
    spelling = Spelling(initialisms=GO.initialisms)
    renamer = Renamer(USER, Noun("sku", "skus"), spelling=spelling)
    assert renamer.prose("a user") == "an SKU"


def test_paths_as_the_project_has_them() -> None:
    renamer = Renamer(BOOK, ORDER_ITEM, spelling=Spelling(path="snake", package="flat"))
    assert renamer.string("/books") == "/order_items"
    assert renamer.module("example.com/app/internal/book") == "example.com/app/internal/orderitem"


def test_other_nouns_stay() -> None:
    renamer = Renamer(ITEM, USER, keep=[ORDER_ITEM])
    assert renamer.identifier("order_items") == "order_items"
    assert renamer.identifier("OrderItemHandler") == "OrderItemHandler"
    assert renamer.identifier("list_items") == "list_users"
    assert not renamer.mentions("orderItem")


def test_one_word_for_both_numbers() -> None:
    to = Renamer(USER, SHEEP)
    assert to.identifier("users") == "sheep"
    assert to.identifier("UserHandler") == "SheepHandler"
    back = Renamer(SHEEP, CATEGORY)
    assert back.string("/sheep") == "/categories"
    assert back.identifier("SheepHandler") == "CategoryHandler"
    assert back.identifier("sheep") == "categories"


def test_exact_names_come_first() -> None:
    renamer = Renamer(BOOK, USER, exact={"books_router": "people"})
    assert renamer.identifier("books_router") == "people"
    assert renamer.identifier("books") == "users"


def test_reserved_words_are_escaped() -> None:
    spelling = Spelling(escape=PYTHON.escape)
    renamer = Renamer(BOOK, Noun("class", "classes"), spelling=spelling)
    assert renamer.identifier("book") == "class_"
    assert renamer.identifier("book_id") == "class_id"
    assert renamer.identifier("Book") == "Class"


def test_finder() -> None:
    finder = Finder([ITEM, ORDER_ITEM])
    found = [(m.noun, m.plural) for m in finder.find("orderItems, item, OrderItem")]
    assert found == [(ORDER_ITEM, True), (ITEM, False), (ORDER_ITEM, False)]


_NOUNS = st.sampled_from([BOOK, USER, ORDER_ITEM, CATEGORY])
_PARTS = st.lists(st.sampled_from(["get", "by", "id", "list", "Http"]), max_size=2)


@given(_NOUNS, _NOUNS, _PARTS, st.booleans(), st.booleans())
def test_there_and_back(old: Noun, new: Noun, parts: list[str], plural: bool, camel: bool) -> None:
    words = [*map(str.lower, parts), *old.words(plural), "x"]
    name = words[0] + "".join(map(str.capitalize, words[1:])) if camel else "_".join(words)
    there = Renamer(old, new).identifier(name)
    assert Renamer(new, old).identifier(there) == name

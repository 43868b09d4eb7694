"""Wiring by analogy in the shapes that Java projects have."""

from __future__ import annotations

from analogies import AUTHOR, BOOK, ORDER_ITEM, USER, Project, lines_added


def project(text: str) -> Project:
    return Project(text, "java")


BOOKS = """\
// --- com/shop/web/BookController.java
package com.shop.web;

public class BookController {}
// --- com/shop/web/AuthorController.java
package com.shop.web;

public class AuthorController {}
// --- com/shop/data/BookRepository.java
package com.shop.data;

public interface BookRepository {}
// --- com/shop/data/AuthorRepository.java
package com.shop.data;

public interface AuthorRepository {}
"""


def test_beans_made_by_hand() -> None:
    before = project(f"""\
// --- com/shop/Wiring.java
package com.shop;

import com.shop.data.AuthorRepository;
import com.shop.data.BookRepository;
import com.shop.web.BookController;

@Configuration
public class Wiring {{

    @Bean
    BookController bookController(BookRepository books) {{
        return new BookController(books);
    }}

    @Bean
    Clock clock() {{
        return Clock.systemUTC();
    }}
}}
{BOOKS}""")
    wired, new = before.wire(BOOK, ORDER_ITEM, AUTHOR)
    assert """\
        return new BookController(books);
    }

    @Bean
    OrderItemController orderItemController(OrderItemRepository orderItems) {
        return new OrderItemController(orderItems);
    }

    @Bean
    Clock clock() {
""" in new["com/shop/Wiring.java"]
    added = lines_added(before.texts["com/shop/Wiring.java"], new["com/shop/Wiring.java"])
    assert added[:2] == [
        "import com.shop.data.OrderItemRepository;",
        "import com.shop.web.OrderItemController;",
    ]
    assert wired.notes == ()
    _, again = before.after(new).wire(BOOK, ORDER_ITEM, AUTHOR)
    assert again == {}


def test_a_list_of_classes() -> None:
    before = project(f"""\
// --- com/shop/JerseyConfig.java
package com.shop;

import com.shop.web.AuthorController;
import com.shop.web.BookController;

public class JerseyConfig {{
    static final Class<?>[] ALL = {{BookController.class, AuthorController.class, Health.class}};

    JerseyConfig() {{
        register(AuthorController.class);
        register(BookController.class);
    }}
}}
{BOOKS}""")
    _, new = before.wire(BOOK, USER, AUTHOR)
    text = new["com/shop/JerseyConfig.java"]
    assert "AuthorController.class, UserController.class, Health.class}" in text
    assert (
        "        register(BookController.class);\n        register(UserController.class);\n" in text
    )
    assert "import com.shop.web.BookController;\nimport com.shop.web.UserController;\n" in text


def test_a_seed_is_no_wiring() -> None:
    before = project(f"""\
// --- com/shop/Seed.java
package com.shop;

import com.shop.data.BookRepository;

public class Seed {{
    private final BookRepository books;

    Seed(BookRepository books) {{
        this.books = books;
    }}

    void run() {{
        books.save(new Thing("x"));
    }}
}}
{BOOKS}""")
    _, new = before.wire(BOOK, USER, AUTHOR)
    assert new == {}

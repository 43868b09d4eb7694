"""Wiring by analogy in the shapes that projects of JavaScript and TypeScript have."""

from __future__ import annotations

from analogies import AUTHOR, BOOK, ORDER_ITEM, Project, lines_added

ROUTES = """\
import { Router } from 'express';
const router = Router();
export default router;
"""


def added(before: Project, changed: dict[str, str]) -> dict[str, list[str]]:
    return {path: lines_added(before.texts[path], new) for path, new in changed.items()}


def project(text: str, ending: str = "js") -> Project:
    return Project(text, ending)


def test_one_use_a_resource() -> None:
    before = project(
        f"""\
// --- src/app.js
import express from 'express';
import bookRoutes from './routes/book.route.js';
import authorRoutes from './routes/author.route.js';

const app = express();

app.use('/api/books', auth, bookRoutes);
app.use('/api/authors', auth, authorRoutes);

app.use(notFound);

export default app;
// --- src/routes/book.route.js
{ROUTES}
// --- src/routes/author.route.js
{ROUTES}
"""
    )
    _, changed = before.wire(BOOK, ORDER_ITEM, AUTHOR)
    assert added(before, changed) == {
        "src/app.js": [
            "import orderItemRoutes from './routes/order-item.route.js';",
            "app.use('/api/order-items', auth, orderItemRoutes);",
        ]
    }
    text = changed["src/app.js"]
    assert (
        "authorRoutes);\napp.use('/api/order-items', auth, orderItemRoutes);\n\napp.use(notF"
        in text
    )


def test_a_list_that_a_loop_mounts() -> None:
    before = project(
        """\
// --- src/routes/v1/index.js
const express = require('express');
const authorRoute = require('./author.route');
const bookRoute = require('./book.route');

const router = express.Router();

const defaultRoutes = [
  {
    path: '/authors',
    route: authorRoute,
  },
  {
    path: '/books',
    route: bookRoute,
  },
];

defaultRoutes.forEach((route) => {
  router.use(route.path, route.route);
});

module.exports = router;
// --- src/routes/v1/book.route.js
const router = require('express').Router();
module.exports = router;
// --- src/routes/v1/author.route.js
const router = require('express').Router();
module.exports = router;
"""
    )
    _, changed = before.wire(BOOK, ORDER_ITEM, AUTHOR)
    text = changed["src/routes/v1/index.js"]
    assert "const orderItemRoute = require('./order-item.route');" in text
    assert (
        "    route: bookRoute,\n  },\n"
        "  {\n    path: '/order-items',\n    route: orderItemRoute,\n  },\n];" in text
    )


def test_a_chain_of_uses() -> None:
    before = project(
        f"""\
// --- src/routes/routes.ts
import {{ Router }} from 'express';
import authorController from './author/author.controller';
import bookController from './book/book.controller';

const api = Router().use(authorController).use(bookController);

export default Router().use('/api', api);
// --- src/routes/book/book.controller.ts
{ROUTES}
// --- src/routes/author/author.controller.ts
{ROUTES}
""",
        "ts",
    )
    _, changed = before.wire(BOOK, ORDER_ITEM, AUTHOR)
    text = changed["src/routes/routes.ts"]
    assert "import orderItemController from './order-item/order-item.controller';\n" in text
    assert ".use(bookController).use(orderItemController);" in text


def test_what_is_required_in_place() -> None:
    before = project(
        """\
// --- app.js
const app = require('express')();
app.use('/books', require('./routes/books'));
app.use('/authors', require('./routes/authors'));
app.listen(3000);
// --- routes/books.js
module.exports = require('express').Router();
// --- routes/authors.js
module.exports = require('express').Router();
"""
    )
    _, changed = before.wire(BOOK, ORDER_ITEM, AUTHOR)
    assert added(before, changed) == {
        "app.js": ["app.use('/order-items', require('./routes/order-items'));"]
    }


def test_a_second_list() -> None:
    before = project(
        """\
// --- src/docs.ts
import { authorRegistry, authorRouter } from '@/api/author/authorRouter';
import { bookRegistry, bookRouter } from '@/api/book/bookRouter';

const registry = new Registry([authorRegistry, bookRegistry]);
app.use('/authors', authorRouter);
app.use('/books', bookRouter);
app.use(errorHandler());
// --- src/api/book/bookRouter.ts
export const bookRegistry = new Registry();
export const bookRouter: Router = express.Router();
// --- src/api/author/authorRouter.ts
export const authorRegistry = new Registry();
export const authorRouter: Router = express.Router();
""",
        "ts",
    )
    _, changed = before.wire(BOOK, ORDER_ITEM, AUTHOR)
    text = changed["src/docs.ts"]
    assert "[authorRegistry, bookRegistry, orderItemRegistry]" in text
    assert "app.use('/order-items', orderItemRouter);\napp.use(errorHandler());" in text
    assert (
        "import { orderItemRegistry, orderItemRouter } from '@/api/order-item/orderItemRouter';"
        in text
    )


def test_barrels() -> None:
    before = project(
        """\
// --- models/index.js
module.exports.Author = require('./author.model');
module.exports.Book = require('./book.model');
// --- services/index.ts
export * from './author.service';
export * from './book.service';
// --- controllers/index.ts
export { default as authorController } from './author.controller';
export { default as bookController } from './book.controller';
// --- models/book.model.js
module.exports = model('Book');
// --- models/author.model.js
module.exports = model('Author');
// --- services/book.service.ts
export const bookService = 1;
// --- services/author.service.ts
export const authorService = 1;
// --- controllers/book.controller.ts
export default class BookController {}
// --- controllers/author.controller.ts
export default class AuthorController {}
""",
        "js",
    )
    _, changed = before.wire(BOOK, ORDER_ITEM, AUTHOR)
    assert added(before, changed) == {
        "models/index.js": ["module.exports.OrderItem = require('./order-item.model');"],
        "services/index.ts": ["export * from './order-item.service';"],
        "controllers/index.ts": [
            "export { default as orderItemController } from './order-item.controller';"
        ],
    }


def test_classes_that_mount_themselves() -> None:
    before = project(
        """\
// --- src/server.ts
import { AuthorController } from './controllers/author.controller';
import { BookController } from './controllers/book.controller';

class Server {
  constructor() {
    this.use('/authors', new AuthorController(this.db).router);
    this.use('/books', new BookController(this.db).router);
  }
}
// --- src/controllers/book.controller.ts
export class BookController {}
// --- src/controllers/author.controller.ts
export class AuthorController {}
""",
        "ts",
    )
    _, changed = before.wire(BOOK, ORDER_ITEM, AUTHOR)
    assert added(before, changed) == {
        "src/server.ts": [
            "import { OrderItemController } from './controllers/order-item.controller';",
            "    this.use('/order-items', new OrderItemController(this.db).router);",
        ]
    }


def test_business_is_no_wiring() -> None:
    before = project(
        """\
// --- src/auth.js
import bookService from './services/book.service.js';
import { wrap } from './wrap.js';

const verify = async (token) => {
  await bookService.updateBook(token.bookId, { verified: true });
};

export const login = wrap(async (req, res) => {
  await bookService.createBook(req.body);
});

export const wire = (app) => {
  app.register(bookService);
};
// --- src/services/book.service.js
const updateBook = () => 1;
const createBook = () => 1;
export default { updateBook, createBook };
""",
    )
    wired, changed = before.wire(BOOK, ORDER_ITEM)
    assert added(before, changed) == {
        "src/auth.js": [
            "import orderItemService from './services/order-item.service.js';",
            "  app.register(orderItemService);",
        ]
    }
    assert wired.notes

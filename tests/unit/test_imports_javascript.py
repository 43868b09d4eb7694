"""Imports of JavaScript and TypeScript: where they go, how they are written, and when none is due."""

from __future__ import annotations

from textwrap import dedent

import pytest
from editing import result, script

from apimod.insert import add_import
from apimod.languages.buffer import ImportNeed, ImportStyle
from apimod.languages.javascript_style import ScriptStyle

USERS = ImportNeed("/src/routes/order-item.route.ts", "default", "orderItemRoutes")


def added(
    text: str, need: ImportNeed, style: ScriptStyle | None = None, path: str = "src/routes/index.ts"
) -> str:
    """Return the text with the import; a second time must change nothing."""
    habits = ImportStyle(script=style or ScriptStyle())
    buffer = script(text, path)
    imported = add_import(buffer, need, habits)
    new = result(buffer, imported.insertions)
    again = add_import(script(new, path), need, habits)
    assert again.insertions == ()
    assert again.local == imported.local
    return new


@pytest.mark.parametrize(
    ("old", "line"),
    [
        (
            "import express from 'express';\nimport userRoutes from './user.route';\n\nrun();\n",
            "import orderItemRoutes from './order-item.route';",
        ),
        (
            'import express from "express"\nimport userRoutes from "./user.route.js"\n\nrun()\n',
            'import orderItemRoutes from "./order-item.route.js"',
        ),
        (
            "const express = require('express');\nconst userRoutes = require('./user.route');\n",
            "const orderItemRoutes = require('./order-item.route');",
        ),
        (
            "import userRoutes from '@/routes/user.route';\nimport x from '@/x';\n\nrun();\n",
            "import orderItemRoutes from './order-item.route';",
        ),
    ],
)
def test_a_file_is_named_as_the_others_are(old: str, line: str) -> None:
    style = ScriptStyle(aliases=(("@/", "src"),))
    new = added(old, USERS, style)
    assert f"\n{line}\n" in new
    assert len(new.splitlines()) == len(old.splitlines()) + 1


def test_an_alias_stands_for_a_folder() -> None:
    style = ScriptStyle(aliases=(("@/", "src"),))
    old = "import a from 'express';\nimport { b } from '@/services/b.service';\n\nrun();\n"
    new = added(old, ImportNeed("/src/models/user.ts", "User"), style)
    assert "import { User } from '@/models/user';\n" in new


@pytest.mark.parametrize(
    ("need", "old", "new"),
    [
        (
            ImportNeed("express", "Router"),
            'import express, { Request } from "express";\n',
            'import express, { Request, Router } from "express";\n',
        ),
        (
            ImportNeed("express", None, "express"),
            'import { Router } from "express";\n',
            'import express, { Router } from "express";\n',
        ),
        (
            ImportNeed("express", "Router"),
            'import express from "express";\n',
            'import express, { Router } from "express";\n',
        ),
        (
            ImportNeed("express", "Router"),
            "const { json } = require('express')\n",
            "const { json, Router } = require('express')\n",
        ),
        (
            ImportNeed("express", "type Response"),
            'import { Router, type Request } from "express";\n',
            'import { Router, type Request, type Response } from "express";\n',
        ),
        (
            ImportNeed("/src/routes/b.ts", "b"),
            'export * from "./a";\nimport {\n  a,\n  c,\n} from "./b";\n',
            'export * from "./a";\nimport {\n  a,\n  b,\n  c,\n} from "./b";\n',
        ),
    ],
)
def test_a_name_joins_the_import_of_its_module(need: ImportNeed, old: str, new: str) -> None:
    assert added(old, need) == new


@pytest.mark.parametrize(
    "text",
    [
        'import express, { Router } from "express";\n',
        "const { Router } = require('express');\n",
        'import { Router, type Request } from "express";\n',
    ],
)
def test_nothing_is_added_twice(text: str) -> None:
    assert added(text, ImportNeed("express", "Router")) == text


def test_a_type_needs_no_value() -> None:
    old = 'import type { Request } from "express";\n'
    assert added(old, ImportNeed("express", "type Request")) == old
    new = added(old, ImportNeed("express", "Router"))
    assert new == 'import type { Request } from "express";\nimport { Router } from "express";\n'


def test_types_are_marked_as_the_project_marks_them() -> None:
    style = ScriptStyle(types="statement")
    new = added("run();\n", ImportNeed("express", "type Request"), style)
    assert new == 'import type { Request } from "express";\n\nrun();\n'
    plain = added(
        "run();\n", ImportNeed("express", "type Request"), ScriptStyle(types="statement"), "a.js"
    )
    assert plain == 'import { Request } from "express";\n\nrun();\n'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", 'import z from "zod";\n'),
        ("'use strict';\n\nrun();\n", "'use strict';\n\nimport z from \"zod\";\n\nrun();\n"),
        ("#!/usr/bin/env node\nrun();\n", '#!/usr/bin/env node\nimport z from "zod";\n\nrun();\n'),
        ("/* licence */\n\nrun();\n", '/* licence */\n\nimport z from "zod";\n\nrun();\n'),
    ],
)
def test_the_first_import(old: str, new: str) -> None:
    assert added(old, ImportNeed("zod", None, "z")) == new


def test_a_late_require_is_followed() -> None:
    old = dedent(
        """\
        const express = require('express');

        const app = express();

        const users = require('./routes/users');
        app.use('/users', users);
        """
    )
    new = added(old, ImportNeed("/routes/orders.js", None, "orders"), path="app.js")
    assert "users');\nconst orders = require('./routes/orders');\napp.use(" in new


def test_sorted_imports_stay_sorted() -> None:
    old = "import a from './a';\nimport c from './c';\nimport d from './d';\n"
    new = added(old, ImportNeed("/src/routes/b.ts", "default", "b"))
    assert (
        new
        == "import a from './a';\nimport b from './b';\nimport c from './c';\nimport d from './d';\n"
    )


def test_packages_come_before_own_files() -> None:
    old = "import a from 'a';\n\nimport { x } from '../x';\nimport { y } from '../y';\n\nrun();\n"
    new = added(old, ImportNeed("zod", "z"))
    assert new.startswith("import a from 'a';\nimport { z } from 'zod';\n\nimport { x }")


def test_a_taken_name_gets_its_feature() -> None:
    old = "import { router } from './user/user.routes';\n\nrouter.get();\n"
    new = added(old, ImportNeed("/src/routes/order/order.routes.ts", "router"))
    assert "import { router as orderRouter } from './order/order.routes';\n" in new

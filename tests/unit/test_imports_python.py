"""Imports of Python: where they go, and when there is nothing to do."""
# ruff: noqa: E501

from __future__ import annotations

import subprocess
import sys
from textwrap import dedent

import pytest
from editing import python, result
from hypothesis import given, settings
from hypothesis import strategies as st

from apimod.insert import add_import, add_imports
from apimod.insertion import inserted, is_subsequence
from apimod.languages.buffer import Buffer, ImportNeed, ImportStyle

APP = ImportStyle(own=("app",), package="app")


def added(text: str, need: ImportNeed, style: ImportStyle = APP) -> str:
    """Return the text with the import; a second time must change nothing."""
    buffer = python(text)
    imported = add_import(buffer, need, style)
    new = result(buffer, imported.insertions)
    again = add_import(python(new), need, style)
    assert again.insertions == ()
    assert again.local == imported.local
    return new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from app.api import a, c\n", "from app.api import a, b, c\n"),
        ("from app.api import c  # why\n", "from app.api import b, c  # why\n"),
        ("from app.api import z, a\n", "from app.api import z, a, b\n"),
        ("from app.api import (a, c)\n", "from app.api import (a, b, c)\n"),
        ("from app.api import (\n    a,\n    c,\n)\n", "from app.api import (\n    a,\n    b,\n    c,\n)\n"),
        ("from app.api import (\n    a,\n    c\n)\n", "from app.api import (\n    a,\n    b,\n    c\n)\n"),
        ("from app.api import (\n    a  # x\n)\n", "from app.api import (\n    a,  # x\n    b\n)\n"),
        ("from app.api import A\n", "from app.api import A, b\n"),
        ("from app.api import a as x\n", "from app.api import a as x\nfrom app.api import b\n"),
        ("from app.api import *\n", "from app.api import *\nfrom app.api import b\n"),
        ("from .api import a\n", "from .api import a, b\n"),
        ("from app.api import a, \\\n    c\n", "from app.api import a, \\\n    c\nfrom app.api import b\n"),
    ],
)  # fmt: skip
def test_a_name_joins_its_import(old: str, new: str) -> None:
    assert added(old, ImportNeed("app.api", "b")) == new


def test_a_line_that_would_be_too_long_is_parenthesised() -> None:
    names = [f"name_{n}" for n in range(9)]
    old = f"from app.api import {', '.join(names)}\n"
    new = "".join(f"    {name},\n" for name in [*names[:5], "name_4b", *names[5:]])
    assert added(old, ImportNeed("app.api", "name_4b")) == f"from app.api import (\n{new})\n"


def test_a_long_line_with_a_comment_is_left_alone() -> None:
    names = ", ".join(f"name_{n}" for n in range(9))
    old = f"from app.api import {names}  # noqa: F401\n"
    assert added(old, ImportNeed("app.api", "x")) == f"{old}from app.api import x\n"


def test_the_width_is_the_projects() -> None:
    names = ", ".join(f"name_{n}" for n in range(9))
    old = f"from app.api import {names}\n"
    wide = ImportStyle(own=("app",), width=120)
    assert added(old, ImportNeed("app.api", "x"), wide) == f"from app.api import {names}, x\n"


@pytest.mark.parametrize(
    ("need", "at"),
    [
        (ImportNeed("json"), 'import json\nimport os\n'),
        (ImportNeed("sys"), "import os\nimport sys\nfrom typing import Any\n"),
        (ImportNeed("uuid", "UUID"), "from typing import Any\nfrom uuid import UUID\n\nimport libx"),
        (ImportNeed("abc", "ABC"), "import os\nfrom abc import ABC\nfrom typing import Any\n"),
        (ImportNeed("zlib2", "x"), "from liby import b\nfrom zlib2 import x\n\nfrom app.a"),
        (ImportNeed("app.c", "x"), "from app.b import y\nfrom app.c import x\nfrom app.d import z\n"),
        (ImportNeed("app.z", "x"), "from app.d import z\nfrom app.z import x\n\nrun()\n"),
        (ImportNeed("app.a", "q"), "from app.a import a, q\n"),
        (ImportNeed("alib", "x"), "import libx\nfrom alib import x\nfrom liby import b\n"),
    ],
)  # fmt: skip
def test_a_new_line_takes_its_place(need: ImportNeed, at: str) -> None:
    text = dedent("""\
        import os
        from typing import Any

        import libx
        from liby import b

        from app.a import a
        from app.b import y
        from app.d import z

        run()
        """)
    assert at in added(text, need)


@pytest.mark.parametrize(
    ("old", "need", "new"),
    [
        ("", ImportNeed("os"), "import os\n"),
        ("x = 1\n", ImportNeed("os"), "import os\n\nx = 1\n"),
        ("def f(): ...\n", ImportNeed("os"), "import os\n\n\ndef f(): ...\n"),
        ('"""Doc."""\n', ImportNeed("os"), '"""Doc."""\n\nimport os\n'),
        ('"""Doc."""', ImportNeed("os"), '"""Doc."""\n\nimport os'),
        ('"""Doc."""\n\nx = 1\n', ImportNeed("os"), '"""Doc."""\n\nimport os\n\nx = 1\n'),
        ('"""Doc."""\nx = 1\n', ImportNeed("os"), '"""Doc."""\n\nimport os\n\nx = 1\n'),
        ("#!/bin/x\nx = 1\n", ImportNeed("os"), "#!/bin/x\nimport os\n\nx = 1\n"),
        ("# License\n\nx = 1\n", ImportNeed("os"), "# License\n\nimport os\n\nx = 1\n"),
        ("# License\n", ImportNeed("os"), "# License\n\nimport os\n"),
        ("# L\n\n# of x\nx = 1\n", ImportNeed("os"), "# L\n\nimport os\n\n# of x\nx = 1\n"),
        (
            "from __future__ import annotations\n\nx = 1\n",
            ImportNeed("os"),
            "from __future__ import annotations\n\nimport os\n\nx = 1\n",
        ),
        ("import os\n\nx = 1\n", ImportNeed("lib", "a"), "import os\n\nfrom lib import a\n\nx = 1\n"),
        ("import os\nx = 1\n", ImportNeed("lib", "a"), "import os\n\nfrom lib import a\n\nx = 1\n"),
        ("from lib import a\n", ImportNeed("os"), "import os\n\nfrom lib import a\n"),
        ("import os\nimport lib\n", ImportNeed("app.x", "a"), "import os\nimport lib\nfrom app.x import a\n"),
        ("from . import a\n", ImportNeed("os"), "import os\n\nfrom . import a\n"),
        ("from .. import a\nfrom .b import c\n", ImportNeed(".a", "x"), "from .. import a\nfrom .a import x\nfrom .b import c\n"),
        ("from .b import B\n", ImportNeed("app.c", "C"), "from .b import B\nfrom .c import C\n"),
        ("from app.b import B\n", ImportNeed(".c", "C"), "from app.b import B\nfrom app.c import C\n"),
    ],
)  # fmt: skip
def test_sections(old: str, need: ImportNeed, new: str) -> None:
    assert added(old, need) == new


def test_a_disorderly_file_gets_it_next_to_its_kin() -> None:
    text = "from app.b import b\nimport os\nfrom app.a import a\nimport lib\n"
    got = added(text, ImportNeed("app.c", "c"))
    assert (
        got
        == "from app.b import b\nimport os\nfrom app.a import a\nfrom app.c import c\nimport lib\n"
    )


def test_what_is_guarded_stays_so() -> None:
    text = dedent("""\
        from typing import TYPE_CHECKING

        from lib import a

        if TYPE_CHECKING:
            from app.x import X

        try:
            import fast
        except ImportError:
            fast = None

        run()
        """)
    got = added(text, ImportNeed("app.x", "X"))
    assert "from lib import a\n\nfrom app.x import X\n\nif TYPE_CHECKING:" in got
    assert add_import(python(text), ImportNeed("fast"), APP).insertions == ()


@pytest.mark.parametrize(
    ("text", "need", "local"),
    [
        ("from app.x import X\n", ImportNeed("app.x", "X"), "X"),
        ("from app.x import X as Y\n", ImportNeed("app.x", "X"), "Y"),
        ("from .x import X\n", ImportNeed("app.x", "X"), "X"),
        ("import a.b as c\n", ImportNeed("a.b"), "c"),
        ("import a.b\n", ImportNeed("a.b"), "a.b"),
        ("from a import b\n", ImportNeed("a.b"), "b"),
    ],
)
def test_what_is_there_is_used(text: str, need: ImportNeed, local: str) -> None:
    imported = add_import(python(text), need, APP)
    assert imported.local == local
    assert not imported.insertions


@pytest.mark.parametrize(
    ("text", "need", "line"),
    [
        ("users = 1\n", ImportNeed("app.routers", "users"), "from app.routers import users as users_router"),
        ("class User: ...\n", ImportNeed("app.models.user", "User"), "from app.models.user import User as UserModel"),
        ("from a import router\n", ImportNeed("app.users", "router"), "from app.users import router as users_router"),
        ("x = 1\n", ImportNeed("app.routers", "filter"), "from app.routers import filter as filter_router"),
    ],
)  # fmt: skip
def test_a_taken_name_gets_an_alias(text: str, need: ImportNeed, line: str) -> None:
    assert line in added(text, need)


def test_several_at_once() -> None:
    buffer = python("from app.api import b\n\nx = 1\n")
    needs = [ImportNeed("app.api", "c"), ImportNeed("app.api", "a"), ImportNeed("os")]
    names, made = add_imports(buffer, needs, APP)
    assert names == ["c", "a", "os"]
    assert result(buffer, made) == "import os\n\nfrom app.api import a, b, c\n\nx = 1\n"


def test_crlf_and_no_final_newline() -> None:
    buffer = python("import a\r\nimport c")
    made = add_import(buffer, ImportNeed("d"), APP).insertions
    assert inserted(buffer.data, made) == b"import a\r\nimport c\r\nimport d"


_MODULES = st.sampled_from(
    ["os", "sys", "json", "typing", "fastlib", "zope", "app.api", "app.b", "app", "app.c.d", "uuid"]
)
_NAMES = st.sampled_from(["a", "b", "User", "Item", "MAX", "_x", "get", "List", "x2", "x10"])
_LINES = st.lists(
    st.one_of(
        st.builds("import {}".format, _MODULES),
        st.builds(
            lambda module, names: f"from {module} import {', '.join(sorted(names))}",
            _MODULES,
            st.sets(_NAMES, min_size=1, max_size=3),
        ),
    ),
    max_size=6,
    unique=True,
)


def _isorted(text: str) -> str:
    command = [
        sys.executable, "-m", "ruff", "check", "-q", "--fix", "--select", "I", "--isolated",
        "--config", "lint.isort.known-first-party=['app']", "--stdin-filename", "m.py", "-",
    ]  # fmt: skip
    return subprocess.run(command, input=text, text=True, capture_output=True, check=True).stdout


@settings(max_examples=40, deadline=None)
@given(_LINES, _MODULES, _NAMES, st.booleans())
def test_a_sorted_file_stays_sorted(lines: list[str], module: str, name: str, plain: bool) -> None:
    text = _isorted("\n".join([*lines, "", "x = 1", ""]))
    buffer = python(text)
    need = ImportNeed(module) if plain else ImportNeed(module, name)
    imported = add_import(buffer, need, ImportStyle(own=("app",)))
    new = result(buffer, imported.insertions)
    if " as " not in new:
        assert _isorted(new) == new


@settings(deadline=None)
@given(_LINES, _MODULES, _NAMES, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "x = 1"]))
def test_any_import_enters_any_file(
    lines: list[str], module: str, name: str, newline: str, code: str
) -> None:
    text = newline.join([*lines, code])
    buffer = python(text)
    style = ImportStyle(own=("app",))
    imported = add_import(buffer, ImportNeed(module, name), style)
    new = inserted(buffer.data, imported.insertions)
    assert is_subsequence(buffer.data, new)
    compile(new, "m", "exec")
    after: Buffer = python(new.decode())
    assert add_import(after, ImportNeed(module, name), style).insertions == ()

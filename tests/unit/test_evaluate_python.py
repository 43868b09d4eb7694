"""What Python expressions are, and where their pieces came from."""

from __future__ import annotations

import time
from textwrap import dedent

import pytest
from projects_in_memory import at, codebase, strings

from apimod.evaluate import Evaluator
from apimod.values import At, External, Instance, Text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('x = "a"', ["a"]),
        ('x = "a" "b"', ["ab"]),
        ('x = "a" + "b"', ["ab"]),
        ('b = "b"\nx = f"a{b}{{c}}"', ["ab{c}"]),
        ('x = "%s/%s" % ("a", "b")', ["a/b"]),
        ('x = "{}/{n}".format("a", n="b")', ["a/b"]),
        ('x = ("a/").rstrip("/")', ["a"]),
        ('x = None or "a"', ["a"]),
        ('x = "a" if c else "b"', ["a", "b"]),
        ('import os\nx = os.getenv("X", "/api")', ["/api"]),
        ('import os\nx = os.environ.get("X", default)', ['{?os.environ.get("X", default)}']),
        ('d = {"k": "a"}\nx = d["k"]', ["a"]),
        ('d = {"k": "a"}\nx = d.get("k")', ["a"]),
        ('l = ["a", "b"]\nx = l[1]', ["b"]),
        ('a, b = "a", "b"\nx = b', ["b"]),
        ('def f(p, q="/q"):\n    return p + q\nx = f("/p")', ["/p/q"]),
        ('class C:\n    P = "a"\nclass D(C): ...\nx = D().P', ["a"]),
        ('class C:\n    def __init__(self, p): self.p = p\nx = C("a").p', ["a"]),
        ("class C:\n    @property\n    def p(self): return 'a'\nx = C().p", ["a"]),
        ('from enum import Enum\nclass E(Enum):\n    A = "a"\nx = E.A.value', ["a"]),
        ('a = "1"\na = "2"\nx = a', ["2"]),
        ('if c:\n    a = "1"\nelse:\n    a = "2"\nx = a', ["1", "2"]),
        ('x = ["a", *["b", "c"]]', ["a", "b", "c"]),
        ('x = [f"/{n}" for n in ["a", "b"]]', ["/a", "/b"]),
        ('from elsewhere import base\nx = f"{base}/v1"', ["{?base}/v1"]),
        ("x = x", ["{?x}"]),
        ("def f(n): return f(n)\nx = f(1)", ["{?f(1)}"]),
    ],
)
def test_strings(text: str, expected: list[str]) -> None:
    assert strings({"a.py": text}, "a.py", "x") == expected


def test_pieces_know_where_they_came_from() -> None:
    code = codebase(
        {
            "config.py": 'class Settings:\n    API: str = "/api"\nsettings = Settings()\n',
            "a.py": 'from config import settings\nx = f"{settings.API}/v1"\n',
        }
    )
    (text,) = Evaluator(code).texts(at(code, "a.py", "x"))
    assert [(p.text, p.at.source.path if p.at else "") for p in text.pieces] == [
        ("/api", "config.py"),
        ("/v1", "a.py"),
    ]


FILES = {
    "app/__init__.py": "",
    "app/api/__init__.py": "from .deps import *\n",
    "app/api/deps.py": dedent(
        """
        from typing import Annotated
        from fastapi import Depends
        def get_db(): ...
        SessionDep = Annotated[object, Depends(get_db)]
        """
    ),
    "app/main.py": dedent(
        """
        import fastapi
        from app.api import SessionDep, get_db
        from app import api
        a = SessionDep
        b = get_db
        c = fastapi.Depends
        d = api.deps.get_db
        """
    ),
}


def test_definition_follows_imports_and_stars() -> None:
    code = codebase(FILES)
    (found,) = Evaluator(code).definition(at(code, "app/main.py", "a"))
    assert found.source.path == "app/api/deps.py"
    assert found.node.type == "subscript"


@pytest.mark.parametrize(
    ("name", "canonical"),
    [("b", "app.api.deps.get_db"), ("c", "fastapi.Depends"), ("d", "app.api.deps.get_db")],
)
def test_canonical(name: str, canonical: str) -> None:
    code = codebase(FILES)
    assert Evaluator(code).canonical(at(code, "app/main.py", name)) == [canonical]


def test_mro_ends_in_canonical_names() -> None:
    code = codebase(
        {"a.py": "from orm import Base\nclass A(Base): ...\nclass B(A): ...\nx = B()\n"}
    )
    evaluator = Evaluator(code)
    (value,) = evaluator.evaluate(at(code, "a.py", "x"))
    assert isinstance(value, Instance)
    chain = [evaluator.name_of(c) if isinstance(c, At) else c for c in evaluator.mro(value.cls)]
    assert chain == ["a.B", "a.A", "orm.Base"]


def test_circular_imports_and_hostile_code_end() -> None:
    deep = "x0 = 'a'\n" + "".join(f"x{i} = x{i - 1} + x{i - 1}\n" for i in range(1, 60))
    many = "def f(n):\n    return " + " or ".join(f"f(n + {i})" for i in range(12)) + "\nx = f(0)\n"
    files = {
        "a.py": "from b import y\nx = y\n",
        "b.py": "from a import x\ny = x\n",
        "deep.py": deep,
        "many.py": many,
        "stars.py": "from stars2 import *\nx = nothing\n",
        "stars2.py": "from stars import *\n",
    }
    started = time.monotonic()
    assert strings(files, "a.py", "x") == ["{?y}"]
    assert strings(files, "many.py", "x")
    assert strings(files, "stars.py", "x") == ["{?nothing}"]
    code = codebase(files)
    Evaluator(code).evaluate(at(code, "deep.py", "x30"))
    assert time.monotonic() - started < 5


def test_a_call_of_something_external_is_known_by_name() -> None:
    code = codebase({"a.py": "from orm.session import Session as S\nx = S()\ny = S().bind\n"})
    evaluator = Evaluator(code)
    (value,) = evaluator.evaluate(at(code, "a.py", "x"))
    assert isinstance(value, External)
    assert (value.name, value.form) == ("orm.session.Session", "call")
    (inner,) = evaluator.evaluate(at(code, "a.py", "y"))
    assert isinstance(inner, External)
    assert inner.name == "orm.session.Session.bind"


def test_a_function_is_entered_once_for_every_call() -> None:
    code = codebase(
        {"a.py": 'def f(p):\n    q = p + "/x"\n    return q\nf("/a")\nf("/b")\nf(p="/c")\n'}
    )
    place = at(code, "a.py", "q")
    evaluator = Evaluator(code)
    frames = evaluator.frames(place.source, place.node)
    texts = [v for f in frames for v in evaluator.evaluate(At(place.source, place.node, f))]
    assert [t.text for t in texts if isinstance(t, Text)] == ["/a/x", "/b/x", "/c/x"]

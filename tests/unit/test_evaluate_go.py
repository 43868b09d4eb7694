"""What Go expressions are."""

from __future__ import annotations

import pytest
from projects_in_memory import at, codebase, strings

from apimod.evaluate import Evaluator
from apimod.values import External, Instance

MOD = "module example.com/shop\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('var x = "a"', ["a"]),
        ("var x = `a`", ["a"]),
        ('const a = "a"\nconst x = a + "b"', ["ab"]),
        ('import "fmt"\nvar x = fmt.Sprintf("/%s/%d", "a", n)', ["/a/{?n}"]),
        ('import "strings"\nvar x = strings.TrimSuffix("a/", "/")', ["a"]),
        ('import "path"\nvar x = path.Join("/a", "b/")', ["/a/b"]),
        ('func f(p string) string { return p + "/x" }\nvar x = f("/a")', ["/a/x"]),
        ('func f() (string, error) { return "a", nil }\nvar x, err = f()', ["a"]),
        ('func f() (r string) { r = "a"; return }\nvar x = f()', ["a"]),
        ('type C struct{ P string }\nvar c = C{P: "a"}\nvar x = c.P', ["a"]),
        ('type C struct{ P string }\nvar c = &C{"a"}\nvar x = c.P', ["a"]),
        ('var m = map[string]string{"k": "a"}\nvar x = m["k"]', ["a"]),
        ('var x = append([]string{"a"}, "b")', ["a", "b"]),
        ('import "os"\nvar x = os.Getenv("X")', ['{?os.Getenv("X")}']),
    ],
)
def test_strings(text: str, expected: list[str]) -> None:
    assert strings({"go.mod": MOD, "a.go": "package a\n" + text}, "a.go", "x") == expected


FILES = {
    "go.mod": MOD,
    "api/handler.go": "package api\ntype Handler struct{ store Store }\n"
    "func New(s Store) *Handler { return &Handler{store: s} }\n",
    "api/store.go": "package api\ntype Store interface { Prefix() string }\n",
    "db/db.go": 'package db\ntype DB struct{}\nfunc (d *DB) Prefix() string { return "/db" }\n',
    "main.go": 'package main\nimport (\n"example.com/shop/api"\n"example.com/shop/db"\n"gorm.io/gorm"\n)\n'
    "var h = api.New(&db.DB{})\nvar n = api.New\nvar g = gorm.DB{}\n"
    "func f(s api.Store) { p := s.Prefix(); _ = p }\n",
}


def test_packages_and_methods() -> None:
    code = codebase(FILES)
    evaluator = Evaluator(code)
    (value,) = evaluator.evaluate(at(code, "main.go", "h"))
    assert isinstance(value, Instance)
    assert evaluator.name_of(value.cls) == "example.com/shop/api.Handler"
    assert evaluator.canonical(at(code, "main.go", "n")) == ["example.com/shop/api.New"]
    (definition,) = evaluator.definition(at(code, "main.go", "n"))
    assert definition.source.path == "api/handler.go"


def test_the_only_type_that_satisfies_an_interface() -> None:
    assert strings(FILES, "main.go", "p") == ["/db"]


def test_external_types() -> None:
    code = codebase(FILES)
    (value,) = Evaluator(code).evaluate(at(code, "main.go", "g"))
    assert isinstance(value, External)
    assert value.name == "gorm.io/gorm.DB"

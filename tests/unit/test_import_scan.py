from __future__ import annotations

import pytest

from apimod.import_scan import go_imports, member_line, python_imports, without_comments

PYTHON = '''"""import fastapi"""
# import flask
import os, jose.jwt as tokens
from fastapi import (
    APIRouter,  # from sqlalchemy import x
    Depends as D,
)
from .local import thing
if True:
    from a.b import c; text = "import d"
s = """
import e
"""
'''
GO = """// import "x"
package main

/* import "y" */
import "fmt"
import (
	"github.com/gin-gonic/gin" // web
	_ "github.com/lib/pq"
	// "gorm.io/gorm"
	jwt "github.com/golang-jwt/jwt/v5"
	"gopkg.in/yaml.v3"
)

var s = `
import "z"
`
"""


def test_python_imports() -> None:
    assert [(i.name, i.alias, i.line) for i in python_imports(PYTHON)] == [
        ("os", "os", 3),
        ("jose.jwt", "tokens", 3),
        ("fastapi.APIRouter", "APIRouter", 4),
        ("fastapi.Depends", "D", 4),
        ("a.b.c", "c", 10),
    ]


def test_go_imports() -> None:
    assert [(i.name, i.alias, i.line) for i in go_imports(GO)] == [
        ("fmt", "fmt", 5),
        ("github.com/gin-gonic/gin", "gin", 7),
        ("github.com/lib/pq", "_", 8),
        ("github.com/golang-jwt/jwt/v5", "jwt", 10),
        ("gopkg.in/yaml.v3", "yaml", 11),
    ]


@pytest.mark.parametrize(
    "text", ["", "import", "from x import", "import (", '"""', "'import a", "\x00"]
)
def test_broken_text_gives_no_imports_and_no_error(text: str) -> None:
    assert not list(python_imports(text))
    assert not list(go_imports(text))


def test_member_line_looks_at_code_only() -> None:
    text = '# gin.Basic\nx = "gin.Basic"\ny = other.gin.Basic\nz = gin.Basic()\n'
    assert member_line(text, "python", "gin", "Basic") == 4
    assert member_line('// gin.Basic\nvar x = "gin.Basic"\n', "go", "gin", "Basic") == 0


def test_comments_go_and_addresses_stay() -> None:
    text = 'a = "postgresql://x#y"  # mysql://z\n"""sqlite:// in a docstring"""\n'
    kept = without_comments(text, "python")
    assert "postgresql://x#y" in kept
    assert "mysql" not in kept
    assert "sqlite" not in kept
    assert "redis" not in without_comments('x := "http://y" // redis://z', "go")

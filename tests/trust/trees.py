"""Projects that nobody means well with: what lies in their files, and what their files are."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

DEEP = 100_000
BIG = 100 << 20

MANIFESTS = {
    "python": ("pyproject.toml", "requirements.txt", "setup.cfg", "setup.py", "Pipfile"),
    "go": ("go.mod", "go.work"),
    "javascript": ("package.json", "tsconfig.json", "pnpm-workspace.yaml", "nx.json"),
    "java": ("pom.xml", "build.gradle", "build.gradle.kts", "settings.gradle"),
    "rust": ("Cargo.toml",),
}
SOURCES = {
    "python": ("main.py", "conftest.py", "app/__init__.py"),
    "go": ("main.go", "main_test.go"),
    "javascript": ("index.js", "main.ts", "a.tsx", "b.mjs", "app.controller.ts"),
    "java": ("src/main/java/a/A.java", "src/main/kotlin/a/B.kt"),
    "rust": ("src/main.rs", "build.rs"),
}
SETTINGS = (
    *("docker-compose.yml", "application.yml", "application.properties", ".env", "schema.graphql"),
    *(
        "src/main/resources/application.yml",
        "api.proto",
        "openapi.yaml",
        "alembic.ini",
        ".gitignore",
    ),
    *("ruff.toml", ".editorconfig", ".apimod/config.toml", "schema.prisma", "a.sql", "uv.lock"),
    *("package-lock.json", "go.sum", "Cargo.lock", "poetry.lock", "pnpm-lock.yaml"),
)

SEEDS = {
    "python": {
        "pyproject.toml": '[project]\nname = "x"\nversion = "1"\ndependencies = ["fastapi"]\n',
        "main.py": "from fastapi import FastAPI\n\napp = FastAPI()\n\n\n"
        '@app.get("/items")\ndef items() -> list[str]:\n    return []\n',
    },
    "go": {
        "go.mod": "module x\n\ngo 1.22\n\nrequire github.com/gin-gonic/gin v1.10.0\n",
        "main.go": 'package main\n\nimport "github.com/gin-gonic/gin"\n\nfunc main() {\n'
        '\tr := gin.Default()\n\tr.GET("/items", func(c *gin.Context) { c.JSON(200, nil) })\n'
        "\tr.Run()\n}\n",
    },
    "javascript": {
        "package.json": '{"name": "x", "dependencies": {"express": "^5.0.0"}}\n',
        "index.js": "const express = require('express')\nconst app = express()\n"
        "app.get('/items', (req, res) => res.json([]))\napp.listen(3000)\n",
    },
    "java": {
        "pom.xml": "<project><artifactId>x</artifactId><dependencies><dependency>"
        "<groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web"
        "</artifactId><version>3.3.0</version></dependency></dependencies></project>\n",
        "src/main/java/a/A.java": "package a;\n\nimport org.springframework.web.bind.annotation.*;\n"
        '\n@RestController\nclass A {\n    @GetMapping("/items")\n'
        '    String items() { return ""; }\n}\n',
    },
    "rust": {
        "Cargo.toml": '[package]\nname = "x"\nversion = "0.1.0"\nedition = "2021"\n\n'
        '[dependencies]\nactix-web = "4"\n',
        "src/main.rs": "use actix_web::{get, App, HttpServer, Responder};\n\n"
        '#[get("/items")]\nasync fn items() -> impl Responder { "" }\n\n'
        "#[actix_web::main]\nasync fn main() -> std::io::Result<()> {\n"
        "    HttpServer::new(|| App::new().service(items))"
        '.bind(("0.0.0.0", 80))?.run().await\n}\n',
    },
}
"""A small server in each language."""

RESULT = dict(
    zip(
        SEEDS,
        ("main.py", "main.go", "index.js", "src/main/java/a/A.java", "src/main.rs"),
        strict=True,
    )
)


def seed(folder: Path, language: str) -> None:
    """Put the small server of a language into a folder."""
    for name, text in SEEDS[language].items():
        put(folder / name, text.encode())


def put(file: Path, data: bytes) -> None:
    """Write a file, and the folders that it needs, over whatever was there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.is_symlink() or file.exists():
        file.unlink()
    file.write_bytes(data)


def _yaml_bomb() -> bytes:
    rows = ["a: &a [x,x,x,x,x,x,x,x,x]"]
    for above, name in zip("abcdefghijklmnop", "bcdefghijklmnopq", strict=True):
        rows.append(f"{name}: &{name} [{','.join(['*' + above] * 9)}]")
    return "\n".join(rows).encode()


def _xml_bomb() -> bytes:
    entities = "".join(f'<!ENTITY l{i + 1} "{f"&l{i};" * 10}">' for i in range(30))
    return (
        f'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY l0 "lol">{entities}'
        '<!ENTITY x SYSTEM "file:///etc/passwd">]><project><artifactId>&l30;</artifactId>'
        "<name>&x;</name></project>"
    ).encode()


CONTENT: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "nul": lambda: b"\0" * 10,
    "binary": lambda: bytes(range(256)) * 400,
    "newlines": lambda: b"\n" * 500_000,
    "returns": lambda: b"\r" * 500_000,
    "one long line": lambda: b"a" * 1_000_000,
    "blanks": lambda: b" " * 1_000_000,
    "utf-16": lambda: "a = 1\n".encode("utf-16"),
    "bom only": lambda: b"\xef\xbb\xbf",
    "latin-1": lambda: b"# \xe9\xff\xfe\n" * 100,
    "surrogates": lambda: b"# \xed\xa0\x80\xf4\x90\x80\x80\n",
    "controls": lambda: b"# \x1b]0;owned\x07\x1b[2J\xe2\x80\xae\n" * 50,
    "brackets": lambda: b"[" * DEEP,
    "brackets closed": lambda: b"[" * DEEP + b"]" * DEEP,
    "braces": lambda: b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "parentheses": lambda: b"x = " + b"(" * DEEP + b")" * DEEP,
    "calls": lambda: b"f(" * DEEP + b")" * DEEP,
    "dots": lambda: b"a" + b".b" * DEEP,
    "chained calls": lambda: b"a" + b".b()" * DEEP,
    "minus": lambda: b"x = " + b"-" * DEEP + b"1",
    "plus": lambda: b"x = 1" + b" + 1" * DEEP,
    "strings added": lambda: b'x = "a"' + b' + "a"' * DEEP,
    "toml tables": lambda: b"[a" + b".a" * 20_000 + b"]\n",
    "toml arrays": lambda: b"a = " + b"[" * 50_000 + b"]" * 50_000,
    "toml keys": lambda: b"a" + b".a" * 50_000 + b" = 1\n",
    "toml digits": lambda: b"a = " + b"9" * 100_000,
    "json digits": lambda: b'{"a": ' + b"9" * 100_000 + b"}",
    "yaml aliases": _yaml_bomb,
    "yaml merged": lambda: b"a: &a {<<: *a}\nb: !!python/object/apply:os.system ['touch owned']\n",
    "yaml deep": lambda: b"".join(b" " * i + b"a:\n" for i in range(1_200)),
    "yaml flow": lambda: b"a: " + b"[" * 10_000,
    "xml bomb": _xml_bomb,
    "xml deep": lambda: b"<a>" * 50_000 + b"</a>" * 50_000,
    "xml attributes": lambda: b"<a " + b"b='c' " * 100_000 + b"/>",
    "classes": lambda: (
        b"".join(b" " * i + b"class A:\n" for i in range(900)) + b" " * 900 + b"x = 1\n"
    ),
    "functions": lambda: (
        b"".join(b" " * i + b"def a():\n" for i in range(900)) + b" " * 900 + b"x = 1\n"
    ),
    "blocks": lambda: b"class A {" * 20_000 + b"}" * 20_000,
    "generics": lambda: b"A<" * 50_000 + b">" * 50_000,
    "comments open": lambda: b"/*" * 100_000,
    "quotes": lambda: b'"' * 200_001,
    "triple quotes": lambda: b'"""' * 100_001,
    "templates": lambda: b"`${" * 50_000 + b"}`" * 50_000,
    "f-strings": lambda: b"x = " + b'f"{' * 400 + b'}"' * 400,
    "backslashes": lambda: b"\\" * 200_000,
    "stars": lambda: b"*" * 50_000 + b"a",
    "question marks": lambda: b"?" * 50_000,
    "regex trouble": lambda: (b"a" * 30_000 + b"!\n") + b"**/" * 60 + b"x\n" + b"*a" * 40 + b"b\n",
    "requirement": lambda: b"a[" + b"b," * 50_000 + b"]>=1" + b",<2" * 50_000,
    "versions": lambda: b"fastapi" + b">=1.0," * 100_000,
    "assignments": lambda: b"".join(b"a%d = a%d\n" % (i, i - 1) for i in range(1, 20_000)),
    "a circle": lambda: b"".join(b"a%d = a%d\n" % (i, (i + 1) % 3_000) for i in range(3_000)),
    "doubling": lambda: (
        b'a0 = "x"\n' + b"".join(b"a%d = a%d + a%d\n" % (i, i - 1, i - 1) for i in range(1, 60))
    ),
    "imports of itself": lambda: b"from main import *\nfrom . import *\nimport main\n" * 500,
    "decorators": lambda: b"@a\n" * 20_000 + b"def f(): pass\n",
    "lambdas": lambda: b"x = " + b"lambda: " * 20_000 + b"1\n",
    "ifs": lambda: b"if a:\n    x = 1\n" + b"elif a:\n    x = 1\n" * 10_000,
    "else ifs": lambda: b"if (a) {} " + b"else if (a) {} " * 20_000,
    "ternaries": lambda: b"x = a" + b" ? a : a" * 20_000,
    "arrows": lambda: b"x = " + b"() => " * 20_000 + b"1",
    "conditionals": lambda: b"x = " + b"1 if a else " * 20_000 + b"1\n",
}
"""What a file may hold, by a name for it."""

SPECIFIC: dict[str, dict[str, Callable[[], bytes]]] = {
    "python": {
        "routers in circles": lambda: (
            b"from fastapi import APIRouter, FastAPI\napp = FastAPI()\n"
            b"a = APIRouter()\nb = APIRouter()\na.include_router(b, prefix='/a')\n"
            b"b.include_router(a, prefix='/b')\napp.include_router(a)\n@a.get('/x')\ndef x(): ...\n"
        ),
        "routers doubling": lambda: (
            b"from fastapi import APIRouter, FastAPI\napp = FastAPI()\n"
            b"r0 = APIRouter()\n@r0.get('/x')\ndef x(): ...\n"
            + b"".join(
                b"r%d = APIRouter()\nr%d.include_router(r%d, prefix='/a')\n"
                b"r%d.include_router(r%d, prefix='/b')\n" % (i, i, i - 1, i, i - 1)
                for i in range(1, 40)
            )
            + b"app.include_router(r39)\n"
        ),
        "functions doubling": lambda: (
            b"from fastapi import FastAPI\napp = FastAPI()\n"
            b"def f0(p):\n    app.get(p + '/x')(f0)\n"
            + b"".join(
                b"def f%d(p):\n    f%d(p + '/a')\n    f%d(p + '/b')\n" % (i, i - 1, i - 1)
                for i in range(1, 40)
            )
            + b"f39('')\n"
        ),
        "recursion": lambda: (
            b"from fastapi import FastAPI\napp = FastAPI()\ndef f(p):\n"
            b"    app.get(p)(f)\n    f(p + '/a')\n    f(p + '/b')\nf('')\n"
        ),
        "paths doubling": lambda: (
            b"from fastapi import FastAPI\napp = FastAPI()\np0 = '/x'\n"
            + b"".join(b"p%d = p%d + p%d\n" % (i, i - 1, i - 1) for i in range(1, 64))
            + b"@app.get(p63)\ndef x(): ...\n"
        ),
        "loops": lambda: (
            b"from fastapi import FastAPI\napp = FastAPI()\n"
            + b"".join(b"    " * i + b"for a%d in ['a', 'b', 'c', 'd']:\n" % i for i in range(14))
            + b"    " * 14
            + b"app.get('/' + "
            + b" + ".join(b"a%d" % i for i in range(14))
            + b")(print)\n"
        ),
        "many routes": lambda: (
            b"from fastapi import FastAPI\napp = FastAPI()\n"
            + b"".join(b"@app.get('/r%d')\ndef r%d(): ...\n" % (i, i) for i in range(15_000))
        ),
        "bases in circles": lambda: (
            b"from fastapi import FastAPI\nclass A(B): ...\nclass B(A): ...\n"
            b"class App(FastAPI, A): ...\napp = App()\n@app.get('/x')\ndef x(): ...\n"
        ),
        "many bases": lambda: (
            b"class A0: ...\n"
            + b"".join(b"class A%d(A%d): ...\n" % (i, i - 1) for i in range(1, 8_000))
        ),
        "encoding": lambda: b"# -*- coding: rot13 -*-\nnccyr = 1\n",
        "encoding unknown": lambda: b"# coding: " + b"x" * 3_000 + b"\n",
        "encoding idna": lambda: b"# coding: idna\nx = 1\n" + b"a" * 100_000,
        "encoding punycode": lambda: b"# coding: punycode\n" + b"a-b" * 100_000,
        "encoding bz2": lambda: b"# coding: bz2\nx\n",
        "encoding undefined": lambda: b"# coding: undefined\nx\n",
        "encoding utf-7": lambda: b"# coding: utf-7\n+AGEAYg-\n",
        "encoding mbcs": lambda: b"# coding: mbcs\nx\n",
    },
}


def content(language: str) -> dict[str, Callable[[], bytes]]:
    """Return what a source of a language may hold."""
    return {**CONTENT, **SPECIFIC.get(language, {})}


def _fifo(file: Path) -> None:
    os.mkfifo(file)


def _socket(file: Path) -> None:
    here = Path.cwd()
    os.chdir(file.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(file.name)
    finally:
        os.chdir(here)


def _unreadable(file: Path) -> None:
    file.write_bytes(b"a")
    file.chmod(0)


def _sparse(file: Path) -> None:
    with file.open("wb") as stream:
        stream.truncate(BIG)


def _large(file: Path) -> None:
    with file.open("wb") as stream:
        for _ in range(BIG // (1 << 20)):
            stream.write(b"a = 'aaaaaaaa'\n" * 69_906)


KINDS: dict[str, Callable[[Path], None]] = {
    "fifo": _fifo,
    "socket": _socket,
    "folder": lambda file: file.mkdir(),
    "link to itself": lambda file: file.symlink_to(file.name),
    "link to nothing": lambda file: file.symlink_to("nowhere"),
    "link to a device": lambda file: file.symlink_to("/dev/zero"),
    "link to a terminal": lambda file: file.symlink_to("/dev/tty"),
    "link out": lambda file: file.symlink_to("/etc/passwd"),
    "link to proc": lambda file: file.symlink_to("/proc/self/mem"),
    "link to the root": lambda file: file.symlink_to("/"),
    "link to above": lambda file: file.symlink_to(".."),
    "unreadable": _unreadable,
    "100 MB, sparse": _sparse,
    "100 MB": _large,
}
"""What a file may be instead of a file."""


def become(file: Path, kind: str) -> None:
    """Put something that is no ordinary file in a file's place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.is_symlink() or file.exists():
        file.unlink()
    KINDS[kind](file)

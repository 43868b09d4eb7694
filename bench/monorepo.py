"""A generated monorepo: the same files for the same seed, of the sizes and mix that real ones have.

    python bench/monorepo.py FOLDER FILES [SEED]

Services in five languages, each with a manifest; most files are plain code that serves nothing, a
few have routes. Every service has its own application and mounts its routers on it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

PER_SERVICE = 50
ROUTED = 0.12
"""The share of a service's files that have routes."""

Maker = Callable[[str, random.Random], str]
WORDS = "order user item price stock note label event team badge asset quote route plan".split()


def python_plain(name: str, rng: random.Random) -> str:
    """Return a module without routes."""
    lines = [f'"""Rules of {name}."""', "", "from dataclasses import dataclass", ""]
    for word in rng.sample(WORDS, 6):
        lines += [
            "", "@dataclass", f"class {word.title()}:", "    name: str", "    count: int = 0", "",
            "    def get(self, key: str) -> int:", f"        return len(key) * {rng.randint(2, 9)}", "",
            "", f"def load_{word}(rows: list[dict[str, str]]) -> list[str]:",
            f"    return [row.get('{word}', '') for row in rows if row]", "",
        ]  # fmt: skip
    return "\n".join(lines) + "\n"


def python_routed(name: str, rng: random.Random) -> str:
    """Return a module with a router."""
    lines = ["from fastapi import APIRouter", "", f'router = APIRouter(prefix="/{name}")', ""]
    for word in rng.sample(WORDS, 5):
        lines += [
            "",
            f'@router.get("/{word}/{{id}}")',
            f"def get_{word}(id: int) -> int:",
            "    return id",
            "",
        ]
    return "\n".join(lines) + "\n"


def script_plain(name: str, rng: random.Random) -> str:
    """Return a module without routes."""
    lines = [f"// Rules of {name}."]
    for word in rng.sample(WORDS, 6):
        lines += [
            f"export class {word.title()} {{", "  constructor(private items = new Map()) {}",
            f"  get(key) {{ return this.items.get(key) ?? {rng.randint(2, 9)}; }}", "}",
            f"export const load{word.title()} = (rows) => rows.filter((row) => row.{word});", "",
        ]  # fmt: skip
    return "\n".join(lines).replace("private ", "") + "\n"


def script_routed(name: str, rng: random.Random) -> str:
    """Return a module with a router."""
    lines = ["import { Router } from 'express';", "export const router = Router();"]
    for word in rng.sample(WORDS, 5):
        lines.append(
            f"router.get('/{name}/{word}/:id', (req, res) => res.json({{ id: req.params.id }}));"
        )
    return "\n".join(lines) + "\n"


def go_plain(name: str, rng: random.Random) -> str:
    """Return a file without routes."""
    lines = ["package app", "", 'import "strings"', ""]
    for word in rng.sample(WORDS, 6):
        kind = f"{name.title().replace('_', '')}{word.title()}"
        lines += [
            f"type {kind} struct {{", "\tName string", "\tCount int", "}", "",
            f"func (x *{kind}) Get(key string) int {{",
            f"\treturn len(strings.TrimSpace(key)) * {rng.randint(2, 9)}", "}", "",
        ]  # fmt: skip
    return "\n".join(lines)


def go_routed(name: str, rng: random.Random) -> str:
    """Return a file with routes on a group that it is handed."""
    title = name.title().replace("_", "")
    lines = [
        "package app",
        "",
        'import "github.com/gin-gonic/gin"',
        "",
        f"func Mount{title}(g *gin.RouterGroup) {{",
    ]
    lines += [
        f'\tg.GET("/{word}/:id", func(c *gin.Context) {{ c.Status(200) }})'
        for word in rng.sample(WORDS, 5)
    ]
    return "\n".join([*lines, "}", ""])


def java_plain(name: str, rng: random.Random) -> str:
    """Return a class without routes."""
    title = name.title().replace("_", "")
    lines = ["package app;", "", "import java.util.List;", "", f"public class {title} {{"]
    for word in rng.sample(WORDS, 6):
        lines += [
            f"  public int get{word.title()}(List<String> keys) {{",
            f"    return keys.size() * {rng.randint(2, 9)};",
            "  }",
            "",
        ]
    return "\n".join([*lines, "}", ""])


def java_routed(name: str, rng: random.Random) -> str:
    """Return a controller."""
    title = name.title().replace("_", "")
    lines = [
        "package app;", "", "import org.springframework.web.bind.annotation.*;", "", "@RestController",
        f'@RequestMapping("/{name}")', f"public class {title} {{",
    ]  # fmt: skip
    for word in rng.sample(WORDS, 5):
        lines += [
            f'  @GetMapping("/{word}/{{id}}")',
            f"  public long get{word.title()}(@PathVariable long id) {{ return id; }}",
            "",
        ]
    return "\n".join([*lines, "}", ""])


def rust_plain(name: str, rng: random.Random) -> str:
    """Return a module without routes."""
    lines = [f"//! Rules of {name}.", "use std::collections::HashMap;", ""]
    for word in rng.sample(WORDS, 6):
        lines += [
            f"pub struct {word.title()} {{ pub items: HashMap<String, u32> }}", f"impl {word.title()} {{",
            "    pub fn get(&self, key: &str) -> u32 {",
            f"        *self.items.get(key).unwrap_or(&{rng.randint(2, 9)})", "    }", "}", "",
        ]  # fmt: skip
    return "\n".join(lines)


def rust_routed(name: str, rng: random.Random) -> str:
    """Return a module with a function that adds its routes."""
    lines = ["use actix_web::{web, HttpResponse};", "",
             "async fn show() -> HttpResponse { HttpResponse::Ok().finish() }", "",
             "pub fn routes(cfg: &mut web::ServiceConfig) {"]  # fmt: skip
    lines += [
        f'    cfg.route("/{name}/{word}/{{id}}", web::get().to(show));'
        for word in rng.sample(WORDS, 5)
    ]
    return "\n".join([*lines, "}", ""])


def python_main(routed: list[str]) -> dict[str, str]:
    """Return what makes a folder of modules a service."""
    lines = [
        "from fastapi import FastAPI",
        *(f"from app import {n}" for n in routed),
        "",
        "app = FastAPI()",
    ]
    lines += [f"app.include_router({n}.router)" for n in routed]
    manifest = '[project]\nname = "service"\nversion = "1"\ndependencies = ["fastapi"]\n'
    return {
        "app/__init__.py": "",
        "app/main.py": "\n".join(lines) + "\n",
        "pyproject.toml": manifest,
    }


def script_main(routed: list[str]) -> dict[str, str]:
    """Return what makes a folder of modules a service."""
    lines = [
        "import express from 'express';",
        *(f"import {{ router as {n} }} from './{n}.js';" for n in routed),
    ]
    lines += [
        "const app = express();",
        *(f"app.use('/api', {n});" for n in routed),
        "app.listen(3000);",
    ]
    manifest = '{"name": "service", "type": "module", "dependencies": {"express": "^5.0.0"}}\n'
    return {"app/index.js": "\n".join(lines) + "\n", "package.json": manifest}


def go_main(routed: list[str]) -> dict[str, str]:
    """Return what makes a folder of files a service."""
    lines = [
        "package app",
        "",
        'import "github.com/gin-gonic/gin"',
        "",
        "func Run() {",
        "\tr := gin.Default()",
    ]
    lines += [f'\tMount{n.title().replace("_", "")}(r.Group("/{n}"))' for n in routed]
    manifest = "module example.com/service\n\ngo 1.22\n\nrequire github.com/gin-gonic/gin v1.10.0\n"
    return {"app/run.go": "\n".join([*lines, "\tr.Run()", "}", ""]), "go.mod": manifest}


def java_main(routed: list[str]) -> dict[str, str]:
    """Return what makes a folder of classes a service."""
    manifest = (
        "<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>service</artifactId>"
        "<version>1</version><dependencies><dependency><groupId>org.springframework.boot</groupId>"
        "<artifactId>spring-boot-starter-web</artifactId><version>3.3.0</version></dependency></dependencies></project>\n"
    )
    return {"pom.xml": manifest}


def rust_main(routed: list[str]) -> dict[str, str]:
    """Return what makes a folder of modules a service."""
    lines = [*(f"mod {n};" for n in routed), "use actix_web::{App, HttpServer};", "", "#[actix_web::main]",
             "async fn main() -> std::io::Result<()> {", "    HttpServer::new(|| App::new()"]  # fmt: skip
    lines += [f"        .configure({n}::routes)" for n in routed]
    lines += ['    ).bind("0.0.0.0:8080")?.run().await', "}"]
    head = '[package]\nname = "service"\nversion = "0.1.0"\nedition = "2021"\n'
    manifest = head + '\n[dependencies]\nactix-web = "4"\n'
    return {"src/main.rs": "\n".join(lines) + "\n", "Cargo.toml": manifest}


KINDS: list[tuple[str, str, Maker, Maker, Callable[[list[str]], dict[str, str]]]] = [
    ("app/", ".py", python_plain, python_routed, python_main),
    ("app/", ".js", script_plain, script_routed, script_main),
    ("app/", ".go", go_plain, go_routed, go_main),
    ("src/main/java/app/", ".java", java_plain, java_routed, java_main),
    ("src/", ".rs", rust_plain, rust_routed, rust_main),
]


def service(number: int, count: int, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield the path and text of every file of a service."""
    folder, suffix, plain, routed, main = KINDS[number % len(KINDS)]
    names = [f"part_{i}" for i in range(count)]
    with_routes = [n for n in names if rng.random() < ROUTED] or names[:1]
    for name in names:
        make = routed if name in with_routes else plain
        stem = name.title().replace("_", "") if suffix == ".java" else name
        yield f"{folder}{stem}{suffix}", make(name, rng)
    yield from main(with_routes).items()


def generate(root: Path, files: int, seed: int = 1) -> int:
    """Write a monorepo of about ``files`` source files; return how many endpoints it serves."""
    rng = random.Random(seed)
    endpoints = 0
    for number in range(max(1, files // PER_SERVICE)):
        for path, text in service(number, min(files, PER_SERVICE), rng):
            target = root / f"services/s{number:05}" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
            endpoints += 5 * any(
                m in text
                for m in (
                    "APIRouter(",
                    " = Router()",
                    "gin.RouterGroup",
                    "@RestController",
                    "ServiceConfig",
                )
            )
    return endpoints


if __name__ == "__main__":
    made = generate(
        Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1
    )
    print(f"{made} endpoints")

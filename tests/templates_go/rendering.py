"""From a context to Go files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from apimod.codemods import Codemod, library, load_codemod
from apimod.languages.buffer import ImportNeed
from apimod.planning import output
from apimod.planning.identifiers import used_names
from apimod.planning.tools import tools_of
from apimod.render import environment, evaluate, render
from templates_go.contexts import MODULE

ROOT = Path(__file__).resolve().parents[2]
UNITS = {
    "database": "gorm", "model": "gorm", "schema": "validator", "repository": "gorm",
    "service": "gin", "routes": "gin", "migration": "golang-migrate", "test": "go-testing",
}  # fmt: skip
STORE = "create-rest/repository/_gorm.j2"
TOOLS = tools_of("go")


def codemod() -> Codemod:
    """Return the codemod whose templates are tried."""
    return load_codemod(ROOT / "codemods" / "create-rest")


def files(values: dict[str, Any], units: dict[str, str] | None = None) -> dict[str, str]:
    """Return the files that the roles of a context make, formatted where gofmt is there."""
    chosen = {**UNITS, **(units or {})}
    env = environment(ROOT, TOOLS.literal)
    store = env.get_template(STORE)
    values = {**values, "store": store.make_module(values)}
    stored = library(ROOT / "codemods", STORE)
    made = codemod()
    bodies: dict[str, list[str]] = {}
    offers: dict[str, list[ImportNeed]] = {}
    for role in made.roles:
        if values["roles"].get(role.name) is None:
            continue
        for template in made.of(role.name, chosen[role.name]):
            if not template.front.to or _refused(env, template.front.when, values, template.name):
                continue
            path = evaluate(env, template.front.to, values, template.name)
            bodies.setdefault(path, []).append(render(env, template, values).strip("\n"))
            offers.setdefault(path, []).extend(
                ImportNeed(spec.module, None, spec.alias or None)
                for spec in (*template.front.imports, *stored.imports)
            )
    return {path: _whole(path, bodies[path], offers[path], values) for path in bodies}


def _refused(env: Any, when: str, values: dict[str, Any], where: str) -> bool:
    return bool(when) and not evaluate(env, when, values, where)


def _whole(
    path: str, bodies: list[str], offered: Iterable[ImportNeed], values: dict[str, Any]
) -> str:
    text = "\n\n".join(body for body in bodies if body.strip())
    if not path.endswith(".go"):
        return text + "\n"
    role = next(
        r
        for r in values["roles"].values()
        if r is not None and path in (r.path, r.support, r.hasher)
    )
    others = [
        ImportNeed(r.module)
        for r in values["roles"].values()
        if r is not None and r.module not in ("", role.module)
    ]
    taught = [n for s in output.snippets([values["conv"], values["ops"]]) for n in s.imports]
    needs = _needed(text, [*others, *taught, *offered])
    whole = output.go_header(role.package, needs, MODULE) + text + "\n"
    return output.format_go(whole)


def _needed(text: str, offered: Iterable[ImportNeed]) -> list[ImportNeed]:
    used = used_names(TOOLS.syntax, text)
    found: dict[str, ImportNeed] = {}
    for need in offered:
        last = re.sub(r"/v\d+$", "", need.module).rsplit("/", 1)[-1]
        name = need.alias or last
        if name in used and re.search(rf"(?<![\w.\"]){name}\.", text):
            found.setdefault(name, need)
    return list(found.values())

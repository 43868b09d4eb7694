"""From a context to Rust files."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from apimod.codemods import Codemod, ImportSpec, library, load_codemod
from apimod.languages.buffer import ImportNeed
from apimod.languages.identifiers import RUST
from apimod.planning import output
from apimod.render import environment, evaluate, render
from templates_rust.contexts import SUPPORT, Shape, context

ROOT = Path(__file__).resolve().parents[2]
SHARED = (
    "ValidJson", "ValidQuery", "FieldErrors", "Sort", "Text", "present", "as_text", "as_optional_text",
    "web_address", "describe_fields", "ApiError", "hash_secret",
)  # fmt: skip
"""What the file for shared helpers defines."""


def codemod() -> Codemod:
    """Return the codemod whose templates are tried."""
    return load_codemod(ROOT / "codemods" / "create-rest")


def literal(value: object) -> str:
    """Return a value as a literal of the language."""
    if isinstance(value, bool):
        return RUST.truth[0] if value else RUST.truth[1]
    return str(value) if isinstance(value, int | float) else RUST.literal(str(value))


def files(shape: Shape) -> dict[str, str]:
    """Return the files that the roles of a context make, formatted."""
    units = {
        "model": shape.orm, "schema": shape.validator, "repository": shape.orm, "routes": "actix-web",
        "migration": "diesel-migrations" if shape.orm == "diesel" else "sqlx-migrate",
    }  # fmt: skip
    env = environment(ROOT, literal)
    values = context(shape)
    ports = {"store": f"repository/_{shape.orm}.j2", "checker": f"schema/_{shape.validator}.j2"}
    values["docs"] = None
    if shape.docs:
        ports = {"docs": f"docs/_{shape.docs}.j2", **ports}
    own: list[ImportSpec] = []
    for name, path in ports.items():
        values[name] = env.get_template(f"create-rest/{path}").make_module(values)
        own += library(ROOT / "codemods", f"create-rest/{path}").imports
    bodies: dict[str, list[str]] = {}
    offers: dict[str, list[ImportNeed]] = {}
    made = codemod()
    for role in made.roles:
        if values["roles"].get(role.name) is None or role.name not in units:
            continue
        for template in made.of(role.name, units[role.name]):
            where = template.name
            if (
                template.front.when
                and not evaluate(env, template.front.when, values, where).strip()
            ):
                continue
            path = evaluate(env, template.front.to, values, where)
            bodies.setdefault(path, []).append(render(env, template, values).strip("\n"))
            offers.setdefault(path, []).extend(map(_need, (*template.front.imports, *own)))
    return {path: _whole(path, bodies[path], offers[path], values) for path in bodies}


def _need(spec: ImportSpec) -> ImportNeed:
    return ImportNeed(spec.module, spec.name or None, spec.alias or None, member=spec.member)


def _whole(path: str, bodies: list[str], offered: list[ImportNeed], values: dict[str, Any]) -> str:
    text = "\n\n".join(body for body in bodies if body.strip())
    if not path.endswith(".rs"):
        return text + "\n"
    shared = [ImportNeed("crate::extract", name) for name in SHARED if path != SUPPORT]
    others = [
        ImportNeed(role.module, name)
        for role in values["roles"].values()
        if role is not None and role.module and role.path != path and role.qualifier is None
        for key, name in role.symbols.items()
        if key != "table"
    ]
    model = values["roles"]["model"]
    enums = [
        ImportNeed(model.module, f.enum) for f in values["fields"] if f.enum and model.path != path
    ]
    enums += (
        [ImportNeed(model.module, f"{model.symbols['model']}SortKey")] if model.path != path else []
    )
    taught = [
        n
        for s in output.snippets([values["conv"], values["ops"], dict(values["roles"])])
        for n in s.imports
    ]
    return formatted(_uses([*taught, *others, *enums, *offered, *shared], text) + text + "\n")


def _uses(offered: Iterable[ImportNeed], text: str) -> str:
    plain = re.sub(r"//[^\n]*", "", text)
    plain = re.sub(r'"(?:\\.|[^"\\])*"', '""', plain, flags=re.S)
    lines = {}
    for need in offered:
        name = need.alias or need.name or need.module.rpartition("::")[2]
        used = rf"\.{need.member}\(" if need.member else rf"(?<![\w.:]){name}\b(?!!)"
        if (
            name not in lines
            and re.search(used, plain)
            and not re.search(rf"^(?:pub )?(?:struct|enum|async fn|fn|type) {name}\b", plain, re.M)
        ):
            alias = f" as {need.alias}" if need.alias else ""
            lines[name] = f"use {need.module}{'::' + need.name if need.name else ''}{alias};\n"
    return "".join(sorted(lines.values())) + "\n"


def formatted(text: str) -> str:
    """Return the text as rustfmt leaves it."""
    argv = ["rustfmt", "--edition", "2021", "--emit", "stdout", "--quiet"]
    done = subprocess.run(argv, input=text, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else text + "\n// " + done.stderr

"""Renders every role of a scenario into files, as the engine does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apimod.codemods import Codemod, Template, library, load_codemod
from apimod.languages.buffer import ImportNeed
from apimod.languages.python_edit import PYTHON
from apimod.planning import output
from apimod.planning.identifiers import used_names
from apimod.planning.tools import tools_of
from apimod.render import environment, evaluate, render
from templates_python.context import context
from templates_python.scenario import Scenario

if TYPE_CHECKING:
    from jinja2 import Environment

ROOT = Path(__file__).resolve().parents[2]
UNITS = {
    "database": "sqlalchemy", "service": "fastapi", "routes": "fastapi", "migration": "alembic",
    "test": "pytest", "auth": "pyjwt",
}  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """What is added to one file: its imports and its body."""

    header: str
    body: str

    @property
    def whole(self) -> str:
        """The file that has nothing else."""
        doc = re.match(r'''"""[^"]*"""\n''', self.body)
        end = doc.end() if doc else 0
        return f"{self.body[:end]}\n{self.header}\n\n\n{self.body[end:]}\n"


def rendered(scenario: Scenario) -> dict[str, Piece]:
    """Return what the templates add, by path; not formatted."""
    values = context(scenario)
    env = _environment()
    store = f"create-rest/repository/_{scenario.orm}.j2"
    values["store"] = env.get_template(store).make_module(values)
    needs = [
        ImportNeed(i.module, i.name or None, i.alias or None)
        for i in library(ROOT / "codemods", store).imports
    ]
    outputs: dict[str, output.Output] = {}
    for template in _templates(scenario, values):
        if template.front.when and not evaluate(env, template.front.when, values, template.name):
            continue
        path = evaluate(env, template.front.to, values, template.name)
        body = render(env, template, values)
        offered = [
            *output.offered_by_roles(values["roles"], path),
            *(
                n
                for s in output.snippets([values["conv"], values["ops"], values["roles"]])
                for n in s.imports
            ),
            *(
                n
                for f in values["fields"]
                if f.target
                for n in [ImportNeed(f.target.module, f.target.model)]
            ),
            *(
                ImportNeed(i.module, i.name or None, i.alias or None)
                for i in template.front.imports
            ),
            *needs,
        ]
        outputs.setdefault(path, output.Output(path)).add(body, offered, "")
    return {path: Piece(_header(out, path), out.text) for path, out in outputs.items()}


@cache
def _environment() -> Environment:
    return environment(ROOT, tools_of("python").literal)


@cache
def _codemod() -> Codemod:
    return load_codemod(ROOT / "codemods" / "create-rest")


def _templates(scenario: Scenario, values: dict[str, Any]) -> list[Template]:
    codemod = _codemod()
    units = {**UNITS, "model": scenario.orm, "repository": scenario.orm}
    units["schema"] = "sqlmodel" if scenario.orm == "sqlmodel" else "pydantic"
    return [
        template
        for role in codemod.roles
        if values["roles"].get(role.name) is not None
        for template in codemod.of(role.name, units.get(role.name, ""))
        if template.front.to
    ]


def _header(out: output.Output, path: str) -> str:
    module = path.removesuffix(".py").replace("/", ".")
    used = used_names(PYTHON, out.text)
    needs = output.needed([n for n in out.offered if n.module != module], used)
    return output.python_header(needs)


def formatted(text: str, path: Path) -> str:
    """Return a new file as the engine leaves it; ``path`` finds the formatter's settings."""
    ruff = shutil.which(
        "ruff", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    )
    assert ruff is not None
    named = ["--no-cache", "--quiet", "--stdin-filename", str(path), "-"]
    fix = [ruff, "check", "--select", "I,UP007,UP045,F401", "--fix", "--exit-zero", *named]
    for command in (fix, [ruff, "format", *named]):
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{path}: {done.stderr}\n{text}"
        text = done.stdout
    return text

"""The pack that comes with the program is whole: nothing in it is unread, unknown or misplaced."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apimod.cli.call import AUTH
from apimod.codemods import Codemod, Template, load_codemods
from apimod.errors import PackError
from apimod.languages import known_languages
from apimod.pack import INHERITS, builtin_root, load_pack
from apimod.render import check, environment

PACK = load_pack(builtin_root())
CODEMODS = load_codemods(PACK.root)
TEMPLATES = [(codemod, template) for codemod in CODEMODS.values() for template in codemod.templates]
NAMES = {
    "resource", "fields", "ops", "roles", "conv", "project", "migration", "router", "store",
    "docs", "checker", "on", "registered", "mounted_at", "group", "handlers",
}  # fmt: skip
"""The variables of a template; ``docs/templates.md`` describes them."""

QUERIED = [unit for unit in PACK.units if unit.query]
LANGUAGES = {unit.language for unit in PACK.units}


def test_every_query_is_read() -> None:
    used = {unit.query_file for unit in QUERIED}
    used |= {f"queries/{name}/{unit.name}.scm" for unit in PACK.units for name in unit.dialects}
    for file in (PACK.root / "queries").rglob("*.scm"):
        for found in INHERITS.finditer(file.read_text("utf-8")):
            parents = re.split(r"[\s,]+", found[1])
            used |= {f"queries/{file.parent.name}/{parent}.scm" for parent in parents}
    files = (PACK.root / "queries").rglob("*.scm")
    assert {file.relative_to(PACK.root).as_posix() for file in files} == used


def test_every_framework_has_a_query() -> None:
    assert [unit.name for unit in PACK.of("framework") if not unit.query] == []


def test_a_matcher_is_of_a_language_that_is_read() -> None:
    for unit in PACK.units:
        assert unit.language in {*known_languages(), "any"}, unit.file


@pytest.mark.parametrize("name", CODEMODS)
def test_every_template_parses_and_knows_its_names(name: str) -> None:
    check(environment(PACK.root, repr), CODEMODS[name], NAMES)


@pytest.mark.parametrize("name", CODEMODS)
def test_every_library_of_macros_parses(name: str) -> None:
    env = environment(PACK.root, repr)
    for file in CODEMODS[name].root.rglob("_*.j2"):
        env.get_template(file.relative_to(PACK.root / "codemods").as_posix())


@pytest.mark.parametrize("name", CODEMODS)
def test_every_folder_is_a_role(name: str) -> None:
    folders = {f.parent.name for f in CODEMODS[name].root.rglob("*.j2") if f.name[0] != "_"}
    assert folders <= {role.name for role in CODEMODS[name].roles}


@pytest.mark.parametrize(("codemod", "template"), TEMPLATES, ids=[t.name for _, t in TEMPLATES])
def test_a_template_is_for_a_unit_of_its_roles_kind(codemod: Codemod, template: Template) -> None:
    if template.unit in AUTH:
        return  # a way of authentication that needs no library
    unit = PACK.by_name[template.unit]
    kinds = {unit.kind, *(row.get("kind") for row in unit.table("detect").get("also", ()))}
    if codemod.role(template.role).kind == "validator":
        kinds |= {"validator"} if unit.kind == "orm" else set()  # an ORM may be one as well
    assert codemod.role(template.role).kind in kinds


@pytest.mark.parametrize(("codemod", "template"), TEMPLATES, ids=[t.name for _, t in TEMPLATES])
def test_a_template_says_where_it_lands(codemod: Codemod, template: Template) -> None:
    into_block = bool(template.front.of)  # a block of the file that `to` names
    assert into_block or bool(template.front.to) != bool(template.front.into)


STANDS_ON = {
    "create-rest/routes/gin.support.j2": {"validator"},  # the framework's own binding is made of it
    "create-rest/routes/gin.support-query.j2": {"validator"},
    "create-rest/routes/actix-web.hasher.j2": {"rust-argon2"},  # as in gin.hasher
    "create-rest/routes/gin.hasher.j2": {"go-argon2"},  # the hasher where a project has none
    "create-rest/database/sqlalchemy.j2": {"fastapi"},  # the session is given by its injector
    "create-rest/auth/api-key.j2": {"fastapi"},
    "create-rest/auth/pyjwt.j2": {"fastapi"},
    "create-rest/auth/api-key.gin.j2": {"gin"},  # a check of callers is one of its handlers
    "create-rest/auth/golang-jwt.j2": {"gin"},
    "create-rest/migration/alembic.j2": {"sqlalchemy"},  # what its revisions are written in
    "create-rest/routes/spring-boot.j2": {"hibernate-validator"},  # its own way to ask for it
    "create-rest/service/spring-boot.hasher.j2": {"spring-security"},  # where there is none yet
    "create-rest/test/spring-boot-test.j2": {"spring-boot"},  # a part of it
    "create-rest/test/cargo-test.j2": {"actix-web"},  # the service under test is the framework's
    "create-rest/test/pytest.j2": {"fastapi", "sqlalchemy"},  # the project's own client and session
}
"""Templates that name a library of another kind, and why."""


def foreign(codemod: Codemod, template: Template) -> set[str]:
    """Return the units of another kind than the template's whose packages it imports."""
    unit = PACK.by_name.get(template.unit)
    kinds = {codemod.role(template.role).kind, "test", *([unit.kind] if unit else ())}
    kinds |= {"database"} if "orm" in kinds else set()
    head = (PACK.root / "codemods" / template.name).read_text("utf-8").split("\n---\n")[0]
    modules = re.findall(r"^  ([\w./-]+):", head, re.MULTILINE)
    named = [PACK.by_name[n] for n in template.name.split("/")[-1].split(".") if n in PACK.by_name]
    languages = {each.language for each in named} & (LANGUAGES - {"any"}) or LANGUAGES
    return {
        unit.name
        for unit in PACK.units
        for package in unit.names("detect", "imports")
        for module in modules
        if unit.kind not in kinds
        and unit.language in languages
        and (unit.language != "go" or "." in package.partition("/")[0])
        and re.match(rf"{re.escape(package)}(?![\w-])", module)
    }


@pytest.mark.parametrize(("codemod", "template"), TEMPLATES, ids=[t.name for _, t in TEMPLATES])
def test_a_template_names_no_library_of_another_kind(codemod: Codemod, template: Template) -> None:
    assert foreign(codemod, template) <= STANDS_ON.get(template.name, set())


def test_a_template_that_uses_an_unknown_name_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "codemods" / "make" / "routes"
    folder.mkdir(parents=True)
    (folder.parent / "codemod.toml").write_text(
        'title = "t"\ndescription = "d"\nprotocol = "rest"\noperations = ["list"]\n'
        '[roles.routes]\nkind = "framework"\nwhen = "always"\n'
    )
    (folder / "acme.j2").write_text('---\nto: "x"\n---\n{{ resuorce.singular.snake }}\n')
    (codemod,) = load_codemods(tmp_path).values()
    with pytest.raises(PackError, match="resuorce"):
        check(environment(tmp_path, repr), codemod, NAMES)

"""Which roles exist here, by which units, in which files, and on which router the routes hang."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from apimod.conventions.handlers import CARRIED
from apimod.errors import Refused
from apimod.languages.forms import Imported
from apimod.migrations import Chain, next_migration
from apimod.planning.existing import model_role
from apimod.planning.output import snippets
from apimod.planning.resource import check_language
from apimod.planning.roles import Naming, folder_of, module_of
from apimod.planning.routers import RouterView
from apimod.views import Case, RoleView, Symbols

if TYPE_CHECKING:
    from apimod.codemods import Role
    from apimod.pack import Unit
    from apimod.planning.builder import Builder


@dataclass
class Placing:
    """Where everything lands."""

    units: dict[str, str]
    """The unit that serves each role."""
    roles: dict[str, RoleView | None] = field(default_factory=dict)
    router: RouterView = field(default_factory=RouterView)
    migration: Chain | None = None
    store: str = ""
    """The template with the store's macros."""
    ports: dict[str, str] = field(default_factory=dict)
    """The templates with the macros of the codemod's ports, by the ports' names."""
    relative: bool = False
    width: int = 88
    home: str = ""

    @property
    def routes(self) -> RoleView:
        """The role that holds the handlers."""
        found = self.roles["routes"]
        assert found is not None
        return found

    def handler_name(self, op: str) -> str:
        """Return the handler's name."""
        return self.routes.symbols[op]

    def route_path(self, url: str) -> str:
        """Return a URL as it is written on the router."""
        return self.router.relative(url)


def place_roles(builder: Builder) -> Placing:
    """Decide units, roles, files and router."""
    units = choose_units(builder)
    check_language(builder)
    builder.way.check_database(builder, units["model"])
    wanted = [r for r in builder.codemod.roles if _exists(builder, r, units)]
    home = _home(builder)
    naming = Naming(
        Case(builder.request.resource.singular, builder.tools.identifiers.initialisms),
        Case(builder.request.resource.plural, builder.tools.identifiers.initialisms),
        builder.tools.identifiers,
        builder.words,
    )
    code_roles = [r.name for r in wanted if r.name not in ("migration", "test", "database", "auth")]
    defaults = {name: default_path(builder, name) for name in code_roles}
    roles: dict[str, RoleView | None] = dict(builder.way.roles(builder, defaults, naming, home))
    placing = Placing({name: units[name] for name in units}, roles, home=home)
    for role in wanted:
        if role.name in ("test", "database", "auth"):
            roles[role.name] = builder.way.role_beside(
                builder, role.name, units[role.name], roles["routes"], naming, home
            )
    if builder.existing is not None:
        roles["model"] = model_role(builder, builder.existing)
        wanted = [r for r in wanted if r.name != "migration"]
    _check_store(builder, placing)
    _tell_migrations(builder)
    if any(r.name == "migration" for r in wanted):
        placing.migration = _migration(builder, units["migration"])
        if placing.migration is not None:
            roles["migration"] = RoleView("migration", placing.migration.path, "")
    orm = units.get("model", "")
    model = roles.get("model")
    if model is not None:
        if not model.exists:
            model.symbols["table"] = _table(builder, model.symbols["model"])
        schema = roles.get("schema")
        for key in ("create", "update", "read"):
            if schema is not None and schema.symbols.get(key) == model.symbols["model"]:
                schema.symbols[key] = model.symbols["model"] + key.capitalize()
    store = f"{builder.codemod.name}/repository/_{orm}.j2"
    if (builder.codemod.root / "repository" / f"_{orm}.j2").is_file():
        placing.store = store
    placing.ports = _ports(builder, units)
    placing.relative = _relative(builder)
    placing.width = _width(builder)
    placing.router = builder.way.router(builder, home)
    return placing


def _ports(builder: Builder, units: dict[str, str]) -> dict[str, str]:
    """Return the library of macros for each port that a unit in use has one for."""
    out: dict[str, str] = {}
    for name, folder in builder.codemod.ports:
        used = [f.unit for f in builder.stack.facts if f.kind == folder]
        for unit in [units[folder]] if folder in units else used:
            if unit and (builder.codemod.root / folder / f"_{unit}.j2").is_file():
                out.setdefault(name, f"{builder.codemod.name}/{folder}/_{unit}.j2")
    return out


def _tell_migrations(builder: Builder) -> None:
    """Tell of a tool for migrations that is in use and has no template: a person has to write one."""
    served = builder.codemod.units("migration")
    used = [f.unit for f in builder.stack.facts if f.kind == "migration"]
    if used and builder.stores and not set(used) & set(served):
        builder.notes.append(
            f"{used[0]} keeps the tables here, and there are no templates for its migrations: write "
            "the one for the new table by hand"
        )


def _check_store(builder: Builder, placing: Placing) -> None:
    """Refuse where an ORM is in use and it is not seen how: by what base, by what session."""
    if placing.roles.get("database") is not None or placing.roles.get("model") is None:
        return
    orm = builder.pack.by_name[placing.units["model"]]
    builder.way.check_session(builder, placing, orm)


def check_session(builder: Builder, placing: Placing, orm: Unit) -> None:
    """Refuse where it is not seen by what base models are declared, or what session is given."""
    taught = builder.lesson.conventions
    if not orm.names("origin", "model"):
        return
    needs_base = not orm.table("conventions").get("model_mark")
    layered = placing.roles.get("service") or placing.roles.get("repository")
    lacking = "declares its models" if needs_base and taught.model.base is None else ""
    if not lacking and taught.session.param is None and layered is None:
        lacking = "is given a session"
    if lacking:
        place = next(
            (e for f in builder.stack.facts if f.unit == orm.name for e in f.evidence), None
        )
        raise Refused(
            f"{orm.name} is in use, and it is not clear how this project {lacking}",
            where=f"{place.file}:{place.line}" if place else "",
            advice="follow a resource that shows it, with --like",
            flag="--like",
        )


def _table(builder: Builder, model: str) -> str:
    """Return the new table's name: in the siblings' number, or as the unit derives it."""
    style = builder.lesson.conventions.model
    if builder.sibling is not None and not style.explicit_table and builder.lesson.model:
        fact = builder.study.model_fact(builder.lesson.model)
        implied = fact.unit.table("conventions").get("implied_table", "") if fact else ""
        if implied == "flat":
            return model.lower()
    resource = builder.request.resource
    return resource.plural if style.plural_table else resource.singular


def choose_units(builder: Builder) -> dict[str, str]:
    """Return the unit that serves each role. Raises Refused for one that no template serves."""
    defaults = builder.pack.by_name[builder.request.framework].table("roles").get("units", {})
    out: dict[str, str] = {}
    for role in builder.codemod.roles:
        served = builder.codemod.units(role.name)
        if role.when == "asked":
            out[role.name] = _auth_unit(builder)
            continue
        if role.kind == "framework":
            out[role.name] = builder.request.framework
            continue
        used = [f.unit for f in builder.stack.facts if f.kind == role.kind]
        if role.kind == "orm" and builder.request.orm:
            used = [builder.request.orm]
        fitting = [u for u in used if u in served]
        if fitting:
            out[role.name] = fitting[0]
        elif used and role.kind == "orm" and role.name == "model":
            known = [u for u in served if _language(builder, u)]
            raise Refused(
                f"there are no templates for {used[0]}, which this project keeps its data with",
                advice=f"--orm takes one of {', '.join(known)}, and gives the new resource a database "
                "of its own",
                flag="--orm",
            )
        else:
            out[role.name] = str(defaults.get(role.kind, ""))
            _check_served(builder, role, out[role.name])
    return out


def _check_served(builder: Builder, role: Role, unit: str) -> None:
    """Refuse where a role that is always needed has no template for what would serve it."""
    if role.when != "always" or not unit or unit in builder.codemod.units(role.name):
        return
    known = [u for u in builder.codemod.units(role.name) if _language(builder, u)]
    what = "keeps data" if role.kind == "orm" else "checks input"
    raise Refused(
        f"nothing that this project uses {what} in a way that there are templates for",
        advice=f"there are templates for {', '.join(known)}: set one of them up, then apply again",
        flag="--orm" if role.kind == "orm" else "",
    )


def _auth_unit(builder: Builder) -> str:
    """Return the unit that --auth names; ``""`` without it. Raises Refused."""
    asked = builder.request.auth
    if not asked:
        return ""
    guarded = next((s for s in builder.graph.served if s.endpoint.auth), None)
    if guarded is not None:
        raise Refused(
            "the project checks its callers already, and new endpoints use what it has",
            where=f"{guarded.endpoint.file}:{guarded.endpoint.line}",
            advice="leave --auth out",
            flag="--auth",
        )
    framework = builder.pack.by_name[builder.request.framework]
    known = framework.table("roles").get("auth", {})
    if asked not in known:
        raise Refused(
            f"there are no templates for --auth {asked} with {framework.name}",
            advice=f"it takes one of {', '.join(known)}" if known else "leave --auth out",
            flag="--auth",
        )
    return str(known[asked])


def _language(builder: Builder, unit: str) -> bool:
    found = builder.pack.by_name.get(unit)
    return found is not None and found.language == builder.project.language


def _exists(builder: Builder, role: Role, units: dict[str, str]) -> bool:
    if not units.get(role.name) or not builder.codemod.of(role.name, units[role.name]):
        if role.when == "always" and role.name == "model":
            raise Refused(
                f"nothing here keeps data by a library that there are templates for, and there are "
                f"none yet to bring {units.get(role.name) or 'one'}",
                advice="--orm takes a library that the project uses",
                flag="--orm",
            )
        return False
    used = {f.unit for f in builder.stack.facts}
    orm_used = builder.stores
    match role.when:
        case "sibling":
            framework = builder.pack.by_name[builder.request.framework]
            always = role.name in framework.names("roles", "always")
            return always or role.name in builder.lesson.parts
        case "in-use":
            return units[role.name] in used and (role.kind != "migration" or orm_used)
        case "asked":
            return True
        case "missing":
            return not orm_used if role.kind == "orm" else True
    return True


def _home(builder: Builder) -> str:
    """Return the one file for everything new, where the siblings stand beside the entrypoint."""
    part = builder.lesson.parts.get("routes")
    if part is None or builder.way.one_class_a_file:
        return builder.way.lone_home(builder)
    roots = {n.at.source.path for n in builder.graph.routers if n.is_root}
    if part.path not in roots:
        return ""
    if _needs_module(builder, part.path):
        return part.path
    plural = builder.tools.identifiers.file_stem(builder.request.resource.plural)
    return f"{folder_of(part.path)}{plural}{builder.tools.suffix}"


def _needs_module(builder: Builder, entry: str) -> bool:
    """Tell whether new code needs what the entrypoint's file defines.

    Where each file is a module, one that the entrypoint imports cannot import it in turn.
    """
    if not builder.tools.marker:
        return False
    lesson, module = builder.lesson, module_of(builder.study, entry)
    given = [p.text for ps in lesson.parameters.values() for p in ps if p.role in CARRIED]
    taught = snippets([lesson.conventions, given])
    return any(need.module == module for one in taught for need in one.imports)


def default_path(builder: Builder, role: str) -> str:
    """Return where a role lands where no sibling shows it: the framework's documented layout."""
    framework = builder.pack.by_name[builder.request.framework]
    patterns = framework.table("roles").get("paths", {})
    roots = [n for n in builder.graph.routers if n.is_root and n.unit == framework.name]
    home = folder_of(roots[0].at.source.path) if roots else builder.project.prefix
    home = builder.way.home_folder(builder, home)
    pattern = str(patterns.get(role, "{home}{plural}" + builder.tools.suffix))
    return _in_known_folder(builder, role, home, pattern).format(
        home=home,
        project=builder.project.prefix,
        suffix=builder.tools.suffix,
        **builder.way.file_words(builder),
    )


def _in_known_folder(builder: Builder, role: str, home: str, pattern: str) -> str:
    """Return the pattern with a folder that is there and that the role's words name."""
    folder, _, name = pattern.rpartition("/")
    words = builder.codemod.role(role).words
    if not folder or builder.graph.code.has_folder(
        (home + folder.removeprefix("{home}")).strip("/")
    ):
        return pattern
    for path in builder.study.paths:
        parts = path.removeprefix(home).split("/") if path.startswith(home) else []
        if len(parts) == 2 and parts[0] in words:
            return f"{{home}}{parts[0]}/{name}"
    return pattern


def role_beside(builder: Builder, role: str, naming: Naming) -> RoleView:
    """Return the role of tests, of a new database or of a new check, which no layer shows."""
    path = default_path(builder, role)
    like = ""
    source = builder.lesson.test_file
    if role == "test" and source is not None and naming.renamer is not None:
        stem = PurePosixPath(source.path)
        like = source.path
        if naming.renamer.mentions(stem.stem):
            path = str(stem.with_name(naming.renamer.identifier(stem.stem) + stem.suffix))
        else:
            path = str(stem.with_name(PurePosixPath(path).name))
    symbols: dict[str, str] = {}
    if role == "database":
        orm = builder.pack.by_name[choose_units(builder)["database"]]
        symbols = orm.table("roles").get("symbols", {}).get("database", {})
    if role == "auth":
        framework = builder.pack.by_name[builder.request.framework]
        symbols = framework.table("roles").get("symbols", {}).get("auth", {})
    return RoleView(role, path, module_of(builder.study, path), like=like, symbols=Symbols(symbols))


def _migration(builder: Builder, unit: str) -> Chain | None:
    table: dict[str, Any] = builder.pack.by_name[unit].table("migration")
    name = f"create_{builder.request.resource.plural}"
    files = builder.project.files
    if table.get("deep"):
        name = _described(builder, table, name)
    return next_migration(table, builder.project.prefix, files, builder.space.read, name)


def _described(builder: Builder, table: dict[str, Any], default: str) -> str:
    """Return what a migration's name says it does, as the sibling's does: ``create_users_table``."""
    words, suffix = builder.words, str(table["suffix"])
    for file in builder.project.files if words is not None else ():
        stem = PurePosixPath(file).name
        matched = re.match(str(table["named"]), stem)
        if matched is None or words is None or not file.endswith(suffix):
            continue
        rest = stem[matched.end() :].removesuffix(suffix)
        if words.mentions(rest) and re.match(r"(?i)create(?![a-z])", rest):
            return words.identifier(rest)
    return default


def _relative(builder: Builder) -> bool:
    part = builder.lesson.parts.get("routes")
    if part is None:
        return False
    found = builder.graph.code.scopes(part.source).module.names.values()
    own = [b for bindings in found for b in bindings if isinstance(b, Imported)]
    return any(b.module.startswith(".") for b in own)


def _width(builder: Builder) -> int:
    """Return the project's line length, as its formatter's settings say it."""
    for name in ("pyproject.toml", "ruff.toml", ".ruff.toml", "setup.cfg"):
        text = builder.project.text(f"{builder.project.prefix}{name}")
        found = re.search(
            r"^[ \t]*(?:line[-_]length|max[-_]line[-_]length)\s*=\s*(\d+)", text, re.M
        )
        if found:
            return int(found[1])
    return 88

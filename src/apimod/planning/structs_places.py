"""Where things go and whether they may, where roles are structs: folders, databases, tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.errors import Refused
from apimod.planning.roles import Naming, folder_of, module_of, package_at
from apimod.views import RoleView, Symbols

if TYPE_CHECKING:
    from apimod.planning.builder import Builder
    from apimod.source import Source


def check_session(builder: Builder, orm: str) -> None:
    """Refuse where a library is in use for data, and the sibling is not seen to reach it."""
    anatomy = builder.lesson.anatomy
    if builder.lesson.conventions.session.param is not None:
        return
    if builder.sibling is not None and anatomy.session is not None:
        return
    first = next(iter(anatomy.handlers.values()), None)
    raise Refused(
        f"{orm} is in use, and it is not clear how the handlers of this project reach it",
        where=f"{first.at.source.path}:{first.at.line}" if first is not None else "",
        advice="follow a resource that shows it, with --like",
        flag="--like",
    )


def check_database(builder: Builder, orm: str) -> None:
    """Refuse where data is kept in a database, and none of the libraries that have templates does it."""
    caches = {u.name for u in builder.pack.units if u.table("conventions").get("cache")}
    stores = [d for d in builder.stack.database if d not in caches]
    if builder.stores or builder.request.orm or not stores:
        return
    evidence = [e for f in builder.stack.facts if f.unit == stores[0] for e in f.evidence]
    raise Refused(
        f"this project keeps its data in {stores[0]} by means that there are no templates for",
        where=f"{evidence[0].file}:{evidence[0].line}" if evidence else "",
        advice=f"--orm {orm} keeps the new resource's rows in a database of their own",
        flag="--orm",
    )


def known_folder(builder: Builder, role: str) -> str:
    """Return the project's own folder for a role: the topmost that the role's words name."""
    words = builder.codemod.role(role).words
    folders = {p.rpartition("/")[0] for p in builder.study.paths if "/" in p}
    found = [f for f in folders if f.rpartition("/")[2] in words]
    if role == "routes":
        held = {h.source.path.rpartition("/")[0] for s in builder.graph.served if (h := s.handler)}
        roots = {n.at.source.path.rpartition("/")[0] for n in builder.graph.routers}
        plain = [f for f in found if f not in roots]
        found = [f for f in plain if f in held] or plain
    return min(found, key=lambda f: (f.count("/"), f), default="")


def home_folder(builder: Builder, root: str) -> str:
    """Return the folder that the layers' folders stand in; ``root`` is that of the first router.

    A layer that is there shows it. Else it is above the package that makes the router, and for a
    program below ``cmd`` beside that.
    """
    for role in ("routes", "model", "service", "repository"):
        known = known_folder(builder, role)
        if known:
            return folder_of(known)
    prefix = builder.project.prefix
    inner = root.removeprefix(prefix).strip("/").split("/")
    internal = f"{prefix}internal"
    if "cmd" in inner[:-1]:
        return f"{internal}/" if builder.graph.code.has_folder(internal) else prefix
    paths = [p for p in builder.study.paths if folder_of(p) == root]
    if paths and package_at(builder.study, paths[0]) != "main" and root != prefix:
        return folder_of(root.rstrip("/"))
    return root


def lone_home(builder: Builder) -> str:
    """Return the one file for everything new, where all that there is stands beside the entrypoint."""
    roots = [n for n in builder.graph.routers if n.is_root]
    path = roots[0].at.source.path if roots else ""
    folder = path.rpartition("/")[0]
    if not roots or package_at(builder.study, path) != "main":
        return ""
    words = {w for role in ("routes", "model") for w in builder.codemod.role(role).words}
    inside = [p.removeprefix(f"{folder}/" if folder else "") for p in builder.study.paths]
    if any(set(p.split("/")[:-1]) & words for p in inside):
        return ""
    name = builder.tools.identifiers.file_stem(builder.request.resource.plural)
    return f"{folder}/{name}.go" if folder else f"{name}.go"


def auth_view(builder: Builder, routes: RoleView | None, home: str, unit: str) -> RoleView | None:
    """Return the role of what checks callers: a package of its own, or a file beside the handlers."""
    from apimod.planning.placing import default_path

    if routes is None:
        return None
    path = default_path(builder, "auth")
    if home:
        path = folder_of(home) + path.rpartition("/")[2]
    framework = builder.pack.by_name[builder.request.framework]
    symbols = dict(framework.table("roles").get("symbols", {}).get("auth", {}))
    if not home:
        symbols = {key: name[:1].upper() + name[1:] for key, name in symbols.items()}
    package = routes.package if home else package_at(builder.study, path)
    library = f"{builder.codemod.name}/auth/_{unit}.j2"
    return RoleView(
        "auth",
        path,
        module_of(builder.study, path),
        package,
        symbols=Symbols(symbols),
        library=library,
    )


def database_view(builder: Builder, routes: RoleView | None, home: str) -> RoleView | None:
    """Return the role of a new database: a package of its own, or a file beside the handlers."""
    from apimod.planning.placing import choose_units, default_path

    if routes is None:
        return None
    folder = routes.path.rpartition("/")[0]
    path = default_path(builder, "database")
    if home:
        path = f"{folder}/database.go" if folder else "database.go"
    orm = builder.pack.by_name[choose_units(builder)["database"]]
    symbols = dict(orm.table("roles").get("symbols", {}).get("database", {}))
    if not home:
        symbols = {key: name[:1].upper() + name[1:] for key, name in symbols.items()}
    module = module_of(builder.study, path)
    package = routes.package if home else path.rpartition("/")[0].rpartition("/")[2]
    return RoleView("database", path, module, package, symbols=Symbols(symbols))


def test_view(
    builder: Builder, routes: RoleView | None, naming: Naming, home: str
) -> RoleView | None:
    """Return the role of the tests: in the handlers' package, beside them."""
    if routes is None:
        return None
    path = re.sub(r"\.go$", "_test.go", home or routes.path)
    return RoleView("test", path, routes.module, routes.package)


def beside(builder: Builder, test: RoleView, like: Source) -> RoleView:
    """Return the role of the tests in the package of a test file that is there."""
    folder = like.path.rpartition("/")[0]
    name = f"{builder.tools.identifiers.file_stem(builder.request.resource.singular)}_test.go"
    found = re.search(rb"^package\s+(\w+)", like.data, re.MULTILINE)
    package = found[1].decode() if found else test.package
    module = str(builder.language.module_name(builder.study.code, like))
    module += "_test" if package.endswith("_test") else ""
    path = f"{folder}/{name}" if folder else name
    return replace(test, path=path, module=module, package=package, like=like.path)

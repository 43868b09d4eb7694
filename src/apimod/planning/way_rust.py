"""Rust's way: modules of functions over typed parameters; each new file is declared by its parent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from apimod.errors import Refused
from apimod.planning.way import Way

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.manifests import Dependency
    from apimod.pack import Unit
    from apimod.planning.builder import Builder
    from apimod.planning.context import Context
    from apimod.planning.files import Files
    from apimod.planning.output import Output
    from apimod.planning.placing import Placing
    from apimod.planning.roles import Naming
    from apimod.planning.teach import Lesson
    from apimod.rename import Renamer
    from apimod.routes import Served
    from apimod.values import At
    from apimod.views import ImportNeed, RoleView, Snippet, TargetView


class RustWay(Way):
    """Modules of functions, structs and enums."""

    assumed_version = (1, 75)
    follows_handlers = False
    chains = True

    def declared_name(self, package: str) -> str:
        """Return a package's name as it is, without its features."""
        return package.partition("[")[0]

    def requirement(
        self, builder: Builder, declared: Sequence[Dependency], package: str, constraint: str
    ) -> tuple[str, str]:
        """Leave out the features that are asked for already; take what the workspace describes."""
        from apimod.manifests.cargo import INHERITED, shared

        name, _, listed = package.rstrip("]").partition("[")
        known = next((d for d in declared if d.name == name and d.group == "main"), None)
        have = known.extras if known is not None else ()
        missing = [f for f in listed.split(",") if f and f not in have]
        if known is not None:
            missing = [f for f in missing if not f.startswith("-")]
        described = shared(builder.space.root, builder.project.path).get(name)
        if known is None and described is not None:
            constraint = INHERITED
            have = (*described.extras, "-default")
            missing = [f for f in missing if f not in have]
        return (f"{name}[{','.join(missing)}]" if missing else name), constraint

    def lesson(
        self,
        study: Study,
        sibling: Sibling | None,
        words: Renamer | None,
        param: str,
        units: frozenset[str],
    ) -> Lesson:
        """Ask every question of the sibling; ``units`` are those in use."""
        from apimod.planning.teach_typed import typed_lesson

        return typed_lesson(study, sibling, words, param, units)

    def target(self, study: Study, model: At, singular: str, owner: str) -> TargetView:
        """Return what a ref points at."""
        from apimod.planning.typed_targets import typed_target

        return typed_target(study, model, singular, owner)

    def standing(self, builder: Builder, served: Served, op: str) -> tuple[Snippet, ...]:
        """Return what stands before a sibling's handler: nothing, it comes with the registration."""
        return ()

    def roles(
        self, builder: Builder, wanted: dict[str, str], naming: Naming, home: str
    ) -> dict[str, RoleView]:
        """Return the layers that exist here. ``wanted`` maps each to its default path."""
        from apimod.planning.typed_roles import typed_views

        return typed_views(builder, wanted, naming, home)

    def home_folder(self, builder: Builder, root: str) -> str:
        """Return the folder of the crate's modules."""
        from apimod.languages.rust_paths import home_of

        roots = [n.at.source.path for n in builder.graph.routers if n.is_root]
        if not roots:
            return f"{builder.project.prefix}src/"
        home = home_of(builder.language, builder.graph.code, roots[0])
        package = builder.language.package_of(builder.graph.code, roots[0])
        if package is not None and builder.graph.code.has(package.library):
            home = package.library
        folder = home.rpartition("/")[0]
        return f"{folder}/" if folder else ""

    def check_database(self, builder: Builder, orm: str) -> None:
        """Raise Refused where nothing keeps data, and no template makes a database."""
        if builder.stores or builder.codemod.of("database", orm):
            return
        raise Refused(
            f"this project uses none of the libraries for data that there are templates for, and "
            f"{orm} is not set up from nothing yet",
            where=f"{builder.project.prefix}Cargo.toml:1",
            advice=f"add {orm.removeprefix('rust-')} and its pool to the application first",
        )

    def check_session(self, builder: Builder, placing: Placing, orm: Unit) -> None:
        """Raise Refused where a library for data is in use, and no handler shows how it is reached."""
        if not builder.stores or builder.lesson.conventions.session.param is not None:
            return
        place = next(
            (e for f in builder.stack.facts if f.unit == orm.name for e in f.evidence), None
        )
        raise Refused(
            f"{orm.name.removeprefix('rust-')} is in use, and no handler shows how it is reached",
            where=f"{place.file}:{place.line}" if place else "",
            advice="follow a resource that shows it, with --like",
            flag="--like",
        )

    def spelled(
        self, builder: Builder, path: str, need: ImportNeed, relative: bool
    ) -> ImportNeed | None:
        """Return an import as the file at ``path`` writes it; None for what is its own."""
        from apimod.languages.rust_paths import import_path, own_path
        from apimod.source import Source

        code = builder.graph.code
        written = import_path(builder.language, code, path, need.module)
        if written == own_path(builder.language, code, Source(path, b"")):
            return None
        return replace(need, module=written)

    def helpers(
        self, builder: Builder, placing: Placing, outputs: dict[str, Output]
    ) -> list[ImportNeed]:
        """Return what the files of extractors and hashers define, or will."""
        from apimod.planning.typed_roles import helpers

        return helpers(builder, placing, outputs)

    def reached_as(self, builder: Builder, path: str, routes: RoleView) -> str:
        """Return how the file at ``path`` names the function that registers the new routes."""
        from apimod.languages.rust_modules import ROOTS
        from apimod.languages.rust_paths import import_path

        module = import_path(builder.language, builder.graph.code, path, routes.module)
        if path.rpartition("/")[2] in ROOTS - {"mod.rs"}:
            module = module.removeprefix("crate::")
        return f"{module}::{routes.symbols['configure']}"

    def settle(self, builder: Builder, files: Files) -> None:
        """Format the changed files that rustfmt had left as they were."""
        from apimod.planning.output_rust import format_rust
        from apimod.planning.settled import settle

        root = builder.space.root
        settle(files, lambda path, text: format_rust(text, root / path, root), builder.tools.suffix)

    def edition(self, builder: Builder, path: str) -> str:
        """Return the edition of the file's package."""
        from apimod.planning.output_rust import edition_at

        return edition_at(builder.space.root / path, builder.space.root)

    def role_beside(
        self,
        builder: Builder,
        role: str,
        unit: str,
        routes: RoleView | None,
        naming: Naming,
        home: str,
    ) -> RoleView | None:
        """Return the role of tests, of a new database or of a new check of callers."""
        from apimod.planning.placing import role_beside
        from apimod.planning.typed_roles import module_path

        found = role_beside(builder, role, naming)
        return found if role == "test" else replace(found, module=module_path(builder, found.path))

    def with_tests(self, builder: Builder, placing: Placing, taught: Any) -> Any:
        """Keep the tests where the project's own show how they are set up, and sign in."""
        style = taught.test
        if placing.roles.get("test") is not None and style.setup is None:
            placing.roles["test"] = None
            builder.notes.append(
                "no tests: nothing in the project's tests shows how they are set up"
            )
        return taught

    def register(
        self, builder: Builder, context: Context, outputs: dict[str, Output], files: Files
    ) -> None:
        """Plan the registration, and declare the new modules."""
        from apimod.planning.declared_tables import declare_table
        from apimod.planning.first_links import register_link
        from apimod.planning.modules_declared import declare_modules
        from apimod.planning.registration import register

        if builder.by_hand and not builder.request.into and builder.sibling is None:
            register_link(builder, context, files)
        else:
            register(builder, context, outputs, files)
        declare_table(builder, context, files)
        declare_modules(builder, outputs, files)


WAY = RustWay()

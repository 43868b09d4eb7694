"""Go's way: packages of structs, constructors and functions over a context; wiring is lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apimod.planning.way import Way
from apimod.views import ImportNeed, Snippet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
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
    from apimod.views import RoleView, TargetView


class GoWay(Way):
    """Packages of structs and functions."""

    assumed_version = (1, 22)
    spaced_versions = True

    def declared_name(self, package: str) -> str:
        """Return a module's path as it is."""
        return package

    def lesson(
        self,
        study: Study,
        sibling: Sibling | None,
        words: Renamer | None,
        param: str,
        units: frozenset[str],
    ) -> Lesson:
        """Ask every question of the sibling; ``units`` are those in use."""
        from apimod.planning.teach_structs import struct_lesson

        return struct_lesson(study, sibling, words, param, units)

    def target(self, study: Study, model: At, singular: str, owner: str) -> TargetView:
        """Return what a ref points at."""
        from apimod.planning.targets_structs import struct_target

        return struct_target(study, model, singular)

    def standing(self, builder: Builder, served: Served, op: str) -> tuple[Snippet, ...]:
        """Return what stands before a sibling's handler."""
        from apimod.planning.standing import standing_before

        return standing_before(builder, served)

    def roles(
        self, builder: Builder, wanted: dict[str, str], naming: Naming, home: str
    ) -> dict[str, RoleView]:
        """Return the layers that exist here. ``wanted`` maps each to its default path."""
        from apimod.planning.structs import struct_views

        return struct_views(builder, wanted, naming, home)

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
        from apimod.planning import structs_places

        match role:
            case "test":
                return structs_places.test_view(builder, routes, naming, home)
            case "database":
                return structs_places.database_view(builder, routes, home)
        return structs_places.auth_view(builder, routes, home, unit)

    def lone_home(self, builder: Builder) -> str:
        """Return the file of a program that is one file."""
        from apimod.planning.structs_places import lone_home

        return lone_home(builder)

    def home_folder(self, builder: Builder, root: str) -> str:
        """Return the folder that the layers' folders stand in."""
        from apimod.planning.structs_places import home_folder

        return home_folder(builder, root)

    def check_database(self, builder: Builder, orm: str) -> None:
        """Raise Refused where data is kept by means that no template knows."""
        from apimod.planning.structs_places import check_database

        check_database(builder, orm)

    def check_session(self, builder: Builder, placing: Placing, orm: Unit) -> None:
        """Raise Refused where the sibling is not seen to reach the library for data."""
        from apimod.planning.structs_places import check_session

        check_session(builder, orm.name)

    def offers(self, roles: dict[str, RoleView | None], path: str) -> Iterable[ImportNeed]:
        """Return the imports of the other roles' packages."""
        from apimod.planning.output import packages_of_roles

        return packages_of_roles(roles, path)

    def caller_checks(self, placing: Placing) -> tuple[Snippet, ...]:
        """Return the call that stands before a handler, where the plan brings the check."""
        auth = placing.roles.get("auth")
        if auth is None:
            return ()
        call = f"{auth.symbols['dependency']}()"
        if auth.module == placing.routes.module:
            return (Snippet(call),)
        return (Snippet(f"{auth.package}.{call}", (ImportNeed(auth.module, auth.package),)),)

    def with_tests(self, builder: Builder, placing: Placing, taught: Any) -> Any:
        """Keep the project's own set-up of tests where it gives all that the new ones need."""
        from apimod.planning.testing import with_set_up

        return with_set_up(builder, placing, taught)

    def register(
        self, builder: Builder, context: Context, outputs: dict[str, Output], files: Files
    ) -> None:
        """Plan the registration, and the import of a new check of callers."""
        from apimod.planning.blocks import register_lines
        from apimod.planning.first_lines import register_first_lines
        from apimod.planning.registration import import_auth

        if builder.by_hand:
            register_first_lines(builder, context, files)
        else:
            register_lines(builder, context, outputs, files)
        import_auth(builder, context, files)


WAY = GoWay()

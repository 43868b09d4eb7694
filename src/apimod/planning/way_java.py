"""Java's way: classes in files of their own, handed to each other; what is there is found by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apimod.planning.way import Way

if TYPE_CHECKING:
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.pack import Unit
    from apimod.planning.builder import Builder
    from apimod.planning.context import Context
    from apimod.planning.files import Files
    from apimod.planning.output import Output
    from apimod.planning.placing import Placing
    from apimod.planning.roles import Naming
    from apimod.planning.routers import RouterView
    from apimod.planning.teach import Lesson
    from apimod.rename import Renamer
    from apimod.routes import Served
    from apimod.values import At
    from apimod.views import ImportNeed, RoleView, Snippet, TargetView


class JavaWay(Way):
    """Classes, one a file."""

    assumed_version = (17,)
    stated_versions = (
        r"<(?:java\.version|maven\.compiler\.(?:release|source))>\s*(?:1\.)?(\d+)",
        r"JavaLanguageVersion\.of\(\s*(\d+)",
        r"sourceCompatibility\s*=\s*(?:JavaVersion\.VERSION_(?:1_)?|[\"']?(?:1\.)?)(\d+)",
    )
    one_class_a_file = True
    spaced_versions = True

    def declared_name(self, package: str) -> str:
        """Return the group and the artifact, without the scope behind them."""
        from apimod.manifests import normalise

        return normalise(package.partition("@")[0])

    def lesson(
        self,
        study: Study,
        sibling: Sibling | None,
        words: Renamer | None,
        param: str,
        units: frozenset[str],
    ) -> Lesson:
        """Ask every question of the sibling; ``units`` are those in use."""
        from apimod.planning.teach_beans import bean_lesson

        return bean_lesson(study, sibling, words, param, units)

    def target(self, study: Study, model: At, singular: str, owner: str) -> TargetView:
        """Return what a ref points at."""
        from apimod.planning.bean_targets import bean_target

        return bean_target(study, model, singular)

    def standing(self, builder: Builder, served: Served, op: str) -> tuple[Snippet, ...]:
        """Return what stands above a sibling's handler beside what routes to it."""
        from apimod.planning.bean_handlers import standing_above

        return standing_above(builder, served, op)

    def roles(
        self, builder: Builder, wanted: dict[str, str], naming: Naming, home: str
    ) -> dict[str, RoleView]:
        """Return the layers that exist here."""
        from apimod.planning.beans import bean_views

        return bean_views(builder, list(wanted), naming)

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
        from apimod.planning.bean_beside import beside_view

        return beside_view(builder, role, routes, naming)

    def check_session(self, builder: Builder, placing: Placing, orm: Unit) -> None:
        """Nothing to see: what stores is an interface, and is made for it."""

    def with_tests(self, builder: Builder, placing: Placing, taught: Any) -> Any:
        """Return the conventions as they are: tests start the application themselves."""
        return taught

    def router(self, builder: Builder, home: str) -> RouterView:
        """Return the path that stands above the handlers of the new class."""
        from apimod.planning.bean_handlers import class_router

        return class_router(builder)

    def package(self, builder: Builder, path: str) -> str:
        """Return the package of a file that need not exist."""
        from apimod.planning.roles import module_of

        return module_of(builder.study, path)

    def new_file(
        self, builder: Builder, path: str, package: str, needs: list[ImportNeed], body: str
    ) -> str:
        """Return a new file: imports and indentation as the siblings have them."""
        from apimod.planning.bean_files import new_file

        return new_file(builder, path, package, needs, body)

    def register(
        self, builder: Builder, context: Context, outputs: dict[str, Output], files: Files
    ) -> None:
        """Plan what lists the sibling beside the annotations of its own class."""
        from apimod.planning.listed_paths import register_listed

        register_listed(builder, context, files)


WAY = JavaWay()

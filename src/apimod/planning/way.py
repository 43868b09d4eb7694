"""How new code is planned in a language: what a language's own way may do differently.

``Way`` is the way of languages whose files are modules and whose code imports symbols. A language
that goes another way overrides what differs (`apimod.planning.way_go`); `way_of` finds it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from apimod.conventions.model import OwnerStyle
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.languages.buffer import ImportStyle
    from apimod.manifests import Dependency
    from apimod.model import Field
    from apimod.pack import Unit
    from apimod.planning.builder import Builder
    from apimod.planning.context import Context
    from apimod.planning.drafts import Draft
    from apimod.planning.files import Files
    from apimod.planning.output import Output
    from apimod.planning.placing import Placing
    from apimod.planning.roles import Naming
    from apimod.planning.routers import RouterView
    from apimod.planning.teach import Lesson
    from apimod.planning.tools import Tools
    from apimod.rename import Renamer
    from apimod.routes import RouterNode, Served
    from apimod.values import At
    from apimod.views import ImportNeed, RoleView, Snippet, TargetView


class Way:
    """One language's way to plan; what imports much is imported where it is used."""

    assumed_version: tuple[int, ...] = (0,)
    """The version of the language where no manifest says one."""
    stated_versions: tuple[str, ...] = (
        r"^[ \t]*(?:requires-python|python_requires|python|go)\s*=?\s*[\"']?[>=^~ ]*(\d+)\.(\d+)",
    )
    """How manifests say the version of the language: the groups are its numbers."""
    over_existing = False
    """Whether endpoints can be made over a model that is there."""
    follows_handlers = True
    """Whether the planned tree must show that each new route reaches a function of the plan."""
    mounts_in_order = False
    """Whether a mount by hand must stand between what reads requests and what ends their chain."""
    guards_alike = False
    """Whether the planned tree must show that new routes are guarded as their sibling's are."""
    creates_as_changes = True
    """Whether rows are created as they are changed, where anybody may create siblings only."""
    default_status = False
    """Whether a route that declares no status answers a creation with the framework's usual one."""
    one_class_a_file = False
    """Whether each class has a file of its own, whatever stands beside the entrypoint."""
    chains = False
    """Whether applications are made in chains of calls, and seldom bound to a name."""
    spaced_versions = False
    """Whether a blank parts a requirement's package from its version."""

    def tools(self, builder: Builder, tools: Tools) -> Tools:
        """Return the language's tools as the project's own files want them."""
        return tools

    def spelling(self, builder: Builder, words: Renamer) -> Renamer:
        """Return the renamer with the cases in which the project's files are named."""
        return words

    def declared_name(self, package: str) -> str:
        """Return the name by which manifests' dependencies are known, of a package as required."""
        from apimod.manifests import normalise

        return normalise(package.partition("[")[0])

    def requirement(
        self, builder: Builder, declared: Sequence[Dependency], package: str, constraint: str
    ) -> tuple[str, str]:
        """Return a requirement as the project would write it: without what is declared already."""
        return package, constraint

    # --- what the siblings are asked -------------------------------------------------------------

    def param(self, singular: str) -> str:
        """Return the path parameter's name where no sibling shows one."""
        return "id"

    def lesson(
        self,
        study: Study,
        sibling: Sibling | None,
        words: Renamer | None,
        param: str,
        units: frozenset[str],
    ) -> Lesson:
        """Ask every question of the sibling; ``units`` are those in use."""
        from apimod.planning.teach import lesson

        return lesson(study, sibling, words, param, units)

    def written_path(self, builder: Builder, path: str) -> str:
        """Return a route's path, in OpenAPI form, as it is written on its router."""
        return path

    def targets(
        self, builder: Builder, fields: Sequence[Field], owner: OwnerStyle | None
    ) -> dict[str, TargetView]:
        """Return the models that refs point at. Raises Refused for one that is not there."""
        from apimod.planning.fields import resolve_targets

        return resolve_targets(builder.study, fields, owner, self.target)

    def check_no_model(self, builder: Builder) -> None:
        """Refuse a resource whose model is there already, and is no class."""

    def target(self, study: Study, model: At, singular: str, owner: str) -> TargetView:
        """Return what a ref points at. ``owner`` names the column of a row's owner."""
        from apimod.planning.fields import class_target

        return class_target(study, model, singular, owner)

    def standing(self, builder: Builder, served: Served, op: str) -> tuple[Snippet, ...]:
        """Return what stands at a sibling's route beside its path and its handler.

        ``op`` is the operation of the new route, which the sibling's is the nearest to.
        """
        from apimod.planning.operations import decorating

        return decorating(builder, served)

    # --- where things land -----------------------------------------------------------------------

    def roles(
        self, builder: Builder, wanted: dict[str, str], naming: Naming, home: str
    ) -> dict[str, RoleView]:
        """Return the layers that exist here. ``wanted`` maps each to its default path."""
        from apimod.planning.roles import role_views

        parts = builder.lesson.parts
        return role_views(builder.study, wanted, parts, builder.sibling, naming, home)

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

        return role_beside(builder, role, naming)

    def router(self, builder: Builder, home: str) -> RouterView:
        """Return the router that the new routes hang on."""
        from apimod.planning.routers import router_view

        return router_view(builder, home)

    def package(self, builder: Builder, path: str) -> str:
        """Return the package that a new file says it belongs to."""
        from apimod.planning.roles import package_at

        return package_at(builder.study, path)

    def new_file(
        self, builder: Builder, path: str, package: str, needs: list[ImportNeed], body: str
    ) -> str:
        """Return a new file of a body and of what it imports."""
        return builder.tools.new_file(package, needs, body, builder.project.module_path)

    def lone_home(self, builder: Builder) -> str:
        """Return the one file for everything new, where there is no sibling; ``""`` for none."""
        return ""

    def file_words(self, builder: Builder) -> dict[str, str]:
        """Return the resource's two numbers as the names of files write them."""
        resource = builder.request.resource
        plural = builder.tools.identifiers.file_stem(resource.plural)
        return {"singular": resource.singular, "plural": plural}

    def home_folder(self, builder: Builder, root: str) -> str:
        """Return the folder that the layers' folders stand in; ``root`` is the first router's."""
        return root

    def router_import(self, routes: RoleView, symbol: str, alias: str) -> ImportNeed:
        """Return the import of a new router into the file that it is mounted in."""
        from apimod.views import ImportNeed

        return ImportNeed(routes.module, symbol, alias)

    def statement(self, builder: Builder, text: str) -> str:
        """Return a statement of a template in the project's style."""
        return text

    def closed_files(self, builder: Builder) -> set[str]:
        """Return files in which nothing is wired, though they speak of the sibling."""
        return set()

    def own_files(self, builder: Builder) -> set[str]:
        """Return files of the sibling's own that hold none of its layers."""
        return set()

    def check_router(self, node: RouterNode) -> None:
        """Refuse a sibling whose router is made where no template makes one."""

    # --- what must be seen first -----------------------------------------------------------------

    def check_database(self, builder: Builder, orm: str) -> None:
        """Raise Refused where data is kept by means that no template knows."""

    def check_session(self, builder: Builder, placing: Placing, orm: Unit) -> None:
        """Raise Refused where a library for data is in use, and it is not seen how."""
        from apimod.planning.placing import check_session

        check_session(builder, placing, orm)

    def offers(self, roles: dict[str, RoleView | None], path: str) -> Iterable[ImportNeed]:
        """Return the imports that give the symbols of the roles in other files."""
        from apimod.planning.output import offered_by_roles

        return offered_by_roles(roles, path)

    def import_style(self, builder: Builder, style: ImportStyle) -> ImportStyle:
        """Return how imports are written, with what is the language's own."""
        return style

    def draft(self, context: Context, out: Output, files: Files) -> Draft | None:
        """Return a file's text before it is formatted; None for the way of most languages."""
        return None

    # --- what else the plan brings ---------------------------------------------------------------

    def spelled(
        self, builder: Builder, path: str, need: ImportNeed, relative: bool
    ) -> ImportNeed | None:
        """Return an import as the file at ``path`` writes it; None for what is its own."""
        from apimod.planning.output import styled
        from apimod.planning.roles import module_of

        if need.module == module_of(builder.study, path):
            return None
        package = builder.study.module_package(path)
        return styled(need, package, builder.study.own_modules, relative)

    def reached_as(self, builder: Builder, path: str, routes: RoleView) -> str:
        """Return how the file at ``path`` names what registers the new routes."""
        return str(routes.symbols["router"])

    def settle(self, builder: Builder, files: Files) -> None:
        """Format the changed files that the project's formatter had left as they were."""

    def edition(self, builder: Builder, path: str) -> str:
        """Return the version of the style by which a file's imports are sorted; ``""`` for none."""
        return ""

    def helpers(
        self, builder: Builder, placing: Placing, outputs: dict[str, Output]
    ) -> list[ImportNeed]:
        """Return what files that all resources share offer to the new ones beside the roles."""
        return []

    def caller_checks(self, placing: Placing) -> tuple[Snippet, ...]:
        """Return what stands before a handler, where the plan brings the check of callers."""
        return ()

    def providers(self, builder: Builder, placing: Placing) -> list[Snippet]:
        """Return the definitions that the handlers' parameters need."""
        return []

    def with_tests(self, builder: Builder, placing: Placing, taught: Any) -> Any:
        """Return the conventions with what tests need; drop the tests that could not sign in."""
        from apimod.planning.testing import with_tests

        return with_tests(builder, placing, taught)

    def register(
        self, builder: Builder, context: Context, outputs: dict[str, Output], files: Files
    ) -> None:
        """Plan the registration. Raises NoAnchor where it is unsure."""
        from apimod.planning.registration import register

        register(builder, context, outputs, files)


OWN = {
    "rust": "way_rust",
    "python": "way_python",
    "go": "way_go",
    "javascript": "way_javascript",
    "java": "way_java",
}
"""The modules of the languages that go a way of their own: each holds its ``WAY``."""


def way_of(language: str) -> Way:
    """Return a language's way."""
    if language not in OWN:
        return Way()
    way: Way = import_module(f"apimod.planning.{OWN[language]}").WAY
    return way

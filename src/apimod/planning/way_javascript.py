"""JavaScript's way: each file is a module that exports names, a default, or one object."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from apimod import names
from apimod.errors import Refused
from apimod.planning.way import Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from apimod.conventions.model import OwnerStyle
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.languages.buffer import ImportStyle
    from apimod.model import Field
    from apimod.pack import Unit
    from apimod.planning.builder import Builder
    from apimod.planning.context import Context
    from apimod.planning.drafts import Draft
    from apimod.planning.files import Files
    from apimod.planning.output import Output
    from apimod.planning.placing import Placing
    from apimod.planning.roles import Naming
    from apimod.planning.teach import Lesson
    from apimod.planning.tools import Tools
    from apimod.rename import Renamer
    from apimod.routes import RouterNode, Served
    from apimod.views import ImportNeed, RoleView, Snippet, TargetView


class JavaScriptWay(Way):
    """Files that are modules, of both module systems, with types or without."""

    assumed_version = (18,)
    spaced_versions = True
    follows_handlers = False
    guards_alike = True
    mounts_in_order = True

    def tools(self, builder: Builder, tools: Tools) -> Tools:
        """Return the tools with the ending and the style of the project's files."""
        from apimod.planning.script_style import project_tools

        return project_tools(builder, tools)

    def spelling(self, builder: Builder, words: Renamer) -> Renamer:
        """Return the renamer with the cases in which the project's files are named."""
        from apimod.planning.script_style import spelled

        return spelled(builder, words)

    def lesson(
        self,
        study: Study,
        sibling: Sibling | None,
        words: Renamer | None,
        param: str,
        units: frozenset[str],
    ) -> Lesson:
        """Ask every question of the sibling; ``units`` are those in use."""
        from apimod.planning.script_style import with_case
        from apimod.planning.teach_script import script_lesson

        return with_case(script_lesson(study, sibling, words, param, units))

    def written_path(self, builder: Builder, path: str) -> str:
        """Return a route's path as it is written on its router: the whole of it is ``/``."""
        table = builder.pack.by_name[builder.request.framework].table("roles")
        pattern = str(table.get("path_param", "{{{}}}"))
        return re.sub(r"\{(\w+)\}", lambda found: pattern.format(found[1]), path) or "/"

    def standing(self, builder: Builder, served: Served, op: str) -> tuple[Snippet, ...]:
        """Return the sibling's middleware at a route, with the new words."""
        from apimod.planning.operations import renamed

        sibling = builder.sibling
        found = sibling.operations.items() if sibling is not None else ()
        shown = next((name for name, one in found if one is served), "")
        taught = builder.lesson.standing.get(shown, ())
        return tuple(renamed(one, builder.words) for one in taught)

    def targets(
        self, builder: Builder, fields: Sequence[Field], owner: OwnerStyle | None
    ) -> dict[str, TargetView]:
        """Return the models that refs point at. Raises Refused for one that is not there."""
        from apimod.planning.script_models import targets

        return targets(builder, fields, owner)

    def check_no_model(self, builder: Builder) -> None:
        """Refuse a resource whose model is there already."""
        from apimod.planning.script_models import check_no_model

        check_no_model(builder)

    def roles(
        self, builder: Builder, wanted: dict[str, str], naming: Naming, home: str
    ) -> dict[str, RoleView]:
        """Return the layers that exist here. ``wanted`` maps each to its default path."""
        from apimod.planning.script_roles import script_views

        return script_views(builder, wanted, naming, home)

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
        from apimod.planning.script_roles import script_beside

        return script_beside(builder, role, unit, naming)

    def file_words(self, builder: Builder) -> dict[str, str]:
        """Return the resource's two numbers as the project's files of several words are named."""
        from apimod.planning.script_style import file_case

        case, _ = file_case(builder)
        resource = builder.request.resource
        write = names.CASES[case]
        return {"singular": write(resource.singular), "plural": write(resource.plural)}

    def register(
        self, builder: Builder, context: Context, outputs: dict[str, Output], files: Files
    ) -> None:
        """Plan the registration, and the files that hand the new parts on."""
        from apimod.planning.registration import register
        from apimod.planning.script_barrels import copy_barrels

        register(builder, context, outputs, files)
        copy_barrels(builder, outputs, files)

    def router_import(self, routes: RoleView, symbol: str, alias: str) -> ImportNeed:
        """Return the import of a new router: by its own name, as its file offers it."""
        from apimod.languages.javascript_style import DEFAULT
        from apimod.views import ImportNeed

        name = {"default": DEFAULT, "whole": None}.get(routes.offer, symbol)
        return ImportNeed(routes.module, name, symbol if name != symbol else None)

    def statement(self, builder: Builder, text: str) -> str:
        """Return a statement of a template in the project's style."""
        from apimod.languages.javascript_print import printed

        return printed(
            f"{text}\n", f"statement{builder.tools.suffix}", builder.tools.script
        ).strip()

    def closed_files(self, builder: Builder) -> set[str]:
        """Return the files that define models: what one says of the sibling is a relation."""
        from apimod.planning.script_models import model_places

        words, wiring = builder.words, {m.fact.source.path for m in builder.graph.mounts}
        found = {place.path for place in model_places(builder)}
        own = {path for path in found if words is not None and words.mentions(path)}
        return found - own - wiring

    def own_files(self, builder: Builder) -> set[str]:
        """Return more files of the sibling's own: those that hand its parts on."""
        from apimod.planning.script_barrels import own_barrels

        return {*own_barrels(builder)}

    def check_router(self, node: RouterNode) -> None:
        """Refuse a sibling whose router is made inside of a function or a class."""
        raise Refused(
            "the sibling's router is made inside of a function or a class, and no template makes "
            "one there",
            where=f"{node.at.source.path}:{node.line}",
            advice="follow another resource with --like, or name a router with --into",
            flag="--like",
        )

    def check_session(self, builder: Builder, placing: Placing, orm: Unit) -> None:
        """Refuse where nothing of the project opens the database that a new store would speak to."""
        from apimod.errors import Refused

        if any(fact.unit == orm.name for fact in builder.stack.facts):
            return
        raise Refused(
            f"this project does not use {orm.name}, so that nothing opens its database",
            advice=f"set {orm.name} up first, then apply again",
            flag="--orm",
        )

    def with_tests(self, builder: Builder, placing: Placing, taught: Any) -> Any:
        """Leave the conventions: a test imports the application."""
        return taught

    def offers(self, roles: dict[str, RoleView | None], path: str) -> Iterable[ImportNeed]:
        """Return the imports that give the symbols of the roles in other files."""
        from apimod.planning.script_roles import offered

        return offered(roles, path)

    def import_style(self, builder: Builder, style: ImportStyle) -> ImportStyle:
        """Return how imports are written, with the project's habits."""
        from msgspec.structs import replace

        return replace(style, script=builder.tools.script)

    def draft(self, context: Context, out: Output, files: Files) -> Draft | None:
        """Return the text of a new file, or what comes to an old one, in the project's style."""
        from apimod.planning.script_output import draft

        return draft(context, out, files)


WAY = JavaScriptWay()

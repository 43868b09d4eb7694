"""Puts a plan together: asks the siblings, renders the roles, registers, verifies by listing."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from apimod.conventions.siblings import Sibling, choose, siblings
from apimod.conventions.study import Study
from apimod.errors import Refused
from apimod.languages import SETTINGS
from apimod.languages.buffer import Buffer
from apimod.model import Create, Edit, Evidence, Insert, Plan, Request
from apimod.planning import target as targets
from apimod.planning.context import Context, build_context
from apimod.planning.dependencies import declare
from apimod.planning.existing import Existing, existing
from apimod.planning.files import Files
from apimod.planning.relist import check_planned
from apimod.planning.report import calls, profile, steps
from apimod.planning.teach import Lesson
from apimod.planning.tools import Tools, tools_of
from apimod.planning.way import Way, way_of
from apimod.planning.wording import renamer_for
from apimod.projectgraph import codebase_of, graph_of
from apimod.source import Source
from apimod.views import Case

if TYPE_CHECKING:
    from apimod.codemods import Codemod
    from apimod.pack import Pack
    from apimod.rename import Renamer
    from apimod.routes import RouterGraph
    from apimod.stack import Stack
    from apimod.workspace import Workspace


class Builder:
    """One request in one project."""

    def __init__(
        self, space: Workspace, stack: Stack, request: Request, pack: Pack, codemod: Codemod
    ) -> None:
        self.space = space
        self.stack = stack
        self.request = request
        self.pack = pack
        self.codemod = codemod
        self.project = stack.project
        self.notes: list[str] = []

    # --- what is there ---------------------------------------------------------------------------

    @cached_property
    def graph(self) -> RouterGraph:
        """The project's router graph."""
        return graph_of(self.space, codebase_of(self.space), self.pack, self.project)

    @cached_property
    def study(self) -> Study:
        """The project, ready to be asked."""
        return Study(
            ev=self.graph.evaluator,
            graph=self.graph,
            language=self.language,
            units=tuple(u for u in self.pack.units if u.language == self.project.language),
            codemod=self.codemod,
            prefix=self.project.prefix,
            paths=tuple(p for p in self.project.sources if not self.project.is_test(p)),
            tests=tuple(p for p in self.project.sources if self.project.is_test(p)),
            settings_texts=tuple(
                self.project.text(p) for p in self.project.files if p.endswith(SETTINGS)
            ),
            sql=tuple(self.project.text(p) for p in self.project.files if p.endswith(".sql")),
            documents=self._documents(),
            majors={f.unit: f.version.major for f in self.stack.facts if f.version is not None},
        )

    def _documents(self) -> tuple[Source, ...]:
        """Return the files in which units keep models, in a language of their own."""
        mine = [u for u in self.pack.units if u.language == self.project.language]
        tables = [u.table("conventions").get("members", {}) for u in mine]
        endings = tuple(ending for table in tables for ending in table.get("files", ()))
        found = [p for p in self.project.files if endings and p.endswith(endings)]
        return tuple(Source(p, self.project.text(p).encode()) for p in found)

    @property
    def language(self) -> Any:
        """The project's language."""
        from apimod.languages import language_named

        return language_named(self.project.language)

    @cached_property
    def tools(self) -> Tools:
        """The language's part in making text."""
        return self.way.tools(self, tools_of(self.project.language))

    @cached_property
    def way(self) -> Way:
        """How code in the project's language is planned."""
        return way_of(self.project.language)

    @cached_property
    def found(self) -> list[Sibling]:
        """The resources of the framework at hand that the project serves."""
        served = [s for s in self.graph.served if s.endpoint.framework == self.request.framework]
        return [s for s in siblings(served) if s.singular != self.request.resource.singular]

    @cached_property
    def sibling(self) -> Sibling | None:
        """The sibling to follow."""
        return choose(self.found, self.request.like, self.request.path)

    @cached_property
    def words(self) -> Renamer | None:
        """What turns the sibling's words into the new ones."""
        if self.sibling is None:
            return None
        words = renamer_for(self.sibling, self.found, self.request.resource, self.tools)
        return self.way.spelling(self, words)

    @cached_property
    def target(self) -> targets.Target:
        """The endpoints that were asked for."""
        return targets.target(self.request, self.sibling, self.parent, self.param)

    @property
    def stores(self) -> bool:
        """Whether a library for data is in use; where one was asked for, that one."""
        used = {f.unit for f in self.stack.facts if f.kind == "orm"}
        return self.request.orm in used if self.request.orm else bool(used)

    @property
    def by_hand(self) -> bool:
        """Whether no sibling shows where to register: there is none, or a person names a place."""
        sibling = self.sibling
        return bool(self.request.into) or sibling is None or not sibling.first.endpoint.mounted

    @property
    def param(self) -> str:
        """The path parameter's name: after the sibling's, else ``user_id``."""
        one = self.request.resource.singular
        default = self.way.param(one)
        if self.sibling is None or self.words is None:
            return default
        for op in targets.ITEM:
            served = self.sibling.operations.get(op)
            if served is not None:
                name = served.endpoint.path.rstrip("/").rpartition("{")[2].rstrip("}")
                if self.words.mentions(name):
                    return self.words.identifier(name)
                return name if name in ("id", "pk", "uuid") else default
        return default

    @property
    def parent(self) -> str:
        """The URL below which most of the project's endpoints lie, where no sibling says it."""
        paths = [s.endpoint.path for s in self.graph.served if s.endpoint.protocol == "rest"]
        for prefix in ("/api/v1", "/api"):
            if paths and sum(p.startswith(prefix + "/") for p in paths) * 2 > len(paths):
                return prefix
        return ""

    @property
    def default_status(self) -> int:
        """The status of a success that a route does not declare: 200, in every framework here."""
        return 200

    def lacking(self) -> tuple[str, ...]:
        """Return the operations that nothing serves yet."""
        return targets.missing(self.target, self.graph.served)

    @cached_property
    def lesson(self) -> Lesson:
        """What the siblings teach."""
        units = frozenset(f.unit for f in self.stack.facts)
        return self.way.lesson(self.study, self.sibling, self.words, self.param, units)

    @cached_property
    def existing(self) -> Existing | None:
        """The project's own model of the resource, where it has one."""
        return existing(self)

    # --- what will be ----------------------------------------------------------------------------

    def plan(self) -> Plan:
        """Return the plan. Raises Refused."""
        self._check_syntax()
        context = build_context(self)
        files = Files(self.space.root, self.graph.code, self.tools)
        outputs = context.render()
        self.way.register(self, context, outputs, files)
        context.write(outputs, files)
        needs_lock, lock = declare(self, context, files)
        self.way.settle(self, files)
        edits, hashes = files.edits()
        check_planned(self, files, edits)
        return Plan(
            request=self.request,
            project=self.project.path,
            framework=self.request.framework,
            edits=edits,
            hashes=hashes,
            endpoints=tuple(context.endpoints),
            profile=profile(self, context),
            evidence=self.learnt,
            notes=tuple(dict.fromkeys((*self.notes, *context.notes))),
            steps=steps(self, context, lock),
            calls=calls(self, context),
            needs_lock=needs_lock,
        )

    def _check_syntax(self) -> None:
        """Refuse where a file that teaches, or is to be edited, does not parse."""
        for part in self.lesson.parts.values():
            root = Buffer(part.source, self.tools.syntax).root
            if root.has_error:
                raise Refused(
                    "there is a syntax error in the sibling's file",
                    where=f"{part.path}:{_error_line(root)}",
                    advice="mend it first, or follow another with --like",
                )
        mounts = self.sibling.first.edges if self.sibling is not None else ()
        sources = [mount.fact.source for mount in mounts]
        sources += [node.at.source for node in self.graph.routers if node.is_root]
        for source in sources:
            root = Buffer(source, self.tools.syntax).root
            if root.has_error:
                raise Refused(
                    "there is a syntax error in the file to register in",
                    where=f"{source.path}:{_error_line(root)}",
                    advice="mend it first",
                )

    @property
    def learnt(self) -> tuple[Evidence, ...]:
        """The places that taught what has been asked so far, each fact once."""
        learnt = self.study.evidence
        if self.sibling is not None:
            first = self.sibling.first.endpoint
            follow = Evidence(f"follows {self.sibling.plural}", first.file, first.line)
            learnt = [follow, *learnt]
        first_of: dict[str, Evidence] = {}
        for one in learnt:
            first_of.setdefault(one.fact, one)
        return tuple(first_of.values())


def _error_line(root: Any) -> int:
    stack = [root]
    while stack:
        node = stack.pop()
        if node.type == "ERROR" or node.is_missing:
            return int(node.start_point[0]) + 1
        stack.extend(reversed(node.children))
    return 1


def name_case(words: str, tools: Tools) -> Case:
    """Return a name in its cases, with the language's initialisms."""
    return Case(words, tools.identifiers.initialisms)


__all__ = ["Builder", "Context", "Create", "Edit", "Insert", "name_case"]

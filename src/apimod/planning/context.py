"""The context that templates see, and the rendering of every role into its file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from apimod.codemods import library
from apimod.errors import Conflict, PackError
from apimod.languages.buffer import ImportNeed, ImportStyle
from apimod.model import Endpoint
from apimod.planning import output
from apimod.planning.drafts import Draft, formatted
from apimod.planning.identifiers import used_members, used_names
from apimod.planning.operations import operations
from apimod.planning.output import Output
from apimod.planning.placing import Placing, place_roles
from apimod.planning.resource import resource_fields
from apimod.render import environment, evaluate, macros, render
from apimod.views import FieldView, Operations, ResourceView, RoleView, Snippet

if TYPE_CHECKING:
    from apimod.codemods import ImportSpec, Template
    from apimod.planning.builder import Builder
    from apimod.planning.files import Files
    from apimod.planning.tools import Tools
    from apimod.source import Source

KNOWN = frozenset(
    "resource fields ops roles conv project store docs checker migration group router related".split()
)
"""The names that every template may use."""

USES_STORE = frozenset({"repository", "service", "controller", "routes", "test"})


@dataclass
class ProjectView:
    """What templates may ask of the project."""

    language_version: tuple[int, ...]
    versions: dict[str, tuple[int, ...]]
    module: str
    database: str
    units: frozenset[str]
    name: str
    holds: Callable[[str], bool] = lambda _: False

    @property
    def python(self) -> tuple[int, ...]:
        """The oldest Python that the project supports."""
        return self.language_version

    @property
    def go(self) -> tuple[int, ...]:
        """The project's Go."""
        return self.language_version

    def mentions(self, word: str) -> bool:
        """Tell whether the project's code holds a word: a variable of the environment, say."""
        return self.holds(word)

    def uses(self, unit: str) -> bool:
        """Tell whether a unit is in use."""
        return unit in self.units


@dataclass
class Context:
    """Everything that is rendered from, and what came of it."""

    builder: Builder
    resource: ResourceView
    fields: list[FieldView]
    ops: Operations
    placing: Placing
    conventions: Any
    project: ProjectView
    endpoints: list[Endpoint] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    requires: set[tuple[str, str]] = field(default_factory=set)
    """What an identifier of the new code needs, with that identifier."""

    @property
    def roles(self) -> dict[str, RoleView | None]:
        """The roles by name; None for one that does not exist here."""
        return self.placing.roles

    def values(self) -> dict[str, Any]:
        """Return the templates' variables."""
        roles = {r.name: self.roles.get(r.name) for r in self.builder.codemod.roles}
        return {
            "resource": self.resource,
            "fields": self.fields,
            "ops": self.ops,
            "roles": Roles(roles),
            "conv": self.conventions,
            "project": self.project,
            "migration": self.placing.migration,
            "router": self.placing.router,
        }

    def render(self) -> dict[str, Output]:
        """Render every role; return what goes into each file."""
        builder = self.builder
        env = environment(builder.pack.root, builder.tools.literal)
        values = self.values()
        for name, _ in builder.codemod.ports:
            values[name] = None
        for name, library_name in self._libraries():
            values[name] = macros(env, library_name, values)
        outputs: dict[str, Output] = {}
        for template in self._templates():
            self._render(env, template, values, outputs)
        for need in builder.way.helpers(builder, self.placing, outputs):
            for out in outputs.values():
                out.offered.append(need)
        for provider in builder.way.providers(builder, self.placing):
            outputs[self.placing.routes.path].put_first(provider.text, provider.imports)
        return outputs

    def _libraries(self) -> list[tuple[str, str]]:
        """Return the libraries of macros that templates see, by the names under which they do."""
        store = [("store", self.placing.store)] if self.placing.store else []
        return [*self.placing.ports.items(), *store]

    def write(self, outputs: dict[str, Output], files: Files) -> None:
        """Put the bodies into new files and at the ends of old ones."""
        drafts = [self._draft(out, files) for out in outputs.values()]
        for out, draft, text in zip(outputs.values(), drafts, formatted(drafts), strict=True):
            because = "; ".join(out.because)
            if draft.add is None:
                files.create(out.path, text, because)
            else:
                files.insert(out.path, draft.add(text.rstrip("\n")), because)
        self._members(files)
        self._packages(outputs, files)

    def _members(self, files: Files) -> None:
        """Put members into blocks that are there: one rendering for each ref of the resource."""
        from apimod.planning.members import put_members

        builder = self.builder
        for role in builder.codemod.roles:
            view = self.roles.get(role.name)
            unit = self.placing.units.get(role.name, "")
            if view is None or view.exists or not unit:
                continue
            for template in builder.codemod.of(role.name, unit):
                if template.front.of:
                    put_members(self, template, files)

    def _templates(self) -> list[Template]:
        out: list[Template] = []
        for role in self.builder.codemod.roles:
            unit = self.placing.units.get(role.name, "")
            view = self.roles.get(role.name)
            if view is not None and not view.exists and unit:
                found = self.builder.codemod.of(role.name, unit)
                if not found:
                    raise PackError(f"no template for {role.name} with {unit}")
                out += [t for t in found if t.front.to and not t.front.of]
        return out

    def _render(
        self, env: Any, template: Template, values: dict[str, Any], outputs: dict[str, Output]
    ) -> None:
        builder, where = self.builder, template.name
        if template.front.when and not evaluate(env, template.front.when, values, where):
            return
        path = evaluate(env, template.front.to, values, where)
        if not path:
            return
        body = render(env, template, values)
        if not body.strip():
            return
        own = [_need(i) for i in template.front.imports]
        requires = list(template.front.requires)
        for name, library_name in self._libraries():
            if name != "store" or template.role in USES_STORE:
                offered_there = library(self.builder.codemod.root.parent, library_name)
                requires += offered_there.requires
                own += map(_need, offered_there.imports)
        auth = self.roles.get("auth")
        if template.role == "test" and auth is not None and auth.library:
            signing = library(self.builder.codemod.root.parent, auth.library)
            requires += signing.requires
            own += map(_need, signing.imports)
        enums = [
            ImportNeed(model.module, f.enum)
            for model in (self.roles.get("model"),)
            if model is not None and model.path != path
            for f in self.fields
            if f.enum
        ]
        targets = [
            ImportNeed(f.target.module, f.target.model)
            for f in self.fields
            if f.target is not None and f.target.module
        ]
        taught = [
            n
            for s in output.snippets(
                [self.conventions, self.ops, dict(self.roles), self.placing.router]
            )
            for n in s.imports
        ]
        given = [n for op in self.ops.all for s in op.params for n in s.imports]
        symbols = builder.way.offers(self.roles, path)
        because = evaluate(env, template.front.because, values, where)
        outputs.setdefault(path, Output(path)).add(
            body,
            [*given, *own, *symbols, *enums, *targets, *taught],
            because or self._because(template.role),
        )
        used = used_names(self.builder.tools.syntax, body, self.builder.tools.clause)
        for name, requirement in requires:
            if name in used:
                self.requires.add((name, requirement))

    def _because(self, role: str) -> str:
        view = self.roles.get(role)
        if view is not None and view.like:
            return f"the {role}, as in {view.like}"
        return f"the {role}"

    def _draft(self, out: Output, files: Files) -> Draft:
        """Return a file's text before it is formatted, or what comes to an old file's end."""
        builder, tools = self.builder, self.builder.tools
        own_way = builder.way.draft(self, out, files)
        if own_way is not None:
            return own_way
        target, root = builder.space.root / out.path, builder.space.root / builder.project.path
        there = target.exists()
        if not out.path.endswith(tools.suffix):
            return Draft(out.text + "\n")
        text = out.text
        package = builder.study.module_package(out.path)
        used = used_names(tools.syntax, text, tools.clause) - _defined(tools, out.path, text)
        own = builder.study.own_modules
        members = used_members(tools.syntax, text, tools.clause)
        spelled = (
            builder.way.spelled(builder, out.path, n, self.placing.relative) for n in out.offered
        )
        needs = output.needed((n for n in spelled if n is not None), used, members)
        if there:
            old = files.source(out.path)
            self._check_free(old, _defined(tools, out.path, text))
            edition = builder.way.edition(builder, out.path)
            style = ImportStyle(own, package, width=self.placing.width, edition=edition)
            return Draft(
                text + "\n",
                partial(tools.formatted, path=target, root=root, whole=False),
                lambda body: output.addition(old, tools.syntax, body, needs, style),
            )
        clause = self._package(out.path)
        whole = builder.way.new_file(builder, out.path, clause, needs, text)
        fresh = frozenset((*own, *self._first_party()))
        form = partial(tools.formatted, path=target, root=root, whole=True, own=fresh)
        return Draft(whole, form)

    def _check_free(self, old: Source, names: frozenset[str]) -> None:
        """Refuse where a file defines already what the new code would define again."""
        from apimod.languages.buffer import Buffer

        buffer = Buffer(old, self.builder.tools.syntax)
        for bound in self.builder.tools.outline.bindings(buffer):
            again = names & set(bound.names) if bound.top else set()
            if again:
                raise Conflict(
                    f"{', '.join(sorted(again))} stands there already, and is not made to serve "
                    "these endpoints",
                    where=f"{old.path}:1",
                    advice="name the resource differently, or move what is there",
                )

    def _first_party(self) -> list[str]:
        """Return the first parts of the new modules' names, and what the settings list as own."""
        tops = [r.module.split(".")[0] for r in self.roles.values() if r is not None]
        for name in ("pyproject.toml", "ruff.toml", ".ruff.toml"):
            text = self.builder.project.text(f"{self.builder.project.prefix}{name}")
            listed = re.search(r"known-first-party\s*=\s*\[([^\]]*)\]", text)
            tops += re.findall(r"[\"']([\w.]+)[\"']", listed[1]) if listed else []
        return [top for top in tops if top]

    def _package(self, path: str) -> str:
        found = (r.package for r in self.roles.values() if r is not None and r.path == path)
        return next(found, "") or self.builder.way.package(self.builder, path)

    def _packages(self, outputs: dict[str, Output], files: Files) -> None:
        """Make new folders packages where their siblings are."""
        marker = self.builder.tools.marker
        if not marker:
            return
        for path in outputs:
            folder = path.rpartition("/")[0]
            like = next(
                (r.like for r in self.roles.values() if r is not None and r.path == path), ""
            )
            beside = like.rpartition("/")[0] if like else folder.rpartition("/")[0]
            new = not (self.builder.space.root / folder).exists()
            has = (self.builder.space.root / beside / marker).exists()
            target = f"{folder}/{marker}"
            ours = path.endswith(self.builder.tools.suffix)
            if new and has and ours and target not in (*files.created, *outputs):
                files.create(target, "", "a package, as the siblings' folders are")


class Roles(dict[str, Any]):
    """The roles, by attribute; one that does not exist here is None."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(name) from error


def _defined(tools: Tools, path: str, text: str) -> frozenset[str]:
    """Return what a body binds at its top itself."""
    from apimod.analogy import defined_names
    from apimod.languages.buffer import Buffer
    from apimod.source import Source

    buffer = Buffer(Source(path, f"{text}\n".encode()), tools.syntax)
    return defined_names([buffer], tools.outline)


def _need(spec: ImportSpec) -> ImportNeed:
    """Return what a line of a template's front matter offers."""
    return ImportNeed(spec.module, spec.name or None, spec.alias or None, member=spec.member)


def build_context(builder: Builder) -> Context:
    """Work out everything that the templates see."""
    found = builder.existing
    taught = found.styled if found is not None else builder.lesson.conventions
    placing = place_roles(builder)
    fields, resource = resource_fields(builder, placing)
    conventions = replace(taught, nul=_nul(builder), evidence=())
    conventions = _with_database(builder, placing, conventions)
    conventions = builder.way.with_tests(builder, placing, conventions)
    conventions = _without_clashes(builder, placing, conventions)
    ops = operations(builder, placing)
    endpoints = [
        Endpoint(
            "rest",
            op.method,
            op.full_path,
            placing.handler_name(op.name),
            builder.request.framework,
            builder.project.path,
            placing.routes.path,
            1,
            auth=op.auth,
        )
        for op in ops.all
    ]
    project = project_view(builder)
    if placing.roles.get("database") is not None:
        table = builder.pack.by_name[placing.units["database"]].table("roles")
        project.database = str(table.get("brings", ""))
    return Context(builder, resource, fields, ops, placing, conventions, project, endpoints)


def _with_database(builder: Builder, placing: Placing, taught: Any) -> Any:
    """Where the plan brings the database, models use what it defines."""
    database = placing.roles.get("database")
    if database is not None and "shared" in database.symbols:
        text = f"{database.qualified(database.symbols['shared'], placing.routes)}()"
        param = Snippet(text, (ImportNeed(database.module),))
        return replace(taught, session=replace(taught.session, param=param))
    if database is None or "datetime" not in database.symbols:
        return taught
    name = database.symbols["datetime"]
    column = Snippet(name, (ImportNeed(database.module, name),))
    model = replace(taught.model, datetime=column)
    return replace(taught, model=model, async_=False)


def _without_clashes(builder: Builder, placing: Placing, taught: Any) -> Any:
    """Leave out helpers of the project whose names the templates use for something else."""
    schema = placing.roles.get("schema")
    used = {
        i.name
        for role, view in placing.roles.items()
        if view is not None and schema is not None and view.path == schema.path
        for t in builder.codemod.of(role, placing.units.get(role, ""))
        for i in t.front.imports
    }
    style = taught.schema
    text = None if style.text is not None and style.text.text in used else style.text
    not_null = style.not_null
    not_null = None if not_null is not None and not_null.text in used else not_null
    return replace(taught, schema=replace(style, text=text, not_null=not_null))


def _nul(builder: Builder) -> bool:
    databases = builder.stack.database
    tables = [u for u in builder.pack.units if u.name in databases]
    return any(u.table("conventions").get("refuses_nul") for u in tables)


def project_view(builder: Builder) -> ProjectView:
    """Return what templates may ask of the project."""
    from apimod.planning.resource import language_version

    facts = builder.stack.facts
    versions: dict[str, tuple[int, ...]] = {
        f.unit: (f.version.major, f.version.minor or 0) for f in facts if f.version is not None
    }
    database = builder.stack.database
    return ProjectView(
        language_version=language_version(builder),
        versions=versions,
        module=builder.project.module_path,
        database=database[0] if database else "",
        units=frozenset(f.unit for f in facts),
        name=builder.project.name,
        holds=lambda word: _held_in(builder, word.encode()),
    )


def _held_in(builder: Builder, word: bytes) -> bool:
    """Tell whether any file of the project's code holds a word."""
    sources = (builder.graph.code.source(path) for path in builder.study.paths)
    return any(word in source.data for source in sources if source is not None)


__all__ = ["Context", "Snippet", "build_context"]

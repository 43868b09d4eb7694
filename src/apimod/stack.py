"""What each project is made of, with the places that show it.

Driven by the ``[detect]`` tables of the matchers. A name in a comment, in a lock file or of a
transitive dependency is no evidence, and one that is only declared is not in use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from apimod.detect_schema import DECLARED_IS_ENOUGH, Signs, UnitLike, signs_of
from apimod.errors import UsageError
from apimod.import_scan import covers
from apimod.manifests import (
    Dependency,
    Version,
    dependencies,
    normalise,
    package_manager,
    version_of,
)
from apimod.model import Evidence
from apimod.signs import Place, Reader

if TYPE_CHECKING:
    from apimod.projects import Project
    from apimod.workspace import Workspace

KINDS = (
    "framework", "orm", "migration", "database", "auth", "hasher", "validator", "docs", "limiter",
    "logger", "injector", "transport", "generator", "mapper", "test", "formatter", "linter",
)  # fmt: skip
"""The kinds of fact, in the order that they are reported in."""


AUTOMATIC = frozenset({"java"})
"""Languages whose libraries are in use once they are there: frameworks look for them."""


class PackLike(Protocol):
    """What detection needs of a pack."""

    @property
    def units(self) -> Sequence[UnitLike]: ...


class Fact(Struct, frozen=True):
    """One library that a project uses, or only declares."""

    kind: str
    name: str
    unit: str
    version: Version | None = None
    evidence: tuple[Evidence, ...] = ()
    files: int = 0
    """How many files outside tests import it."""
    declared: bool = False


class Stack(Struct, frozen=True):
    """What one project is made of; ``weak`` is declared, or only met in tests, and not in use."""

    project: Project
    facts: tuple[Fact, ...] = ()
    weak: tuple[Fact, ...] = ()
    package_manager: str = ""
    manager_evidence: tuple[Evidence, ...] = ()
    conventions: Mapping[str, Any] = field(default_factory=dict)
    learnt: tuple[Evidence, ...] = ()
    """The places that taught the conventions."""
    problem: str = ""
    """Why the manifests could not be read; ``""`` as a rule."""

    @property
    def path(self) -> str:
        """The project's folder."""
        return self.project.path

    @property
    def language(self) -> str:
        """The project's language."""
        return self.project.language

    @property
    def spoken(self) -> str:
        """The language that most of its sources are written in, as a reader would call it."""
        if self.language == "java":
            kotlin = [f for f in self.project.sources if f.endswith(".kt")]
            return "kotlin" if len(kotlin) * 2 > len(self.project.sources) else "java"
        if self.language != "javascript":
            return self.language
        sources = [f for f in self.project.sources if not f.endswith(".d.ts")]
        typed = [f for f in sources if f.endswith(("ts", ".tsx"))]
        return "typescript" if len(typed) * 2 > len(sources) else "javascript"

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The places that show each fact."""
        found = (evidence for fact in self.facts for evidence in fact.evidence)
        return (*found, *self.manager_evidence, *self.learnt)

    def of(self, kind: str) -> tuple[Fact, ...]:
        """Return the facts of a kind, the most used first."""
        return tuple(fact for fact in self.facts if fact.kind == kind)

    def unit(self, kind: str) -> str:
        """Return the name of the most used unit of a kind; ``""`` if there is none."""
        return next((fact.unit for fact in self.of(kind)), "")

    def names(self, kind: str) -> tuple[str, ...]:
        """Return the names of a kind's facts, each once."""
        return tuple(dict.fromkeys(fact.name for fact in self.of(kind)))

    @property
    def frameworks(self) -> tuple[str, ...]:
        """The server frameworks."""
        return self.names("framework")

    @property
    def orm(self) -> tuple[str, ...]:
        """The ORMs and query layers."""
        return self.names("orm")

    @property
    def database(self) -> tuple[str, ...]:
        """The databases."""
        return self.names("database")

    @property
    def auth(self) -> tuple[str, ...]:
        """How callers prove who they are."""
        return self.names("auth")

    @property
    def validation(self) -> tuple[str, ...]:
        """The validators."""
        return self.names("validator")

    @property
    def docs(self) -> tuple[str, ...]:
        """What documents the API."""
        return self.names("docs")

    @property
    def tests(self) -> tuple[str, ...]:
        """The test runners and assertion libraries."""
        return self.names("test")

    @property
    def formatter(self) -> tuple[str, ...]:
        """The formatters."""
        return self.names("formatter")


def detect(workspace: Workspace, pack: PackLike, below: str = ".") -> tuple[Stack, ...]:
    """Return what each project at or below a folder is made of.

    Where a manifest is broken, that is a UsageError for a single project, and the ``problem`` of
    one among several. Scripts that no manifest covers, and that serve nothing, are no project.
    """
    projects = workspace.projects(below)
    found: list[Stack] = []
    for project in projects:
        try:
            found.append(stack_of(project, pack.units))
        except UsageError as error:
            if len(projects) == 1:
                raise
            found.append(Stack(project, problem=str(error)))
    served = tuple(each for each in found if each.frameworks or not each.project.weak)
    return served or tuple(found)


def stack_of(project: Project, units: Iterable[UnitLike]) -> Stack:
    """Return what one project is made of. Raises UsageError where a manifest is broken."""
    spoken = (unit for unit in units if unit.language in (project.language, "any"))
    signs = [each for unit in spoken for each in signs_of(unit)]
    declared = dependencies(project)
    modules = frozenset(d.name.replace("-", "_") for d in declared)
    reader = Reader(project, signs, modules)
    found = [_fact(project, each, index, declared, reader) for index, each in enumerate(signs)]
    strong = [fact for fact, used in found if used]
    names = {(fact.kind, fact.name) for fact in strong}
    weak = [
        fact
        for fact, used in found
        if fact.evidence and not used and (fact.kind, fact.name) not in names
    ]
    strong += _databases_around(signs, strong, reader)
    strong = _without_bases(strong, signs)
    manager, file, line = package_manager(project)
    shown = (Evidence(f"package_manager {manager}", file, line),) if manager else ()
    strong.sort(key=lambda fact: (KINDS.index(fact.kind), -fact.files, fact.name))
    return Stack(project, tuple(strong), tuple(weak), manager, shown)


def _fact(
    project: Project, signs: Signs, index: int, declared: Sequence[Dependency], reader: Reader
) -> tuple[Fact, bool]:
    """Return the fact that the signs make, and whether it is in use."""
    package = _declaration(project, signs, declared)
    imports = reader.imports(index)
    config = reader.config(signs.config) if signs.config else None
    file = reader.file(signs.files) if signs.files else None
    address = reader.address(index) if signs.schemes or signs.values else None
    served, tested = imports.served[:1], imports.tested[:1]
    feature = _feature(signs, declared)
    places: list[Place] = [(package.file, package.line)] if package else []
    places += [(feature.file, feature.line)] if feature else []
    places += [place for place in (*served, config, file, address) if place]
    used = bool(served or config or file or address or feature)
    if package and (signs.kind in DECLARED_IS_ENOUGH or project.language in AUTOMATIC):
        tools = signs.kind in DECLARED_IS_ENOUGH and signs.kind != "database"
        used = used or tools or package.group == "main"
    if signs.kind == "database" and not used:
        image = reader.image(signs.images, above=False)
        places += [image] if image else []
        used = image is not None
    if signs.kind == "test" and tested:
        places, used = [*places, *tested], True
    version = version_of(project, package) if package else None
    evidence = tuple(Evidence(f"{signs.kind} {signs.fact}", *place) for place in places)
    fact = Fact(signs.kind, signs.fact, signs.unit, version, evidence, len(imports.files))
    return replace(fact, declared=package is not None), used


def _feature(signs: Signs, declared: Sequence[Dependency]) -> Dependency | None:
    """Return the declaration that asks for one of the signs' features, for more than tests."""
    wanted = set(signs.features)
    for each in declared if wanted else ():
        if each.group == "main" and wanted & {f"{normalise(each.name)}/{e}" for e in each.extras}:
            return each
    return None


def _declaration(
    project: Project, signs: Signs, declared: Sequence[Dependency]
) -> Dependency | None:
    """Return the declaration of one of the signs' packages, one for all uses first."""
    go = project.language == "go"
    found = [
        (d.group != "main", rank, d)
        for d in declared
        for rank, name in enumerate(signs.packages)
        if (
            covers(name, d.name, "go") and _is_version(d.name[len(name) :])
            if go
            else normalise(d.name) == normalise(name)
        )
    ]
    return min(found, key=lambda each: each[:2])[2] if found else None


def _is_version(rest: str) -> bool:
    return rest == "" or (rest.startswith("/v") and rest[2:].isdigit())


def _databases_around(signs: Sequence[Signs], facts: Sequence[Fact], reader: Reader) -> list[Fact]:
    """Return what a compose file above runs, for a project with an ORM and no other sign of one."""
    kinds = {fact.kind for fact in facts}
    if "orm" not in kinds or "database" in kinds:
        return []
    return [
        Fact(
            "database", each.fact, each.unit, evidence=(Evidence(f"database {each.fact}", *place),)
        )
        for each in signs
        if each.kind == "database" and (place := reader.image(each.images, above=True))
    ]


def _without_bases(facts: Sequence[Fact], signs: Sequence[Signs]) -> list[Fact]:
    """Drop what is only there because another library stands on it, and merge equal facts.

    A base that more files import than what stands on it is in use for itself.
    """
    files = {fact.unit: fact.files for fact in facts}
    above = {base: files[each.unit] for each in signs if each.unit in files for base in each.over}
    kept: dict[tuple[str, str, str], Fact] = {}
    for fact in facts:
        if fact.unit in above and not (fact.declared and fact.files > above[fact.unit] > 0):
            continue
        kept.setdefault((fact.kind, fact.name, fact.unit), fact)
    return list(kept.values())

"""What the questions are asked with: the evaluator, the facts, and what the units say of types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from apimod.conventions.classes import Classes, ClassFact
from apimod.languages.forms import Assigned, Call, Defined, FunctionForm, Imported, Param
from apimod.model import Evidence
from apimod.values import At, ClassValue, External, FunctionValue
from apimod.views import ImportNeed, Snippet

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.codebase import Codebase
    from apimod.codemods import Codemod
    from apimod.evaluate import Evaluator
    from apimod.languages.base import Language
    from apimod.pack import Unit
    from apimod.routes import RouterGraph
    from apimod.source import Source

NAMES = frozenset({"identifier", "type_identifier", "package_identifier", "field_identifier"})


@dataclass
class Study:
    """A project under study. ``units`` are those of its language, whether in use or not."""

    ev: Evaluator
    graph: RouterGraph
    language: Language
    units: tuple[Unit, ...]
    codemod: Codemod
    prefix: str
    """The project's folder with a final slash, or ``""``."""
    paths: tuple[str, ...]
    sql: tuple[str, ...] = ()
    """The texts of the project's SQL files."""
    documents: tuple[Source, ...] = ()
    """The project's files in which units keep models, in a language of their own."""
    majors: Mapping[str, int] = field(default_factory=dict)
    """The major versions in use, by unit, where they are known."""
    tests: tuple[str, ...] = ()
    """The project's files of tests."""
    settings_texts: tuple[str, ...] = ()
    """The texts of the files, in no language, that hold its settings."""
    evidence: list[Evidence] = field(default_factory=list)
    _types: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def code(self) -> Codebase:
        """The files."""
        return self.ev.code

    def types(self, key: str) -> frozenset[str]:
        """Return the canonical names that the units list under ``[conventions] key``."""
        if key not in self._types:
            listed = (n for u in self.units for n in u.names("conventions", key))
            self._types[key] = frozenset(listed)
        return self._types[key]

    @cached_property
    def injectors(self) -> frozenset[str]:
        """The calls that mark a parameter as injected."""
        return frozenset(n for u in self.units for n in u.names("middleware", "inject"))

    @cached_property
    def classes_known(self) -> Classes:
        """The classes that units know."""
        return Classes(self.ev, self.units, self.paths)

    @property
    def models(self) -> list[ClassFact]:
        """The classes that an ORM makes tables of."""
        return [f for f in self.classes_known.all if f.kind == "model"]

    @property
    def schemas(self) -> list[ClassFact]:
        """The classes that a validator checks what travels with."""
        return [f for f in self.classes_known.all if f.kind == "schema"]

    def inside(self, path: str) -> bool:
        """Tell whether a file belongs to the project."""
        return path.startswith(self.prefix)

    def authenticates(self, provider: At, depth: int = 5) -> bool:
        """Tell whether what a dependency depends on, in the end, checks who calls."""
        form = self.ev.form(provider)
        if isinstance(form, Call):
            made = self.ev.canonical(provider.to(form.function))
            return any(fnmatchcase(name, o) for name in made for o in self.auth_origins)
        if depth == 0 or not isinstance(form, FunctionForm):
            return False
        for param in self.language.params(provider.source, provider.node):
            for mark in self.marks(provider, param):
                if any(self.authenticates(place, depth - 1) for place in mark):
                    return True
        return False

    def checks(self, use: At) -> bool:
        """Tell whether what stands before a handler is a dependency that checks who calls."""
        if self.types("context"):
            from apimod.conventions.credentials import asks

            if asks(self, use):
                return True
        form = self.ev.form(use)
        if not isinstance(form, Call):
            return False
        if not self.injectors & set(self.ev.canonical(use.to(form.function))):
            return False
        target = next((a.node for a in form.arguments if a.name in (None, "dependency")), None)
        places = self.ev.definition(use.to(target)) if target is not None else []
        return any(self.authenticates(place) for place in places)

    def marks(self, function: At, param: Param) -> Iterator[list[At]]:
        """Yield, for each mark of an injected parameter, the definitions of what makes it."""
        found = [At(function.source, param.default)] if param.default is not None else []
        if param.type is not None:
            found += self.metadata(At(function.source, param.type))
        for mark in found:
            form = self.ev.form(mark)
            if isinstance(form, Call) and self.injectors & set(
                self.ev.canonical(mark.to(form.function))
            ):
                names = (None, "dependency")
                target = next((a.node for a in form.arguments if a.name in names), None)
                yield self.ev.definition(mark.to(target)) if target is not None else []

    @cached_property
    def auth_origins(self) -> tuple[str, ...]:
        """The names, with wildcards, of what checks who calls."""
        return tuple(n for u in self.units for n in u.names("auth", "origins"))

    def unit(self, name: str) -> Unit:
        """Return the unit of that name."""
        return next(u for u in self.units if u.name == name)

    # --- pieces of the project as snippets -------------------------------------------------------

    def learn(self, fact: str, at: At) -> Evidence:
        """Note what a place taught, and return it as evidence."""
        found = Evidence(fact, at.source.path, at.line)
        if found not in self.evidence:
            self.evidence.append(found)
        return found

    def snippet(self, at: At, fact: str = "") -> Snippet:
        """Return the text of a node with the imports that it needs elsewhere."""
        text = _dedent(at.source.text(at.node), at.node.start_point[1])
        evidence = self.learn(fact, at) if fact else None
        return Snippet(*_unqualified(text, self.imports_of(at)), evidence)

    def imports_of(self, at: At) -> tuple[ImportNeed, ...]:
        """Return what must be imported for a node's text to mean the same in another file."""
        needs = {self.need(at.source, name) for name in _names_in(at.node, at.source)}
        return tuple(sorted((n for n in needs if n is not None), key=str))

    def need(self, source: Source, name: str) -> ImportNeed | None:
        """Return the import that gives what ``name`` means at the top of a file."""
        if self.language.files_are_modules:
            return self.language.need(self.code, source, name)
        for binding in self.code.scopes(source).module.names.get(name, ()):
            if isinstance(binding, Imported):
                module = self.absolute(source, binding.module)
                if binding.name is None:
                    return ImportNeed(module, alias=_alias(module, name))
                return ImportNeed(module, binding.name, name if name != binding.name else None)
            if isinstance(binding, Defined | Assigned):
                return ImportNeed(self.module(source), name)
        return self._seen(source, name)

    def _seen(self, source: Source, name: str) -> ImportNeed | None:
        """Return the import of what a file sees without one; None where it may be several."""
        from apimod.languages.base import ExternalRef, Found

        found = self.language.visible(self.code, source, name)
        needs = set()
        for one in found:
            if isinstance(one, Found) and isinstance(one.binding, Defined):
                needs.add(ImportNeed(self.module(one.source), name))
            elif isinstance(one, ExternalRef):
                needs.add(ImportNeed(one.name.rpartition(".")[0], name))
        return needs.pop() if len(needs) == 1 else None

    def module(self, source: Source) -> str:
        """Return the name by which a file's module is imported."""
        if self.language.files_are_modules:
            return f"/{source.path}"
        return self.language.module_name(self.code, source)

    def module_package(self, path: str) -> str:
        """Return the package that a file at ``path``, which need not exist, belongs to."""
        from apimod.source import Source

        source = self.code.source(path) or Source(path, b"")
        return self.language.import_base(self.code, source)

    @cached_property
    def own_modules(self) -> tuple[str, ...]:
        """What the names of the project's own modules begin with."""
        found = (self.code.source(path) for path in self.paths)
        language = self.language
        tops = (language.own_prefix(self.code, source) for source in found if source is not None)
        return tuple(dict.fromkeys(top for top in tops if top))

    def absolute(self, source: Source, module: str) -> str:
        """Return a relative module's absolute name; others as they are."""
        return self.language.absolute(self.code, source, module)

    # --- what a type is --------------------------------------------------------------------------

    def type_names(self, at: At) -> frozenset[str]:
        """Return the canonical names of the classes that a type expression stands for."""
        return frozenset(name for place in self.unwrapped(at) for name in self.ev.canonical(place))

    def unwrapped(self, at: At) -> list[At]:
        """Return the nodes that name the classes in a type: behind aliases and metadata."""
        out: list[At] = []
        for place in (at, *self.ev.definition(at)):
            inner = self.language.type_of(place.source, place.node)
            if inner is not None:
                out.append(place.to(inner))
        return list(dict.fromkeys(out))

    def classes(self, at: At) -> list[At]:
        """Return the classes of the project that a type expression stands for."""
        values = [v for place in self.unwrapped(at) for v in self.ev.evaluate(place)]
        return list(dict.fromkeys(v.at for v in values if isinstance(v, ClassValue)))

    def metadata(self, at: At) -> list[At]:
        """Return the expressions that a type carries along, behind aliases too."""
        return [
            place.to(node)
            for place in dict.fromkeys((at, *self.ev.definition(at)))
            for node in self.language.metadata(place.source, place.node)
        ]

    def bases(self, cls: At) -> frozenset[str]:
        """Return the canonical names of everything that a class extends."""
        return frozenset(
            base if isinstance(base, str) else self.ev.name_of(base) for base in self.ev.mro(cls)
        )

    def is_model(self, cls: At) -> bool:
        """Tell whether an ORM makes a table of a class."""
        fact = self.classes_known.of(cls)
        return fact is not None and fact.kind == "model"

    def is_schema(self, cls: At) -> bool:
        """Tell whether a validator checks what travels with a class."""
        fact = self.classes_known.of(cls)
        return fact is not None and fact.kind == "schema"

    def model_fact(self, cls: At) -> ClassFact | None:
        """Return what is known of a class."""
        return self.classes_known.of(cls)

    def role_by_words(self, path: str, symbol: str = "") -> str:
        """Return the role that a file's path, or a symbol's last word, names; ``""`` if none."""
        parts = PurePosixPath(path).with_suffix("").parts
        nearest = [p.lower() for p in reversed(parts)]
        for part in nearest[:3]:
            pieces = [part, *re.split(r"[_\-.]", part)]
            for role in self.codemod.roles:
                if any(piece in role.words for piece in pieces):
                    return role.name
        last = re.findall(r"[A-Z][a-z]+", symbol)[-1:]
        for role in self.codemod.roles:
            if last and last[0].lower() in role.words:
                return role.name
        return ""

    def imported(self, source: Source) -> Iterator[tuple[str, At]]:
        """Yield every class and function of the project that a file imports, by its local name."""
        for name, bindings in self.code.scopes(source).module.names.items():
            for binding in bindings:
                if isinstance(binding, Imported):
                    for target in self._targets(source, binding):
                        yield name, target

    def modules(self, source: Source) -> Iterator[tuple[str, list[str]]]:
        """Yield the modules that a file imports as such: the local name, and their files."""
        from apimod.languages.base import ModuleRef

        for name, bindings in self.code.scopes(source).module.names.items():
            for binding in bindings:
                if isinstance(binding, Imported):
                    found = self.language.resolve(self.code, source, binding)
                    paths = [t.path for t in found if isinstance(t, ModuleRef)]
                    if paths:
                        yield name, paths

    def _targets(self, source: Source, binding: Imported, depth: int = 6) -> Iterable[At]:
        from apimod.languages.base import Found

        for target in self.language.resolve(self.code, source, binding):
            if not isinstance(target, Found):
                continue
            if isinstance(target.binding, Defined):
                yield At(target.source, target.binding.node)
            elif isinstance(target.binding, Imported) and depth:
                yield from self._targets(target.source, target.binding, depth - 1)


def _alias(module: str, name: str) -> str | None:
    last = re.split(r"[./]", module)[-1]
    return None if name in (last, module) else name


def _names_in(node: Node, source: Source) -> Iterator[str]:
    stack = [node]
    while stack:
        current = stack.pop()
        if current.type in NAMES and not _is_member_name(current):
            yield source.text(current)
        stack.extend(current.children)


def _is_member_name(node: Node) -> bool:
    """Whether it stands after a dot, or is an argument's keyword: then it needs no import."""
    parent = node.parent
    if parent is None:
        return False
    for field_name in ("attribute", "field"):
        found = parent.child_by_field_name(field_name)
        if found is not None and found.id == node.id:
            return True
    if parent.type in ("keyword_argument", "keyed_element"):
        found = parent.child_by_field_name("name") or parent.child_by_field_name("key")
        return found is not None and found.id == node.id
    return False


def _dedent(text: str, column: int) -> str:
    lines = text.split("\n")
    pad = re.compile(rf"[ \t]{{0,{column}}}")
    return "\n".join([lines[0], *(pad.sub("", line, count=1) for line in lines[1:])])


__all__ = ["External", "FunctionValue", "Study"]


def _unqualified(text: str, needs: tuple[ImportNeed, ...]) -> tuple[str, tuple[ImportNeed, ...]]:
    """Take names from a module that has one of its own name: ``datetime.datetime``.

    A file that imports the name from the module cannot import the module as well.
    """
    out: list[ImportNeed] = []
    for need in needs:
        module = re.escape(need.module)
        if need.name or need.alias or not re.search(rf"\b{module}\.{module}\b", text):
            out.append(need)
            continue
        found = dict.fromkeys(re.findall(rf"(?<![\w.]){module}\.(\w+)", text))
        out += [ImportNeed(need.module, name) for name in found]
        text = re.sub(rf"(?<![\w.]){module}\.(\w+)", r"\1", text)
    return text, tuple(out)

"""Which files hold the parts of a sibling, by role, and what they are called there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec import Struct, field

from apimod.conventions.handlers import parameters
from apimod.values import At, ClassValue, FunctionValue

if TYPE_CHECKING:
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.source import Source

DEPTH = 4


class Part(Struct, frozen=True, eq=False):
    """A role of a sibling: its file, its classes and functions there by name."""

    role: str
    source: Source
    symbols: dict[str, At] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The file."""
        return self.source.path


def parts(study: Study, sibling: Sibling, words: Renamer) -> dict[str, Part]:
    """Return the files of a sibling by role: what its routes reach that bears its name.

    ``words`` recognises the sibling's name in any spelling.
    """
    found: dict[str, dict[str, dict[str, At]]] = defaultdict(lambda: defaultdict(dict))
    sources: dict[str, Source] = {}
    for source in _route_sources(sibling):
        sources[source.path] = source
        found["routes"].setdefault(source.path, {})
    for name, at in _reached(study, sibling, words):
        role = _role_of(study, at, name)
        if role:
            sources[at.source.path] = at.source
            found[role][at.source.path][name] = at
    _by_name(study, found, sources, words)
    return {
        role: Part(role, sources[path], symbols)
        for role, files in found.items()
        for path, symbols in [_best(files, words)]
    }


def _by_name(
    study: Study,
    found: dict[str, dict[str, dict[str, At]]],
    sources: dict[str, Source],
    words: Renamer,
) -> None:
    """Find the model and the schemas by their names, where nothing leads to them."""
    for role, facts in (("model", study.models), ("schema", study.schemas)):
        if found.get(role):
            continue
        for fact in facts:
            if words.mentions(fact.name):
                sources[fact.at.source.path] = fact.at.source
                found[role][fact.at.source.path][fact.name] = fact.at


def _route_sources(sibling: Sibling) -> list[Source]:
    out: dict[str, Source] = {}
    for served in sibling.operations.values():
        if served.handler is not None:
            out.setdefault(served.handler.source.path, served.handler.source)
        else:
            out.setdefault(served.endpoint.file, served.route.fact.source)
    return list(out.values())


def _reached(study: Study, sibling: Sibling, words: Renamer) -> list[tuple[str, At]]:
    """Return the classes and functions with the sibling's name that its routes lead to."""
    seen: set[str] = set()
    queue = [(source, 0) for source in _route_sources(sibling)]
    out: dict[tuple[str, int], tuple[str, At]] = {}
    for served in sibling.operations.values():
        for param in parameters(study, served):
            for cls in param.classes:
                _note(study, out, cls, words, queue, 1)
    while queue:
        source, depth = queue.pop(0)
        if source.path in seen or depth > DEPTH:
            continue
        seen.add(source.path)
        for name, at in [*_own(study, source), *_imported(study, source)]:
            if words.mentions(name) or words.mentions(at.source.path):
                _note(study, out, at, words, queue, depth + 1)
    return list(out.values())


def _note(
    study: Study,
    out: dict[tuple[str, int], tuple[str, At]],
    at: At,
    words: Renamer,
    queue: list[tuple[Source, int]],
    depth: int,
) -> None:
    name = study.language.qualified_name(at.source, at.node)
    if words.mentions(name) or words.mentions(at.source.path):
        out.setdefault((at.source.path, at.node.start_byte), (name, at))
        queue.append((at.source, depth))


def _own(study: Study, source: Source) -> list[tuple[str, At]]:
    from apimod.languages.forms import Defined

    return [
        (name, At(source, binding.node))
        for name, bindings in study.code.scopes(source).module.names.items()
        for binding in bindings
        if isinstance(binding, Defined)
    ]


def _imported(study: Study, source: Source) -> list[tuple[str, At]]:
    """Return what a file imports; of an imported module, what it defines."""
    from apimod.languages.base import ModuleRef
    from apimod.languages.forms import Imported

    out = list(study.imported(source))
    for bindings in study.code.scopes(source).module.names.values():
        for binding in bindings:
            if not isinstance(binding, Imported):
                continue
            for target in study.language.resolve(study.code, source, binding):
                if isinstance(target, ModuleRef):
                    for path in _module_files(study, target.path):
                        module = study.code.source(path)
                        out += _own(study, module) if module is not None else []
    return out


def _module_files(study: Study, path: str) -> list[str]:
    return [path] if study.code.has(path) else study.code.files_in(path)


def _role_of(study: Study, at: At, name: str) -> str:
    values = study.ev.evaluate(at)
    if any(isinstance(v, ClassValue) for v in values):
        if study.is_model(at):
            return "model"
        if study.is_schema(at):
            return "schema"
    elif not any(isinstance(v, FunctionValue) for v in values):
        return ""
    layer = study.role_by_words(at.source.path, name)
    return layer if layer in ("service", "repository", "schema", "model") else ""


def _best(files: dict[str, dict[str, At]], words: Renamer) -> tuple[str, dict[str, At]]:
    """Prefer the file that bears the sibling's name, then the one with most of its symbols."""
    path = max(files, key=lambda p: (words.mentions(p), len(files[p]), p))
    return path, files[path]

"""Small projects written inside a test, and what the graph makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from textwrap import dedent

from apimod.codebase import Codebase
from apimod.evaluate import Evaluator
from apimod.languages import language_of
from apimod.languages.forms import Assigned
from apimod.pack import Pack, builtin_root, load_pack
from apimod.routes import RouterGraph
from apimod.source import Source
from apimod.values import At, Frame


@cache
def pack() -> Pack:
    return load_pack(builtin_root())


def codebase(files: Mapping[str, str]) -> Codebase:
    sources = {path: Source(path, dedent(text).encode()) for path, text in files.items()}
    return Codebase(sources, sources.get)


def graph(files: Mapping[str, str], unit: str) -> RouterGraph:
    code = codebase(files)
    language = pack().by_name[unit].language
    units = [u for u in pack().units if u.language == language]
    paths = []
    for path in code.paths:
        found = language_of(path)
        if found is not None and found.name == language and not found.is_test(path):
            paths.append(path)
    return RouterGraph(code, units, paths)


def rows(files: Mapping[str, str], unit: str) -> list[str]:
    """Return ``METHOD path handler`` of every endpoint; orphans begin with a question mark."""
    return [
        f"{'' if e.mounted else '? '}{e.method} {e.path} {e.handler}"
        for e in graph(files, unit).endpoints
    ]


def at(code: Codebase, path: str, name: str, frame: Frame | None = None) -> At:
    """Return the value that a module assigns to a name."""
    source = code.source(path)
    assert source is not None
    for scope in code.scopes(source).all:
        for binding in scope.names.get(name, ()):
            if isinstance(binding, Assigned):
                return At(source, binding.value, frame)
    raise AssertionError(name)


def strings(files: Mapping[str, str], path: str, name: str) -> list[str]:
    code = codebase(files)
    place = at(code, path, name)
    evaluator = Evaluator(code)
    out: list[str] = []
    for frame in evaluator.frames(place.source, place.node):
        out += [t.text for t in evaluator.texts(At(place.source, place.node, frame))]
    return list(dict.fromkeys(out))

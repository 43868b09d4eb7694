"""Which files hold the parts of a sibling where each file is a module that exports names.

From the file of its routes the imports are followed: into the file of its handlers, and into every
file that bears the sibling's name, through files that only hand names on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apimod.codebase_paths import folder_of
from apimod.conventions.places import Part
from apimod.languages.buffer import Buffer
from apimod.languages.javascript_bound import imports_of
from apimod.languages.javascript_edit import JAVASCRIPT
from apimod.languages.javascript_outline import JAVASCRIPT_OUTLINE
from apimod.languages.javascript_paths import locate
from apimod.values import At

if TYPE_CHECKING:
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.source import Source

DEPTH = 5
CONTROLLER, ROUTES = "controller", "routes"
LAYERS = ("controller", "service", "repository", "schema", "model")


@dataclass
class _Walk:
    study: Study
    words: Renamer
    seen: set[str] = field(default_factory=set)

    def reach(self, source: Source, depth: int = 0) -> Iterator[Source]:
        """Yield the sibling's own files that a file leads to."""
        if source.path in self.seen or depth > DEPTH:
            return
        self.seen.add(source.path)
        for path, ours in self._led(source):
            if path in self.seen:
                continue
            found = self.study.code.source(path)
            if found is None or not self.study.inside(path):
                continue
            if self.words.mentions(path.removeprefix(self.study.prefix)):
                yield found
                yield from self.reach(found, depth + 1)
            elif ours:
                yield from self._handed_on(found, depth + 1)

    def _led(self, source: Source) -> Iterator[tuple[str, bool]]:
        """Yield the project's files that a file imports, and whether under the sibling's name."""
        for each in JAVASCRIPT_OUTLINE.imported(Buffer(source, JAVASCRIPT)):
            path = locate(self.study.code, folder_of(source.path), each.module)
            if path is not None:
                yield path, self.words.mentions(f"{each.name or ''} {each.local}")

    def _handed_on(self, barrel: Source, depth: int) -> Iterator[Source]:
        """Yield the sibling's files that a file only hands on."""
        if barrel.path in self.seen:
            return
        self.seen.add(barrel.path)
        for path, _ in self._led(barrel):
            found = self.study.code.source(path)
            if found is not None and self.words.mentions(path.removeprefix(self.study.prefix)):
                yield found
                yield from self.reach(found, depth + 1)


def script_parts(study: Study, sibling: Sibling, words: Renamer) -> dict[str, Part]:
    """Return the files of a sibling by role. ``words`` recognises its name in any spelling."""
    out: dict[str, Part] = {}
    routes = sibling.first.route.fact.source
    out[ROUTES] = _part(study, ROUTES, routes)
    walk = _Walk(study, words)
    handlers = {
        served.handler.source.path: served.handler.source
        for served in sibling.operations.values()
        if served.handler is not None and words.mentions(served.handler.source.path)
    }
    handlers.pop(routes.path, None)
    if len(handlers) == 1:
        source = next(iter(handlers.values()))
        out[CONTROLLER] = _part(study, CONTROLLER, source)
    starts = [routes, *handlers.values()]
    for start in starts:
        for source in walk.reach(start):
            role = study.role_by_words(source.path.removeprefix(study.prefix))
            if role == CONTROLLER and CONTROLLER in out:
                continue
            if role in LAYERS and source.path not in handlers and source.path != routes.path:
                out.setdefault(role, _part(study, role, source))
    return out


def _part(study: Study, role: str, source: Source) -> Part:
    """Return a file as a part, with what it defines at its top."""
    buffer = Buffer(source, JAVASCRIPT)
    symbols: dict[str, At] = {}
    imported = {each.statement.start_byte for each in imports_of(buffer)}
    for bound in JAVASCRIPT_OUTLINE.bindings(buffer):
        if bound.top and bound.values and bound.node.start_byte not in imported:
            for name in bound.names:
                symbols.setdefault(name, At(source, bound.node))
    return Part(role, source, symbols)

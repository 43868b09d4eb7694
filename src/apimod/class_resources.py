"""Classes that a library serves as a resource: the same routes for each, and one for each query.

The decorator's row says which: ``routes`` lists them as ``GET /{id}``, ``queries`` the path of a
method's own route, ``nouns`` that the plural of what the class is about is the path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from apimod.english import plural
from apimod.languages.forms import Defined
from apimod.values import At, Constant, Text

if TYPE_CHECKING:
    from apimod.decorations import Decoration, Decorations
    from apimod.evaluate import Evaluator
    from apimod.pack import Unit

ARGUMENT = re.compile(r"<\s*(?:\w+\.)*(\w+)")

Resource = tuple[str, Text, At, str]
"""A route of a resource: method, path, the class or method that answers, and its name."""


class ClassResources:
    """Works out the routes of resources."""

    def __init__(self, evaluator: Evaluator, decorations: Decorations) -> None:
        self.ev = evaluator
        self.decorations = decorations

    def noun(self, cls: At) -> Text | None:
        """Return the path of a resource by what its class is about: a base's first argument."""
        language = self.ev.code.language(cls.source)
        for base in language.bases(self.ev.code, cls.source, cls.node):
            found = ARGUMENT.search(base.source.text(base.node))
            if found:
                name = found.group(1)
                return Text("/" + plural(name[:1].lower() + name[1:]))
        return None

    def hidden(self, decoration: Decoration) -> bool:
        """Whether a decorator says that its class or method is not served."""
        return any(
            isinstance(v, Constant) and v.text == "false"
            for at in self.decorations.argument(decoration, "shown")
            for v in self.ev.evaluate(at)
        )

    def of(self, unit: Unit, cls: At, decoration: Decoration) -> Iterator[Resource]:
        """Yield the routes of a resource."""
        for each in decoration.get("routes") or ():
            method, _, path = each.partition(" ")
            yield method, Text(path), cls, ""
        pattern = decoration.get("queries")
        language = self.ev.code.language(cls.source)
        members = language.members(self.ev.code, cls.source, cls.node) if pattern else {}
        for name, found in members.items():
            for item in found:
                if not isinstance(item.binding, Defined) or not re.match(r"[a-z]\w*$", name):
                    continue
                if re.match(decoration.get("own") or r"$", name):
                    continue
                at = At(item.source, item.binding.node)
                said = self.decorations.of(unit, at.source, at.node)
                if any(self.hidden(d) for d in said):
                    continue
                paths = [
                    t.text
                    for d in said
                    for a in self.decorations.argument(d, "path")
                    for t in self.ev.texts(a)
                    if d.get("gives") == "path"
                ]
                yield "GET", Text(str(pattern).replace("{}", (paths or [name])[0])), at, name

"""The renamer that turns a sibling's words into the new resource's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from apimod.mentions import Noun
from apimod.rename import Renamer, Spelling

if TYPE_CHECKING:
    from apimod.conventions.siblings import Sibling
    from apimod.model import Resource
    from apimod.planning.tools import Tools


def renamer_for(
    sibling: Sibling, others: Sequence[Sibling], resource: Resource, tools: Tools
) -> Renamer:
    """Return what writes the new resource's name for the sibling's, and leaves others' alone."""
    old = Noun(sibling.singular, sibling.plural)
    keep = [
        Noun(s.singular, s.plural)
        for s in others
        if s is not sibling and sibling.singular in s.singular and s.singular != sibling.singular
    ]
    spelling = Spelling(
        name="snake" if tools.identifiers.members == "snake" else "camel",
        path="snake" if "_" in sibling.word else "camel" if _camel(sibling.word) else "kebab",
        text="kebab" if "-" in sibling.word else "snake",
        package="flat" if tools.packages else "snake",
        initialisms=tools.identifiers.initialisms,
        escape=tools.identifiers.escape,
    )
    return Renamer(old, Noun(resource.singular, resource.plural), keep, spelling)


def _camel(word: str) -> bool:
    return word != word.lower() and word[:1].islower()

"""Refuses libraries of a major version that the templates do not serve.

A matcher's ``[versions]`` names them: ``serves`` is a list of majors (``2``) or of lower
bounds (``0.100+``, ``1.25.2+``); ``reason`` says what is different in others. ``lacks`` lists packages
for which there are no templates: ``declared``, ``unless`` another is as well, and the ``reason``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from apimod.errors import Refused
from apimod.manifests import normalise

if TYPE_CHECKING:
    from apimod.manifests import Dependency, Version
    from apimod.pack import Pack
    from apimod.stack import Stack


def check_versions(stack: Stack, pack: Pack, declared: Collection[Dependency] = ()) -> None:
    """Raise Refused for a library in use, or declared, whose version no template serves."""
    for fact in (*stack.facts, *stack.weak):
        unit = pack.by_name.get(fact.unit)
        table = unit.table("versions") if unit is not None else {}
        for row in table.get("lacks", ()):
            _check_lack(row, declared)
        if table.get("refused") and fact in stack.facts:
            place = fact.evidence[0] if fact.evidence else None
            raise Refused(
                f"{fact.unit} is not served: {table['refused']}",
                where=f"{place.file}:{place.line}" if place else "",
                advice=str(table.get("advice", "")),
            )
        if not table.get("serves") or fact.version is None:
            continue
        if not any(_serves(str(v), fact.version) for v in table["serves"]):
            raise Refused(
                f"{fact.name} {fact.version.text} is not served: {table.get('reason', '')}",
                where=f"{fact.version.file}:{fact.version.line}",
                advice=f"served are {', '.join(map(str, table['serves']))}",
            )


def _check_lack(row: Mapping[str, str], declared: Collection[Dependency]) -> None:
    """Raise Refused where a package is declared that there are no templates for."""
    names = {one.name for one in declared}
    found = next((one for one in declared if one.name == normalise(row["declared"])), None)
    if found is not None and normalise(row.get("unless", "")) not in names:
        raise Refused(
            f"{row['declared']} is not served: {row['reason']}", where=f"{found.file}:{found.line}"
        )


def _serves(pattern: str, version: Version) -> bool:
    found = re.fullmatch(r"(\d+)(?:\.(\d+)(?:\.(\d+))?\+)?", pattern)
    if found is None or int(found[1]) != version.major:
        return False
    if found[2] is None or version.minor is None:
        return True
    patch = re.match(r"\D*\d+\.\d+\.(\d+)", version.text)
    asked = (int(found[2]), int(found[3] or 0))
    return (version.minor, int(patch[1]) if patch else asked[1]) >= asked

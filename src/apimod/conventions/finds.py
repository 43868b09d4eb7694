"""Helpers that the project has already, found by the patterns of the units.

A unit's ``[conventions.finds]`` maps what is looked for to a pattern, whose first group is the
helper's name; it is matched against the lines of the project's own files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.languages.buffer import ImportNeed
from apimod.model import Evidence
from apimod.views import Snippet

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from apimod.conventions.study import Study
    from apimod.source import Source


def helper(study: Study, key: str, units: Collection[str], form: str = "{name}") -> Snippet | None:
    """Return a project's own helper as a snippet; None where it has none.

    ``units`` are those in use; ``form`` says how it is written, with ``{name}`` for its name.
    """
    for unit in study.units:
        pattern = unit.table("conventions").get("finds", {}).get(key)
        if not pattern or unit.name not in units:
            continue
        for source in _sources(study):
            found = re.search(pattern, source.data.decode("utf-8", "replace"), re.MULTILINE)
            if found:
                name = found[1]
                line = source.line_of(len(source.data[: found.start()]))
                evidence = Evidence(f"{key}: {name}", source.path, line)
                study.evidence.append(evidence)
                need = ImportNeed(study.module(source), name)
                return Snippet(form.replace("{name}", name), (need,), evidence)
    return None


def constants(study: Study, units: Collection[str]) -> Mapping[str, str]:
    """Return the patterns by which the project names constraints and indexes, by kind."""
    for unit in study.units:
        table = unit.table("conventions")
        mark, pattern = table.get("naming_mark"), table.get("naming")
        if not mark or not pattern or unit.name not in units:
            continue
        for source in _sources(study):
            if mark.encode() in source.data:
                pairs = re.findall(pattern, source.data.decode("utf-8", "replace"))
                if pairs:
                    return dict(pairs)
    return {}


def mentions(study: Study, key: str, units: Collection[str]) -> bool:
    """Tell whether a file of the project matches all patterns that a unit lists under ``key``."""
    for unit in study.units:
        patterns = unit.table("conventions").get(key)
        if not patterns or unit.name not in units:
            continue
        for source in _sources(study):
            text = source.data.decode("utf-8", "replace")
            if all(re.search(p, text) for p in patterns):
                return True
    return False


def _sources(study: Study) -> list[Source]:
    found = (study.code.source(path) for path in study.paths)
    return [source for source in found if source is not None]

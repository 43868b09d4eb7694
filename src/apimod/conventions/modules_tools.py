"""The project's own tools: what hashes its secrets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.conventions.modules_text import text_of
from apimod.model import Evidence
from apimod.views import ImportNeed, Snippet

if TYPE_CHECKING:
    from apimod.conventions.study import Study

TAKES = r"\(?\s*\w+(?:\s*:\s*string)?\s*\)?"
HASHER = re.compile(
    rf"^(?:export )?(?:async function|const) (hash\w*)\b\s*(?:=\s*(?:async\s*)?)?{TAKES}\s*(?:=>|[:{{])"
    rf"|^export function (hash\w*){TAKES}\s*:\s*Promise",
    re.MULTILINE,
)


def hasher(study: Study, units: frozenset[str]) -> Snippet | None:
    """Return the expression that hashes a text: by the project's function, else by a library in use.

    None where there is neither: the plan brings a library then.
    """
    for path in study.paths:
        source = study.code.source(path)
        found = (
            HASHER.search(text_of(source))
            if source is not None and b"hash" in source.data
            else None
        )
        if source is None or found is None:
            continue
        name = found[1] or found[2]
        if not re.search(rf"\bexports?\b[^;]*?\b{name}\b", text_of(source)):
            continue
        line = source.line_of(len(text_of(source)[: found.start()].encode()))
        evidence = Evidence("what hashes secrets", path, line)
        study.evidence.append(evidence)
        return Snippet(f"await {name}({{}})", (ImportNeed(f"/{path}", name),), evidence)
    rows = [(u, u.table("conventions").get("hash")) for u in study.units if u.kind == "hasher"]
    for unit, row in rows:
        if row and unit.name in units:
            need = ImportNeed(str(row["module"]), row.get("name"), str(row["as"]))
            return Snippet(str(row["call"]), (need,))
    return None

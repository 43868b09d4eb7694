"""The project's own tools, found by what they call: its hasher of secrets, its log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.conventions.pieces import package_of
from apimod.languages.buffer import ImportNeed
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from collections.abc import Collection

    from apimod.conventions.study import Study


def hasher(study: Study, units: Collection[str]) -> Snippet | None:
    """Return the project's function from a text to its hash and an error; None where it has none."""
    calls = {n for u in study.units if u.name in units for n in u.names("conventions", "hashes")}
    for path in study.paths if calls else ():
        source = study.code.source(path)
        if source is None or not any(c.rpartition(".")[2].encode() in source.data for c in calls):
            continue
        for node in study.code.root(source).named_children:
            if node.type != "function_declaration":
                continue
            result = node.child_by_field_name("result")
            params = study.language.params(source, node)
            types = [source.text(p.type) for p in params if p.type is not None]
            if result is None or types != ["string"]:
                continue
            if "".join(source.text(result).split()) != "(string,error)":
                continue
            at = At(source, node)
            if not any(set(study.ev.canonical(at.to(n))) & calls
                       for n in study.language.subtree(node) if n.type == "selector_expression"):  # fmt: skip
                continue
            name = study.language.qualified_name(source, node)
            if name[:1].isupper():
                study.learn("what hashes secrets", at)
                need = ImportNeed(study.module(source))
                return Snippet(f"{package_of(study, at)}.{name}({{}})", (need,))
    return None


def logger(study: Study, units: Collection[str]) -> Snippet | None:
    """Return the statement that logs an error, as the log in use is called."""
    for unit in study.units:
        row = unit.table("conventions").get("log")
        if row and unit.name in units:
            needs = tuple(ImportNeed(module) for module in row["imports"])
            return Snippet(str(row["statement"]), needs)
    return None

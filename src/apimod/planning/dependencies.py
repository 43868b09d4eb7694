"""Declares what the generated code needs and the project does not have."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from apimod.errors import Refused
from apimod.insertion import Insertion
from apimod.manifests import (
    Dependency,
    Group,
    Lock,
    add_dependency,
    dependencies,
    lock_command,
    manifest_for,
    normalise,
)

if TYPE_CHECKING:
    from apimod.planning.builder import Builder
    from apimod.planning.context import Context
    from apimod.planning.files import Files


Wanted = tuple[str, str, str, Group]
"""A manifest, a package, the constraint, and whether it is for development only."""


def declare(builder: Builder, context: Context, files: Files) -> tuple[bool, Lock | None]:
    """Add the missing dependencies to the manifest; tell whether a lock file is then stale.

    What cannot be declared by an insertion becomes a note with the line to add.
    """
    project = builder.project
    declared = dependencies(project)
    present = {d.name for d in declared}
    spaced = builder.way.spaced_versions
    lacking = []
    for name, written in sorted(context.requires):
        requirement, *others = (part.strip() for part in written.split("|"))
        if any(_brought(declared, other) for other in others):
            continue
        package, constraint = split(requirement, spaced=spaced)
        plain = builder.way.declared_name(package)
        package, constraint = builder.way.requirement(builder, declared, package, constraint)
        extras = "[" in package and not spaced
        if plain not in present or (extras and not _has_extra(builder, plain, package)):
            lacking.append((package, constraint, name))
    manifest = manifest_for(project)
    for package, written, name in lacking:
        constraint, _, dev = written.partition(" dev")
        because = f"the new code uses {name}"
        if not manifest:
            context.notes.append(f"install {package}{constraint}: {because}")
            continue
        wanted: Wanted = (
            manifest,
            package,
            constraint,
            "dev" if dev or written == "dev" else "main",
        )
        _declare(builder, context, files, wanted, because)
    changed = manifest in files.changed
    lock = lock_command(project, manifest) if changed else None
    return lock is not None, lock


def _declare(
    builder: Builder,
    context: Context,
    files: Files,
    wanted: Wanted,
    because: str,
) -> None:
    manifest, package, constraint, group = wanted
    text = files.source(manifest).data.decode("utf-8")
    try:
        made = add_dependency(manifest, text, package, constraint, group)
    except Refused as error:
        context.notes.append(
            f"add {package}{constraint} to {manifest} by hand ({error.what}): {because}"
        )
        return
    insertions = [one if isinstance(one, Insertion) else Insertion(one[0], one[1]) for one in made]
    files.insert(manifest, insertions, because)


def split(requirement: str, *, spaced: bool) -> tuple[str, str]:
    """Return a requirement's package and constraint; ``spaced`` where a blank parts them."""
    if spaced:
        package, _, version = requirement.partition(" ")
        return package, version.strip()
    found = re.match(r"([A-Za-z0-9._-]+(?:\[[^\]]*\])?)\s*(.*)", requirement)
    return (found[1], found[2]) if found else (requirement, "")


def _brought(declared: Sequence[Dependency], other: str) -> bool:
    """Tell whether a declared dependency, with that extra if one is named, brings what is needed."""
    package, _, extra = other.rstrip("]").partition("[")
    called = (package, normalise(package))
    return any(d.name in called and (not extra or extra in d.extras) for d in declared)


def _has_extra(builder: Builder, plain: str, package: str) -> bool:
    """Tell whether the manifest asks for a package with the extra that is needed."""
    extra = package.partition("[")[2].rstrip("]")
    pattern = rf"{re.escape(plain)}\s*(\[[^\]]*\b{re.escape(extra)}\b|.*extras.*{re.escape(extra)})"
    return any(
        re.search(pattern, builder.project.text(m), re.IGNORECASE)
        for m in builder.project.manifests
    )

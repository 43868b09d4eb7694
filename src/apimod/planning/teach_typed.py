"""The lesson of a project whose handlers are functions of typed parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.conventions.typed import Typed, taught, untaught
from apimod.conventions.typed_tests import test_style
from apimod.planning.teach import Lesson
from apimod.views import Case

if TYPE_CHECKING:
    from apimod.conventions.model import Conventions, OwnerStyle
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer


def typed_lesson(
    study: Study, sibling: Sibling | None, words: Renamer | None, param: str, units: frozenset[str]
) -> Lesson:
    """Ask every question of the sibling; ``units`` are those in use."""
    if sibling is None or words is None:
        return Lesson(_general(study, untaught(study, param), units))
    found = taught(study, sibling, words, param)
    guarded = any(served.endpoint.auth for served in sibling.operations.values())
    style, shown = test_style(study, words, guarded=guarded)
    return Lesson(
        replace(_general(study, _with_tools(study, found, units), units), test=style),
        found.parts,
        found.parameters,
        found.model,
        test_file=shown,
        bodies=found.bodies,
    )


def _with_tools(study: Study, found: Typed, units: frozenset[str]) -> Conventions:
    """Add what depends on the libraries in use, and on what the project made of them."""
    from apimod.conventions import typed_tools

    given = found.conventions
    errors = given.errors
    if errors.type is not None:
        types, kinds = typed_tools.conversions(study, errors.type.text, units)
        errors = replace(errors, converts=errors.converts | types, answers=frozenset(kinds))
    shows = found.model is not None and typed_tools.shows_itself(study, found.model)
    stamps = given.timestamps
    if stamps is not None and not shows:  # a row's own names are not those on the wire
        camel = given.schema.camel
        wires = [
            Case(name).camel if camel and name else "" for name in (stamps.created, stamps.updated)
        ]
        stamps = replace(stamps, created_wire=wires[0], updated_wire=wires[1])
    documented = typed_tools.security(study, found.handlers, units)
    return replace(
        given,
        timestamps=stamps,
        errors=errors,
        owner=_referring(study, given.owner),
        schema=replace(given.schema, response=not shows),
        docs=replace(given.docs, comment_security=documented),
        hash=typed_tools.hashes_secrets(study, units),
    )


def _referring(study: Study, owner: OwnerStyle | None) -> OwnerStyle | None:
    """Return the owner's column with what it refers to, as the project's SQL says it."""
    from apimod.conventions.callers import reference_of

    if owner is None:
        return None
    reference, on_delete = reference_of(study, owner.field)
    return replace(owner, reference=reference, on_delete=on_delete)


def _general(study: Study, conventions: Conventions, units: frozenset[str]) -> Conventions:
    """Add what the whole project teaches, whichever sibling is followed."""
    from apimod.conventions.tools import logger

    return replace(conventions, log=conventions.log or logger(study, units))

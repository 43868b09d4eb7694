"""What the classes of a sibling teach beside their names: keys, tables, how parts are handed on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod import names
from apimod.conventions.bean_members import (
    constructors_of,
    fields_of,
    marks_of,
    methods_of,
    without,
)
from apimod.conventions.beans import Beans, class_name
from apimod.conventions.columns import Column, columns, id_style, timestamps, written_table
from apimod.conventions.model import IdStyle, ModelStyle, TimestampStyle
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from apimod.conventions.study import Study
    from apimod.rename import Renamer


def key_style(study: Study, model: At, param: str) -> IdStyle:
    """Return how the primary key is declared, with its type as it is written."""
    found = columns(study, model)
    style = id_style(study, found, param)
    own = next((c for c in found if c.name == style.symbol), None)
    if own is None:
        return style
    kind = own.at.node.child_by_field_name("type")
    annotation = study.snippet(own.at.to(kind)) if kind is not None else None
    generated = bool(own.found(study, "generated"))
    told = without(study, own.at, makers(study)) if style.declaration is not None else None
    return replace(
        style, annotation=annotation, wire=own.name, generated=generated, declaration=told
    )


def makers(study: Study) -> frozenset[str]:
    """Return the annotations that make members: a new model has its own above the class, or none."""
    keys = ("reads_and_sets", "reads", "sets", "constructs", "constructs_bare")
    return frozenset(name for key in keys for name in study.types(key))


def stamps(study: Study, model: At) -> TimestampStyle | None:
    """Return the members that say when a row was made and changed."""
    found = columns(study, model)
    style = timestamps(study, found)
    if style is None:
        return None
    return replace(
        style,
        created=_column(study, found, style.created),
        updated=_column(study, found, style.updated),
        created_symbol=style.created,
        updated_symbol=style.updated,
        created_wire=style.created,
        updated_wire=style.updated,
        types=tuple(c.fact.type for c in found if c.name in (style.created, style.updated)),
        declarations=tuple(
            without(study, c.at, makers(study))
            for name in (style.created, style.updated)
            for c in found
            if c.name == name and not c.inherited
        ),
    )


def _column(study: Study, found: list[Column], name: str) -> str:
    """Return the column that holds a member: as it is written, else by the member's name."""
    own = next((c for c in found if c.name == name), None)
    written = own.found(study, "column") if own is not None else None
    return written[1] if written else names.snake(name)


def table_style(study: Study, model: At, words: Renamer | None) -> ModelStyle:
    """Return how a model is declared: the class that it extends, the name of its table."""
    base = model.node.child_by_field_name("superclass")
    kind = base.named_children[0] if base is not None and base.named_children else None
    above = model.to(kind) if kind is not None else None
    own = above is not None and bool(study.classes(above))
    bears = above is not None and words is not None and words.mentions(above.source.text(kind))  # type: ignore[arg-type]
    table = written_table(study, model)
    name = class_name(study, model)
    suffix = re.search(r"(?<=[a-z])(Entity|Model|Document)$", name)
    return ModelStyle(
        base=study.snippet(above, "the base of models") if above and own and not bears else None,
        explicit_table=bool(table),
        plural_table=table != names.singular(table) if table else False,
        suffix=suffix[0] if suffix else "",
    )


def injection(study: Study, cls: At) -> tuple[str, Snippet | None]:
    """Return how a class is handed what it holds, and what marks a field that it is handed to."""
    members = [m for m in fields_of(study, cls) if not m.inherited]
    marks = study.types("inject")
    for member in members:
        for name, at in marks_of(study, member.at):
            if name in marks:
                return "field", study.snippet(at, "how classes are handed what they hold")
    if constructors_of(cls) or not members:
        return "constructor", None
    study.learn("how classes are handed what they hold", cls)
    return "generated", None


def writes_accessors(study: Study, cls: At) -> bool:
    """Tell whether a class writes out what reads its members; a record has no need to."""
    members = [m for m in fields_of(study, cls) if not m.inherited]
    methods = methods_of(cls)
    if not members or cls.node.type == "record_declaration":
        return True
    return any(f"get{m.name[:1].upper()}{m.name[1:]}" in methods for m in members)


def generated_accessors(study: Study, cls: At) -> tuple[Snippet, ...]:
    """Return what stands above a class and makes both what reads and what sets its members.

    ``()`` where nothing does, or only one of the two.
    """
    both, reads, sets = (study.types(k) for k in ("reads_and_sets", "reads", "sets"))
    marks = [(name, at) for name, at in marks_of(study, cls) if name in both | reads | sets]
    found = {name for name, _ in marks}
    if not (found & both or (found & reads and found & sets)):
        return ()
    return tuple(study.snippet(at) for _, at in marks)


def usable(
    study: Study, cls: At, above: tuple[Snippet, ...], accessors: bool
) -> tuple[Snippet, ...]:
    """Return what stands above a model, without what a model that writes its own does not go with.

    ``accessors`` says that it writes out what reads and sets its members. What makes constructors
    stays only where one of them takes nothing and is for all.
    """
    dropped = study.types("reads_and_sets") | study.types("reads") | study.types("sets")
    dropped = dropped if accessors else frozenset()
    bare, makes = study.types("constructs_bare"), study.types("constructs")
    marks = {at.source.text(at.node): name for name, at in marks_of(study, cls)}
    if not any(name in bare and "(" not in text for text, name in marks.items()):
        dropped |= bare | makes
    return tuple(one for one in above if marks.get(one.text, "") not in dropped)


def wraps(study: Study, beans: Beans) -> str:
    """Return what most handlers give back: ``body``, or ``wrapped`` in what carries the status."""
    kinds = study.types("answer")
    count = 0
    for handler in beans.handlers.values():
        result = study.language.return_type(handler.source, handler.node)
        count += result is not None and bool(study.type_names(handler.to(result)) & kinds)
    return "wrapped" if count * 2 >= len(beans.handlers) else "body"

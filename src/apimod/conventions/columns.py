"""What a sibling's model teaches: its key, its timestamps, its owner, its base.

The patterns that tell a key or a reference from the text of a field are in the matchers'
``[conventions]``: ``primary_key``, ``foreign_key`` (its group is ``table.column``), ``unique``,
``index``, ``default``, and ``types``, which says what type a column's annotation or tag means.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from apimod import names
from apimod.conventions.model import IdStyle, ModelStyle, OwnerStyle, TimestampStyle
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from apimod.conventions.classes import FieldFact
    from apimod.conventions.handlers import Parameter
    from apimod.conventions.study import Study
    from apimod.rename import Renamer

CREATED = frozenset("created creation inserted added create insert".split())
UPDATED = frozenset("updated update modified changed modification edited".split())
OWNERS = frozenset("owner user author creator account created_by member customer".split())
PRIVILEGED = ("is_superuser", "is_admin", "is_staff")


class Column(Struct, frozen=True, eq=False):
    """A column as its model declares it; ``type`` is one of the field types, or ``""``."""

    name: str
    type: str
    text: str
    at: At
    inherited: bool
    optional: bool
    fact: FieldFact

    def found(self, study: Study, key: str) -> re.Match[str] | None:
        """Return the first match of the unit's patterns under ``key`` in the declaration."""
        for pattern in self.fact.unit.table("conventions").get(key, ()):
            hit = re.search(pattern, self.text)
            if hit:
                return hit
        return None


def columns(study: Study, model: At) -> list[Column]:
    """Return a class's columns or fields, those of its bases first."""
    fact = study.model_fact(model)
    if fact is None:
        return []
    out: dict[str, Column] = {}
    for cls in reversed([place for place in study.ev.mro(model) if isinstance(place, At)]):
        inherited = cls.node.start_byte != model.node.start_byte or cls.source is not model.source
        for declared in study.classes_known.fields(cls, fact.unit):
            out[declared.name] = _column(declared, inherited)
    return list(out.values())


def _column(fact: FieldFact, inherited: bool) -> Column:
    table = fact.unit.table("conventions")
    kind = next(
        (
            str(name)
            for pattern, name in table.get("types", {}).items()
            if re.search(pattern, fact.type or fact.text)
        ),
        "",
    )
    nullable = table.get("nullable", ())
    optional = bool(re.search(r"\|\s*None|None\s*\||Optional\[|^\*", fact.type))
    optional = optional or any(re.search(pattern, fact.text) for pattern in nullable)
    return Column(fact.name, kind, fact.text, fact.at, inherited, optional, fact)


def id_style(study: Study, found: list[Column], param: str) -> IdStyle:
    """Return how the primary key is declared, and the path parameter that carries it."""
    for column in found:
        if column.found(study, "primary_key"):
            kind = column.type if column.type in ("int", "uuid", "string", "bigint") else "int"
            own = None if column.inherited else study.snippet(column.at, "the primary key")
            return IdStyle(
                type="int" if kind == "bigint" else kind,
                name=names.snake(column.name),
                symbol=column.name,
                wire=names.snake(column.name),
                param=param,
                declaration=own,
                inherited=column.inherited,
            )
    return IdStyle(param=param)


def named_key(style: IdStyle, name: str) -> IdStyle:
    """Return a key under another name, its declaration too."""
    told = style.declaration
    if told is not None and told.text.startswith(style.symbol):
        told = replace(told, text=name + told.text[len(style.symbol) :])
    return replace(style, name=name, symbol=name, wire=name, declaration=told)


def has_surrogate_key(study: Study, found: list[Column]) -> bool:
    """Tell whether rows are told apart by a key that only numbers them.

    A name or a code that a client chooses, and several columns together, say something of the row:
    another resource has no such thing.
    """
    keys = [column for column in found if column.found(study, "primary_key")]
    if len(keys) != 1:
        return not keys
    return keys[0].type != "string" or bool(keys[0].found(study, "default"))


def timestamps(study: Study, found: list[Column]) -> TimestampStyle | None:
    """Return the columns that say when a row was made and changed; None where there are none."""
    created = next((c for c in found if _stamps(c, CREATED)), None)
    updated = next((c for c in found if _stamps(c, UPDATED)), None)
    both = [c for c in (created, updated) if c is not None]
    if not both:
        return None
    own = [c for c in both if not c.inherited]
    for column in both:
        study.learn("timestamps", column.at)
    return TimestampStyle(
        created=created.name if created else "",
        updated=updated.name if updated else "",
        mixin=not own,
        declarations=tuple(study.snippet(c.at) for c in own),
        created_optional=bool(created and created.optional),
        updated_optional=bool(updated and updated.optional),
    )


def _stamps(column: Column, words: frozenset[str]) -> bool:
    parts = names.words(column.name)
    return bool(words & set(parts)) and column.type == "datetime" and "by" not in parts


def owner(
    study: Study, found: list[Column], user: Parameter | None, handlers: str
) -> OwnerStyle | None:
    """Return how rows belong to the caller; None where they do not.

    ``handlers`` is the text of the sibling's routes: what callers may see more, and what others
    are told.
    """
    if user is None:
        return None
    for column in found:
        words = set(names.words(column.name))
        reference = column.found(study, "foreign_key")
        if not words & OWNERS or not (reference or column.name.lower().endswith(("id", "by"))):
            continue
        study.learn("rows belong to a user", column.at)
        key = next(
            (c.name for cls in user.classes for c in columns(study, cls)
             if c.found(study, "primary_key")),
            "id",
        )  # fmt: skip
        power = next((p for p in PRIVILEGED if f"{user.name}.{p}" in handlers), "")
        return OwnerStyle(
            field=column.name,
            user_id=f"{user.name}.{key}",
            id_type=column.type if column.type in ("int", "uuid", "string") else "int",
            declaration=None if column.inherited else study.snippet(column.at),
            override=f"{user.name}.{power}" if power else "",
            denied=403 if re.search(r"\b403\b|HTTP_403|StatusForbidden", handlers) else 404,
            reference=reference[1] if reference else "",
        )
    return None


def model_style(study: Study, model: At, words: Renamer | None) -> ModelStyle:
    """Return how a model is declared: its bases, the name of its table."""
    name = study.language.qualified_name(model.source, model.node)
    bases = study.language.bases(study.code, model.source, model.node)
    table_name = written_table(study, model)
    kept = [
        study.snippet(At(b.source, b.node))
        for b in bases
        if not (words and words.mentions(b.source.text(b.node)))
        and b.source.path == model.source.path
    ]
    joined = _joined(kept)
    if joined is not None:
        study.learn("the base of models", model)
    return ModelStyle(
        base=joined,
        explicit_table=bool(table_name),
        plural_table=table_name != names.singular(table_name) if table_name else True,
        suffix=_suffix(name),
        dataclass=bool(study.bases(model) & study.types("dataclass")),
        annotated=_annotated(study, model),
    )


def _annotated(study: Study, model: At) -> bool:
    """Whether a model's own columns have annotations; true where it has no columns of its own."""
    own = [column for column in columns(study, model) if not column.inherited]
    return not own or any(column.fact.type for column in own)


def written_table(study: Study, model: At) -> str:
    """Return the table's name as the model writes it; ``""`` where it does not."""
    fact = study.model_fact(model)
    text = model.source.text(model.node)
    for pattern in fact.unit.table("conventions").get("table", ()) if fact else ():
        found = re.search(pattern, text)
        if found:
            return found[1]
    return ""


def _joined(parts: list[Snippet]) -> Snippet | None:
    if not parts:
        return None
    needs = tuple(dict.fromkeys(need for part in parts for need in part.imports))
    return Snippet(", ".join(part.text for part in parts), needs, parts[0].evidence)


def _suffix(name: str) -> str:
    last = re.findall(r"[A-Z][a-z]+$", name)
    return last[0] if last and last[0] in ("Model", "Entity", "Table", "Record") else ""

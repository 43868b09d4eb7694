"""What a sibling's model teaches where models are structs with tags: key, times, base, owner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod import names
from apimod.conventions.columns import CREATED, OWNERS, UPDATED
from apimod.conventions.model import IdStyle, ModelStyle, SessionStyle, TimestampStyle
from apimod.conventions.tags import Tagged, embeds, tagged
from apimod.values import At
from apimod.views import ImportNeed, Snippet

if TYPE_CHECKING:
    from apimod.conventions.anatomy import Anatomy
    from apimod.conventions.constructors import Constructor
    from apimod.conventions.study import Study
    from apimod.pack import Unit
    from apimod.rename import Renamer


def unit_of(study: Study, model: At) -> Unit | None:
    """Return the unit that makes a table of a struct."""
    fact = study.model_fact(model)
    return fact.unit if fact is not None else None


def key_of(found: list[Tagged], unit: Unit) -> Tagged | None:
    """Return the field that is the primary key."""
    marked = [f for f in found if f.found(unit, "primary_key")]
    return next(iter(marked), None)


def id_style(study: Study, model: At, found: list[Tagged], param: str) -> IdStyle:
    """Return how the key is declared, made and sent."""
    unit = unit_of(study, model)
    key = key_of(found, unit) if unit is not None else None
    if unit is None or key is None:
        return IdStyle(name="id", symbol="ID", wire="id", param=param)
    kind = key.kind(unit)
    kind = kind if kind in ("uuid", "string") else "int"
    place = key.at or model
    study.learn("the primary key", place)
    made = bool(key.found(unit, "generated"))
    return IdStyle(
        type=kind,
        name=key.column(unit),
        symbol=key.name,
        wire=key.wire or key.name,
        param=param,
        annotation=Snippet(key.type.lstrip("*"), typed_needs(study, place, key.type)),
        declaration=None if key.base else declaration(study, key),
        generated=kind != "int" and not made and not key.base,
        inherited=bool(key.base),
    )


def declaration(study: Study, one: Tagged, words: Renamer | None = None) -> Snippet:
    """Return a field's line, without what its tags say in the sibling's words."""
    assert one.at is not None
    text = " ".join(one.text.split("`", 1)[0].split())
    tags = one.tags
    if words is not None:
        tags = {key: _without(value, words) for key, value in tags.items()}
    shown = " ".join(f'{key}:"{value}"' for key, value in tags.items() if value)
    text = f"{one.name} {one.type}" if "," in text else text
    return Snippet(f"{text} `{shown}`" if shown else text, typed_needs(study, one.at, one.type))


def _without(value: str, words: Renamer) -> str:
    return ";".join(part for part in value.split(";") if not words.mentions(part))


def typed_needs(study: Study, at: At, text: str) -> tuple[ImportNeed, ...]:
    """Return the imports of the packages that a type names."""
    found = (study.need(at.source, name) for name in re.findall(r"\b(\w++)\.", text))
    return tuple(n for n in found if n is not None)


def timestamps(study: Study, model: At, found: list[Tagged]) -> TimestampStyle | None:
    """Return the fields that say when a row was made and changed; None where there are none."""
    unit = unit_of(study, model)
    if unit is None:
        return None
    times = [f for f in found if f.kind(unit) == "datetime" and not f.type.startswith("*")]
    created = next((f for f in times if CREATED & set(names.words(f.name))), None)
    updated = next((f for f in times if UPDATED & set(names.words(f.name))), None)
    both = [f for f in (created, updated) if f is not None]
    if not both:
        return None
    own = [f for f in both if not f.base]
    for one in both:
        study.learn("timestamps", one.at or model)
    return TimestampStyle(
        created=created.column(unit) if created else "",
        updated=updated.column(unit) if updated else "",
        mixin=not own,
        declarations=tuple(declaration(study, f) for f in own),
        types=_written_types(study, both[0].column(unit)),
        created_symbol=created.name if created else "",
        updated_symbol=updated.name if updated else "",
        created_wire=created.wire if created else "",
        updated_wire=updated.wire if updated else "",
    )


def _written_types(study: Study, column: str) -> tuple[str, ...]:
    """Return the type of a column of moments, as the project's own SQL writes it."""
    pattern = re.compile(
        rf"^[ \t]*[\"`]?{re.escape(column)}[\"`]?\s+((?:timestamp|datetime)\w*(?:\s*\(\d\))?"
        r"(?:\s+with(?:out)?\s+time\s+zone)?)",
        re.IGNORECASE | re.MULTILINE,
    )
    found = [hit[1] for text in study.sql for hit in pattern.finditer(text)]
    return (max(dict.fromkeys(found), key=found.count),) if found else ()


def model_style(study: Study, model: At, found: list[Tagged]) -> ModelStyle:
    """Return how models are declared: what they embed, how their tables are named."""
    unit = unit_of(study, model)
    useful = set()
    if unit is not None:
        useful = {f.base for f in found if f.base and (
            f.found(unit, "primary_key") or f.kind(unit) in ("datetime", "deleted"))}  # fmt: skip
    kept = [e for e in embeds(study, model) if e.source.text(e.node) in useful]
    base = None
    if kept:
        study.learn("what models embed", kept[0])
        needs = tuple(n for e in kept for n in typed_needs(study, e, e.source.text(e.node)))
        base = Snippet("\n".join(e.source.text(e.node) for e in kept), needs)
    members = study.language.members(study.code, model.source, model.node)
    written = unit is not None and any(
        re.search(p, f.source.data.decode("utf-8", "replace"))
        for p in unit.table("conventions").get("table", ())
        for f in members.get("TableName", ())
    )
    return ModelStyle(
        base=base,
        explicit_table=written,
        soft_delete=unit is not None and any(f.kind(unit) == "deleted" for f in found),
    )


def owner_field(found: list[Tagged]) -> Tagged | None:
    """Return the field that could say whose row it is."""
    for one in found:
        parts = names.words(one.name)
        if set(parts) & OWNERS and parts[-1] in ("id", "by") and not one.base:
            return one
    return None


def session_style(study: Study, parts: Anatomy, param: Snippet | None) -> SessionStyle:
    """Return how code reaches the database."""
    held = parts.session
    text = _project_text(study)
    unit = next((u for u in study.units if u.table("conventions").get("session")), None)
    table = unit.table("conventions") if unit is not None else {}
    translates = bool(re.search(table.get("translates", r"\Z(?!)"), text))
    rounds = bool(re.search(table.get("rounds", r"\Z(?!)"), text))
    if held is not None:
        study.learn("how code reaches the database", held.type)
    name = held.name if held is not None else "db"
    made = _storing_constructor(study, parts)
    return SessionStyle(
        name=name,
        field=name,
        param=param,
        takes=made.takes if made is not None else None,
        gives=made.gives if made is not None else None,
        translates=translates,
        rounds=rounds,
    )


def _storing_constructor(study: Study, parts: Anatomy) -> Constructor | None:
    """Return what makes the layer that holds the session."""
    from apimod.conventions.constructors import constructor

    held = parts.session
    if held is None:
        return None
    lowest = [layer.cls for layer in parts.layers.values() if held in layer.inside]
    cls = next(iter(lowest), parts.owner)
    return constructor(study, cls, held.name) if cls is not None else None


def _project_text(study: Study) -> str:
    found = (study.code.source(path) for path in study.paths)
    return "\n".join(s.data.decode("utf-8", "replace") for s in found if s is not None)


def is_camel(study: Study, classes: list[At]) -> bool:
    """Tell whether names of several words travel in camel case."""
    wires = [f.wire for cls in classes for f in tagged(study, cls) if "json" in f.tags]
    camel = sum(bool(re.match(r"[a-z][a-z\d]*[A-Z]", w)) for w in wires)
    return camel > sum("_" in w for w in wires)

"""How the sibling is stored: its key, its moments, its owner, and what reaches the database.

What a library's models look like is said by its unit, in ``[conventions.members]``: patterns over
the text of a model. See matchers/README.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from apimod.conventions.model import IdStyle, ModelStyle, OwnerStyle, SessionStyle, TimestampStyle
from apimod.conventions.modules_text import offers, text_of
from apimod.model import Evidence
from apimod.views import ImportNeed, Snippet

if TYPE_CHECKING:
    from apimod.conventions.places import Part
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.pack import Unit
    from apimod.source import Source

OWNERS = r"(?:owner|user|author|creator|account|created_?by)(?:_?id)?"


class Member(Struct, frozen=True):
    """A member of a model: its name, its type, and all that is said of it."""

    name: str
    type: str
    text: str


class Stored(Struct, frozen=True):
    """A model: where it stands, its text, its members."""

    unit: Unit
    source: Source
    name: str
    text: str
    start: int
    members: tuple[Member, ...]

    @property
    def table(self) -> dict[str, Any]:
        """What the unit says of models."""
        found: dict[str, Any] = self.unit.table("conventions")["members"]
        return found

    def fits(self, key: str, text: str) -> bool:
        """Tell whether a text shows what the unit's pattern of that key looks for."""
        return any(re.search(p, text, re.MULTILINE) for p in self.table.get(key, ()))

    @property
    def evidence_line(self) -> int:
        """The line at which the model begins."""
        return self.source.line_of(self.start)


def models_of(study: Study, units: frozenset[str], files: tuple[Source, ...]) -> Iterator[Stored]:
    """Yield the models that the units in use show; ``files`` are those that are no code."""
    for unit in study.units:
        table = unit.table("conventions").get("members")
        if not table or unit.name not in units:
            continue
        pattern = re.compile(table["model"], re.MULTILINE | re.DOTALL)
        member = re.compile(table["member"], re.MULTILINE)
        own = [f for f in files if f.path.endswith(tuple(table.get("files", ())))]
        code = (study.code.source(p) for p in study.paths)
        for source in own if table.get("files") else [s for s in code if s is not None]:
            text = text_of(source)
            for found in pattern.finditer(text):
                rows = tuple(
                    Member(m["name"], m["type"], m[0].strip())
                    for m in member.finditer(found["body"])
                )
                yield Stored(
                    unit, source, found["name"], found[0], len(text[: found.start()].encode()), rows
                )


def model_of_sibling(found: list[Stored], sibling: Sibling, part: Part | None) -> Stored | None:
    """Return the sibling's model: of its name, else that of its file."""
    wanted = sibling.singular.replace("_", "")
    named = [m for m in found if re.sub(r"(?i)schema$|model$", "", m.name).lower() == wanted]
    beside = [m for m in found if part is not None and m.source.path == part.path]
    return next(iter(named or beside), None)


def id_style(study: Study, model: Stored | None, param: str) -> IdStyle:
    """Return the key of the sibling's rows."""
    if model is None:
        return IdStyle(type="int", param=param)
    table = model.table
    _note(study, model, "the key of rows")
    for member in model.members:
        if model.fits("key", member.text):
            kinds: dict[str, str] = table.get("kinds", {})
            kind = next((k for p, k in kinds.items() if re.search(p, member.text)), "string")
            return IdStyle(
                type=kind,
                name=_column(model, member),
                symbol=member.name,
                wire=member.name,
                param=param,
                declaration=Snippet(member.text),
            )
    wire = table.get("key_name", "id")
    shown = [n for n, p in table.get("key_shown", {}).items() if _anywhere(study, model, p)]
    return IdStyle(
        type=table.get("key_kind", "string"),
        name=wire,
        symbol=wire,
        wire=(shown or [wire])[0],
        param=param,
    )


def _anywhere(study: Study, model: Stored, pattern: str) -> bool:
    return bool(re.search(pattern, text_of(model.source), re.MULTILINE))


def _column(model: Stored, member: Member) -> str:
    for pattern in model.table.get("column", ()):
        found = re.search(pattern, member.text)
        if found:
            return str(found[1])
    return member.name


def timestamps(model: Stored | None) -> TimestampStyle | None:
    """Return the members for the moments of creation and of change."""
    if model is None:
        return TimestampStyle("createdAt", "updatedAt")
    if model.fits("stamped", model.text):
        return TimestampStyle("createdAt", "updatedAt", mixin=True)
    created = next((m for m in model.members if model.fits("created", m.text)), None)
    updated = next((m for m in model.members if model.fits("updated", m.text)), None)
    if created is None and updated is None:
        return None
    both = tuple(m for m in (created, updated) if m is not None)
    types: dict[str, str] = model.table.get("moments", {})
    kind = next((t for p, t in types.items() if re.search(p, both[0].text)), "")
    return TimestampStyle(
        created=created.name if created is not None else "",
        updated=updated.name if updated is not None else "",
        declarations=tuple(Snippet(m.text) for m in both),
        types=(kind,) if kind else (),
    )


def owner_style(
    study: Study, model: Stored | None, every: list[Stored], callers: str
) -> OwnerStyle | None:
    """Return how rows belong to users. ``callers`` is the text in which handlers name the caller."""
    if model is None:
        return None
    user = _caller(callers)
    for member in model.members:
        if not re.fullmatch(rf"(?i){OWNERS}", member.name) or not model.fits("owner", member.text):
            continue
        if not user:
            return None
        relation = next(
            (
                m
                for m in model.members
                if m is not member
                and re.search(rf"\b{member.name}\b", m.text)
                and model.fits("relation", m.text)
            ),
            None,
        )
        lines = [member.text.rstrip(","), *([relation.text] if relation is not None else [])]
        target = next(
            (m for m in every if relation is not None and m.name == relation.type.rstrip("?[]")),
            None,
        )
        kinds: dict[str, str] = model.table.get("kinds", {})
        kind = next((k for p, k in kinds.items() if re.search(p, member.text)), "string")
        deleted = re.search(r"onDelete:\s*[\"']?(\w+)", "\n".join(lines))
        _note(study, model, f"rows belong to users by {member.name}")
        return OwnerStyle(
            field=_column(model, member),
            symbol=member.name,
            wire=member.name,
            user_id=user,
            id_type=kind,
            declaration=Snippet("\n".join(lines)),
            target=target.name if target is not None else "",
            reference=f"{_table(target)}.id" if target is not None else "",
            on_delete=deleted[1].upper().replace("SETNULL", "SET NULL") if deleted else "",
        )
    return None


def _caller(text: str) -> str:
    """Return the expression by which handlers name their caller's id."""
    patterns = (
        r"\b(?:req|request|res\.locals)\.(?:user|auth|currentUser|account|payload|decoded)!?\??\.(?:id|_id|sub|userId|uid)\b",
        r"\b(?:req|request)\.(?:userId|user_id|uid)\b",
        r"\bres\.locals\.(?:userId|user_id)\b",
    )
    for pattern in patterns:
        found = re.search(pattern, text)
        if found:
            return found[0]
    return ""


def _table(model: Stored) -> str:
    for pattern in model.table.get("table", ()):
        found = re.search(pattern, model.text)
        if found:
            return str(found[1])
    return model.name


def model_style(study: Study, model: Stored | None) -> ModelStyle:
    """Return how models are declared."""
    if model is None:
        return ModelStyle(explicit_table=False)
    table = model.table
    client, module = _client(study, table)
    plugins = tuple(
        Snippet(m[0].replace(m["schema"], "{schema}", 1), _given(study, model.source, m[0]))
        for p in table.get("plugins", ())
        for m in re.finditer(p, text_of(model.source), re.MULTILINE)
    )
    private = next((p for p in table.get("private", ()) if re.search(rf"\b{p}", model.text)), "")
    return ModelStyle(
        explicit_table=_table(model) != model.name,
        mapped=any(_column(model, m) != m.name for m in model.members),
        client=client,
        module=module,
        file=model.source.path if table.get("files") else "",
        plugins=plugins,
        private=private,
    )


def _given(study: Study, source: Source, text: str) -> tuple[ImportNeed, ...]:
    known = offers(study, source)
    return tuple(
        n
        for name, n in known.items()
        if re.search(rf"\b{re.escape(name)}\b", text) and n.module != f"/{source.path}"
    )


def _client(study: Study, table: dict[str, Any]) -> tuple[Snippet | None, str]:
    """Return the name that holds a generated client's types, and the module that it comes from."""
    name = table.get("client")
    if not name:
        return None, ""
    for path in study.paths:
        source = study.code.source(path)
        if source is None or name.encode() not in source.data:
            continue
        for need in offers(study, source).values():
            if need.name == name and need.module != f"/{source.path}":
                return Snippet(name, (ImportNeed(need.module, name),)), need.module
            made = need.name == table.get("maker") and need.module != f"/{source.path}"
            if made:
                return Snippet(name, (ImportNeed(need.module, name),)), need.module
    default = str(table.get("client_module", ""))
    return (Snippet(name, (ImportNeed(default, name),)), default) if default else (None, "")


def session_style(study: Study, units: frozenset[str], near: tuple[Source, ...]) -> SessionStyle:
    """Return the name by which code reaches the database, as the nearest files import it."""
    for unit in study.units:
        table = unit.table("conventions").get("members", {})
        pattern = table.get("session")
        if not pattern or unit.name not in units:
            continue
        code = [s for p in study.paths if (s := study.code.source(p)) is not None]
        for source in code:
            found = re.search(pattern, text_of(source), re.MULTILINE)
            if found is None:
                continue
            need = _as_taken(study, near, source, found[1])
            line = source.line_of(len(text_of(source)[: found.start()].encode()))
            evidence = Evidence("how code reaches the database", source.path, line)
            study.evidence.append(evidence)
            return SessionStyle(name=Snippet(need.alias or found[1], (need,), evidence))  # type: ignore[arg-type]
    return SessionStyle(name="db")


def _as_taken(study: Study, near: tuple[Source, ...], source: Source, name: str) -> ImportNeed:
    """Return the import by which others take a name of a file: as they write it."""
    every = [s for p in study.paths if (s := study.code.source(p)) is not None]
    for other in (*near, *every):
        for need in offers(study, other).values() if other.path != source.path else ():
            if need.module == f"/{source.path}" and (need.name in (name, "default", None)):
                return need
    return ImportNeed(f"/{source.path}", name)


def _note(study: Study, model: Stored, fact: str) -> None:
    found = Evidence(fact, model.source.path, model.evidence_line)
    if found not in study.evidence:
        study.evidence.append(found)

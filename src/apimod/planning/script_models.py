"""The models of a project that are no classes: blocks of a schema's file, or calls that make them.

A unit says in ``[models]`` how its models are found: ``files`` and the word of a ``block`` there, or
``calls``, expressions whose first group is a model's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from msgspec import Struct, field

from apimod import names
from apimod.errors import Refused
from apimod.languages.blocks import Block, blocks
from apimod.views import Case, TargetView

if TYPE_CHECKING:
    from apimod.conventions.model import OwnerStyle
    from apimod.model import Field
    from apimod.pack import Unit
    from apimod.planning.builder import Builder

_KEYS = {"Int": "int", "BigInt": "bigint", "String": "string"}


class ModelPlace(Struct, frozen=True):
    """A model that is there: its name, and where; its block where it is one."""

    name: str
    path: str
    line: int
    key: str = "id"
    key_type: str = "string"
    table: str = ""
    members: tuple[str, ...] = field(default=())


def model_places(builder: Builder) -> Iterator[ModelPlace]:
    """Yield the models of the libraries that the project uses."""
    for unit in _units(builder):
        yield from _in_blocks(builder, unit)
        yield from _in_calls(builder, unit)


def _units(builder: Builder) -> list[Unit]:
    used = {f.unit for f in builder.stack.facts if f.kind == "orm"}
    return [u for u in builder.pack.units if u.name in used and u.table("models")]


def schema_files(builder: Builder, unit: Unit) -> list[str]:
    """Return the project's files of blocks that a unit keeps models in."""
    patterns = unit.names("models", "files")
    return [
        path
        for path in builder.project.files
        if any(fnmatchcase(path.rpartition("/")[2], pattern) for pattern in patterns)
    ]


def _in_blocks(builder: Builder, unit: Unit) -> Iterator[ModelPlace]:
    word = str(unit.table("models").get("block", ""))
    for path in schema_files(builder, unit):
        text = builder.project.text(path)
        for block in blocks(text):
            if block.kind == word:
                yield _of_block(block, path, text.count("\n", 0, block.start) + 1)


def _of_block(block: Block, path: str, line: int) -> ModelPlace:
    keys = [m for m in block.members if re.search(r"@id\b", m.rest)]
    key = keys[0] if keys else None
    kind = _KEYS.get(key.type, "string") if key is not None else "int"
    if key is not None and re.search(r"@db\.Uuid|\buuid\(", key.rest):
        kind = "uuid"
    mapped = next(
        (m[1] for row in block.lines if (m := re.search(r'@@map\("([^"]+)"\)', row.text))), ""
    )
    members = tuple(member.name for member in block.members)
    return ModelPlace(
        block.name,
        path,
        line,
        key.name if key is not None else "id",
        kind,
        mapped or block.name,
        members,
    )


def _in_calls(builder: Builder, unit: Unit) -> Iterator[ModelPlace]:
    patterns = [re.compile(text) for text in unit.names("models", "calls")]
    for path in builder.study.paths if patterns else ():
        source = builder.graph.code.source(path)
        text = source.text_all if source is not None else ""
        for pattern in patterns:
            for found in pattern.finditer(text):
                line = text.count("\n", 0, found.start()) + 1
                yield ModelPlace(found[1], path, line, "_id")


def find(builder: Builder, singular: str) -> ModelPlace | None:
    """Return the model of a resource, by its name with or without a usual ending."""
    wanted = {names.flat(singular), *(names.flat(singular) + e for e in ("model", "entity"))}
    return next((p for p in model_places(builder) if p.name.lower() in wanted), None)


def check_no_model(builder: Builder) -> None:
    """Refuse a resource whose model is there already."""
    found = find(builder, builder.request.resource.singular)
    if found is not None:
        raise Refused(
            f"a model named {found.name} is there already, and endpoints over an existing model are "
            f"not generated in {builder.project.language} yet",
            where=f"{found.path}:{found.line}",
            advice="name the resource differently",
        )


def targets(
    builder: Builder, fields: Sequence[Field], owner: OwnerStyle | None
) -> dict[str, TargetView]:
    """Return the models that refs point at. Raises Refused for one that is not there."""
    out: dict[str, TargetView] = {}
    for each in fields:
        if each.type != "ref":
            continue
        found = find(builder, names.singular(each.target))
        if found is None:
            raise Refused(
                f"{each.name} refers to {each.target}, and no model here is named so",
                advice="create that resource first, or name a model that is there",
            )
        owned = owner.field if owner is not None else ""
        out[each.name] = TargetView(
            name=Case(names.singular(each.target)),
            model=found.name,
            table=found.table or found.name,
            pk_type=found.key_type,
            pk_column=found.key,
            module=f"/{found.path}",
            path=found.path,
            owner=owned if owned in found.members else "",
        )
    return out


def schema_path(builder: Builder, unit: Unit, singular: str) -> str:
    """Return the file of blocks that a new model goes into; ``""`` where the unit has none.

    Where each model has a file of its own, so has the new one.
    """
    files = schema_files(builder, unit)
    if not files:
        return ""
    word = str(unit.table("models").get("block", ""))
    counts = {
        path: sum(block.kind == word for block in blocks(builder.project.text(path)))
        for path in files
    }
    holding = [path for path, count in counts.items() if count]
    if len(holding) > 2 and max(counts.values()) <= 2:
        like = holding[0]
        return f"{like.rpartition('/')[0]}/{names.snake(singular)}.{like.rpartition('.')[2]}"
    return max(holding or files, key=lambda path: (counts[path], -len(path)))

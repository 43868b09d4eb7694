"""Members that a new resource brings into the blocks of others: the other end of a relation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.errors import NoAnchor
from apimod.languages.blocks import blocks, with_member
from apimod.render import environment, evaluate, render

if TYPE_CHECKING:
    from apimod.codemods import Template
    from apimod.planning.context import Context
    from apimod.planning.files import Files


def put_members(context: Context, template: Template, files: Files) -> None:
    """Put what a template gives for each model that the new one refers to into that model's block.

    The front matter names the block; ``related`` is the model, which an owner's relation is to as well.

    Raises NoAnchor where there is no such block.
    """
    builder = context.builder
    env = environment(builder.pack.root, builder.tools.literal)
    refs = [f.target.model for f in context.fields if f.target is not None]
    owner = context.conventions.owner
    owned = [owner.target] if owner is not None and owner.target else []
    for related in dict.fromkeys([*owned, *refs]):
        values = {**context.values(), "related": related}
        if template.front.when and not evaluate(env, template.front.when, values, template.name):
            continue
        head = evaluate(env, template.front.of, values, template.name)
        path = evaluate(env, template.front.to, values, template.name)
        body = render(env, template, values).strip("\n")
        if head and body:
            _put(files, path, head, body)


def _put(files: Files, path: str, head: str, body: str) -> None:
    kind, _, name = head.partition(" ")
    source = files.source(path)
    text = source.text_all
    found = next((b for b in blocks(text) if (b.kind, b.name) == (kind, name)), None)
    if found is None:
        raise NoAnchor(f"there is no block {head}", where=f"{path}:1")
    known = {member.name for member in found.members}
    lines = [line for line in body.split("\n") if line.split()[:1] and line.split()[0] not in known]
    made = with_member(text, found, lines)
    shift = len(source.bom)
    moved = [type(one)(one.offset + shift, one.text) for one in made]
    files.insert(path, moved, f"the other end of what the new {kind} refers to")

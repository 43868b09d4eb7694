"""New files of JavaScript, and what comes to the end of old ones: imports, exports, style."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from apimod.insert import add_imports, end_of_file, list_item
from apimod.insertion import Insertion, compose, inserted
from apimod.languages import blocks
from apimod.languages.buffer import Buffer, ImportNeed, ImportStyle
from apimod.languages.javascript_edit import JAVASCRIPT
from apimod.languages.javascript_shape import shape_of
from apimod.languages.javascript_style import ScriptStyle
from apimod.planning.drafts import Draft
from apimod.planning.identifiers import used_names
from apimod.planning.output import needed
from apimod.planning.script_roles import main_symbol
from apimod.source import Source

if TYPE_CHECKING:
    from apimod.planning.builder import Builder
    from apimod.planning.context import Context
    from apimod.planning.files import Files
    from apimod.planning.output import Output

_EXPORTED = re.compile(
    r"^export (?P<rest>(?:async )?(?:const|let|function\*?|class|abstract class|enum) (?P<name>\w+))",
    re.M,
)


def draft(context: Context, out: Output, files: Files) -> Draft | None:
    """Return the text of a new file, or what comes to an old one; None for another language."""
    builder = context.builder
    if not out.path.endswith(JAVASCRIPT.extensions):
        return _blocks(builder, out, files) if _holds_blocks(builder, out.path) else None
    style = builder.tools.script
    body = "\n\n".join(part.strip("\n") for part in out.bodies if part.strip())
    used = used_names(JAVASCRIPT, body) - _own(body)
    offers = [n for n in out.offered if n.module != f"/{out.path}"]
    typed = out.path.endswith(("ts", "tsx"))
    needs = needed((n for n in offers if typed or not _is_type(n)), used)
    imports = ImportStyle(script=style, width=style.width)
    if (builder.space.root / out.path).exists():
        old = files.source(out.path)
        return Draft(body + "\n", str, lambda text: _added(old, text, needs, imports))
    role = next((r for r in context.roles.values() if r is not None and r.path == out.path), None)
    main = main_symbol(role) if role is not None else ""
    whole = new_file(out.path, body, needs, imports, main, role.offer if role else "named")
    return Draft(whole)


def _holds_blocks(builder: Builder, path: str) -> bool:
    name = path.rpartition("/")[2]
    patterns = [p for u in builder.pack.units for p in u.names("models", "files")]
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _blocks(builder: Builder, out: Output, files: Files) -> Draft:
    """Return new blocks, their members in columns: a file, or what comes to an old one's end."""
    text = blocks.formatted("\n\n".join(body.strip("\n") for body in out.bodies) + "\n")
    if not (builder.space.root / out.path).exists():
        return Draft(text)
    old = files.source(out.path)

    def add(body: str) -> list[Insertion]:
        gap = "\n" if old.final_newline else "\n\n"
        return [Insertion(len(old.data), old.encode(gap + body + "\n" * old.final_newline))]

    return Draft(text, str, add)


def _is_type(need: ImportNeed) -> bool:
    return bool(need.name and need.name.startswith("type "))


def _own(body: str) -> frozenset[str]:
    from apimod.languages.javascript_bound import top_names

    return frozenset(top_names(Buffer(Source("new.ts", f"{body}\n".encode()), JAVASCRIPT)))


def new_file(
    path: str,
    body: str,
    needs: list[ImportNeed],
    imports: ImportStyle,
    main: str = "",
    offer: str = "named",
) -> str:
    """Return a whole file. ``main`` is its main symbol, and ``offer`` how others are given it."""
    style = imports.script
    text = offered_as(body, main, offer, style) + "\n"
    source = Source(path, text.encode())
    ordered = sorted(needs, key=lambda need: _rank(need, path))
    made = _header(source, ordered, imports)
    return restyled(inserted(source.data, made).decode(), path, style)


def _rank(need: ImportNeed, path: str) -> tuple[int, int, str]:
    """Order imports: the runtime's, packages, the project's own from far to near."""
    own = need.module.startswith("/")
    kind = 2 if own else 0 if need.module.startswith("node:") else 1
    shared = len(set(need.module.split("/")) & set(f"/{path}".split("/")))
    return (kind, shared if own else 0, need.module.lower())


def _header(source: Source, needs: list[ImportNeed], imports: ImportStyle) -> list[Insertion]:
    """Return the insertions of the imports: each behind the one before it."""
    return add_imports(Buffer(source, JAVASCRIPT), needs, imports)[1]


def offered_as(body: str, main: str, offer: str, style: ScriptStyle) -> str:
    """Return a body whose ``export``s are written as the module system and the siblings do."""
    named = [match["name"] for match in _EXPORTED.finditer(body)]
    bound = bool(main) and re.search(rf"^(?:export )?(?:const|let|class) {main}\b", body, re.M)
    if not bound:
        main = ""
    if style.modules and offer == "listing":
        listed = "".join(f"  {name},\n" for name in named)
        return f"{_EXPORTED.sub(lambda m: m['rest'], body)}\n\nexport default {{\n{listed}}};"
    if style.modules:
        if main and offer == "default":
            body = re.sub(rf"^export (?=[^\n]*?\b{main}\b)", "", body, count=1, flags=re.M)
            return f"{body}\n\nexport default {main};"
        return f"{body}\n\nexport {{ {main} }};" if main and main not in named else body
    body = _EXPORTED.sub(lambda match: match["rest"], body)
    if main and offer != "named" and named in ([], [main]):
        return f"{body}\n\nmodule.exports = {main};"
    named = list(dict.fromkeys([*named, *([main] if main else [])]))
    listed = "".join(f"  {name},\n" for name in named)
    return f"{body}\n\nmodule.exports = {{\n{listed}}};" if named else body


def _added(
    old: Source, body: str, needs: list[ImportNeed], imports: ImportStyle
) -> list[Insertion]:
    """Return the insertions that put a body at a file's end, its imports and its exports."""
    buffer = Buffer(old, JAVASCRIPT)
    shape = shape_of(buffer)
    style = imports.script
    named = [match["name"] for match in _EXPORTED.finditer(body)]
    plain = (
        body
        if shape.modules and not shape.listed
        else _EXPORTED.sub(lambda match: match["rest"], body)
    )
    _, made = add_imports(buffer, needs, imports)
    after = buffer.after(made) if made else buffer
    made = compose(made, end_of_file(after, restyled(plain, old.path, style).strip("\n")))
    if plain is body or not named:
        return made
    for name in named:
        after = buffer.after(made)
        listed = _list_of_exports(after)
        if listed is None:
            raise buffer.refuse("it is not seen how this file exports", buffer.root)
        made = compose(made, list_item(after, listed, name))
    return made


def _list_of_exports(buffer: Buffer):  # type: ignore[no-untyped-def]
    from apimod.languages.buffer import walk

    for node in walk(buffer.root):
        if node.type == "export_clause":
            return node
        if node.type == "assignment_expression":
            left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
            if left is not None and right is not None and right.type == "object":
                if buffer.text(left) == "module.exports":
                    return right
    return None


def restyled(text: str, path: str, style: ScriptStyle) -> str:
    """Return code of the templates' style in the project's."""
    from apimod.languages.javascript_print import printed

    return printed(text, path, style)

"""Imports of JavaScript and TypeScript: find the one that gives a name, or make the line for it.

A name joins the import of its module that is there; else a line of its own is made as the file's
other imports are written: ``import`` or ``require``, quotes, semicolons, endings, aliases.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from apimod.insertion import Insertion
from apimod.languages.buffer import ROLES, Buffer, Imported, ImportNeed, ImportStyle
from apimod.languages.identifiers import JAVASCRIPT
from apimod.languages.items import Items, place, sorted_place
from apimod.languages.javascript_bound import Taken, imports_of, top_names
from apimod.languages.javascript_edit_place import new_line
from apimod.languages.javascript_style import DEFAULT, NAMESPACE, TYPE, ScriptStyle, bare, plain
from apimod.names import camel, words

_TYPED = (".ts", ".tsx", ".mts", ".cts")


def add_import(buffer: Buffer, need: ImportNeed, style: ImportStyle) -> Imported:
    """Find the import that gives ``need``, or make the insertions for it.

    The module is a package, or a file of the project as ``/path/from/the/workspace.ts`` or as
    written beside the file. The name is None for the whole module, ``default``, ``* as``, or
    ``type X`` for what is only a type.
    """
    script = shown(buffer, style.script)
    kind, name = _kind(buffer, need, script)
    present = _present(buffer, need.module, name, script, kind)
    if present is not None:
        return Imported(present)
    wanted = need.alias if need.alias and need.alias != name else None
    local = wanted or _free(buffer, need, name, style)
    whole = name in (None, DEFAULT, NAMESPACE)
    joined = None
    if not whole:
        joined = _join(buffer, need.module, name or "", local, script, kind)
    if joined is None and script.modules and not kind and local and name != NAMESPACE:
        joined = _beside(buffer, need.module, name, local, script)
    if joined is not None:
        return Imported(local, tuple(joined))
    spelled = spec(buffer, need.module, script)
    line = written(spelled, name, local if need.alias or not whole or name else "", script, kind)
    line += f" {need.comment}" if need.comment else ""
    return Imported(local, tuple(new_line(buffer, line, spelled)))


def written(
    module: str, name: str | None, local: str, script: ScriptStyle, typed: bool = False
) -> str:
    """Return the statement that binds one name of a module."""
    end = ";" if script.semicolons else ""
    quoted = f"{script.quote}{module}{script.quote}"
    if not local:
        return f"import {quoted}{end}" if script.modules else f"require({quoted}){end}"
    pad = " " if script.spaced else ""
    if name in (None, DEFAULT, NAMESPACE):
        if not script.modules:
            tail = ".default" if name == DEFAULT and script.types else ""
            return f"const {local} = require({quoted}){tail}{end}"
        target = f"* as {local}" if name == NAMESPACE else local
        return f"import {'type ' if typed else ''}{target} from {quoted}{end}"
    if not script.modules:
        item = name if name == local else f"{name}: {local}"
        return f"const {{{pad}{item}{pad}}} = require({quoted}){end}"
    item = name if name == local else f"{name} as {local}"
    if typed and script.types == "inline":
        return f"import {{{pad}type {item}{pad}}} from {quoted}{end}"
    return f"import {'type ' if typed else ''}{{{pad}{item}{pad}}} from {quoted}{end}"


def shown(buffer: Buffer, style: ScriptStyle) -> ScriptStyle:
    """Return the style with what the file's own imports show in place of the project's habit."""
    found = [each for each in imports_of(buffer) if each.module]
    if not found:
        if buffer.path.endswith((".mjs", ".mts")):
            return replace(style, modules=True)
        return replace(style, modules=False) if buffer.path.endswith(".cjs") else style
    texts = {each.statement.start_byte: buffer.text(each.statement) for each in found}.values()
    esm = sum(text.startswith("import") for text in texts)
    quotes = Counter(_quote(text) for text in texts)
    spaces = [text[text.index("{") + 1] in " \n" for text in texts if "{" in text]
    own = [each.module for each in found if each.module.startswith(".")]
    own = [each for each in own if "." in each.rpartition("/")[2] or re.search(r"\w$", each)]
    endings = Counter(
        match[0] if (match := re.search(r"\.[cm]?[jt]sx?$", one)) else "" for one in own
    )
    ending = endings.most_common(1)[0][0] if endings else style.ending
    typed = [text for text in texts if re.match(r"import\s+type\b", text)]
    inline = [text for text in texts if re.search(r"[{,]\s*type\s+\w", text)]
    return replace(
        style,
        modules=2 * esm >= len(texts),
        quote=quotes.most_common(1)[0][0],
        semicolons=2 * sum(text.rstrip().endswith(";") for text in texts) >= len(texts),
        spaced=2 * sum(spaces) >= len(spaces) if spaces else style.spaced,
        ending=".js" if ending in (".js", ".jsx", ".mjs", ".cjs") else ".ts" if ending else "",
        types="statement" if typed else "inline" if inline else style.types,
        aliased=_aliased(found, style),
    )


def spec(buffer: Buffer, module: str, script: ScriptStyle) -> str:
    """Return how the file names a module: its own project's by path or alias, others as they are."""
    if not module.startswith("/"):
        return module
    return script.spell(module[1:], buffer.path)


def _aliased(found: Iterable[Taken], style: ScriptStyle) -> bool:
    prefixes = tuple(prefix for prefix, _ in style.aliases if prefix)
    up = sum(each.module.startswith("..") for each in found)
    by_alias = sum(each.module.startswith(prefixes) for each in found) if prefixes else 0
    return by_alias > up if up or by_alias else style.aliased


def _quote(text: str) -> str:
    return "'" if text.count("'") > text.count('"') else '"'


def _kind(buffer: Buffer, need: ImportNeed, script: ScriptStyle) -> tuple[bool, str | None]:
    """Return whether an import is to be marked as one of a type, and the name without the mark."""
    name = need.name
    if name is None or not name.startswith(TYPE):
        return False, name
    marked = buffer.path.endswith(_TYPED) and script.types != ""
    return marked, name.removeprefix(TYPE)


def _same(one: str, other: str, buffer: Buffer, script: ScriptStyle) -> bool:
    left, right = script.path_of(one, buffer.path), script.path_of(other, buffer.path)
    return left == right if left is not None else right is None and plain(one) == plain(other)


def _present(
    buffer: Buffer, module: str, name: str | None, script: ScriptStyle, typed: bool
) -> str | None:
    for each in imports_of(buffer):
        same = _same(each.module, module, buffer, script)
        whole = (None, DEFAULT)
        alike = each.name == name or (each.name in whole and name in whole)
        if same and alike and (typed or not each.type):
            return each.local
    return None


def _free(buffer: Buffer, need: ImportNeed, name: str | None, style: ImportStyle) -> str:
    """Return the name to bind: the module's own, or one with its feature where that is taken."""
    path = bare(need.module).rstrip("/")
    parts = [part for part in re.split(r"[^\w]+", path) if part]
    local = name if name not in (None, DEFAULT, NAMESPACE) else camel(words(parts[-1]))
    local = local or "module"
    taken = top_names(buffer) | style.taken
    if local not in taken and JAVASCRIPT.safe(local):
        return local
    for part in reversed(parts):
        word = camel(words(part.removesuffix("s")))
        if not word or word.lower() == local.lower() or part in ROLES:
            continue
        capital = local[:1].upper() + local[1:]
        alias = word + capital if local.lower() in ROLES else local + word[:1].upper() + word[1:]
        if alias not in taken and JAVASCRIPT.safe(alias):
            return alias
    return next(one for n in range(2, 99) if (one := f"{local}{n}") not in taken)


def _join(
    buffer: Buffer, module: str, name: str, local: str, script: ScriptStyle, typed: bool
) -> list[Insertion] | None:
    """Put a name into the import of its module that stands there; None where there is none."""
    for each in imports_of(buffer):
        holder = each.node.parent
        if holder is None or holder.type not in ("named_imports", "object_pattern"):
            continue
        statement = buffer.text(each.statement)
        only_types = re.match(r"import\s+type\b", statement) is not None
        same = _same(each.module, module, buffer, script)
        if not same or each.statement.has_error or (only_types and not typed):
            continue
        mark = "type " if typed and not only_types and script.types == "inline" else ""
        if typed and not only_types and not mark:
            continue
        joint = " as " if holder.type == "named_imports" else ": "
        item = mark + (name if name == local else f"{name}{joint}{local}")
        items = Items.of(holder.children)
        index = sorted_place(buffer, items, item, _key, sure=2)
        at = len(items.items) if index is None else index
        return place(buffer, items, at, item, holder)
    return None


def _beside(
    buffer: Buffer, module: str, name: str | None, local: str, script: ScriptStyle
) -> list[Insertion] | None:
    """Put a default beside the names of its module that are there, or names beside its default."""
    for each in imports_of(buffer):
        clause = each.node if each.node.type == "import_clause" else each.node.parent
        while clause is not None and clause.type != "import_clause":
            clause = clause.parent
        if clause is None or not _same(each.module, module, buffer, script) or each.type:
            continue
        kinds = [part.type for part in clause.named_children]
        if name in (None, DEFAULT) and kinds == ["named_imports"]:
            return [buffer.insert(clause.start_byte, f"{local}, ")]
        if name not in (None, DEFAULT) and kinds == ["identifier"]:
            pad = " " if script.spaced else ""
            item = name if name == local else f"{name} as {local}"
            return [buffer.insert(clause.end_byte, f", {{{pad}{item}{pad}}}")]
    return None


def _key(text: str) -> object:
    return text.removeprefix(TYPE).lower()

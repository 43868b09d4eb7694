"""JavaScript: where imports lead, what modules offer and what classes hold."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from apimod.codebase_paths import folder_of
from apimod.languages.base import Base, ExternalRef, Found, ModuleRef, Target
from apimod.languages.forms import Assigned, Defined, Imported, Part, Typed
from apimod.languages.javascript_defs import (
    CLASSES,
    FIELDS,
    FUNCTIONS,
    THIS,
    children,
    field,
    heritage,
    key_text,
    member_name,
)
from apimod.languages.javascript_exports import DEFAULT, WHOLE, spec_of, spec_words
from apimod.languages.javascript_paths import HOLE, locate, matching

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.codebase import Codebase
    from apimod.languages.buffer import ImportNeed
    from apimod.source import Source

WORD = re.compile(r"[A-Za-z_]\w*")
GLOBALS = frozenset(
    {"process", "Object", "Array", "Promise", "String", "Number", "Boolean", "Map", "Set", "JSON",
     "Reflect", "URL", "Error", "console", "globalThis", "structuredClone",
     "parseInt", "encodeURIComponent"}
)  # fmt: skip


class JavaScriptModules:
    """Modules of both systems, classes and enumerations."""

    def resolve(self, code: Codebase, source: Source, binding: Imported) -> list[Target]:
        """Return the module, or what it offers; an external name where it is not here."""
        spec = binding.module
        if HOLE.search(spec):
            found = matching(code, folder_of(source.path), spec)
        else:
            one = locate(code, folder_of(source.path), spec)
            found = [one] if one is not None else []
        if not found:
            if spec.startswith((".", "/", "#")):
                return []
            name = spec.removeprefix("node:")
            plain = binding.name in (None, DEFAULT)
            return [ExternalRef(name if plain else f"{name}.{binding.name}")]
        out: list[Target] = []
        for path in found:
            if binding.name is None:
                out += self._whole(code, path) or [ModuleRef(path)]
            elif path != source.path:
                out += self.exported(code, path, binding.name)
        return out

    def _whole(self, code: Codebase, path: str) -> list[Target]:
        source = code.source(path)
        if source is None:
            return []
        return [Found(source, b) for b in code.scopes(source).exports.get(WHOLE, ())]

    def exported(self, code: Codebase, module: str, name: str) -> list[Target]:
        """Return what a module offers under a name."""
        return self._exported(code, module, name, frozenset())

    def _exported(
        self, code: Codebase, module: str, name: str, seen: frozenset[str]
    ) -> list[Target]:
        source = code.source(module)
        if source is None or module in seen:
            return []
        scopes = code.scopes(source)
        own = scopes.exports.get(name)
        if own:
            return [Found(source, b) for b in own]
        whole = scopes.exports.get(WHOLE, ())
        if whole:
            if name == DEFAULT:
                return [Found(source, b) for b in whole]
            return [Found(source, Part(b, (name,))) for b in whole]
        for star in scopes.stars:
            other = locate(code, folder_of(module), star)
            if other is not None and name != DEFAULT:
                found = self._exported(code, other, name, seen | {module})
                if found:
                    return found
            elif other is None and not star.startswith(".") and len(scopes.stars) == 1:
                return [ExternalRef(f"{star}.{name}")]
        if name == DEFAULT and DEFAULT not in scopes.exports:
            return [ModuleRef(module)]
        return []

    def offered(self, code: Codebase, module: str) -> list[str]:
        """Return the names that a file exports, its default left out."""
        names: dict[str, None] = {}
        todo, seen = [module], set()
        while todo:
            path = todo.pop(0)
            source = code.source(path)
            if source is None or path in seen:
                continue
            seen.add(path)
            scopes = code.scopes(source)
            names.update(dict.fromkeys(scopes.exports))
            found = (locate(code, folder_of(path), star) for star in scopes.stars)
            todo += [other for other in found if other is not None]
        return [n for n in names if n not in (DEFAULT, WHOLE)]

    def outside(self, code: Codebase, source: Source, name: str) -> list[Target]:
        """Return the global of that name."""
        return [ExternalRef(name)] if name in GLOBALS else []

    def module_name(self, code: Codebase, source: Source) -> str:
        """Return a file's path without its ending."""
        return source.path.rpartition(".")[0]

    # --- other names -----------------------------------------------------------------------------

    def aliases(self, code: Codebase, source: Source, node: Node) -> list[str]:
        """Return the names by which other files know something that a file exports."""
        exported = self._exported_as(code, source, node)
        if not exported:
            return []
        out: list[str] = []
        for local, binding in self._importers(code, source):
            wanted = {binding.name} if binding.name else {WHOLE}
            if DEFAULT in wanted:
                wanted.add(WHOLE)
            if wanted & exported:
                out.append(local)
        if exported & {WHOLE, DEFAULT}:
            words = self._words(source)
            out += [*words[-1:], "require", "import"]
        return list(dict.fromkeys(out))

    def _exported_as(self, code: Codebase, source: Source, node: Node) -> set[str]:
        scopes = code.scopes(source)
        own = self._own_name(source, node)
        out = set()
        for name, bindings in scopes.exports.items():
            for binding in bindings:
                same = isinstance(binding, Defined) and binding.node == node
                if isinstance(binding, Assigned):
                    value = binding.value
                    inside = value.start_byte <= node.start_byte and node.end_byte <= value.end_byte
                    same = inside or (bool(own) and own in _named(source, value))
                if same:
                    out.add(name)
        return out

    def _own_name(self, source: Source, node: Node) -> str:
        name = node.child_by_field_name("name")
        if name is None and node.parent is not None and node.parent.type == "variable_declarator":
            name = node.parent.child_by_field_name("name")
        return source.text(name) if name is not None else ""

    def _words(self, source: Source) -> list[str]:
        stem = source.path.rpartition(".")[0]
        folder, _, last = stem.rpartition("/")
        return WORD.findall(folder.rpartition("/")[2] if last == "index" else last)

    def _importers(self, code: Codebase, source: Source) -> Iterator[tuple[str, Imported]]:
        words = self._words(source)
        for other in code.holding("javascript", words[-1]) if words else ():
            if other is source:
                continue
            yield from self._imports(code, other).get(source.path, ())

    def _imports(self, code: Codebase, source: Source) -> dict[str, list[tuple[str, Imported]]]:
        """Return what a file takes from which other file, by the names that it gives it."""
        known = code.cache("javascript imports")
        if source.path not in known:
            scopes = code.scopes(source)
            tables = [scope.names for scope in scopes.all if "module" in scope.kind]
            found: dict[str, list[tuple[str, Imported]]] = {}
            for table in (*tables, scopes.exports):
                for local, bindings in table.items():
                    for binding in bindings:
                        taken = self._taken(source, binding)
                        if taken is not None:
                            path = locate(code, folder_of(source.path), taken.module)
                            found.setdefault(path or "", []).append((local, taken))
            known[source.path] = found
        return cast("dict[str, list[tuple[str, Imported]]]", known[source.path])

    def _taken(self, source: Source, binding: object) -> Imported | None:
        if isinstance(binding, Imported):
            return binding
        inner, name = binding, None
        if isinstance(binding, Part) and len(binding.steps) == 1:
            inner, name = binding.base, str(binding.steps[0])
        if isinstance(inner, Assigned):
            spec = spec_of(source, inner.value)
            return Imported(spec, name) if spec else None
        return None

    def need(self, code: Codebase, source: Source, name: str) -> ImportNeed | None:
        """Return the import that gives another file what ``name`` means at the top of this one."""
        from apimod.languages.javascript_need import need

        return need(code, source, name)

    def called_name(self, source: Source, node: Node) -> str:
        """Return the last name of an expression, of an import in place the module's last word."""
        spec = spec_of(source, node)
        if spec is not None:
            words: list[str] = spec_words(spec)
            return words[-1] if words else ""
        inner = field(node, "function") if node.type == "call_expression" else node
        last: Node = inner.child_by_field_name("property") or inner
        text = source.text(last)
        if text == "bind" and node.type == "call_expression" and inner is not last:
            return self.called_name(source, field(inner, "object"))
        if text == DEFAULT and inner is not last:
            return self.called_name(source, field(inner, "object"))
        return text if WORD.fullmatch(text) else ""

    # --- classes ---------------------------------------------------------------------------------

    def bases(self, code: Codebase, source: Source, cls: Node) -> list[Base]:
        """Return what a class extends."""
        base = heritage(cls)
        return [Base(source, base)] if base is not None else []

    def members(self, code: Codebase, source: Source, cls: Node) -> Mapping[str, Sequence[Found]]:
        """Return what a class's body declares, and what its methods put into ``this``."""
        cache = code.cache("javascript.members")
        key = (source.path, cls.id)
        if key not in cache:
            cache[key] = self._members(code, source, cls)
        found: Mapping[str, Sequence[Found]] = cache[key]  # type: ignore[assignment]
        return found

    def _members(self, code: Codebase, source: Source, cls: Node) -> dict[str, list[Found]]:
        out: dict[str, list[Found]] = defaultdict(list)
        body = cls.child_by_field_name("body")
        for child in children(body):
            name = member_name(source, child)
            if child.type in FUNCTIONS:
                out[name].append(Found(source, Defined(child)))
                if name == "constructor":
                    self._properties(source, child, out)
            elif child.type in FIELDS:
                value, kind = child.child_by_field_name("value"), child.child_by_field_name("type")
                if value is not None and value.type in FUNCTIONS:
                    out[name].append(Found(source, Defined(value)))
                elif value is not None:
                    out[name].append(Found(source, Assigned(value)))
                if kind is not None:
                    out[name].append(Found(source, Typed(kind)))
            elif child.type == "enum_assignment":
                value = field(child, "value")
                out[key_text(source, field(child, "name"))].append(Found(source, Assigned(value)))
        if cls.type in CLASSES:
            self._stored(code, source, cls, out)
        return dict(out)

    def _properties(self, source: Source, constructor: Node, out: dict[str, list[Found]]) -> None:
        """``constructor(private readonly service: Service)`` declares fields."""
        for param in children(constructor.child_by_field_name("parameters")):
            marked = any(
                c.type in ("accessibility_modifier", "readonly", "override_modifier")
                for c in param.children
            )
            pattern = param.child_by_field_name("pattern")
            if marked and pattern is not None:
                name = source.text(pattern)
                out[name].append(Found(source, Assigned(pattern)))
                kind = param.child_by_field_name("type")
                if kind is not None:
                    out[name].append(Found(source, Typed(kind)))

    def _stored(
        self, code: Codebase, source: Source, cls: Node, out: dict[str, list[Found]]
    ) -> None:
        for name, sets in code.scopes(source).sets.items():
            for item in sets:
                inside = cls.start_byte <= item.value.start_byte < cls.end_byte
                if inside and source.text(item.object) == THIS:
                    plain = source.text(item.value).startswith(f"{THIS}.{name}.bind(")
                    if not plain:
                        out[name].append(Found(source, Assigned(item.value)))

    def fields(self, source: Source, cls: Node) -> list[str]:
        """Return no names: what a constructor is given is not known by a field's position."""
        return []


def _named(source: Source, value: Node) -> list[str]:
    """Return what is exported by name: a value, or what a call wraps."""
    given = [value, *children(value.child_by_field_name("arguments"))]
    return [source.text(n) for n in given]

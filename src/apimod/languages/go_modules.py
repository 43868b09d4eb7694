"""Go: where imports lead, what a package offers, and what types hold."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from apimod.codebase_paths import folder_of, join
from apimod.languages.base import Base, ExternalRef, Found, ModuleRef, Target
from apimod.languages.forms import Assigned, Defined, Imported, Stored, Typed
from apimod.languages.go_defs import GoDefinitions

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.codebase import Codebase
    from apimod.source import Source

MODULE = re.compile(rb"^module\s+\"?([^\s\"]+)", re.MULTILINE)
BUILTINS = frozenset({"append", "string", "len", "copy", "panic", "any", "error"})


class GoModules(GoDefinitions):
    """Modules, packages, methods and embedded types."""

    def modules(self, code: Codebase) -> list[tuple[str, str]]:
        """Return module paths with their folders, the longest first."""
        cache = code.cache("go.modules")
        if "all" not in cache:
            found = []
            for path in code.paths:
                if path == "go.mod" or path.endswith("/go.mod"):
                    source = code.source(path)
                    match = MODULE.search(source.data) if source is not None else None
                    if match:
                        found.append((match.group(1).decode(), folder_of(path)))
            cache["all"] = sorted(found, key=lambda m: -len(m[0]))
        modules: list[tuple[str, str]] = cache["all"]  # type: ignore[assignment]
        return modules

    def package_folder(self, code: Codebase, spec: str) -> str | None:
        """Return the folder of a package of the codebase."""
        for module, folder in self.modules(code):
            if spec == module or spec.startswith(module + "/"):
                path = join(folder, spec[len(module) + 1 :])
                if self.package(code, path):
                    return path
        return None

    def package(self, code: Codebase, folder: str) -> list[Source]:
        """Return the files of a package, tests not among them."""
        cache = code.cache("go.package")
        if folder not in cache:
            paths = [p for p in code.files_in(folder) if p.endswith(".go")]
            sources = [code.source(p) for p in paths if not p.endswith("_test.go")]
            cache[folder] = [s for s in sources if s is not None]
        found: list[Source] = cache[folder]  # type: ignore[assignment]
        return found

    def resolve(self, code: Codebase, source: Source, binding: Imported) -> list[Target]:
        """Return the package's folder; an external name where it is not here."""
        folder = self.package_folder(code, binding.module)
        return [ModuleRef(folder)] if folder is not None else [ExternalRef(binding.module)]

    def exported(self, code: Codebase, module: str, name: str) -> list[Target]:
        """Return what the files of a package bind at their top."""
        out: list[Target] = []
        raw = name.encode()
        for source in self.package(code, module):
            if raw not in source.data:
                continue
            for binding in code.scopes(source).module.names.get(name, ()):
                if not isinstance(binding, Imported):
                    out.append(Found(source, binding))
        return out

    def outside(self, code: Codebase, source: Source, name: str) -> list[Target]:
        """Return what the package's other files bind, an import's package, or a builtin."""
        found = self.exported(code, folder_of(source.path), name)
        if found:
            return found
        scopes = code.scopes(source)
        for spec in scopes.stars:
            folder = self.package_folder(code, spec)
            if folder is not None and (found := self.exported(code, folder, name)):
                return found
        for bindings in scopes.module.names.values():
            for binding in bindings:
                if isinstance(binding, Imported):
                    folder = self.package_folder(code, binding.module)
                    if folder is not None and self._package_name(code, folder) == name:
                        return [ModuleRef(folder)]
        return [ExternalRef(name)] if name in BUILTINS else []

    def _package_name(self, code: Codebase, folder: str) -> str:
        for source in self.package(code, folder)[:1]:
            match = re.search(rb"^package\s+(\w+)", source.data, re.MULTILINE)
            return match.group(1).decode() if match else ""
        return ""

    def module_name(self, code: Codebase, source: Source) -> str:
        """Return the import path of a file's package."""
        folder = folder_of(source.path)
        for module, root in self.modules(code):
            if not root or folder == root or folder.startswith(root + "/"):
                rest = folder[len(root) :].strip("/")
                return f"{module}/{rest}" if rest else module
        return folder or "main"

    def module_below(self, module: str, folder: str) -> str:
        """Return the name of the package in a folder below a package."""
        return f"{module}/{folder}" if module else folder

    def own_prefix(self, code: Codebase, source: Source) -> str:
        """Return the path of the module that a file belongs to."""
        folder = folder_of(source.path)
        for module, root in self.modules(code):
            if not root or folder == root or folder.startswith(root + "/"):
                return module
        return ""

    def bases(self, code: Codebase, source: Source, cls: Node) -> list[Base]:
        """Return the embedded types; a struct's by the name of the field that they make."""
        out = []
        for declaration in self.declarations(cls):
            declared = declaration.child_by_field_name("type")
            if declared is not None and declaration.child_by_field_name("name") is None:
                out.append(Base(source, declared, self.last_name(source, declared)))
        interface = self.interface(cls)
        for child in interface.named_children if interface is not None else ():
            if child.type == "type_elem" and child.named_child_count == 1:
                out.append(Base(source, child.named_children[0]))
        return out

    def members(self, code: Codebase, source: Source, cls: Node) -> Mapping[str, Sequence[Found]]:
        """Return methods and fields, with what the package puts into the fields."""
        cache = code.cache("go.members")
        key = (source.path, cls.id)
        if key not in cache:
            cache[key] = self._members(code, source, cls)
        found: Mapping[str, Sequence[Found]] = cache[key]  # type: ignore[assignment]
        return found

    def _members(self, code: Codebase, source: Source, cls: Node) -> dict[str, list[Found]]:
        out: dict[str, list[Found]] = defaultdict(list)
        name_node = cls.child_by_field_name("name")
        name = source.text(name_node) if name_node is not None else ""
        declared: dict[str, Node] = {}
        for declaration in self.declarations(cls):
            kind = declaration.child_by_field_name("type")
            names = [source.text(n) for n in declaration.children_by_field_name("name")]
            if kind is not None:
                for field in names or [self.last_name(source, kind)]:
                    declared[field] = kind
        for file in self.package(code, folder_of(source.path)) if name else [source]:
            if name.encode() not in file.data and not declared:
                continue
            scopes = code.scopes(file)
            for method in scopes.methods.get(name, ()):
                label = method.child_by_field_name("name")
                if label is not None:
                    out[file.text(label)].append(Found(file, Defined(method)))
            for literal in scopes.constructs.get(name, ()):
                self._from_literal(file, literal, declared, out)
            for field in declared:
                for item in scopes.sets.get(field, ()):
                    out[field].append(Found(file, Stored(item.object, item.value)))
        for field, kind in declared.items():
            out[field].append(Found(source, Typed(kind)))
        return dict(out)

    def _from_literal(
        self, source: Source, literal: Node, fields: Mapping[str, Node], out: dict[str, list[Found]]
    ) -> None:
        body = literal.child_by_field_name("body")
        for child in body.named_children if body is not None else ():
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            if child.type == "keyed_element" and key is not None and value is not None:
                field = source.text(key)
                if field in fields and value.named_children:
                    out[field].append(Found(source, Assigned(value.named_children[0])))

    def interfaces(self, code: Codebase, source: Source, cls: Node) -> Iterator[Found]:
        """Yield the types that have all methods of an interface."""
        interface = self.interface(cls)
        if interface is None:
            return
        wanted = [
            (source.text(name), _arity(child))
            for child in interface.named_children
            if child.type == "method_elem"
            for name in [child.child_by_field_name("name")]
            if name is not None
        ]
        if wanted:
            yield from self._having(code, tuple(wanted))

    def _having(self, code: Codebase, names: tuple[tuple[str, int], ...]) -> list[Found]:
        """Return the types with methods of these names that take as many arguments."""
        cache = code.cache("go.implementations")
        if names not in cache:
            first = names[0][0]
            shape = re.compile(rb"^func \([^)]*\) " + first.encode() + rb"\(", re.MULTILINE)
            out: list[Found] = []
            for file in code.sources("go"):
                if not shape.search(file.data):
                    continue
                for owner, methods in code.scopes(file).methods.items():
                    have = {self._label(file, m) for m in methods}
                    if first in have:
                        out += self._if_whole(code, file, owner, names)
            cache[names] = out
        found: list[Found] = cache[names]  # type: ignore[assignment]
        return found

    def _label(self, source: Source, method: Node) -> str:
        name = method.child_by_field_name("name")
        return source.text(name) if name is not None else ""

    def _if_whole(
        self, code: Codebase, source: Source, owner: str, names: tuple[tuple[str, int], ...]
    ) -> list[Found]:
        for target in self.exported(code, folder_of(source.path), owner):
            if isinstance(target, Found) and isinstance(target.binding, Defined):
                have = self.members(code, target.source, target.binding.node)
                if all(any(_takes(f, count) for f in have.get(n, ())) for n, count in names):
                    return [target]
        return []


def _takes(found: Found, count: int) -> bool:
    """Tell whether a member takes so many arguments; what is no method may."""
    node = found.binding.node if isinstance(found.binding, Defined) else None
    return node is None or node.type != "method_declaration" or _arity(node) == count


def _arity(function: Node) -> int:
    """Return how many parameters a function or a method of an interface has."""
    parameters = function.child_by_field_name("parameters")
    found = parameters.named_children if parameters is not None else []
    return sum(
        max(1, len(one.children_by_field_name("name"))) for one in found if one.type != "comment"
    )

"""Python: where imports lead, and what classes hold."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from apimod.codebase_paths import folder_of, join
from apimod.languages.base import Base, ExternalRef, Found, ModuleRef, Target
from apimod.languages.forms import Assigned, Imported

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.codebase import Codebase
    from apimod.source import Source

INIT = "__init__.py"


class PythonModules:
    """Modules, packages, namespace folders and star imports."""

    def locate(self, code: Codebase, source: Source, module: str) -> str | None:
        """Return the file of a module, the folder of a namespace package, or None."""
        cache = code.cache("python.locate")
        key = (folder_of(source.path), module)
        if key not in cache:
            cache[key] = self._locate(code, source, module)
        found = cache[key]
        return found if isinstance(found, str) else None

    def _locate(self, code: Codebase, source: Source, module: str) -> str | None:
        name = module.lstrip(".")
        parts = name.split(".") if name else []
        if module.startswith("."):
            folder = folder_of(source.path)
            for _ in range(len(module) - len(name) - 1):
                folder = folder_of(folder)
            return self._file(code, folder, parts, namespace=True)
        own = folder_of(source.path)
        for root in self._roots(code, own):
            if root == own and parts[0] in sys.stdlib_module_names:
                continue
            # A folder beside the file is a package only where it says so.
            found = self._file(code, root, parts, namespace=root != own)
            if found is not None:
                return found
        return None

    def _roots(self, code: Codebase, folder: str) -> list[str]:
        """Folders that imports may start from: those outside of packages first, nearest first."""
        chain = [folder]
        while chain[-1]:
            chain.append(folder_of(chain[-1]))
        chain.sort(key=lambda f: code.has(join(f, INIT)))
        return [*chain, *(join(f, "src") for f in chain if code.has_folder(join(f, "src")))]

    def _file(self, code: Codebase, root: str, parts: list[str], namespace: bool) -> str | None:
        path = join(root, *parts)
        if parts and code.has(path + ".py"):
            return path + ".py"
        if code.has(join(path, INIT)):
            return join(path, INIT)
        if namespace and code.has_folder(path):
            return path
        return None

    def resolve(self, code: Codebase, source: Source, binding: Imported) -> list[Target]:
        """Return the module, or what it offers; an external name where it is not here."""
        found = self.locate(code, source, binding.module)
        if found is None or (found == source.path and binding.name is None):
            name = binding.module.lstrip(".")
            return [ExternalRef(f"{name}.{binding.name}" if binding.name else name)]
        if binding.name is None:
            return [ModuleRef(found)]
        offered = self.exported(code, found, binding.name)
        if (
            not offered and code.source(found) is None
        ):  # a folder that a library's name happens to be
            return [ExternalRef(f"{binding.module.lstrip('.')}.{binding.name}")]
        return offered

    def exported(self, code: Codebase, module: str, name: str) -> list[Target]:
        """Return what a module binds, takes by a star, or has as a submodule."""
        return self._exported(code, module, name, frozenset())

    def _exported(
        self, code: Codebase, module: str, name: str, seen: frozenset[str]
    ) -> list[Target]:
        folder = module
        source = code.source(module)
        if source is not None:
            is_package = module == INIT or module.endswith("/" + INIT)
            scopes = code.scopes(source)
            bindings = scopes.module.names.get(name, ())
            own = [b for b in bindings if not self._is_itself(code, source, b, name)]
            if own:
                return [Found(source, b) for b in own]
            for star in scopes.stars:
                other = self.locate(code, source, star)
                if other is not None and other not in seen:
                    found = self._exported(code, other, name, seen | {module})
                    if found:
                        return found
            if not is_package:
                return []
            folder = folder_of(module)
        inside = self._file(code, folder, [name], namespace=True)
        return [ModuleRef(inside)] if inside is not None else []

    def _is_itself(self, code: Codebase, source: Source, binding: object, name: str) -> bool:
        """``from . import x`` in a package's own ``__init__``: the submodule, not the name."""
        return (
            isinstance(binding, Imported)
            and binding.name == name
            and self.locate(code, source, binding.module) == source.path
        )

    def outside(self, code: Codebase, source: Source, name: str) -> list[Target]:
        """Return what a star import brings, else the builtin of that name."""
        for star in code.scopes(source).stars:
            other = self.locate(code, source, star)
            if other is not None and other != source.path:
                found = self._exported(code, other, name, frozenset({source.path}))
                if found:
                    return found
        return [ExternalRef(name)] if name in BUILTINS else []

    def module_name(self, code: Codebase, source: Source) -> str:
        """Return the dotted name by which the code's own imports reach a file."""
        parts = source.path[: -len(".py")].split("/")
        if parts[-1] == "__init__":
            parts.pop()
        folder = folder_of(source.path)
        while folder and not code.has_folder(folder):  # a new one will be as the one above it
            folder = folder_of(folder)
        nearest = folder
        while folder and code.has(join(folder, INIT)):
            folder = folder_of(folder)
        if folder == nearest:  # not in a package: the outermost folder decides
            folder = parts[0] if parts[0] == "src" else ""
        depth = len(folder.split("/")) if folder else 0
        return ".".join(parts[depth:])

    def bases(self, code: Codebase, source: Source, cls: Node) -> list[Base]:
        """Return the classes in the parentheses after a class's name."""
        given = cls.child_by_field_name("superclasses")
        out = []
        for node in given.named_children if given is not None else ():
            if node.type == "subscript":  # Generic[T] and Base[T]
                node = node.child_by_field_name("value") or node  # noqa: PLW2901
            if node.type in ("identifier", "attribute", "call"):
                out.append(Base(source, node))
        return out

    def members(self, code: Codebase, source: Source, cls: Node) -> Mapping[str, Sequence[Found]]:
        """Return what the class's body binds, and what its methods put into ``self``."""
        cache = code.cache("python.members")
        key = (source.path, cls.id)
        if key not in cache:
            cache[key] = self._members(code, source, cls)
        found: Mapping[str, Sequence[Found]] = cache[key]  # type: ignore[assignment]
        return found

    def _members(self, code: Codebase, source: Source, cls: Node) -> dict[str, list[Found]]:
        out: dict[str, list[Found]] = defaultdict(list)
        scopes = code.scopes(source)
        own = scopes.of(cls)
        for name, bindings in own.names.items() if own is not None else ():
            out[name] = [Found(source, b) for b in bindings]
        for name, sets in scopes.sets.items():
            for item in sets:
                inside = cls.start_byte <= item.value.start_byte < cls.end_byte
                if inside and source.text(item.object) in ("self", "cls"):
                    out[name].append(Found(source, Assigned(item.value)))
        return dict(out)


BUILTINS = frozenset(
    {"str", "list", "tuple", "iter", "sorted", "reversed", "dict", "getattr", "zip", "enumerate",
     "set", "int", "bool", "bytes", "super", "object", "Exception"}
)  # fmt: skip

"""Rust: packages, modules, where paths lead, and what types hold."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from apimod.codebase_paths import folder_of, join
from apimod.languages.base import Base, ExternalRef, Found, ModuleRef, Target
from apimod.languages.forms import Assigned, Defined, Imported, Typed
from apimod.languages.rust_bind import ANNOTATION, INTO
from apimod.languages.rust_defs import RustDefinitions
from apimod.manifests import toml

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.codebase import Codebase
    from apimod.languages.scopes import Scope
    from apimod.source import Source

MODULE = re.compile(
    rb'(?:#\[\s*path\s*=\s*"([^"\n]+)"\s*\]\s*(?:#\[[^\]\n]*\]\s*)*)?'
    rb"^[ \t]*(?:pub(?:\s*\([^)]*\))?\s+)?mod\s+(?:r#)?(\w+)\s*;",
    re.MULTILINE,
)
MACRO_USE = re.compile(rb"#\[macro_use\]\s*(?:pub\s+)?extern\s+crate\s+(\w+)")
EXTERN = re.compile(rb"extern\s+crate\s+(\w+)")
ROOTS = frozenset({"main.rs", "lib.rs", "mod.rs"})
STANDARD = {
    "Some": "std.option.Option.Some", "Ok": "std.result.Result.Ok", "Err": "std.result.Result.Err",
    "None": "std.option.Option.None", "Box": "std.boxed.Box", "String": "std.string.String",
    "Vec": "std.vec.Vec", "Option": "std.option.Option", "Result": "std.result.Result",
    "str": "std.str", "std": "std", "core": "core", "alloc": "alloc",
}  # fmt: skip
MAX_HOPS = 12


@dataclass
class Package:
    """A package: its folder, the crates that its code may name, and its library."""

    name: str
    folder: str
    library: str
    names: dict[str, str] = field(default_factory=dict)
    """The crates of its dependencies by the names that they go by here."""


class RustModules(RustDefinitions):
    """Crates, modules, methods."""

    # --- packages --------------------------------------------------------------------------------

    def packages(self, code: Codebase) -> list[Package]:
        """Return the packages of the codebase, the deepest folders first."""
        cache = code.cache("rust.packages")
        if "all" not in cache:
            found = []
            for path in code.paths:
                if path == "Cargo.toml" or path.endswith("/Cargo.toml"):
                    source = code.source(path)
                    package = _package(source.data, folder_of(path)) if source else None
                    if package is not None:
                        found.append(package)
            cache["all"] = sorted(found, key=lambda p: -len(p.folder))
        packages: list[Package] = cache["all"]  # type: ignore[assignment]
        return packages

    def package_of(self, code: Codebase, path: str) -> Package | None:
        """Return the package that a file belongs to."""
        for package in self.packages(code):
            if not package.folder or path.startswith(package.folder + "/"):
                return package
        return None

    def crate(self, code: Codebase, source: Source, name: str) -> list[Target]:
        """Return the crate of a name: one of the codebase, or an external one."""
        package = self.package_of(code, source.path)
        real = package.names.get(name, "") if package is not None else ""
        wanted = real or name
        if real and real in code.libraries and package is not None and package.name != real:
            return [ExternalRef(real)]
        for other in self.packages(code):
            if other.name == wanted and code.has(other.library):
                if real or (package is not None and other.folder == package.folder):
                    return [ModuleRef(other.library)]
        if real or name in ("std", "core", "alloc"):
            return [ExternalRef(wanted)]
        named = {m.decode() for m in EXTERN.findall(source.data)}
        used = package is None and re.search(rb"\b" + name.encode() + rb"\s*::", source.data)
        return [ExternalRef(name)] if name in named or used else []

    # --- modules ---------------------------------------------------------------------------------

    def tree_of_modules(self, code: Codebase) -> dict[str, list[tuple[str, str]]]:
        """Return, for each file, the files that declare it as a module, with its name there."""
        cache = code.cache("rust.modules")
        if "all" not in cache:
            parents: dict[str, list[tuple[str, str]]] = defaultdict(list)
            children: dict[tuple[str, str], str] = {}
            for path in code.paths:
                source = code.source(path) if path.endswith(".rs") else None
                for match in MODULE.finditer(source.data) if source is not None else ():
                    name = match.group(2).decode()
                    child = _child(code, path, name, (match.group(1) or b"").decode())
                    if child:
                        parents[child].append((path, name))
                        children[path, name] = child
            cache["all"], cache["children"] = parents, children
        found: dict[str, list[tuple[str, str]]] = cache["all"]  # type: ignore[assignment]
        return found

    def _declared(self, code: Codebase, path: str, name: str) -> str:
        self.tree_of_modules(code)
        children: dict[tuple[str, str], str] = code.cache("rust.modules")["children"]  # type: ignore[assignment]
        return children.get((path, name), "")

    def parents(self, code: Codebase, module: str) -> list[str]:
        """Return the modules that hold a module."""
        path, _, inner = module.partition("|")
        if inner:
            return [_module(path, inner.rpartition("::")[0])]
        return [p for p, _ in self.tree_of_modules(code).get(path, ())]

    def roots(self, code: Codebase, path: str) -> list[str]:
        """Return the roots of the crates that a file belongs to."""
        tree = self.tree_of_modules(code)
        out: list[str] = []
        todo, seen = [path.partition("|")[0]], set()
        while todo:
            at = todo.pop(0)
            if at in seen:
                continue
            seen.add(at)
            above = [p for p, _ in tree.get(at, ())]
            todo += above
            if not above:
                out.append(at)
        return out or [path]

    def scope_of(self, code: Codebase, module: str) -> tuple[Source, Scope] | None:
        """Return the file and the scope of a module."""
        path, _, inner = module.partition("|")
        source = code.source(path)
        if source is None:
            return None
        scope = code.scopes(source).module
        for name in inner.split("::") if inner else ():
            found = next(
                (
                    s
                    for s in code.scopes(source).all
                    if s.outer is scope and s.node.type == "mod_item" and _named(source, s) == name
                ),
                None,
            )
            if found is None:
                return None
            scope = found
        return source, scope

    def exported(self, code: Codebase, module: str, name: str) -> list[Target]:
        """Return what a module binds under a name, or takes from others by ``*``."""
        return self._exported(code, module, name, 0)

    def _exported(self, code: Codebase, module: str, name: str, hops: int) -> list[Target]:
        found = self.scope_of(code, module)
        if found is None or hops > MAX_HOPS:
            return []
        if name == "self":
            return [ModuleRef(module)]
        if name == "super":
            return [ModuleRef(p) for p in self.parents(code, module)]
        if name == "crate":
            return [ModuleRef(r) for r in self.roots(code, module)]
        source, scope = found
        inner = module.partition("|")[2]
        out: list[Target] = []
        for binding in scope.names.get(name, ()):
            if isinstance(binding, Imported) and binding.module == f"{inner}|self":
                child = self._child_module(code, source, inner, name)
                out += [ModuleRef(child)] if child else []
            elif isinstance(binding, Imported):
                out += self._resolve(code, source, binding, hops + 1)
            else:
                out.append(Found(source, binding))
        if any(not isinstance(t, ModuleRef) for t in out):
            return out
        declared = self._declared(code, source.path, name) if not out and not inner else ""
        if declared:  # by a macro whose arguments are items
            return [ModuleRef(declared)]
        # a module and a function may share a name
        return out + self._starred(code, source, name, inner, hops)

    def _starred(
        self, code: Codebase, source: Source, name: str, inner: str, hops: int
    ) -> list[Target]:
        """Return what one of the modules offers all of whose names a module takes."""
        outside: list[Target] = []
        for star in code.scopes(source).stars:
            context, _, path = star.partition("|")
            if context != inner:
                continue
            targets: list[Target] = []
            if "::" not in path and path not in ("self", "super", "crate"):
                child = self._child_module(code, source, inner, path)
                targets = [ModuleRef(child)] if child else []
            for target in targets or self._walk(code, source, context, path, hops + 1):
                if isinstance(target, ExternalRef):
                    outside.append(ExternalRef(f"{target.name}.{name}"))
                elif isinstance(target, ModuleRef) and target.path != source.path:
                    found = self._exported(code, target.path, name, hops + 1)
                    if found:
                        return found
        return outside

    def _child_module(self, code: Codebase, source: Source, inner: str, name: str) -> str:
        whole = f"{inner}::{name}" if inner else name
        if self.scope_of(code, _module(source.path, whole)) is not None:
            return _module(source.path, whole)
        if inner:
            return _child(code, source.path, f"{inner.replace('::', '/')}/{name}", "")
        return self._declared(code, source.path, name) or _child(code, source.path, name, "")

    # --- paths -----------------------------------------------------------------------------------

    def resolve(self, code: Codebase, source: Source, binding: Imported) -> list[Target]:
        """Return what an import leads to."""
        return self._resolve(code, source, binding, 0)

    def _resolve(
        self, code: Codebase, source: Source, binding: Imported, hops: int
    ) -> list[Target]:
        context, _, path = binding.module.partition("|")
        name = binding.name or ""
        if path == "self" and (child := self._child_module(code, source, context, name)):
            return [ModuleRef(child)]
        return self._walk(code, source, context, f"{path}::{name}" if path else name, hops)

    def _walk(
        self, code: Codebase, source: Source, context: str, path: str, hops: int
    ) -> list[Target]:
        """Return what a path leads to that is written in a module of a file."""
        if hops > MAX_HOPS:
            return []
        head, *rest = path.removeprefix("::").removeprefix("r#").split("::")
        targets = self._head(code, source, context, head.strip(), not rest, hops)
        for name in rest:
            targets = [t for at in targets for t in self._step(code, at, name.strip(), hops)]
        return list(dict.fromkeys(targets))

    def _head(
        self, code: Codebase, source: Source, context: str, name: str, alone: bool, hops: int
    ) -> list[Target]:
        here = _module(source.path, context)
        if name in ("self", "super", "crate"):
            return self._exported(code, here, name, hops)
        found = self.crate(code, source, name.rstrip("!"))
        if found and not (alone and name.endswith("!")):
            return found
        scope = self.scope_of(code, here)
        own = scope[1].names.get(name, ()) if scope is not None else ()
        if not alone or any(not isinstance(b, Imported) for b in own):
            found = self._exported(code, here, name, hops + 1)
        if found:
            return found
        for root in self.roots(code, source.path):
            if root != source.path and (found := self._exported(code, root, name, hops + 1)):
                return found
        known = STANDARD.get(name, name)
        return [ExternalRef(known)]

    def _step(self, code: Codebase, target: Target, name: str, hops: int) -> list[Target]:
        if isinstance(target, ExternalRef):
            return [ExternalRef(f"{target.name}.{name}")]
        if isinstance(target, ModuleRef):
            return self._exported(code, target.path, name, hops + 1)
        binding = target.binding
        if isinstance(binding, Defined) and binding.node.type in ("enum_item", "struct_item"):
            return list(self.members(code, target.source, binding.node).get(name, ()))
        return []

    def outside(self, code: Codebase, source: Source, name: str) -> list[Target]:
        """Return what a name means that no scope of its file binds."""
        if name.endswith("::") and name != "self::":
            name = name.removesuffix("::")
        if name in ("crate", "super", "self::"):
            return self._exported(code, source.path, name.rstrip(":"), 0)
        if name in STANDARD:
            return [ExternalRef(STANDARD[name])]
        if name.endswith(ANNOTATION):
            return self._foreign(code, source, name.removesuffix(ANNOTATION))
        for context in ("", *sorted({s.partition("|")[0] for s in code.scopes(source).stars})):
            found = self._starred(code, source, name, context, 0)
            if any(not isinstance(t, ExternalRef) for t in found):
                return found
        if not name.endswith("!") and (crates := self.crate(code, source, name)):
            return crates
        return self._foreign(code, source, name)

    def _foreign(self, code: Codebase, source: Source, name: str) -> list[Target]:
        """Return what a name may be of the crates all of whose names a file takes."""
        outside: list[Target] = [
            t
            for s in code.scopes(source).stars
            for t in self._starred(code, source, name, s.partition("|")[0], 0)
        ]
        if not name[:1].isupper():
            outside += [ExternalRef(f"{crate}.{name}") for crate in self._everywhere(code, source)]
        return list(dict.fromkeys(outside))

    def _everywhere(self, code: Codebase, source: Source) -> list[str]:
        """Return the crates whose macros are known in all files of a crate."""
        out: list[str] = []
        for root in {*self.roots(code, source.path), source.path}:
            file = code.source(root)
            if file is not None:
                out += [m.decode() for m in MACRO_USE.findall(file.data)]
        return sorted(set(out))

    def module_name(self, code: Codebase, source: Source) -> str:
        """Return the crate's name and the modules down to a file."""
        package = self.package_of(code, source.path)
        folder = package.folder if package is not None else ""
        inner = source.path[len(folder) :].strip("/").removeprefix("src/").removesuffix(".rs")
        parts = [p for p in inner.split("/") if p not in ("main", "lib", "mod")]
        return ".".join([package.name if package is not None else "crate", *parts])

    def aliases(self, code: Codebase, source: Source, node: Node) -> list[str]:
        """Return the names that ``use x as y`` gives a function or type anywhere."""
        name = node.child_by_field_name("name")
        if name is None:
            return []
        text = source.text(name)
        renamed = re.compile(rb"\b" + re.escape(text.encode()) + rb"\s+as\s+(\w+)")
        found = (m for file in code.holding("rust", text) for m in renamed.finditer(file.data))
        return sorted({m.group(1).decode() for m in found})

    def called_name(self, source: Source, node: Node) -> str:
        """Return the last name of a path, of a call that of what is called."""
        text = source.text(node).partition("(")[0].partition("::<")[0]
        return re.split(r"::|\.", text)[-1].strip()

    # --- types -----------------------------------------------------------------------------------

    def members(self, code: Codebase, source: Source, cls: Node) -> Mapping[str, Sequence[Found]]:
        """Return a type's methods, constants, associated types, fields and variants."""
        cache = code.cache("rust.members")
        key = (source.path, cls.id)
        if key not in cache:
            cache[key] = self._members(code, source, cls)
        found: dict[str, list[Found]] = cache[key]  # type: ignore[assignment]
        return found

    def _members(self, code: Codebase, source: Source, cls: Node) -> dict[str, list[Found]]:
        name = cls.child_by_field_name("name")
        out: dict[str, list[Found]] = defaultdict(list)
        if name is None:
            return out
        text = source.text(name)
        names = [text, *self._renamed(code, text)]
        for file, impl in (pair for n in names for pair in self._impls(code, source, n)):
            body = impl.child_by_field_name("body")
            for child in body.named_children if body is not None else ():
                _member(file, child, out)
        for file, impl in self._impls(code, source, text, INTO):
            body = impl.child_by_field_name("body")
            for child in body.named_children if body is not None else ():
                if child.type == "function_item":
                    out["into"].append(Found(file, Defined(child)))
        body = cls.child_by_field_name("body")
        for child in body.named_children if body is not None and cls.type == "trait_item" else ():
            _member(source, child, out)
        for index, declaration in enumerate(self.declarations(cls)):
            named = declaration.child_by_field_name("name")
            declared = declaration.child_by_field_name("type") or declaration
            field_name = source.text(named) if named is not None else str(index)
            out[field_name].append(Found(source, Typed(declared)))
        return out

    def _renamed(self, code: Codebase, name: str) -> list[str]:
        """Return the names that ``type Other = Name;`` gives a type."""
        shape = re.compile(rb"\btype\s+(\w+)\s*=\s*(?:\w+::)*" + name.encode() + rb"\s*;")
        found = (m for file in code.holding("rust", name) for m in shape.finditer(file.data))
        return sorted({m.group(1).decode() for m in found} - {name})

    def _impls(
        self, code: Codebase, source: Source, name: str, kind: str = ""
    ) -> Iterator[tuple[Source, Node]]:
        """Yield the ``impl`` blocks of a type: of its own file, and of its package."""
        package = self.package_of(code, source.path)
        for file in code.holding("rust", name):
            if file is not source:
                if self.package_of(code, file.path) is not package:
                    continue
                bound = code.scopes(file).module.names.get(name, ())
                if any(isinstance(b, Defined) for b in bound):
                    continue  # another type of that name
            for impl in code.scopes(file).methods.get(name + kind, ()):
                yield file, impl

    def bases(self, code: Codebase, source: Source, cls: Node) -> list[Base]:
        """Return nothing: a type extends no other."""
        return []


def _member(source: Source, node: Node, out: dict[str, list[Found]]) -> None:
    name = node.child_by_field_name("name")
    if name is None:
        return
    text = source.text(name)
    if node.type == "function_item":
        out[text].append(Found(source, Defined(node)))
    elif node.type == "const_item":
        value = node.child_by_field_name("value")
        out[text] += [Found(source, Assigned(value))] if value is not None else []
    elif node.type in ("type_item", "associated_type"):
        given = node.child_by_field_name("type")
        out[text] += [Found(source, Assigned(given))] if given is not None else []


def _package(data: bytes, folder: str) -> Package | None:
    try:
        table = toml.loads(data.decode("utf-8-sig", "replace"))
    except tomllib.TOMLDecodeError:
        return None
    given = table.get("package") or table.get("project")
    if not isinstance(given, dict):
        return None
    name = str(given.get("name", "")).replace("-", "_")
    lib = table.get("lib")
    path = str(lib.get("path", "src/lib.rs")) if isinstance(lib, dict) else "src/lib.rs"
    own = str(lib.get("name", name)).replace("-", "_") if isinstance(lib, dict) else name
    package = Package(own, folder, join(folder, path))
    package.names[own] = own
    for key in ("dependencies", "dev-dependencies", "build-dependencies"):
        _dependencies(table.get(key), package.names)
    targets = table.get("target")
    for target in targets.values() if isinstance(targets, dict) else ():
        if isinstance(target, dict):
            _dependencies(target.get("dependencies"), package.names)
    return package


def _dependencies(table: Any, names: dict[str, str]) -> None:
    for name, given in table.items() if isinstance(table, dict) else ():
        real = given.get("package", name) if isinstance(given, dict) else name
        names[name.replace("-", "_")] = str(real).replace("-", "_")


def _child(code: Codebase, path: str, name: str, given: str) -> str:
    folder, _, file = path.rpartition("/")
    if given:
        target = join(folder, given)
        return target if code.has(target) else ""
    base = folder if file in ROOTS else join(folder, file.removesuffix(".rs"))
    candidates = [join(base, f"{name}.rs"), join(base, f"{name}/mod.rs")]
    candidates += [join(folder, f"{name}.rs"), join(folder, f"{name}/mod.rs")]
    return next((c for c in candidates if c != path and code.has(c)), "")


def _module(path: str, inner: str) -> str:
    return f"{path}|{inner}" if inner else path


def _named(source: Source, scope: Scope) -> str:
    name = scope.node.child_by_field_name("name")
    return source.text(name) if name is not None else ""

"""Java and Kotlin: packages, where imports lead, and what a package offers.

Both languages live in the same packages, so one index holds the files of both.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from apimod.languages.base import ExternalRef, Found, ModuleRef, Target
from apimod.languages.forms import Defined, Imported

if TYPE_CHECKING:
    from apimod.codebase import Codebase
    from apimod.source import Source

ROOTS = ("src/main/java", "src/test/java", "src/main/kotlin", "src/test/kotlin")
"""Where the folders of packages begin, where no file shows it."""
PACKAGE = re.compile(rb"^[ \t]*package[ \t]+([\w.`]+)", re.MULTILINE)
HEADS = frozenset(
    {"java", "javax", "jakarta", "org", "com", "io", "net", "kotlin", "kotlinx", "dev", "reactor"}
)
LANG = frozenset(
    {"String", "Object", "Integer", "Long", "Boolean", "System", "Math", "Double", "Float", "Class",
     "Short", "Byte", "Character", "Void", "Exception", "RuntimeException", "Runnable", "Iterable",
     "Override", "Deprecated", "SuppressWarnings", "FunctionalInterface", "SafeVarargs",
     "IllegalArgumentException", "IllegalStateException", "StringBuilder", "Record", "Enum",
     "AutoCloseable", "Comparable", "Throwable", "Thread", "Number", "CharSequence"}
)  # fmt: skip
JAVA_NAME = re.compile(rb"\b(?:class|interface|enum|record)\s+(\w+)")
KOTLIN_NAME = re.compile(
    rb"\b(?:class|interface|object|val|var|fun|typealias)\s+(?:<[^>\n]*>\s*)?(?:[\w<>?]+\.)*`?(\w+)"
)


class Packages:
    """The packages of a codebase, and what files bind at their top."""

    def __init__(self, code: Codebase) -> None:
        self.code = code
        self._declared: dict[str, dict[str, list[Source]]] = {}
        self.files: dict[str, list[Source]] = defaultdict(list)
        self.package_of: dict[str, str] = {}
        for source in code.sources("java"):
            found = PACKAGE.search(source.data)
            package = found.group(1).decode().replace("`", "") if found else ""
            self.package_of[source.path] = package
            self.files[package].append(source)
        self.prefixes = {
            package[:end]
            for package in self.files
            for end in [i for i, c in enumerate(package) if c == "."]
        } | set(self.files)

    def package_at(self, path: str) -> str:
        """Return the package of a file; of one that does not exist, by the folders around it."""
        if path in self.package_of:
            return self.package_of[path]
        folder = path.rpartition("/")[0]
        below: list[str] = []
        while folder:
            if folder in self._folders:
                return ".".join(filter(None, (self._folders[folder], *reversed(below))))
            if folder.endswith(ROOTS):
                break
            folder, _, last = folder.rpartition("/")
            below.append(last)
        return ".".join(reversed(below))

    @cached_property
    def _folders(self) -> dict[str, str]:
        """The package that the files of each folder declare."""
        out: dict[str, str] = {}
        for path, package in self.package_of.items():
            out.setdefault(path.rpartition("/")[0], package)
        return out

    def exported(self, package: str, name: str, near: str = "") -> list[Target]:
        """Return what a package binds under a name; of several modules, the nearest one's."""
        out: list[Found] = []
        for source in self._declaring(package).get(name, ()):
            for binding in self.code.scopes(source).module.names.get(name, ()):
                if not isinstance(binding, Imported):
                    out.append(Found(source, binding))
        return list(nearest(out, near))

    def _declaring(self, package: str) -> dict[str, list[Source]]:
        """Return which files of a package declare a name, as far as their text tells."""
        if package not in self._declared:
            found: dict[str, list[Source]] = defaultdict(list)
            for source in self.files.get(package, ()):
                java = source.path.endswith(".java")
                for name in set((JAVA_NAME if java else KOTLIN_NAME).findall(source.data)):
                    found[name.decode()].append(source)
            self._declared[package] = found
        return self._declared[package]

    def named(self, path: str, near: str = "") -> list[Target]:
        """Return what a dotted name leads to: a package, something in one, or a class's member."""
        if path in self.files:
            return [ModuleRef(path)]
        parts = path.split(".")
        for cut in range(len(parts) - 1, -1, -1):
            package = ".".join(parts[:cut])
            if package not in self.files:
                continue
            found = self.exported(package, parts[cut], near)
            for name in parts[cut + 1 :]:
                found = [inner for f in found for inner in self.inner(f, name)]
            if found:
                return found
        return [ModuleRef(path)] if path in self.prefixes else []

    def inner(self, target: Target, name: str) -> list[Target]:
        """Return a class's own member by its name."""
        if not isinstance(target, Found) or not isinstance(target.binding, Defined):
            return []
        language = self.code.language(target.source)
        members = language.members(self.code, target.source, target.binding.node)
        found = members.get(name)
        if found:
            return list(found)
        out: list[Target] = []
        for base in language.bases(self.code, target.source, target.binding.node):
            for one in self._of_type(base.source, base.source.text(base.node)):
                if one != target:
                    out += self.inner(one, name)
        return out

    def _of_type(self, source: Source, text: str) -> list[Target]:
        name = text.partition("<")[0].partition("(")[0].strip()
        scopes = self.code.scopes(source)
        for binding in scopes.module.names.get(name, ()):
            if isinstance(binding, Imported):
                return self.named(f"{binding.module}.{binding.name}", source.path)
            return [Found(source, binding)]
        return [t for t in self.outside(source, name) if isinstance(t, Found)]

    def outside(self, source: Source, name: str) -> list[Target]:
        """Return what a name means that its file does not bind."""
        head, dot, rest = name.partition(".")
        if dot:
            return self._dotted(source, head, rest)
        found = self.exported(self.package_of.get(source.path, ""), name, source.path)
        if found:
            return found
        stars = self.code.scopes(source).stars
        external: list[Target] = []
        for star in stars:
            inside = self.named(star, source.path)
            for target in inside:
                if isinstance(target, ModuleRef):
                    found += self.exported(target.path, name, source.path)
                else:
                    found += self.inner(target, name)
            if not inside or (star not in self.files and not found):
                external.append(ExternalRef(f"{star}.{name}"))
        if found:
            return found
        if name in HEADS or name in self.prefixes:
            return [ModuleRef(name)] if name in self.prefixes else [ExternalRef(name)]
        if name in LANG:
            return [ExternalRef(f"java.lang.{name}")]
        return external

    def _dotted(self, source: Source, head: str, rest: str) -> list[Target]:
        for binding in self.code.scopes(source).module.names.get(head, ()):
            if isinstance(binding, Imported):
                whole = f"{binding.module}.{binding.name}.{rest}"
                return self.named(whole, source.path) or [ExternalRef(whole)]
            found: list[Target] = [Found(source, binding)]
            for name in rest.split("."):
                found = [inner for f in found for inner in self.inner(f, name)]
            return found
        whole = f"{head}.{rest}"
        found = self.named(whole, source.path)
        if found:
            return found
        if head in HEADS:
            return [ExternalRef(whole)]
        out: list[Target] = []
        for target in self.outside(source, head):
            if isinstance(target, ExternalRef):
                out.append(ExternalRef(f"{target.name}.{rest}"))
            else:
                inside: list[Target] = [target]
                for name in rest.split("."):
                    inside = [inner for f in inside for inner in self.inner(f, name)]
                out += inside
        return out


def nearest(found: Iterable[Found], near: str) -> list[Found]:
    """Return those of the module that a file lies in, where there are any: its source root."""
    found = list(found)
    root = near.partition("src/")[0] if "src/" in near else None
    if root is None or len({f.source.path for f in found}) < 2:
        return found
    mine = [f for f in found if f.source.path.startswith(root + "src/")]
    return mine or found


def packages(code: Codebase) -> Packages:
    """Return the index of a codebase's packages, made once."""
    cache = code.cache("java.packages")
    if "all" not in cache:
        cache["all"] = Packages(code)
    found: Packages = cache["all"]  # type: ignore[assignment]
    return found

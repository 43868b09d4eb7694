"""Java and Kotlin, which share their packages and refer to each other: one language, two syntaxes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from apimod.languages.base import Base, ExternalRef, Found, Language, Target
from apimod.languages.forms import Assigned, Condition, Defined, Form, Imported, Param
from apimod.languages.java_modules import packages
from apimod.languages.java_syntax import CONSTRUCTOR, JavaSyntax
from apimod.languages.kotlin_syntax import KotlinSyntax

if TYPE_CHECKING:
    import tree_sitter
    from tree_sitter import Node

    from apimod.codebase import Codebase
    from apimod.languages.scopes import Scopes
    from apimod.source import Source

TEST_PATH = re.compile(
    r"(^|/)(src/(\w*[tT]est\w*|it)|tests?|testdata|androidTest)/|[a-z0-9]Tests?\.(java|kt)$"
)
JAVA, KOTLIN = JavaSyntax(), KotlinSyntax()
LANGUAGE_STATIC = "static"


class Jvm(Language):
    """Java, and Kotlin by the suffix of a file."""

    name = "java"
    blocks = frozenset({"program", "block", "source_file", "class_body", "statements"})
    constructors = (CONSTRUCTOR,)
    callables = ("invoke",)
    environment: ClassVar[dict[str, int]] = {
        "java.lang.System.getenv": -1,
        "java.lang.System.getProperty": 1,
    }
    formatters: ClassVar[dict[str, str]] = {"java.lang.String.format": "%", "str.formatted": "%"}
    wraps: ClassVar[dict[str, int]] = {"java.util.Objects.requireNonNull": 0}
    single_result = True
    sees_members = True
    overloads = True

    def _syntax(self, source: Source) -> JavaSyntax | KotlinSyntax:
        return JAVA if source.path.endswith(".java") else KOTLIN

    def dialect(self, path: str) -> str:
        """Return the name of the syntax of a file."""
        return "java" if path.endswith(".java") else "kotlin"

    def grammar(self, path: str) -> tree_sitter.Language:
        return (JAVA if path.endswith(".java") else KOTLIN).grammar()

    def tree(self, source: Source) -> tree_sitter.Tree:
        return self._syntax(source).tree(source)

    def is_test(self, path: str) -> bool:
        return TEST_PATH.search(path) is not None

    # --- one file --------------------------------------------------------------------------------

    def form(self, source: Source, node: Node) -> Form | None:
        return self._syntax(source).form(source, node)

    def bind(self, source: Source) -> Scopes:
        return self._syntax(source).bind(source)

    def params(self, source: Source, function: Node) -> list[Param]:
        return self._syntax(source).params(source, function)

    def returns(self, source: Source, function: Node) -> list[Node]:
        return self._syntax(source).returns(source, function)

    def return_type(self, source: Source, function: Node) -> Node | None:
        return self._syntax(source).return_type(source, function)

    def function_name(self, source: Source, function: Node) -> str | None:
        return self._syntax(source).function_name(source, function)

    def qualified_name(self, source: Source, node: Node) -> str:
        """Return the name of a function or class with the classes around it."""
        syntax = self._syntax(source)
        own = syntax.function_name(source, node) or ""
        return ".".join((*syntax.outer_names(source, node), own))

    def receiver(self, source: Source, function: Node) -> str | None:
        """Return ``this`` for a method of instances."""
        return "this" if self.is_method(source, function) else None

    def is_method(self, source: Source, function: Node) -> bool:
        syntax = self._syntax(source)
        owner = syntax.owner_class(function)
        return owner is not None and not syntax.is_static(function)

    def owner_class(self, function: Node) -> Node | None:
        return JAVA.owner_class(function) or KOTLIN.owner_class(function)

    def decorators(self, source: Source, node: Node) -> list[Node]:
        return self._syntax(source).decorators(source, node)

    def type_of(self, source: Source, type_node: Node) -> Node | None:
        return self._syntax(source).type_of(source, type_node)

    def last_name(self, source: Source, type_node: Node) -> str:
        return source.text(type_node).partition("<")[0].rpartition(".")[2].strip()

    def raises(self, source: Source, function: Node) -> list[Node]:
        return self._syntax(source).raises(source, function)

    def is_nothing(self, node: Node) -> bool:
        return node.type in ("null_literal", "null")

    def conditions(self, source: Source, node: Node) -> list[Condition]:
        return self._syntax(source).conditions(source, node)

    def is_conditional(self, node: Node) -> bool:
        return JAVA.is_conditional(node) or KOTLIN.is_conditional(node)

    def fields(self, source: Source, cls: Node) -> list[str]:
        return self._syntax(source).fields(source, cls)

    def class_kind(self, source: Source, cls: Node) -> str:
        return self._syntax(source).kind(source, cls)

    def elements(self, source: Source, cls: Node) -> list[tuple[str, Node, Node | None]]:
        return self._syntax(source).elements(source, cls)

    def is_abstract(self, source: Source, cls: Node) -> bool:
        return self.class_kind(source, cls) in ("abstract", "interface", "annotation")

    # --- several files ---------------------------------------------------------------------------

    def members(self, code: Codebase, source: Source, cls: Node) -> Mapping[str, Sequence[Found]]:
        """Return methods, fields and inner classes, with what its code puts into the fields."""
        cache = code.cache("java.members")
        key = (source.path, cls.id)
        if key not in cache:
            out: dict[str, list[Found]] = defaultdict(list)
            for name, binding in self._syntax(source).members(source, cls):
                out[name].append(Found(source, binding))
            sets = code.scopes(source).sets
            for name in list(out):
                for item in sets.get(name, ()):
                    inside = cls.start_byte <= item.value.start_byte < cls.end_byte
                    is_field = not any(isinstance(f.binding, Defined) for f in out[name])
                    if inside and is_field:
                        out[name].append(Found(source, Assigned(item.value)))
            cache[key] = dict(out)
        found: Mapping[str, Sequence[Found]] = cache[key]  # type: ignore[assignment]
        return found

    def bases(self, code: Codebase, source: Source, cls: Node) -> list[Base]:
        return [Base(source, node) for node in self._syntax(source).bases(cls)]

    def resolve(self, code: Codebase, source: Source, binding: Imported) -> list[Target]:
        """Return the class, member or function that an import names."""
        whole = f"{binding.module}.{binding.name}" if binding.module else binding.name or ""
        return packages(code).named(whole, source.path) or [ExternalRef(whole)]

    def exported(self, code: Codebase, module: str, name: str) -> list[Target]:
        """Return what a package offers, or the package below it; else an external name."""
        whole = f"{module}.{name}"
        return packages(code).named(whole) or [ExternalRef(whole)]

    def outside(self, code: Codebase, source: Source, name: str) -> list[Target]:
        return packages(code).outside(source, name)

    def visible(self, code: Codebase, source: Source, name: str) -> list[Target]:
        """Return what a file of a package, or with an import of all of another, sees by a name."""
        found = packages(code).outside(source, name) if name[:1].isupper() else []
        return [t for t in found if not str(getattr(t, "name", "")).startswith("java.lang.")]

    def module_name(self, code: Codebase, source: Source) -> str:
        """Return the package of a file, which need not exist."""
        return packages(code).package_at(source.path)

    def module_below(self, module: str, folder: str) -> str:
        """Return the package in a folder below another's."""
        return f"{module}.{folder}" if module else folder

    def implementations(self, code: Codebase, source: Source, cls: Node) -> Iterator[Found]:
        """Yield the classes that are written to extend or implement one."""
        name = self._syntax(source).function_name(source, cls)
        for file in code.holding(self.name, name) if name else ():
            for found in self.classes(code, file):
                for base in self.bases(code, file, found):
                    if self.last_name(file, base.node).partition("(")[0] == name:
                        yield Found(file, Defined(found))

    def classes(self, code: Codebase, source: Source) -> list[Node]:
        """Return the classes of a file."""
        return [s.node for s in code.scopes(source).all if s.kind == "type"]

    def interfaces(self, code: Codebase, source: Source, cls: Node) -> Iterator[Found]:
        """Yield the classes that implement an interface, or extend an abstract class."""
        if self.is_abstract(source, cls):
            yield from self.implementations(code, source, cls)

    # --- values ----------------------------------------------------------------------------------

    def text_method(self, name: str, text: str, arguments: Sequence[str]) -> str | None:
        """Return what a method of strings gives."""
        if name in ("concat", "plus") and len(arguments) == 1:
            return text + arguments[0]
        if name in ("trim", "strip", "trimIndent", "toString", "intern", "trimMargin"):
            return text.strip()
        if name in ("toLowerCase", "lowercase"):
            return text.lower()
        if name in ("toUpperCase", "uppercase"):
            return text.upper()
        if name == "replace" and len(arguments) == 2:
            return text.replace(arguments[0], arguments[1])
        return None


LANGUAGE = Jvm()

"""What the engine asks of a language.

A language answers from the syntax of one file, and says where an import leads. It knows the
standard library of its language, and no other library.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

from apimod.languages.forms import (
    Binding,
    Condition,
    Form,
    Imported,
    Param,
)
from apimod.languages.scopes import Scopes

if TYPE_CHECKING:
    import tree_sitter
    from tree_sitter import Node

    from apimod.codebase import Codebase
    from apimod.languages.buffer import ImportNeed
    from apimod.source import Source


LONGEST_NAME = 80


class Found(Struct, frozen=True):
    """A binding, and the file that it stands in."""

    source: Source
    binding: Binding


class ModuleRef(Struct, frozen=True):
    """A module or package of the codebase: its file or its folder."""

    path: str


class ExternalRef(Struct, frozen=True):
    """Something that is not in the codebase, by its canonical dotted name."""

    name: str


class PathTest(Struct, frozen=True):
    """A test of a path: whether it ``is``, lies ``below`` or ``matches`` what a node gives."""

    kind: str
    node: Node


Target = Found | ModuleRef | ExternalRef


class Base(Struct, frozen=True):
    """What a class extends or embeds: the node that names it, and the member name it goes by."""

    source: Source
    node: Node
    name: str = ""


class Language(ABC):
    """One language. Instances hold no state but grammars."""

    name: str = ""
    blocks: frozenset[str] = frozenset()
    """Types of node that hold a sequence of statements."""
    constructors: tuple[str, ...] = ()
    """Names of the method that runs when a class is called."""
    callables: tuple[str, ...] = ()
    """Names of the method that runs when an instance is called."""
    environment: ClassVar[dict[str, int]] = {}
    """Functions that read the environment, and the position of their default; -1 for none."""
    formatters: ClassVar[dict[str, str]] = {}
    """Functions that fill a pattern in their first argument; how its holes look."""
    constants: ClassVar[dict[str, str]] = {}
    """Names of the standard library that mean a string."""
    wraps: ClassVar[dict[str, int]] = {}
    """Functions whose result means what one of their arguments means."""
    text_functions: frozenset[str] = frozenset()
    """Functions that ``text_function`` knows."""
    joins: frozenset[str] = frozenset()
    """Functions that give a list with their further arguments put to its end."""
    views: ClassVar[dict[str, str]] = {}
    """Functions that show a dictionary as a list: its ``items``, ``values`` or ``keys``."""
    folders: frozenset[str] = frozenset()
    """Functions that give the names of the files in a folder."""
    same_lists: frozenset[str] = frozenset()
    """Methods of lists whose result has the list's elements, or some of them."""
    defaults: frozenset[str] = frozenset()
    """Members of a module outside of the codebase that stand for the module itself."""
    fresh_fields = False
    """Whether what a class's body puts into a field is made anew for every instance."""
    shares_modules = False
    """Whether the files of a folder bind the names of one module."""
    single_result: bool = True
    files_are_modules = False
    """Whether a module goes by its file's path, and each file spells that in its own way."""
    declares = False
    """Whether every parameter has a declared type."""
    overloads = False
    """Whether methods of one name with other parameters are other methods."""
    sees_members = False
    """Whether a method's code names the members of its class without saying of what."""

    def dialect(self, path: str) -> str:
        """Return the name of a file's syntax: the folder of its queries. As a rule the language's."""
        return self.name

    @abstractmethod
    def grammar(self, path: str) -> tree_sitter.Language:
        """Return the grammar for a file."""

    def tree(self, source: Source) -> tree_sitter.Tree:
        """Return the tree that facts and scopes are read from; its offsets are the file's."""
        return source.tree(self.grammar(source.path))

    @abstractmethod
    def is_test(self, path: str) -> bool:
        """Whether a file belongs to tests, and so not to the application."""

    # --- one file ---------------------------------------------------------------------------------

    @abstractmethod
    def form(self, source: Source, node: Node) -> Form | None:
        """Return what an expression is; None where no form fits."""

    @abstractmethod
    def bind(self, source: Source) -> Scopes:
        """Return the scopes of a file."""

    @abstractmethod
    def params(self, source: Source, function: Node) -> list[Param]:
        """Return a function's parameters, a receiver that it declares among them."""

    @abstractmethod
    def returns(self, source: Source, function: Node) -> list[Node]:
        """Return the expressions that a function gives back."""

    def return_type(self, source: Source, function: Node) -> Node | None:
        """Return the declared type of a function's result."""
        return None

    def declared_type(self, source: Source, function: Node) -> Node | None:
        """Return the type that what a function is put into is declared to be of."""
        return None

    def started(self, code: Codebase, folder: str, path: str) -> str | None:
        """Return the source file that a command in a folder means by a path."""
        return None

    def is_expression(self, function: Node) -> bool:
        """Whether a function that has a name stands where its value is used."""
        return False

    def reached_name(self, source: Source, function: Node) -> str | None:
        """Return the name by which code around a function reaches it."""
        return None if self.is_expression(function) else self.function_name(source, function)

    def function_name(self, source: Source, function: Node) -> str | None:
        """Return a function's name; None for one without."""
        name = function.child_by_field_name("name")
        return source.text(name) if name is not None else None

    @abstractmethod
    def qualified_name(self, source: Source, node: Node) -> str:
        """Return the name of a function or class with the classes around it."""

    def receiver(self, source: Source, function: Node) -> str | None:
        """Return the name of the parameter that holds the instance, for a method."""
        return None

    def is_method(self, source: Source, function: Node) -> bool:
        """Whether a function belongs to a class."""
        return False

    def owner_class(self, function: Node) -> Node | None:
        """Return the class that a method is written in."""
        return None

    def is_property(self, source: Source, function: Node) -> bool:
        """Whether reading the member calls the function."""
        return False

    def decorators(self, source: Source, node: Node) -> list[Node]:
        """Return the expressions that decorate a function or class."""
        return []

    def annotated(self, node: Node) -> Node | None:
        """Return the function, class or module that an annotation beside it is for."""
        return None

    def swallows(self, source: Source, node: Node) -> bool:
        """Whether what a call refuses is not handed on by what is around it."""
        return False

    def is_optional(self, source: Source, type_node: Node) -> bool:
        """Whether something of a type may be absent."""
        return False

    def parsed(self, source: Source, node: Node) -> Node | None:
        """Return the expression that a string holds; its offsets are the file's."""
        return None

    def metadata(self, source: Source, type_node: Node) -> list[Node]:
        """Return the expressions that a type carries along."""
        return []

    def type_of(self, source: Source, type_node: Node) -> Node | None:
        """Return the node that names the class in a type: without pointer, option or alias."""
        return type_node

    def type_node(self, node: Node) -> Node:
        """Return the expression inside of a declared type."""
        return node

    def early_exits(self, source: Source, function: Node) -> list[Node]:
        """Return the branches that leave a function with nothing."""
        return []

    def raises(self, source: Source, function: Node) -> list[Node]:
        """Return the expressions that a function raises, not those of functions inside."""
        return []

    def is_target(self, node: Node) -> bool:
        """Whether an expression is written to, not read."""
        return False

    def is_nothing(self, node: Node) -> bool:
        """Whether an expression is the literal for nothing."""
        return node.type in ("none", "null", "undefined")

    def conditions(self, source: Source, node: Node) -> list[Condition]:
        """Return what must hold for a node to be reached inside its function."""
        return []

    def exits(self, source: Source, function: Node) -> list[tuple[Node, Node]]:
        """Return the tests at the top of a function that leave it, each with its statement."""
        return []

    def path_tests(self, source: Source, test: Node) -> list[PathTest] | None:
        """Return what a test asks of a path; None where that is not understood."""
        return None

    def is_swallowed(self, source: Source, node: Node) -> bool:
        """Whether what a node throws is caught by what lets the function go on."""
        return False

    def is_deferred(self, node: Node) -> bool:
        """Whether a node is reached only when its function is left."""
        return False

    @abstractmethod
    def is_conditional(self, node: Node) -> bool:
        """Whether a node is reached only sometimes, inside its function."""

    def fields(self, source: Source, cls: Node) -> list[str]:
        """Return the names of a class's fields in their order."""
        return []

    def declarations(self, cls: Node) -> list[Node]:
        """Return the declarations of a struct's fields."""
        return []

    def struct(self, cls: Node) -> Node | None:
        """Return the struct that a type is declared as."""
        return None

    def interface(self, cls: Node) -> Node | None:
        """Return the interface that a type is declared as."""
        return None

    def owner_type(self, source: Source, function: Node) -> Node | None:
        """Return the node that names the type of a method that stands outside of it."""
        return None

    def last_name(self, source: Source, type_node: Node) -> str:
        """Return the last name of a type."""
        return source.text(type_node).rpartition(".")[2]

    def package(self, code: Codebase, folder: str) -> list[Source]:
        """Return the files that share one scope in a folder, tests not among them."""
        return []

    def is_abstract(self, source: Source, cls: Node) -> bool:
        """Whether a class has no instances of its own."""
        return False

    def class_kind(self, source: Source, cls: Node) -> str:
        """Return ``class``, or what it is instead: ``abstract``, ``interface``, ``annotation`` …"""
        return "abstract" if self.is_abstract(source, cls) else "class"

    def elements(self, source: Source, cls: Node) -> list[tuple[str, Node, Node | None]]:
        """Return the elements of an annotation: name, the node that is decorated, default."""
        return []

    def element_type(self, source: Source, cls: Node) -> Node | None:
        """Return the type of the elements of a class that is a list."""
        return None

    # --- several files -----------------------------------------------------------------------

    @abstractmethod
    def members(self, code: Codebase, source: Source, cls: Node) -> Mapping[str, Sequence[Found]]:
        """Return what a class holds by name, not what its bases hold."""

    @abstractmethod
    def bases(self, code: Codebase, source: Source, cls: Node) -> list[Base]:
        """Return what a class extends or embeds."""

    @abstractmethod
    def resolve(self, code: Codebase, source: Source, binding: Imported) -> list[Target]:
        """Return what an import leads to."""

    @abstractmethod
    def exported(self, code: Codebase, module: str, name: str) -> list[Target]:
        """Return what a module offers under a name; nothing where it offers none."""

    def visible(self, code: Codebase, source: Source, name: str) -> list[Target]:
        """Return what a name means in a file that need not import it, elsewhere it must be."""
        return []

    def offered(self, code: Codebase, module: str) -> list[str]:
        """Return the names under which a module offers something, where it says which."""
        return []

    @abstractmethod
    def outside(self, code: Codebase, source: Source, name: str) -> list[Target]:
        """Return what a name means that no scope of its file binds."""

    @abstractmethod
    def module_name(self, code: Codebase, source: Source) -> str:
        """Return the canonical name of a file's module."""

    def module_below(self, module: str, folder: str) -> str:
        """Return the name of a module that is moved from its package into a folder below it."""
        parent, _, last = module.rpartition(".")
        return ".".join(part for part in (parent, folder, last) if part)

    def import_base(self, code: Codebase, source: Source) -> str:
        """Return the package or the module that a file's relative imports start from."""
        module = self.module_name(code, source)
        is_package = source.path.rpartition("/")[2].partition(".")[0] == "__init__"
        return module if is_package else module.rpartition(".")[0]

    def absolute(self, code: Codebase, source: Source, module: str) -> str:
        """Return the whole name of a module that a file names, which may be relative to its own."""
        if not module.startswith("."):
            return module
        dots = len(module) - len(module.lstrip("."))
        base = self.import_base(code, source).split(".")
        rest = [module[dots:]] if module[dots:] else []
        return ".".join([*base[: len(base) - dots + 1], *rest])

    def own_prefix(self, code: Codebase, source: Source) -> str:
        """Return what the names of all modules of a file's project begin with."""
        return self.module_name(code, source).split(".")[0]

    def aliases(self, code: Codebase, source: Source, node: Node) -> list[str]:
        """Return further names by which other files know a function or class of a file."""
        return []

    def need(self, code: Codebase, source: Source, name: str) -> ImportNeed | None:
        """Return the import that gives another file what ``name`` means at the top of this one."""
        return None

    def called_name(self, source: Source, node: Node) -> str:
        """Return the last name of an expression that stands for a function."""
        text = source.text(node)
        name = text.rstrip("()").replace("::", ".").split(".")[-1]
        return name if len(name) < LONGEST_NAME else ""

    def interfaces(self, code: Codebase, source: Source, cls: Node) -> Iterator[Found]:
        """Yield the classes that satisfy an interface."""
        return iter(())

    # --- values ------------------------------------------------------------------------------

    def text_method(self, name: str, text: str, arguments: Sequence[str]) -> str | None:
        """Return what a method of strings gives; None where it is not known."""
        return None

    def text_function(self, name: str, arguments: Sequence[str]) -> str | None:
        """Return what a function of the standard library gives for known strings."""
        return None

    def subtree(self, node: Node) -> Iterator[Node]:
        """Yield a node and all below it."""
        stack = [node]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.named_children))

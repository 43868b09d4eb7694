"""What may be copied: does a function wire, a statement make, a call take one argument more?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from tree_sitter import Node

from apimod import names
from apimod.analogy_file import File, functions_named
from apimod.analogy_wires import Wires
from apimod.languages.buffer import ROLES, Part, significant, walk
from apimod.mentions import Finder

_MAKES = frozenset({"new", "make", "init", "provide", "setup", "build", "must", "register"})
_VERBS = _MAKES | {
    "add", "attach", "bind", "configure", "create", "get", "handle", "include", "inject", "load",
    "connect", "mount", "run", "serve", "start", "use", "wire",
}  # fmt: skip
_WHOLES = frozenset(
    {
        "app", "application", "bootstrap", "components", "container", "controllers", "database",
        "db", "dependencies", "deps", "lifespan", "main", "migrate", "migrations", "modules",
        "providers", "registry", "server", "services",
    }
)  # fmt: skip
_ROUTING = frozenset({"route", "routes", "router", "routers", "handlers", "endpoints", "api"})
_LONGEST_PROVIDER = 6

Place = tuple[str, int, int]


class Places(Struct, frozen=True):
    """Nodes that the router graph knows, as (path, first byte, end).

    ``mounts`` are the calls that mount, group or add routes; ``catchalls`` serve whatever is
    left; ``models`` are classes of data, which are never edited.
    """

    mounts: frozenset[Place] = frozenset()
    catchalls: frozenset[Place] = frozenset()
    models: frozenset[Place] = frozenset()

    def is_mount(self, path: str, node: Node) -> bool:
        """Tell whether a node is itself what mounts, groups or adds routes."""
        return (path, node.start_byte, node.end_byte) in self.mounts

    def within(self, places: frozenset[Place], path: str, node: Node) -> bool:
        """Tell whether one of ``places`` lies within a node."""
        return any(
            where == path and node.start_byte <= start and end <= node.end_byte
            for where, start, end in places
        )


class Judge(Struct, frozen=True):
    """Decides from the sibling's wiring, the other resources' and the router graph."""

    ours: Wires
    others: Sequence[Wires]
    files: Mapping[str, File]
    owned: frozenset[str]
    """Names of functions that a resource's own files define."""
    places: Places

    def foreign(self, file: File, node: Part) -> bool:
        """Tell whether a node holds another resource's wiring."""
        return any(other.hits(file, node) for other in self.others)

    def anonymous(self, text: str) -> str:
        """Return a name with every resource's words left out."""
        finder = Finder([self.ours.kin.noun, *(other.kin.noun for other in self.others)])
        for mention in reversed(list(finder.find(text))):
            text = f"{text[: mention.start]}*{text[mention.end :]}"
        return text

    def wires(self, file: File, function: Node) -> bool:
        """Tell whether a function is there to put things together, not to do business."""
        if self.places.within(self.places.mounts, file.path, function):
            return True
        above = function.parent
        name = function.child_by_field_name("name")
        if name is None and above is not None and function.type in file.outline.closures:
            name = above.child_by_field_name("name")
        words = names.words(file.buffer.text(name)) if name is not None else ()
        constructor = file.outline.constructs(file.buffer, function)
        first = words[0] if words else ""
        return constructor or first in _VERBS - {"get"} or bool((_ROUTING | _WHOLES) & {*words})

    def opens(self, file: File, closure: Node) -> bool:
        """Tell whether what a closure does may be wiring."""
        business = file.outline.functions_are_values
        return not business or self.places.within(self.places.mounts, file.path, closure)

    def provides(self, file: File, statement: Node, function: Node) -> bool:
        """Tell whether a function named for the sibling only wires it, so that it can be copied."""
        body = function.child_by_field_name("body")
        if body is None or self.foreign(file, statement):
            return False
        for part in statement.named_children:
            decorates = part.type == "decorator"
            if decorates and self.places.within(self.places.mounts, file.path, part):
                return False
            if decorates and self.ours.hits(file, part):
                return False
        if self.places.within(self.places.mounts, file.path, body):
            return True
        count = max(len(file.outline.statements(body)), len(significant(body)))
        calls = (node for node in walk(body) if node.type in file.outline.calls)
        return count <= _LONGEST_PROVIDER and any(self.constructs(file, call) for call in calls)

    def constructs(self, file: File, call: Node) -> bool:
        """Tell whether a call makes a part of the sibling: a handler, a service, a router."""
        function, last = file.outline.called(call)
        if function is None or last is None:
            return False
        text = file.buffer.text(last)
        split = names.words(text)
        package = function.named_children[0] if function.named_children else None
        ours = text in self.ours.symbols or (
            package is not None
            and any(
                each.local == file.buffer.text(package)
                for each in self.ours.imports.get(file.path, ())
            )
        )
        if not ours:
            return False
        noun = self.ours.kin.noun
        if "_".join(split) in (noun.singular, noun.plural):
            return False
        return bool({*split} & (ROLES | _MAKES)) or (
            text[:1].isupper() and bool(file.outline.classes)
        )

    def makes(self, file: File, value: Node, bound: Sequence[str]) -> bool:
        """Tell whether what ``bound`` names is wiring: a construction, a group, a reference."""
        if self.ours.data_only(file, value):
            return any({*names.words(name)} & ROLES for name in bound)
        while value.type in ("expression_list", "await", "parenthesized_expression"):
            if value.named_child_count != 1:
                return False
            value = value.named_children[0]
        if value.type in file.outline.closures:
            return False
        if value.type not in file.outline.calls:
            return True
        if self.constructs(file, value):
            return True
        function, _ = file.outline.called(value)
        arguments = value.child_by_field_name("arguments")
        inside = arguments is not None and self.ours.hits(file, arguments)
        return inside and function is not None and not self.ours.hits(file, function)

    def whole(self, file: File, statement: Node, call: Node, row: bool) -> bool:
        """Tell whether a call's statement is the sibling's own, so that it is copied as it is.

        ``row`` says that statements of the same kind stand beside it for others.
        """
        function, last = file.outline.called(call)
        arguments = call.child_by_field_name("arguments")
        if function is None or last is None:
            return False
        calls_ours = self.ours.hits(file, function)
        if self.foreign(file, statement) and not calls_ours:
            return False
        holding = self._holding(file, arguments)
        nested = file.outline.containers | file.outline.closures
        if not calls_ours and holding and all(one.type in nested for one in holding):
            return self._has_path(file, arguments)
        words = {*names.words(file.buffer.text(last))}
        if calls_ours:
            return bool(words & (_VERBS | _ROUTING)) or self._known(file, function)
        if self.places.within(self.places.mounts, file.path, call) or row:
            return True
        if self._has_path(file, arguments):
            return True
        if any(self.accepts(file, call, one) for one in holding):
            return False
        return bool(words & (_VERBS | _ROUTING))

    def takes(self, file: File, call: Node) -> bool:
        """Tell whether a call can take another keyword, as far as the project shows."""
        _, last = file.outline.called(call)
        name = file.buffer.text(last) if last is not None else ""
        definitions = list(functions_named(self.files, name))
        if not definitions:
            return name not in self.owned
        return any(
            _takes_any(parameters) or any(self.grows(other, one) for one in significant(parameters))
            for other, parameters in definitions
        )

    def accepts(self, file: File, call: Node, argument: Node) -> bool:
        """Tell whether a call can take another argument like this one."""
        _, last = file.outline.called(call)
        name = file.buffer.text(last) if last is not None else ""
        definitions = list(functions_named(self.files, name))
        if definitions:
            return any(
                _takes_any(parameters)
                or any(self.grows(other, one) for one in significant(parameters))
                for other, parameters in definitions
            )
        if name in self.owned:
            return False
        arguments = call.child_by_field_name("arguments")
        rest = [one for one in significant(arguments) if one != argument] if arguments else []
        if name == "append" or any(self.foreign(file, one) for one in rest):
            return True
        alike = all(one.type == argument.type for one in rest)
        head = re.split(r"[{(\[]", file.buffer.text(argument).lstrip("&*"))[0]
        capital = head.rpartition(".")[2][:1].isupper()
        return alike and capital and argument.type in file.outline.literals

    def open_ended(self, file: File, call: Node) -> bool:
        """Tell whether a call takes any number of arguments, as far as the project shows."""
        _, last = file.outline.called(call)
        name = file.buffer.text(last) if last is not None else ""
        found = [parameters for _, parameters in functions_named(self.files, name)]
        return all(map(_takes_any, found)) and name not in self.owned

    def grows(self, file: File, item: Node) -> bool:
        """Tell whether a parameter or a field is the sibling's, and another can stand beside it."""
        leaves = [leaf for leaf in file.leaves_in(item) if leaf.kind in ("name", "member")]
        if not leaves or not self.ours.hits(file, item) or self.foreign(file, item):
            return False
        return self.ours.named(leaves[0].text) and not self.ours.data_only(file, item)

    def _known(self, file: File, function: Node) -> bool:
        leaves = {file.buffer.text(node) for node in walk(function) if not node.child_count}
        return bool(leaves & self.ours.symbols)

    def _holding(self, file: File, arguments: Node | None) -> list[Node]:
        if arguments is None:
            return []
        return [one for one in significant(arguments) if self.ours.hits(file, one)]

    def _has_path(self, file: File, arguments: Node | None) -> bool:
        """Tell whether an argument is a path of the sibling's."""
        return any(
            "string" in one.type and self.ours.hits(file, one)
            for each in (significant(arguments) if arguments is not None else [])
            for one in [each, *(each.named_children if each.type in file.outline.keyed else [])]
        )


def _takes_any(parameters: Node) -> bool:
    kinds = ("variadic_parameter_declaration", "list_splat_pattern", "dictionary_splat_pattern")
    return any(node.type in kinds for node in walk(parameters))

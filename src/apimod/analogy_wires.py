"""Which leaves of the shared files belong to a resource's wiring.

It begins with what the resource's own files define, and with the imports that lead to them; it
goes on over what shared code makes of those and calls by the resource's name: a variable, a field,
a parameter. A word alone is nothing: ``items`` in a page of results is no wiring of items.
"""

from __future__ import annotations

import posixpath
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from tree_sitter import Node

from apimod.analogy_file import File, functions_named, parameter_names
from apimod.languages.buffer import Part, walk
from apimod.languages.outline import ImportedName
from apimod.mentions import Finder, Noun
from apimod.names import words

_ROUNDS = 8


class Kin(Struct, frozen=True):
    """A resource that is there: its name, and the files that are its own."""

    noun: Noun
    files: frozenset[str]


class Wires(Struct, dict=True):
    """What is known of one resource's wiring."""

    kin: Kin
    files: Mapping[str, File]
    own: Mapping[str, File]
    marks: frozenset[str] = frozenset()
    """Strings that stand for the resource wherever they are: the names of its rights."""
    symbols: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    locals: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    imports: dict[str, list[ImportedName]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self._finder = Finder([self.kin.noun])
        some = next(iter([*self.files.values(), *self.own.values()]), None)
        self._by_folder = some is not None and some.outline.imports_folders
        self._hits: dict[str, list[int]] = {}
        self._sure: dict[str, list[int]] = {}
        self._own_symbols()
        self._imports()
        for _ in range(_ROUNDS):
            self._hits = {path: self._find(file) for path, file in self.files.items()}
            grown = [self._bind(file) | self._parameters(file) for file in self.files.values()]
            if not any(grown):
                break

    def named(self, text: str) -> bool:
        """Tell whether a name holds the resource's words."""
        return any(True for _ in self._finder.find(text))

    def hits(self, file: File, node: Part) -> bool:
        """Tell whether a node holds a leaf of the wiring."""
        return _any_within(self._hits.get(file.path, []), node)

    def surely(self, file: File, node: Part) -> bool:
        """Tell whether a node holds a leaf of the wiring that is more than a part of a path."""
        return _any_within(self._sure.get(file.path, []), node)

    def data_only(self, file: File, node: Node) -> bool:
        """Tell whether a node holds no more of the wiring than the type of its data, ``Book``."""
        noun = self.kin.noun
        imported = {each.local for each in self.imports.get(file.path, ())}
        found = [
            leaf.text
            for leaf in file.leaves_in(node)
            if leaf.kind in ("name", "member") and self.hits(file, leaf.node)
        ]
        return bool(found) and all(
            "_".join(words(text)) in (noun.singular, noun.plural)
            and text[:1].isupper()
            and (text in self.symbols or text in imported)
            for text in found
        )

    def _own_symbols(self) -> None:
        for file in self.own.values():
            for each in file.bindings:
                if each.top:
                    self.symbols.update(name for name in each.names if self.named(name))
        self.own_symbols = frozenset(self.symbols)
        self.symbols.update(mark for mark in self.marks if self.named(mark))

    def _imports(self) -> None:
        folders = defaultdict(set)
        for path in [*self.files, *self.own, *self.kin.files]:
            folders[posixpath.dirname(path)].add(path)
        whole = frozenset(
            path
            for path in self.kin.files
            if not self._by_folder or folders[posixpath.dirname(path)] <= self.kin.files
        )
        grown = True
        while grown:
            grown = sum(self._import(file, whole) for file in self.files.values()) > 0

    def _import(self, file: File, whole: frozenset[str]) -> bool:
        """Note a file's imports of the resource; what it hands on under a name of its own counts.

        A name of one word (``items``) is too common to be followed from file to file.
        """
        known = self.imports[file.path]
        fresh = [
            each
            for each in file.imported
            if each not in known and (each.name in self.symbols or self._leads(file, each, whole))
        ]
        known += fresh
        self.locals[file.path].update(each.local for each in fresh)
        self.symbols.update(
            each.local for each in fresh if "_" in each.local and self.named(each.local)
        )
        return bool(fresh)

    def _leads(self, file: File, each: ImportedName, whole: frozenset[str]) -> bool:
        """Tell whether an import leads to the resource's own module, by place and by name.

        A layer's folder that holds only this resource yet is not its own.
        """
        named = any(map(self.named, (each.module, each.name or "", each.local)))
        return named and file.outline.means(file.buffer, each, whole)

    def _find(self, file: File) -> list[int]:
        own = any(
            file.outline.same_package(file.path, path) and path != file.path
            for path in self.kin.files
        )
        local = self.locals[file.path]
        sure: list[int] = []
        paths: list[int] = []
        for leaf in file.leaves:
            if file.in_import(leaf.node):
                continue
            if leaf.kind == "name":
                hit = leaf.text in local or (own and leaf.text in self.symbols)
            elif leaf.kind == "member":
                hit = leaf.text in self.members or leaf.text in self.symbols
            elif leaf.kind == "string":
                hit = leaf.text in local or leaf.text in self.symbols
                if not hit and self._in_path(leaf.text):
                    paths.append(leaf.node.start_byte)
            else:
                hit = False
            if hit:
                sure.append(leaf.node.start_byte)
        self._sure[file.path] = sure
        return sorted(sure + paths) if sure else []

    def _in_path(self, text: str) -> bool:
        """Tell whether a string holds the resource as a part of a path, or of a module's name."""
        if " " in text or not ("/" in text or "." in text):
            return False
        parts = text.replace("/", ".").split(".")
        return any(
            mention.end - mention.start == len(part)
            for part in parts
            for mention in self._finder.find(part)
        )

    def _bind(self, file: File) -> bool:
        grown = False
        for each in file.bindings:
            names = {name for name in each.names if self.named(name)}
            if names and any(self.hits(file, value) for value in each.values):
                grown |= self._add(file, names, member=each.member, top=each.top)
        return grown

    def _add(self, file: File, names: set[str], *, member: bool, top: bool) -> bool:
        targets = [self.members] if member else [self.locals[file.path]]
        if top:
            targets.append(self.symbols)
        grown = any(not names <= target for target in targets)
        for target in targets:
            target.update(names)
        return grown

    def _parameters(self, file: File) -> bool:
        """Follow arguments into the parameters of shared functions that are named alike."""
        grown = False
        for call, arguments in self._calls(file):
            _, last = file.outline.called(call)
            for other, parameters in functions_named(
                self.files, file.buffer.text(last) if last is not None else ""
            ):
                for index, argument in enumerate(arguments):
                    if not self.hits(file, argument):
                        continue
                    names = parameter_names(other, parameters, file, argument, index)
                    found = {name for name in names if self.named(name)}
                    if found:
                        grown |= self._add(other, found, member=False, top=False)
        return grown

    def _calls(self, file: File) -> Iterator[tuple[Node, list[Node]]]:
        for node in walk(file.buffer.root):
            if node.type in file.outline.calls and self.hits(file, node):
                arguments = node.child_by_field_name("arguments")
                if arguments is not None and self.hits(file, arguments):
                    yield node, list(arguments.named_children)


def _any_within(starts: list[int], node: Part) -> bool:
    index = bisect_left(starts, node.start_byte)
    return index < len(starts) and starts[index] < node.end_byte

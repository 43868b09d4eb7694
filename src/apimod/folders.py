"""Mounts of a whole folder: every file in it is mounted, at the path that its folder says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from apimod.languages import language_of
from apimod.values import (
    At,
    Constant,
    DictValue,
    External,
    Frame,
    FunctionValue,
    ModuleValue,
    Piece,
    Router,
    Text,
    Value,
)

if TYPE_CHECKING:
    from apimod.given import Given
    from apimod.match import Fact
    from apimod.meaning import RouterMeaning
    from apimod.mounted import Mounted

MAX_FILES = 2000


class Options(Struct, frozen=True):
    """What a folder's mount is told: the folder, the path before all, and switches."""

    folder: str
    prefix: Text
    entries: dict[str, At]
    table: dict[str, Any]


class Loaded(Struct, frozen=True):
    """A file that is mounted with its folder."""

    function: FunctionValue
    shared: bool
    path: Text
    options: tuple[At, ...]


class Folders:
    """Knows by ``[folders]`` which mounts are of folders, and what they load from where."""

    def __init__(self, meaning: RouterMeaning) -> None:
        self.meaning = meaning
        self.given: Given
        self._facts: list[Fact] | None = None
        self._memo: dict[object, list[Loaded]] = {}

    def facts(self) -> list[Fact]:
        """Return the mounts that may be of folders."""
        if self._facts is None:
            found = {id(f): f for facts in self.meaning.mounts.values() for f in facts}
            self._facts = [f for f in found.values() if f.unit.table("folders")]
            self._facts = [f for f in self._facts if self._is_folder(f)]
        return self._facts

    def _is_folder(self, fact: Fact) -> bool:
        ev = self.meaning.ev
        return any(
            isinstance(v, External) and self.is_loader(v, fact)
            for n in fact.all("target")
            for v in ev.evaluate(At(fact.source, n, ev.entries.unbound(fact.source, n)))
        )

    def is_loader(self, value: Value, fact: Fact) -> bool:
        """Whether a mounted value loads a folder."""
        names = fact.unit.names("folders", "origins")
        return isinstance(value, External) and any(fnmatchcase(value.name, p) for p in names)

    # --- what a function in a folder is handed -----------------------------------------------------

    def enters(self, function: At, mounted: Mounted) -> Iterator[tuple[At, list[Router], list[At]]]:
        """Yield the mounts that load a function, its routers, and what else it is handed."""
        for fact in self.facts():
            on = fact.one("on")
            if on is None or fact.unit.language != self._language(function):
                continue
            for frame in self.meaning.ev.frames(fact.source, fact.node):
                at = At(fact.source, fact.node, frame)
                routers = self.meaning.routers(self.meaning.ev.evaluate(at.to(on)))
                if not routers:
                    continue
                for loaded in self.loaded(fact, frame, mounted):
                    if loaded.function.at.place == function.place:
                        given = routers if loaded.shared else [self.router(loaded, fact, frame)]
                        yield at, given, list(loaded.options)
                    elif self._hooks(loaded, function, fact, frame):
                        place = At(loaded.function.at.source, loaded.function.at.node)
                        yield place, [self.router(loaded, fact, frame)], list(loaded.options)

    def _language(self, at: At) -> str:
        return self.meaning.ev.code.language(at.source).name

    def router(self, loaded: Loaded, fact: Fact, frame: Frame | None) -> Router:
        """Return the router that a loaded function is handed."""
        at = self.meaning.identity(At(fact.source, fact.node, frame))
        return Router(
            At(loaded.function.at.source, loaded.function.at.node, at.frame), fact.unit.name
        )

    # --- files -----------------------------------------------------------------------------------

    def loaded(self, fact: Fact, frame: Frame | None, mounted: Mounted) -> list[Loaded]:
        """Return what a mount loads."""
        key = (fact.source.path, fact.node.id, frame)
        if key not in self._memo:
            self._memo[key] = []
            self._memo[key] = [
                loaded
                for options in self._options(fact, frame)
                for loaded in self._below(options, fact, mounted)
            ]
        return self._memo[key]

    def _options(self, fact: Fact, frame: Frame | None) -> Iterator[Options]:
        table = fact.unit.table("folders")
        ev = self.meaning.ev
        for node in fact.all("given"):
            for value in ev.evaluate(At(fact.source, node, frame)):
                if not isinstance(value, DictValue):
                    continue
                entries = self.given.entries(value)
                passed = entries.get(table.get("options", ""))
                prefixes = [Text("")]
                for one in ev.evaluate(passed) if passed is not None else ():
                    inner = self.given.entries(one) if isinstance(one, DictValue) else {}
                    if table.get("prefix", "") in inner:
                        prefixes = ev.texts(inner[table["prefix"]])
                for folder in (
                    ev.strings(entries[table["folder"]]) if table["folder"] in entries else ()
                ):
                    for prefix in prefixes:
                        yield Options(_plain(folder, fact), prefix, entries, table)

    def _says(self, options: Options, key: str) -> list[str]:
        name = options.table.get(key, "")
        at = options.entries.get(name)
        values = self.meaning.ev.evaluate(at) if at is not None else []
        return [v.text for v in values if isinstance(v, Constant | Text)]

    def _below(self, options: Options, fact: Fact, mounted: Mounted) -> Iterator[Loaded]:
        deep = [int(t) for t in self._says(options, "depth") if t.isdigit()]
        named = "false" not in self._says(options, "named")
        parameters = "true" in self._says(options, "parameters")
        index = re.compile(options.table.get("index", "$^"))
        ignored = [*map(_regex, self._says(options, "ignore"))]
        ignored.append(re.compile(options.table.get("skipped", "$^")))
        todo: list[tuple[str, str, int]] = [(options.folder, "", 0)]
        count = 0
        while todo and count < MAX_FILES:
            folder, path, depth = todo.pop(0)
            code = self.meaning.ev.code
            files = code.files_in(folder)
            names = {f: f.rpartition("/")[2] for f in files}
            indexes = [f for f in files if index.search(names[f])]
            for file in indexes or files:
                count += 1
                language = language_of(file)
                if (
                    language is None
                    or language.name != fact.unit.language
                    or language.is_test(file)
                ):
                    continue
                if not any(p.search(names[file]) or p.search(file) for p in ignored):
                    yield from self._file(file, path, options, fact, mounted)
            for name in code.names_in(folder):
                inner = f"{folder}/{name}" if folder else name
                if (
                    code.has_folder(inner)
                    and (not deep or depth < deep[0])
                    and not any(p.search(name) for p in ignored[:-1])
                ):
                    todo.append(
                        (inner, self._named(path, name, named, parameters, options), depth + 1)
                    )

    def _named(self, path: str, name: str, named: bool, parameters: bool, options: Options) -> str:
        """Return the path of a folder below another one."""
        if not named:
            return path
        if parameters:
            for pattern, with_ in options.table.get("parameter", ()):
                name = re.sub(pattern, with_, name)
        return f"{path}/{name}"

    def _file(
        self, file: str, path: str, options: Options, fact: Fact, mounted: Mounted
    ) -> Iterator[Loaded]:
        module = ModuleValue(file, fact.unit.language)
        passed = options.entries.get(options.table.get("options", ""))
        given = (passed,) if passed is not None else ()
        functions = list(dict.fromkeys(self._functions(module, fact, mounted)))
        sources: list[Value] = [module, *(f for f, _ in functions)]
        said = [
            (name, text)
            for name in options.table.get("own", ())
            for source in sources
            for text in self._own(source, name)
        ]
        for function, shared in functions:
            pieces = [*(options.prefix.pieces or (Piece(options.prefix.text),)), Piece(path)]
            for name, text in said[:1]:
                whole = name in options.table.get("whole", ())
                pieces = [] if whole else pieces[:-1]  # it takes the place of the folders' names
                pieces.append(Piece("/" + text.lstrip("/")))
            yield Loaded(function, shared, Text.of(pieces), given)

    def _functions(
        self, module: ModuleValue, fact: Fact, mounted: Mounted
    ) -> Iterator[tuple[FunctionValue, bool]]:
        ev = self.meaning.ev
        language = language_of(module.path)
        for name in language.defaults if language else ():
            assert language is not None
            for target in language.exported(ev.code, module.path, name):
                for value in ev.lookup.target(target, None, module.language):
                    yield from mounted.functions(value, fact.unit)

    def _own(self, source: Value, name: str) -> list[str]:
        """Return what a module, or a field that is set on its function, says of its path."""
        ev = self.meaning.ev
        if isinstance(source, ModuleValue):
            found = ev.member(source, name)
            return [v.text for v in found if isinstance(v, Text)]
        if isinstance(source, FunctionValue):
            scopes = ev.code.scopes(source.at.source)
            own = ev.code.language(source.at.source).function_name(source.at.source, source.at.node)
            return [
                text
                for item in scopes.sets.get(name, ())
                if source.at.source.text(item.object) in (own, "module.exports")
                for text in ev.strings(At(source.at.source, item.value))
            ]
        return []

    # --- hooks -----------------------------------------------------------------------------------

    def _hooks(self, loaded: Loaded, function: At, fact: Fact, frame: Frame | None) -> bool:
        """Whether a function is a file of hooks for the folder of a loaded one."""
        pattern = fact.unit.table("folders").get("hooks", "")
        folder, _, name = function.source.path.rpartition("/")
        if not pattern or not re.search(pattern, name) or loaded.shared:
            return False
        for options in self._options(fact, frame):
            if "true" not in self._says(options, "hooked"):
                continue
            mine = loaded.function.at.source.path.rpartition("/")[0]
            deep = "true" in self._says(options, "cascading")
            inside = mine == folder or (deep and mine.startswith(folder + "/"))
            if inside and f"{folder}/".startswith(options.folder):
                return self._is_default(function)
        return False

    def _is_default(self, function: At) -> bool:
        ev = self.meaning.ev
        return bool(
            ev.code.language(function.source).aliases(ev.code, function.source, function.node)
        )


def _plain(folder: str, fact: Fact) -> str:
    """Return a folder as a path from the workspace."""
    parts = folder.strip("/").removeprefix("./").split("/")
    own = fact.source.path.rpartition("/")[2]
    return "/".join(p for p in parts if p != own)  # from the address of the file itself


def _regex(text: str) -> re.Pattern[str]:
    """Return the expression that a literal in slashes, or a string, means."""
    body = text[1 : text.rindex("/")] if text.startswith("/") and text.rindex("/") > 0 else text
    try:
        return re.compile(
            body.replace("(?<", "(?P<") if "(?<=" not in body and "(?<!" not in body else body
        )
    except re.error:
        return re.compile("$^")

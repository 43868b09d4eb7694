"""JavaScript: from what an import says to a file, as Node and TypeScript find it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from apimod.codebase_paths import folder_of, join

if TYPE_CHECKING:
    from apimod.codebase import Codebase

ENDINGS = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts")
WRITTEN = {".js": (".ts", ".tsx"), ".jsx": (".tsx",), ".mjs": (".mts",), ".cjs": (".cts",)}
"""What a compiled file's ending may stand for."""
COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*(?:(?!/\*).)*?\*/', re.DOTALL)
TRAILING = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])')
CONDITIONS = ("source", "development", "types", "import", "module", "require", "node", "default")
BUILT = re.compile(r"^(?:\./)?(?:dist|build|lib|out)/")
HOLE = re.compile(r"\{\?[^{}]*\}")
MAX_EXTENDS = 8

Json = dict[str, Any]


def read_json(code: Codebase, path: str) -> Json:
    """Return a settings file with comments and trailing commas; empty where there is none."""
    cache = code.cache("javascript.json")
    if path not in cache:
        cache[path] = _parse(code, path)
    found = cache[path]
    return found if isinstance(found, dict) else {}


def _parse(code: Codebase, path: str) -> Json:
    source = code.source(path)
    if source is None:
        return {}
    text = COMMENT.sub(lambda m: m[1] or "", source.text_all)
    text = TRAILING.sub(lambda m: m[1] or "", text)
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def file_of(code: Codebase, path: str) -> str | None:
    """Return the file that a path without an ending, of a folder, or of a built file means."""
    if code.has(path) and path.endswith(ENDINGS):
        return path
    for ending, sources in WRITTEN.items():
        if path.endswith(ending):
            for other in sources:
                candidate = path[: -len(ending)] + other
                if code.has(candidate):
                    return candidate
    for ending in ENDINGS:
        if code.has(path + ending):
            return path + ending
    for ending in ENDINGS:
        if code.has(join(path, "index" + ending)):
            return join(path, "index" + ending)
    package = join(path, "package.json")
    if path and code.has(package):
        return _entry(code, path, read_json(code, package), ".")
    return None


def locate(code: Codebase, folder: str, spec: str) -> str | None:
    """Return the file that an import in a folder leads to."""
    cache = code.cache("javascript.locate")
    key = (folder, spec)
    if key not in cache:
        cache[key] = _locate(code, folder, spec)
    found = cache[key]
    return found if isinstance(found, str) else None


def _locate(code: Codebase, folder: str, spec: str) -> str | None:
    if spec.startswith("/"):
        return file_of(code, join("", spec))
    if spec.startswith(".") or not spec:
        return file_of(code, join(folder, spec)) if spec else None
    for candidate in _aliased(code, folder, spec):
        found = file_of(code, candidate)
        if found is not None:
            return found
    if spec.startswith("#"):
        return _imports(code, folder, spec)
    return _packaged(code, spec) or _rooted(code, folder, spec)


def _upwards(folder: str) -> Iterator[str]:
    yield folder
    while folder:
        folder = folder_of(folder)
        yield folder


def _aliased(code: Codebase, folder: str, spec: str) -> Iterator[str]:
    """Yield what ``paths`` and ``baseUrl`` of the nearest compiler settings make of a name."""
    for above in _upwards(folder):
        for name in ("tsconfig.json", "jsconfig.json", "tsconfig.base.json", "tsconfig.app.json"):
            config = join(above, name)
            if code.has(config):
                yield from _mapped(_options(code, config), spec)


def _options(code: Codebase, config: str, depth: int = 0) -> tuple[str, Json, str | None]:
    """Return where ``paths`` are relative to, the paths, and the base folder."""
    data = read_json(code, config)
    own = data.get("compilerOptions")
    own = own if isinstance(own, dict) else {}
    base = folder_of(config)
    paths: Json = {}
    root: str | None = None
    extends = data.get("extends", [])
    for parent in extends if isinstance(extends, list) else [extends]:
        if isinstance(parent, str) and parent.startswith(".") and depth < MAX_EXTENDS:
            path = join(folder_of(config), parent)
            path = path if code.has(path) else path + ".json"
            base, paths, root = _options(code, path, depth + 1)
    if isinstance(own.get("baseUrl"), str):
        base = root = join(folder_of(config), own["baseUrl"])
    if isinstance(own.get("paths"), dict):
        paths = own["paths"]
        base = root if root is not None else folder_of(config)
    return base, paths, root


def _mapped(options: tuple[str, Json, str | None], spec: str) -> Iterator[str]:
    base, paths, root = options
    for pattern, targets in sorted(paths.items(), key=lambda p: -len(p[0])):
        head, star, tail = pattern.partition("*")
        for target in targets if isinstance(targets, list) else ():
            if star and spec.startswith(head) and spec.endswith(tail):
                middle = spec[len(head) : len(spec) - len(tail)]
                yield join(base, target.replace("*", middle))
            elif not star and spec == pattern:
                yield join(base, target)
    if root is not None:
        yield join(root, spec)


def aliases_of(code: Codebase, folder: str) -> tuple[tuple[str, str], ...]:
    """Return the prefixes that compiler settings or a package give to folders, ``("@/", "src")``."""
    found: list[tuple[str, str]] = []
    for above in _upwards(folder):
        for name in ("tsconfig.json", "jsconfig.json", "tsconfig.base.json"):
            config = join(above, name)
            base, paths, _ = _options(code, config) if code.has(config) else ("", {}, None)
            for pattern, targets in paths.items():
                target = targets[0] if isinstance(targets, list) and targets else None
                if isinstance(target, str) and pattern.endswith("/*") and target.endswith("/*"):
                    found.append((pattern[:-1], join(base, target[:-2]).strip("/")))
        data = read_json(code, join(above, "package.json"))
        named = data.get("imports")
        for pattern, target in named.items() if isinstance(named, dict) else ():
            if isinstance(target, str) and pattern.endswith("/*") and target.endswith("/*"):
                found.append((pattern[:-1], join(above, target[:-2]).strip("/")))
        if data:
            break
    return tuple(dict.fromkeys(found))


def _imports(code: Codebase, folder: str, spec: str) -> str | None:
    """``#name``, from ``imports`` of the package around."""
    for above in _upwards(folder):
        data = read_json(code, join(above, "package.json"))
        if data:
            return _matched(code, above, data.get("imports"), spec)
    return None


def _matched(code: Codebase, folder: str, table: Any, key: str) -> str | None:
    """Return the file that an ``imports`` or ``exports`` table gives for a key."""
    for pattern, target in table.items() if isinstance(table, dict) else ():
        head, star, tail = pattern.partition("*")
        hit = key.startswith(head) and key.endswith(tail) if star else key == pattern
        if hit:
            middle = key[len(head) : len(key) - len(tail)] if star else ""
            for choice in _choices(target):
                found = sourced(code, folder, choice.replace("*", middle))
                if found is not None:
                    return found
    return None


def _choices(target: Any) -> Iterator[str]:
    if isinstance(target, str):
        yield target
    elif isinstance(target, dict):
        for condition in sorted(target, key=lambda c: (c not in CONDITIONS, c == "types")):
            yield from _choices(target[condition])
    elif isinstance(target, list):
        for item in target:
            yield from _choices(item)


def sourced(code: Codebase, folder: str, path: str) -> str | None:
    """Return a package's file, or the source that a built one is made from."""
    plain = re.sub(r"\.d\.([cm]?)ts$", r".\1js", path)
    found = file_of(code, join(folder, plain))
    if found is None and BUILT.match(plain):
        rest = BUILT.sub("", plain)
        found = file_of(code, join(folder, "src", rest)) or file_of(code, join(folder, rest))
    return found


def _packages(code: Codebase) -> dict[str, str]:
    """Return the folders of the packages in this codebase, by their names."""
    cache = code.cache("javascript.packages")
    if "all" not in cache:
        found: dict[str, str] = {}
        for path in code.paths:
            if path.rpartition("/")[2] == "package.json":
                name = read_json(code, path).get("name")
                if isinstance(name, str) and name:
                    found.setdefault(name, folder_of(path))
        cache["all"] = found
    return cache["all"]  # type: ignore[return-value]


def _packaged(code: Codebase, spec: str) -> str | None:
    """Return the file of a package that lies in this codebase."""
    parts = spec.split("/")
    count = 2 if spec.startswith("@") else 1
    name, rest = "/".join(parts[:count]), "/".join(parts[count:])
    folder = _packages(code).get(name)
    if folder is None:
        return None
    data = read_json(code, join(folder, "package.json"))
    return _entry(code, folder, data, f"./{rest}" if rest else ".")


def _entry(code: Codebase, folder: str, data: Json, key: str) -> str | None:
    exports = data.get("exports")
    if isinstance(exports, str) or (
        isinstance(exports, dict) and not any(k.startswith(".") for k in exports)
    ):
        exports = {".": exports}
    found = _matched(code, folder, exports, key)
    if found is None and key != ".":
        found = file_of(code, join(folder, key)) or file_of(code, join(folder, "src", key))
    if found is None and key == ".":
        for given in (data.get("source"), data.get("module"), data.get("main"), data.get("types")):
            found = found or (sourced(code, folder, given) if isinstance(given, str) else None)
        for index in ("src/index", "index", "lib/index", "src/main"):
            found = found or _indexed(code, join(folder, index))
    return found


def _indexed(code: Codebase, path: str) -> str | None:
    return next((path + e for e in ENDINGS if code.has(path + e)), None)


def _rooted(code: Codebase, folder: str, spec: str) -> str | None:
    """``src/x`` and ``app/x`` from the package's folder, which settings outside make work."""
    head = spec.partition("/")[0]
    if head not in ("src", "app", "server", "lib", "~", "@"):
        return None
    for above in _upwards(folder):
        if code.has(join(above, "package.json")):
            rest = spec[len(head) + 1 :]
            if head in ("~", "@"):
                return file_of(code, join(above, "src", rest)) or file_of(code, join(above, rest))
            return file_of(code, join(above, spec))
    return None


def matching(code: Codebase, folder: str, spec: str) -> list[str]:
    """Return the files that a name with unknown parts may lead to: all that lie so."""
    base = join("" if spec.startswith("/") else folder, HOLE.sub("*", spec))
    out = []
    for path in code.files_in(folder_of(base)):
        plain = next((path[: -len(e)] for e in ENDINGS if path.endswith(e)), "")
        if plain and (fnmatchcase(plain, base) or fnmatchcase(path, base)):
            out.append(path)
    return out

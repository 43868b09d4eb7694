"""The closed schema of a matcher: which tables and keys there are, and of what type.

A type is written as ``str``, ``bool``, ``strs`` (a list of strings), ``names`` (a table of
strings), ``pairs`` (a list of two-string lists), ``arguments`` (see ``apimod.match.select``),
``rows`` (a list of tables), ``table`` (a table that another module reads) or a dict of keys to
types.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from apimod.errors import PackError
from apimod.vocabulary import PARTS

KINDS = (
    "framework", "orm", "migration", "validator", "auth", "docs", "limiter", "logger", "test",
    "formatter", "linter", "database", "hasher", "injector", "transport",
    "generator", "mapper",
)  # fmt: skip

TABLES: dict[str, Any] = {
    "search": {"project": "strs", "files": "strs", "patterns": "regexes"},
    "origin": {
        "router": "strs",
        "root": "strs",
        "shared": "strs",
        "types": "strs",
        "aliases": "strs",
        "fluent": "bool",
        "enclosing": "bool",
        "model": "strs",
        "tagged": "strs",
        "excluded": "strs",
        "defaults": "names",
        "verbs": "strs",
        "partial": "strs",
        "around": "strs",
        "routes": "names",
        "handed": "strs",
        "offered": "strs",
        "members": "names",
        "commands": "regexes",
        "resolves": "strs",
        "started": "bool",
        "bare": "bool",
    },
    "models": {"files": "strs", "block": "str", "calls": "regexes", "owners": "strs"},
    "arguments": "arguments",
    "methods": "names",
    "protocols": "names",
    "route": {
        "method": "str",
        "whole": "bool",
        "path": "str",
        "static": "strs",
        "unique": "bool",
    },
    "path": {
        "join": "join",
        "trailing": "trailing",
        "optional": "regex",
        "method": "regex",
        "rewrite": "pairs",
        "encode": "bool",
        "syntax": "names",
    },
    "mount": {
        "overrides": "bool",
        "extensions": "strs",
        "strings": "bool",
        "ignore": "strs",
        "join": "join",
        "websockets": "bool",
        "leading_path": "bool",
        "lenient": "bool",
        "hooks": "strs",
        "gives": "strs",
        "shares": "strs",
        "marks": "strs",
        "elements": "bool",
        "guards": "strs",
        "serves": "names",
    },
    "folders": {
        "origins": "strs",
        "folder": "str",
        "options": "str",
        "prefix": "str",
        "depth": "str",
        "named": "str",
        "parameters": "str",
        "parameter": "pairs",
        "index": "regex",
        "ignore": "str",
        "skipped": "regex",
        "own": "strs",
        "whole": "strs",
        "hooks": "regex",
        "hooked": "str",
        "cascading": "str",
    },
    "values": {"functions": "names", "lists": "strs"},
    "middleware": {
        "ordered": "bool",
        "everywhere": "bool",
        "whole": "bool",
        "replaces": "bool",
        "decorators": "str",
        "reversed": "bool",
        "quoted": "bool",
        "inject": "strs",
        "wraps": "strs",
        "unordered": "strs",
        "gives": "bool",
        "next": "strs",
        "harmless": "strs",
        "errors": "int",
        "unless": "strs",
        "runs": "strs",
    },
    "auth": {
        "origins": "strs",
        "optional": "names",
        "reads": "strs",
        "request": "strs",
        "paths": "strs",
        "challenges": "strs",
        "statuses": "strs",
        "logins": "bool",
        "flows": "strs",
        "harmless": "strs",
        "lenient": "bool",
        "carriers": "strs",
        "suspects": "strs",
        "seen": "bool",
        "stops": "strs",
        "proceeds": "strs",
        "others": "strs",
        "tells": "regexes",
        "innocent": "strs",
        "spares": "strs",
        "calls": "strs",
        "asks": "strs",
        "shows": "regexes",
        "safe": "strs",
        "verbs": "names",
        "extract": "strs",
        "checks": "strs",
        "marks": "strs",
        "results": "strs",
        "nobody": "strs",
        "denies": "regexes",
        "refuses": "regexes",
    },
    "settings": {
        "reads": "rows",
        "sources": "strs",
        "files": "strs",
        "only": "strs",
        "prefix": "strs",
        "references": "bool",
        "binds": "strs",
        "fills": "strs",
        "looks": "strs",
    },
    "rules": {
        "open": "strs",
        "closed": "strs",
        "expressions": "strs",
        "any": "strs",
        "last": "strs",
        "limits": "strs",
        "harmless": "strs",
        "orders": "strs",
        "occasions": "strs",
        "packages": "strs",
        "replaced": "strs",
        "protocols": "names",
    },
    "interceptors": {"only": "strs", "except": "strs"},
    "decorators": "decorators",
    "classes": {
        "registered": "bool",
        "overrides": "overrides",
        "class": "str",
        "lists": "strs",
        "unwraps": "strs",
        "paths": "rows",
        "globals": "rows",
    },
    "versioning": {"types": "strs", "neutral": "strs", "prefix": "str"},
    "expand": "table",
    "table": "table",
    "contract": {"generated": "rows", "interfaces": "regexes"},
    "service": {"names": "regexes", "option": "str", "ignore": "strs"},
    "upgrade": {"origins": "strs"},
    "schema": {"origins": "strs", "resolvers": "strs", "config": "rows"},
    "operation": {
        "origins": "strs",
        "types": "names",
        "classes": "names",
        "makers": "names",
        "resolver": "str",
        "rename": "strs",
        "skip": "strs",
        "guarded": "strs",
        "merged": "strs",
        "members": "strs",
        "defaults": "bool",
        "case": "case",
        "rewrite": "pairs",
        "resolvers": "strs",
        "guards": "strs",
    },
    "versions": "table",
    "ports": "table",
    "detect": "table",
    "conventions": "table",
    "roles": "table",
    "migration": "table",
}
SCALARS = {"name": "str", "kind": "kind", "language": "str", "title": "str"}
CONTRACTS = ("service", "schema", "operation")
"""Tables of libraries that serve a contract, and need no router."""
REQUIRED = ("name", "kind", "language")


def check_matcher(matcher: Mapping[str, Any], where: str) -> None:
    """Raise PackError, naming file and key, where a matcher is not of the schema."""
    for key in REQUIRED:
        if key not in matcher:
            raise PackError(f"lacks the key {key!r}", where=where)
    for key, value in matcher.items():
        kind = SCALARS.get(key) or TABLES.get(key)
        if kind is None:
            known = ", ".join((*SCALARS, *TABLES))
            raise PackError(f"has the unknown table or key {key!r}", where=where, advice=known)
        _check(value, kind, key, where)
    origins = matcher.get("origin", {}).get("router") or matcher.get("decorators")
    told = origins or any(t in matcher for t in CONTRACTS)
    if matcher["kind"] == "framework" and not told:
        raise PackError("a framework lacks origin.router", where=where)


def _check(value: Any, kind: Any, key: str, where: str) -> None:
    if isinstance(kind, dict):
        if not isinstance(value, dict):
            raise PackError(f"{key} is not a table", where=where)
        for inner, item in value.items():
            if inner not in kind:
                advice = f"known: {', '.join(kind)}"
                raise PackError(f"has the unknown key {key}.{inner}", where=where, advice=advice)
            _check(item, kind[inner], f"{key}.{inner}", where)
        return
    problem = CHECKS[kind](value)
    if problem:
        raise PackError(f"{key} {problem}", where=where)


def _strs(value: Any) -> str:
    ok = isinstance(value, list) and all(isinstance(v, str) for v in value)
    return "" if ok else "is not a list of strings"


def _names(value: Any) -> str:
    ok = isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
    return "" if ok else "is not a table of strings"


def _pairs(value: Any) -> str:
    if not isinstance(value, list) or not all(not _strs(v) and len(v) == 2 for v in value):
        return "is not a list of pairs of strings"
    return _regexes([v[0] for v in value])


def _regexes(value: Any) -> str:
    if _strs(value):
        return _strs(value)
    for pattern in value:
        try:
            re.compile(pattern)
        except re.error as error:
            return f"has the bad expression {pattern!r}: {error}"
    return ""


def _selectors(value: Any) -> str:
    given = value if isinstance(value, list) else [value]
    ok = given and all(isinstance(v, int | str) and not isinstance(v, bool) for v in given)
    return "" if ok else "is not a selector: a position, a name, or a list of them"


def _arguments(value: Any) -> str:
    if not isinstance(value, dict):
        return "is not a table"
    for name, parts in value.items():
        kind = name.partition(":")[0]
        if kind not in PARTS or not isinstance(parts, dict):
            return f"has the unknown kind of fact {kind!r}"
        for part, selectors in parts.items():
            if part not in PARTS[kind]:
                return f"has the unknown capture {kind}.{part}"
            if _selectors(selectors):
                return f"{kind}.{part} {_selectors(selectors)}"
    return ""


GIVES = (
    "router", "prefix", "route", "path", "middleware", "excluded", "alias", "all", "version",
    "mark", "verdict",
)  # fmt: skip
DECORATOR: dict[str, str] = {
    "names": "strs", "gives": "gives", "on": "decorated", "method": "str", "protocol": "str",
    "root": "bool", "named": "bool", "path": "selectors", "methods": "selectors",
    "routes": "strs", "queries": "str", "own": "regex", "nouns": "bool", "shown": "selectors",
    "required": "bool", "under": "str", "segments": "strs", "auth": "bool", "unless": "regexes",
    "text": "selectors",
    "middleware": "selectors", "mounts": "selectors", "target": "selectors", "name": "selectors",
    "version": "selectors", "key": "selectors", "value": "selectors", "default": "str",
    "absolute": "bool", "stage": "int", "open": "bool",
}  # fmt: skip


def _decorators(value: Any) -> str:
    if _rows(value):
        return _rows(value)
    for row in value:
        if "names" not in row or "gives" not in row:
            return "has a row without names or gives"
        for key, given in row.items():
            if key not in DECORATOR:
                return f"has the unknown key {key!r}"
            problem = CHECKS[DECORATOR[key]](given)
            if problem:
                return f"{key} {problem}"
    return ""


def _rows(value: Any) -> str:
    ok = isinstance(value, list) and all(isinstance(v, dict) for v in value)
    return "" if ok else "is not a list of tables"


def _one_of(*known: str) -> Callable[[Any], str]:
    return lambda value: "" if value in known else f"is none of {', '.join(known)}"


CHECKS: dict[str, Callable[[Any], str]] = {
    "str": lambda v: "" if isinstance(v, str) and v else "is not a string",
    "int": lambda v: "" if isinstance(v, int) and not isinstance(v, bool) else "is not a number",
    "bool": lambda v: "" if isinstance(v, bool) else "is not true or false",
    "table": lambda v: "" if isinstance(v, dict) else "is not a table",
    "kind": _one_of(*KINDS),
    "join": _one_of("concat", "segments", "slashed"),
    "case": _one_of("keep", "camel"),
    "trailing": _one_of("keep", "named", "drop"),
    "strs": _strs,
    "names": _names,
    "pairs": _pairs,
    "regexes": _regexes,
    "regex": lambda v: _regexes([v]),
    "rows": _rows,
    "selectors": _selectors,
    "decorators": _decorators,
    "gives": _one_of(*GIVES),
    "decorated": _one_of("class", "method"),
    "overrides": _one_of("inherit", "replace"),
    "arguments": _arguments,
}

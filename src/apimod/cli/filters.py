"""The conditions of ``list --filter``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase

from apimod.errors import UnknownName, UsageError, quote
from apimod.model import Endpoint

Keeps = Callable[[Endpoint], bool]

PROTOCOLS = ("rest", "graphql", "grpc", "websocket")
_AUTH = {"true": True, "false": False, "unknown": None, "null": None}


def parse(conditions: Iterable[str]) -> Keeps:
    """Return what tells whether a row meets every condition; values are separated by ``|``."""
    tests: list[Keeps] = []
    for condition in conditions:
        for part in condition.split(","):
            key, equals, value = part.strip().partition("=")
            if key not in _TESTS:
                raise UnknownName("key of --filter", key, _TESTS)
            if not equals or not value:
                raise UsageError(f"--filter {key} needs a value", advice=f"write {key}=…")
            tests.append(_TESTS[key](value.split("|")))
    return lambda row: all(test(row) for test in tests)


def _method(values: list[str]) -> Keeps:
    wanted = {value.upper() for value in values}
    return lambda row: row.method in wanted


def _path(values: list[str]) -> Keeps:
    return lambda row: any(row.path == value or fnmatchcase(row.path, value) for value in values)


def _protocol(values: list[str]) -> Keeps:
    for value in values:
        if value not in PROTOCOLS:
            raise UnknownName("protocol", value, PROTOCOLS)
    return lambda row: row.protocol in values


def _auth(values: list[str]) -> Keeps:
    for value in values:
        if value not in _AUTH:
            raise UsageError(
                f"auth can't be {quote(value)}", advice="write auth=true, false or unknown"
            )
    wanted = {_AUTH[value] for value in values}
    return lambda row: row.auth in wanted


_TESTS: dict[str, Callable[[list[str]], Keeps]] = {
    "method": _method,
    "path": _path,
    "protocol": _protocol,
    "auth": _auth,
}

"""Services of a contract that code registers: each method becomes an endpoint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from apimod.contracts.model import Rpc, Service, plain
from apimod.contracts.store import Contracts
from apimod.graph import RouterNode, Use
from apimod.handlers import shown
from apimod.languages import forms
from apimod.model import Endpoint, SkippedFile, Unresolved
from apimod.urls import PathStyle
from apimod.values import (
    At,
    ClassValue,
    DictValue,
    Frame,
    FunctionValue,
    Instance,
    Text,
    Value,
)

if TYPE_CHECKING:
    from apimod.match import Fact
    from apimod.pack import Unit
    from apimod.routes import RouterGraph


class Serving:
    """Turns the facts of services into endpoints."""

    def __init__(self, graph: RouterGraph) -> None:
        self.graph = graph
        self.ev = graph.evaluator
        rows = [r for u in graph.units.values() for r in u.table("contract").get("generated", ())]
        self.contracts = Contracts(graph.code, rows)
        self.unresolved: list[Unresolved] = []

    @property
    def skipped(self) -> list[SkippedFile]:
        """The contracts that could not be read."""
        return self.contracts.skipped

    def endpoints(self) -> Iterator[Endpoint]:
        """Yield an endpoint for every method of every service that is registered."""
        for fact in self.graph.facts["service"]:
            seen: set[int] = set()
            for frame in self._frames(fact):
                yield from self._rows(fact, frame, seen)

    def _frames(self, fact: Fact) -> list[Frame | None]:
        read = [n for part in ("on", "name", "handler", "method") for n in fact.all(part)]
        frames = self.ev.frames(fact.source, fact.node, read)
        return frames or [self.ev.entries.unbound(fact.source, fact.node)]

    def _rows(self, fact: Fact, frame: Frame | None, seen: set[int]) -> Iterator[Endpoint]:
        service = self._service(fact, frame)
        if service is None:
            return
        node = fact.one("handler")
        handler = At(fact.source, node, frame) if node is not None else None
        wanted = self._wanted(fact, frame)
        servers = [n for n in self._servers(fact, frame) if n is None or id(n) not in seen]
        seen.update(id(n) for n in servers if n is not None)
        for server in servers:
            for rpc in service.rpcs:
                if not wanted or plain(rpc.name) in wanted:
                    yield from self._endpoints(fact, frame, service, rpc, handler, server)

    def _servers(self, fact: Fact, frame: Frame | None) -> list[RouterNode | None]:
        return list(self.graph.nodes.on(fact, frame)) or [None]

    def _wanted(self, fact: Fact, frame: Frame | None) -> set[str]:
        out: set[str] = set()
        for node in fact.all("method"):
            strings = self.ev.strings(At(fact.source, node, frame))
            out |= {plain(s) for s in strings or [_bare(fact.source.text(node))]}
        return out

    # --- which service ---------------------------------------------------------------------------

    def _service(self, fact: Fact, frame: Frame | None) -> Service | None:
        hints = list(self._hints(fact, frame))
        missing = ""
        for pattern in fact.unit.names("service", "names"):
            for hint in hints:
                match = re.search(pattern, hint)
                if match is None:
                    continue
                found = self.contracts.service(match.group(1), hints, fact.source.path)
                if found is not None:
                    return found
                missing = missing or match.group(1)
        if missing and missing not in fact.unit.names("service", "ignore"):
            reason = f"registers the service {missing}, whose contract is not in this code"
            row = Unresolved(fact.source.path, fact.line, reason)
            if row not in self.unresolved:
                self.unresolved.append(row)
        return None

    def _hints(self, fact: Fact, frame: Frame | None) -> Iterator[str]:
        """Yield the texts that may tell a service's name: of the name, else of the handler."""
        for node in fact.all("name"):
            at = At(fact.source, node, frame)
            yield _bare(fact.source.text(node))
            yield from self.ev.strings(at)
            yield from self.ev.canonical(at)
            for definition in self.ev.definition(at):
                if not isinstance(self.ev.form(definition), forms.FunctionForm | forms.ClassForm):
                    yield definition.source.text(definition.node)
        handler = fact.one("handler")
        if fact.one("name") is None and handler is not None:
            for value in self.ev.evaluate(At(fact.source, handler, frame)):
                if isinstance(value, Instance | ClassValue):
                    yield from self._bases(_class(value))

    def _bases(self, cls: At) -> Iterator[str]:
        for base in self.ev.mro(cls):
            if isinstance(base, str):
                yield base
                continue
            language = self.ev.code.language(base.source)
            for item in language.bases(self.ev.code, base.source, base.node):
                yield item.source.text(item.node)

    # --- what it serves --------------------------------------------------------------------------

    def _endpoints(
        self,
        fact: Fact,
        frame: Frame | None,
        service: Service,
        rpc: Rpc,
        handler: At | None,
        server: RouterNode | None,
    ) -> Iterator[Endpoint]:
        unit = fact.unit
        definition, name = self._implementation(handler, rpc)
        around, marks = self.graph.classes.around(unit, definition)
        uses = [*(server.uses if server is not None else ()), *around]
        nodes = [At(fact.source, n, frame) for n in fact.all("middleware")]
        uses += self.graph.nodes.uses(nodes, fact, "route", ())
        option = unit.table("service").get("option")
        uses += self._behind(unit) if option else []
        if server is None and fact.one("on") is not None:
            uses.append(Use(At(fact.source, fact.node, frame), fact))
        auth, evidence = self.graph.guards.judged(uses, definition, unit, marks=marks)
        rows = _bindings(rpc, option, unit) if option else [_call(service, rpc)]
        for protocol, method, path in rows:
            yield Endpoint(
                protocol,
                method,
                path,
                name or f"{service.name}.{rpc.name}",
                told(unit),
                self.graph.project_of(fact.source.path),
                service.file,
                rpc.line,
                tuple(u.name for u in uses if u.at.node != fact.node),
                auth,
                evidence,
            )

    def _behind(self, gateway: Unit) -> list[Use]:
        """Return what stands before the methods to which a gateway hands its requests on."""
        units = {n for n, u in self.graph.units.items() if u.table("service") and u is not gateway}
        uses = [use for node in self.graph.nodes.all if node.unit in units for use in node.uses]
        for fact in self.graph.facts["service"]:
            if fact.unit.name in units:
                nodes = [At(fact.source, n) for n in fact.all("middleware")]
                uses += self.graph.nodes.uses(nodes, fact, "route", ())
        return uses

    def _implementation(self, handler: At | None, rpc: Rpc) -> tuple[At | None, str]:
        """Return the function that answers a method, and its name."""
        if handler is None:
            return None, ""
        for value in self.ev.evaluate(handler):
            found = self._member(value, rpc.name)
            if found is not None:
                language = self.ev.code.language(found.source)
                return found, language.qualified_name(found.source, found.node) or rpc.name
        return None, f"{shown(handler)}.{rpc.name}"

    def _member(self, value: Value, name: str) -> At | None:
        if isinstance(value, FunctionValue):
            return value.at
        if isinstance(value, DictValue):
            turns = self.ev.rounds(value)
            items = [v for k, item in turns if _names(k, name) for v in item]
            return next((v.at for v in items if isinstance(v, FunctionValue)), None)
        if isinstance(value, Instance | ClassValue):
            own = [v.at for v in self.ev.member(value, name) if isinstance(v, FunctionValue)]
            if own:
                return own[0]
            for member, values in self.ev.members(_class(value)).items():
                if plain(member) == plain(name):
                    return next((v.at for v in values if isinstance(v, FunctionValue)), None)
        return None


def told(unit: Unit) -> str:
    """Return what a unit is called in a row."""
    return str(unit.table("detect").get("fact", unit.name))


def _class(value: Instance | ClassValue) -> At:
    return value.cls if isinstance(value, Instance) else value.at


def _names(key: tuple[Value, ...], name: str) -> bool:
    return any(isinstance(k, Text) and plain(k.text) == plain(name) for k in key)


def _bare(text: str) -> str:
    return text.strip("'\"`")


def _call(service: Service, rpc: Rpc) -> tuple[str, str, str]:
    return "grpc", rpc.kind, f"/{service.full_name}/{rpc.name}"


def _bindings(rpc: Rpc, option: str, unit: Unit) -> list[tuple[str, str, str]]:
    """Return the URLs to which a method's option binds it."""
    out: list[tuple[str, str, str]] = []
    style = PathStyle(unit.table("path"))
    for method, path in _pairs(rpc.options, option, unit.table("methods")):
        out.append(("rest", method, style.join([path])))
    return out


def _pairs(
    options: Any, option: str, methods: dict[str, str], inside: bool = False
) -> Iterator[tuple[str, str]]:
    if isinstance(options, list):
        for item in options:
            yield from _pairs(item, option, methods, inside)
        return
    for key, value in options.items() if isinstance(options, dict) else ():
        name = key.removeprefix(option).lstrip(".")
        if not inside and not key.startswith(option):
            continue
        if isinstance(value, str) and name in methods:
            yield methods[name], value
        elif isinstance(value, dict) and isinstance(value.get("kind"), str):
            yield value["kind"].upper(), str(value.get("path", ""))
        elif isinstance(value, dict | list):
            yield from _pairs(value, option, methods, True)

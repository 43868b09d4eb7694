"""Facts, evaluated in a frame, become the edges and routes of the router graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod.answers import Answer
from apimod.given import Given, Parts
from apimod.graph import Mount, Route, RouterNode
from apimod.guard_kinds import GuardKinds
from apimod.languages import forms
from apimod.leading import Leading
from apimod.model import Unresolved
from apimod.said_methods import Methods, split_by_method
from apimod.url_patterns import converted
from apimod.urls import HOLE
from apimod.values import (
    At,
    ClassValue,
    Constant,
    External,
    Frame,
    FunctionValue,
    Instance,
    Items,
    ListValue,
    Piece,
    Router,
    Text,
    Unknown,
    Value,
)
from apimod.whole import told_apart

if TYPE_CHECKING:
    from apimod.conditions import Conditions
    from apimod.evaluate import Evaluator
    from apimod.expand import Expansion
    from apimod.handlers import Handlers
    from apimod.match import Fact
    from apimod.meaning import RouterMeaning
    from apimod.router_nodes import RouterNodes
    from apimod.settings_files import Placeholders
    from apimod.upgrades import Upgrades


WEBSOCKET = (("websocket", "GET"),)
MAX_WRAPS = 3
NOTHING = frozenset({"none", "null", "nil", "undefined"})
MAX_LISTS = 4


class Hanging:
    """Hangs groups, mounts, routes and middleware on routers.

    Each method tells whether the fact meant something in that frame.
    """

    def __init__(
        self,
        evaluator: Evaluator,
        meaning: RouterMeaning,
        conditions: Conditions,
        handlers: Handlers,
        nodes: RouterNodes,
        expansion: Expansion,
        upgrades: Upgrades,
        placeholders: Mapping[str, Placeholders],
    ) -> None:
        self.ev = evaluator
        self.meaning = meaning
        self.conditions = conditions
        self.handlers = handlers
        self.nodes = nodes
        self.expansion = expansion
        self.leading = Leading(evaluator)
        self.given = Given(evaluator)
        meaning.mounted.folders.given = self.given
        self.upgrades = upgrades
        self.placeholders = placeholders
        self.mounts: list[Mount] = []
        self.routes: list[Route] = []
        self.unresolved: list[Unresolved] = []
        self.doubtful: set[tuple[str, int]] = set()
        """Nodes of mounts that may as well be routes: they are silent about what they mount."""
        self._verbs: dict[object, frozenset[str]] = {}
        self._unrestricted: dict[object, frozenset[str] | None] = {}
        self.contracts: set[tuple[str, int]] = set()
        """Nodes that register services of contracts."""

    def group(self, fact: Fact, frame: Frame | None) -> bool:
        """Hang the router that a group makes under the one that it is made from."""
        at = At(fact.source, fact.node, frame)
        parents = self.nodes.on(fact, frame)
        for parent in parents:
            child = self.nodes.node(Router(self.meaning.identity(at), fact.unit.name))
            child.fact = child.fact or fact
            child.absolute = bool(fact.unit.table("origin").get("bare"))
            self._edge(fact, frame, parent, child, at)
        return bool(parents)

    def _edge(
        self,
        fact: Fact,
        frame: Frame | None,
        parent: RouterNode,
        child: RouterNode,
        target: At,
        path_at: At | None = None,
        passed: Sequence[At] = (),
        texts: tuple[Text, ...] = (),
    ) -> None:
        path = fact.one("path")
        path_at = At(fact.source, path, frame) if path is not None else path_at
        if path_at is not None and self._is_nothing(path_at):
            path_at = None
        order = self.conditions.order(fact.source, fact.node, frame)
        nodes = [At(fact.source, n, frame) for n in fact.all("middleware")]
        nodes += passed
        scope = "router" if fact.kind == "group" else "mount"
        mount = Mount(
            parent,
            child,
            fact,
            frame,
            target,
            texts or (tuple(self._texts(fact, path_at)) if path_at is not None else (Text(""),)),
            path_at,
            self.conditions.conditional(fact, frame),
            order,
            tuple(self.nodes.uses(nodes, fact, scope, order)),
        )
        parent.mounts.append(mount)
        child.mounted_by.append(mount)
        self.mounts.append(mount)

    def _is_nothing(self, at: At) -> bool:
        """Whether an expression is known to be null: as good as not written."""
        values = self.ev.evaluate(at)
        return bool(values) and all(
            isinstance(v, Constant) and v.text.lower() in NOTHING for v in values
        )

    def mount(self, fact: Fact, frame: Frame | None) -> bool:
        """Hang one router, or several, under another."""
        parents = self.nodes.on(fact, frame)
        if not parents:
            if not self._extends(fact):
                self._lost(fact, frame, "mounts on something that is not known to be a router")
            return False
        found = False
        unknown: list[Value] = []
        lenient = fact.is_lenient
        path, targets = self.leading.split(fact, frame)
        passed: list[At] = []
        given = [p.one("path") for p in self.given.of(fact, frame)] if path is None else []
        path = next((p for p in given if p is not None), path)
        for at in targets:
            mounted = False
            for child_at, value in self._targets(at, fact):
                if self._put_before(fact, frame, value, child_at, parents):
                    mounted = True
                    continue
                children = self._children(fact, frame, value)
                children = children or ([] if lenient else self._wrapped(child_at, value, 0))
                for child in children:
                    node = self.nodes.node(child)
                    for parent in parents:
                        self._edge(fact, frame, parent, node, child_at, path, passed)
                mounted = mounted or bool(children) or self._handed(fact, frame, value, parents)
                unknown.append(value)
            passed += [at] if lenient and not mounted else []
            found = found or mounted
        quiet = found or lenient or self._extends(fact)
        if not quiet and not self._ignored(fact, unknown):
            names = ", ".join(v.name for v in unknown if isinstance(v, External))
            reason = f"mounts {names}, which is not in this code" if names else ""
            self._report(fact, reason or "mounts something that is not known")
        return found

    def _put_before(
        self,
        fact: Fact,
        frame: Frame | None,
        value: Value,
        at: At,
        parents: Sequence[RouterNode],
    ) -> bool:
        """Put a library before all handlers that is mounted to guard them."""
        if isinstance(value, External):
            self._serves(fact, frame, value, parents)
        names = fact.unit.names("mount", "guards")
        if not isinstance(value, External) or not any(fnmatchcase(value.name, p) for p in names):
            return False
        order = self.conditions.order(fact.source, fact.node, frame)
        for parent in parents:
            parent.uses += self.nodes.uses([at], fact, "router", order)
        return True

    def _serves(
        self, fact: Fact, frame: Frame | None, value: External, parents: Sequence[RouterNode]
    ) -> None:
        """Hang the routes that a library serves where it is mounted."""
        said = fact.unit.table("mount").get("serves", {}).get(value.name, "")
        table = self.given.told(fact, frame) if said else {}
        if not said or "false" in self._plain_texts(table.get("routes")):
            return
        verbs, path = said.split()
        path = next(iter(self._plain_texts(table.get("path"))), path)
        for verb in verbs.split(","):
            for parent in parents:
                self.implied(parent, fact, f"{verb} /{path.lstrip('/')} {value.name}", ())

    def _plain_texts(self, at: At | None) -> list[str]:
        values = self.ev.evaluate(at) if at is not None else []
        return [v.text for v in values if isinstance(v, Text | Constant)]

    def _handed(
        self, fact: Fact, frame: Frame | None, value: Value, parents: Sequence[RouterNode]
    ) -> bool:
        """Hang what a folder holds; tell whether a value is a folder, or shares its router."""
        mounted = self.meaning.mounted
        if not mounted.folders.is_loader(value, fact):
            return any(shared for _, shared in mounted.functions(value, fact.unit))
        for loaded in mounted.folders.loaded(fact, frame, mounted):
            if not loaded.shared:
                child = self.nodes.node(mounted.folders.router(loaded, fact, frame))
                for parent in parents:
                    texts = (loaded.path,)
                    self._edge(fact, frame, parent, child, loaded.function.at, texts=texts)
        return True

    def _extends(self, fact: Fact) -> bool:
        """Whether a mount may be of anything: what is no router is none, and nothing is lost."""
        if (fact.source.path, fact.node.id) in self.doubtful:
            return True
        node = fact.one("method")
        return node is not None and fact.source.text(node) in fact.unit.names("mount", "extensions")

    def _is_for_errors(self, fact: Fact, at: At) -> bool:
        """Whether a function has so many parameters that it is called for errors only."""
        count = fact.unit.table("middleware").get("errors")
        if not count:
            return False
        values = self.ev.evaluate(at)
        return bool(values) and all(
            isinstance(v, FunctionValue)
            and len(self.ev.code.language(v.at.source).params(v.at.source, v.at.node)) >= count
            for v in values
        )

    def _targets(self, at: At, fact: Fact) -> list[tuple[At, Value]]:
        out: list[tuple[At, Value]] = []
        values = self.ev.evaluate(at)
        if fact.unit.table("mount").get("strings"):
            values = GuardKinds(self.ev).values(at)
        for value in values:
            out += [(at, v) for v in self._flat(value, 0)]
        return out

    def _flat(self, value: Value, depth: int) -> Iterator[Value]:
        """Yield what lists, and lists in lists, hold."""
        if not isinstance(value, ListValue | Items) or depth > MAX_LISTS:
            yield value
            return
        for element in self.ev.elements(value):
            for inner in element:
                yield from self._flat(inner, depth + 1)

    def _children(self, fact: Fact, frame: Frame | None, value: Value) -> list[Router]:
        if isinstance(value, FunctionValue):
            annotated = self.meaning.annotated(value)
            if annotated:
                return annotated
        if not fact.is_lenient:
            for function, shared in self.meaning.mounted.functions(value, fact.unit):
                if shared or not self._takes_router(function):
                    return []
                at = self.meaning.identity(At(fact.source, fact.node, frame))
                return self._given(function) or [Router(at, fact.unit.name)]
        found = self.meaning.routers([value])
        if found or not isinstance(value, Instance | ClassValue):
            return found
        return self._of_object(fact, frame, value)

    def _of_object(self, fact: Fact, frame: Frame | None, value: Value) -> list[Router]:
        """Return the routers of an object that takes a router in a method, or gives some."""
        out: list[Router] = []
        if any(self.meaning.hooks(value, fact.unit)):
            at = self.meaning.identity(At(fact.source, fact.node, frame))
            out.append(Router(at, fact.unit.name))
        for name in fact.unit.names("mount", "gives"):
            for method in self.ev.member(value, name):
                if isinstance(method, FunctionValue):
                    for given in self.ev.results(method, None):
                        out += [r for v in self._flat(given, 0) for r in self._plain(v)]
        return out

    def _plain(self, value: Value) -> list[Router]:
        if isinstance(value, FunctionValue):
            return self.meaning.annotated(value)
        return self.meaning.routers([value])

    def _given(self, function: FunctionValue) -> list[Router]:
        """Return the routers that a function without parameters gives back."""
        source, node = function.at.source, function.at.node
        if self.ev.code.language(source).params(source, node):
            return []
        return self.meaning.routers(self.ev.results(function, None))

    def _takes_router(self, function: FunctionValue) -> bool:
        """Whether a function may be handed a router: not where another type is declared."""
        source, node = function.at.source, function.at.node
        language = self.ev.code.language(source)
        receiver = language.receiver(source, node)
        params = [p for p in language.params(source, node) if p.name != receiver]
        if not params or params[0].type is None:
            return bool(params) or not language.declares
        values = self.ev.bindings.typed(At(source, params[0].type))
        return any(isinstance(v, Router | Unknown) for v in values) or not values

    def _wrapped(self, at: At, value: Value, depth: int) -> list[Router]:
        """Return the routers that a call is handed which wraps them: ``logged(router)``."""
        form = self.ev.form(at)
        if isinstance(form, forms.Name) and isinstance(value, External) and value.at is not None:
            at, form = value.at, self.ev.form(value.at)
        if not isinstance(form, forms.Call) or depth > MAX_WRAPS:
            return []
        out: list[Router] = []
        for argument in form.arguments:
            inner = at.to(argument.node)
            for one in self.ev.evaluate(inner):
                out += self.meaning.routers([one]) or self._wrapped(inner, one, depth + 1)
        return list(dict.fromkeys(r for r in out if not r.assumed))

    def _ignored(self, fact: Fact, values: Sequence[Value]) -> bool:
        patterns = fact.unit.names("mount", "ignore")
        names = [v.name for v in values if isinstance(v, External)]
        for value in values:
            if isinstance(value, Instance):
                names += [b for b in self.ev.mro(value.cls) if isinstance(b, str)]
        return any(fnmatchcase(n, p) for n in names for p in patterns)

    def route(self, fact: Fact, frame: Frame | None) -> bool:
        """Hang a route on its routers."""
        done = [self._route(parts) for parts in self.given.of(fact, frame)]
        return any(done)

    def _route(self, parts: Parts) -> bool:
        fact, frame = parts.fact, parts.frame
        methods = self.handlers.methods(fact, frame, parts.all("methods"))
        if not methods:
            return False
        routers = self.nodes.on(fact, frame)
        if fact.unit.table("route").get("whole"):
            meant = told_apart(fact, routers)
            done = [
                self._hung(replace(parts, fact=one), methods, mine) for one, mine in meant or ()
            ]
            return any(done)
        return self._hung(parts, methods, routers)

    def _hung(self, parts: Parts, methods: Methods, routers: Sequence[RouterNode]) -> bool:
        fact, frame = parts.fact, parts.frame
        paths = [t for at in parts.all("path") for t in self._texts(fact, at)]
        paths = paths or [Text(fact.unit.table("route").get("path", ""))]
        paths = self._written(fact, paths)
        if all(HOLE.fullmatch(t.text) for t in paths) and self.nodes.is_uncalled(frame):
            return False  # what nothing calls has no path, and serves nothing
        if not routers:
            if any(t.text.startswith("/") for t in paths):
                self._lost(fact, frame, "is a route on something that is not known to be a router")
            return False
        handler_at = parts.one("handler")
        if handler_at is not None and (
            self.handlers.is_static(handler_at, fact.unit) or self._is_contract(handler_at)
        ):
            return True
        answers = self._answers(fact, frame, handler_at, methods)
        methods = self._upgraded(parts, methods)
        for said, under in self._by_method(fact, methods, paths):
            for router in routers:
                for answer in answers:
                    before = parts.all("middleware")
                    self._hang(router, fact, frame, handler_at, answer, said, under, before)
        if not answers:
            self._report(fact, "answers nothing that is known")
        return True

    def _is_contract(self, at: At) -> bool:
        """Whether a handler is what serves a contract: its methods are listed by their own names."""
        places = [at, *self.ev.definition(at)] if self.contracts else []
        return any((p.source.path, p.node.id) in self.contracts for p in places)

    def _upgraded(self, parts: Parts, methods: Methods) -> Methods:
        """Return the methods of a route that is told to be a WebSocket, or to be one as well."""
        for at in parts.all("upgrade"):
            values = self.ev.evaluate(at)
            if any(isinstance(v, Constant) and v.text.lower() == "true" for v in values):
                return WEBSOCKET
            if not all(isinstance(v, Constant) for v in values):
                return (*methods, *WEBSOCKET)
        return methods

    def _by_method(
        self, fact: Fact, methods: Methods, paths: list[Text]
    ) -> list[tuple[Methods, list[Text]]]:
        pattern = fact.unit.table("path").get("method")
        return split_by_method(paths, methods, pattern) if pattern else [(methods, paths)]

    def _written(self, fact: Fact, paths: list[Text]) -> list[Text]:
        """Return paths in the OpenAPI form, where a method takes them in a spelling of its own."""
        node = fact.one("method")
        called = fact.source.text(node) if node is not None else ""
        syntax = fact.unit.table("path").get("syntax", {}).get(called)
        return [c for p in paths for c in converted(p, syntax)] if syntax else paths

    def _answers(
        self,
        fact: Fact,
        frame: Frame | None,
        at: At | None,
        methods: Sequence[tuple[str, str]],
    ) -> list[Answer]:
        """Return what answers: what the unit's words for classes say, else the handler itself."""
        if at is not None:
            said = [m for _, m in methods] if fact.all("methods") else []
            found = self.expansion.answers(fact, frame, at, said)
            if found is not None:
                return found
        listed = self.nodes.listed(at) if at is not None else []
        if at is not None and listed:
            handler, name = self.handlers.of(listed[-1])
            return [Answer((), handler, name, uses=tuple(listed[:-1]))]
        handler, name = self.handlers.of(at)
        return [Answer((), handler, name)]

    def _hang(
        self,
        router: RouterNode,
        fact: Fact,
        frame: Frame | None,
        handler_at: At | None,
        answer: Answer,
        methods: tuple[tuple[str, str], ...],
        paths: Sequence[Text],
        before: Sequence[At] | None = None,
    ) -> None:
        order = self.conditions.order(fact.source, fact.node, frame)
        if before is None:
            before = [At(fact.source, n, frame) for n in fact.all("middleware")]
        nodes = [*before, *answer.uses]
        given = [m for m in answer.methods if m]
        protocol = self._protocol(router, fact)
        served = tuple((protocol or methods[0][0], m) for m in given)
        served = served or tuple((protocol or p, m) for p, m in methods)
        upgrades = self.upgrades.of(answer.handler, handler_at)
        served = WEBSOCKET if upgrades else served
        route = Route(
            router,
            fact,
            frame,
            served,
            tuple(_longer(p, answer.path) for p in paths),
            answer.handler,
            handler_at,
            answer.name,
            order,
            tuple(self.nodes.uses(nodes, fact, "route", order)),
            self.conditions.conditional(fact, frame),
            answer.library or (upgrades and answer.handler is None),
        )
        router.routes.append(route)
        self.routes.append(route)

    def _protocol(self, router: RouterNode, fact: Fact) -> str:
        """Return the protocol of what a method of a certain kind of router registers."""
        node = fact.one("method")
        called = fact.source.text(node) if node is not None else ""
        return str(fact.unit.table("protocols").get(f"{router.origin}.{called}", ""))

    def _texts(self, fact: Fact, at: At) -> list[Text]:
        """Return the paths that an expression may be, with settings filled in."""
        fill = self.placeholders[fact.unit.name]
        return [fill.filled(t) for t in self.ev.texts(at)]

    def verbs(self, fact: Fact, frame: Frame | None) -> bool:
        """Leave a router with some methods; several facts on one call add to each other."""
        methods = frozenset(m for _, m in self.handlers.methods(fact, frame))
        routers = self.nodes.on(fact, frame)
        for router in routers if methods else ():
            key = (id(router), fact.source.path, fact.node.id)
            self._verbs[key] = methods = self._verbs.get(key, frozenset()) | methods
            before = self._unrestricted.setdefault(key, router.methods)
            router.methods = methods if before is None else before & methods
        return False

    def middleware(self, fact: Fact, frame: Frame | None) -> bool:
        """Put something before the handlers of a router."""
        order = self.conditions.order(fact.source, fact.node, frame)
        path, nodes = self.leading.split(fact, frame)
        paths = tuple(t.text for t in self.ev.texts(path)) if path is not None else ()
        if fact.unit.table("mount").get("lenient"):
            nodes = [at for at in nodes if not self.meaning.routers(self.ev.evaluate(at))]
        routers = self.nodes.on(fact, frame)
        for router in routers:
            uses = self.nodes.uses(nodes, fact, "router", order, router.frame)
            if fact.unit.table("mount").get("lenient"):
                uses = [u for u in uses if not self.meaning.routers(self.ev.evaluate(u.at))]
            uses = [u for u in uses if not self._is_for_errors(fact, u.at)]
            router.uses += [replace(use, paths=paths) for use in uses]
        return bool(routers)

    def _lost(self, fact: Fact, frame: Frame | None, reason: str) -> None:
        """Report a fact whose receiver is unknown; not one whose receiver is surely no router."""
        node = fact.one("on")
        if node is None:
            return
        at = At(fact.source, node, frame)
        if self._is_nowhere(at):
            return
        values = self.ev.evaluate(at)
        if values and not any(isinstance(v, Unknown) for v in values):
            names = [v for v in values if isinstance(v, External) and v.form == "call"]
            if len(names) != len(values):
                return
        self._report(fact, reason)

    def _is_nowhere(self, at: At) -> bool:
        """Whether nothing in a module binds the name that an expression is: a snippet of code."""
        form = self.ev.form(at)
        if not isinstance(form, forms.Name) or self.ev.code.language(at.source).shares_modules:
            return False
        scopes = self.ev.code.scopes(at.source)
        return not scopes.stars and not any(self.ev.lookup.targets(at, form.text))

    def row(
        self,
        router: RouterNode,
        fact: Fact,
        frame: Frame | None,
        default: tuple[str, str],
        paths: Sequence[Text],
    ) -> None:
        """Hang a row of a table; ``default`` is its protocol, and its verb where none is said."""
        methods = self.handlers.methods(fact, frame) if fact.all("methods") else (default,)
        methods = tuple((default[0], m) for _, m in methods)
        node = fact.one("handler")
        at = At(fact.source, node, frame) if node is not None else None
        answers = self._answers(fact, frame, at, methods)
        for answer in answers:
            self._hang(router, fact, frame, at, answer, methods, paths)
        if not answers:
            self._report(fact, "answers nothing that is known")

    def implied(self, router: RouterNode, fact: Fact, said: str, uses: Sequence[At]) -> None:
        """Hang a route that a kind of router has of its own: ``GET /path Name``."""
        method, path, name = said.split()
        answer = Answer((method,), None, name, "", tuple(uses), library=True)
        paths = [Text.of([Piece(path.lstrip("/"))])]
        self._hang(router, fact, router.frame, None, answer, (("rest", method),), paths)

    def note(self, at: At, reason: str) -> None:
        """Report a place of which it is not known what it adds."""
        found = Unresolved(at.source.path, at.line, reason)
        if found not in self.unresolved:
            self.unresolved.append(found)

    def _report(self, fact: Fact, reason: str) -> None:
        found = Unresolved(fact.source.path, fact.line, reason)
        if found not in self.unresolved:
            self.unresolved.append(found)


def _pieces(text: Text) -> tuple[Piece, ...]:
    return text.pieces or (Piece(text.text, known=text.known),)


def _longer(path: Text, added: str) -> Text:
    """Return a path with what a member of a class adds; an empty one has no slash to part them."""
    if not added:
        return path
    if not path.text:
        return Text.of([Piece(added.removeprefix("/"))])
    return Text.of([*_pieces(path), Piece(added)])

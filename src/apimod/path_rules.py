"""Rules that say for which paths a caller must be known: kept apart from the routes themselves.

``@rule`` facts are ordered, and those of one function make up a chain; ``@limit`` facts say which
paths a chain is for. What their words mean is in a matcher's ``[rules]``. The first chain that is
for a path decides, and in it the first rule that matches.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from apimod.languages import forms
from apimod.languages.forms import Element
from apimod.lookup import Place
from apimod.match import find_facts
from apimod.paths import MAIN
from apimod.values import At, Constant, External, Text

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.bound_settings import BoundSettings
    from apimod.codebase import Codebase
    from apimod.evaluate import Evaluator
    from apimod.match import Fact
    from apimod.pack import Unit

Answer = tuple[bool | None, str]
MAX_DEPTH = 4
NEEDED = re.compile(
    r"<artifactId>\s*([\w.-]+)\s*</artifactId>|project\s*\(\s*(?:path\s*[:=]\s*)?[\"']:(?:[\w-]+:)*([\w-]+)"
)
LAST = 1 << 30
COMMENT = re.compile(r"<!--[\s\S]*?-->|^[ \t]*//.*$", re.MULTILINE)
VERBS = frozenset("GET POST PUT PATCH DELETE HEAD OPTIONS TRACE".split())


class Rule(Struct, frozen=True):
    """Who may pass, for some methods and paths; with no patterns, for all."""

    patterns: tuple[str, ...]
    methods: frozenset[str]
    verdict: bool | None
    evidence: str
    known: bool = True
    """Whether what it matches is known."""


class Chain(Struct):
    """The rules of one function, in order, and the paths that they are for."""

    order: int
    place: tuple[str, int]
    rules: list[Rule] = field(default_factory=list)
    limits: list[Rule] = field(default_factory=list)
    ignores: bool = False


class PathRules:
    """Judges paths by the rules that a project's code sets up."""

    def __init__(
        self,
        evaluator: Evaluator,
        facts: Mapping[str, list[Fact]],
        units: Iterable[Unit],
        root: str,
        bound: BoundSettings,
    ) -> None:
        self.ev = evaluator
        self.bound = bound
        self.code = evaluator.code
        self.units = [u for u in units if u.table("rules")]
        self.chains: list[Chain] = []
        self.default: Answer | None = None
        for unit in self.units:
            self._read(unit, facts)
            if not self.chains:
                paths = modules(self.code, root)
                self._read(unit, find_facts(self.code, [unit], paths) if paths else {})
            if not self.chains:
                self.default = self._declared(unit, root)
        self.chains.sort(key=lambda c: (not c.ignores, c.order, c.place))

    def judge(self, method: str, path: str, protocol: str = "rest") -> Answer | None:
        """Return whether a path needs a known caller, and what shows it; None without rules.

        A protocol that is served at one path only is judged by that; ``""`` is out of reach.
        """
        for unit in self.units:
            place = unit.table("rules").get("protocols", {}).get(protocol)
            if place is not None:
                if not place:
                    return None
                method, path = "POST", place
        for chain in self.chains:
            if chain.limits and not any(_matches(r, method, path) for r in chain.limits):
                continue
            found = self._by(chain, method, path)
            if found is not None:
                return found
            if not chain.ignores:
                return None
        return self.default if not self.chains else None

    def _by(self, chain: Chain, method: str, path: str) -> Answer | None:
        maybe: set[bool | None] = set()
        for rule in chain.rules:
            if not _matches(rule, method, path):
                continue
            if not rule.known:
                maybe.add(rule.verdict)
            elif maybe - {rule.verdict}:
                return None, ""
            else:
                return rule.verdict, rule.evidence if rule.verdict else ""
        return None

    # --- reading ---------------------------------------------------------------------------------

    def _read(self, unit: Unit, facts: Mapping[str, list[Fact]]) -> None:
        chains: dict[tuple[str, int, bool], Chain] = {}
        for kind in ("limit", "rule"):
            mine = _mine(facts.get(kind, ()), unit)
            for fact in sorted(mine, key=lambda f: (f.source.path, _position(f))):
                holder = self._function(fact)
                if holder is None or self._is_special(unit, fact, holder):
                    continue
                last = unit.names("rules", "last")
                word = fact.one("match")
                told = word is not None and fact.source.text(word) in last
                ignores = fact.kind == "rule" and fact.one("verdict") is None and not told
                key = (fact.source.path, holder.start_byte, ignores)
                chain = chains.setdefault(key, Chain(self._order(unit, fact, holder), key[:2]))
                chain.ignores = ignores
                self._add(unit, chain, fact)
        for chain in chains.values():
            if chain.rules:
                self.chains.append(chain)

    def _add(self, unit: Unit, chain: Chain, fact: Fact) -> None:
        table = unit.table("rules")
        word, verdict = fact.one("match"), fact.one("verdict")
        form = self.code.language(fact.source).form(fact.source, fact.one("on") or fact.node)
        nodes = [a.node for a in form.arguments] if isinstance(form, forms.Call) else []
        called = fact.source.text(word) if word is not None else ""
        said = fact.source.text(verdict) if verdict is not None else ""
        if called in table.get("last", ()) and nodes:
            last = nodes.pop()
            said = fact.source.text(last)
        rule = self._rule(fact, nodes, self._verdict(table, fact, said, called), called, table)
        if not rule.known and self._harmless(fact, nodes, table):
            return
        if fact.kind == "limit" or said in table.get("limits", ()):
            chain.limits.append(rule)
        elif rule.verdict is not None:
            chain.rules.append(rule)

    def _verdict(
        self, table: Mapping[str, Sequence[str]], fact: Fact, said: str, called: str
    ) -> bool | None:
        if not said:
            return False  # what is ignored lets everybody in
        word = re.split(r"\W", said, maxsplit=1)[0]
        if word in table.get("open", ()):
            return False
        if word in table.get("expressions", ()):
            text = fact.source.text(fact.node)
            return not any(f"{o}" in text.rpartition(word)[2] for o in table.get("open", ()))
        return True if word in table.get("closed", ()) else None

    def _rule(
        self,
        fact: Fact,
        nodes: Sequence[Node],
        verdict: bool | None,
        called: str,
        table: Mapping[str, Sequence[str]],
    ) -> Rule:
        evidence = f"rule at {fact.source.path}:{_line(fact)}"
        patterns: list[str] = []
        methods: set[str] = set()
        known = True
        frame = self.ev.entries.unbound(fact.source, fact.node)
        everything = called in table.get("any", ())
        for node in nodes:
            if fact.source.text(node) in table.get("any", ()):
                everything = True
                continue
            found, verbs, sure = self._selected(At(fact.source, node, frame), table, 0)
            patterns += found
            methods |= verbs
            known = known and sure
        if not patterns and not methods and not everything:
            known = False
        return Rule(tuple(patterns), frozenset(methods), verdict, evidence, known)

    def _harmless(
        self, fact: Fact, nodes: Sequence[Node], table: Mapping[str, Sequence[str]]
    ) -> bool:
        """Whether a rule is about what is no endpoint of the code: static files and the like."""
        frame = self.ev.entries.unbound(fact.source, fact.node)
        names = [
            v.name
            for n in nodes
            for v in self.ev.evaluate(At(fact.source, n, frame))
            if isinstance(v, External)
        ]
        return bool(names) and all(n.startswith(tuple(table.get("harmless", ()))) for n in names)

    def _selected(
        self, at: At, table: Mapping[str, Sequence[str]], depth: int
    ) -> tuple[list[str], set[str], bool]:
        """Return the patterns and methods that an argument selects, and whether that is all."""
        values = self.ev.evaluate(at)
        verbs = {v for one in values for v in [_verb(one)] if v}
        if verbs:
            return [], verbs, True
        texts = [t for t in self.ev.texts(at) if t.known]
        if texts:
            return [t.text for t in texts], set(), True
        configured = self._configured(at)
        if configured:
            return configured, set(), True
        form = self.ev.form(at)
        while isinstance(form, forms.Wrapped):
            at = at.to(form.node)
            form = self.ev.form(at)
        if isinstance(form, forms.Call) and depth < MAX_DEPTH:
            patterns: list[str] = []
            methods: set[str] = set()
            for argument in form.arguments:
                more, given, _ = self._selected(at.to(argument.node), table, depth + 1)
                patterns += more
                methods |= given
            return patterns, methods, bool(patterns or methods)
        return [], set(), any(isinstance(v, Constant) for v in values)

    def _configured(self, at: At) -> list[str]:
        """Return the patterns that settings list: of the expression, or of the loop's around it."""
        found = self.bound.values(at)
        form = self.ev.form(at)
        if found or not isinstance(form, forms.Name):
            return found
        for target in self.ev.lookup.targets(at, form.text):
            binding = target.binding if isinstance(target, Place) else None
            if isinstance(binding, Element):
                found += self.bound.values(at.to(binding.iterable))
        return found

    def _function(self, fact: Fact) -> Node | None:
        """Return the method or function around a fact, the outermost one in its class."""
        language = self.code.language(fact.source)
        scope = self.code.scopes(fact.source).at(fact.node.start_byte)
        found: Node | None = None
        at = scope
        while at is not None and at.kind != "type":
            if at.kind == "function" and language.function_name(fact.source, at.node) is not None:
                found = at.node
            if at.outer is None:
                break
            at = at.outer
        return found

    def _holders(self, fact: Fact, holder: Node) -> list[At]:
        """Return the decorators of a function and of its class."""
        language = self.code.language(fact.source)
        owner = language.owner_class(holder)
        nodes = [holder, *([owner] if owner is not None else [])]
        return [At(fact.source, d) for n in nodes for d in language.decorators(fact.source, n)]

    def _order(self, unit: Unit, fact: Fact, holder: Node) -> int:
        names = unit.names("rules", "orders")
        for at in self._holders(fact, holder):
            form = self.ev.form(at)
            if isinstance(form, forms.Call) and set(names) & set(self.ev.canonical(at)):
                for argument in form.arguments:
                    for value in self.ev.evaluate(at.to(argument.node)):
                        if isinstance(value, Constant) and value.text.lstrip("-").isdigit():
                            return int(value.text)
                return 0
        return LAST

    def _is_special(self, unit: Unit, fact: Fact, holder: Node) -> bool:
        """Whether rules hold only on occasion: their class or function says so."""
        names = unit.names("rules", "occasions")
        for at in self._holders(fact, holder):
            if set(names) & set(self.ev.canonical(at)):
                text = at.source.text(at.node)
                if '"!' not in text and '"default' not in text:
                    return True
        return False

    def _declared(self, unit: Unit, root: str) -> Answer | None:
        """What holds where a project declares the library and sets up no rules."""
        folder = "" if root in ("", ".") else f"{root}/"
        words = [w.encode() for w in unit.names("rules", "replaced")]
        for source in self.code.sources(unit.language) if words else ():
            if source.path.startswith(folder) and any(w in source.data for w in words):
                return None  # its own set-up lets everybody in
        for name in unit.names("rules", "packages"):
            for path, text in manifests(self.code, root):
                if name in text:
                    line = text[: text.index(name)].count("\n") + 1
                    return True, f"{name} at {path}:{line}"
        return None


def manifests(code: Codebase, root: str) -> list[tuple[str, str]]:
    """Return the files in a project's folder that declare what it needs."""
    out: list[tuple[str, str]] = []
    for path in code.files_in("" if root in ("", ".") else root):
        if path.endswith(("pom.xml", ".gradle", ".gradle.kts")):
            source = code.source(path)
            if source is not None:
                text = source.data.decode("utf-8", "replace")
                out.append((path, COMMENT.sub("", text)))
    return out


def modules(code: Codebase, root: str) -> list[str]:
    """Return the files of the modules of the codebase that a project declares that it needs."""
    names = {
        name
        for _, text in manifests(code, root)
        for found in NEEDED.finditer(text)
        for name in found.groups()
        if name
    }
    out: list[str] = []
    for path in code.paths if names else ():
        folder, main, _ = path.partition(f"/{MAIN}/")
        if main and folder != root and folder.rpartition("/")[2] in names:
            out.append(path)
    return out


def _mine(facts: Iterable[Fact], unit: Unit) -> list[Fact]:
    return [f for f in facts if f.unit.name == unit.name]


def _position(fact: Fact) -> int:
    node = fact.one("match") or fact.node
    return int(node.start_byte)


def _line(fact: Fact) -> int:
    node = fact.one("match") or fact.node
    return int(node.start_point[0]) + 1


def _verb(value: object) -> str:
    if isinstance(value, External):
        last = value.name.rpartition(".")[2]
        return last if last in VERBS else ""
    return value.text if isinstance(value, Text) and value.text in VERBS else ""


def _matches(rule: Rule, method: str, path: str) -> bool:
    if rule.methods and method not in rule.methods:
        return False
    return not rule.patterns or any(covers(p, path) for p in rule.patterns)


def covers(pattern: str, path: str) -> bool:
    """Whether a pattern (``*``, ``**``, ``{name}``) covers every path of an endpoint."""
    wanted = [p for p in pattern.strip("/").split("/") if p]
    given = [p for p in path.strip("/").split("/") if p]
    return _covers(wanted, given)


def _covers(wanted: Sequence[str], given: Sequence[str]) -> bool:
    if not wanted:
        return not given
    head = wanted[0]
    if head == "**" or head.startswith("{*"):
        return any(_covers(wanted[1:], given[i:]) for i in range(len(given) + 1))
    if not given or given[0].endswith("*}") or not _fits(head, given[0]):
        return False
    return _covers(wanted[1:], given[1:])


def _fits(pattern: str, segment: str) -> bool:
    if pattern in (segment, "*") or re.fullmatch(r"\{\w+\}", pattern):
        return True
    if segment.startswith("{"):
        return bool(re.fullmatch(r"\{\w+:.*\}", pattern))
    if re.fullmatch(r"\{\w+:.*\}", pattern):
        try:
            return re.fullmatch(pattern[1:-1].partition(":")[2], segment) is not None
        except re.error:
            return False
    shape = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(shape, segment) is not None

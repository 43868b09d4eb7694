"""How handlers that write to a context fail: the statements that answer, by what went wrong.

The statuses tell the kinds. A function of the project that takes the context and an error, and
knows several statuses, answers for errors at large.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from apimod import names
from apimod.conventions.answers import Sent, functions, sent
from apimod.conventions.model import ErrorStyle
from apimod.conventions.pieces import STRINGS, piece
from apimod.languages import forms
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from tree_sitter import Node

    from apimod.conventions.anatomy import Anatomy, Handler
    from apimod.conventions.study import Study
    from apimod.rename import Renamer

KINDS = {404: "not_found", 409: "conflict", 403: "forbidden", 500: "internal"}
TOLD = (*KINDS.values(), "invalid", "bad_request")
INPUT = (400, 422)
KNOWN = {"missing": (404,), "taken": (409,), "in_use": (409,)}
FAILURES = (
    ("in_use", ({"use"}, {"inuse"}, {"used"}, {"referenced"}, {"foreign"})),
    ("missing", ({"not", "found"}, {"notfound"}, {"missing"}, {"no", "such"})),
    ("taken", ({"conflict"}, {"exists"}, {"exist", "already"}, {"duplicate"}, {"taken"},
               {"duplicated"}, {"duplicate", "key"})),
)  # fmt: skip
CASES = ("expression_case", "if_statement")


@dataclass
class Refusals:
    """What was found: statements by kind, and the function that answers for an error."""

    study: Study
    words: Renamer
    module: str
    """The module that the statements will stand in."""
    found: dict[str, Snippet] = field(default_factory=dict)
    answer: Snippet | None = None
    answers: frozenset[str] = frozenset()
    validation: int = 0

    def take(self, kind: str, snippet: Snippet | None) -> None:
        """Keep the first statement of a kind."""
        if snippet is not None and kind:
            self.found.setdefault(kind, snippet)


def refusals(study: Study, parts: Anatomy, words: Renamer) -> ErrorStyle:
    """Return how the sibling's handlers fail."""
    first = next(iter(parts.handlers.values()), None)
    if first is None:
        return ErrorStyle()
    out = Refusals(study, words, study.module(first.at.source))
    for handler in parts.handlers.values():
        _of_handler(out, handler)
    _of_input(out, parts)
    told: dict[str, Any] = {kind: out.found.get(kind) for kind in TOLD}
    return ErrorStyle(
        where="handler",
        answer=out.answer,
        answers=out.answers,
        validation=out.validation or 400,
        **told,
        **_own_errors(study, parts, words),
    )


def _calls(function: At) -> Iterator[At]:
    stack = [function.node]
    while stack:
        node = stack.pop()
        if node.type == "expression_statement" and node.named_children:
            inner = node.named_children[0]
            if inner.type == "call_expression":
                yield function.to(inner)
        stack.extend(reversed(node.named_children))


def _of_handler(out: Refusals, handler: Handler) -> None:
    for call in _calls(handler.inner):
        helper = next(functions(out.study, call), None)
        if helper is None:
            one = sent(out.study, call)
            _simple(out, one, handler.context, handler.inner)
            continue
        inside = [s for c in _calls(helper) if (s := sent(out.study, c)) is not None]
        statuses = {s.status for s in inside if s.status is not None and s.status >= 400}
        if len(statuses) > 1 and _takes_error(out.study, helper):
            _answering(out, call, helper, handler.context)
        else:
            _simple(out, sent(out.study, call), handler.context, handler.inner)


def _simple(out: Refusals, one: Sent | None, context: str, function: At) -> None:
    """Take a statement that answers one kind of failure."""
    if one is None or one.status is None or one.status < 400:
        return
    kind = KINDS.get(one.status, "bad_request" if one.status in INPUT else "")
    if one.status in INPUT and not out.validation and _after_bind(out.study, one.call):
        out.validation = one.status
        out.study.learn("the status of bad input", one.call)
    hole = message_hole(out.study, one)
    if kind and hole is not None:
        found = piece(out.study, one.call, {"": [hole]}, context, out.module, out.words)
        out.take(kind, found)


def _after_bind(study: Study, call: At) -> bool:
    """Whether a statement answers for a request that could not be read."""
    up: Node | None = call.node
    while up is not None and up.type != "if_statement":
        up = up.parent
    if up is None:
        return False
    around = up.parent
    before = around.children[: around.children.index(up)][-1:] if around is not None else []
    spans = [(n.start_byte, n.end_byte) for n in (up, *before)]
    return any(
        fact.source.path == call.source.path
        and any(s <= fact.node.start_byte and fact.node.end_byte <= e for s, e in spans)
        for fact in study.graph.facts["bind"]
    )


def message_hole(study: Study, one: Sent) -> At | None:
    """Return what holds the message of a failure: an error's text, or the last literal."""
    inside = [n for n in study.language.subtree(one.call.node) if n != one.call.node]
    for node in inside:
        text = one.call.source.text(node)
        if node.type == "call_expression" and text.endswith(".Error()"):
            return one.call.to(node)
    strings = [n for n in inside if n.type in STRINGS and not _is_key(n)]
    return one.call.to(strings[-1]) if strings else None


def _is_key(node: Node) -> bool:
    up = node.parent
    outer = up.parent if up is not None and up.type == "literal_element" else None
    return (
        outer is not None
        and outer.type == "keyed_element"
        and (outer.child_by_field_name("key") == up)
    )


def _takes_error(study: Study, function: At) -> bool:
    params = study.language.params(function.source, function.node)
    types = [function.source.text(p.type) for p in params if p.type is not None]
    return len(types) == 2 and types[1] == "error"


def _answering(out: Refusals, call: At, helper: At, context: str) -> None:
    """Take the function that answers for any error, and note which errors it knows."""
    study = out.study
    form = study.ev.form(call)
    if out.answer is not None or not isinstance(form, forms.Call):
        return
    if study.language.is_method(helper.source, helper.node) or len(form.arguments) != 2:
        return
    argument = call.to(form.arguments[1].node)
    found = piece(study, call, {"": [argument]}, context, out.module)
    if found is None:
        return
    out.answer = found
    out.answers = frozenset(_known(study, helper))
    study.learn("what answers for errors", helper)


def _known(study: Study, helper: At) -> Iterator[str]:
    """Yield the kinds of error that a function tells apart, where it answers them as expected."""
    for node in study.language.subtree(helper.node):
        for kind in _named_errors(study, helper, node):
            case: Node | None = node
            while case is not None and case.type not in CASES:
                case = case.parent
            if case is None:
                continue
            statuses = [s.status for c in _calls(helper.to(case))
                        if (s := sent(study, c)) is not None]  # fmt: skip
            if statuses and statuses[0] in KNOWN.get(kind, ()):
                yield kind


def _named_errors(study: Study, helper: At, node: Node) -> Iterator[str]:
    """Yield what errors a call such as ``errors.Is(err, X)`` or a comparison is about."""
    text = helper.source.text(node)
    if node.type == "call_expression" and text.startswith("errors.Is("):
        arguments = node.child_by_field_name("arguments")
        if arguments is not None and arguments.named_child_count == 2:
            yield from error_kind(study, helper.to(arguments.named_children[1]))
    elif node.type == "binary_expression" and "==" in text:
        right = node.child_by_field_name("right")
        if right is not None:
            yield from error_kind(study, helper.to(right))


def error_kind(study: Study, at: At) -> Iterator[str]:
    """Yield what an error value stands for: the store's own, or one of the project by its words."""
    names_of = set(study.ev.canonical(at))
    for unit in study.units:
        for name, kind in unit.table("conventions").get("failures", {}).items():
            if name in names_of:
                yield str(kind)
                return
    kind = by_words(at.source.text(at.node).rpartition(".")[2])
    if kind:
        yield kind


def by_words(name: str) -> str:
    """Return what an error's name says went wrong; ``""`` for another thing."""
    parts = set(names.words(name))
    return next((kind for kind, sets in FAILURES if any(s <= parts for s in sets)), "")


def _of_input(out: Refusals, parts: Anatomy) -> None:
    """Look into what answers for input that did not bind: it may name the fields."""
    study = out.study
    for handler in parts.handlers.values():
        for call in _calls(handler.inner):
            if not _after_bind(study, call):
                continue
            for helper in functions(study, call):
                _inside_input(out, helper)
    for helper in _field_helpers(study, parts):
        params = study.language.params(helper.source, helper.node)
        name = study.language.qualified_name(helper.source, helper.node)
        body = Snippet(f"{name}({params[0].name}, {{}})")
        module = study.module(helper.source)
        if module == out.module:
            out.found["invalid"] = Snippet(body.text.replace(f"({params[0].name},", "(c,"))
        elif name[:1].isupper():
            from apimod.conventions.pieces import package_of
            from apimod.languages.buffer import ImportNeed

            text = f"{package_of(study, helper)}.{name}(c, {{}})"
            out.found["invalid"] = Snippet(text, (ImportNeed(module),))


def _inside_input(out: Refusals, helper: At) -> None:
    study = out.study
    params = study.language.params(helper.source, helper.node)
    context = params[0].name if params else ""
    for call in _calls(helper):
        one = sent(study, call)
        if one is None or one.status not in INPUT:
            continue
        out.validation = out.validation or one.status or 0
        fields = [leaf.at for leaf in one.leaves if one.inside(leaf.at)
                  and "map[string]string" in _declared(study, leaf.at)]  # fmt: skip
        if fields:
            out.take("invalid", piece(study, call, {"": fields[:1]}, context, out.module))
            continue
        hole = message_hole(study, one)
        if hole is not None:
            found = piece(study, call, {"": [hole]}, context, out.module)
            if found is not None and "bad_request" not in out.found:
                out.take("bad_request", found)


def _declared(study: Study, at: At) -> str:
    """Return the text of what defines an expression."""
    places = study.ev.definition(at)
    return " ".join(p.source.text(p.node) for p in places)


def _field_helpers(study: Study, parts: Anatomy) -> Iterator[At]:
    """Yield the functions beside the helpers in use that take the context and fields."""
    folders = {h.at.source.path.rpartition("/")[0] for h in parts.handlers.values()}
    for handler in parts.handlers.values():
        for call in _calls(handler.inner):
            folders |= {f.source.path.rpartition("/")[0] for f in functions(study, call)}
    kinds = study.types("context")
    for folder in sorted(folders):
        for source in study.language.package(study.code, folder):
            for node in study.code.root(source).named_children:
                if node.type != "function_declaration":
                    continue
                params = study.language.params(source, node)
                types = [p.type for p in params]
                if len(types) != 2 or types[0] is None or types[1] is None:
                    continue
                fields = source.text(types[1]) == "map[string]string"
                if fields and study.type_names(At(source, types[0])) & kinds:
                    yield At(source, node)


def _own_errors(study: Study, parts: Anatomy, words: Renamer) -> dict[str, Any]:
    """Return the error values that the layer which stores gives back, by kind."""
    from apimod.conventions.pieces import package_of
    from apimod.languages.buffer import ImportNeed

    if not parts.layers:
        return {}
    lowest = list(parts.layers.values())[-1].cls
    out: dict[str, Snippet] = {}
    for place in _error_values(study, lowest):
        name = place.source.text(place.node)
        kind = by_words(name)
        if not kind or words.mentions(name) or kind in out:
            continue
        if study.module(place.source) == study.module(lowest.source):
            out[kind] = Snippet(name)
        elif name[:1].isupper():
            need = ImportNeed(study.module(place.source))
            out[kind] = Snippet(f"{package_of(study, place)}.{name}", (need,))
        study.learn(f"the error for what is {kind.replace('_', ' ')}", place)
    return out


def _error_values(study: Study, layer: At) -> Iterator[At]:
    """Yield the names of errors in a layer's package, and in those that its file imports."""
    folders = [layer.source.path.rpartition("/")[0]]
    folders += [p for _, paths in study.modules(layer.source) for p in paths]
    for folder in dict.fromkeys(folders):
        for source in study.language.package(study.code, folder):
            for node in study.code.root(source).named_children:
                if node.type == "var_declaration":
                    for inner in study.language.subtree(node):
                        if inner.type != "var_spec":
                            continue
                        name = inner.child_by_field_name("name")
                        if name is not None and source.text(name)[:3].lower() == "err":
                            yield At(source, name)

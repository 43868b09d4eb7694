"""All conventions of a project, asked once: from the sibling to follow, else the defaults."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from apimod.conventions.columns import columns, id_style, model_style, owner, timestamps
from apimod.conventions.failures import errors
from apimod.conventions.finds import constants, helper, mentions
from apimod.conventions.handlers import Parameter, parameters
from apimod.conventions.model import (
    AuthStyle,
    Conventions,
    DeleteStyle,
    IdStyle,
    SchemaStyle,
    SessionStyle,
)
from apimod.conventions.places import Part, parts
from apimod.conventions.shape import list_style, response_classes, schema_fields
from apimod.conventions.testing import test_files, test_style
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.source import Source


@dataclass
class Lesson:
    """What was learnt: the answers, and where the sibling's parts lie."""

    conventions: Conventions = field(default_factory=Conventions)
    parts: dict[str, Part] = field(default_factory=dict)
    parameters: dict[str, list[Parameter]] = field(default_factory=dict)
    model: At | None = None
    test_file: Source | None = None


def lesson(
    study: Study, sibling: Sibling | None, words: Renamer | None, param: str, units: frozenset[str]
) -> Lesson:
    """Ask every question of the sibling. ``param`` names the path parameter by default.

    ``units`` are those in use.
    """
    if sibling is None or words is None:
        return Lesson(_general(study, Conventions(id=IdStyle(param=param)), units))
    found = parts(study, sibling, words)
    given = {op: parameters(study, served) for op, served in sibling.operations.items()}
    every = [p for params in given.values() for p in params]
    model = _model(study, found, sibling)
    cols = columns(study, model) if model is not None else []
    user = next((p for p in every if p.role == "user" and p.classes), None)
    routes = found.get("routes")
    text = routes.source.data.decode("utf-8", "replace") if routes is not None else ""
    testing, test_file = test_style(study, test_files(study, words), sibling.path)
    own_id = _id(study, cols, every, param) if cols else IdStyle(param=param)
    conventions = Conventions(
        async_=_asynchronous(sibling),
        id=own_id,
        timestamps=timestamps(study, cols) if cols else Conventions().timestamps,
        owner=owner(study, cols, user, text) if cols else None,
        session=_session(study, every, found),
        model=model_style(study, model, words) if model is not None else Conventions().model,
        schema=_schema(study, sibling, given, words),
        list=list_style(study, sibling.operations.get("list"), given.get("list", [])),
        delete=_delete(study, sibling),
        errors=errors(study, found, _other_errors(study)),
        auth=_auth(every, sibling),
        test=testing,
    )
    return Lesson(_general(study, conventions, units), found, given, model, test_file)


def _general(study: Study, taught: Conventions, units: frozenset[str]) -> Conventions:
    """Add what the whole project teaches, whichever sibling is followed."""
    return replace(
        taught,
        hash=helper(study, "hash", units, "{name}({})"),
        schema=replace(
            taught.schema,
            text=helper(study, "text", units),
            not_null=helper(study, "not_null", units),
        ),
        model=replace(taught.model, naming=constants(study, units)),
        errors=replace(
            taught.errors, handles_validation=mentions(study, "handles_validation", units)
        ),
    )


def _model(study: Study, found: dict[str, Part], sibling: Sibling) -> At | None:
    part = found.get("model")
    if part is None:
        return None
    named = [at for name, at in part.symbols.items() if name.lower() == sibling.singular]
    return next(iter(named or part.symbols.values()), None)


def _asynchronous(sibling: Sibling) -> bool:
    handlers = [s.handler for s in sibling.operations.values() if s.handler is not None]
    marks = [h.source.text(h.node).lstrip().startswith("async ") for h in handlers]
    return sum(marks) * 2 > len(marks)


def _id(study: Study, cols: list[object], every: list[Parameter], param: str) -> IdStyle:
    style = id_style(study, cols, param)  # type: ignore[arg-type]
    for given in every:
        if given.role == "path" and _own_type(given):
            text = given.text.text.partition(":")[2].partition("=")[0].strip()
            needs = tuple(n for n in given.text.imports if n.name and n.name in text)
            return IdStyle(**{**vars(style), "annotation": Snippet(text, needs)})
    return style


def _own_type(given: Parameter) -> bool:
    """Whether a path parameter's type is the project's own alias, not a plain one."""
    return any(need.name and need.name in given.text.text for need in given.text.imports)


def _session(study: Study, every: list[Parameter], found: dict[str, Part]) -> SessionStyle:
    given = next((p for p in every if p.role == "session"), None)
    layers = [found[r] for r in ("repository", "service") if r in found]
    text = "".join(p.source.data.decode("utf-8", "replace") for p in found.values())
    inner = next((s for part in layers for s in _typed_sessions(study, part)), None)
    name = given.name if given is not None else inner[0] if inner is not None else "session"
    return SessionStyle(
        name=name,
        annotation=inner[1] if inner is not None else None,
        param=given.text if given is not None else None,
        commit=".commit(" in text or ".flush(" not in text,
        field="db" if "self.db" in text and "self.session" not in text else "session",
    )


def _typed_sessions(study: Study, part: Part) -> list[tuple[str, Snippet]]:
    """Return the name and type of every parameter in a layer that takes a session."""
    kinds = study.types("session_sync") | study.types("session_async")
    root = study.code.root(part.source)
    out = []
    for node in study.language.subtree(root):
        if node.type not in ("function_definition", "function_declaration", "method_declaration"):
            continue
        for param in study.language.params(part.source, node):
            if param.type is None:
                continue
            typed = At(part.source, param.type)
            if study.type_names(typed) & kinds:
                out.append((param.name, study.snippet(typed, "how code reaches the database")))
    return out


def _schema(
    study: Study, sibling: Sibling, given: dict[str, list[Parameter]], words: Renamer
) -> SchemaStyle:
    body = next(
        (c for p in given.get("create", []) if p.role == "body" for c in p.classes), None
    )
    read = next(
        (
            cls
            for op in ("get", "create")
            if op in sibling.operations
            for _, cls in response_classes(study, sibling.operations[op])
            if study.is_schema(cls)
        ),
        None,
    )
    base = _base(study, body, words)
    read_base = _base(study, read, words)
    camel = any(_camel(study, cls) for cls in (body, read) if cls is not None)
    return SchemaStyle(base=base, read_base=read_base, camel=camel, own_alias=camel)


def _base(study: Study, cls: At | None, words: Renamer) -> Snippet | None:
    """Return the project's own base of a schema, behind a base that bears the sibling's words."""
    if cls is None:
        return None
    for base in study.language.bases(study.code, cls.source, cls.node):
        at = At(base.source, base.node)
        inner = next(iter(study.classes(at)), None)
        if inner is not None and words.mentions(at.source.text(at.node)):
            return _base(study, inner, words)
        if inner is not None:
            return study.snippet(at, "the base of schemas")
    return None


def _camel(study: Study, cls: At) -> bool:
    for place in study.ev.mro(cls):
        if isinstance(place, At) and "to_camel" in place.source.text(place.node):
            return True
    return False


def _delete(study: Study, sibling: Sibling) -> DeleteStyle:
    from apimod.conventions.shape import status

    served = sibling.operations.get("delete")
    if served is None or served.handler is None:
        return DeleteStyle()
    declared = status(study, served)
    if declared == 204 or not response_classes(study, served):
        return DeleteStyle(status=declared if declared in (200, 202) else 204)
    _, cls = response_classes(study, served)[0]
    fields = schema_fields(study, cls)
    if len(fields) != 1 or fields[0].type not in ("string", "text"):
        return DeleteStyle(status=204)
    place = response_classes(study, served)[0][0]
    name = place.source.text(place.node)
    body = Snippet(f"{name}({fields[0].name}={{}})", study.imports_of(place))
    study.learn("what a delete answers", served.handler)
    return DeleteStyle(declared or 200, body, study.snippet(place))


def _other_errors(study: Study) -> list[At]:
    """Return the roots of the project's other layers, where it shows how it fails."""
    out = []
    for path in study.paths:
        if study.role_by_words(path) in ("service", "repository", "routes"):
            source = study.code.source(path)
            if source is not None:
                out.append(At(source, study.code.root(source)))
    return out


def _auth(every: list[Parameter], sibling: Sibling) -> AuthStyle | None:
    user = next((p for p in every if p.role == "user"), None)
    guarded = any(s.endpoint.auth for s in sibling.operations.values())
    if user is None and not guarded:
        return None
    return AuthStyle(user=user.name if user is not None else "")

"""All conventions of a project, asked once: from the sibling to follow, else the defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec.structs import replace

from apimod import names
from apimod.conventions.anatomy import Anatomy
from apimod.conventions.beans import Beans
from apimod.conventions.columns import (
    Column,
    columns,
    has_surrogate_key,
    id_style,
    model_style,
    named_key,
    owner,
    timestamps,
)
from apimod.conventions.failures import errors
from apimod.conventions.finds import constants, helper, mentions
from apimod.conventions.handlers import Parameter, parameters
from apimod.conventions.model import (
    AuthStyle,
    Conventions,
    DeleteStyle,
    IdStyle,
    ModelStyle,
    SchemaStyle,
    SessionStyle,
)
from apimod.conventions.places import Part, parts
from apimod.conventions.shape import list_style, response_classes, schema_fields
from apimod.conventions.testing import test_files, test_style
from apimod.languages.buffer import ImportNeed
from apimod.values import At
from apimod.views import Snippet

if TYPE_CHECKING:
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer
    from apimod.routes import Served
    from apimod.source import Source


@dataclass
class Lesson:
    """What was learnt: the answers, and where the sibling's parts lie."""

    conventions: Conventions = field(default_factory=Conventions)
    parts: dict[str, Part] = field(default_factory=dict)
    parameters: dict[str, list[Parameter]] = field(default_factory=dict)
    model: At | None = None
    test_file: Source | None = None
    statuses: dict[str, int] = field(default_factory=dict)
    """The statuses of success that handlers themselves send."""
    documented: str = ""
    """What the full paths begin with that documented ones leave out."""
    anatomy: Anatomy = field(default_factory=Anatomy)
    """How the sibling is built, where it is structs and functions."""
    beans: Beans = field(default_factory=Beans)
    """How it is built, where each part is a class that is handed to the one above."""
    bodies: dict[str, At] = field(default_factory=dict)
    """The types that requests are read into there: create, update, query."""
    read: At | None = None
    """The type that a row is answered in there."""
    set_up: Source | None = None
    """The test file that shows how the application is set up there."""
    standing: dict[str, tuple[Snippet, ...]] = field(default_factory=dict)
    """What stands before the sibling's handlers, by operation, where that is part of a route."""
    user: Parameter | None = None
    """How other handlers know their caller, where there is no sibling to follow."""


def lesson(
    study: Study, sibling: Sibling | None, words: Renamer | None, param: str, units: frozenset[str]
) -> Lesson:
    """Ask every question of the sibling. ``param`` names the path parameter by default.

    ``units`` are those in use.
    """
    if sibling is None or words is None:
        return _without_sibling(study, param, units)
    found = parts(study, sibling, words)
    given = {op: parameters(study, served) for op, served in sibling.operations.items()}
    every = [p for params in given.values() for p in params]
    model = _model(study, found, sibling) or _any_model(study)
    cols = columns(study, model) if model is not None else []
    user = next((p for p in every if p.role == "user" and p.classes), None)
    routes = found.get("routes")
    text = routes.source.data.decode("utf-8", "replace") if routes is not None else ""
    testing, test_file = test_style(study, test_files(study, words), sibling.path)
    own_id = _id(study, _keyed(study, cols), every, param, words)
    conventions = Conventions(
        async_=_asynchronous(study, sibling, every, found),
        id=own_id,
        timestamps=timestamps(study, cols) if cols else Conventions().timestamps,
        owner=owner(study, cols, user, text) if cols else None,
        session=_session(study, every, found),
        model=model_style(study, model, words) if model is not None else Conventions().model,
        schema=_schema(study, sibling, given, words),
        list=list_style(study, sibling.operations.get("list"), given.get("list", [])),
        delete=_delete(study, sibling),
        errors=errors(study, found, _other_errors(study)),
        auth=_auth(study, every, sibling),
        test=testing,
    )
    return Lesson(_general(study, conventions, units), found, given, model, test_file)


def _without_sibling(study: Study, param: str, units: frozenset[str]) -> Lesson:
    """Ask what can be asked of a project that serves no resource yet."""
    model = _any_model(study)
    cols = columns(study, model) if model is not None else []
    every = [p for served in study.graph.served[:50] for p in parameters(study, served)]
    handlers = [s for s in study.graph.served if s.handler is not None]
    user = next((p for p in every if p.role == "user"), None)
    taught = Conventions(
        async_=bool(handlers) and all(_is_async(s) for s in handlers) and _async_session(study),
        id=_unowned(id_style(study, cols, param), cols, model),
        timestamps=timestamps(study, cols) if cols else Conventions().timestamps,
        model=model_style(study, model, None) if model is not None else Conventions().model,
        session=_session(study, every, {}),
        auth=AuthStyle(user=user.name) if user is not None else None,
    )
    lesson = Lesson(_general(study, taught, units), model=model)
    lesson.user = user
    return lesson


def _async_session(study: Study) -> bool:
    kinds = study.types("session_async")
    return any(
        name.rpartition(".")[2].encode() in source.data
        for path in study.paths
        if (source := study.code.source(path)) is not None
        for name in kinds
    )


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
        model=_with_base(study, replace(taught.model, naming=constants(study, units))),
        session=_with_provider(study, taught.session, units),
        auth=_with_header(study, taught.auth, units),
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


def _with_base(study: Study, style: ModelStyle) -> ModelStyle:
    """Add the project's own base of models, where no model shows it."""
    bases = [f for f in study.classes_known.bases if f.unit.kind == "orm"]
    if style.base is not None or not bases:
        return style
    at = bases[0].at
    need = ImportNeed(study.module(at.source), bases[0].name)
    evidence = study.learn("the base of models", at)
    return replace(style, base=Snippet(bases[0].name, (need,), evidence))


def _with_provider(study: Study, style: SessionStyle, units: frozenset[str]) -> SessionStyle:
    """Add the project's own way to be given a session, where no handler shows it."""
    if style.param is not None:
        return style
    alias = helper(study, "session_alias", units, f"{style.name}: {{name}}")
    if alias is not None:
        return replace(style, param=alias)
    provider = helper(study, "session_provider", units)
    kinds = sorted(study.types("session_async") | study.types("session_sync"))
    mark = next(iter(sorted(study.injectors)), "")
    if provider is None or provider.evidence is None or not mark:
        return style
    source = study.code.source(provider.evidence.file)
    held = {k.rpartition(".")[2]: k for k in kinds}
    text = source.data.decode("utf-8", "replace") if source is not None else ""
    name = next((n for n in sorted(held, reverse=True, key=len) if n in text), "")
    typed = study.need(source, name) if source is not None and name else None
    if typed is None:
        return style
    call = mark.rpartition(".")
    needs = (*provider.imports, typed, ImportNeed(call[0], call[2]))
    needs = (*needs, ImportNeed("typing", "Annotated"))
    written = f"{style.name}: Annotated[{name}, {call[2]}({provider.text})]"
    return replace(style, param=Snippet(written, needs, provider.evidence))


def _with_header(study: Study, auth: AuthStyle | None, units: frozenset[str]) -> AuthStyle | None:
    """Add the header of the API key, where callers send one and no token."""
    if auth is None or auth.user:
        return auth
    found = helper(study, "api_key_header", units)
    return replace(auth, header=found.text) if found is not None else auth


def _any_model(study: Study) -> At | None:
    """Return another model of the project, where the sibling has none."""
    return next((fact.at for fact in study.models), None)


def _asynchronous(
    study: Study, sibling: Sibling, every: list[Parameter], found: dict[str, Part]
) -> bool:
    """Whether the store is awaited: the session's type says it, else the sibling's handlers."""
    names = {n for p in every if p.role == "session" for n in p.names}
    layers = [found[r] for r in ("repository", "service") if r in found]
    names |= {n for part in layers for n in _session_types(study, part)}
    if names & study.types("session_async"):
        return True
    if names & study.types("session_sync"):
        return False
    marks = [_is_async(s) for s in sibling.operations.values() if s.handler is not None]
    return sum(marks) * 2 > len(marks) and _async_session(study)


def _is_async(served: Served) -> bool:
    handler = served.handler
    return handler is not None and handler.source.text(handler.node).lstrip().startswith("async ")


def _id(
    study: Study, cols: list[Column], every: list[Parameter], param: str, words: Renamer
) -> IdStyle:
    style = id_style(study, cols, param)
    if words.mentions(style.name):
        style = named_key(style, words.identifier(style.name))
    for given in every:
        if given.role == "path" and _own_type(given):
            text = given.text.text.partition(":")[2].partition("=")[0].strip()
            needs = tuple(n for n in given.text.imports if (n.name or n.module) in text)
            return replace(style, annotation=Snippet(text, needs))
    return style


def _unowned(style: IdStyle, found: list[Column], model: At | None) -> IdStyle:
    """Return the key of a model that is no sibling, without the model's own name in it."""
    if model is None or not found:
        return style
    cls = model.source.text(model.node.child_by_field_name("name") or model.node)
    return named_key(style, "id") if style.name.startswith(f"{names.snake(cls)}_") else style


def _keyed(study: Study, found: list[Column]) -> list[Column]:
    """Return the sibling's columns, or those of a model whose key is one that others can have."""
    if has_surrogate_key(study, found):
        return found
    every = (columns(study, fact.at) for fact in study.models)
    return next((c for c in every if c and has_surrogate_key(study, c)), [])


def _own_type(given: Parameter) -> bool:
    """Whether a path parameter's type is the project's own alias, not a plain one."""
    written = given.text.text.partition(":")[2]
    return any((n.name or n.module) in written for n in given.text.imports)


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
    return [
        (name, study.snippet(typed, "how code reaches the database"))
        for name, typed in _session_params(study, part)
    ]


def _session_types(study: Study, part: Part) -> set[str]:
    return {n for _, typed in _session_params(study, part) for n in study.type_names(typed)}


def _session_params(study: Study, part: Part) -> list[tuple[str, At]]:
    kinds = study.types("session_sync") | study.types("session_async")
    out = []
    for node in study.language.subtree(study.code.root(part.source)):
        if node.type not in ("function_definition", "function_declaration", "method_declaration"):
            continue
        for param in study.language.params(part.source, node):
            if param.type is not None:
                typed = At(part.source, param.type)
                if study.type_names(typed) & kinds:
                    out.append((param.name, typed))
    return out


def _schema(
    study: Study, sibling: Sibling, given: dict[str, list[Parameter]], words: Renamer
) -> SchemaStyle:
    body = next((c for p in given.get("create", []) if p.role == "body" for c in p.classes), None)
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
    base = _base(study, body if body is not None else read, words)
    read_base = None if _reads_attributes(study, read, words) else _base(study, read, words)
    camel = any(_camel(study, cls) for cls in (body, read) if cls is not None)
    return SchemaStyle(base=base, read_base=read_base, camel=camel, own_alias=camel)


def _reads_attributes(study: Study, cls: At | None, words: Renamer) -> bool:
    """Whether the sibling's own schema, not its base, says that it reads objects."""
    places = [p for p in study.ev.mro(cls) if isinstance(p, At)] if cls is not None else []
    own = [p for p in places if words.mentions(study.language.qualified_name(p.source, p.node))]
    return any("from_attributes" in p.source.text(p.node) for p in own)


def _base(study: Study, cls: At | None, words: Renamer) -> Snippet | None:
    """Return the base of a schema, behind a base that bears the sibling's words."""
    if cls is None:
        return None
    for base in study.language.bases(study.code, cls.source, cls.node):
        at = At(base.source, base.node)
        inner = next(iter(study.classes(at)), None)
        if inner is not None and words.mentions(at.source.text(at.node)):
            return _base(study, inner, words)
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


def _auth(study: Study, every: list[Parameter], sibling: Sibling) -> AuthStyle | None:
    user = next((p for p in every if p.role == "user"), None)
    served = list(sibling.operations.values())
    guarded = any(s.endpoint.auth for s in served)
    guarded = guarded or any(study.checks(use.at) for s in served for use in s.uses)
    if user is None and not guarded:
        return None
    return AuthStyle(user=user.name if user is not None else "")

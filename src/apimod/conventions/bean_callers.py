"""How the handlers of a class know their caller, and how rows belong to one.

``[conventions] caller`` names the types of parameters that hold the caller, and the annotations that
mark them; an annotation of the project's own that carries one of those marks too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from apimod import names
from apimod.conventions.bean_members import annotation_names, fields_of
from apimod.conventions.columns import OWNERS, Column, columns
from apimod.conventions.handlers import Parameter
from apimod.conventions.model import OwnerStyle
from apimod.values import At
from apimod.views import ImportNeed, Snippet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apimod.conventions.beans import Beans
    from apimod.conventions.study import Study
    from apimod.languages.forms import Param

KEYS = {"long": "int", "int": "int", "integer": "int", "uuid": "uuid", "string": "string"}


class Caller(Struct, frozen=True):
    """The parameter that holds the caller in a handler, and what the layer below is given of it."""

    op: str
    name: str
    parameter: Parameter
    given: str = ""
    """The expression that is handed on; ``""`` where none is."""


def callers(study: Study, found: Beans) -> list[Caller]:
    """Return how each of the sibling's handlers knows its caller."""
    out = []
    for op, handler in found.handlers.items():
        for param in study.language.params(handler.source, handler.node):
            if _is_caller(study, handler, param):
                at = At(handler.source, param.node)
                snippet = study.snippet(at, "how handlers know their caller")
                made = Parameter(param.name, "user", snippet, (), True, None, at)
                out.append(Caller(op, param.name, made, _given(handler, found, param.name)))
    return out


def _is_caller(study: Study, handler: At, param: Param) -> bool:
    kinds = study.types("caller")
    at = At(handler.source, param.node)
    if param.type is not None and study.type_names(at.to(param.type)) & kinds:
        return True
    if kinds & set(annotation_names(study, at)):
        return True
    for node in study.language.decorators(at.source, at.node):
        name = node.child_by_field_name("name")
        for cls in study.classes(at.to(name)) if name is not None else ():
            if kinds & set(annotation_names(study, cls)):
                return True
    return False


def _given(handler: At, found: Beans, name: str) -> str:
    """Return the argument that holds the caller in a call of the layer below."""
    held = {layer.held for layer in found.layers.values()}
    for call in calls_in(handler):
        on = call.node.child_by_field_name("object")
        written = handler.source.text(on).removeprefix("this.") if on is not None else ""
        given = call.node.child_by_field_name("arguments")
        if written not in held or given is None:
            continue
        for one in given.named_children:
            text = handler.source.text(one)
            if re.search(rf"\b{re.escape(name)}\b", text) and one.type != "lambda_expression":
                return text
    return ""


def calls_in(at: At) -> Iterator[At]:
    """Yield the calls of methods below a node, in order."""
    stack = [at.node]
    while stack:
        node = stack.pop()
        if node.type == "method_invocation":
            yield at.to(node)
        stack.extend(reversed(node.named_children))


# --- whose a row is ------------------------------------------------------------------------------


def owner_column(study: Study, model: At) -> Column | None:
    """Return the member that says whose a row is: a key, or a reference."""
    for column in columns(study, model):
        words = set(names.words(column.name))
        key = column.type in ("int", "uuid", "string") and words & {"id", "by", "name", "email"}
        if words & OWNERS and (key or column.found(study, "foreign_key")):
            return column
    return None


def owner_style(study: Study, found: Beans, known: list[Caller]) -> OwnerStyle | None:
    """Return how rows belong to callers; None where it is not seen that they do, or by what key."""
    model = found.model
    given = next((c.given for c in known if c.given), "")
    column = owner_column(study, model) if model is not None and given else None
    if model is None or column is None:
        return None
    refers = column.type not in KEYS.values()
    symbol = column.name + "Id" * refers
    written = column.found(study, "column")
    kind = _key_type(study, column) if refers else column.fact.type
    caller = next(c for c in known if c.given == given)
    if kind.rpartition(".")[2].lower() not in KEYS or not _gives(study, caller, kind, refers):
        return None
    study.learn("rows belong to a user", column.at)
    field = written[1] if written else names.snake(symbol)
    reference, on_delete = _reference(study, field)
    read = found.travelling.get("read")
    return OwnerStyle(
        field=field,
        user_id=given,
        id_type=KEYS[kind.rpartition(".")[2].lower()],
        annotation=Snippet(kind, _imports(study, column, refers)),
        declaration=None if refers or column.inherited else study.snippet(column.at),
        reference=reference,
        on_delete=on_delete,
        readable=read is not None and any(m.name == symbol for m in fields_of(study, read)),
        symbol=symbol,
        wire=symbol,
    )


def _key_type(study: Study, column: Column) -> str:
    """Return the type of the key of what a member refers to."""
    kind = column.at.node.child_by_field_name("type")
    for cls in study.classes(column.at.to(kind)) if kind is not None else ():
        for key in columns(study, cls):
            if key.found(study, "primary_key"):
                return key.fact.type
    return ""


def _imports(study: Study, column: Column, refers: bool) -> tuple[ImportNeed, ...]:
    kind = column.at.node.child_by_field_name("type")
    return study.imports_of(column.at.to(kind)) if kind is not None and not refers else ()


def _gives(study: Study, caller: Caller, kind: str, refers: bool) -> bool:
    """Tell whether what is handed on is the key: a name of its type, or a getter of an id."""
    if not refers:
        return True
    written = caller.parameter.text.text
    if caller.given == caller.name:
        return re.search(rf"\b{re.escape(kind)}\s+{re.escape(caller.name)}$", written) is not None
    return caller.given.endswith((".getId()", ".id()"))


def _reference(study: Study, field: str) -> tuple[str, str]:
    """Return the table and column that a column refers to in SQL, and what a deletion does."""
    pattern = (
        rf"(?is)\b{re.escape(field)}\b[^,;]*?\bREFERENCES\s+[\"`]?(\w+)[\"`]?\s*\(\s*[\"`]?(\w+)"
        r"[\"`]?\s*\)(?:\s*ON\s+DELETE\s+(CASCADE|SET\s+NULL|RESTRICT|NO\s+ACTION))?"
    )
    for text in study.sql:
        found = re.search(pattern, text)
        if found:
            return f"{found[1]}.{found[2]}", (found[3] or "").upper()
    return "", ""

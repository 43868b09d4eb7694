"""Whose rows the sibling's are: refused where they belong to somebody and it is not seen how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.conventions.bean_callers import Caller, owner_column
from apimod.conventions.bean_members import fields_of
from apimod.errors import Refused

if TYPE_CHECKING:
    from apimod.conventions.beans import Beans
    from apimod.conventions.model import OwnerStyle
    from apimod.conventions.study import Study

READS = ("get", "list", "update", "delete")


def check_scope(study: Study, found: Beans, known: list[Caller], owner: OwnerStyle | None) -> None:
    """Raise Refused where what callers see of the sibling depends on who they are, and not how.

    A caller that is handed on for reading decides what is read. One that code asks for by itself does
    so where a row has an owner that no request brings.
    """
    if owner is not None:
        return
    reading = [c for c in known if c.op in READS and c.given]
    where = ""
    if reading:
        at = reading[0].parameter.at
        where = f"{at.source.path}:{at.line}"
    elif _asks_itself(study, found):
        column = owner_column(study, found.model) if found.model is not None else None
        sent = {m.name for c in found.travelling.values() for m in fields_of(study, c)}
        if column is not None and not sent & {column.name, f"{column.name}Id"}:
            where = f"{column.at.source.path}:{column.at.line}"
    if where:
        raise Refused(
            "the siblings' rows belong to their callers, and it is not clear by what they are told apart",
            where=where,
            advice="follow another resource with --like",
            flag="--like",
        )


def _asks_itself(study: Study, found: Beans) -> bool:
    asked = study.types("asks_caller")
    return any(
        name.encode() in bean.source.data[bean.node.start_byte : bean.node.end_byte]
        for bean in found.every
        for name in asked
    )


def check_layers(study: Study, found: Beans) -> None:
    """Raise Refused where the sibling is stored or served in a way that no template knows.

    What stores is made for an interface of a library's; handlers are the class's own, not an
    interface's; and all lies in one source tree, as one build makes one program of it.
    """
    if found.routes is None:
        return
    serving = found.routes.cls
    if study.language.class_kind(serving.source, serving.node) != "class":
        raise Refused(
            "the siblings' handlers are declared in an interface, which may be made from a document",
            where=f"{serving.source.path}:{serving.line}",
            advice="add the endpoints where that comes from, or follow another with --like",
            flag="--like",
        )
    repository = found.layers.get("repository")
    kinds = study.types("repository")
    if repository is not None and not (
        kinds & (study.bases(repository.interface or repository.cls) | study.bases(repository.cls))
    ):
        raise Refused(
            "the sibling's rows are kept by a class of the project's own, not by an interface that "
            "a library makes",
            where=f"{repository.cls.source.path}:{repository.cls.line}",
            advice="follow another resource with --like",
            flag="--like",
        )
    trees = {bean.source.path.partition("src/main/")[0] for bean in found.every}
    trees |= (
        {found.model.source.path.partition("src/main/")[0]} if found.model is not None else set()
    )
    if len(trees) > 1:
        raise Refused(
            f"the sibling's classes lie in several modules of the build: {', '.join(sorted(trees))}",
            where=f"{serving.source.path}:{serving.line}",
            advice="follow a resource that lies in one with --like",
            flag="--like",
        )

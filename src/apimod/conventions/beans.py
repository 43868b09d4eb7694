"""How a sibling is built where each part is a class of its own, handed to the one above.

A class that serves the routes holds one of the layer below, by its type; that one holds the next,
down to the one that stores. What travels is seen from the handlers' parameters and results.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from apimod import names
from apimod.conventions.bean_members import annotation_names, fields_of
from apimod.values import At

if TYPE_CHECKING:
    from apimod.conventions.siblings import Sibling
    from apimod.conventions.study import Study
    from apimod.rename import Renamer

LAYERS = ("service", "repository", "mapper")
DEPTH = 4


class Bean(Struct, frozen=True, eq=False):
    """A class of the sibling's: ``interface`` is what it is asked for by, ``held`` the member that
    holds it in the class above."""

    role: str
    cls: At
    name: str
    held: str = ""
    interface: At | None = None

    @property
    def path(self) -> str:
        """The file that holds it."""
        return self.cls.source.path


class Beans(Struct, dict=True):
    """The classes of a sibling by role; ``travelling`` are those of what is sent and answered."""

    routes: Bean | None = None
    layers: dict[str, Bean] = field(default_factory=dict)
    model: At | None = None
    travelling: dict[str, At] = field(default_factory=dict)
    """create, update, query, read: the classes of bodies, parameters and answers."""
    handlers: dict[str, At] = field(default_factory=dict)

    @property
    def every(self) -> list[At]:
        """The classes that hold the sibling's code."""
        found = [self.routes, *self.layers.values()]
        return [bean.cls for bean in found if bean is not None]


def beans(study: Study, sibling: Sibling, words: Renamer) -> Beans:
    """Take a sibling apart."""
    out = Beans()
    for op, served in sibling.operations.items():
        if served.handler is not None:
            out.handlers[op] = served.handler
    first = next(iter(out.handlers.values()), None)
    owner = study.language.owner_class(first.node) if first is not None else None
    if first is None or owner is None:
        return out
    cls = At(first.source, owner)
    out.routes = Bean("routes", cls, class_name(study, cls))
    _follow(study, cls, words, out)
    out.model = _model(study, sibling, out, words)
    out.travelling = dict(_travelling(study, out, words))
    return out


def class_name(study: Study, cls: At) -> str:
    """Return the name of a class."""
    return study.language.qualified_name(cls.source, cls.node)


def role_of(study: Study, cls: At) -> str:
    """Return the role of a class: by what it extends, by its last word, by its folder."""
    if study.types("repository") & study.bases(cls):
        return "repository"
    if study.is_model(cls):
        return "model"
    last = [w for w in names.words(class_name(study, cls)) if w != "impl"][-1:]
    for role in study.codemod.roles:
        if last and last[0] in role.words:
            return role.name
    return study.role_by_words(cls.source.path)


def _follow(study: Study, cls: At, words: Renamer, out: Beans) -> None:
    """Follow what a class holds to the layers that bear the sibling's name."""
    queue = [(cls, 0)]
    while queue:
        above, depth = queue.pop(0)
        for held in fields_of(study, above):
            for found in study.classes(held.typed) if depth < DEPTH else ():
                role = role_of(study, found)
                bears = words.mentions(class_name(study, found))
                if role not in LAYERS or role in out.layers or not bears:
                    continue
                made = _implementation(study, found)
                interface = found if made is not None else None
                bean = Bean(
                    role, made or found, class_name(study, made or found), held.name, interface
                )
                out.layers[role] = bean
                queue.append((bean.cls, depth + 1))


def _implementation(study: Study, cls: At) -> At | None:
    """Return the class behind an interface of the project's, where there is one."""
    from apimod.languages.forms import Defined

    if study.language.class_kind(cls.source, cls.node) != "interface":
        return None
    for one in study.language.interfaces(study.code, cls.source, cls.node):
        if isinstance(one.binding, Defined) and not study.language.is_test(one.source.path):
            if study.language.class_kind(one.source, one.binding.node) == "class":
                return At(one.source, one.binding.node)
    return None


def _model(study: Study, sibling: Sibling, out: Beans, words: Renamer) -> At | None:
    """Return the sibling's model: what its repository stores, else the one that bears its name."""
    repository = out.layers.get("repository")
    if repository is not None:
        for found in _arguments(study, repository):
            if study.is_model(found):
                return found
    wanted = sibling.singular.replace("_", "")
    endings = ("", "entity", "model", "document")
    named = [f.at for f in study.models if f.name.lower() in {wanted + e for e in endings}]
    bearing = [f.at for f in study.models if words.mentions(f.name)]
    return next(iter(named or bearing), None)


def _arguments(study: Study, bean: Bean) -> Iterator[At]:
    """Yield the project's classes among the arguments of what a class extends."""
    asked = bean.interface or bean.cls
    for place in dict.fromkeys((asked, bean.cls)):
        for base in study.language.bases(study.code, place.source, place.node):
            yield from classes_in(study, At(base.source, base.node))


def classes_in(study: Study, at: At) -> list[At]:
    """Return the project's classes that a type names, in order, those of its arguments too."""
    out: list[At] = []
    for node in study.language.subtree(at.node):
        if node.type in ("type_identifier", "scoped_type_identifier"):
            out += study.classes(at.to(node))
    return list(dict.fromkeys(out))


def _travelling(study: Study, out: Beans, words: Renamer) -> Iterator[tuple[str, At]]:
    for op in ("create", "update"):
        handler = out.handlers.get(op)
        if handler is None:
            continue
        for param in study.language.params(handler.source, handler.node):
            at = At(handler.source, param.node)
            if param.type is None or not study.types("body") & set(annotation_names(study, at)):
                continue
            for cls in study.classes(at.to(param.type)):
                yield op, cls
    for op in ("get", "create", "update", "list"):
        handler = out.handlers.get(op)
        result = (
            study.language.return_type(handler.source, handler.node)
            if handler is not None
            else None
        )
        if handler is None or result is None:
            continue
        found = [c for c in classes_in(study, handler.to(result)) if not _is_generic(c)]
        bearing = [c for c in found if words.mentions(class_name(study, c))]
        if bearing:
            yield "read", bearing[0]
            return


def _is_generic(cls: At) -> bool:
    return cls.node.child_by_field_name("type_parameters") is not None


__all__ = ["Bean", "Beans", "beans", "class_name", "classes_in", "role_of"]

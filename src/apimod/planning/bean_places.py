"""The files of new classes: where the siblings' lie, with the new words in the folders that are theirs.

A project keeps its classes by layer (``controller/``, ``service/``) or by feature (``users/``): the
sibling shows it. Where there is no sibling, known folders of layers do; else it is a folder a feature.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from apimod import names
from apimod.conventions.beans import class_name, role_of
from apimod.languages.forms import Defined
from apimod.planning.roles import Naming, module_of
from apimod.planning.structs_places import known_folder
from apimod.values import At

if TYPE_CHECKING:
    from apimod.planning.builder import Builder

ASIDE = frozenset("security auth authentication config configuration".split())
"""Folders whose classes serve the program, and no resource."""
DTOS = frozenset("dto request response".split())
"""Last words of classes of what travels."""
FOLDERS = {
    "model": "model",
    "schema": "dto",
    "repository": "repository",
    "service": "service",
    "mapper": "mapper",
    "routes": "controller",
}


class Places:
    """Where the classes of one new resource go."""

    def __init__(self, builder: Builder, naming: Naming) -> None:
        self.builder = builder
        self.naming = naming

    def path(self, role: str, key: str, name: str) -> str:
        """Return the file of a class."""
        folder = self._folder(role, key)
        return f"{folder}/{name}{self.builder.tools.suffix}" if folder else name

    def module(self, path: str) -> str:
        """Return the package of a file."""
        return module_of(self.builder.study, path)

    def _folder(self, role: str, key: str) -> str:
        like = self._like(role, key)
        if like is not None:
            return self.moved(folder_of(like.source.path))
        beans = self.builder.lesson.beans
        if beans.routes is None:
            return self._first(role)
        routes = folder_of(beans.routes.path)
        if self._is_feature(routes):
            return self.moved(routes)
        return known_folder(self.builder, role) or f"{folder_of(routes)}/{FOLDERS[role]}"

    def _like(self, role: str, key: str) -> At | None:
        """Return the sibling's class that stands where the new one goes."""
        beans = self.builder.lesson.beans
        match role:
            case "routes":
                return beans.routes.cls if beans.routes is not None else None
            case "model":
                return beans.model
            case "schema":
                return self._travelling(key)
        layer = beans.layers.get(role)
        if layer is None:
            return None
        return layer.interface if key == "interface" else layer.cls

    def _travelling(self, key: str) -> At | None:
        beans = self.builder.lesson.beans
        near = {"query": "update", "list": "read"}.get(key, key)
        own = {k: c for k, c in beans.travelling.items() if c != beans.model}
        order = (near, "create", "update", "read") if near != "read" else ("read", "create")
        return next((own[k] for k in order if k in own), None)

    def _is_feature(self, folder: str) -> bool:
        """Tell whether a folder, or one above it in the source, is the sibling's own."""
        return self.moved(folder) != folder

    def moved(self, folder: str) -> str:
        """Return a folder with the new words in those of its parts that are the sibling's name."""
        words = self.naming.renamer
        if words is None:
            return folder
        start = len(self.builder.study.prefix)
        old = words.old
        one, many = old.singular.replace("_", ""), old.plural.replace("_", "")
        new = {one: words.new.singular.replace("_", ""), many: words.new.plural.replace("_", "")}
        parts = folder[start:].split("/")
        return folder[:start] + "/".join(new.get(part.lower(), part) for part in parts)

    def _first(self, role: str) -> str:
        """Return the folder of a role where there is no sibling."""
        if role in self._usual:
            return self._usual[role]
        home = self._home()
        if self._usual:
            return f"{home}/{FOLDERS[role]}"
        return f"{home}/{self.naming.plural.flat}"

    @cached_property
    def _usual(self) -> dict[str, str]:
        """The folder that most of the project's classes of a role lie in, where they share one."""
        study = self.builder.study
        folders: dict[str, Counter[str]] = defaultdict(Counter)
        for path in study.paths:
            if ASIDE & set(path.split("/")):
                continue
            source = study.code.source(path)
            for bindings in study.code.scopes(source).module.names.values() if source else ():
                for one in bindings:
                    role = (
                        self._sure(At(source, one.node))
                        if isinstance(one, Defined) and source
                        else ""
                    )
                    folders[role][folder_of(path)] += 1
        most = {role: found.most_common(1)[0] for role, found in folders.items() if role}
        return {role: folder for role, (folder, count) in most.items() if count > 1}

    def _sure(self, cls: At) -> str:
        """Return the role of a class where it is more than a folder's word: ``""`` for others."""
        study = self.builder.study
        role = role_of(study, cls)
        if role == "repository":
            return role if study.types("repository") & study.bases(cls) else ""
        if role == "routes":
            return role if cls.source.path in self._serving else ""
        last = names.words(class_name(study, cls))[-1:]
        return role if role == "model" or {*last} & {"service", "impl", *DTOS} else ""

    @cached_property
    def _serving(self) -> frozenset[str]:
        """The files that hold handlers."""
        served = self.builder.graph.served
        return frozenset(s.handler.source.path for s in served if s.handler is not None)

    def _home(self) -> str:
        """Return the folder of the class that the program starts with."""
        builder = self.builder
        marks = sorted(builder.study.types("application"))
        found = []
        for path in builder.study.paths:
            source = builder.graph.code.source(path)
            text = source.data.decode("utf-8", "replace") if source is not None else ""
            if any(re.search(mark, text) for mark in marks):
                found.append(folder_of(path))
        if found:
            return min(found, key=lambda f: (f.count("/"), f))
        every = [folder_of(p) for p in builder.study.paths]
        return min(every, key=lambda f: (f.count("/"), f), default="src/main/java")


def folder_of(path: str) -> str:
    """Return the folder of a path, without a final slash."""
    return path.rpartition("/")[0]

"""The files of new classes: where the siblings' lie, with the new words in the folders that are theirs.

A project keeps its classes by layer (``controller/``, ``service/``) or by feature (``users/``): the
sibling shows it. Where there is no sibling, known folders of layers do; else it is a folder a feature.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apimod.planning.roles import Naming, module_of
from apimod.planning.structs_places import known_folder

if TYPE_CHECKING:
    from apimod.planning.builder import Builder
    from apimod.values import At

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
        known = known_folder(self.builder, role)
        if known:
            return known
        home = self._home()
        layered = any(known_folder(self.builder, other) for other in FOLDERS)
        if layered:
            return f"{home}/{FOLDERS[role]}"
        return f"{home}/{self.naming.plural.flat}"

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

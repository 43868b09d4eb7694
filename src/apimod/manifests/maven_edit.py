"""A further dependency in a pom.xml, written as its neighbours are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from apimod.errors import Refused
from apimod.manifests.text import Insertion, indent, newline

DEPTH = 2
"""``<dependencies>`` stands right below the root; deeper ones are of profiles, plugins, managed."""


@dataclass
class Element:
    """A ``<dependency>``: its span in bytes, and its plain children."""

    start: int
    end: int = 0
    parts: dict[str, str] = field(default_factory=dict)


@dataclass
class Listed:
    """The dependencies of a project: where the list is closed, and its elements."""

    close: int = -1
    elements: list[Element] = field(default_factory=list)


def add(text: str, file: str, name: str, version: str, scope: str) -> list[Insertion]:
    """Insert a dependency ``group:artifact``; where its group is managed it gets no version.

    Raises Refused where there is no list of dependencies.
    """
    group, _, artifact = name.partition(":")
    data = text.encode()
    listed = _listed(data, file)
    wanted = _version(listed, group, version)
    snippet = _written(group, artifact, wanted, scope, "", "  ", "\n")
    if not listed.elements:
        raise Refused(
            "there is no list of dependencies here to insert into",
            where=f"{file}:1",
            advice="add the dependency by hand",
            snippet=snippet,
        )
    after = _place(listed.elements, group, scope)
    like = data[after.start : after.end].decode()
    outer = indent(text, len(data[: after.start].decode()))
    inner = re.search(r"\n([ \t]*)<", like)
    gap = newline(text)
    new = (
        _written(group, artifact, wanted, scope, outer, inner[1], gap)
        if inner
        else re.sub(r"\n\s*", "", snippet)
    )
    return [(after.end, f"{gap}{outer}{new}".encode())]


def _listed(data: bytes, file: str) -> Listed:
    """Return the project's own list of dependencies. Raises Refused for a file that is no XML."""
    out = Listed()
    path: list[str] = []
    open_: list[Element] = []
    parser = expat.ParserCreate("utf-8")

    def started(tag: str, _: dict[str, str]) -> None:
        path.append(tag)
        if len(path) == DEPTH + 1 and path[1:] == ["dependencies", "dependency"]:
            open_.append(Element(parser.CurrentByteIndex))

    def ended(tag: str) -> None:
        if len(path) == DEPTH + 1 and path[1:] == ["dependencies", "dependency"]:
            element = open_.pop()
            element.end = data.index(b">", parser.CurrentByteIndex) + 1
            out.elements.append(element)
        elif path[1:] == ["dependencies"]:
            out.close = parser.CurrentByteIndex
        path.pop()

    def said(text: str) -> None:
        if open_ and len(path) == DEPTH + 2:
            open_[-1].parts[path[-1]] = open_[-1].parts.get(path[-1], "") + text.strip()

    parser.StartElementHandler, parser.EndElementHandler = started, ended
    parser.CharacterDataHandler = said
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, IndexError) as error:
        raise Refused("the file is no XML that can be read", where=f"{file}:1") from error
    return out


def _version(listed: Listed, group: str, version: str) -> str:
    """Return the version to write: none for a group that others are declared of without one."""
    same = [e for e in listed.elements if e.parts.get("groupId") == group]
    if any(not e.parts.get("version") for e in same):
        return ""
    return same[-1].parts["version"] if same else version


def _place(elements: list[Element], group: str, scope: str) -> Element:
    """Return what the new one follows: the last of its group and scope, of its scope, of all."""
    alike = [e for e in elements if _kind(e.parts.get("scope", "")) == _kind(scope)]
    own = [e for e in alike if e.parts.get("groupId") == group]
    return (own or alike or elements)[-1]


def _kind(scope: str) -> str:
    return "test" if scope == "test" else "runtime" if scope == "runtime" else "main"


def _written(
    group: str, artifact: str, version: str, scope: str, outer: str, inner: str, gap: str
) -> str:
    parts = [("groupId", group), ("artifactId", artifact), ("version", version), ("scope", scope)]
    lines = [f"{inner}<{tag}>{text}</{tag}>" for tag, text in parts if text]
    return gap.join(["<dependency>", *lines, f"{outer}</dependency>"])

"""A further dependency in a build.gradle or build.gradle.kts, written as its neighbours are."""

from __future__ import annotations

import re

from apimod.errors import Refused
from apimod.manifests.text import Insertion, indent, insertion, line_end, newline

CONFIGURATIONS = {"": "implementation", "runtime": "runtimeOnly", "test": "testImplementation"}
SKIP = re.compile(
    r"//[^\n]*|/\*.*?\*/|\"\"\".*?\"\"\"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", re.DOTALL
)
OPENS = re.compile(r"(?<![\w.])(\w+)\s*\{")
LINE = re.compile(
    r"^[ \t]*(?P<configuration>\w+)(?P<open>[ \t]*\(?)(?P<quote>[\"'])"
    r"(?P<group>[\w.-]+):(?P<artifact>[\w.-]+)"
    r"(?::(?P<version>[^\"']+))?(?P=quote)(?P<close>\)?)[ \t]*;?[ \t]*(?://[^\n]*)?\r?$",
    re.MULTILINE,
)


def add(text: str, file: str, name: str, version: str, scope: str) -> list[Insertion]:
    """Insert a dependency ``group:artifact``; where its group is managed it gets no version.

    Raises Refused where the block of dependencies has no line that shows how one is written.
    """
    configuration = CONFIGURATIONS[scope]
    group = name.partition(":")[0]
    block = _block(text)
    lines = [m for m in LINE.finditer(text) if block and block[0] <= m.start() < block[1]]
    lines = [m for m in lines if _flat(text, block, m.start())]
    if not lines:
        raise Refused(
            "no line here shows how a dependency is written",
            where=f"{file}:1",
            advice="add the dependency by hand, or to the catalog of versions",
            snippet=f'{configuration}("{name}{":" if version else ""}{version}")',
        )
    same = [m for m in lines if m["group"] == group]
    if same:
        written = [m["version"] for m in same if m["version"]]
        version = "" if len(written) < len(same) else written[-1]
    alike = [m for m in lines if m["configuration"] == configuration]
    own = [m for m in alike if m["group"] == group]
    like = (own or alike or lines)[-1]
    whole = f"{name}:{version}" if version else name
    quote = like["quote"]
    line = f"{configuration}{like['open']}{quote}{whole}{quote}{like['close']}"
    end = line_end(text, like.end() - 1)
    return [insertion(text, end, f"{newline(text)}{indent(text, like.start())}{line}")]


def _block(text: str) -> tuple[int, int] | None:
    """Return the span of the project's own block of dependencies: the one at the file's top."""
    plain = SKIP.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    for found in OPENS.finditer(plain):
        if found[1] != "dependencies" or _depth(plain, found.start()):
            continue
        depth = 0
        for at in range(found.end() - 1, len(plain)):
            depth += (plain[at] == "{") - (plain[at] == "}")
            if depth == 0:
                return found.end(), at
    return None


def _flat(text: str, block: tuple[int, int] | None, at: int) -> bool:
    """Tell whether a line stands in the block itself, and in no block or comment inside of it."""
    if block is None:
        return False
    plain = SKIP.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    comment = re.compile(r"/\*.*?\*/", re.DOTALL)
    inside = any(m.start() <= at < m.end() for m in comment.finditer(text))
    return not inside and _depth(plain, at) == 1


def _depth(plain: str, at: int) -> int:
    return plain.count("{", 0, at) - plain.count("}", 0, at)

"""go.mod: the module's path, its direct requirements, and a further one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apimod.manifests.model import Dependency


def module_path(text: str) -> str:
    """Return what the ``module`` line names; ``""`` without one."""
    for _, verb, rest in directives(text):
        if verb == "module":
            return unquote(rest[0]) if rest else ""
    return ""


def directives(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yield (line, verb, words) of every directive, blocks flattened, without comments.

    The words of a requirement that is indirect end in ``// indirect``.
    """
    block = ""
    for number, line in enumerate(text.split("\n"), start=1):
        code, slashes, comment = line.partition("//")
        words = re.findall(r'"[^"]*"|`[^`]*`|=>|[()]|[^\s()"`]+', code)
        if slashes and re.match(r"\s*indirect\b", comment):
            words.append("// indirect")
        if not words:
            continue
        if block and words[0] == ")":
            block = ""
        elif block:
            yield number, block, words
        elif len(words) > 1 and words[1] == "(":
            block = words[0]
        else:
            yield number, words[0], words[1:]


def unquote(word: str) -> str:
    """Return a word without the quotes that go.mod allows around it."""
    return word[1:-1] if len(word) > 1 and word[0] in '"`' and word[0] == word[-1] else word


def dependencies(text: str, file: str) -> Iterator[Dependency]:
    """Yield the direct requirements, and the tools as ``dev``; a replacement's version wins."""
    replaced = _replacements(text)
    for number, verb, words in directives(text):
        if not words:
            continue
        path = unquote(words[0])
        if verb == "require" and words[-1] != "// indirect":
            version, local = replaced.get(path, ("", ""))
            given = words[1] if len(words) > 1 else ""
            yield Dependency(path, version or given, file, number, "main", (), local)
        elif verb == "tool":
            yield Dependency(path, "", file, number, "dev")


def _replacements(text: str) -> dict[str, tuple[str, str]]:
    """Return, for each replaced module, the other version or the local folder."""
    found: dict[str, tuple[str, str]] = {}
    for _, verb, words in directives(text):
        if verb != "replace" or "=>" not in words:
            continue
        arrow = words.index("=>")
        target = [unquote(word) for word in words[arrow + 1 :]]
        if target and target[0].startswith((".", "/")):
            found[unquote(words[0])] = ("", target[0])
        elif len(target) > 1:
            found[unquote(words[0])] = (target[1], "")
    return found

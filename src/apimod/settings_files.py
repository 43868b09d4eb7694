"""Settings in files: what a project's ``.properties`` and YAML files say by default.

Which files, and how a string refers to a setting, is in a matcher's ``[settings]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from apimod.values import Piece, Text

if TYPE_CHECKING:
    from apimod.codebase import Codebase
    from apimod.pack import Unit

MAX_DEPTH = 8
PROPERTY = re.compile(r"\s*([^=:\s#!][^=:\s]*)\s*[=:]?\s*(.*)")
ENTRY = re.compile(r"( *)(- +)?([\"']?)([\w.\[\]/$-]+)\3 *:(?: +(.*)|$)")
LIST_ITEM = re.compile(r"( *)- +((?![\w.-]+: )\S.*)$")
REFERENCE = re.compile(r"\$\{([^${}:]+)(?::((?:[^{}]|\{[^{}]*\})*))?\}")
EXPRESSION = re.compile(r"#\{([^{}]*)\}")


def key_of(name: str) -> str:
    """Return a key in the form in which keys are compared: however its words are put together."""
    return name.replace("-", "").replace("_", "").lower()


def properties(text: str) -> dict[str, str]:
    """Return what a ``.properties`` file says; of several documents, the first."""
    out: dict[str, str] = {}
    lines = iter(re.sub(r"\\\r?\n\s*", "", text).splitlines())
    for line in lines:
        if line.startswith(("#---", "!---")):
            break
        found = PROPERTY.match(line) if line.strip() and line.strip()[0] not in "#!" else None
        if found:
            out[key_of(found.group(1))] = found.group(2).strip()
    return out


def yaml(text: str, only: Iterable[str] = ()) -> dict[str, str]:
    """Return the scalars of a YAML file by their dotted keys.

    Documents that hold a key of ``only`` are for special occasions and left out.
    """
    out: dict[str, str] = {}
    special = {key_of(k) for k in only}
    for document in re.split(r"(?m)^---.*$", text):
        found = _document(document)
        if not special & found.keys():
            out.update(found)
    return out


def _document(text: str) -> dict[str, str]:
    out: dict[str, str] = {}
    stack: list[tuple[int, str]] = []
    for line in text.splitlines():
        item = LIST_ITEM.match(line)
        if item and stack:
            name = key_of(".".join(n for _, n in stack))
            one = _scalar(item.group(2))
            out[name] = f"{out[name]},{one}" if name in out else one
            continue
        found = ENTRY.match(line) if not line.lstrip().startswith("#") else None
        if found is None or found.group(2):
            continue
        indent, name, value = len(found.group(1)), found.group(4), found.group(5) or ""
        while stack and stack[-1][0] >= indent:
            stack.pop()
        value = _scalar(value)
        if value:
            out[key_of(".".join([*(n for _, n in stack), name]))] = value
        stack.append((indent, name))
    return out


def _scalar(text: str) -> str:
    text = text.strip()
    if text[:1] in "\"'" and text[:1]:
        end = text.find(text[0], 1)
        return text[1:end] if end > 0 else text[1:]
    return re.sub(r"(?<!\s)\s++#.*$", "", text)


def read_settings(code: Codebase, unit: Unit, root: str) -> dict[str, str]:
    """Return the settings of a project, by the files that a unit names; later names win."""
    table = unit.table("settings")
    names = table.get("files", ())
    folder = root.rstrip("/") + "/" if root not in ("", ".") else ""
    out: dict[str, str] = {}
    for inside in (folder, ""):
        for name in names:
            for path in code.paths:
                fits = path.startswith(inside) and (path == name or path.endswith("/" + name))
                if not fits or "/test/" in f"/{path}":
                    continue
                source = code.source(path)
                text = source.data.decode("utf-8", "replace") if source is not None else ""
                if path.endswith(".properties"):
                    out.update(properties(text))
                else:
                    out.update(yaml(text, table.get("only", ())))
        if out:
            break
    return out


class Placeholders:
    """Fills references to settings in strings, as a unit writes them: ``${name:default}``."""

    def __init__(self, settings: Mapping[str, str], active: bool) -> None:
        self.settings = settings
        self.active = active

    def get(self, name: str) -> Text:
        """Return a setting, with its own references filled."""
        return self.filled(Text(self.settings.get(key_of(name), "")))

    def listed(self, name: str) -> list[str]:
        """Return the elements of a setting that is a list: ``a,b``, or ``name[0]`` and so on."""
        key = key_of(name)
        given = [self._text(v, 0) for k, v in self.settings.items() if k.startswith(f"{key}[")]
        given = given or [self._text(self.settings.get(key, ""), 0)]
        return [one.strip() for text in given for one in text.split(",") if one.strip()]

    def filled(self, text: Text) -> Text:
        """Return a string with its references filled; one that nothing says shows as a hole."""
        if not self.active or ("${" not in text.text and "#{" not in text.text):
            return text
        at = text.pieces[0].at if text.pieces else None
        whole = EXPRESSION.sub(lambda m: f"{{?{m.group(1)}}}", self._text(text.text, 0))
        sure = text.known and "{?" not in whole
        return Text.of([Piece(whole, at, known=sure)])

    def _text(self, text: str, depth: int) -> str:
        if depth > MAX_DEPTH:
            return text

        def value(found: re.Match[str]) -> str:
            given = self.settings.get(key_of(found.group(1).strip()), found.group(2))
            return f"{{?{found.group(1).strip()}}}" if given is None else given

        filled = REFERENCE.sub(value, text)
        return self._text(filled, depth + 1) if "${" in filled and filled != text else filled

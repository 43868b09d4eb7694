"""How a project of JavaScript writes: from its formatter's settings, else from its files."""

from __future__ import annotations

import dataclasses
import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from apimod.codebase_paths import folder_of, join
from apimod.languages.buffer import Buffer
from apimod.languages.javascript_bound import imports_of
from apimod.languages.javascript_edit import JAVASCRIPT
from apimod.languages.javascript_edit_imports import shown
from apimod.languages.javascript_paths import aliases_of, read_json
from apimod.languages.javascript_style import Commas, ScriptStyle
from apimod.manifests import dependencies

if TYPE_CHECKING:
    from apimod.planning.builder import Builder
    from apimod.planning.teach import Lesson
    from apimod.planning.tools import Tools
    from apimod.rename import Renamer
    from apimod.source import Source

MANY = 60
"""So many files show how a project writes."""
_SETTINGS = (
    ".prettierrc", ".prettierrc.json", ".prettierrc.yaml", ".prettierrc.yml", ".prettierrc.json5",
    ".prettierrc.js", ".prettierrc.cjs", ".prettierrc.mjs", "prettier.config.js",
    "prettier.config.cjs", "prettier.config.mjs", "prettier.config.ts",
)  # fmt: skip
_PAIR = re.compile(r"""^\s*['"]?(\w+)['"]?\s*:\s*['"]?([\w-]+)['"]?\s*,?\s*(?://.*)?$""", re.M)
_FORMATTER = _SETTINGS[0].strip(".").removesuffix("rc")
_TYPED = (".ts", ".mts", ".cts", ".tsx")


def project_tools(builder: Builder, tools: Tools) -> Tools:
    """Return the tools with the ending of the project's files, and the style that they are in."""
    sources = _sources(builder)
    endings = Counter(source.path[source.path.rindex(".") :] for source in sources)
    suffix = endings.most_common(1)[0][0] if endings else ".js"
    return replace(tools, suffix=suffix, script=project_style(builder, sources))


def _sources(builder: Builder) -> list[Source]:
    """Return the files that show the style: those of routes first, no settings, no build files."""
    code = builder.graph.code
    first = [served.endpoint.file for served in builder.graph.served]
    ranked = dict.fromkeys(p for p in (*first, *builder.study.paths) if p in {*builder.study.paths})
    found = (code.source(p) for p in ranked if not re.search(r"\.config\.|(^|/)\.", p))
    return [s for s in found if s is not None and s.path.endswith(tuple(JAVASCRIPT.extensions))][
        :MANY
    ]


def project_style(builder: Builder, sources: list[Source]) -> ScriptStyle:
    """Return the style of a project."""
    style = _from_tokens(ScriptStyle(), sources)
    return _told(builder, _modules(builder, style, sources))


# --- what the files show -------------------------------------------------------------------------


def _from_tokens(style: ScriptStyle, sources: list[Source]) -> ScriptStyle:
    text = "\n".join(source.text_all for source in sources)
    if not text:
        return style
    single = len(re.findall(r"'[^'\"\n]*'", text))
    double = len(re.findall(r'"[^\'"\n]*"', text))
    ended = len(re.findall(r"[\w)\]'\"`];[ \t]*$", text, re.M))
    unended = len(
        re.findall(r"^[ \t]*(?:const|let|return|import|await)\b[^\n]*[\w)'\"`][ \t]*$", text, re.M)
    )
    units = Counter(source.indent_unit for source in sources if source.indent_unit)
    unit = units.most_common(1)[0][0] if units else style.unit
    with_comma = len(re.findall(r"[\w)\]}'\"`],\n\s*[}\]]", text))
    arguments = len(re.findall(r"[\w)\]}'\"`],\n\s*\)", text))
    objects = len(re.findall(r"(?:[{\[]\n(?:[^{}\[\]\n]*,\n)+[^{}\[\]\n]*[^,\n]\n\s*[}\]])", text))
    commas: Commas = "none" if objects > with_comma else "all" if arguments else "es5"
    avoid = len(re.findall(r"[(=,:>] ?(?:async )?\w+ =>", text))
    always = len(re.findall(r"\(\w+(?:: [\w.<>\[\]]+)?\) =>", text))
    tight = len(re.findall(r"[(=] ?\{[\w'\"]", text))
    loose = len(re.findall(r"[(=] ?\{ [\w'\"]", text))
    return replace(
        style,
        quote="'" if single > double else '"',
        semicolons=ended >= unended,
        unit="\t" if unit == "\t" else unit,
        commas=commas if with_comma or objects else style.commas,
        arrows="avoid" if avoid > always else "always",
        spaced=loose >= tight,
        width=_width(text),
    )


def _width(text: str) -> int:
    """Return the width that the longest lines of code keep to: 80, 100, 120 …"""
    lengths = sorted(
        len(line.expandtabs(4))
        for line in text.splitlines()
        if not re.search(r"https?://|['\"`].{40,}|^\s*(?:\*|//)", line)
    )
    if len(lengths) < 40:
        return 80
    longest = lengths[-max(1, len(lengths) // 200)]
    return next((width for width in (80, 90, 100, 110, 120, 140) if longest <= width), 80)


def _ending(builder: Builder, sources: list[Source]) -> str:
    """Return what must end a file's name in an import, where no file shows it."""
    code, folder = builder.graph.code, builder.project.path
    package = read_json(code, join("" if folder == "." else folder, "package.json"))
    if package.get("type") != "module":
        return ""
    typed = [source for source in sources if source.path.endswith(_TYPED)]
    if not typed:
        return ".js"
    settings = read_json(code, join("" if folder == "." else folder, "tsconfig.json"))
    options = settings.get("compilerOptions")
    resolution = options if isinstance(options, dict) else {}
    asked = f"{resolution.get('module', '')} {resolution.get('moduleResolution', '')}".lower()
    return ".js" if re.search(r"node(16|18|20|next)", asked) else ""


def _modules(builder: Builder, style: ScriptStyle, sources: list[Source]) -> ScriptStyle:
    """Return the style with how files name one another, as most files do."""
    aliases = aliases_of(builder.graph.code, builder.project.prefix.rstrip("/"))
    style = replace(style, aliases=aliases, ending=_ending(builder, sources))
    views = []
    for source in sources:
        buffer = Buffer(source, JAVASCRIPT)
        if next(imports_of(buffer), None) is not None:
            views.append(shown(buffer, style))
    if not views:
        return style
    own = [each for each, source in zip(views, sources, strict=False) if source]

    def most(name: str) -> Any:
        return Counter(getattr(each, name) for each in own).most_common(1)[0][0]

    return replace(
        style,
        modules=most("modules"),
        ending=most("ending"),
        types=next((each.types for each in own if each.types), ""),
        aliased=any(each.aliased for each in own),
    )


# --- what the settings say -----------------------------------------------------------------------


def _told(builder: Builder, style: ScriptStyle) -> ScriptStyle:
    """Return the style as the settings of formatters say it."""
    told = _settings(builder)
    if told is None:
        return style
    width = _number(told.get("printWidth"), 80)
    unit = "\t" if _true(told.get("useTabs")) else " " * _number(told.get("tabWidth"), 2)
    major = _major(builder)
    usual = "all" if major >= 3 else "es5" if major == 2 else "none"
    commas = str(told.get("trailingComma", usual))
    return replace(
        style,
        quote="'" if _true(told.get("singleQuote")) else '"',
        semicolons=not _false(told.get("semi")),
        unit=unit,
        tab=_number(told.get("tabWidth"), 2),
        commas="none" if commas == "none" else "es5" if commas == "es5" else "all",
        width=width,
        spaced=not _false(told.get("bracketSpacing")),
        arrows="avoid"
        if told.get("arrowParens", "avoid" if major < 2 else "always") == "avoid"
        else "always",
    )


def _major(builder: Builder) -> int:
    """Return the major version of the formatter, as its defaults differ; the newest where unsaid."""
    for dependency in dependencies(builder.project):
        found = re.search(r"\d+", dependency.constraint)
        if dependency.name == _FORMATTER and found:
            return int(found[0])
    return 3


def _settings(builder: Builder) -> dict[str, Any] | None:
    """Return the formatter's settings that are nearest to the project; None where there are none."""
    folder = builder.project.prefix.rstrip("/")
    while True:
        for name in _SETTINGS:
            text = builder.project.text(join(folder, name))
            if text:
                return {**_editor(builder, folder), **_parsed(text)}
        found = _from_package(builder.project.text(join(folder, "package.json")))
        if found is not None:
            return {**_editor(builder, folder), **found}
        if not folder:
            return None
        folder = folder_of(folder)


def _from_package(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text or "{}").get("prettier")
    except (ValueError, AttributeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _parsed(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
        if isinstance(found, dict):
            return found
    except (ValueError, RecursionError):
        pass
    return dict(_PAIR.findall(re.sub(r"([{,])(?=\s*['\"]?\w+['\"]?\s*:)", r"\1\n", text)))


def _editor(builder: Builder, folder: str) -> dict[str, Any]:
    """Return what an .editorconfig says to the formatter."""
    text = builder.project.text(join(folder, ".editorconfig"))
    out: dict[str, Any] = {}
    section = re.search(r"^\[\*\]\s*$(.*?)(?=^\[|\Z)", text, re.M | re.S)
    for key, value in re.findall(r"^\s*(\w+)\s*=\s*(\w+)", section[1] if section else "", re.M):
        if key == "indent_style":
            out["useTabs"] = value == "tab"
        elif key == "indent_size" and value.isdigit():
            out["tabWidth"] = int(value)
        elif key == "max_line_length" and value.isdigit():
            out["printWidth"] = int(value)
    return out


def _number(value: Any, default: int) -> int:
    return int(value) if str(value).isdigit() else default


def _true(value: Any) -> bool:
    return value is True or value == "true"


def _false(value: Any) -> bool:
    return value is False or value == "false"


# --- names of files ------------------------------------------------------------------------------


def spelled(builder: Builder, words: Renamer) -> Renamer:
    """Return the renamer with the cases in which files and folders of several words are named."""
    file, folder = file_case(builder)
    spelling = replace(words.spelling, file=file, package=folder)
    return replace(words, spelling=spelling)


def file_case(builder: Builder) -> tuple[str, str]:
    """Return the cases in which files and folders of several words are named."""
    prefix = builder.project.prefix
    paths = [p.removeprefix(prefix) for p in builder.study.paths]
    stems = [part for p in paths for part in p.rpartition("/")[2].split(".")[:-1]]
    folders = [part for p in {p.rpartition("/")[0] for p in paths} for part in p.split("/")]
    dotted = any(p.rpartition("/")[2].count(".") > 1 for p in paths)
    file = _case(stems) or ("kebab" if dotted else "camel")
    folder = _case(folders) or ("kebab" if file == "pascal" else file)
    return file, folder


def _case(names: Iterable[str]) -> str:
    votes: Counter[str] = Counter()
    for name in names:
        if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", name):
            votes["kebab"] += 1
        elif re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)+", name):
            votes["snake"] += 1
        elif re.fullmatch(r"[a-z]+[a-z0-9]*([A-Z][a-z0-9]*)+", name):
            votes["camel"] += 1
    return votes.most_common(1)[0][0] if votes else ""


def with_case(lesson: Lesson) -> Lesson:
    """Return a lesson with the case of the names on the wire: that of the sibling's own keys."""
    taught = lesson.conventions
    texts = [p.source.text_all for role, p in lesson.parts.items() if role in ("schema", "model")]
    keys = re.findall(r"^\s*['\"]?(\w+)['\"]?\??\s*:", "\n".join(texts), re.MULTILINE)
    snake = sum("_" in key.strip("_") for key in keys)
    camel = sum(bool(re.search(r"[a-z][A-Z]", key)) for key in keys)
    schema = replace(taught.schema, camel=snake <= camel)
    conventions = replace(taught, schema=schema)
    return dataclasses.replace(lesson, conventions=conventions)

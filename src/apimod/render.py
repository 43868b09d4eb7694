"""The template environment: Jinja's sandbox, undefined names as errors, bounds on time and size.

Everything that a template prints is either its own text, ``Code`` (text that the engine made or
copied from the project), or a plain value that is an identifier by construction. A value that a
user typed is ``Raw`` and can be printed only through the ``literal`` filter.
"""

from __future__ import annotations

import contextlib
import functools
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apimod.errors import PackError
from apimod.pack import builtin_root

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment
    from jinja2.bccache import Bucket

    from apimod.codemods import Codemod, Template

MAX_BYTES = 1_000_000
MAX_SECONDS = 10.0


class Raw:
    """A value that a user typed. It prints only through ``literal``, which quotes it."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, Raw) else other)

    def __hash__(self) -> int:
        return hash(self.value)

    def __bool__(self) -> bool:
        return bool(self.value)


def environment(root: Path, literal: Callable[[object], str]) -> Environment:
    """Return the environment for the templates below ``root/codemods``.

    ``literal`` renders a value as a literal of the target language.
    """
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    kind = ImmutableSandboxedEnvironment
    if root != builtin_root():
        from apimod.guarded import GuardedEnvironment

        kind = GuardedEnvironment
    env = kind(
        loader=_BodyLoader(FileSystemLoader(str(root / "codemods"))),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        finalize=_finalize,
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
        bytecode_cache=_kept(root),
    )
    env.filters["literal"] = lambda value: literal(value.value if isinstance(value, Raw) else value)
    env.filters["code"] = _indent_code
    env.tests["of_type"] = lambda field, *types: field.type in types
    return env


def _kept(root: Path) -> BytecodeCache | None:
    """Return what keeps compiled templates, as Python keeps compiled modules and where it does.

    Only those that came with the program are kept: to write there is to be able to run code.
    """
    if root != builtin_root() or sys.implementation.cache_tag is None:
        return None
    from jinja2 import FileSystemBytecodeCache

    class Kept(FileSystemBytecodeCache):
        def dump_bytecode(self, bucket: Bucket) -> None:
            if not sys.dont_write_bytecode:
                with contextlib.suppress(OSError):
                    Path(self.directory).mkdir(parents=True, exist_ok=True)
                    super().dump_bytecode(bucket)

    settings = zlib.crc32(Path(__file__).read_bytes())  # those above, which the keys do not know
    folder = Path(cache_from_source(__file__)).parent
    return Kept(str(folder), f"template-{settings:08x}-%s.cache")


def render(env: Environment, template: Template, context: Mapping[str, Any]) -> str:
    """Return a template's body, rendered. Raises PackError with ``template:line`` at fault."""
    return render_text(env, f"{template.name}", context)


def render_text(env: Environment, name: str, context: Mapping[str, Any]) -> str:
    """Render the body of the template at ``name`` (below ``codemods/``)."""
    from jinja2 import TemplateError
    from jinja2.exceptions import SecurityError

    try:
        with _in_time(env, name):
            chunks = env.get_template(name).generate(dict(context))
            return "".join(_bounded(chunks, name))
    except (TemplateError, SecurityError, Unprintable, TypeError) as error:
        line = getattr(error, "lineno", None) or _line_in_template(error)
        raise PackError(f"cannot render: {error}", where=f"{name}:{line or 1}") from error


def evaluate(env: Environment, expression: str, context: Mapping[str, Any], where: str) -> str:
    """Render a front matter value, such as ``{{ roles.routes.path }}``."""
    from jinja2 import TemplateError

    if "{" not in expression:
        return expression
    try:
        with _in_time(env, where):
            return env.from_string(expression).render(dict(context)).strip()
    except (TemplateError, Unprintable, TypeError) as error:
        raise PackError(f"cannot render {expression!r}: {error}", where=where) from error


def macros(env: Environment, name: str, context: Mapping[str, Any]) -> Any:
    """Return the macros of the library at ``name``, bound to a context."""
    from jinja2 import TemplateError

    try:
        with _in_time(env, name):
            return env.get_template(name).make_module(dict(context))
    except (TemplateError, Unprintable, TypeError) as error:
        line = getattr(error, "lineno", None) or _line_in_template(error)
        raise PackError(f"cannot render: {error}", where=f"{name}:{line or 1}") from error


@contextlib.contextmanager
def _in_time(env: Environment, where: str) -> Iterator[None]:
    """Bound the time of a template that did not come with the program. Raises PackError."""
    if env.bytecode_cache is not None or type(env).__module__ != "apimod.guarded":
        yield
        return
    from apimod.guarded import TooLong, in_time

    try:
        with in_time():
            yield
    except TooLong as error:
        raise PackError("the template takes too long", where=where) from error


def check(env: Environment, codemod: Codemod, known: set[str]) -> None:
    """Check that every template uses known names only, so that a typo shows when a pack loads."""
    from jinja2 import TemplateError, meta, nodes

    for template in codemod.templates:
        try:
            loader = env.loader
            assert loader is not None
            tree = env.parse(loader.get_source(env, template.name)[0])
        except TemplateError as error:
            line = getattr(error, "lineno", None) or 1
            raise PackError(f"{error}", where=f"{template.name}:{line}") from error
        own = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
        own |= {found.target for found in tree.find_all(nodes.Import)}
        unknown = meta.find_undeclared_variables(tree) - known - own
        if unknown:
            names = ", ".join(sorted(unknown))
            raise PackError(f"the template uses unknown names: {names}", where=template.name)


class Unprintable(Exception):
    """A template printed a value that it may not print as it is."""


def _finalize(value: object) -> object:
    if isinstance(value, Raw):
        raise Unprintable("a value that a user typed needs the `literal` filter")
    if value is None:
        raise Unprintable("a template printed None")
    return value


def _bounded(chunks: Iterator[str], name: str) -> Iterator[str]:
    deadline, size = time.monotonic() + MAX_SECONDS, 0
    for chunk in chunks:
        size += len(chunk)
        if size > MAX_BYTES or time.monotonic() > deadline:
            raise PackError("the template renders too much or too long", where=name)
        yield chunk


def _line_in_template(error: BaseException) -> int | None:
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".j2"):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _indent_code(text: object, width: int = 4, first: bool = False) -> str:
    """Indent the lines of a piece of code by ``width`` columns; blank lines stay blank."""
    pad = " " * width
    lines = str(text).split("\n")
    shown = [pad + line if line.strip() and (first or i) else line for i, line in enumerate(lines)]
    return "\n".join(shown)


@functools.cache
def _loader_class() -> type[Any]:
    from jinja2 import BaseLoader

    class Loader(BaseLoader):
        """Serves templates with their front matter blanked, so that line numbers stay true."""

        def __init__(self, inner: Any) -> None:
            self.inner = inner

        def get_source(self, environment: Environment, template: str) -> Any:
            source, filename, current = self.inner.get_source(environment, template)
            return blank_front_matter(source), filename, current

    return Loader


def _BodyLoader(inner: Any) -> Any:  # noqa: N802
    return _loader_class()(inner)


def blank_front_matter(source: str) -> str:
    """Replace the front matter by a Jinja comment of as many lines."""
    lines = source.split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        return source
    end = lines.index("---", 1)
    return "{#" + "\n" * end + "-#}\n" + "\n".join(lines[end + 1 :])

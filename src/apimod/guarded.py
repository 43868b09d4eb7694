"""The template environment of a pack that did not come with the program.

It runs in the child of ``apimod.bounds``, which bounds memory. Here are the bounds on time, and on
what a template may reach: names, texts, and the values of the context, but nothing that leads from
them to files, trees or the engine.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

SECONDS = 5.0
_OPEN = (
    *("builtins", "jinja2", "markupsafe", "collections", "enum"),
    *("apimod.views", "apimod.model", "apimod.render", "apimod.conventions", "apimod.planning"),
    *("apimod.languages.buffer", "apimod.names", "apimod.fields"),
)
"""The modules whose values a template may look into."""
_MADE = (dict, range)
"""The types that a template may call, besides those that come with its language."""
_SHUT = frozenset(("apimod.planning.builder", "apimod.conventions.study"))


class TooLong(Exception):
    """A template that did not end in time."""


class GuardedEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox in which only the context's own values can be looked into."""

    intercepted_binops = frozenset(("**",))

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        del self.globals["lipsum"]

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Refuse powers: one of them alone can take for ever, and no alarm interrupts it."""
        raise SecurityError("a template takes no powers")

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read an attribute."""
        return super().is_safe_attribute(obj, attr, value) and _is_open(obj) and _is_open(value)

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call something."""
        return super().is_safe_callable(obj) and _is_open(obj)


def _is_open(value: object) -> bool:
    module = getattr(type(value), "__module__", "")
    if isinstance(value, type):
        return value in _MADE or value.__module__ == "jinja2.utils"
    if module in ("builtins", "types", "functools"):
        of = getattr(value, "__self__", None)
        return of is None or isinstance(of, type) or _is_open(of)
    if module in _SHUT:
        return False
    return any(module == name or module.startswith(f"{name}.") for name in _OPEN)


@contextlib.contextmanager
def in_time() -> Iterator[None]:
    """Raise TooLong within the block when it takes longer than a template may.

    Only the main thread of a system with alarms can do so; elsewhere the child's end is the bound.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not (
        threading.main_thread()
    ):
        yield
        return

    def late(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise TooLong

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

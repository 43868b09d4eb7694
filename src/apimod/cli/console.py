"""Standard output, standard error and questions: the only place that prints or asks."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence

from apimod import printable
from apimod.errors import Declined

clean = printable.clean


class Unprintable(OSError):
    """Standard output takes nothing more, though its reader is there: a full disk, for example."""


def out(text: str) -> None:
    """Print text to standard output, with a final newline."""
    out_bytes(text.encode("utf-8", "backslashreplace") + b"\n")


def out_bytes(data: bytes) -> None:
    """Write bytes to standard output as they are."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(data.decode("utf-8", "replace"))
    else:
        try:
            sys.stdout.flush()
            buffer.write(data)
            buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise Unprintable(*error.args) from error


def note(text: str) -> None:
    """Print a line to standard error, for what a person should know."""
    stream = sys.stderr
    encoding = getattr(stream, "encoding", None) or "utf-8"
    safe = clean(text).encode(encoding, "backslashreplace").decode(encoding)
    # Where nobody can be told, the exit code says it.
    with contextlib.suppress(OSError):
        print(safe, file=stream, flush=True)


def is_interactive() -> bool:
    """Whether someone sits there to read a question and to answer it."""
    return _is_tty(sys.stdin) and _is_tty(sys.stdout)


def shows_colour(when: str) -> bool:
    """Whether standard output takes colour, by ``--color``, NO_COLOR and what it is."""
    if when != "auto":
        return when == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return _is_tty(sys.stdout)


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return _is_tty(sys.stdout)


def width() -> int:
    """The columns of the terminal."""
    import shutil

    return shutil.get_terminal_size((100, 24)).columns


def agrees(question: str) -> bool:
    """Ask a question that is answered by yes or no; no is the default."""
    return _answer(f"{question} [y/N] ").lower() in ("y", "yes")


def choose(question: str, choices: Sequence[str]) -> str:
    """Ask which of several it shall be; raises Declined where none is chosen."""
    out(clean(question))
    for number, choice in enumerate(choices, 1):
        out(f"  {number}  {clean(choice)}")
    while True:
        answer = _answer(f"1-{len(choices)}, or nothing to leave: ")
        if not answer:
            raise Declined("nothing was chosen, and nothing was written")
        if answer.isdecimal() and 1 <= int(answer) <= len(choices):
            return choices[int(answer) - 1]
        if answer in choices:
            return answer


def _answer(prompt: str) -> str:
    out_bytes(prompt.encode("utf-8", "backslashreplace"))
    line = sys.stdin.readline()
    if not line:
        out("")
        raise Declined("no answer was given, and nothing was written")
    return line.strip()


def _is_tty(stream: object) -> bool:
    isatty = getattr(stream, "isatty", None)
    try:
        return bool(isatty and isatty())
    except ValueError:  # closed
        return False

"""The console's entry: every error becomes one line and an exit code here, and nowhere else."""

from __future__ import annotations

import gc
import os
import signal
import sys
from types import TracebackType
from typing import Self

import click

from apimod.cli import console
from apimod.cli.group import apimod
from apimod.errors import ApimodError, Conflict, Incomplete, InternalError, PackError, Refused

COMPLETE = "_APIMOD_COMPLETE"


def run() -> None:
    """Run the program on ``sys.argv`` and exit."""
    # What is read is kept to the end; looking for garbage among it takes a fifth of a long run.
    gc.set_threshold(100_000, 50, 50)
    _hold_streams()
    _end_in_order()
    if COMPLETE in os.environ:
        apimod.main(prog_name="apimod")
    sys.exit(main(sys.argv[1:]))


def main(args: list[str]) -> int:
    """Run the program and return its exit code; it raises nothing."""
    ending = _Ending(args)
    with ending, apimod.make_context("apimod", list(args)) as context:
        ending.code = apimod.invoke(context) or 0
        sys.stdout.flush()
    return ending.code


class _Ending:
    """Turns whatever ended the program into a line on standard error and an exit code."""

    def __init__(self, args: list[str]) -> None:
        self.args = args
        self.code = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if error is not None:
            self.code = self._code(error)
        return True

    def _code(self, error: BaseException) -> int:
        match error:
            case click.exceptions.Exit():
                return error.exit_code
            case SystemExit():
                return error.code if isinstance(error.code, int) else 70 if error.code else 0
            case KeyboardInterrupt() | click.Abort():
                console.note("apimod: interrupted")
                return 130
            case BrokenPipeError():
                _silence()
                return 0
            case click.ClickException():
                return _click_problem(error)
            case console.Unprintable():
                console.note(f"apimod: the report cannot be printed: {error.strerror}")
                _silence()
                return Incomplete.exit_code
            case ApimodError():
                return _problem(error, self.args)
            case _:
                _report(error, self.args)
                return 70


def _hold_streams() -> None:
    """Open what was closed of the three standard streams, lest a file of ours become one."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123


def _end_in_order() -> None:
    """Let a polite request to end roll back a write, as an interrupt does."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, interrupt)


def _problem(error: ApimodError, args: list[str]) -> int:
    console.note(one_line(error))
    if isinstance(error, Refused) and error.snippet:
        # What is in the way is shown; what could not be put in is there to be pasted.
        head = "what stands there now" if isinstance(error, Conflict) else "to put in by hand"
        console.note(f"\n{head}:\n\n{error.snippet}")
    if isinstance(error, PackError | InternalError):
        _report(error, args)
    return error.exit_code


def _report(error: BaseException, args: list[str]) -> None:
    from apimod.cli import faults

    faults.report(error, args)


def one_line(error: ApimodError) -> str:
    """Return an error as the one line that a person reads: place, what, and what to do next."""
    what = " ".join(error.what.split())
    place = f"{error.where}: " if error.where else ""
    advice = f"; {error.advice.strip()}" if error.advice else ""
    return f"apimod: {place}{what}{advice}"


def _click_problem(error: click.ClickException) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        console.out(error.format_message())
        return 2
    message = " ".join(error.format_message().split()).rstrip(".")
    if len(message) > 300:
        message = message[:299] + "…"
    console.note(f"apimod: {message[:1].lower()}{message[1:]}")
    return 2


def _silence() -> None:
    """Whoever read standard output went away; let nothing more be written there."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())

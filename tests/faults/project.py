"""A work tree with a plan: what its tree may be, and the command line run upon it."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from apimod.cli import main
from apimod.state import state_folder
from faults.calls import Faults

State = dict[str, tuple[object, ...]]
LIMIT = 120
"""Seconds that one command may take."""


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, negative where a signal ended it, and what it printed."""

    code: int
    text: str


@dataclass(frozen=True)
class Process:
    """A command that runs."""

    pid: int
    printed: IO[bytes]

    def wait(self) -> Ended:
        """Return how it ended."""
        _, status = os.waitpid(self.pid, 0)
        with self.printed as printed:
            printed.seek(0)
            text = printed.read().decode("utf-8", "replace")
        return Ended(os.waitstatus_to_exitcode(status), text)


@dataclass
class Project:
    """A folder in which ``plan`` is to be applied; ``paths`` are the files that it writes."""

    root: Path
    plan: Path
    paths: frozenset[str] = frozenset()
    before: State = field(default_factory=dict)
    after: State = field(default_factory=dict)

    @classmethod
    def make(cls, root: Path, plan: Path, arguments: Sequence[str]) -> Project:
        """Plan a call of ``apply`` in ``root`` and learn both trees; the tree is as before then."""
        made = cls(root, plan)
        made._ok("apply", *arguments, "--output-plan", str(plan))
        start = made.state()
        made._warm()
        made._ok(*made.apply)
        done = made.state()
        made.paths = frozenset(p for p in done if start.get(p) != done[p])
        made.after = made.state()
        made._ok("undo")
        made.before = made.state()
        assert made.before.keys() == start.keys() and made.paths
        return made

    @property
    def apply(self) -> tuple[str, ...]:
        """The words of the call that applies the plan."""
        return ("apply", "--plan", str(self.plan), "-y", "--allow-dirty")

    def run(self, words: Sequence[str], faults: Faults | None = None) -> Ended:
        """Run the command line in a process of its own, with faults in it."""
        return self.start(words, faults=faults).wait()

    def start(
        self, words: Sequence[str], after: float = 0, *, faults: Faults | None = None
    ) -> Process:
        """Start the command line in a process of its own, which begins ``after`` so many seconds."""
        printed = tempfile.TemporaryFile()  # noqa: SIM115 (the process that waits closes it)
        child = os.fork()
        if child == 0:
            time.sleep(after)
            self._child(words, faults, printed.fileno())
        return Process(child, printed)

    def calls(self, words: Sequence[str]) -> list[str]:
        """Return the names of the calls that a command makes; it is run for that."""
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            faults = Faults(-1, "EIO", spare=is_report)
            faults.install()
            os.chdir(self.root)
            _mute(os.open(os.devnull, os.O_RDONLY), os.open(os.devnull, os.O_RDWR))
            faults.seen.clear()
            main.main(list(words))
            with os.fdopen(write, "w") as pipe:
                pipe.write(" ".join(faults.seen))
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as pipe:
            text = pipe.read()
        os.waitpid(child, 0)
        return text.split()

    def state(self) -> State:
        """Return what the tree is: bytes and mode of what the plan writes, the rest by its status."""
        return {name: self._status(name) for name in self._names("")}

    def difference(self, now: State) -> str:
        """Say in which files a tree differs from both that it may be."""
        old = {p for p in now.keys() | self.before if now.get(p) != self.before.get(p)}
        new = {p for p in now.keys() | self.after if now.get(p) != self.after.get(p)}
        return f"not old {sorted(old)[:5]}, not new {sorted(new)[:5]}"

    def ready(self, wanted: State) -> None:
        """Bring the tree to one of its two states, by the commands themselves."""
        for words in (("recover",), self.apply if wanted == self.after else ("undo",)):
            if self.state() == wanted and not self.leftovers():
                return
            self.run(words)
        now = self.state()
        assert now == wanted, self.difference(now)

    def leftovers(self) -> list[str]:
        """Return what an unfinished write left in the tree or beside its journal."""
        names = [name for name in self._names("") if ".apimod-" in name]
        folder = state_folder(self.root)
        # What was dropped already (trash) or never begun (new) is swept away by the next write.
        return names + [p.name for p in folder.glob("pending")]

    def _status(self, name: str) -> tuple[object, ...]:
        path = self.root / name
        info = path.lstat()
        if path.is_dir() and not path.is_symlink():
            return (info.st_mode,)
        if name in self.paths:
            return (info.st_mode, path.read_bytes())
        return (info.st_mode, info.st_size, info.st_mtime_ns)

    def _names(self, below: str) -> Iterator[str]:
        with os.scandir(self.root / below) as entries:
            for entry in sorted(entries, key=lambda e: e.name):
                name = f"{below}/{entry.name}" if below else entry.name
                if name == ".git":
                    continue
                yield name
                if entry.is_dir(follow_symlinks=False):
                    yield from self._names(name)

    def _warm(self) -> None:
        """Import here what every command would import anew in its own process."""
        here, out = Path.cwd(), io.StringIO()
        os.chdir(self.root)
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                main.main(["apply", "--plan", str(self.plan), "-n"])
                main.main(["undo", "-n"])
                main.main(["recover"])
        finally:
            os.chdir(here)

    def _ok(self, *words: str) -> None:
        ended = self.run(words)
        assert ended.code == 0, (words, ended)

    def _child(self, words: Sequence[str], faults: Faults | None, printed: int) -> None:
        """Become the command; never returns."""
        try:
            os.chdir(self.root)
            _mute(os.open(os.devnull, os.O_RDONLY), printed)
            signal.alarm(LIMIT)
            if faults is not None:
                faults.install()
            code = main.main(list(words))
        except BaseException as error:
            print("left by", repr(error), file=sys.stderr)
            code = 99
        os._exit(code)


def is_report(name: str, first: object) -> bool:
    """Tell whether a call is about what is printed, or about no file of the project's."""
    if isinstance(first, int):
        return first <= 2
    return isinstance(first, str | Path) and str(first) in (os.devnull, tempfile.gettempdir())


def _mute(source: int, target: int) -> None:
    """Make descriptors standard input and output; who runs us may have put others in their place."""
    for number, descriptor in enumerate((source, target, target)):
        os.dup2(descriptor, number)
    sys.stdin = os.fdopen(0, "r", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)

"""The system's calls that write, counted, and one of them failed or made the last.

What is wrapped is Python's own door to the system, ``os`` and ``open``; so this knows nothing of
how apimod writes, and a call that is new there is counted as well.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

KILL = "KILL"
INTERRUPT = "INTERRUPT"
ERRORS = ("ENOSPC", "EIO", "EACCES", "EROFS")
KINDS = (*ERRORS, KILL)
CALLS = (
    *("write", "pwrite", "writev", "fsync", "fdatasync", "sendfile", "copy_file_range"),
    *("rename", "replace", "link", "symlink", "unlink", "remove", "truncate", "ftruncate"),
    *("mkdir", "rmdir", "chmod", "fchmod", "chown", "fchown", "lchown", "setxattr", "utime"),
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


@dataclass
class Faults:
    """Fails the call number ``at`` (and, ``for_good``, all after it) in the way ``kind`` names.

    ``spare`` tells of a call, by its name and first argument, whether it is not to be counted.
    """

    at: int
    kind: str
    for_good: bool = False
    spare: Callable[[str, object], bool] = lambda name, first: False
    seen: list[str] = field(default_factory=list)

    def install(self) -> None:
        """Wrap the calls, for the rest of this process's life."""
        for name in CALLS:
            if hasattr(os, name):
                setattr(os, name, self._wrapped(name, getattr(os, name)))
        real_open, real_file = os.open, builtins.open

        def os_open(path: Any, flags: int, *args: Any, **given: Any) -> int:
            if flags & _WRITING:
                self._call("open", path)
            return real_open(path, flags, *args, **given)

        def file_open(file: Any, mode: str = "r", *args: Any, **given: Any) -> Any:
            if not isinstance(file, int) and set(mode) & set("wax+"):
                self._call("open", file)
            return real_file(file, mode, *args, **given)

        os.open = os_open
        builtins.open = io.open = file_open

    def _wrapped(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(first: Any, *args: Any, **given: Any) -> Any:
            self._call(name, first)
            return real(first, *args, **given)

        return call

    def _call(self, name: str, first: object) -> None:
        if self.spare(name, first):
            return
        number = len(self.seen)
        self.seen.append(name)
        if number == self.at or (self.for_good and number > self.at):
            self._strike(first)

    def _strike(self, first: object) -> NoReturn:
        if self.kind == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.kind == INTERRUPT:
            raise KeyboardInterrupt
        code = getattr(errno, self.kind)
        raise OSError(code, os.strerror(code), first if isinstance(first, str) else None)

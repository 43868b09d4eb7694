"""Runs work in a child with bounds on time and memory, for what a repository's own pack says.

A template can ask for a gigabyte in one expression and an expression can be tried for ever; nothing
inside of the interpreter stops either for sure. What the child makes comes back as a value.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from apimod.errors import ApimodError, PackError, Refused

T = TypeVar("T")

SECONDS = 60.0
MEMORY = 768 << 20
"""How many bytes the child may take beyond what it starts with."""
LARGEST = 64 << 20
"""How many bytes the value may have on its way back."""


def bounded(work: Callable[[], T], what: str) -> T:
    """Return what ``work`` returns, made in a child; raises what it raises.

    ``what`` says whose work it is. Raises Refused where it takes too much time or memory, where it
    ends without a word, and where the system has no children to bound.
    """
    if not hasattr(os, "fork"):
        raise Refused(f"{what} is not used here: this system cannot bound it")
    sys.stdout.flush()
    sys.stderr.flush()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _work(work, what, write)
    os.close(write)
    try:
        data = _received(read, what)
    finally:
        os.close(read)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if not data:
        raise Refused(f"{what} takes too much time or memory")
    done, value = pickle.loads(data)
    if done:
        made: T = value
        return made
    raise value


def _work(work: Callable[[], object], what: str, write: int) -> None:
    """Do the work in the child, send what came of it, and end."""
    try:
        _limit()
        answer: tuple[bool, object]
        try:
            answer = (True, work())
        except MemoryError:
            answer = (False, Refused(f"{what} takes too much memory"))
        except RecursionError:
            answer = (False, Refused(f"{what} calls itself without end"))
        except PackError as error:
            answer = (False, Refused(f"{what} is broken: {error.what}", where=error.where))
        except ApimodError as error:
            answer = (False, error)
        data = memoryview(pickle.dumps(answer))
        while data:
            data = data[os.write(write, data[: 1 << 16]) :]
    except BaseException as error:  # the child has nobody to tell but the pipe
        with contextlib.suppress(BaseException):
            os.write(write, pickle.dumps((False, Refused(f"{what} failed: {error!r:.200}"))))
    finally:
        os._exit(0)


def _limit() -> None:
    """Bound this process; a system that knows no such bound has the parent's clock alone."""
    import resource

    with contextlib.suppress(OSError, ValueError):
        pages = int(_statm().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (pages + MEMORY, pages + MEMORY))
    with contextlib.suppress(OSError, ValueError):
        seconds = int(time.process_time() + SECONDS) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def _statm() -> str:
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - no file of a project
        return file.read()


def _received(read: int, what: str) -> bytes:
    """Return all that the child sends until it ends."""
    deadline = time.monotonic() + SECONDS
    parts: list[bytes] = []
    size = 0
    while True:
        left = deadline - time.monotonic()
        ready, _, _ = select.select([read], [], [], max(0.0, left))
        if not ready:
            raise Refused(f"{what} takes too much time")
        part = os.read(read, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise Refused(f"{what} makes too much")

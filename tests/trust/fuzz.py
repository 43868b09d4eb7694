"""The mutation fuzzer: damages one file of a project at a time, and runs apimod over it.

    python -m trust.fuzz [--seconds 60] [--seed 1] [--keep FOLDER] [PROJECT…]

Each trial is a fork with bounds on time and memory: ``list``, ``detect``, a dry run of ``apply``,
and where that has a diff, the apply itself and its undo. What a trial may never do: raise, hang,
write when it refuses or only shows, leave a syntax error that was not there, or undo to something
else. Without projects it takes the small servers of ``tests/cases`` and ``tests/hosts``.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from trust.mutations import mutated

ROOT = Path(__file__).parents[2]
CPU = 30
MEMORY = 3 << 30
FIELDS = ("name:string:unique", "age:int:optional", "role:enum=a,b")
ENDINGS = (
    *(".py", ".go", ".js", ".ts", ".java", ".kt", ".rs", ".toml", ".json", ".mod", ".xml"),
    *(".yml", ".yaml", ".gradle", ".kts", ".txt", ".cfg", ".proto", ".graphql", ".properties"),
)


@dataclass
class Tally:
    """What a campaign tried, and what went wrong."""

    trials: int = 0
    applied: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)


def campaign(projects: list[Path], seconds: float, seed: int, keep: Path | None = None) -> Tally:
    """Damage files of the projects until the time is up."""
    random, tally = Random(seed), Tally()
    deadline = time.monotonic() + seconds
    _load()
    while time.monotonic() < deadline:
        project = random.choice(projects)
        with tempfile.TemporaryDirectory(prefix="apimod-fuzz-") as name:
            folder = Path(name) / "p"
            shutil.copytree(project, folder, symlinks=True, ignore=shutil.ignore_patterns(".git"))
            _git(folder)
            files = [f for f in _files(folder) if f.suffix in ENDINGS]
            until = min(deadline, time.monotonic() + max(5.0, seconds / len(projects) / 4))
            while files and time.monotonic() < until:
                _trial(folder, random.choice(files), random, tally, keep)
    return tally


def _git(folder: Path) -> None:
    (folder / ".git").mkdir(exist_ok=True)
    (folder / ".git" / "HEAD").write_text("ref: refs/heads/main\n")


def _load() -> None:
    """Import what every trial needs, once."""
    sys.path.insert(0, str(ROOT / "src"))
    import jinja2.sandbox  # noqa: F401

    from apimod.cli import services
    from apimod.codemods import load_codemods

    services.pack()
    load_codemods(services.pack().root)


def _files(folder: Path) -> list[Path]:
    """Return the files, those that route requests more than once: that is where the harm is."""
    found = []
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink() and ".git" not in file.parts:
            data = file.read_bytes()
            if 0 < len(data) < 200_000:
                found.append(file)
                if any(w in data for w in (b"include_router", b"Group(", b"APIRouter", b".GET(")):
                    found += [file] * 8
    return found


def _trial(folder: Path, file: Path, random: Random, tally: Tally, keep: Path | None) -> None:
    old = file.read_bytes()
    new = mutated(old, random)
    if new == old:
        return
    file.write_bytes(new)
    try:
        said, code = _forked(folder)
    finally:
        file.write_bytes(old)
    tally.trials += 1
    tally.applied += code == 10
    tally.refused += code == 13
    if code not in (10, 11, 13):
        place = file.relative_to(folder)
        tally.wrong.append(f"{place} of {folder}: {said}")
        print(f"WRONG {place}: {said}", flush=True)
        if keep:
            kept = keep / f"{len(tally.wrong)}-{os.getpid()}"
            file.write_bytes(new)
            shutil.copytree(folder, kept, symlinks=True, dirs_exist_ok=True)
            file.write_bytes(old)
            (kept / "WRONG.txt").write_text(f"{place}\n{said}\n")


def _forked(folder: Path) -> tuple[str, int]:
    """Return what a fork says of the folder, and its code: 10 applied, 11 nothing, 13 refused."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        code = 99
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU + 1))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            signal.alarm(CPU * 6)
            said, code = _look(folder)
            os.write(write, said[-3000:].encode("utf-8", "replace"))
        except BaseException as error:
            os.write(write, repr(error)[-2000:].encode("utf-8", "replace"))
        finally:
            os._exit(code)
    os.close(write)
    with os.fdopen(read, "rb") as stream:
        said = stream.read().decode("utf-8", "replace")
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        shutil.rmtree(folder / ".git" / "apimod", ignore_errors=True)
        return f"killed by signal {os.WTERMSIG(status)} {said}", -1
    return said, os.waitstatus_to_exitcode(status)


def _look(folder: Path) -> tuple[str, int]:
    before = _tree(folder)
    for arguments in (["list", "--format", "json"], ["detect", "--format", "json"]):
        code, said = _call(folder, *arguments)
        if code not in (0, 2, 3, 4) or _tree(folder) != before:
            return f"{arguments[0]}: exit {code}: {said}", 20
    code, said = _call(folder, "apply", "create-rest", "widgets", *FIELDS, "-n")
    if _tree(folder) != before:
        return "the dry run wrote", 21
    if code not in (0, 2, 3, 4):
        return f"apply -n: exit {code}: {said}", 22
    if code != 0:
        return said, 13
    broken = {path for path in before if not _parses(path, before[path])}
    code, said = _call(folder, "apply", "create-rest", "widgets", *FIELDS, "-y")
    after = _tree(folder)
    if code != 0:
        wrote = "and wrote " if after != before else ""
        return f"apply -y {wrote}after a dry run that went well: exit {code}: {said}", 23
    if after == before:
        return "nothing to do", 11
    for path in after:
        if after[path] != before.get(path) and path not in broken:
            if not _parses(path, after[path]):
                return f"{path} has a syntax error now", 24
            if path in before and not _is_subsequence(before[path], after[path]):
                return f"{path} lost something", 26
    code, said = _call(folder, "undo")
    if code != 0 or _tree(folder) != before:
        return f"undo: exit {code}: {said}", 25
    return "", 10


def _is_subsequence(old: bytes, new: bytes) -> bool:
    rest = iter(new)
    return all(byte in rest for byte in old)


def _parses(path: str, data: bytes) -> bool:
    """Tell whether a Python file compiles; others are apimod's own parsers' to judge."""
    if not path.endswith(".py"):
        return True
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        compile(data, path, "exec", dont_inherit=True)
        return True
    return False


def _call(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run a command in this process, and return its code and what it said on standard error."""
    from apimod.cli import main

    with tempfile.TemporaryFile("w+") as err, open(os.devnull, "w") as out:  # noqa: PTH123
        with contextlib.redirect_stderr(err), contextlib.redirect_stdout(out):
            os.environ["APIMOD_DEBUG"] = "1"
            code = main.main([arguments[0], "-C", str(folder), *arguments[1:]])
        err.seek(0)
        return code, err.read()


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in _all(folder)
        if not file.is_symlink()
    }


def _all(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        if ".git" not in file.parts and file.is_file():
            yield file


def _samples() -> list[Path]:
    hosts = ROOT / "tests" / "hosts"
    return [path for path in sorted(hosts.iterdir()) if path.is_dir()]


def main() -> int:
    """Run a campaign from the command line; the exit code is 1 where something went wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("projects", type=Path, nargs="*")
    given = parser.parse_args()
    tally = campaign(given.projects or _samples(), given.seconds, given.seed, given.keep)
    print(
        f"{tally.trials} trials, {tally.applied} applied and undone, {tally.refused} refused, "
        f"{len(tally.wrong)} wrong"
    )
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())

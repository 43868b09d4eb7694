"""Every case in other clothes: the same lines come in, and every old one survives.

    APIMOD_ALL=1 python -m pytest tests/trust/test_metamorphic.py    every case and variant

Without ``APIMOD_ALL`` it is a sample. Held fast for each variant of each case whose plan changes
something: the exit code is the plain case's, or it is refused; every old line is there afterwards, in
its order; what came in is what comes into the plain case, but for line ends, trailing blanks and the
names that the variant changed; and undo gives back every byte.
"""

from __future__ import annotations

import difflib
import os
import re
import zlib
from pathlib import Path

import pytest

import cases
from apimod.cli import main
from trust.figures import count
from trust.variants import SOURCES, VARIANTS

CHANGED = [
    name
    for name in cases.names()
    if (c := cases.load(name)).expect == "changed" and not c.known_wrong
]
PAIRS = [(case, variant) for case in CHANGED for variant in VARIANTS]
SAMPLE = 24
EVERY = bool(os.environ.get("APIMOD_ALL"))


def sample() -> list[tuple[str, str]]:
    """Return the pairs to try: all of them, or those whose names hash lowest."""
    if EVERY:
        return PAIRS
    return sorted(PAIRS, key=lambda pair: zlib.crc32(" ".join(pair).encode()))[:SAMPLE]


def _apply(case: cases.Case, root: Path, *flags: str) -> int:
    return main.main(["apply", "-C", str(root), *flags, *case.args])


def _dressed(root: Path, variant: str) -> bool:
    """Rewrite the sources of a project; tells whether anything changed."""
    changed = False
    for file in sorted(root.rglob("*")):
        if file.is_symlink() or not file.is_file() or file.suffix not in SOURCES:
            continue
        if ".git" in file.parts:
            continue
        data = file.read_bytes()
        new = VARIANTS[variant](file.name, data)
        if new is not None and new != data:
            file.write_bytes(new)
            changed = True
    return changed


def _added(before: cases.Tree, after: cases.Tree) -> list[str]:
    """Return the lines that came into existing files, as plain text, without order."""
    out: list[str] = []
    for path, (new, _) in after.items():
        old = before[path][0] if path in before else b""
        if path in before and new != old:
            lines = difflib.ndiff(_lines(old), _lines(new))
            out += [line[2:] for line in lines if line.startswith("+ ")]
    return sorted(out)


def _lines(data: bytes) -> list[str]:
    text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").replace("\r\n", "\n")
    text = re.sub(r"\bOwn(APIRouter|FastAPI)\b|\b(APIRouter|FastAPI) as Own\2\b", r"\1\2", text)
    return [line.rstrip() for line in text.split("\n")]


def _is_subsequence(old: bytes, new: bytes) -> bool:
    rest = iter(new)
    return all(byte in rest for byte in old)


@pytest.mark.parametrize(("name", "variant"), sample())
def test_a_case_in_other_clothes(name: str, variant: str, tmp_path: Path) -> None:
    case = cases.load(name)
    plain, dressed = tmp_path / "plain" / "p", tmp_path / "dressed" / "p"
    for root in (plain, dressed):
        root.mkdir(parents=True)
        cases.build(case, root)
    if not _dressed(dressed, variant):
        pytest.skip("the variant does not apply")
    for root in (plain, dressed):
        cases.commit(root)
    before, plain_before = cases.tree(dressed), cases.tree(plain)
    if _apply(case, plain, "-y") != 0:
        pytest.skip("the case is for a call from another folder")
    code = _apply(case, dressed, "-y")
    after = cases.tree(dressed)
    if code != 0:
        assert code == 3 and after == before, "a refusal changes nothing"
        count("metamorphic", "cases in other clothes, refused")
        return
    for path, (old, mode) in before.items():
        assert _is_subsequence(old, after[path][0]), f"{path} lost something"
        assert after[path][1] == mode
    assert _added(before, after) == _added(plain_before, cases.tree(plain))
    assert {*after} - {*before} == {*cases.tree(plain)} - {*plain_before}
    assert _apply(case, dressed, "-y") == 0
    assert cases.tree(dressed) == after, "twice is once"
    assert main.main(["undo", "-C", str(dressed)]) == 0
    assert cases.tree(dressed) == before
    count("metamorphic", "cases in other clothes: same lines in, none lost, undone to the byte")

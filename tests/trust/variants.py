"""The same project, written otherwise: what people's editors, tools and habits make of it.

A variant takes a source's text and returns the same program in other clothes, or None where it does
not apply. What apimod inserts must be the same but for the clothes.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Variant = Callable[[str, bytes], bytes | None]

COMMENT = {".py": b"#", ".go": b"//", ".ts": b"//", ".js": b"//", ".java": b"//", ".rs": b"//"}


def _crlf(path: str, data: bytes) -> bytes | None:
    return None if b"\r" in data else data.replace(b"\n", b"\r\n")


def _bom(path: str, data: bytes) -> bytes | None:
    return None if data.startswith(b"\xef\xbb\xbf") or not data else b"\xef\xbb\xbf" + data


def _no_final_newline(path: str, data: bytes) -> bytes | None:
    return data.rstrip(b"\n") if data.endswith(b"\n") and data.strip() else None


def _trailing_blanks(path: str, data: bytes) -> bytes | None:
    if any(mark in data for mark in (b'"""', b"'''", b"`", b"\\\n")):
        return None
    return re.sub(rb"(?m)([^\s])$", rb"\1  ", data)


def _comments(path: str, data: bytes) -> bytes | None:
    """Put a comment between any two statements at the left margin."""
    mark = COMMENT.get(_ending(path))
    if mark is None or any(each in data for each in (b'"""', b"'''", b"`", b"/*", b"\\\n")):
        return None
    return re.sub(rb"\n\n(?=\S)", rb"\n\n" + mark + rb" a comment\n", data)


def _long_lines(path: str, data: bytes) -> bytes | None:
    mark = COMMENT.get(_ending(path))
    return data + b"\n" + mark + b" " + b"long " * 4_000 + b"\n" if mark else None


def _unicode(path: str, data: bytes) -> bytes | None:
    mark = COMMENT.get(_ending(path))
    if mark is None:
        return None
    name = "größe_用户" if _ending(path) in (".py", ".go") else "groesse"
    more = {".py": f'{name} = "é用户\U0001f980"\n', ".go": f'var {name} = "é用户\U0001f980"\n'}
    return data + b"\n" + more.get(_ending(path), f"// {name} é用户\U0001f980\n").encode()


def _reordered(path: str, data: bytes) -> bytes | None:
    """Turn the order of the lines of the first run of imports around."""
    if not path.endswith(".py"):
        return None
    found = re.search(rb"(?m)(?:^(?:from|import) (?!__future__)[^\n(]+\n){2,}", data)
    if not found:
        return None
    lines = found.group().splitlines(keepends=True)
    return data[: found.start()] + b"".join(reversed(lines)) + data[found.end() :]


def _aliased(path: str, data: bytes) -> bytes | None:
    """Import the classes that make routers and applications under other names."""
    if not path.endswith(".py") or b"import" not in data:
        return None
    made = data
    for name in (b"APIRouter", b"FastAPI"):
        line = re.search(rb"(?m)^from fastapi import ([^\n(]*\b" + name + rb"\b[^\n(]*)\n", made)
        if line and b" as " not in line.group():
            body = re.sub(rb"\b" + name + rb"\b", b"Own" + name, made)
            at = re.search(rb"(?m)^from fastapi import [^\n]*\bOwn" + name + rb"\b", body)
            assert at is not None
            head = at.group().replace(b"Own" + name, name + b" as Own" + name)
            made = body[: at.start()] + head + body[at.end() :]
    return made if made != data else None


def _ending(path: str) -> str:
    return "." + path.rpartition(".")[2]


VARIANTS: dict[str, Variant] = {
    "CRLF": _crlf,
    "byte order mark": _bom,
    "no final newline": _no_final_newline,
    "trailing blanks": _trailing_blanks,
    "comments in gaps": _comments,
    "a very long line": _long_lines,
    "Unicode names and strings": _unicode,
    "imports in another order": _reordered,
    "router and app under other names": _aliased,
}
SOURCES = tuple(COMMENT)

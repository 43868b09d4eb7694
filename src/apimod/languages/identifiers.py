"""Identifiers and literals: what a language reserves, shadows and spells in its own way."""

from __future__ import annotations

import builtins
import keyword
import re
import struct
from collections.abc import Iterable

from msgspec import Struct


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


PYTHON_RESERVED = frozenset(keyword.kwlist)
PYTHON_PREDECLARED = frozenset(
    {name for name in dir(builtins) if not name.startswith("_")} | set(keyword.softkwlist) - {"_"}
)
GO_RESERVED = _set(
    "break case chan const continue default defer else fallthrough for func go goto if import "
    "interface map package range return select struct switch type var"
)
GO_PREDECLARED = _set(
    "any append bool byte cap clear close comparable complex complex128 complex64 copy delete "
    "error false float32 float64 imag int int16 int32 int64 int8 iota len make max min new nil "
    "panic print println real recover rune string true uint uint16 uint32 uint64 uint8 uintptr "
    "init main"
)
GO_INITIALISMS = _set(
    "acl api ascii cpu css db dns eof guid html http https id ip jpeg json jwt lhs os pdf png qps "
    "ram rhs rpc sku sla smtp sms sql ssh sso svg tcp tls ttl udp ui uid uri url utf8 uuid vat vm "
    "xml xmpp xsrf xss"
)
JAVA_RESERVED = _set(
    "abstract assert boolean break byte case catch char class const continue default do double "
    "else enum extends false final finally float for goto if implements import instanceof int "
    "interface long native new null package private protected public return short static strictfp "
    "super switch synchronized this throw throws transient true try void volatile while _"
)
JAVA_PREDECLARED = _set(
    "var record sealed permits yield Boolean Byte Character Class Comparable Double Enum Error "
    "Exception Float Integer Iterable Long Math Module Number Object Override Package Process "
    "Record Runnable RuntimeException Short String StringBuilder System Thread Throwable Void"
)
"""Names of types that the language has itself, or that ``java.lang`` gives every file."""
RUST_RESERVED = _set(
    "abstract as async await become box break const continue crate do dyn else enum extern false "
    "final fn for gen if impl in let loop macro match mod move mut override priv pub ref return "
    "Self self static struct super trait true try type typeof unsafe unsized use virtual where "
    "while yield"
)
RUST_PRELUDE = _set(
    "AsMut AsRef AsyncFn AsyncFnMut AsyncFnOnce Box Clone Copy Default DoubleEndedIterator Drop "
    "Eq Err ExactSizeIterator Extend Fn FnMut FnOnce From FromIterator Into IntoIterator Iterator "
    "None Ok Option Ord PartialEq PartialOrd Result Send Sized Some String Sync ToOwned ToString "
    "TryFrom TryInto Unpin Vec"
)
RUST_PREDECLARED = RUST_PRELUDE | _set(
    "bool char drop f32 f64 i128 i16 i32 i64 i8 isize main str u128 u16 u32 u64 u8 union usize"
)
_GO_TARGETS = _set(
    "aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 "
    "solaris unix wasip1 windows zos 386 amd64 amd64p32 arm arm64 arm64be armbe loong64 mips "
    "mips64 mips64le mipsle ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm"
)
JAVASCRIPT_RESERVED = _set(
    "arguments await break case catch class const continue debugger default delete do else enum "
    "eval export extends false finally for function if implements import in instanceof interface "
    "let new null package private protected public return static super switch this throw true try "
    "typeof undefined var void while with yield"
)
JAVASCRIPT_PREDECLARED = _set(
    "module exports require global globalThis process console Buffer __dirname __filename "
    "NaN Infinity isNaN isFinite parseInt parseFloat Object Function Boolean Symbol Error "
    "TypeError RangeError SyntaxError Number BigInt Math Date String RegExp Array Map Set WeakMap "
    "WeakSet Promise Proxy Reflect JSON Intl Iterator any never unknown object string number "
    "boolean symbol bigint Record Partial Required Readonly Pick Omit async of get set URL "
    "URLSearchParams setTimeout clearTimeout setInterval fetch structuredClone"
)
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Identifiers(Struct, frozen=True):
    """What one language says of names."""

    language: str
    reserved: frozenset[str]
    """Keywords: never a name."""
    predeclared: frozenset[str]
    """Names that have a meaning already; binding them shadows it."""
    initialisms: frozenset[str] = frozenset()
    """Words that keep one case in a name: ``userID``, ``APIKey``."""
    file_endings: frozenset[str] = frozenset()
    """What the end of a file's stem must not be, since tools read it."""
    file_names: frozenset[str] = frozenset()
    file_starts: tuple[str, ...] = ()
    members: str = "camel"
    """The case of a type's members, as `apimod.views.Case` names it: ``camel``, ``snake``, ``pascal``."""
    functions: str = "camel"
    """The case of functions and methods that others call."""
    enum_prefix: bool = False
    """Whether the values of an enumeration are names of the package, and begin with its type's."""
    values: str = "upper"
    """The case of an enumeration's values."""
    truth: tuple[str, str] = ("true", "false")

    def valid(self, name: str) -> bool:
        """Tell whether ``name`` can be an identifier."""
        return bool(_WORD.fullmatch(name)) and name not in self.reserved

    def safe(self, name: str) -> bool:
        """Tell whether ``name`` can be bound without hiding anything."""
        return self.valid(name) and name not in self.predeclared

    def escape(self, name: str, taken: Iterable[str] = ()) -> str:
        """Return ``name``, or the nearest that is valid, shadows nothing and is not taken."""
        name = re.sub(r"\W", "_", name, flags=re.ASCII)
        if not name or name[0].isdigit():
            name = f"_{name}"
        others = frozenset(taken)
        while not self.safe(name) or name in others:
            name += "_"
        return name

    def exported(self, words: Iterable[str]) -> str:
        """Return the words as an exported or class name: ``OrderItem``, ``APIKey`` (Go)."""
        return "".join(
            word.upper() if word in self.initialisms else word.capitalize() for word in words
        )

    def unexported(self, words: Iterable[str]) -> str:
        """Return the words in camel case: ``orderItem``, ``apiKey``, ``userID`` (Go)."""
        first, *rest = words
        return first + self.exported(rest)

    def file_stem(self, stem: str) -> str:
        """Return a file's name without its ending, changed where tools would read a meaning."""
        parts = stem.split("_")
        if stem in self.file_names or stem.startswith(self.file_starts or ("\0",)):
            return f"{stem}_resource" if stem in self.file_names else f"the_{stem}"
        if len(parts) > 1 and parts[-1] in self.file_endings:
            return "".join(parts[-2:]) if len(parts) == 2 else _glued(parts)
        return stem

    def literal(self, text: str, quote: str = '"') -> str:
        """Return ``text`` as a string literal, safe for any text."""
        return f"{quote}{_escaped(text, quote, self.language)}{quote}"


def _glued(parts: list[str]) -> str:
    return "_".join([*parts[:-2], "".join(parts[-2:])])


_UNIT = struct.Struct(">H")


def _utf16(char: str) -> bytes:
    return char.encode("utf-16-be", "surrogatepass")


def _escaped(text: str, quote: str, language: str) -> str:
    short = {"\\": "\\\\", quote: f"\\{quote}", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    out: list[str] = []
    for char in text:
        code = ord(char)
        if char in short:
            out.append(short[char])
        elif language == "go" and 0xD800 <= code <= 0xDFFF:
            out.append("\\uFFFD")
        elif code < 32 or code == 127:
            out.append(f"\\{code:03o}" if language == "java" else f"\\x{code:02x}")
        elif language == "rust" and not char.isprintable():
            out.append(f"\\u{{{0xFFFD if 0xD800 <= code <= 0xDFFF else code:x}}}")
        elif char.isprintable():
            out.append(char)
        elif language == "java":
            out += [f"\\u{unit:04x}" for (unit,) in _UNIT.iter_unpack(_utf16(char))]
        elif language == "javascript" and code > 0xFFFF:
            out.append(f"\\u{{{code:x}}}")
        else:
            out.append(f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")
    return "".join(out)


PYTHON = Identifiers(
    "python",
    PYTHON_RESERVED,
    PYTHON_PREDECLARED,
    members="snake",
    functions="snake",
    truth=("True", "False"),
    file_names=frozenset({"__init__", "__main__", "conftest", "setup"}),
    file_starts=("test_",),
    file_endings=frozenset({"test"}),
)
GO = Identifiers(
    "go",
    GO_RESERVED,
    GO_PREDECLARED,
    initialisms=GO_INITIALISMS,
    file_endings=_GO_TARGETS | {"test"},
    members="pascal",
    functions="pascal",
    values="pascal",
    enum_prefix=True,
)
JAVA = Identifiers(
    "java",
    JAVA_RESERVED,
    JAVA_PREDECLARED,
    file_names=frozenset({"package-info", "module-info"}),
)
RUST = Identifiers(
    "rust",
    RUST_RESERVED,
    RUST_PREDECLARED,
    members="snake",
    functions="snake",
    file_names=RUST_RESERVED | {"build", "lib", "main", "mod", "test", "tests"},
    file_starts=("test_",),
    file_endings=frozenset({"test", "tests"}),
    values="pascal",
)
JAVASCRIPT = Identifiers(
    "javascript",
    JAVASCRIPT_RESERVED,
    JAVASCRIPT_PREDECLARED,
    file_names=frozenset({"index", "main", "server", "app"}),
    file_endings=frozenset({"test", "spec", "d", "config", "stories", "mock"}),
)

"""Text of others on a terminal: what would move, hide or turn it is spelt out."""

from __future__ import annotations

import re

_CONTROLS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tabs and newlines, DEL, C1
    "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\u206a-\u206f"  # directions, nothing wide
    "\u2028\u2029\ufeff\ufff9-\ufffb"  # lines of their own, marks
    "\U000e0000-\U000e007f\ud800-\udfff"  # tags that nobody sees, halves of characters
)
_CONTROL = re.compile(f"[{_CONTROLS}]")


def clean(text: str) -> str:
    r"""Return ``text`` with control characters as ``\x1b`` or ``\u202e``; tabs and newlines stay."""
    return _CONTROL.sub(_spelt, text)


def _spelt(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return f"\\u{code:04x}" if code > 0xFF else f"\\x{code:02x}"

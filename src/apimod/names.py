"""The words of a name, the cases that they are written in, and what may name a resource.

Every spelling of a name is one: ``order-items``, ``OrderItems``, ``order_items``, ``Order items``
and ``orderItems`` are the words ``order``, ``items``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from apimod import english
from apimod.errors import UsageError, quote
from apimod.model import Field, Resource

LONGEST = 64

_ONE_WORD = {"OAuth": "Oauth", "GraphQL": "Graphql", "IPv": "Ipv", "GitHub": "Github"}
_PARTS = re.compile(
    r"""
      [A-Z]{2,}s(?![a-z])\d*            # IDs, URLs
    | [A-Z]+(?=[A-Z][a-z])              # HTTP in HTTPServer
    | [A-Z]?[a-z]+\d*                   # Order, items, address2
    | [A-Z]+\d*                         # SKU, V2
    | \d+
    """,
    re.VERBOSE,
)
_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[ _-]+[A-Za-z0-9]+)*")
_TEMPLATE = re.compile(r"\{\{|\{%|\{#|\$\{|\$\(|<%|`|\{|\}")


def words(name: str | Iterable[str]) -> tuple[str, ...]:
    """Return the lower-case words of a name in any spelling; words already split stay."""
    if not isinstance(name, str):
        return tuple(word.lower() for word in name)
    for brand, plain in _ONE_WORD.items():
        name = name.replace(brand, plain)
    return tuple(part.lower() for part in _PARTS.findall(name))


def snake(name: str | Iterable[str]) -> str:
    """Return ``order_items``."""
    return "_".join(words(name))


def upper_snake(name: str | Iterable[str]) -> str:
    """Return ``ORDER_ITEMS``."""
    return snake(name).upper()


def kebab(name: str | Iterable[str]) -> str:
    """Return ``order-items``."""
    return "-".join(words(name))


def flat(name: str | Iterable[str]) -> str:
    """Return ``orderitems``."""
    return "".join(words(name))


def pascal(name: str | Iterable[str]) -> str:
    """Return ``OrderItems``."""
    return "".join(map(str.capitalize, words(name)))


def camel(name: str | Iterable[str]) -> str:
    """Return ``orderItems``."""
    first, *rest = words(name) or ("",)
    return first + pascal(rest)


def title(name: str | Iterable[str]) -> str:
    """Return ``Order Items``."""
    return " ".join(map(str.capitalize, words(name)))


def sentence(name: str | Iterable[str]) -> str:
    """Return ``Order items``."""
    return " ".join(words(name)).capitalize()


CASES: dict[str, Callable[[str | Iterable[str]], str]] = {
    "snake": snake,
    "camel": camel,
    "pascal": pascal,
    "kebab": kebab,
    "upper_snake": upper_snake,
    "flat": flat,
    "title": title,
    "sentence": sentence,
}


def cases_of(name: str) -> tuple[str, ...]:
    """Return every case that ``name`` may be written in: ``users`` is snake, camel, kebab, flat."""
    split = words(name)
    return tuple(case for case, write in CASES.items() if split and write(split) == name)


def singular(name: str | Iterable[str]) -> str:
    """Return the name with its last word in the singular, in snake case."""
    return _last(name, english.singular)


def plural(name: str | Iterable[str]) -> str:
    """Return the name with its last word in the plural, in snake case."""
    return _last(name, english.plural)


def article(name: str | Iterable[str]) -> str:
    """Return ``a`` or ``an``, as the sound of the name's first letters asks."""
    first = (words(name) or ("",))[0]
    if re.match(r"(uni(?![mn])|use|usa|usu|uti|eu|one$|ur[ail]|ubi)", first):
        return "a"
    if re.match(r"(hour|honest|honou?r|heir|sms|sku|mfa|rss|ssh|xml|html|http)", first):
        return "an"
    return "an" if first[:1] in set("aeiou") else "a"


def resource(
    given: str,
    fields: tuple[Field, ...] = (),
    *,
    singular_name: str = "",
    plural_name: str = "",
) -> Resource:
    """Return the resource that ``given`` names, in both numbers; refuses what is not words."""
    base = check(given)
    one = check(singular_name, "the singular") if singular_name else singular(base)
    if plural_name:
        many = check(plural_name, "the plural")
    else:
        many = base if singular_name and base != one else plural(base)
    return Resource(one, many, given, fields)


def check(name: str, kind: str = "a resource's name") -> str:
    """Return ``name`` in snake case; refuses one that could not name a symbol, a file, a table."""
    problem = _problem(name)
    if problem:
        what = f"{kind} {problem}: {quote(name)}" if name else f"{kind} {problem}"
        raise UsageError(what, advice="write words such as users, order-items or OrderItem")
    return snake(name)


def _problem(name: str) -> str:
    if not name.strip():
        return "is empty"
    if len(name) > LONGEST:
        return f"has {len(name):,} characters, and at most {LONGEST} are allowed"
    if any(not char.isprintable() for char in name):
        return "holds a control character"
    if not name.isascii():
        return "may hold only the letters a-z, digits, '-' and '_'"
    if any(part in name for part in ("/", "\\", "..")):
        return "may not hold parts of a path (the URL has --path)"
    if _TEMPLATE.search(name):
        return "holds template syntax"
    if name[0].isdigit():
        return "may not begin with a digit"
    if not _SAFE.fullmatch(name):
        return "may hold only the letters a-z, digits, '-' and '_' between them"
    return ""


def _last(name: str | Iterable[str], inflect: Callable[[str], str]) -> str:
    *head, last = words(name) or ("",)
    return "_".join((*head, inflect(last)))

"""The names of Python modules: relative and absolute, and the section that isort puts them in."""

from __future__ import annotations

import sys
from collections.abc import Iterable

FUTURE, STANDARD, THIRD, OWN, RELATIVE = range(5)


def absolute(module: str, package: str) -> str:
    """Return a relative module's full name, seen from a file of ``package``."""
    name = module.lstrip(".")
    dots = len(module) - len(name)
    if not dots or not package:
        return module
    parts = package.split(".")
    if dots - 1 >= len(parts):
        return module
    base = parts[: len(parts) - dots + 1]
    return ".".join([*base, name] if name else base)


def relative(module: str, package: str) -> str:
    """Return how a file of ``package`` names ``module`` relatively."""
    here, there = package.split("."), module.split(".")
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    if not common:
        return module
    return "." * (len(here) - common + 1) + ".".join(there[common:])


def section(module: str, own: Iterable[str]) -> int:
    """Return the section of a module; ``own`` are the prefixes of the project's modules."""
    if module == "__future__":
        return FUTURE
    if module.startswith("."):
        return RELATIVE
    top = module.partition(".")[0]
    if any(module == prefix or module.startswith(f"{prefix}.") or top == prefix for prefix in own):
        return OWN
    return STANDARD if top in sys.stdlib_module_names else THIRD

"""environment.yml: the conda packages, and the pip list among them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apimod.manifests import requirement
from apimod.manifests.model import Dependency

_ITEM = re.compile(r"""\s*-\s+["']?([^"'#]+?)["']?\s*(#.*)?$""")


def dependencies(text: str, file: str) -> Iterator[Dependency]:
    """Yield what lies under ``dependencies:``; ``=1.2`` is conda's ``==1.2.*``."""
    inside = False
    for number, line in enumerate(
        text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"), start=1
    ):
        if re.match(r"\S", line) and not line.startswith(("#", "-")):
            inside = line.startswith("dependencies")
            continue
        item = _ITEM.match(line) if inside else None
        if item and not item[1].endswith(":"):
            text_of = re.sub(r"^[\w.-]+::", "", item[1])
            text_of = re.sub(r"^([\w.-]+)=([\w.*]+)(=\S+)?$", r"\1==\2", text_of)
            found = requirement.read(text_of, file, number)
            if found and found.name not in ("python", "pip"):
                yield found

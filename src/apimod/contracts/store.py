"""The contracts of a workspace: every service that a file declares or that generated code shows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from apimod.contracts.model import Rpc, Service, nearest
from apimod.contracts.proto import ProtoError, services_in
from apimod.model import SkippedFile

if TYPE_CHECKING:
    from apimod.codebase import Codebase
    from apimod.source import Source


class Contracts:
    """Finds services by their names. Files are read when the first service is asked for.

    ``generated`` are the matchers' rows that say how generated code shows a service.
    """

    def __init__(self, code: Codebase, generated: Sequence[dict[str, Any]] = ()) -> None:
        self.code = code
        self.generated = generated
        self.skipped: list[SkippedFile] = []
        self._declared: dict[str, list[Service]] | None = None
        self._shown: dict[str, list[Service]] | None = None

    def service(self, name: str, hints: Sequence[str], file: str) -> Service | None:
        """Return the service of a name that code in ``file`` most likely means.

        What a file declares comes before what generated code shows.
        """
        simple = name.rpartition(".")[2]
        for known in (self._from_documents, self._from_generated):
            found = nearest(known().get(simple, []), [name, *hints], file)
            if found is not None:
                return found
        return None

    def _from_documents(self) -> dict[str, list[Service]]:
        if self._declared is None:
            self._declared = _by_name(
                service
                for path in self.code.paths
                if path.endswith(".proto")
                for service in self._read(path)
            )
        return self._declared

    def _read(self, path: str) -> list[Service]:
        source = self.code.source(path)
        if source is None or b"service" not in source.data:
            return []
        try:
            return services_in(_text(source), path)
        except ProtoError as error:
            self.skipped.append(SkippedFile(path, str(error)))
            return []

    def _from_generated(self) -> dict[str, list[Service]]:
        if self._shown is None:
            self._shown = _by_name(
                service
                for row in self.generated
                for path in self.code.paths
                if any(fnmatchcase(path, "*" + p.lstrip("*")) for p in row["files"])
                for service in self._show(path, row)
            )
        return self._shown

    def _show(self, path: str, row: dict[str, Any]) -> list[Service]:
        source = self.code.source(path)
        if source is None:
            return []
        text = _text(source)
        found: dict[str, dict[str, Rpc]] = defaultdict(dict)
        for match in re.finditer(row["method"], text):
            service, method = match.group(1), match.group(2)
            if method not in found[service]:
                line = text.count("\n", 0, match.start()) + 1
                streams = [_told(row, side, text, method) for side in ("client", "server")]
                found[service][method] = Rpc(method, line, streams[0], streams[1])
        out = []
        for service, rpcs in found.items():
            package, _, name = service.rpartition(".")
            out.append(Service(name, package, path, tuple(rpcs.values())))
        return out


def _told(row: dict[str, Any], side: str, text: str, method: str) -> bool:
    """Whether generated code shows that one side of a method is a stream."""
    pattern = row.get(f"{side}_stream")
    return bool(pattern and re.search(pattern.replace("{}", re.escape(method)), text))


def _by_name(services: Iterable[Service]) -> dict[str, list[Service]]:
    out: dict[str, list[Service]] = defaultdict(list)
    for service in services:
        out[service.name].append(service)
    return out


def _text(source: Source) -> str:
    return source.data.decode("utf-8", "replace")

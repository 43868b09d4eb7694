"""The packs at hand in a workspace: the one that came with the program, and the repository's own.

The repository's own is used only once its very bytes were trusted, and then in a child with bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from msgspec import Struct
from msgspec.structs import replace

from apimod.cli import console
from apimod.errors import Refused

if TYPE_CHECKING:
    from apimod.codemods import Codemod
    from apimod.own_pack import OwnPack
    from apimod.pack import Pack
    from apimod.workspace import Workspace

T = TypeVar("T")
NAMESPACE = "local:"
WHOSE = "the repository's pack"
_known: WeakKeyDictionary[Workspace, Packs] = WeakKeyDictionary()
_noted: set[str] = set()


class Packs(Struct, frozen=True, dict=True):
    """What a workspace may use: ``own`` only where it is trusted."""

    builtin: Pack
    found: OwnPack | None

    @cached_property
    def own(self) -> Pack | None:
        """The repository's pack; None where there is none, or none that is trusted."""
        if self.found is None:
            return None
        if self.found.is_trusted:
            return self.found.load(self.builtin)
        if self.found.digest not in _noted:
            _noted.add(self.found.digest)
            console.note(
                "apimod: .apimod/ holds a pack that is not trusted and is not used; "
                "read it, then `apimod trust`"
            )
        return None

    @property
    def all(self) -> Pack:
        """All units."""
        own = self.own
        return (
            replace(self.builtin, units=(*self.builtin.units, *own.units)) if own else self.builtin
        )

    def of(self, codemod: str) -> Pack:
        """All units, and the templates of the pack that a codemod comes from."""
        own = self.own
        if own is None or not codemod.startswith(NAMESPACE):
            return self.all
        return replace(own, units=self.all.units)

    @cached_property
    def codemods(self) -> Mapping[str, Codemod]:
        """The codemods by the names that ``apply`` takes."""
        from apimod.codemods import load_codemods

        made = dict(load_codemods(self.builtin.root))
        if self.own is not None:
            own = self.own
            found = self.run(lambda: dict(load_codemods(own.root)))
            made |= {f"{NAMESPACE}{name}": codemod for name, codemod in found.items()}
        return made

    def run(self, work: Callable[[], T]) -> T:
        """Do work that the packs have a word in: in bounds, where not all of them are ours."""
        if self.own is None:
            return work()
        from apimod.bounds import bounded

        return bounded(work, WHOSE)

    def check(self, codemod: str) -> None:
        """Raise Refused for a codemod of the repository's pack that may not be used."""
        if codemod.startswith(NAMESPACE) and self.own is None:
            what = "is not trusted" if self.found is not None else "is not there"
            advice = "read it, then `apimod trust`" if self.found is not None else ""
            raise Refused(f"{WHOSE} in .apimod/ {what}, and {codemod!a:.60} is its", advice=advice)


def of(space: Workspace, builtin: Pack) -> Packs:
    """Return the packs of a workspace, looked for once."""
    from apimod.own_pack import find

    if space not in _known:
        _known[space] = Packs(builtin, find(space.root))
    return _known[space]

"""Python's way: handlers are given what they need, and what gives it is copied or made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.planning.way import Way

if TYPE_CHECKING:
    from apimod.planning.builder import Builder
    from apimod.planning.placing import Placing
    from apimod.views import Snippet


class PythonWay(Way):
    """Modules of functions and classes, and dependencies as parameters."""

    assumed_version = (3, 11)
    over_existing = True
    follows_handlers = False
    creates_as_changes = False
    default_status = True

    def param(self, singular: str) -> str:
        """Return the path parameter's name where no sibling shows one."""
        return f"{singular}_id"

    def providers(self, builder: Builder, placing: Placing) -> list[Snippet]:
        """Return the definitions that the handlers' parameters need."""
        from apimod.planning.providers import own_providers

        return own_providers(builder, placing)


WAY = PythonWay()

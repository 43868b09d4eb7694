"""From a request and a project to a plan: the one way in, pure of writes.

The steps are in ``apimod.planning``; here is their order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apimod.codemods import load_codemods
from apimod.errors import Refused, UnknownName
from apimod.model import Changed, Outcome, Request, Unchanged

if TYPE_CHECKING:
    from apimod.pack import Pack
    from apimod.stack import Stack
    from apimod.workspace import Workspace


def make_plan(space: Workspace, stack: Stack, request: Request, pack: Pack) -> Outcome:
    """Return what comes of a request in a project: Changed with a plan, or Unchanged.

    Raises Refused (with a snippet where there is one) and UsageError.
    """
    from apimod.manifests import dependencies
    from apimod.planning.builder import Builder
    from apimod.planning.versions import check_versions

    codemods = load_codemods(pack.root)
    name = request.codemod.removeprefix(pack.namespace)
    if name not in codemods:
        raise UnknownName("codemod", request.codemod, codemods)
    codemod = codemods[name]
    if request.framework not in codemod.units("routes"):
        known = ", ".join(codemod.units("routes"))
        raise Refused(
            f"{codemod.name} has no templates for {request.framework or 'this project'}",
            advice=f"it serves {known}",
        )
    check_versions(stack, pack, dependencies(stack.project))
    builder = Builder(space, stack, request, pack, codemod)
    lacking = builder.lacking()
    if not lacking:
        return Unchanged(f"all endpoints of {request.resource.plural} are there already")
    return Changed(builder.plan())

"""A call of ``apply``, checked as far as it can be without looking at a project."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from apimod import fields, names
from apimod.errors import UnknownName, UsageError, quote, shorten
from apimod.model import OPERATIONS, Field, Request

AUTH = ("jwt", "oauth2", "api-key", "session")
_URL = re.compile(r"(/([A-Za-z0-9._~-]+|\{[A-Za-z_][A-Za-z0-9_]*\}))+")
_INTO = re.compile(r"[^:\s]+:[1-9][0-9]{0,6}|[A-Za-z_][\w.]*")


class Call(Struct, frozen=True):
    """The options of ``apply``, by their flags' names, and its arguments."""

    codemod: str
    resource: str
    fields: tuple[Field, ...]
    directory: str = "."
    projects: tuple[str, ...] = ()
    all_: bool = False
    framework: str | None = None
    into: str | None = None
    like: str | None = None
    url: str | None = None
    only: str | None = None
    orm: str | None = None
    auth: str | None = None
    singular: str | None = None
    plural: str | None = None
    yes: bool = False
    allow_dirty: bool = False
    dry_run: bool = False
    check: bool = False
    output_plan: str | None = None
    plan_file: str | None = None
    strict: bool = False
    format_: str = "text"
    color: str = "auto"
    guest: tuple[str, ...] | None = None
    """The arguments of a guest's own, where the codemod is a guest."""

    @property
    def writes(self) -> bool:
        """Whether the call is to change files."""
        return not (self.dry_run or self.check or self.output_plan)


def read(arguments: tuple[str, ...], options: Mapping[str, Any]) -> Call:
    """Return the call; raises UsageError, UnknownName or BadField for what is wrong in it."""
    if options.get("plan_file"):
        if arguments:
            raise UsageError("--plan takes the place of the codemod, the resource and the fields")
        return _checked(Call("", "", (), **options))
    if not arguments:
        raise UsageError("the codemod is missing", advice="apimod codemods lists them")
    codemod, *rest = arguments
    if not rest:
        raise UsageError(
            "the resource is missing",
            advice=f"write: apimod apply {shorten(codemod)} users email:email:unique",
        )
    resource, *given = rest
    return _checked(Call(codemod, resource, fields.parse_all(given), **options))


def request(call: Call, project: str, kept: Mapping[str, str]) -> Request:
    """Return the request for one project; ``kept`` holds the answers of the configuration."""

    def answer(key: str, flag: str | None) -> str:
        return flag if flag is not None else kept.get(key, "")

    resource = names.resource(
        call.resource,
        call.fields,
        singular_name=answer("singular", call.singular),
        plural_name=answer("plural", call.plural),
    )
    made = Request(
        codemod=call.codemod,
        resource=resource,
        project=project,
        framework=answer("framework", call.framework),
        into=answer("into", call.into),
        like=answer("like", call.like),
        path=answer("path", call.url),
        only=_operations(answer("only", call.only)),
        orm=answer("orm", call.orm),
        auth=answer("auth", call.auth),
        fields_given=bool(call.fields),
    )
    check_request(made)
    return made


def check_request(request: Request) -> None:
    """Raise UsageError for an answer that could not be right in any project."""
    if request.path and (not _URL.fullmatch(request.path) or len(request.path) > 200):
        raise UsageError(
            f"{quote(request.path, 60)} is no URL path", advice="write --path /people, for example"
        )
    if ".." in request.path.split("/") or "." in request.path.split("/"):
        raise UsageError("--path may not hold . or .. as a segment")
    if request.into and (not _INTO.fullmatch(request.into) or len(request.into) > 500):
        raise UsageError(
            f"{quote(request.into, 60)} is no place to register at",
            advice="write --into app/main.py:12 or the router's name",
        )
    if request.like:
        names.check(request.like, "the resource of --like")
    if request.auth and request.auth not in AUTH:
        raise UnknownName("kind of authentication", request.auth, AUTH)


def _checked(call: Call) -> Call:
    """Refuse flags that contradict each other, and answers that no project could make right."""
    if call.projects and call.all_:
        raise UsageError("--project and --all contradict each other")
    if call.output_plan and (call.check or call.plan_file):
        raise UsageError("--output-plan goes with neither --check nor --plan")
    if call.check and call.dry_run:
        raise UsageError("--check and --dry-run contradict each other")
    if call.plan_file:
        given = [
            flag
            for flag in (
                "framework",
                "into",
                "like",
                "url",
                "only",
                "orm",
                "auth",
                "singular",
                "plural",
            )
            if getattr(call, flag) is not None
        ]
        if given or call.projects or call.all_:
            raise UsageError("--plan holds the whole request; no other flag can change it")
        return call
    request(call, "", {})
    return call


def _operations(text: str) -> tuple[str, ...]:
    if not text:
        return OPERATIONS
    given = [part.strip() for part in text.split(",")]
    for name in given:
        if name not in OPERATIONS:
            raise UnknownName("operation", name, OPERATIONS)
    return tuple(name for name in OPERATIONS if name in given)

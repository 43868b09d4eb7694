"""The closed vocabulary of captures: each kind of fact, and the parts that a fact of it may have.

``queries/README.md`` describes every one of them; a test holds the two together.
"""

from __future__ import annotations

PARTS: dict[str, frozenset[str]] = {
    kind: frozenset(parts.split())
    for kind, parts in {
        "group": "is on path middleware whole",
        "router": "is path methods tags middleware table",
        "route": "on method methods path handler middleware status response summary tags name upgrade",
        "verbs": "on method methods",
        "mount": "on method target path tags middleware given",
        "middleware": "on target path",
        "prefix": "on path except",
        "versioning": "on type prefix default",
        "standing": "on target for except",
        "member": "on name value",
        "entrypoint": "target",
        "catchall": "on path handler",
        "respond": "on status body",
        "bind": "on target",
        "input": "on name default source",
        "error": "status detail",
        "read": "on name",
        "upgrade": "is",
        "service": "on name handler method middleware",
        "schema": "is text handler query mutation subscription",
        "document": "text",
        "operation": "is type in name field handler middleware",
        "object": "fields",
        "setting": "name value",
        "table": "name",
        "rule": "on match verdict",
        "limit": "match",
        "under": "path for",
        "interceptor": "target",
    }.items()
}
"""Every capture is ``@kind`` or ``@kind.part``, or begins with ``_`` and serves a predicate."""

PREDICATES = frozenset({"eq?", "not-eq?", "match?", "not-match?", "any-of?", "not-any-of?"})
"""The predicates that are evaluated. The parser's library ignores any other without a word."""

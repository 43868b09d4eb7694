"""Migrations that carry a version in their names: the next one's place."""

from __future__ import annotations

import pytest

from apimod.errors import Refused
from apimod.migrations import Chain, next_migration

TABLE = {
    "style": "numbered",
    "suffix": ".sql",
    "named": r"(V)(\d+(?:[._]\d+)*)(__)",
    "deep": ["src/main/resources"],
}


def after(*names: str, prefix: str = "") -> Chain | None:
    files = [f"{prefix}src/main/resources/db/migration/{name}" for name in names]
    files += ["other/src/main/resources/db/V99__x.sql", f"{prefix}docs/V98__x.sql"]
    return next_migration(TABLE, prefix, files, lambda _: b"", "create_users")


@pytest.mark.parametrize(
    ("names", "path"),
    [
        (("V9__a.sql", "V10__b.sql"), "V11__create_users.sql"),
        (("V1__a.sql", "R__views.sql", "U1__a.sql"), "V2__create_users.sql"),
        (("V1_1__a.sql", "V1_2__b.sql"), "V1_3__create_users.sql"),
        (("V1.9__a.sql", "V1.10__b.sql"), "V1.11__create_users.sql"),
        (("V001__a.sql",), "V002__create_users.sql"),
        (("V20240131120000__a.sql",), "V20240131120001__create_users.sql"),
        (("2024/V1__a.sql", "2025/V2__b.sql"), "2025/V3__create_users.sql"),
    ],
)
def test_the_next_version(names: tuple[str, ...], path: str) -> None:
    for prefix in ("", "shop/"):
        found = after(*names, prefix=prefix)
        assert found is not None
        assert found.path == f"{prefix}src/main/resources/db/migration/{path}"


def test_none_are_kept() -> None:
    assert after("R__views.sql") is None


def test_a_series_for_each_database_is_refused() -> None:
    with pytest.raises(Refused):
        after("h2/V1__a.sql", "mysql/V1__a.sql")

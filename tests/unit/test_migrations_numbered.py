"""Where the next numbered migration goes: pairs of files, plain files, folders."""

from __future__ import annotations

import pytest

from apimod.migrations import next_migration

PAIRS = {"style": "numbered", "suffix": ".up.sql", "down": ".down.sql", "plain": ".sql",
         "folders": ["migrations"]}  # fmt: skip
FOLDERS = {"style": "numbered", "suffix": "up.sql", "down": "down.sql", "nested": True,
           "folders": ["migrations"]}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "files", "path", "down"),
    [
        (PAIRS, ["0001_a.up.sql", "0001_a.down.sql"], "0002_x.up.sql", "0002_x.down.sql"),
        (PAIRS, ["20240101120000_a.sql"], "20240101120001_x.sql", ""),
        (
            FOLDERS,
            ["00000000000000_setup/up.sql", "2024-01-10-090000_a/up.sql", "2024-01-10-090000_a/down.sql"],
            "2024-01-10-090001_x/up.sql",
            "2024-01-10-090001_x/down.sql",
        ),
    ],
)  # fmt: skip
def test_the_next(table: dict[str, object], files: list[str], path: str, down: str) -> None:
    inside = [f"app/migrations/{file}" for file in files]
    chain = next_migration(table, "app/", inside, lambda _: b"", "x")
    assert chain is not None
    assert chain.path == f"app/migrations/{path}"
    assert chain.down_path == (f"app/migrations/{down}" if down else "")


def test_no_migrations() -> None:
    assert next_migration(FOLDERS, "", ["src/main.rs"], lambda _: b"", "x") is None

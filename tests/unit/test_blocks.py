"""Files of blocks: where they are, and a member more in their columns."""

from __future__ import annotations

from apimod.insertion import inserted
from apimod.languages.blocks import blocks, formatted, with_member

SCHEMA = """\
// what is kept
datasource db {
  provider = "postgresql"
}

model User {
  id    Int    @id @default(autoincrement())
  email String @unique // {

  posts Post[]

  @@map("users")
}

model Empty {
}
"""


def added(name: str, *lines: str) -> str:
    found = next(block for block in blocks(SCHEMA) if block.name == name)
    return inserted(SCHEMA.encode(), with_member(SCHEMA, found, lines)).decode()


def test_blocks_are_found() -> None:
    assert [(block.kind, block.name) for block in blocks(SCHEMA)] == [
        ("datasource", "db"),
        ("model", "User"),
        ("model", "Empty"),
    ]


def test_members_are_told_from_other_lines() -> None:
    user = next(block for block in blocks(SCHEMA) if block.name == "User")
    cells = [(line.name, line.type, line.rest) for line in user.members]
    assert cells == [
        ("id", "Int", "@id @default(autoincrement())"),
        ("email", "String", "@unique // {"),
        ("posts", "Post[]", ""),
    ]


def test_a_member_joins_the_last_run() -> None:
    assert "  posts      Post[]\n  orderItems OrderItem[]\n\n  @@map" in added(
        "User", "orderItems OrderItem[]"
    )


def test_a_member_in_an_empty_block() -> None:
    assert "model Empty {\n  id Int @id\n}\n" in added("Empty", "id Int @id")


def test_new_blocks_get_columns() -> None:
    text = "model A {\n  id Int @id\n  userName String? @unique\n\n  b B[]\n}\n"
    assert formatted(text) == (
        "model A {\n  id       Int     @id\n  userName String? @unique\n\n  b B[]\n}\n"
    )

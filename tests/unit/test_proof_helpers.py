"""The parts of the proofs that need no host."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("httpx", reason="the proofs speak HTTP with httpx")

from proofs import breaking, host, routes, shell


def test_route_tables_of_different_frameworks_read_the_same() -> None:
    table = (
        "GET /users/{user_id}\nHEAD /users\nGET /files/*path\n[x] noise\n POST  /users handler\n"
    )

    assert routes.parse(table) == Counter(
        [("GET", "/users/{}"), ("GET", "/files/{*}"), ("POST", "/users")]
    )
    assert routes.plain("/users/:id/posts/:post_id") == routes.plain("/users/{id}/posts/{p:int}")
    assert routes.plain("/files/{name:path}") == routes.plain("/files/{name*}") == "/files/{*}"


def test_a_row_whose_handler_changed_is_lost() -> None:
    assert routes.lost("GET /a one\nGET /b two", "GET /b two\nGET /a other") == ["GET /a one"]


def test_every_host_says_what_the_proofs_need() -> None:
    found = host.hosts()

    assert all(h.checks and h.serve and h.health and h.routes for h in found)
    assert len({str(case) for case in host.cases()}) == len(host.cases())


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (
            "a.py",
            "class A:\n    async def get(\n        self,\n    ) -> int:\n        return 1\n",
            '    ) -> int:\n        raise RuntimeError("broken by the proof")\n        return 1\n',
        ),
        (
            "a.go",
            "func (h *H) get(c *gin.Context) {\n\tx := 1\n}\n",
            'func (h *H) get(c *gin.Context) {\n\tpanic("broken by the proof")\n',
        ),
        (
            "a.go",
            "func get(s *S) gin.HandlerFunc {\n\treturn func(c *gin.Context) {\n\t\tx()\n\t}\n}\n",
            '\treturn func(c *gin.Context) {\n\tpanic("broken by the proof")\n\t\tx()\n',
        ),
        (
            "a.ts",
            "export async function get(\n  req: Request,\n): Promise<void> {\n  a();\n}\n",
            '): Promise<void> {\nthrow new Error("broken by the proof");\n  a();\n',
        ),
        (
            "b.js",
            "const get = wrap(async (req, res) => {\n  a()\n})\n",
            '=> {\nthrow new Error("broken by the proof");\n  a()\n',
        ),
        (
            "c.ts",
            "class A {\n  get = async (req: Request, res: Response) => {\n    a();\n  };\n}\n",
            '=> {\nthrow new Error("broken by the proof");\n    a();\n',
        ),
        (
            "A.java",
            "class A {\n    public Page<A> get(\n    @Id Long id, Query query) {\n        a();\n    }\n}\n",
            'query) {\nif (true) { throw new IllegalStateException("broken by the proof"); }\n        a();\n',
        ),
    ],
    ids=["python", "go", "go-factory", "function", "wrapped", "member", "java"],
)
def test_a_handler_is_broken_where_it_runs(tmp_path: Path, name: str, old: str, new: str) -> None:
    (tmp_path / name).write_text(old)

    path, before = breaking.break_handler(tmp_path, [name], "module.A.get")

    assert before.decode() == old
    assert new in path.read_text()


def test_only_generated_tests_are_run() -> None:
    files = ["app/users.py", "tests/test_users.py", "x/users_test.go"]

    assert breaking.command("python", files) == "pytest -q -x tests/test_users.py"
    assert breaking.command("go", files) == "go test ./x"
    java = ["src/main/java/a/User.java", "src/test/java/a/UserTest.java"]
    assert breaking.command("java", java) == "mvn -q -B test -Dtest=UserTest"
    assert breaking.command("python", ["app/users.py"]) == ""
    assert (
        breaking.command("javascript", ["a/users.ts", "t/b.test.ts"]) == "npm test -- t/b.test.ts"
    )


def test_a_tree_knows_bytes_modes_and_links(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("a")
    before = shell.tree(tmp_path)

    file.chmod(0o755)
    moved = shell.tree(tmp_path)
    (tmp_path / "empty").mkdir()

    assert before != moved != shell.tree(tmp_path)

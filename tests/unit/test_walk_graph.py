"""Walks over router graphs that have more ways through them than can be followed."""

from __future__ import annotations

from projects_in_memory import graph
from pytest import MonkeyPatch

from apimod import walk_graph

MANY = "\n".join(f'@app.get("/x{number}")\ndef f{number}(): ...' for number in range(60))


def test_a_walk_that_is_given_up_is_reported(monkeypatch: MonkeyPatch) -> None:
    files = {"main.py": f"from fastapi import FastAPI\napp = FastAPI()\n{MANY}\n"}
    whole = graph(files, "fastapi")
    assert (len(whole.endpoints), whole.unresolved) == (60, [])
    monkeypatch.setattr(walk_graph, "MAX_VISITS", -1_000)
    given_up = graph(files, "fastapi")
    assert given_up.endpoints == []
    assert [(row.file, row.line) for row in given_up.unresolved] == [("main.py", 2)]

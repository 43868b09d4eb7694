"""Queries to facts: prefiltering, and the parts that are picked from arguments."""

from __future__ import annotations

import pytest
from projects_in_memory import codebase, pack

from apimod.languages import forms
from apimod.match import Matcher, find_facts, select

ROUTES = """
from fastapi import APIRouter
router = APIRouter(prefix="/users", tags=["users"])

@router.get("/{id}", response_model=User, status_code=200, summary="One", tags=["x"])
def one(id: int, page: int = Query(1)):
    raise HTTPException(404, detail="none")
"""


def facts(text: str) -> dict[str, list[tuple[str, dict[str, str]]]]:
    code = codebase({"a.py": text})
    found = find_facts(code, [pack().by_name["fastapi"]], code.paths)
    return {
        kind: [
            (
                f.source.text(f.node).splitlines()[0],
                {p: " ".join(f.source.text(n) for n in nodes) for p, nodes in f.captures.items()},
            )
            for f in kinds
        ]
        for kind, kinds in found.items()
        if kinds
    }


def test_parts_come_from_patterns_and_from_arguments() -> None:
    found = facts(ROUTES)
    (_, router), *_ = found["router"]
    assert router == {"is": "APIRouter", "path": '"/users"', "tags": '["users"]'}
    ((_, route),) = found["route"]
    assert route["on"] == "router"
    assert route["method"] == "get"
    assert route["path"] == '"/{id}"'
    assert route["status"] == "200"
    assert route["response"] == "User"
    assert route["summary"] == '"One"'
    assert route["tags"] == '["x"]'
    assert route["handler"].startswith("def one")
    ((_, error),) = found["error"]
    assert (error["status"], error["detail"]) == ("404", '"none"')
    ((_, given),) = found["input"]
    assert (given["name"], given["source"]) == ("page", "Query")


def test_a_project_that_does_not_mention_the_unit_has_no_facts() -> None:
    assert (
        facts('class APIRouter: ...\nrouter = APIRouter()\n@router.get("/")\ndef f(): ...\n') == {}
    )


def test_files_without_a_literal_are_not_parsed() -> None:
    code = codebase({"a.py": "import fastapi\n", "b.py": "x = 1\n"})
    matcher = Matcher(pack().by_name["fastapi"])
    assert [matcher.wants(s.data) for p in code.paths if (s := code.source(p))] == [True, False]


@pytest.mark.parametrize(
    ("selector", "texts"),
    [
        (0, ["a"]),
        (-1, ["{'k': v}"]),
        (5, []),
        ("1:", ["b", "{'k': v}"]),
        ("1:-1", ["b"]),
        ("name", ["n"]),
        ("2.k", ["v"]),
        ("missing", []),
    ],
)
def test_selectors(selector: int | str, texts: list[str]) -> None:
    code = codebase({"a.py": "f(a, b, {'k': v}, name=n)\n"})
    source = code.source("a.py")
    assert source is not None
    call = code.root(source).named_children[0].named_children[0]
    form = code.language(source).form(source, call)
    assert isinstance(form, forms.Call)
    assert [source.text(n) for n in select(code, source, form, selector)] == texts

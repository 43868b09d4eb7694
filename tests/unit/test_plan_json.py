"""A plan comes back from its JSON as it went in; anything else is refused with the place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning import plan_of

from apimod.errors import UsageError
from apimod.model import (
    Create,
    Delete,
    Endpoint,
    Evidence,
    Field,
    Insert,
    Plan,
    Replace,
    Request,
    Resource,
    Span,
    Step,
)
from apimod.plan_json import plan_from_json, plan_to_dict, plan_to_json

FULL = Plan(
    Request("create-rest", Resource("user", "users", "Users", (Field("age", "int", min=1, max=2.5),
            Field("role", "enum", ("a", "b"), default="a"))), only=("get",)),
    "apps/api", "flask",
    (Create("1", "new é.py", b"x\r\n", "why", ("2",), 0o755),
     Insert("2", "a.py", 3, b"\xe9\xff\0", "why"),
     Replace("3", "a.py", Span(4, 5), b"", "\u2028".encode(), "why"),
     Delete("4", "gone\udcff", "ab" * 32, "why")),
    (("a.py", "00" * 32), ("new é.py", "")),
    (Endpoint("rest", "GET", "/users/{id}", "get", "flask", ".", "a.py", 1, ("m",), None),),
    {"envelope": {"items": [1, 2.5, None, True]}},
    (Evidence("uses flask", "a.py", 3),), ("a note",), (Step("lock", "uv lock"),), ("curl",), True,
)  # fmt: skip


def test_a_plan_comes_back_whole() -> None:
    assert plan_from_json(plan_to_json(FULL)) == FULL
    assert plan_from_json(plan_to_json(FULL).encode()) == FULL
    assert plan_to_dict(FULL)["schema"] == 1
    assert plan_to_dict(FULL)["edits"][0]["content"] == {"text": "x\r\n"}
    assert set(plan_to_dict(FULL)["edits"][1]["text"]) == {"base64"}


@given(st.text(), st.binary(), st.integers(), st.integers(0), st.lists(st.text()).map(tuple))
def test_any_edit_comes_back(
    path: str, data: bytes, number: int, end: int, needs: tuple[str, ...]
) -> None:
    plan = plan_of(
        Create("c", path, data, path, needs, number),
        Insert("i", path, number, data, ""),
        Replace("r", path, Span(number, end), data, data, ""),
    )
    assert plan_from_json(plan_to_json(plan)) == plan


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not JSON"),
        ("nope", "not JSON"),
        ("[" * 200_000, "not JSON"),
        ('{"schema": 1, "schema": 1}', "twice"),
        ('{"schema": NaN}', "NaN"),
        ('{"schema": ' + "9" * 5000 + "}", "not JSON"),
        ("[]", "no plan"),
        ("{}", "no plan"),
        ('{"schema": 2}', "schema is 2"),
        ('{"schema": true}', "schema is True"),
        ('{"schema": 1}', "keys request"),
        (b"\xff\xfe\x00", "not JSON"),
    ],
)
def test_what_is_no_plan_is_refused(text: str | bytes, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        plan_from_json(text)


@pytest.mark.parametrize(
    ("keys", "value", "message"),
    [
        (("edits",), {}, "plan.edits holds {} where a list"),
        (("edits", 0), 1, r"plan.edits\[0\] holds 1 where an object"),
        (("edits", 0, "kind"), "run", "one of create"),
        (("edits", 0, "kind"), ["create"], "one of create"),
        (("edits", 0, "path"), None, "a string"),
        (("edits", 0, "mode"), True, "a whole number"),
        (("edits", 0, "content"), "x", "text or base64"),
        (("edits", 0, "content"), {"text": "\ud800"}, "broken"),
        (("edits", 0, "content"), {"hex": "00"}, "text or base64"),
        (("edits", 1, "text"), {"base64": "!!"}, "broken"),
        (("edits", 0, "run"), "rm", "run"),
        (("edits", 2, "span", "start"), 1.5, "a whole number"),
        (("hashes", 0), ["a"], "a list of 2"),
        (("request", "resource"), [], "an object"),
        (("needs_lock",), 1, "true or false"),
        (("profile",), [], "an object"),
        (("extra",), 1, "extra"),
    ],
)
def test_a_wrong_plan_is_refused_with_the_place(
    keys: tuple[str | int, ...], value: Any, message: str
) -> None:
    wrong: Any = plan_to_dict(FULL)
    at = wrong
    for key in keys[:-1]:
        at = at[key]
    at[keys[-1]] = value
    with pytest.raises(UsageError, match=message):
        plan_from_json(json.dumps(wrong))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.data())
def test_no_value_anywhere_makes_it_break_otherwise(data: st.DataObject) -> None:
    wrong: Any = plan_to_dict(FULL)
    at = wrong
    while True:
        keys = list(range(len(at))) if isinstance(at, list) else list(at)
        key = data.draw(st.sampled_from(keys))
        if not isinstance(at[key], dict | list) or not at[key] or data.draw(st.booleans()):
            break
        at = at[key]
    at[key] = data.draw(JSON)
    try:
        plan_from_json(json.dumps(wrong))
    except UsageError as error:
        assert error.exit_code == 2

"""Fields as they are written on the command line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apimod import fields
from apimod.errors import BadField
from apimod.model import FIELD_TYPES, Field


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("name:string", Field("name", "string")),
        ("email:email:unique", Field("email", "email", unique=True)),
        ("role:enum=user,admin", Field("role", "enum", values=("user", "admin"))),
        (
            "role:enum=user,admin:default=user",
            Field("role", "enum", values=("user", "admin"), default="user"),
        ),
        ("author:ref=users:index", Field("author", "ref", target="users", index=True)),
        ("line:ref=OrderItems", Field("line", "ref", target="order_items")),
        ("age:int:min=0:max=150", Field("age", "int", min=0, max=150)),
        ("score:float:min=-0.5", Field("score", "float", min=-0.5)),
        ("price:decimal:default=19.99:min=0", Field("price", "decimal", default="19.99", min=0)),
        ("homePage:url:default=https://a.b/c:optional",
         Field("home_page", "url", default="https://a.b/c", optional=True)),
        ("at:datetime:default=2024-01-02T03:04:05",
         Field("at", "datetime", default="2024-01-02T03:04:05")),
        ("meta:json:default={\"a\":1}", Field("meta", "json", default='{"a":1}')),
        ("bio:text:optional", Field("bio", "text", optional=True)),
        ("password:string:secret:min=8", Field("password", "string", secret=True, min=8)),
        ("views:int:readonly", Field("views", "int", readonly=True, optional=True)),
        ("views:int:readonly:default=0", Field("views", "int", readonly=True, default="0")),
        ("code:string:unique:index", Field("code", "string", unique=True)),
        ("big:bigint:max=9007199254740993", Field("big", "bigint", max=9007199254740993)),
        ("active:bool:default=true", Field("active", "bool", default="true")),
    ],
)  # fmt: skip
def test_parse(text: str, want: Field) -> None:
    assert fields.parse(text) == want
    assert fields.parse(fields.spell(want)) == want


@pytest.mark.parametrize("type_", FIELD_TYPES)
def test_every_type_of_the_model_is_accepted(type_: str) -> None:
    value = {"enum": "enum=a,b", "ref": "ref=users"}.get(type_, type_)
    assert fields.parse(f"x:{value}").type == type_


BAD = [
    ("name", "has no type"),
    ("name:", "has no type"),
    (":string", "is empty"),
    ("name:sting", "did you mean string?"),
    ("name:integer", "did you mean int?"),
    ("name:boolean", "did you mean bool?"),
    ("name:wibble", "known: string"),
    ("name:String", "did you mean string?"),
    ("name:string=5", "takes no value"),
    ("name:string:uniqe", "did you mean unique?"),
    ("name:string:nullable", "did you mean optional?"),
    ("name:string:required", "no modifier"),
    ("name:string:", "modifier is empty"),
    ("name:string:unique:unique", "given twice"),
    ("name:int:min=1:min=2", "given twice"),
    ("name:string:unique=true", "takes no value"),
    ("name:int:min", "needs a value"),
    ("name:int:min=", "whole number"),
    ("name:int:min=5:max=1", "min 5 is over max 1"),
    ("name:int:min=1.5", "whole number"),
    ("name:int:min=99999999999", "32 bits"),
    ("name:float:min=nan", "must be a number"),
    ("name:float:max=inf", "must be a number"),
    ("name:decimal:max=1e999", "must be a number"),
    ("name:string:min=-1", "negative"),
    ("name:string:max=0", "no text"),
    ("name:bool:min=1", "a bool has no min"),
    ("name:date:max=1", "a date has no max"),
    ("name:int:default=x", "is no int"),
    ("name:int:min=1:default=0", "under min 1"),
    ("name:int:max=1:default=2", "over max 1"),
    ("name:string:max=2:default=abc", "longer than max 2"),
    ("name:string:min=4:default=abc", "shorter than min 4"),
    ("name:bool:default=yes", "is no bool"),
    ("name:date:default=2024-02-30", "is no date"),
    ("name:datetime:default=now", "is no datetime"),
    ("name:uuid:default=1", "is no uuid"),
    ("name:email:default=x", "is no email"),
    ("name:url:default=x", "is no url"),
    ("name:json:default={", "is no json"),
    ("name:json:default=NaN", "is no json"),
    ("name:enum", "needs its members"),
    ("name:enum=", "needs its members"),
    ("name:enum=a,", "is empty"),
    ("name:enum=a,a", "given twice"),
    ("name:enum=a-b,a_b", "one name"),
    ("name:enum=a,b:default=c", "is not one of a, b"),
    ("name:enum={{x}}", "can't be a member"),
    ("name:enum=a\nb", "can't be a member"),
    ("name:ref", "needs the resource"),
    ("name:ref=../x", "parts of a path"),
    ("name:ref=users:default=1", "a ref has none"),
    ("name:int:secret", "can't be secret"),
    ("name:string:secret:unique", "can't be unique"),
    ("name:string:secret:readonly", "can't be readonly"),
    ("name:string:secret:default=x", "default"),
    ("name:bool:unique", "can't be unique"),
    ("name:json:index", "index"),
    ("name:string:unique:default=x", "collide"),
    ("id:int", "can't be given"),
    ("ID:uuid", "can't be given"),
    ("created_at:datetime", "can't be given"),
    ("updatedAt:datetime", "can't be given"),
    ("2nd:string", "digit"),
    ("na/me:string", "path"),
    ("{{x}}:string", "template"),
    ("n" * 5000 + ":string", "characters"),
    ("n" * 61 + ":string", "characters"),
    ("name:string:default=a\x1bb", "control"),
]


@pytest.mark.parametrize(("text", "said"), BAD)
def test_what_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadField) as caught:
        fields.parse(text)
    error = caught.value
    assert said in f"{error.what}; {error.advice}"
    assert error.what.isprintable()
    assert error.exit_code == 2


@pytest.mark.parametrize(
    "texts",
    [
        ("name:string", "name:text"),
        ("userName:string", "user_name:string"),
        ("author:ref=users", "author_id:int"),
        ("author_id:int", "author:ref=users"),
        ("author:ref=users", "author_id:ref=users"),
    ],
)
def test_two_fields_of_one_name_are_refused(texts: tuple[str, ...]) -> None:
    with pytest.raises(BadField, match="given twice"):
        fields.parse_all(texts)


def test_fields_keep_their_order() -> None:
    parsed = fields.parse_all(("b:int", "a:string", "author:ref=users"))
    assert [field.name for field in parsed] == ["b", "a", "author"]


def test_describe() -> None:
    assert fields.describe(fields.parse("email:email:unique")) == "email (email, unique)"
    assert fields.describe(fields.parse("n:string:min=2:max=9")) == "n (string, 2 to 9 characters)"
    said = fields.describe(fields.parse("role:enum=a,b:default=a"))
    assert said == "role (one of a, b, 'a' by default)"


@given(st.text(max_size=60))
def test_nothing_but_a_clear_error_comes_of_any_text(text: str) -> None:
    _parse_or_refuse(text)
    _parse_or_refuse(f"name:{text}")
    _parse_or_refuse(f"name:string:{text}")
    _parse_or_refuse(f"name:decimal:default={text}")


@given(st.data())
def test_spell_and_parse_are_inverse(data: Any) -> None:
    flags = data.draw(st.sets(st.sampled_from(("unique", "optional", "index", "readonly"))))
    type_ = data.draw(st.sampled_from(("string", "int", "float", "email", "uuid")))
    limit = data.draw(st.none() | st.integers(1, 1000))
    parts = ["name", type_, *sorted(flags)]
    if limit is not None and type_ != "uuid":
        parts.append(f"max={limit}")
    field = fields.parse(":".join(parts))
    assert fields.parse(fields.spell(field)) == field


def _parse_or_refuse(text: str) -> None:
    try:
        field = fields.parse(text)
    except BadField as error:
        assert error.what.isprintable()
        assert len(error.what) < 300
    else:
        assert fields.parse(fields.spell(field)) == field

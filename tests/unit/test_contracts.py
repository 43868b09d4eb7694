"""Contracts: services in ``.proto`` files, root fields in SDL."""

from __future__ import annotations

import pytest

from apimod.contracts import sdl
from apimod.contracts.model import Service, nearest
from apimod.contracts.proto import ProtoError, services_in

PROTO = """
syntax = "proto3"; // a comment with service X {
package shop.v1;
import "google/api/annotations.proto";
option go_package = "example.com/gen/shop/v1;shopv1";
/* service Commented { rpc Not(A) returns (A); } */
message A {
  map<string, int32> counts = 1;
  oneof kind { string name = 2; int32 id = 3; }
  message Inner { string service = 1 [deprecated = true]; }
}
enum E { ZERO = 0; }
service Orders {
  option deprecated = true;
  rpc Place (.shop.v1.A) returns (A) {}
  rpc Upload(stream A) returns (A);
  rpc Watch(A) returns (stream A) { option (x.http) = { get: "/v1/{name=a/*}" more { post: "/b" } }; };
  rpc Chat(stream A) returns (stream A) { option (x.http).get = "/c"; }
}
service Empty {}
"""


def test_services_methods_streams_and_options() -> None:
    orders, empty = services_in(PROTO, "a.proto")
    assert orders.full_name == "shop.v1.Orders"
    assert [(r.name, r.kind) for r in orders.rpcs] == [
        ("Place", "unary"),
        ("Upload", "client_stream"),
        ("Watch", "server_stream"),
        ("Chat", "bidi_stream"),
    ]
    assert orders.rpcs[0].line == 15
    assert orders.rpcs[2].options == {"x.http": {"get": "/v1/{name=a/*}", "more": {"post": "/b"}}}
    assert orders.rpcs[3].options == {"x.http.get": "/c"}
    assert orders.homes == ("example.com/gen/shop/v1;shopv1",)
    assert empty.rpcs == ()


@pytest.mark.parametrize("text", ["service A {", "service A { rpc B(", "message {", "option a"])
def test_a_file_that_breaks_off_is_an_error(text: str) -> None:
    with pytest.raises(ProtoError):
        services_in(text, "a.proto")


def test_of_services_of_one_name_the_one_that_code_tells_is_meant() -> None:
    first = Service("Users", "users.v1", "api/v1/users.proto", (), ("example.com/api/v1;usersv1",))
    second = Service("Users", "users.v2", "api/v2/users.proto", (), ("example.com/api/v2;usersv2",))
    hints = ["example.com/api/v2.RegisterUsersServer"]
    assert nearest([first, second], hints, "main.go") is second
    assert nearest([first, second], [], "api/v1/main.go") is first


SDL = '''
"""A description { with braces }"""
type Query @public { users(first: Int = 10): [User!]! me: User @auth }
extend type Query { extra: Int }
type User { name: String }
input New { a: Int }
query Client { users { name } }
'''


def test_fields_of_root_types() -> None:
    document = sdl.read(SDL)
    roots = sdl.roots_of([document])
    found = [(f.owner, f.name, f.directives) for f in document.fields if f.owner in roots.values()]
    assert found == [
        ("Query", "users", ("public",)),
        ("Query", "me", ("public", "auth")),
        ("Query", "extra", ()),
    ]


def test_a_schema_names_its_roots() -> None:
    named = sdl.read("schema { query: Root } type Root { a: Int } type Mutation { b: Int }")
    assert sdl.roots_of([named]) == {"QUERY": "Root"}
    extended = sdl.read("extend schema { mutation: M } type M { a: Int }")
    assert sdl.roots_of([extended])["MUTATION"] == "M"
    assert sdl.roots_of([extended])["QUERY"] == "Query"


def test_what_only_asks_defines_nothing() -> None:
    assert not sdl.defines("query A { b } fragment C on D { e }")
    assert sdl.defines("extend type Query { a: Int }")
    with pytest.raises(sdl.SdlError):
        sdl.read("type Query { a: }")

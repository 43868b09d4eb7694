import pytest
from httpx import AsyncClient

from tests.conftest import Headers

pytestmark = pytest.mark.anyio

URL = "/api/v1/projects"


async def test_life_of_a_project(client: AsyncClient, alice: Headers) -> None:
    created = await client.post(URL, headers=alice, json={"name": "Apollo", "description": "d"})
    assert created.status_code == 201
    location = created.headers["Location"]
    assert location == f"{URL}/{created.json()['id']}"

    updated = await client.put(location, headers=alice, json={"description": None})
    assert updated.status_code == 200
    assert (updated.json()["name"], updated.json()["description"]) == ("Apollo", None)

    assert (await client.delete(location, headers=alice)).status_code == 204
    assert (await client.get(location, headers=alice)).status_code == 404


async def test_list_is_paged_searched_and_sorted(client: AsyncClient, alice: Headers) -> None:
    for name in ("b", "a", "c%"):
        await client.post(URL, headers=alice, json={"name": name})

    page = (await client.get(URL, headers=alice, params={"limit": 2, "sort": "name"})).json()
    assert [item["name"] for item in page["items"]] == ["a", "b"]
    assert (page["page"], page["limit"], page["total"], page["pages"]) == (1, 2, 3, 2)

    found = (await client.get(URL, headers=alice, params={"search": "%"})).json()
    assert [item["name"] for item in found["items"]] == ["c%"]


async def test_name_is_unique_for_an_owner(
    client: AsyncClient, alice: Headers, bob: Headers
) -> None:
    assert (await client.post(URL, headers=alice, json={"name": "x"})).status_code == 201
    assert (await client.post(URL, headers=alice, json={"name": "x"})).status_code == 409
    assert (await client.post(URL, headers=bob, json={"name": "x"})).status_code == 201


async def test_others_see_nothing(client: AsyncClient, alice: Headers, bob: Headers) -> None:
    created = await client.post(URL, headers=alice, json={"name": "secret"})
    location = created.headers["Location"]

    assert (await client.get(location, headers=bob)).status_code == 404
    assert (await client.put(location, headers=bob, json={"name": "y"})).status_code == 404
    assert (await client.delete(location, headers=bob)).status_code == 404
    assert (await client.get(URL, headers=bob)).json()["total"] == 0
    assert (await client.get(URL)).status_code == 401


async def test_superuser_transfers(
    client: AsyncClient, alice: Headers, bob: Headers, admin: Headers
) -> None:
    project = (await client.post(URL, headers=alice, json={"name": "x"})).json()
    location = f"{URL}/{project['id']}"
    task = {"title": "t", "project_id": project["id"]}
    await client.post("/api/v1/tasks", headers=alice, json=task)
    new_owner = {"owner_id": (await client.get("/api/v1/auth/me", headers=bob)).json()["id"]}

    url = f"{location}/transfer"
    assert (await client.post(url, headers=alice, json=new_owner)).status_code == 403
    assert (await client.post(url, headers=admin, json={"owner_id": 999})).status_code == 422
    assert (await client.post(url, headers=admin, json=new_owner)).status_code == 200
    assert (await client.get(location, headers=bob)).status_code == 200
    assert (await client.get("/api/v1/tasks", headers=bob)).json()["total"] == 1


@pytest.mark.parametrize("body", [{}, {"name": " "}, {"name": None}, {"name": "a\x00"}])
async def test_invalid_body(client: AsyncClient, alice: Headers, body: dict[str, object]) -> None:
    response = await client.post(URL, headers=alice, json=body)
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["body", "name"]

import pytest
from httpx import AsyncClient

from tests.conftest import Headers

pytestmark = pytest.mark.anyio

URL = "/api/v1/tasks"


@pytest.fixture
async def project_id(client: AsyncClient, alice: Headers) -> int:
    response = await client.post("/api/v1/projects", headers=alice, json={"name": "Apollo"})
    return int(response.json()["id"])


async def test_life_of_a_task(client: AsyncClient, alice: Headers, project_id: int) -> None:
    body = {"title": "Launch", "project_id": project_id, "due_on": "2026-07-20"}
    created = await client.post(URL, headers=alice, json=body)
    assert created.status_code == 201
    assert created.json()["status"] == "todo"
    location = created.headers["Location"]

    assert (await client.put(location, headers=alice, json={"status": "late"})).status_code == 422
    updated = await client.put(location, headers=alice, json={"status": "done"})
    assert updated.json()["status"] == "done"
    assert updated.json()["due_on"] == "2026-07-20"

    done = await client.get(URL, headers=alice, params={"status": "done"})
    todo = await client.get(URL, headers=alice, params={"status": "todo"})
    assert (done.json()["total"], todo.json()["total"]) == (1, 0)

    busy = await client.delete(f"/api/v1/projects/{project_id}", headers=alice)
    assert busy.status_code == 409

    assert (await client.delete(location, headers=alice)).status_code == 204
    assert (await client.get(location, headers=alice)).status_code == 404


async def test_project_must_be_ones_own(client: AsyncClient, bob: Headers, project_id: int) -> None:
    body = {"title": "Intrude", "project_id": project_id}
    assert (await client.post(URL, headers=bob, json=body)).status_code == 422


async def test_others_see_nothing(
    client: AsyncClient, alice: Headers, bob: Headers, project_id: int
) -> None:
    body = {"title": "Launch", "project_id": project_id}
    location = (await client.post(URL, headers=alice, json=body)).headers["Location"]

    assert (await client.get(location, headers=bob)).status_code == 404
    assert (await client.put(location, headers=bob, json={"title": "y"})).status_code == 404
    assert (await client.delete(location, headers=bob)).status_code == 404
    assert (await client.get(URL, headers=bob)).json()["total"] == 0


@pytest.mark.parametrize("query", ["page=0", "limit=101", "sort=owner_id", "status=late"])
async def test_invalid_query(client: AsyncClient, alice: Headers, query: str) -> None:
    assert (await client.get(f"{URL}?{query}", headers=alice)).status_code == 422

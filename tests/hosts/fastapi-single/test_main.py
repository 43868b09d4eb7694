import pytest
from fastapi.testclient import TestClient

from main import LINKS, app

client = TestClient(app)


@pytest.fixture(autouse=True)
def empty_shelf():
    LINKS.clear()


def test_links():
    body = {"title": "Docs", "url": "https://example.com/", "tags": ["read"]}
    created = client.post("/api/links", json=body)
    assert created.status_code == 201
    link = created.json()
    assert link == {**body, "id": link["id"]}

    assert client.get("/api/links?tag=read").json() == [link]
    assert client.get("/api/links?tag=other").json() == []
    assert client.get("/api/tags").json() == {"read": 1}

    assert client.delete(f"/api/links/{link['id']}").status_code == 204
    assert client.get(f"/api/links/{link['id']}").status_code == 404


def test_bad_url():
    response = client.post("/api/links", json={"title": "x", "url": "nope"})
    assert response.status_code == 422


def test_any_other_path_is_the_page():
    for path in ("/", "/about", "/api/unknown"):
        assert "<title>linkshelf</title>" in client.get(path).text

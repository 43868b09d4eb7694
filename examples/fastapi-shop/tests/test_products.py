import pytest
from fastapi.testclient import TestClient


def lamp(number: int) -> dict[str, object]:
    return {"sku": f"LAMP-{number}", "name": f"Lamp {number}", "price_cents": 1990}


def test_products_come_in_pages_newest_first(client: TestClient) -> None:
    for number in range(3):
        assert client.post("/products", json=lamp(number)).status_code == 201

    page = client.get("/products", params={"limit": 2}).json()

    assert [product["sku"] for product in page["items"]] == ["LAMP-2", "LAMP-1"]
    assert (page["total"], page["page"], page["limit"], page["pages"]) == (3, 1, 2, 2)


@pytest.mark.parametrize("query", ["page=0", "limit=0", "limit=101", "page=x"])
def test_a_bad_page_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/products?{query}").status_code == 422


def test_a_description_can_be_cleared(client: TestClient) -> None:
    body = {**lamp(1), "description": "Bright"}
    location = client.post("/products", json=body).headers["Location"]
    assert client.get(location).json()["description"] == "Bright"
    assert client.put(location, json={"description": None}).status_code == 200
    assert client.get(location).json()["description"] is None


def test_a_sku_is_taken_once(client: TestClient) -> None:
    client.post("/products", json=lamp(1))
    other = client.post("/products", json=lamp(2)).headers["Location"]
    assert client.put(other, json={"sku": "LAMP-1"}).status_code == 409

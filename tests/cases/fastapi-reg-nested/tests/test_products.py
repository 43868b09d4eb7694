from fastapi.testclient import TestClient


def test_create_and_get(client: TestClient) -> None:
    made = client.post("/v1/products", json={"name": "Pen", "price": 120})
    assert made.status_code == 201
    assert client.get(f"/v1/products/{made.json()['id']}").json()["name"] == "Pen"


def test_missing(client: TestClient) -> None:
    assert client.get("/v1/products/999").status_code == 404

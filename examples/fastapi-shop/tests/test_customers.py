from fastapi.testclient import TestClient

ADA = {"email": "ada@example.com", "name": "Ada"}


def test_a_customer_is_created_changed_and_deleted(client: TestClient) -> None:
    created = client.post("/customers", json=ADA)
    assert created.status_code == 201
    location = created.headers["Location"]
    assert client.get(location).json()["email"] == "ada@example.com"

    changed = client.put(location, json={"name": "Ada Lovelace"})
    assert changed.json()["name"] == "Ada Lovelace"
    assert changed.json()["email"] == "ada@example.com"

    assert client.delete(location).status_code == 204
    assert client.get(location).status_code == 404


def test_an_email_address_is_taken_once(client: TestClient) -> None:
    client.post("/customers", json=ADA)
    assert client.post("/customers", json=ADA).status_code == 409
    assert client.get("/customers").json()["total"] == 1


def test_a_name_cannot_be_null(client: TestClient) -> None:
    location = client.post("/customers", json=ADA).headers["Location"]
    assert client.put(location, json={"name": None}).status_code == 422

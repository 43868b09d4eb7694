import pytest
from httpx import AsyncClient

from tests.conftest import Headers

pytestmark = pytest.mark.anyio

CREDENTIALS = {"email": "Carol@example.com", "password": "correct horse battery"}


async def test_register_then_log_in(client: AsyncClient) -> None:
    registered = await client.post("/api/v1/auth/register", json=CREDENTIALS)
    assert registered.status_code == 201
    assert "password" not in registered.text

    form = {"username": CREDENTIALS["email"], "password": CREDENTIALS["password"]}
    login = await client.post("/api/v1/auth/token", data=form)
    assert login.status_code == 200

    headers = {"Authorization": f"Bearer {login.json()['access_token']}"}
    me = await client.get("/api/v1/auth/me", headers=headers)
    assert me.json()["email"] == "carol@example.com"


async def test_email_is_taken(client: AsyncClient) -> None:
    await client.post("/api/v1/auth/register", json=CREDENTIALS)
    again = await client.post("/api/v1/auth/register", json=CREDENTIALS)
    assert again.status_code == 409


@pytest.mark.parametrize("username", ["nobody@example.com", "\x00"])
async def test_wrong_credentials(client: AsyncClient, username: str) -> None:
    form = {"username": username, "password": "wrong"}
    response = await client.post("/api/v1/auth/token", data=form)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nonsense"}])
async def test_no_valid_token(client: AsyncClient, headers: Headers) -> None:
    response = await client.get("/api/v1/auth/me", headers=headers)
    assert response.status_code == 401


async def test_only_superusers_change_privileges(
    client: AsyncClient, alice: Headers, admin: Headers
) -> None:
    me = (await client.get("/api/v1/auth/me", headers=alice)).json()
    url = f"/api/v1/auth/users/{me['id']}/privileges"

    assert (await client.put(url, headers=alice, json={"is_superuser": True})).status_code == 403
    assert (await client.put(url, headers=admin, json={"is_active": None})).status_code == 422
    assert (await client.put(url, headers=admin, json={"is_active": False})).status_code == 200
    assert (await client.get("/api/v1/auth/me", headers=alice)).status_code == 401


async def test_request_id_is_returned(client: AsyncClient) -> None:
    response = await client.get("/health", headers={"X-Request-ID": "abc-123"})
    assert response.json() == {"status": "ok"}
    assert response.headers["X-Request-ID"] == "abc-123"

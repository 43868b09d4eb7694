from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

URL = '/api/suppliers'


def test_life_of_a_supplier(client: TestClient) -> None:
    created = client.post(URL, json={'name': 'Acme', 'contactEmail': 'a@acme.test'})
    assert created.status_code == 200
    body = created.json()
    assert set(body) == {'id', 'name', 'contactEmail', 'created', 'modified'}

    url = f'{URL}/{body["id"]}'
    updated = client.put(url, json={'contactEmail': None})
    assert updated.status_code == 200
    assert (updated.json()['name'], updated.json()['contactEmail']) == ('Acme', None)
    assert updated.json()['modified'] > body['modified']

    deleted = client.delete(url)
    assert deleted.status_code == 200
    assert deleted.json() == {'message': 'Supplier deleted'}
    assert client.get(url).json()['error']['code'] == 'not_found'


def test_list(client: TestClient) -> None:
    for name in ('b', 'a', 'c_'):
        client.post(URL, json={'name': name})

    page = client.get(URL, params={'skip': 1, 'limit': 1, 'orderBy': '-name'}).json()
    assert page['count'] == 3
    assert [supplier['name'] for supplier in page['data']] == ['b']

    found = client.get(URL, params={'q': '_'}).json()
    assert [supplier['name'] for supplier in found['data']] == ['c_']


def test_name_is_unique(client: TestClient) -> None:
    client.post(URL, json={'name': 'Acme'})
    again = client.post(URL, json={'name': 'Acme'})
    assert again.status_code == 409
    assert again.json()['error']['code'] == 'already_exists'


@pytest.mark.parametrize('key', [b'', b'wrong', 'clé'.encode()])
def test_needs_a_key(client: TestClient, key: bytes) -> None:
    response = client.get(URL, headers={b'X-API-Key': key})
    assert response.status_code == 401
    assert response.json()['error']['code'] == 'unauthorized'


@pytest.mark.parametrize('body', [{}, {'name': ' '}, {'name': None}])
def test_invalid_body(client: TestClient, body: dict[str, object]) -> None:
    response = client.post(URL, json=body)
    assert response.status_code == 422
    assert response.json()['error']['message'].startswith('name: ')


def test_writes_are_limited(client: TestClient) -> None:
    responses = [client.delete(f'{URL}/{uuid4()}') for _ in range(21)]
    assert [response.status_code for response in responses] == [404] * 20 + [429]
    assert responses[-1].headers['Retry-After'] == '60'
    assert responses[-1].json()['error']['code'] == 'rate_limited'


def test_unknown_path(client: TestClient) -> None:
    assert client.get('/nope').json()['error']['code'] == 'http_error'
    assert client.get('/healthz').json() == {'ok': True}

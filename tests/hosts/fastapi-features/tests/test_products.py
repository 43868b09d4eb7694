from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

URL = '/api/products'


@pytest.fixture
def supplier_id(client: TestClient) -> str:
    return str(client.post('/api/suppliers', json={'name': 'Acme'}).json()['id'])


def test_life_of_a_product(client: TestClient, supplier_id: str) -> None:
    body = {
        'sku': 'A-1',
        'title': 'Anvil',
        'unitPriceCents': 4999,
        'supplierId': supplier_id,
    }
    created = client.post(URL, json=body)
    assert created.status_code == 200
    assert created.json()['inStock'] == 0
    url = f'{URL}/{created.json()["id"]}'

    assert client.post(URL, json=body).status_code == 409
    assert client.put(url, json={'inStock': -1}).status_code == 422
    assert client.put(url, json={'inStock': 7}).json()['inStock'] == 7

    params = {'supplierId': supplier_id}
    assert client.get(URL, params=params).json()['count'] == 1
    assert client.get(URL, params={'supplierId': str(uuid4())}).json()['count'] == 0

    in_use = client.delete(f'/api/suppliers/{supplier_id}')
    assert (in_use.status_code, in_use.json()['error']['code']) == (409, 'in_use')

    assert client.delete(url).json() == {'message': 'Product deleted'}
    assert client.get(url).status_code == 404


def test_supplier_must_exist(client: TestClient) -> None:
    body = {
        'sku': 'A-1',
        'title': 'Anvil',
        'unitPriceCents': 1,
        'supplierId': str(uuid4()),
    }
    response = client.post(URL, json=body)
    assert response.status_code == 422
    assert response.json()['error']['code'] == 'unknown_reference'


@pytest.mark.parametrize('query', ['skip=-1', 'limit=101', 'orderBy=x', 'supplierId=x'])
def test_invalid_query(client: TestClient, query: str) -> None:
    assert client.get(f'{URL}?{query}').status_code == 422

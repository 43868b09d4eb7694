from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from stockroom.config import Settings
from stockroom.limits import limiter
from stockroom.main import create_app

KEY = 'test-key'


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr('stockroom.limits.get_settings', make_settings)
    limiter.reset()


def make_settings() -> Settings:
    return Settings(
        database_url='sqlite://', api_keys=[SecretStr(KEY)], write_limit='20/minute'
    )


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = create_app(make_settings())
    with TestClient(app, headers={'X-API-Key': KEY}) as client:
        yield client

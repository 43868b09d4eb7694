import hmac
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyHeader

from .config import Settings
from .errors import Unauthorized

api_key_header = APIKeyHeader(name='X-API-Key', auto_error=False)


def require_api_key(
    request: Request, api_key: Annotated[str | None, Depends(api_key_header)]
) -> None:
    settings: Settings = request.app.state.settings
    given = (api_key or '').encode()
    matches = [
        hmac.compare_digest(given, key.get_secret_value().encode())
        for key in settings.api_keys
    ]
    if not any(matches):
        raise Unauthorized('A valid X-API-Key header is required')

import os
import secrets
from typing import Annotated

from fastapi import Depends, HTTPException, status
from fastapi.security import APIKeyHeader

header = APIKeyHeader(name="X-API-Key")


def require_key(key: Annotated[str, Depends(header)]) -> None:
    if not secrets.compare_digest(key, os.environ["API_KEY"]):
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Wrong key")

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app.api.v1.router import api_router
from app.core.config import settings
from app.core.exceptions import register_exception_handlers
from app.core.logging import RequestIdMiddleware, configure_logging
from app.db.init_db import create_first_superuser
from app.db.session import SessionLocal, engine

configure_logging(settings.log_level)


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    async with SessionLocal() as session:
        await create_first_superuser(session)
    yield
    await engine.dispose()


app = FastAPI(title=settings.project_name, version="1.4.0", lifespan=lifespan)

app.add_middleware(RequestIdMiddleware)
register_exception_handlers(app)

app.include_router(api_router, prefix=settings.api_v1_prefix)


@app.get("/health", tags=["health"])
async def health() -> dict[str, str]:
    return {"status": "ok"}

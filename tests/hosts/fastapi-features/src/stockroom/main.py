from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from sqlmodel import SQLModel

from . import health
from .config import Settings, get_settings
from .database import make_engine
from .errors import install_error_handlers
from .limits import limiter
from .products.router import router as products_router
from .suppliers.router import router as suppliers_router


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    SQLModel.metadata.create_all(app.state.engine)
    yield
    app.state.engine.dispose()


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or get_settings()

    app = FastAPI(title='stockroom', version='0.6.0', lifespan=lifespan)
    app.state.settings = settings
    app.state.engine = make_engine(settings.database_url)
    app.state.limiter = limiter

    install_error_handlers(app)

    app.include_router(health.router)
    app.include_router(suppliers_router, prefix='/api')
    app.include_router(products_router, prefix='/api')

    return app

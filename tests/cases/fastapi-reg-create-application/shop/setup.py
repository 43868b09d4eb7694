from typing import Any

from fastapi import APIRouter, FastAPI


def create_application(router: APIRouter, **kwargs: Any) -> FastAPI:
    application = FastAPI(title="Shop", **kwargs)
    application.include_router(router)
    return application

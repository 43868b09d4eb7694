from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from shop.routers import products


def get_application() -> FastAPI:
    application = FastAPI(title="Shop")
    application.include_router(products.router, prefix="/api", tags=["shop"])
    application.mount("/", StaticFiles(directory="web", html=True), name="web")
    return application


app = get_application()

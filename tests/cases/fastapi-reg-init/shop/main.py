from fastapi import FastAPI

from shop.routers import api_router
from shop.settings import settings

app = FastAPI(title=settings.title)
app.include_router(api_router, prefix=settings.api_prefix)

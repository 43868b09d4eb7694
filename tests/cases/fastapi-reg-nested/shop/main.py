from fastapi import APIRouter, Depends, FastAPI

from shop.auth import require_key
from shop.routers import orders, products

public = APIRouter(prefix="/v1")
protected = APIRouter(prefix="/v1", dependencies=[Depends(require_key)])


@public.get("/status")
def status() -> dict[str, str]:
    return {"status": "ok"}


protected.include_router(products.router)
protected.include_router(orders.router)

app = FastAPI(title="Shop")
app.include_router(public)
app.include_router(protected)

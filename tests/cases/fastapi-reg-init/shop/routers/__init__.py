from fastapi import APIRouter

from .orders import router as orders_router
from .products import router as products_router

api_router = APIRouter()
api_router.include_router(orders_router)
api_router.include_router(products_router)

__all__ = ["api_router"]

from fastapi import FastAPI

from shop.routers.orders import router as orders_routes
from shop.routers.products import router as products_routes

app = FastAPI(title="Shop")

app.include_router(orders_routes)
app.include_router(products_routes)

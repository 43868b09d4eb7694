from fastapi import FastAPI

from shop.routers import orders, products

app = FastAPI(title="Shop")

ROUTERS = [
    products.router,
    orders.router,
]

for router in ROUTERS:
    app.include_router(router, prefix="/api/v1")

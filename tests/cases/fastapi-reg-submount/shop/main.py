from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

from shop.routers import orders, products

api = FastAPI(title="Shop API")
api.include_router(products.router)
api.include_router(orders.router)

app = FastAPI()


@app.get("/robots.txt", response_class=PlainTextResponse)
def robots() -> str:
    return "User-agent: *"


app.mount("/api", api)

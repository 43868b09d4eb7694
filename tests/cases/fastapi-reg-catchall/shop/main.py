from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from shop.routers import products

app = FastAPI(title="Shop")

app.include_router(products.router, prefix="/api")
app.mount("/static", StaticFiles(directory="web/static"), name="static")


@app.get("/{path:path}", include_in_schema=False)
def spa(path: str) -> FileResponse:
    return FileResponse("web/index.html")

from fastapi import FastAPI

from depot.api import router

app = FastAPI(title="Depot")
app.include_router(router, prefix="/api")

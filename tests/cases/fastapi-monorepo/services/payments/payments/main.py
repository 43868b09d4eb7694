from fastapi import FastAPI

from .charges.api import router as charges_router

app = FastAPI(root_path="/payments")
app.include_router(charges_router, prefix="/v1/charges", tags=["charges"])

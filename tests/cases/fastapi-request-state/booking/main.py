from fastapi import FastAPI, Request

from booking.db import SessionLocal
from booking.desks import router as desks

app = FastAPI()


@app.middleware("http")
async def db_session(request: Request, call_next):
    request.state.db = SessionLocal()
    try:
        return await call_next(request)
    finally:
        request.state.db.close()


app.include_router(desks)

from fastapi import FastAPI

from app.heroes.routes import router as heroes_router

app = FastAPI()
app.include_router(heroes_router)

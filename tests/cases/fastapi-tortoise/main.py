from fastapi import FastAPI

from models import Event

app = FastAPI()


@app.get("/events")
async def list_events() -> list[dict[str, object]]:
    return await Event.all().values()

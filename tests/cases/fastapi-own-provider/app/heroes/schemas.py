import datetime

from pydantic import BaseModel, ConfigDict


class HeroCreate(BaseModel):
    name: str


class HeroRead(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    hero_id: int
    name: str
    created_at: datetime.datetime

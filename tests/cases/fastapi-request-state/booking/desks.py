from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select

from booking.models import Desk

router = APIRouter(prefix="/desks")


class DeskIn(BaseModel):
    label: str


class DeskOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    label: str


@router.get("/", response_model=list[DeskOut])
def list_desks(request: Request):
    return request.state.db.scalars(select(Desk)).all()


@router.post("/", response_model=DeskOut, status_code=201)
def create_desk(desk: DeskIn, request: Request):
    made = Desk(label=desk.label)
    request.state.db.add(made)
    request.state.db.commit()
    return made


@router.get("/{desk_id}/", response_model=DeskOut)
def get_desk(desk_id: int, request: Request):
    desk = request.state.db.get(Desk, desk_id)
    if desk is None:
        raise HTTPException(404, "no such desk")
    return desk

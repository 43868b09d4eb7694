from uuid import UUID

from fastapi import APIRouter, HTTPException
from sqlalchemy import select

from ..db import Session
from .models import Charge
from .schemas import ChargeCreate, ChargeView

router = APIRouter()


@router.get("")
async def list_charges(session: Session) -> list[ChargeView]:
    found = await session.scalars(select(Charge))
    return [ChargeView.model_validate(charge) for charge in found]


@router.post("", status_code=201)
async def create_charge(session: Session, body: ChargeCreate) -> ChargeView:
    charge = Charge(**body.model_dump())
    session.add(charge)
    await session.flush()
    return ChargeView.model_validate(charge)


@router.get("/{charge_id}")
async def get_charge(session: Session, charge_id: UUID) -> ChargeView:
    charge = await session.get(Charge, charge_id)
    if charge is None:
        raise HTTPException(404, "charge not found")
    return ChargeView.model_validate(charge)

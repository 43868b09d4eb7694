from fastapi import APIRouter, status
from sqlalchemy import select

from shop.database import SessionDep
from shop.models import Order
from shop.schemas.order import OrderIn, OrderOut

router = APIRouter(prefix="/orders", tags=["orders"])


@router.get("", response_model=list[OrderOut])
def list_orders(db: SessionDep) -> list[Order]:
    return list(db.scalars(select(Order)))


@router.post("", response_model=OrderOut, status_code=status.HTTP_201_CREATED)
def create_order(data: OrderIn, db: SessionDep) -> Order:
    order = Order(**data.model_dump())
    db.add(order)
    db.commit()
    return order

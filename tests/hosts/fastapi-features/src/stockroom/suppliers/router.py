from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request

from ..database import SessionDep
from ..limits import limiter, write_limit
from ..schemas import Limit, Message, Search, Skip
from ..security import require_api_key
from . import service
from .models import (
    Supplier,
    SupplierCreate,
    SupplierOrder,
    SupplierPublic,
    SuppliersPublic,
    SupplierUpdate,
)

router = APIRouter(
    prefix='/suppliers',
    tags=['suppliers'],
    dependencies=[Depends(require_api_key)],
)


@router.get('', response_model=SuppliersPublic)
def list_suppliers(
    session: SessionDep,
    skip: Skip = 0,
    limit: Limit = 50,
    q: Search = None,
    order_by: Annotated[
        SupplierOrder, Query(alias='orderBy')
    ] = SupplierOrder.CREATED_DESC,
) -> dict[str, object]:
    data, count = service.list_suppliers(
        session, skip=skip, limit=limit, q=q, order_by=order_by
    )
    return {'data': data, 'count': count}


@router.post('', response_model=SupplierPublic)
@limiter.limit(write_limit)
def create_supplier(
    request: Request, body: SupplierCreate, session: SessionDep
) -> Supplier:
    return service.create_supplier(session, body)


@router.get('/{supplier_id}', response_model=SupplierPublic)
def get_supplier(supplier_id: UUID, session: SessionDep) -> Supplier:
    return service.get_supplier(session, supplier_id)


@router.put('/{supplier_id}', response_model=SupplierPublic)
@limiter.limit(write_limit)
def update_supplier(
    request: Request, supplier_id: UUID, body: SupplierUpdate, session: SessionDep
) -> Supplier:
    return service.update_supplier(session, supplier_id, body)


@router.delete('/{supplier_id}')
@limiter.limit(write_limit)
def delete_supplier(
    request: Request, supplier_id: UUID, session: SessionDep
) -> Message:
    service.delete_supplier(session, supplier_id)
    return Message(message='Supplier deleted')

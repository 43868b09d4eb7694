from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request

from ..database import SessionDep
from ..limits import limiter, write_limit
from ..schemas import Limit, Message, Search, Skip
from ..security import require_api_key
from . import service
from .models import (
    Product,
    ProductCreate,
    ProductOrder,
    ProductPublic,
    ProductsPublic,
    ProductUpdate,
)

router = APIRouter(
    prefix='/products',
    tags=['products'],
    dependencies=[Depends(require_api_key)],
)


@router.get('', response_model=ProductsPublic)
def list_products(
    session: SessionDep,
    skip: Skip = 0,
    limit: Limit = 50,
    q: Search = None,
    order_by: Annotated[
        ProductOrder, Query(alias='orderBy')
    ] = ProductOrder.CREATED_DESC,
    supplier_id: Annotated[UUID | None, Query(alias='supplierId')] = None,
) -> dict[str, object]:
    data, count = service.list_products(
        session,
        skip=skip,
        limit=limit,
        q=q,
        order_by=order_by,
        supplier_id=supplier_id,
    )
    return {'data': data, 'count': count}


@router.post('', response_model=ProductPublic)
@limiter.limit(write_limit)
def create_product(
    request: Request, body: ProductCreate, session: SessionDep
) -> Product:
    return service.create_product(session, body)


@router.get('/{product_id}', response_model=ProductPublic)
def get_product(product_id: UUID, session: SessionDep) -> Product:
    return service.get_product(session, product_id)


@router.put('/{product_id}', response_model=ProductPublic)
@limiter.limit(write_limit)
def update_product(
    request: Request, product_id: UUID, body: ProductUpdate, session: SessionDep
) -> Product:
    return service.update_product(session, product_id, body)


@router.delete('/{product_id}')
@limiter.limit(write_limit)
def delete_product(request: Request, product_id: UUID, session: SessionDep) -> Message:
    service.delete_product(session, product_id)
    return Message(message='Product deleted')

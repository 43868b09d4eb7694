from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, or_, select

from ..errors import AlreadyExists, NotFound, UnknownReference
from ..suppliers.models import Supplier
from .models import Product, ProductCreate, ProductOrder, ProductUpdate

ORDER_COLUMNS = {'sku': col(Product.sku), 'created': col(Product.created)}


def list_products(
    session: Session,
    *,
    skip: int,
    limit: int,
    q: str | None,
    order_by: ProductOrder,
    supplier_id: UUID | None,
) -> tuple[Sequence[Product], int]:
    query = select(Product)
    if supplier_id is not None:
        query = query.where(Product.supplier_id == supplier_id)
    if q:
        query = query.where(
            or_(
                col(Product.sku).icontains(q, autoescape=True),
                col(Product.title).icontains(q, autoescape=True),
            )
        )
    count = session.exec(select(func.count()).select_from(query.subquery())).one()
    column = ORDER_COLUMNS[order_by.removeprefix('-')]
    order = column.desc() if order_by.startswith('-') else column.asc()
    query = query.order_by(order, col(Product.id).desc()).offset(skip).limit(limit)
    return session.exec(query).all(), count


def get_product(session: Session, product_id: UUID) -> Product:
    product = session.get(Product, product_id)
    if product is None:
        raise NotFound('Product not found')
    return product


def create_product(session: Session, body: ProductCreate) -> Product:
    _check_supplier(session, body.supplier_id)
    return _save(session, Product(**body.model_dump()))


def update_product(session: Session, product_id: UUID, body: ProductUpdate) -> Product:
    product = get_product(session, product_id)
    if body.supplier_id is not None:
        _check_supplier(session, body.supplier_id)
    product.sqlmodel_update(body.model_dump(exclude_unset=True))
    return _save(session, product)


def delete_product(session: Session, product_id: UUID) -> None:
    session.delete(get_product(session, product_id))
    session.commit()


def _check_supplier(session: Session, supplier_id: UUID) -> None:
    if session.get(Supplier, supplier_id) is None:
        raise UnknownReference('supplierId: no such supplier')


def _save(session: Session, product: Product) -> Product:
    session.add(product)
    try:
        session.commit()
    except IntegrityError as exc:
        session.rollback()
        raise AlreadyExists('A product with this sku already exists') from exc
    session.refresh(product)
    return product

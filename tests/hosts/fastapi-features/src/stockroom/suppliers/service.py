from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, or_, select

from ..errors import AlreadyExists, InUse, NotFound
from .models import Supplier, SupplierCreate, SupplierOrder, SupplierUpdate

ORDER_COLUMNS = {'name': col(Supplier.name), 'created': col(Supplier.created)}


def list_suppliers(
    session: Session, *, skip: int, limit: int, q: str | None, order_by: SupplierOrder
) -> tuple[Sequence[Supplier], int]:
    query = select(Supplier)
    if q:
        query = query.where(
            or_(
                col(Supplier.name).icontains(q, autoescape=True),
                col(Supplier.contact_email).icontains(q, autoescape=True),
            )
        )
    count = session.exec(select(func.count()).select_from(query.subquery())).one()
    column = ORDER_COLUMNS[order_by.removeprefix('-')]
    order = column.desc() if order_by.startswith('-') else column.asc()
    query = query.order_by(order, col(Supplier.id).desc()).offset(skip).limit(limit)
    return session.exec(query).all(), count


def get_supplier(session: Session, supplier_id: UUID) -> Supplier:
    supplier = session.get(Supplier, supplier_id)
    if supplier is None:
        raise NotFound('Supplier not found')
    return supplier


def create_supplier(session: Session, body: SupplierCreate) -> Supplier:
    return _save(session, Supplier(**body.model_dump()))


def update_supplier(
    session: Session, supplier_id: UUID, body: SupplierUpdate
) -> Supplier:
    supplier = get_supplier(session, supplier_id)
    supplier.sqlmodel_update(body.model_dump(exclude_unset=True))
    return _save(session, supplier)


def delete_supplier(session: Session, supplier_id: UUID) -> None:
    session.delete(get_supplier(session, supplier_id))
    try:
        session.commit()
    except IntegrityError as exc:
        session.rollback()
        raise InUse('The supplier still has products') from exc


def _save(session: Session, supplier: Supplier) -> Supplier:
    session.add(supplier)
    try:
        session.commit()
    except IntegrityError as exc:
        session.rollback()
        raise AlreadyExists('A supplier with this name already exists') from exc
    session.refresh(supplier)
    return supplier

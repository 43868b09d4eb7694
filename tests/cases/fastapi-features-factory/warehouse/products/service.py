from collections.abc import Sequence

from sqlmodel import Session, select

from .models import Product, ProductCreate, ProductUpdate


def list_products(session: Session, skip: int, limit: int) -> Sequence[Product]:
    return session.exec(select(Product).offset(skip).limit(limit)).all()


def get_product(session: Session, product_id: int) -> Product | None:
    return session.get(Product, product_id)


def create_product(session: Session, data: ProductCreate) -> Product:
    product = Product.model_validate(data)
    session.add(product)
    session.commit()
    session.refresh(product)
    return product


def update_product(session: Session, product: Product, data: ProductUpdate) -> Product:
    product.sqlmodel_update(data.model_dump(exclude_unset=True))
    session.add(product)
    session.commit()
    session.refresh(product)
    return product


def delete_product(session: Session, product: Product) -> None:
    session.delete(product)
    session.commit()

from fastapi import APIRouter, Depends, HTTPException, status
from sqlalchemy import select

from shop.auth import require_admin, require_user
from shop.database import SessionDep
from shop.models import Product
from shop.schemas.product import ProductIn, ProductOut, ProductUpdate

router = APIRouter(
    prefix="/products",
    tags=["products"],
    dependencies=[Depends(require_user)],
)


@router.get("", response_model=list[ProductOut])
def list_products(db: SessionDep) -> list[Product]:
    return list(db.scalars(select(Product)))


@router.post(
    "",
    response_model=ProductOut,
    status_code=status.HTTP_201_CREATED,
    dependencies=[Depends(require_admin)],
)
def create_product(data: ProductIn, db: SessionDep) -> Product:
    product = Product(**data.model_dump())
    db.add(product)
    db.commit()
    return product


@router.get("/{product_id}", response_model=ProductOut)
def get_product(product_id: int, db: SessionDep) -> Product:
    product = db.get(Product, product_id)
    if product is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "Product not found")
    return product


@router.put("/{product_id}", response_model=ProductOut, dependencies=[Depends(require_admin)])
def update_product(product_id: int, data: ProductUpdate, db: SessionDep) -> Product:
    product = get_product(product_id, db)
    for name, value in data.model_dump(exclude_unset=True).items():
        setattr(product, name, value)
    db.commit()
    return product


@router.delete(
    "/{product_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    dependencies=[Depends(require_admin)],
)
def delete_product(product_id: int, db: SessionDep) -> None:
    db.delete(get_product(product_id, db))
    db.commit()

from fastapi import APIRouter, HTTPException, status
from sqlalchemy import select

from shop.database import SessionDep
from shop.models import Product
from shop.schemas.product import ProductIn, ProductOut

router = APIRouter()


@router.get("/v1/products", response_model=list[ProductOut])
def list_products(db: SessionDep) -> list[Product]:
    return list(db.scalars(select(Product)))


@router.post("/v1/products", response_model=ProductOut, status_code=status.HTTP_201_CREATED)
def create_product(data: ProductIn, db: SessionDep) -> Product:
    product = Product(**data.model_dump())
    db.add(product)
    db.commit()
    return product


@router.get("/v1/products/{product_id}", response_model=ProductOut)
def get_product(product_id: int, db: SessionDep) -> Product:
    product = db.get(Product, product_id)
    if product is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "Product not found")
    return product

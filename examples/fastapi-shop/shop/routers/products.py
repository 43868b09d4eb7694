from fastapi import APIRouter, HTTPException, Request, Response, status
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.database import SessionDep
from shop.models import Product
from shop.schemas.common import Id, Page, PageNumber, PageSize
from shop.schemas.product import ProductCreate, ProductRead, ProductUpdate

router = APIRouter(prefix="/products", tags=["products"])


def find_product(session: Session, product_id: int) -> Product:
    product = session.get(Product, product_id)
    if product is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "Product not found")
    return product


def save_product(session: Session, product: Product) -> None:
    session.add(product)
    try:
        session.commit()
    except IntegrityError as error:
        session.rollback()
        raise HTTPException(
            status.HTTP_409_CONFLICT, "A product with this SKU already exists"
        ) from error


@router.get("")
def list_products(
    session: SessionDep, page: PageNumber = 1, limit: PageSize = 20
) -> Page[ProductRead]:
    total = session.scalar(select(func.count()).select_from(Product)) or 0
    query = select(Product).order_by(Product.id.desc())
    products = session.scalars(query.offset((page - 1) * limit).limit(limit))
    return Page(
        items=[ProductRead.model_validate(product) for product in products],
        total=total,
        page=page,
        limit=limit,
        pages=-(-total // limit),
    )


@router.post("", status_code=status.HTTP_201_CREATED)
def create_product(
    body: ProductCreate, session: SessionDep, request: Request, response: Response
) -> ProductRead:
    product = Product(**body.model_dump())
    save_product(session, product)
    location = request.url_for("get_product", product_id=product.id)
    response.headers["Location"] = location.path
    return ProductRead.model_validate(product)


@router.get("/{product_id}")
def get_product(product_id: Id, session: SessionDep) -> ProductRead:
    return ProductRead.model_validate(find_product(session, product_id))


@router.put("/{product_id}")
def update_product(
    product_id: Id, body: ProductUpdate, session: SessionDep
) -> ProductRead:
    product = find_product(session, product_id)
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(product, name, value)
    save_product(session, product)
    return ProductRead.model_validate(product)


@router.delete("/{product_id}", status_code=status.HTTP_204_NO_CONTENT)
def delete_product(product_id: Id, session: SessionDep) -> None:
    session.delete(find_product(session, product_id))
    session.commit()

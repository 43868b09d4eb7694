from fastapi import APIRouter, HTTPException, Request, Response, status
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.database import SessionDep
from shop.models import Customer
from shop.schemas.common import Id, Page, PageNumber, PageSize
from shop.schemas.customer import CustomerCreate, CustomerRead, CustomerUpdate

router = APIRouter(prefix="/customers", tags=["customers"])


def find_customer(session: Session, customer_id: int) -> Customer:
    customer = session.get(Customer, customer_id)
    if customer is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "Customer not found")
    return customer


def save_customer(session: Session, customer: Customer) -> None:
    session.add(customer)
    try:
        session.commit()
    except IntegrityError as error:
        session.rollback()
        raise HTTPException(
            status.HTTP_409_CONFLICT,
            "A customer with this email address already exists",
        ) from error


@router.get("")
def list_customers(
    session: SessionDep, page: PageNumber = 1, limit: PageSize = 20
) -> Page[CustomerRead]:
    total = session.scalar(select(func.count()).select_from(Customer)) or 0
    query = select(Customer).order_by(Customer.id.desc())
    customers = session.scalars(query.offset((page - 1) * limit).limit(limit))
    return Page(
        items=[CustomerRead.model_validate(customer) for customer in customers],
        total=total,
        page=page,
        limit=limit,
        pages=-(-total // limit),
    )


@router.post("", status_code=status.HTTP_201_CREATED)
def create_customer(
    body: CustomerCreate, session: SessionDep, request: Request, response: Response
) -> CustomerRead:
    customer = Customer(**body.model_dump())
    save_customer(session, customer)
    location = request.url_for("get_customer", customer_id=customer.id)
    response.headers["Location"] = location.path
    return CustomerRead.model_validate(customer)


@router.get("/{customer_id}")
def get_customer(customer_id: Id, session: SessionDep) -> CustomerRead:
    return CustomerRead.model_validate(find_customer(session, customer_id))


@router.put("/{customer_id}")
def update_customer(
    customer_id: Id, body: CustomerUpdate, session: SessionDep
) -> CustomerRead:
    customer = find_customer(session, customer_id)
    for name, value in body.model_dump(exclude_unset=True).items():
        setattr(customer, name, value)
    save_customer(session, customer)
    return CustomerRead.model_validate(customer)


@router.delete("/{customer_id}", status_code=status.HTTP_204_NO_CONTENT)
def delete_customer(customer_id: Id, session: SessionDep) -> None:
    session.delete(find_customer(session, customer_id))
    session.commit()

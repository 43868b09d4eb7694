from fastapi import APIRouter

router = APIRouter()


@router.get("/v1/orders/count")
def count() -> dict[str, int]:
    return {"count": 0}

from fastapi import APIRouter

router = APIRouter(prefix="/customers", tags=["customers"])


@router.get("/export")
def export_customers() -> str:
    return "id,name"

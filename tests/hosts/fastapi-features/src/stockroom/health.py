from fastapi import APIRouter

router = APIRouter(tags=['health'])


@router.get('/healthz')
def healthz() -> dict[str, bool]:
    return {'ok': True}

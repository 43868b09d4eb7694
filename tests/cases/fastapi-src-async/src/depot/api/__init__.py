from fastapi import APIRouter

from depot.api.articles import router as articles

router = APIRouter()
router.include_router(articles, prefix="/articles", tags=["articles"])

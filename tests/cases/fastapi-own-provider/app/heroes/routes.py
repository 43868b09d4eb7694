from fastapi import APIRouter, Depends, HTTPException, status
from sqlalchemy.orm import Session

from app.database import get_session
from app.heroes.models import Hero
from app.heroes.repository import HeroRepository
from app.heroes.schemas import HeroCreate, HeroRead
from app.heroes.service import HeroService

router = APIRouter(prefix="/heroes", tags=["heroes"])


def get_hero_service(session: Session = Depends(get_session)) -> HeroService:
    return HeroService(HeroRepository(session))


@router.get("", response_model=list[HeroRead])
def list_heroes(service: HeroService = Depends(get_hero_service)) -> list[Hero]:
    return service.get_heroes()


@router.post("", response_model=HeroRead, status_code=status.HTTP_201_CREATED)
def create_hero(data: HeroCreate, service: HeroService = Depends(get_hero_service)) -> Hero:
    return service.create_hero(data)


@router.get("/{hero_id}", response_model=HeroRead)
def read_hero(hero_id: int, service: HeroService = Depends(get_hero_service)) -> Hero:
    hero = service.get_hero(hero_id)
    if hero is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "Hero not found")
    return hero

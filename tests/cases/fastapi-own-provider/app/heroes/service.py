from app.heroes.models import Hero
from app.heroes.repository import HeroRepository
from app.heroes.schemas import HeroCreate


class HeroService:
    def __init__(self, repository: HeroRepository) -> None:
        self.repository = repository

    def get_heroes(self) -> list[Hero]:
        return self.repository.get_all()

    def get_hero(self, hero_id: int) -> Hero | None:
        return self.repository.get(hero_id)

    def create_hero(self, data: HeroCreate) -> Hero:
        return self.repository.add(Hero(**data.model_dump()))

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.heroes.models import Hero


class HeroRepository:
    def __init__(self, session: Session) -> None:
        self.session = session

    def get_all(self) -> list[Hero]:
        return list(self.session.scalars(select(Hero)))

    def get(self, hero_id: int) -> Hero | None:
        return self.session.get(Hero, hero_id)

    def add(self, hero: Hero) -> Hero:
        self.session.add(hero)
        self.session.commit()
        return hero

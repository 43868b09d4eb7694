from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from depot.models.article import Article
from depot.repositories.article import ArticleRepository
from depot.schemas.article import ArticleCreate, ArticleUpdate
from depot.services.errors import NotFound


class ArticleService:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.articles = ArticleRepository(session)

    async def list(self) -> Sequence[Article]:
        return await self.articles.get_all()

    async def get(self, article_id: int) -> Article:
        article = await self.articles.get(article_id)
        if article is None:
            raise NotFound("article not found")
        return article

    async def create(self, data: ArticleCreate) -> Article:
        article = Article(**data.model_dump())
        await self.articles.add(article)
        await self.session.commit()
        return article

    async def update(self, article_id: int, data: ArticleUpdate) -> Article:
        article = await self.get(article_id)
        for name, value in data.model_dump(exclude_unset=True).items():
            setattr(article, name, value)
        await self.session.commit()
        return article

    async def delete(self, article_id: int) -> None:
        await self.articles.delete(await self.get(article_id))
        await self.session.commit()

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from depot.models.article import Article


class ArticleRepository:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def get_all(self) -> Sequence[Article]:
        return (await self.session.scalars(select(Article))).all()

    async def get(self, article_id: int) -> Article | None:
        return await self.session.get(Article, article_id)

    async def add(self, article: Article) -> None:
        self.session.add(article)
        await self.session.flush()

    async def delete(self, article: Article) -> None:
        await self.session.delete(article)

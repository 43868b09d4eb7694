from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from sqlalchemy.ext.asyncio import AsyncSession

from depot.api.auth import get_current_user
from depot.db import get_session
from depot.models.article import Article
from depot.models.user import User
from depot.schemas.article import ArticleCreate, ArticleRead, ArticleUpdate
from depot.services.article import ArticleService
from depot.services.errors import NotFound

router = APIRouter()


@router.get("", response_model=list[ArticleRead])
async def list_articles(
    session: Annotated[AsyncSession, Depends(get_session)],
    user: User = Depends(get_current_user),
) -> Sequence[Article]:
    return await ArticleService(session).list()


@router.post("", response_model=ArticleRead, status_code=201)
async def create_article(
    data: ArticleCreate,
    session: Annotated[AsyncSession, Depends(get_session)],
    user: User = Depends(get_current_user),
) -> Article:
    return await ArticleService(session).create(data)


@router.get("/{article_id}", response_model=ArticleRead)
async def get_article(
    article_id: int,
    session: Annotated[AsyncSession, Depends(get_session)],
    user: User = Depends(get_current_user),
) -> Article:
    try:
        return await ArticleService(session).get(article_id)
    except NotFound as error:
        raise HTTPException(404, str(error)) from error


@router.patch("/{article_id}", response_model=ArticleRead)
async def update_article(
    article_id: int,
    data: ArticleUpdate,
    session: Annotated[AsyncSession, Depends(get_session)],
    user: User = Depends(get_current_user),
) -> Article:
    try:
        return await ArticleService(session).update(article_id, data)
    except NotFound as error:
        raise HTTPException(404, str(error)) from error


@router.delete("/{article_id}", status_code=204)
async def delete_article(
    article_id: int,
    session: Annotated[AsyncSession, Depends(get_session)],
    user: User = Depends(get_current_user),
) -> None:
    try:
        await ArticleService(session).delete(article_id)
    except NotFound as error:
        raise HTTPException(404, str(error)) from error

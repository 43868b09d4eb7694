from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import settings
from app.repositories.users import UserRepository
from app.schemas.user import UserRegister
from app.services.auth import AuthService


async def create_first_superuser(session: AsyncSession) -> None:
    email, password = settings.first_superuser_email, settings.first_superuser_password
    if email is None or password is None:
        return
    if await UserRepository(session).get_by_email(email.lower()) is None:
        data = UserRegister(email=email, password=password)
        await AuthService(session).register(data, is_superuser=True)

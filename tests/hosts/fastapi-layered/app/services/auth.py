import logging

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.exceptions import ConflictError, InvalidCredentialsError, NotFoundError
from app.core.security import DUMMY_HASH, create_access_token, hash_password, verify_password
from app.models import User
from app.repositories.users import UserRepository
from app.schemas.user import UserAdminUpdate, UserRegister

logger = logging.getLogger(__name__)


class AuthService:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.users = UserRepository(session)

    async def register(self, data: UserRegister, *, is_superuser: bool = False) -> User:
        user = User(
            email=data.email.lower(),
            full_name=data.full_name,
            hashed_password=hash_password(data.password.get_secret_value()),
            is_superuser=is_superuser,
        )
        try:
            await self.users.save(user)
        except IntegrityError as exc:
            await self.session.rollback()
            raise ConflictError("A user with this email already exists") from exc
        await self.session.commit()
        logger.info("registered user %d", user.id)
        return user

    async def login(self, email: str, password: str) -> str:
        user = await self.users.get_by_email(email.lower()) if email.isprintable() else None
        valid = verify_password(password, user.hashed_password if user else DUMMY_HASH)
        if user is None or not valid or not user.is_active:
            raise InvalidCredentialsError("Incorrect email or password")
        return create_access_token(user.id)

    async def update_privileges(self, user_id: int, data: UserAdminUpdate) -> User:
        user = await self.users.get(user_id)
        if user is None:
            raise NotFoundError("User not found")
        for field, value in data.model_dump(exclude_unset=True).items():
            setattr(user, field, value)
        await self.users.save(user)
        await self.session.commit()
        return user

from pydantic import EmailStr, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    project_name: str = "taskhub"
    api_v1_prefix: str = "/api/v1"
    log_level: str = "INFO"

    database_url: str = "sqlite+aiosqlite:///./taskhub.db"

    secret_key: SecretStr = Field(min_length=32)
    jwt_algorithm: str = "HS256"
    jwt_issuer: str = "taskhub"
    jwt_audience: str = "taskhub-api"
    access_token_expire_minutes: int = 60

    first_superuser_email: EmailStr | None = None
    first_superuser_password: SecretStr | None = None


settings = Settings()

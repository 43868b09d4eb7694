from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    API_V1_STR: str = "/api/v1"
    PROJECT_NAME: str = "Fleet"
    SECRET_KEY: str = "change-this-secret-key-now-please"
    ALL_CORS_ORIGINS: list[str] = []
    DATABASE_URI: str = "sqlite:///fleet.db"


settings = Settings()

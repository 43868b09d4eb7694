from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    title: str = "Shop"
    api_prefix: str = "/api"


settings = Settings()

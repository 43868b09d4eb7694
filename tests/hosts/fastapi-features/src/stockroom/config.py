from functools import lru_cache

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix='STOCKROOM_', env_file='.env')

    database_url: str = 'sqlite:///stockroom.sqlite3'
    api_keys: list[SecretStr] = Field(min_length=1)
    write_limit: str = '60/minute'


@lru_cache
def get_settings() -> Settings:
    return Settings()

"""Settings of one installation, from the environment only (YINGBAO_*)."""

from functools import cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things lie on this machine. What the campaign says is in its own file, never here."""

    model_config = SettingsConfigDict(env_prefix="YINGBAO_", frozen=True, extra="ignore")

    home: Path = Field(default=Path(".yingbao"), description="database, received files, keys")
    database_url: str | None = Field(default=None, description="a PostgreSQL server; unset: embedded")
    person_key: SecretStr | None = Field(
        default=None, description="secret for names; unset: a file under home"
    )
    campaign: str = Field(default="liuzhou-2024-2025", description="key or path of the campaign file")


@cache
def get_settings() -> Settings:
    return Settings()

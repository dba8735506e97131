"""Settings of one installation, from the environment only (YINGBAO_*)."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.errors import EnvironmentTrouble

PREFIX = "YINGBAO_"


class Settings(BaseSettings):
    """Where things lie on this machine. What the campaign says is in its own file, never here."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="ignore", hide_input_in_errors=True
    )

    home: Path = Field(default=Path(".yingbao"), description="database, received files, keys")
    database_url: str | None = Field(default=None, description="a PostgreSQL server; unset: embedded")
    person_key: SecretStr | None = Field(
        default=None, description="secret for names; unset: a file under home"
    )
    campaign: str = Field(default="liuzhou-2024-2025", description="key or path of the campaign file")

    prefect_database_url: str | None = Field(
        default=None, description="a PostgreSQL database of Prefect's own; unset: SQLite under home"
    )

    deliver: bool = Field(default=False, description="let messages leave the machine; off: folder only")
    redirect_to: str | None = Field(default=None, description="every message goes to this mail address alone")
    outbox: Path | None = Field(default=None, description="folder of messages; unset: home/outbox")
    smtp_host: str | None = Field(default=None, description="the relay for mail")
    smtp_port: int | None = Field(default=None, description="unset: 465 with ssl, 587 with starttls, else 25")
    smtp_security: Literal["none", "starttls", "ssl"] = Field(default="ssl", description="how it is secured")
    smtp_user: str | None = Field(default=None, description="unset: no login")
    smtp_password: SecretStr | None = Field(default=None, description="for smtp_user")
    smtp_timeout: float = Field(default=30, gt=0, description="seconds to wait for each answer")
    mail_from: str | None = Field(default=None, description='sender: "name" <address>; bounces come there')
    operator_mail: str | None = Field(default=None, description="who is told when a run fails")
    bot_gateway: str | None = Field(
        default=None, description="address of a relay in place of the robots' own hosts, e.g. http://10.0.0.5"
    )

    sms_endpoint: str = Field(
        default="https://dysmsapi.aliyuncs.com/", description="the SMS gateway, in Aliyun's HTTP form"
    )
    sms_key_id: str | None = Field(default=None, description="its access key; unset: no SMS")
    sms_key_secret: SecretStr | None = Field(default=None, description="for sms_key_id")
    sms_sign: str | None = Field(default=None, description="the approved signature")
    sms_template: str | None = Field(default=None, description="code of the approved template")
    sms_timeout: float = Field(default=30, gt=0, description="seconds to wait for its answer")

    receipts_token: SecretStr | None = Field(
        default=None, description="last part of the address that the SMS gateway posts receipts to"
    )
    receipts_port: int | None = Field(
        default=None, description="serve listens there, on loopback, for those receipts; unset: it does not"
    )

    notice_cap: int = Field(default=500, ge=0, description="notices of one send above which N is confirmed")
    mail_per_minute: int = Field(default=60, ge=1, description="notices by mail")
    mail_per_day: int = Field(default=2000, ge=1, description="notices by mail")
    sms_per_minute: int = Field(default=120, ge=1, description="notices by SMS")
    sms_per_day: int = Field(default=3000, ge=1, description="notices by SMS")

    @property
    def outbox_folder(self) -> Path:
        return self.outbox or self.home / "outbox"


@cache
def get_settings() -> Settings:
    try:
        return Settings()
    except ValidationError as wrong:
        names = "、".join(
            sorted(f"{PREFIX}{part}".upper() for fault in wrong.errors() for part in fault["loc"])
        )
        # without the values: one of them may be a password
        raise EnvironmentTrouble("E1439", f"环境变量的值不对：{names}。") from None

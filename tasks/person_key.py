"""The installation's secret for hashing names of legal representatives, which are never stored (design 3)."""

import os
import secrets
from pathlib import Path

from models.settings import get_settings


def person_key() -> bytes:
    """YINGBAO_PERSON_KEY if given (several machines on one database), else a file made once under the home folder."""
    settings = get_settings()
    if settings.person_key is not None:
        return settings.person_key.get_secret_value().encode()
    return _file_key(settings.home / "person.key")


def _file_key(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        half.touch(mode=0o600)
        half.write_bytes(secrets.token_bytes(32))
        try:
            os.link(half, path)  # the first of two processes wins, whole
        except FileExistsError:
            pass
        finally:
            half.unlink()
    return path.read_bytes()

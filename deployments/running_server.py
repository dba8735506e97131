"""Where the Prefect server of this installation is to be found, if one runs."""

import json
import os
from pathlib import Path

from deployments.prefect_api import PrefectApi


def note_server(home: Path, url: str) -> None:
    _note(home).write_text(json.dumps({"api": url, "pid": os.getpid()}), "utf-8")


def forget_server(home: Path) -> None:
    _note(home).unlink(missing_ok=True)


def known_server(home: Path, given: str | None = None) -> str | None:
    """The address said, else the environment's, else the one `yingbao serve` wrote down."""
    if said := given or os.environ.get("PREFECT_API_URL"):
        return said
    try:
        noted: str = json.loads(_note(home).read_text("utf-8"))["api"]
    except (OSError, ValueError, KeyError):
        return None
    return noted


def running_server(home: Path, given: str | None = None) -> PrefectApi | None:
    """That server, if it answers."""
    url = known_server(home, given)
    api = PrefectApi(url) if url else None
    return api if api and api.is_up() else None


def _note(home: Path) -> Path:
    return home / "serve.json"

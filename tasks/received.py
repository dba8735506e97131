"""Received files are kept whole under their hash, so that every stored fact can be shown in the file it came from."""

import os
import shutil
import tempfile
from pathlib import Path

from models.errors import InputRefused


def keep(path: Path, sha256: str, home: Path) -> Path:
    """Copy `path` into the installation's store, complete or not at all; a file already there is left alone."""
    kept = kept_path(sha256, path.name, home)
    if kept.exists():
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as half:
        try:
            with path.open("rb") as given:
                shutil.copyfileobj(given, half)
            half.flush()
            os.fsync(half.fileno())
        except BaseException:
            Path(half.name).unlink(missing_ok=True)
            raise
    Path(half.name).replace(kept)
    return kept


def kept_path(sha256: str, name: str, home: Path) -> Path:
    """Where the file of this hash and name lies, if it was kept."""
    return home / "received" / sha256[:2] / f"{sha256}{Path(name).suffix.lower()}"


def find_kept(sha256: str, home: Path) -> Path:
    """The kept file with this hash."""
    found = sorted((home / "received" / sha256[:2]).glob(f"{sha256}*"))
    if not found:
        raise InputRefused("E1030", f"存档中没有这份文件（{sha256[:12]}…），请重新导入原件。")
    return found[0]

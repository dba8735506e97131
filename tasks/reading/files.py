"""Files of a folder, and what identifies a file."""

import hashlib
from pathlib import Path

from tasks.reading import refusals

ENDINGS = {".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt"}


def files_in(folder: Path) -> list[Path]:
    """The folder's tables in a fixed order; lock files (~$ …), hidden and other files are left out."""
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise refusals.missing(folder.name)
    found = [path for path in folder.rglob("*") if path.is_file() and _counts(path.relative_to(folder))]
    if not found:
        raise refusals.no_files(folder.name)
    return sorted(found)


def _counts(path: Path) -> bool:
    hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in path.parts)
    return not hidden and path.suffix.lower() in ENDINGS


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

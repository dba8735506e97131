"""A file or folder that cannot be written is a matter of the machine, told in one way."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from models.errors import EnvironmentTrouble

NO_WRITING = "E1421"


@contextmanager
def writing(told: str, code: str = NO_WRITING) -> Iterator[None]:
    """Raises EnvironmentTrouble, saying `told`, where what is done within cannot write."""
    try:
        yield
    except (OSError, FileCreateError) as fault:
        raise EnvironmentTrouble(code, told) from fault


def writing_into(folder: Path) -> AbstractContextManager[None]:
    return writing(f"写不进文件夹 {folder}：请检查它是否存在、可写、未被占用。")

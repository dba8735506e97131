from pathlib import Path

import pytest

from tests.tasks.review_books.made import issued, make_work


@pytest.fixture
def work(installation: Path) -> dict[str, int]:  # noqa: ARG001
    return make_work()


@pytest.fixture
def book(work: dict[str, int], tmp_path: Path) -> Path:  # noqa: ARG001
    """柳江区's workbook as issued."""
    return issued(tmp_path)

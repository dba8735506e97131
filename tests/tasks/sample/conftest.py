"""Small cities, written once for all tests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tasks.sample import SampleReport, make_sample

EMPLOYERS = 3000


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., SampleReport]:
    made: dict[tuple[object, ...], SampleReport] = {}

    def make(seed: int = 1, style: str = "city", formats: str = "csv") -> SampleReport:
        key = (seed, style, formats)
        if key not in made:
            folder: Path = tmp_path_factory.mktemp("sample")
            made[key] = make_sample(folder, employers=EMPLOYERS, seed=seed, style=style, formats=formats)
        return made[key]

    return make

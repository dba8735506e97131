"""One temporary Prefect server for all flow tests: it takes half a minute to start."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deployments.engine import prepare_engine
from models.settings import Settings


@pytest.fixture(scope="session", autouse=True)
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    prepare_engine(Settings(home=Path(tmp_path_factory.mktemp("engine"))))
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield

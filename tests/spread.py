"""How the tests are spread over two workers: the long files first, so that none is alone at the end.

`-n 2 --dist loadfile` begins with the files of the most tests, and what takes minutes (the demo, a service that is
stopped and killed) is a few tests each. The flows' files stay together: one Prefect server instead of two.
"""

from pathlib import PurePosixPath
from typing import Any

import pytest
from xdist.scheduler.loadfile import LoadFileScheduling

LONG = (
    "tests/campaign/test_replay.py",
    "tests/deployments/test_serve.py",
    "tests/flows",
    "tests/campaign/test_notices_killed.py",
    "tests/campaign",
    "tests/tasks/verification/test_repeated.py",
)


class LongFirst(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        file = PurePosixPath(super()._split_scope(nodeid))
        return "tests/flows" if file.is_relative_to("tests/flows") else str(file)


def pytest_configure(config: pytest.Config) -> None:
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Within a file the order stays."""
    items.sort(key=lambda item: _turn(PurePosixPath(item.nodeid.partition("::")[0])))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LongFirst | None:
    return LongFirst(config, log) if config.getoption("dist") == "loadfile" else None


def _turn(file: PurePosixPath) -> int:
    return next((at for at, long in enumerate(LONG) if file.is_relative_to(long)), len(LONG))

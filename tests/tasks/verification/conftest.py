"""A county of four units and its neighbour, whose lists went out on 15 July."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.make_rounds import LIUBEI, issued, make_city

UNITS = {
    "甲厂": {"address": "拉堡镇柳堡路1号", "phone": "13907720001"},
    "乙厂": {"headcount": 12},
    "丙厂": {"credit_code": None, "address": "百朋镇2号"},
    "丁厂": {},
    "北厂": {"county": LIUBEI},
}


@pytest.fixture
def city(installation: Path) -> dict[str, int]:  # noqa: ARG001
    return make_city(UNITS)


@pytest.fixture
def sheet(city: dict[str, int], tmp_path: Path) -> Path:  # noqa: ARG001
    """柳江区's workbook as issued."""
    return issued(tmp_path)


@pytest.fixture
def into(tmp_path: Path) -> Callable[[str], Path]:
    return lambda name: tmp_path / "in" / name

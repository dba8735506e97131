"""The county's digest names how many undeclared units nobody guides, and is sent for nothing of that (C14)."""

from datetime import date
from pathlib import Path

import pytest

from models.fieldwork import Work
from models.obligation import Contact
from models.rules.digest_contents import Seen, digest_contents
from tasks.deadlines import tick
from tasks.targets import find_targets
from tests.make_fieldwork import CAMPAIGN, DAY, HERE, do, freeze, make_city

pytestmark = pytest.mark.usefixtures("installation")
REMINDED = date(2024, 12, 13)  # the last working day before the summary is due


@pytest.fixture(autouse=True)
def units(installation: Path) -> dict[str, int]:  # noqa: ARG001
    return make_city("甲厂", "乙厂", "丙厂")


def line(day: date) -> str | None:
    """The line in the digest of 柳江区; empty: a digest without it; None: no digest."""
    body = next((one.body for one in tick(CAMPAIGN, day).digests if one.office == HERE), None)
    if body is None:
        return None
    return next((said for said in body.splitlines() if said.startswith("尚未指派")), "")


def test_it_is_told_with_the_day_of_the_data() -> None:
    freeze()
    do(Work.GUIDANCE, "甲厂", due_on="2025-01-31")
    find_targets(CAMPAIGN, REMINDED)
    assert line(REMINDED) == (
        "尚未指派指导的未申报单位 2 家（按 2024-12-13 的数据），"
        "见 yingbao fieldwork undeclared --unassigned --county 柳江区。"
    )


def test_before_the_baseline_nobody_is_to_be_assigned() -> None:
    find_targets(CAMPAIGN, REMINDED)
    assert line(REMINDED) == ""


def test_without_computed_targets_nothing_is_counted() -> None:
    freeze()
    assert line(REMINDED) == ""


def test_targets_of_a_later_day_say_nothing_of_this_one() -> None:
    freeze()
    find_targets(CAMPAIGN, date(2024, 12, 31))
    assert line(REMINDED) == ""


def test_all_assigned_is_no_line() -> None:
    freeze()
    for name in ("甲厂", "乙厂", "丙厂"):
        do(Work.GUIDANCE, name)
    find_targets(CAMPAIGN, DAY)
    assert line(REMINDED) == ""


def test_it_alone_makes_no_digest() -> None:
    seen = Seen(DAY, [], {}, (), {HERE: Contact(office=HERE)}, (), 0, unassigned={HERE: 3}, targets_of=DAY)
    assert digest_contents(CAMPAIGN, seen) == {}

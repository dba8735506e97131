"""M05: a zone added to the campaign file appears in the next tables from its first day, with its units, and not before."""

from datetime import date
from pathlib import Path

import pytest

from models.campaign import Campaign, load_campaign
from models.database import session
from models.queries.targets import Wanted
from models.rules.checking import Case
from models.rules.checks import county
from models.settings import get_settings
from tasks.code_lists import code_lists
from tasks.deadlines import tick
from tasks.fieldwork.questions import report
from tasks.figures import figures
from tasks.membership import membership_table
from tasks.obligations import list_obligations
from tasks.review_quality import quality
from tasks.targets import count_counties, list_units
from tests.make_forms import make_form
from tests.make_targets import declare, make_known
from tests.make_zones import PARENT, TOWN, ZONE_CODE, campaign_file

pytestmark = pytest.mark.usefixtures("units")
BEFORE, FIRST, LAST, AFTER = date(2024, 12, 31), date(2025, 1, 1), date(2025, 10, 31), date(2025, 11, 1)


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return load_campaign(campaign_file(tmp_path))


@pytest.fixture
def units(installation: Path) -> None:  # noqa: ARG001
    """Of 鱼峰区: one in the zone's town, one whose address names it and that has declared, one elsewhere."""
    with session() as db:
        make_known(db, name="甲", county=PARENT, town=TOWN)
        declare(db, make_known(db, name="乙", county=PARENT, address="柳东新区强容路"))
        make_known(db, name="丙", county=PARENT, address="驾鹤路")
        make_known(db, name="丁", county="450206")


DAYS = {
    "前一日": (BEFORE, {"鱼峰区": (3, 1)}),
    "第一日": (FIRST, {"鱼峰区": (1, 0), "柳东新区": (2, 1)}),
    "最后一日": (LAST, {"鱼峰区": (1, 0), "柳东新区": (2, 1)}),
    "撤销以后": (AFTER, {"鱼峰区": (3, 1)}),
}


@pytest.mark.parametrize(("day", "lines"), DAYS.values(), ids=DAYS)
def test_it_has_a_line_with_its_units_on_its_days_and_no_line_on_others(
    campaign: Campaign, day: date, lines: dict[str, tuple[int, int]]
) -> None:
    totals = count_counties(campaign, day)
    found = {one.name: (one.r, one.declared) for one in totals if one.name in ("鱼峰区", "柳东新区")}
    assert found == lines
    *counties, whole = totals
    assert (whole.r, whole.declared) == (4, 1)
    assert sum(one.r for one in counties) == whole.r


def test_a_list_of_its_units(campaign: Campaign) -> None:
    listed = list_units(campaign, FIRST, Wanted(county=ZONE_CODE, in_r=True))
    assert sorted(one["name"] for one in listed) == ["乙", "甲"]
    assert list_units(campaign, BEFORE, Wanted(county=ZONE_CODE, in_r=True)) == []


def test_the_other_tables_of_counties_have_its_line_from_the_same_day(campaign: Campaign) -> None:
    for day, has in ((BEFORE, False), (FIRST, True)):
        assert (ZONE_CODE in {one.county for one in membership_table(campaign, day)}) == has
        found = {one.county: one.counts["standing"] for one in quality(campaign, day).lines}
        assert (found.get(ZONE_CODE), found[PARENT]) == ((1, 0) if has else (None, 1))
        printed = {line.county: line.counts["r"] for line in figures(campaign, day).counties}
        assert (printed.get(ZONE_CODE), printed[PARENT]) == ((2, 1) if has else (None, 3))
        done = {line.county for line in report(campaign, day).lines}
        assert (ZONE_CODE in done) == has


def test_it_owes_what_opens_while_it_stands_and_nothing_older(campaign: Campaign) -> None:
    """The tick names it among those without a contact from its first day on."""
    early = tick(campaign, date(2024, 12, 30))
    assert ZONE_CODE not in early.without_contact
    late = tick(campaign, date(2025, 3, 5))
    assert ZONE_CODE in late.without_contact
    owed = {one["key"] for one in list_obligations(campaign, date(2025, 3, 5), county=ZONE_CODE)}
    assert owed == {"monthly-2024-12", "monthly-2025-01", "monthly-2025-02"}


@pytest.mark.parametrize(
    ("on", "town", "refused"),
    [
        pytest.param(BEFORE, TOWN, "不是现行区划", id="前一日不能选"),
        pytest.param(FIRST, TOWN, None, id="第一日起可以选"),
        pytest.param(FIRST, None, None, id="不填乡镇"),
        pytest.param(FIRST, "450206100", "不在柳东新区", id="别县的乡镇"),
        pytest.param(AFTER, TOWN, "不是现行区划", id="撤销以后"),
    ],
)
def test_a_declaration_may_choose_it_on_its_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on: date, town: str | None, refused: str | None
) -> None:
    monkeypatch.setenv("YINGBAO_CAMPAIGN", str(campaign_file(tmp_path)))
    get_settings.cache_clear()
    form = make_form({"basics.county": ZONE_CODE, "basics.town": town})
    found = [finding.message for finding in county.check(Case(form=form, on=on, lists=code_lists()))]
    assert len(found) == (refused is not None)
    assert refused is None or refused in found[0]

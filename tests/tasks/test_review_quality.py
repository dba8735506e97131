"""The quality of an autumn, counted by hand; every number the length of its list; any day, any knowledge (C05)."""

from datetime import date
from typing import Any

import pytest

from models.actions import review
from models.database import session
from models.errors import UsageTrouble
from models.rules.review_quality import FIGURES
from tasks.review_quality import Quality, quality, quality_members
from tests.make_filings import COUNTY, employer, make_registrant
from tests.make_forms import make_form
from tests.make_quality import Autumn, instant, make_code
from tests.make_targets import campaign_on_file, declare, make_known

CAMPAIGN = campaign_on_file()
HERE, THERE, CITY = "450206", "450205", "450200"
END = date(2024, 9, 30)
QUESTION = "finding:E1628"

# key: (柳江区, 柳北区) in September, 柳江区 in August
BY_HAND = {
    "decided": ((4, 1), 3),
    "rejected": ((2, 0), 2),
    "decided_late": ((1, 0), 1),  # 丙 on 26 September, due on the 25th; 乙 on 20 August, due on the 19th
    "returned": ((2, 0), 1),  # 乙 and 丙; 庚 has time until 5 October
    "corrected": ((1, 0), 1),  # 丙 on the fifteenth day, 乙 on the sixteenth
    "submitted": ((6, 1), 3),
    "questioned": ((2, 0), 0),
    QUESTION: ((2, 0), 0),
    "rechecked": ((2, 1), 1),
    "faulty": ((0, 1), 0),
    "standing": ((4, 1), 2),
    "update_due": ((0, 0), 0),
    "update_overdue": ((0, 0), 0),
    "change_overdue": ((1, 0), 0),
    "mismatch": ((2, 0), 1),
    "industry_differs": ((1, 0), 1),
    "size_differs": ((1, 0), 0),
    "headcount_differs": ((1, 0), 0),
    "waiting": ((2, 0), 0),
    "waiting_late": ((1, 0), 0),
    "objections": ((1, 0), 0),
    "objections_late": ((1, 0), 0),
    "own": ((3, 1), 1),
}


@pytest.fixture
def autumn(installation: object) -> Autumn:  # noqa: ARG001
    return Autumn()


def counted(found: Quality, county: str) -> dict[str, int]:
    (line,) = [line for line in found.lines if line.county == county]
    return dict(line.counts)


def names(key: str, day: date, **given: Any) -> str:
    return "".join(sorted(one.name or "?" for one in quality_members(CAMPAIGN, day, key, **given)))


@pytest.mark.usefixtures("autumn")
def test_september_and_the_month_before_as_counted_by_hand() -> None:
    found = quality(CAMPAIGN, END)
    assert [figure.key for figure in found.figures] == [figure.key for figure in FIGURES] + [QUESTION]
    assert counted(found, HERE) == {key: here for key, ((here, _), _) in BY_HAND.items()}
    assert counted(found, THERE) == {key: there for key, ((_, there), _) in BY_HAND.items()}
    (here,) = [line for line in found.lines if line.county == HERE]
    assert here.earlier == {key: before for key, (_, before) in BY_HAND.items()}
    row = here.as_row(found.figures)
    assert (row["rejected"]["share"], row["rejected"]["change"]) == ("50.00%", "-16.67")
    assert (row["waiting_late"]["share"], row["waiting_late"]["change"]) == ("50.00%", "—")
    assert (row["update_due"]["share"], row["own"]["change"]) == ("0.00%", "+2")


@pytest.mark.usefixtures("autumn")
def test_every_count_is_the_length_of_its_list_and_the_city_is_the_sum() -> None:
    found = quality(CAMPAIGN, END)
    *counties, whole = found.lines
    for figure in found.figures:
        listed = quality_members(CAMPAIGN, END, figure.key)
        assert len(listed) == whole.counts[figure.key], figure.key
        by_county = {line.county: line.counts[figure.key] for line in counties if line.counts[figure.key]}
        assert by_county == {
            code: len(quality_members(CAMPAIGN, END, figure.key, county=code)) for code in by_county
        }
        assert {one.county for one in listed} == set(by_county)


LISTS = {
    "rejected": "丙庚",
    "decided_late": "丙",
    "returned": "丙乙",
    "corrected": "丙",
    "submitted": "丁丙丙乙壬庚戊",
    "questioned": "丁庚",
    "faulty": "壬",
    "standing": "丙乙壬甲辛",
    "mismatch": "乙甲",
    "industry_differs": "甲",
    "size_differs": "乙",
    "headcount_differs": "乙",
    "change_overdue": "辛",
    "waiting": "丁戊",
    "waiting_late": "丁",
    "objections_late": "甲",
    "own": "丙乙壬甲",
}


@pytest.mark.usefixtures("autumn")
def test_the_lists_name_whom_they_count() -> None:
    assert {key: names(key, END) for key in LISTS} == {key: "".join(sorted(of)) for key, of in LISTS.items()}


DAYS = {
    "未满11个月": ("update_due", date(2025, 6, 1), ""),
    "超过11个月": ("update_due", date(2025, 6, 2), "辛"),
    "未满13个月": ("update_due", date(2025, 7, 31), "甲辛"),
    "满13个月不再是应更新": ("update_due", date(2025, 8, 1), "甲"),
    "13个月前一日不逾期": ("update_overdue", date(2025, 7, 31), ""),
    "满13个月逾期": ("update_overdue", date(2025, 8, 1), "辛"),
    "第15日不逾期": ("change_overdue", date(2024, 9, 25), ""),
    "第16日逾期": ("change_overdue", date(2024, 9, 26), "辛"),
    "第5个工作日不逾期": ("waiting_late", date(2024, 9, 27), ""),
    "第5个工作日以后": ("waiting_late", date(2024, 9, 28), "丁"),
    "调休的周日也算": ("waiting_late", date(2024, 10, 1), "丁戊"),
    "异议期限当日": ("objections_late", date(2024, 9, 20), ""),
    "异议期限次日": ("objections_late", date(2024, 9, 21), "甲"),
    "补正期最后一日以前": ("returned", date(2024, 9, 17), "乙"),
    "补正期最后一日": ("returned", date(2024, 9, 18), "丙乙"),
}


@pytest.mark.usefixtures("autumn")
def test_each_limit_by_the_day() -> None:
    found = {words: names(key, day) for words, (key, day, _) in DAYS.items()}
    assert found == {words: "".join(sorted(of)) for words, (_, _, of) in DAYS.items()}


def test_a_revocation_changes_no_earlier_day_and_nothing_known_before(autumn: Autumn) -> None:
    known, day = instant(), date(2024, 9, 28)
    before = [quality(CAMPAIGN, one) for one in (date(2024, 9, 26), END)]
    with session() as db:
        autumn.act(db, "丙", "撤销", day)
    assert quality(CAMPAIGN, date(2024, 9, 26)) == before[0]
    assert quality(CAMPAIGN, END, known_at=known) == before[1]
    now = counted(quality(CAMPAIGN, END), HERE)
    then = counted(before[1], HERE)
    changed = {key: (then[key], now[key]) for key in now if now[key] != then[key]}
    assert changed == {"standing": (4, 3), "own": (3, 2), "waiting": (2, 3)}
    assert quality(CAMPAIGN, date(2024, 10, 9), month=date(2024, 9, 1)) == quality(CAMPAIGN, END)


def test_a_change_is_no_longer_overdue_once_something_was_approved_after_it(autumn: Autumn) -> None:
    with session() as db:
        owner = make_registrant(
            db, unit=autumn.units["辛"], name="辛", credit_code=make_code(99), approved=False
        )
        own, on = employer(owner.id), date(2024, 9, 27)
        made = review.save(db, owner.id, make_form({"basics.name": "辛"}), actor=own, on=on)
        review.submit(db, made.id, (), versions={}, actor=own, on=on)
        review.approve(db, made.id, actor=COUNTY, on=on)
    assert names("change_overdue", date(2024, 9, 26)) == "辛"
    assert names("change_overdue", END) == ""
    assert names("own", END) == "丙乙壬甲"  # the platform has it: no column of our own
    assert names("update_due", date(2025, 8, 27)) == "丙乙壬甲"


@pytest.mark.usefixtures("autumn")
def test_what_nobody_asked_for_is_refused_with_what_there_is() -> None:
    with pytest.raises(UsageTrouble, match=r"没有名为“rate”的数.*rejected（审核不通过）") as refused:
        quality_members(CAMPAIGN, END, "rate")
    assert refused.value.code == "E1790"
    with pytest.raises(UsageTrouble, match="2024-10 晚于所问的日期 2024-09-30"):
        quality(CAMPAIGN, END, month=date(2024, 10, 1))
    assert quality_members(CAMPAIGN, END, "finding:E9999") == []


@pytest.mark.parametrize("order", [("甲-1", "甲-2"), ("甲-2", "甲-1")])
@pytest.mark.usefixtures("installation")
def test_of_two_approvals_of_one_day_always_the_same_one_speaks(order: tuple[str, str]) -> None:
    """A published number must not hang on the order in which rows happen to lie."""
    said = {"甲-1": 25, "甲-2": 90}
    with session() as db:
        unit = make_known(db, name="甲", name_key="甲", industry="3391", headcount=25)
        entries = {no: declare(db, unit, headcount=said[no], declaration_no=no) for no in order}
    speaks = max(entries, key=lambda no: entries[no])
    assert names("headcount_differs", END) == ("甲" if said[speaks] == 90 else "")

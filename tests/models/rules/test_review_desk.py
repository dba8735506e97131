"""When declarations to decide and objections are told, and what of them (C30, M07)."""

from datetime import date, timedelta

import pytest

from models.rules.ladder import Terms
from models.rules.review_desk import FEW, OBJECTION, REVIEW, Pending, Pile, escalated, piles
from models.rules.review_list import review_due
from tests.make_targets import campaign_on_file

CAMPAIGN = campaign_on_file()
TERMS = Terms(CAMPAIGN.reminders, CAMPAIGN.calendar)
HERE, THERE, CITY, REGION = "450206", "450205", "450200", "450000"
NAMES = {CITY: "柳州市", HERE: "柳江区", THERE: "柳北区"}
MONDAY = date(2024, 9, 2)  # due on Monday the 9th
DUE = review_due(MONDAY, CAMPAIGN.calendar)


def review(number: int = 7, since: date = MONDAY) -> Pending:
    return Pending(number, "甲厂", since, review_due(since, CAMPAIGN.calendar))


def objection(raised: date = MONDAY, due: date = DUE) -> Pending:
    return Pending(7, "甲厂", raised, due, CITY, "人数偏低")


def seen(
    day: date,
    *,
    reviews: list[Pending] | None = None,
    objections: list[Pending] | None = None,
    **changes: date,
) -> list[Pile]:
    after = changes.get("after", day - timedelta(days=1))
    given = ({HERE: reviews} if reviews else {}, {HERE: objections} if objections else {}, NAMES)
    return piles(*given, city=CITY, after=after, day=day, terms=TERMS)


DAYS = {
    "提交次日不说": (date(2024, 9, 3), None),
    "期限前一个工作日不说": (date(2024, 9, 6), None),
    "期限当日": (date(2024, 9, 9), "期限当日"),
    "逾期1天": (date(2024, 9, 10), "逾期1天"),
    "逾期2天不说": (date(2024, 9, 11), None),
    "逾期3天": (date(2024, 9, 12), "逾期3天"),
    "逾期7天遇中秋顺延": (date(2024, 9, 16), None),
    "顺延到节后第一个工作日": (date(2024, 9, 18), "逾期7天"),
    "逾期14天": (date(2024, 9, 23), "逾期14天"),
    "逾期15天不说": (date(2024, 9, 24), None),
}


@pytest.mark.parametrize(("day", "told"), DAYS.values(), ids=DAYS)
def test_a_review_is_told_on_its_due_day_and_when_late(day: date, told: str | None) -> None:
    (pile,) = seen(day, reviews=[review()])
    assert (pile.told if pile.tells else None) == told


def test_days_without_a_tick_are_caught_up_with_the_newest() -> None:
    (pile,) = seen(date(2024, 9, 13), reviews=[review()], after=date(2024, 9, 6))
    assert pile.told == "逾期3天"


OBJECTION_DAYS = {
    "提出当日不说": (MONDAY, False),
    "次日": (date(2024, 9, 3), True),
    "期限前3天": (date(2024, 9, 6), True),  # the rungs of Friday and of the weekend's 1 day before
    "两天以后不说": (date(2024, 9, 4), False),
    "期限当日": (date(2024, 9, 9), True),
    "每周": (date(2024, 9, 10), True),
}


@pytest.mark.parametrize(("day", "told"), OBJECTION_DAYS.values(), ids=OBJECTION_DAYS)
def test_an_objection_is_told_when_raised_and_by_its_due_day(day: date, told: bool) -> None:
    (pile,) = seen(day, objections=[objection()])
    assert (pile.kind, pile.tells) == (OBJECTION, told)


LATE = {
    "期限当日不算逾期": (date(2024, 9, 9), 0, 0),
    "次日逾期并报市级": (date(2024, 9, 10), 1, 1),
    "逾期第2天不重复报": (date(2024, 9, 11), 1, 0),
}


@pytest.mark.parametrize(("day", "late", "lines"), LATE.values(), ids=LATE)
def test_what_is_late_goes_to_the_city(day: date, late: int, lines: int) -> None:
    found = seen(day, reviews=[review()])
    assert len(found[0].overdue) == late
    assert len(escalated(found, NAMES, CITY, escalate_from=1)) == lines


def test_the_city_hears_one_line_for_all_of_a_kind() -> None:
    found = seen(date(2024, 9, 10), reviews=[review(1), review(2), review(3, date(2024, 9, 9))])
    (line,) = escalated(found, NAMES, CITY, escalate_from=1)
    assert (line["name"], line["due"], line["late_days"]) == ("申报审核 2 件逾期，最早一件", "2024-09-09", 1)
    assert escalated(found, NAMES, CITY, escalate_from=3) == []


def test_the_citys_own_reviews_are_told_to_it_and_not_escalated() -> None:
    found = piles({CITY: [review()]}, {}, NAMES, city=CITY, after=DUE, day=date(2024, 9, 10), terms=TERMS)
    assert [(one.office, one.tells) for one in found] == [(CITY, True)]
    assert escalated(found, NAMES, CITY, escalate_from=1) == []


def test_an_office_nobody_knows_lies_with_the_city() -> None:
    found = piles({"450102": [review()]}, {}, NAMES, city=CITY, after=MONDAY, day=DUE, terms=TERMS)
    assert [(one.kind, one.office) for one in found] == [(REVIEW, CITY)]


def test_of_many_the_few_that_are_due_first_are_named() -> None:
    many = [review(number, MONDAY + timedelta(days=number)) for number in range(FEW + 3, 0, -1)]
    (pile,) = seen(date(2024, 9, 14), reviews=many)
    content = pile.as_content(NAMES)
    assert (content["waiting"], content["overdue"], len(content["oldest"])) == (FEW + 3, 6, FEW)
    days = [line["due"] for line in content["oldest"]]
    assert days == sorted(days)


def test_an_objection_says_who_raised_it_and_why() -> None:
    raised = [objection(), objection()._replace(raised_by=REGION, declaration=8)]
    (pile,) = seen(DUE, objections=raised)
    lines = pile.as_content(NAMES)["oldest"]
    assert [(line["from"], line["reason"]) for line in lines] == [
        ("柳州市", "人数偏低"),
        ("自治区", "人数偏低"),
    ]

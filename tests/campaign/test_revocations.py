"""Months of submissions, approvals and revocations, ours and the platform's, replayed: every figure stays (M03, Q1)."""

from datetime import date, datetime

import pytest
from sqlalchemy import text

from models.database import session
from models.employer import FACTS
from models.filing import Registration
from models.inbound import Kind
from models.link import Link
from tasks import review
from tasks.review_quality import quality_members
from tasks.targets import count_counties
from tests.make import load, make_row
from tests.make_filings import COUNTY, employer, make_entry
from tests.make_forms import make_form
from tests.make_targets import campaign_on_file, list_on, make_employer

CAMPAIGN = campaign_on_file()
HERE = "450206"
MAY, JUNE, JULY = date(2024, 5, 31), date(2024, 6, 30), date(2024, 7, 31)
AUGUST, SEPTEMBER = date(2024, 8, 31), date(2024, 9, 30)
MONTHS = (MAY, JUNE, JULY, AUGUST, SEPTEMBER)
CODES = ("91450200735148460A", "914403001922038216", "91110000802100433B")


class City:
    """甲 and 乙 file with us, 丙 on the platform, 丁 on both."""

    def __init__(self) -> None:
        self.known: dict[str, datetime] = {}
        with session() as db:
            units = [make_employer(db, name=name, name_key=name) for name in "甲乙丙丁"]
            for unit in units:
                said = {fact: getattr(unit, fact) for fact in FACTS}
                list_on(db, Kind.REGISTRY, unit, said, date(2024, 4, 1))
            self.units = {unit.name: unit.id for unit in units}
        self.declarations: dict[str, int] = {}

    def file(self, name: str, code: str, on: date) -> None:
        given = make_entry(name=name, credit_code=code)
        number = review.register(given, by="韦一", on=on, unit=self.units[name])
        review.decide_registration(number, Registration.APPROVED, actor=COUNTY, on=on)
        form = make_form({"basics.name": name, "basics.credit_code": code})
        made = review.save(number, form, actor=employer(number), on=on)
        review.submit(made, actor=employer(number), on=on)
        self.declarations[name] = made

    def approve(self, name: str, on: date) -> None:
        review.approve(self.declarations[name], actor=COUNTY, on=on)

    def revoke(self, name: str, on: date) -> None:
        review.revoke(self.declarations[name], "接害人数有误", actor=COUNTY, on=on)

    def export(self, on: date, **states: str) -> None:
        """The platform's export of a day; what it calls approved it approved that day or before."""
        with session() as db:
            rows = [
                make_row(name=name, declaration_no=f"SB{name}", platform="广西", declaration_state=state)
                for name, state in states.items()
            ]
            load(db, Kind.DECLARATIONS, rows, on)
            for name in states:
                found = text("SELECT DISTINCT entry FROM record WHERE declaration_no = :no")
                entry = db.scalar(found, {"no": f"SB{name}"})
                if not db.scalar(text("SELECT 1 FROM link WHERE entry = :entry"), {"entry": entry}):
                    db.add(
                        Link(
                            entry=entry,
                            employer_id=self.units[name],
                            verdict="sure",
                            method="code",
                            by="规则",
                        )
                    )

    def remember(self, name: str) -> None:
        with session() as db:
            self.known[name] = db.execute(text("SELECT clock_timestamp()")).scalar_one()


@pytest.fixture
def city(installation: object) -> City:  # noqa: ARG001
    made = City()
    made.file("甲", CODES[0], date(2024, 5, 6))
    made.file("乙", CODES[1], date(2024, 5, 7))
    made.export(date(2024, 5, 10), 丙="待审核")
    made.approve("甲", date(2024, 5, 20))
    made.export(date(2024, 6, 10), 丙="已审核", 丁="待审核")
    made.approve("乙", date(2024, 6, 11))
    made.file("丁", CODES[2], date(2024, 6, 12))
    made.approve("丁", date(2024, 6, 20))
    made.export(date(2024, 7, 10), 丙="已审核", 丁="已审核")  # 丁 from now on in the platform's column
    made.remember("七月")
    made.revoke("甲", date(2024, 8, 5))
    made.export(date(2024, 8, 10), 丙="待审核", 丁="已审核")  # the platform revoked 丙
    made.remember("八月")
    made.export(date(2024, 9, 10), 丙="待审核", 丁="待审核")  # and 丁, which ours still holds approved
    made.approve("甲", date(2024, 9, 16))
    made.revoke("乙", date(2024, 9, 30))
    return made


def figures(as_of: date, known_at: datetime | None = None) -> tuple[int, str]:
    """(D by the platform's books, the units that only we approved)."""
    (county,) = count_counties(CAMPAIGN, as_of, known_at, county=HERE)
    ours = quality_members(CAMPAIGN, as_of, "own", known_at=known_at, county=HERE)
    return county.declared, "".join(sorted(one.name or "?" for one in ours))


def told(*months: tuple[int, str]) -> dict[date, tuple[int, str]]:
    """Of May to September: D, and ours."""
    return {day: (count, "".join(sorted(names))) for day, (count, names) in zip(MONTHS, months, strict=True)}


CASES = [
    pytest.param(None, told((0, "甲"), (1, "甲乙丁"), (2, "甲乙"), (1, "乙"), (0, "甲丁")), id="现在"),
    # at the end of July nobody knew of a revocation, whatever month was asked about
    pytest.param("七月", told((0, "甲"), (1, "甲乙丁"), (2, "甲乙"), (2, "甲乙"), (2, "甲乙")), id="七月"),
    pytest.param("八月", told((0, "甲"), (1, "甲乙丁"), (2, "甲乙"), (1, "乙"), (1, "乙")), id="八月"),
]


@pytest.mark.parametrize(("known", "expected"), CASES)
def test_each_month_as_it_stood_and_as_it_was_known(
    city: City, known: str | None, expected: dict[date, tuple[int, str]]
) -> None:
    instant = city.known[known] if known else None
    assert {day: figures(day, instant) for day in MONTHS} == expected


EDGES = {
    "the day before ours": (date(2024, 5, 19), 0, ""),
    "the day of ours": (date(2024, 5, 20), 0, "甲"),
    "the day before our revocation": (date(2024, 8, 4), 2, "甲乙"),
    "the day of our revocation": (date(2024, 8, 5), 2, "乙"),
    "the day before the platform's": (date(2024, 8, 9), 2, "乙"),
    "the day of the platform's": (date(2024, 8, 10), 1, "乙"),
    "丁 still the platform's": (date(2024, 9, 9), 1, "乙"),
    "丁 revoked there stands with us": (date(2024, 9, 10), 0, "乙丁"),
    "approved again": (date(2024, 9, 16), 0, "甲乙丁"),
    "the day before the last revocation": (date(2024, 9, 29), 0, "甲乙丁"),
}


def test_it_stops_counting_on_the_day_and_not_before(city: City) -> None:
    assert city.declarations
    found = {words: figures(day) for words, (day, _, _) in EDGES.items()}
    assert found == {words: (count, "".join(sorted(names))) for words, (_, count, names) in EDGES.items()}


def test_a_merged_unit_answers_by_the_one_that_took_it_over(city: City) -> None:
    with session() as db:
        given = {"old": city.units["丁"], "new": city.units["甲"]}
        db.execute(text("UPDATE employer SET merged_into = :new WHERE id = :old"), given)
    (only,) = quality_members(CAMPAIGN, date(2024, 9, 30), "own", county=HERE)
    assert (only.employer_id, only.day) == (city.units["甲"], date(2024, 6, 20))

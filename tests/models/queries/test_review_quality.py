"""What a figure's SQL calls different, due or overdue is what the checks of one declaration call so (C05, 2.1)."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from models.form.form import Form
from models.queries.review_quality_members import DUE, HEADCOUNT, INDUSTRY, OVERDUE, SIZE
from models.rules.checking import Case, Facts, Last
from models.rules.checks import annual_interval, registry_headcount, registry_industry, registry_size
from tests.make_forms import lists, make_form

DICE = Random(5)
CODES = [None, "33", "331", "3311", "3391", "3310", "C33", "2511"]
SIZES = [None, "大", "中", "小", "微"]
COUNTS = [None, 0, 1, 7, 10, 17, 18, 25, 33, 34, 35, 36, 100, 142, 143, 144]
RULES = [
    pytest.param("industry", INDUSTRY, registry_industry, CODES, "text", id="行业"),
    pytest.param("size", SIZE, registry_size, SIZES, "text", id="规模"),
    pytest.param("headcount", HEADCOUNT, registry_headcount, COUNTS, "integer", id="人数"),
]


@pytest.mark.parametrize(("field", "condition", "check", "values", "kind"), RULES)
def test_every_pair_is_judged_as_by_the_check(
    db: Session, field: str, condition: str, check: Any, values: list[Any], kind: str
) -> None:
    asked = f"""
        SELECT coalesce({condition}, false) FROM (SELECT CAST(:declared AS {kind}) AS {field}) a,
            (SELECT CAST(:known AS {kind}) AS {field}) f"""
    wrong = []
    for declared in values:
        for known in values:
            case = Case(
                form=make_form({f"basics.{field}": declared}),
                on=date(2024, 9, 2),
                lists=lists(),
                unit=Facts(**{field: known}),
            )
            one = bool(db.scalar(text(asked), {"declared": declared, "known": known}))
            if one != bool(list(check.check(case))):
                wrong.append((declared, known))
    assert wrong == []


def test_days_of_the_window_are_judged_as_by_the_check(db: Session) -> None:
    """On the last days of months, too, where eleven months later is a shorter one."""
    asked = f"SELECT {DUE}, {OVERDUE} FROM (SELECT CAST(:last AS date) AS approved_on) a"
    wrong = []
    for _ in range(300):
        last = date(2023, 1, 1) + timedelta(days=DICE.randrange(800))
        day = last + timedelta(days=DICE.choice([*range(328, 342), *range(390, 402)]))
        due, overdue = db.execute(text(asked), {"last": last, "as_of": day}).one()
        form = Form.model_validate({"type": "年度更新"})
        (*found,) = annual_interval.check(Case(form=form, on=day, lists=lists(), last=Last(last)))
        said = "" if not found else "early" if "还没有超过" in found[0].message else "late"
        if said != ("late" if overdue else "" if due else "early"):
            wrong.append((last, day))
    assert wrong == []

"""F12: each missing field gives one finding, all at once; the marks are those of the form's own list."""

import polars as pl
import pytest

from models import reference
from models.form.titles import fields_asked, title_of
from models.rules.checks.required_fields import check
from tests.make_forms import GONE, make_case
from tests.models.rules.checks.said import fields

ASKED = [*fields_asked()]
F12 = [
    "contact",
    "phone",
    "headcount",
    "outsourced",
    "exposed",
    "diseased",
    "leader_trained",
    "manager_trained",
]
# what the form's list says otherwise, and where we keep it
ELSEWHERE = {
    "法定代表人": "never stored",
    "申报日期": "the day of submitting",
    "状态": "the state machine's",
    "产品名称": "F23",
    "年产量": "F23",
}


@pytest.mark.parametrize("path", ASKED)
def test_each_missing_field_is_named_once(path: str) -> None:
    assert fields(check(make_case({path: None}))) == [path]
    assert fields(check(make_case({path: GONE}))) == [path]


def test_the_eight_fields_of_f12_are_asked_for() -> None:
    assert {f"basics.{name}" for name in F12} <= set(ASKED)


def test_all_missing_at_once() -> None:
    assert fields(check(make_case(dict.fromkeys(ASKED)))) == ASKED


def test_nothing_but_the_format_is_everything_missing() -> None:
    empty = {"type": None, "year": None, "basics": {}} | dict.fromkeys(
        ["products", "hazards", "monitoring", "surveillance"]
    )
    missing = [path for path in ASKED if path.split(".")[0] in ("type", "year", "basics")]
    assert fields(check(make_case(empty))) == missing


def test_blanks_say_nothing() -> None:
    assert fields(check(make_case({"basics.contact": " \u3000"}))) == ["basics.contact"]


def test_what_the_forms_list_marks_is_asked_for() -> None:
    """models/reference/declaration_form_fields.csv, required = Y; the hazard classes' totals are 2.3's rule."""
    marked = reference.read_list("declaration_form_fields").filter(pl.col("required") == "Y")["field"]
    titles = {title_of(path).split("·")[-1] for path in ASKED}
    assert {name for name in map(ours, marked) if name not in titles} == set(ELSEWHERE)


def ours(field: str) -> str:
    if field.endswith((" 有/无", " 接触总人数")):
        return "有/无"
    same = {
        "职业卫生管理联系人/管理人员": "职业卫生管理联系人",
        "手机号码/联系电话": "手机号码",
        "监护开展情况": "职业健康监护开展情况",
    }
    return same.get(field, field)

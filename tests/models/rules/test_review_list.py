"""The 操作 column of M04 by state and role, and the five working days of 2.1."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.declaration import DeclarationState
from models.filing import Act, Role
from models.rules.review import Refusal, judge
from models.rules.review_list import OBJECT, days_late, late_since, operations, review_due
from models.rules.working_days import ONE_DAY
from tests.make_targets import campaign_on_file

CALENDAR = campaign_on_file().calendar


@pytest.mark.parametrize(
    ("role", "draft", "submitted", "approved", "rejected"),
    [
        pytest.param(Role.REVIEWER, "", "查看·审核", "查看·撤销", "查看", id="本县区"),
        pytest.param(Role.EMPLOYER, "查看·编辑·提交", "查看", "查看", "查看·编辑·提交", id="用人单位"),
        pytest.param(Role.OTHER_COUNTY, "", "", "", "", id="别县区"),
        pytest.param(Role.CITY, "", "查看", "查看·提出异议", "查看", id="市级"),
        pytest.param(Role.REGION, "", "查看", "查看·提出异议", "查看", id="自治区"),
    ],
)
def test_who_may_do_what(role: Role, draft: str, submitted: str, approved: str, rejected: str) -> None:
    assert ["·".join(operations(state, role)) for state in DeclarationState] == [
        draft,
        submitted,
        approved,
        rejected,
    ]


ACTS = {"提交": [Act.SUBMIT], "审核": [Act.APPROVE, Act.REJECT], "撤销": [Act.REVOKE], "编辑": [Act.EDIT]}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", list(DeclarationState))
def test_the_column_offers_what_the_state_machine_allows_and_no_more(
    state: DeclarationState, role: Role
) -> None:
    offered = {act for word in operations(state, role) for act in ACTS.get(word, [])}
    verdicts = {judge(state, after, role) for after in DeclarationState}
    assert offered == {verdict for verdict in verdicts if not isinstance(verdict, Refusal)}


def test_only_city_and_region_object() -> None:
    asking = {role for role in Role for state in DeclarationState if OBJECT in operations(state, role)}
    assert asking == {Role.CITY, Role.REGION}


@pytest.mark.parametrize(
    ("filed_on", "due"),
    [
        pytest.param(date(2024, 9, 2), date(2024, 9, 9), id="跨一个周末"),
        pytest.param(date(2024, 9, 9), date(2024, 9, 14), id="调休的周六算工作日"),
        pytest.param(date(2024, 9, 13), date(2024, 9, 23), id="跨中秋"),
        pytest.param(date(2024, 9, 26), date(2024, 10, 9), id="跨国庆"),
        pytest.param(date(2024, 9, 7), date(2024, 9, 13), id="周六提交"),
    ],
)
def test_five_working_days(filed_on: date, due: date) -> None:
    assert review_due(filed_on, CALENDAR) == due
    assert days_late(filed_on, due, CALENDAR) == 0
    assert days_late(filed_on, date.fromordinal(due.toordinal() + 1), CALENDAR) == 1


@given(st.dates(date(2024, 7, 1), date(2025, 12, 1)))
def test_what_is_late_was_filed_by_then(as_of: date) -> None:
    last = late_since(as_of, CALENDAR)
    assert days_late(last, as_of, CALENDAR) > 0
    assert days_late(last + ONE_DAY, as_of, CALENDAR) == 0

"""What a row of the export must hold before it is anybody's declaration. What is missing is said, never made up."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import polars as pl

from models.campaign import Campaign
from models.declaration import DeclarationState
from models.rules.credit_code import is_credit_code
from tasks.filing.platform_documents import Wrong
from tasks.filing.platform_sheets import KEY
from tasks.reading.table import Table

NO_NUMBER, NO_CODE, NO_COUNTY, NO_STATE, NO_DAY = "E1741", "E1742", "E1743", "E1744", "E1745"
TWICE, BRANCH, OTHER_PLATFORM, LATER, NO_NAME = "E1746", "E1752", "E1753", "E1756", "E1101"
Row = Mapping[str, Any]


class Judged(NamedTuple):
    key: str
    state: str
    filed_on: date | None
    since: date
    paths: Mapping[str, Any]  # of the document, as intake's normal forms have them


def twice_said(tables: Sequence[Table]) -> set[str]:
    """Numbers that stand on several rows which do not say the same."""
    rows = pl.concat([table.frame.drop("row_no") for table in tables], how="diagonal").unique()
    counted = rows.group_by(KEY).len().filter(pl.col("len") > 1, pl.col(KEY).is_not_null())
    return set(counted[KEY])


def judged(
    row: Row, facts: Row, doubled: set[str], campaign: Campaign, data_date: date
) -> tuple[Judged | None, list[Wrong]]:
    """The declaration's number, state and days, and whose it is; None where one of them is not certain."""
    state, filed_on, approved_on = facts["declaration_state"], facts["filed_on"], facts["approved_on"]
    code, branch = facts["credit_code"], facts["is_branch"]
    draft = state == DeclarationState.DRAFT
    platform = facts["platform"]
    holds = {
        (NO_NUMBER, "申报编号", "没有申报编号，无法认出是哪一份申报"): row[KEY] is not None,
        (TWICE, "申报编号", "同一编号有几行内容不同，不知以哪行为准"): row[KEY] not in doubled,
        (NO_NAME, "单位名称", "没有单位名称"): facts["name"] is not None,
        (NO_CODE, "统一社会信用代码", "没有有效的18位信用代码，无法认定是哪个单位"): code is not None
        and is_credit_code(code),
        (NO_COUNTY, "所属地区", "看不出是本市哪个县（区）"): facts["county"] in campaign.county_names,
        (NO_STATE, "申报状态", "申报状态没有填或看不明白"): state is not None,
        (NO_DAY, "申报日期", "已提交的申报没有可用的申报日期"): draft or filed_on is not None,
        (LATER, "申报日期", f"申报日期或审核日期晚于数据截止日期{data_date}"): not _later(
            data_date, filed_on, approved_on
        ),
        (BRANCH, "是否分支机构", "是否分支机构没有填或看不明白"): branch is not None,
        (OTHER_PLATFORM, "申报平台", "不是本平台的申报"): platform is None
        or platform in campaign.platforms.counting,
    }
    wrong = [Wrong(*about, whole=True) for about, right in holds.items() if not right]
    if wrong:
        return None, wrong
    since = _since(state, filed_on, approved_on, data_date)
    return Judged(row[KEY], state, filed_on, since, _paths(row, facts)), []


def _later(data_date: date, *days: date | None) -> bool:
    return any(day is not None and day > data_date for day in days)


def _since(state: str, filed_on: date | None, approved_on: date | None, data_date: date) -> date:
    """Since when it stands as it does: the day the export gives, else the day it was seen so."""
    if state == DeclarationState.APPROVED and approved_on is not None:
        return max(approved_on, filed_on or approved_on)
    if state == DeclarationState.SUBMITTED and filed_on is not None:
        return filed_on
    return data_date


def _paths(row: Row, facts: Row) -> dict[str, Any]:
    """What intake could not make sense of stays as it is written: the checks say what is wrong with it."""
    written = {"town": row.get("town"), "industry": row.get("industry_code") or row.get("industry_name")}
    found = {f"basics.{name}": facts[name] for name in ("name", "credit_code", "county", "parent_code")}
    found |= {f"basics.{name}": facts[name] or text for name, text in written.items()}
    return found

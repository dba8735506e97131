"""What the replay leaves to look at: every reminder as it went out, what happened when, and how each county did."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from models.campaign import Campaign
from models.obligation import ObligationKind
from notices.workbook import Column, Cover, Sheet, write_workbook
from tasks.membership import membership_table
from tasks.obligations import list_obligations, reminders

STORY = (Column("day", "日期", 12), Column("what", "事情", 100, wrap=True))
REMINDERS = (
    Column("day", "日期", 12),
    Column("county", "县（区）", 18),
    Column("name", "事项", 36, wrap=True),
    Column("told", "档次", 30, wrap=True),
)
COUNTIES = {
    "county": "县（区）",
    "verified_on": "核对返回",
    "late": "迟到天数",
    "baseline": "基线",
    "n": "扩面目标",
    "undeclared": "未申报",
    "reminders": "提醒",
    "months_late": "月报迟报",
    "summaries": "总结",
}
STEPS = (
    "“大事记”：模拟的县（区）和市级做了什么，系统怎样答复。",
    "“催办提醒”：每条提醒实际发出的日期和档次。",
)


def write_story(campaign: Campaign, story: Sequence[Mapping[str, Any]], out: Path, last_day: date) -> Path:
    names = campaign.county_names
    sent = [
        {
            "day": one.day,
            "county": names.get(one.county, one.county),
            "name": one.name,
            "told": "、".join(one.told),
        }
        for one in reminders(campaign)
    ]
    facts: list[tuple[str, str | int]] = [
        ("截至", last_day.isoformat()),
        ("提醒", len(sent)),
        ("事情", len(story)),
    ]
    cover = Cover("行动回放（演示数据）", facts, STEPS)
    sheets = [Sheet("大事记", STORY, story), Sheet("催办提醒", REMINDERS, sent)]
    return write_workbook(out / "行动回放.xlsx", cover, sheets, {"kind": "replay"})


def county_rows(campaign: Campaign, as_of: date) -> list[dict[str, Any]]:
    """One line per county: how it did with its tasks, and where its list stands."""
    owed = list_obligations(campaign, as_of)
    lists = {one.county: one for one in membership_table(campaign, as_of)}
    told = reminders(campaign)
    return [
        _county(county.name, [one for one in owed if one["county"] == county.code], lists[county.code])
        | {"reminders": sum(one.county == county.code for one in told)}
        for county in campaign.counties
    ]


def _county(name: str, owed: Sequence[Mapping[str, Any]], listed: Any) -> dict[str, Any]:
    verification = next(one for one in owed if one["kind"] == ObligationKind.VERIFICATION)
    months = [one for one in owed if one["kind"] == ObligationKind.MONTHLY]
    return {
        "county": name,
        "verified_on": verification["returned_on"],
        "late": verification["late_days"],
        "baseline": listed.b,
        "n": listed.n,
        "undeclared": listed.undeclared,
        "months_late": f"{sum(one['late_days'] > 0 for one in months)}/{len(months)}",
        "summaries": "、".join(one["state_words"] for one in owed if one["kind"] == ObligationKind.SUMMARY),
    }

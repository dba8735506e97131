"""One workbook per county: its undeclared units with reasons, to look at and to hand on (C08).

What the county is to answer goes out by tasks.verification (C25).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.database import session
from models.queries.membership_changes import Change, changes_by_unit, changes_in_force
from models.queries.snapshots import baseline_of, frozen_members, snapshots
from models.queries.targets import UNKNOWN_COUNTY, Wanted, list_targets
from models.reference.words import industry_text, town_name
from models.rules.membership_words import change_text
from models.rules.reasons import programme_names, state_text, why_listed
from models.rules.targets import Rule
from models.target import Snapshot, SnapshotKind
from notices.workbook import Column, Cover, Sheet, write_workbook
from tasks.removed_sheet import removed_sheet
from tasks.targets import see_targets

CITY_FILE = "全市待核清单.xlsx"
LIST = "未申报单位"


def write_county(campaign: Campaign, as_of: date, out: Path, county: str) -> Path:
    with session() as db:
        facts = see_targets(db, campaign, as_of)
        return _write_county(db, campaign, as_of, out, county, facts)


def write_workbooks(campaign: Campaign, as_of: date, out: Path, county: str | None = None) -> list[Path]:
    """Every county's workbook and the city's own; or one county's."""
    wanted = [county] if county else [one.code for one in campaign.counties_on(as_of)]
    with session() as db:
        facts = see_targets(db, campaign, as_of)
        written = [_write_county(db, campaign, as_of, out, one, facts) for one in wanted]
        return written if county else [*written, _write_city(db, campaign, as_of, out, facts)]


def _write_county(db: Session, campaign: Campaign, as_of: date, out: Path, county: str, facts: str) -> Path:
    name = campaign.county_names[county]
    baseline = baseline_of(db, campaign, county, as_of)
    frozen = None if baseline else _issued_on(db, campaign, county, as_of)
    changes = changes_in_force(db, campaign, as_of) if baseline else []
    if baseline:
        undeclared = _member_rows(db, campaign, as_of, county, facts, changes)
    else:
        undeclared = _frozen_rows(db, frozen) if frozen else _open_rows(db, campaign, county, facts)
    removed = [one for one in changes if one.county == county and one.removed]
    # a unit of N is on one sheet only, and in one county's file only
    told = {unit["employer_id"] for unit in undeclared} | {one.employer_id for one in changes}
    sheets = [_sheet(LIST, undeclared, campaign)]
    for title, rule in (("停产待复核", Rule.STOPPED_LONG), ("县区增加行业（单列）", Rule.EXTRA)):
        found = list_targets(db, campaign, Wanted(county=county, rule=rule, declared=False), facts=facts)
        if units := [unit for unit in found if unit["employer_id"] not in told]:
            sheets.append(_sheet(title, units, campaign))
    if removed:
        sheets.append(removed_sheet(db, campaign, removed))
    return write_workbook(
        out / f"{name}_未申报单位清单.xlsx",
        _cover(
            f"{name}职业病危害项目未申报单位清单",
            campaign,
            as_of,
            undeclared,
            _source(frozen, baseline),
            frozen,
        ),
        sheets,
        _meta(campaign, as_of, county, frozen),
    )


def _source(frozen: Snapshot | None, baseline: Snapshot | None) -> str:
    if baseline:
        return f"扩面目标 N = B + A − X 中未申报的（基线第 {baseline.id} 号，{baseline.as_of}）"
    return f"下发清单第 {frozen.id} 号" if frozen else "当日计算结果，未冻结"


def _member_rows(
    db: Session, campaign: Campaign, as_of: date, county: str, facts: str, changes: Sequence[Change]
) -> list[dict[str, Any]]:
    """After the baseline the list is N: what was removed or moved away is off it, what was added is on it (1.7)."""
    rows = list_targets(db, campaign, Wanted(member=county, declared=False), facts=facts, as_of=as_of)
    by_unit = changes_by_unit(changes)
    return [
        row | {"county": county, "changed": change_text(by_unit.get(row["employer_id"], []), campaign)}
        for row in sorted(rows, key=_in_order)
    ]


def _in_order(row: Mapping[str, Any]) -> tuple[int, str, str]:
    return row["work_order"], row["name"] or "", row["credit_code"] or ""


def _write_city(db: Session, campaign: Campaign, as_of: date, out: Path, facts: str) -> Path:
    """What no county can be asked about yet: visible, never dropped (Q15)."""
    lists = {
        "县区不明": Wanted(county=UNKNOWN_COUNTY, in_r=True, declared=False),
        "行业不明": Wanted(rule=Rule.INDUSTRY_UNKNOWN),
        "待人工核对": Wanted(in_r=True, declared=False, unsure=True),
        "停产待复核": Wanted(rule=Rule.STOPPED_LONG, declared=False),
    }
    found = {name: list_targets(db, campaign, wanted, facts=facts) for name, wanted in lists.items()}
    found["未列入扩面目标"] = _outside_rows(db, campaign, as_of, facts)
    cover = Cover(
        f"{campaign.city.name}待核清单",
        [("行动", campaign.name), ("截至", as_of.isoformat())]
        + [(name, len(units)) for name, units in found.items()],
        [
            "县区不明：按规则应申报、但无法确定所在县（区）的单位，请查明后填在“说明”里。",
            "行业不明：没有可用的行业代码，暂不能判断是否应申报，请补行业。",
            "待人工核对：有疑似的申报记录，核对以前按未申报处理；用 yingbao links 判定。",
            f"停产待复核：停产停业超过{campaign.stopped_months_limit}个月，由市级复核；复核以前不算应申报。",
            "未列入扩面目标：基线之后才应申报且未申报的单位，不在县（区）清单里；要补入的用 yingbao targets add。",
        ],
    )
    sheets = [_sheet(name, units, campaign) for name, units in found.items()]
    return write_workbook(out / CITY_FILE, cover, sheets, _meta(campaign, as_of, campaign.city.code, None))


def _outside_rows(db: Session, campaign: Campaign, as_of: date, facts: str) -> list[dict[str, Any]]:
    """Undeclared units of a county with a baseline that N never held: shown to the city, never dropped."""
    based = {one.county for one in snapshots(db, campaign, kind=SnapshotKind.BASELINE) if one.as_of <= as_of}
    wanted = Wanted(in_r=True, declared=False, outside=True)
    rows = list_targets(db, campaign, wanted, facts=facts, as_of=as_of) if based else []
    return [row for row in rows if (row["county"] or campaign.city.code) in based]


def _issued_on(db: Session, campaign: Campaign, county: str, as_of: date) -> Snapshot | None:
    """The issued list, when it is the one asked for: then the workbook shows exactly what was frozen."""
    issued = snapshots(db, campaign, county=county, kind=SnapshotKind.ISSUED)
    return next((one for one in issued if one.as_of == as_of), None)


def _frozen_rows(db: Session, frozen: Snapshot) -> list[dict[str, Any]]:
    rows = [{"employer_id": unit, "extra": None, **facts} for unit, facts in frozen_members(db, frozen)]
    return sorted(rows, key=_in_order)


def _open_rows(db: Session, campaign: Campaign, county: str, facts: str) -> list[dict[str, Any]]:
    return list_targets(db, campaign, Wanted(county=county, in_r=True, declared=False), facts=facts)


def _sheet(name: str, units: Sequence[Mapping[str, Any]], campaign: Campaign) -> Sheet:
    rows = [_row(number, unit, campaign) for number, unit in enumerate(units, start=1)]
    return Sheet(name, COLUMNS, rows)


COLUMNS = [
    Column("employer_id", "单位编号", 10, hidden=True),
    Column("number", "序号", 5),
    Column("name", "单位名称", 24, wrap=True),
    Column("credit_code", "统一社会信用代码", 20),
    Column("county", "县（区）", 9, wrap=True),
    Column("town", "乡镇（街道）", 9, wrap=True),
    Column("address", "地址", 24, wrap=True),
    Column("industry", "行业", 15, wrap=True),
    Column("headcount", "从业人数", 6),
    Column("size", "规模", 5),
    Column("phone", "联系电话", 13),
    Column("reason", "列入依据", 24, wrap=True),
    Column("programme", "专项", 9, wrap=True),
    Column("state", "状态", 14, wrap=True),
    Column("note", "说明", 18, answer=True),
]


def _row(number: int, unit: Mapping[str, Any], campaign: Campaign) -> dict[str, Any]:
    counties = campaign.county_names
    return {
        "employer_id": unit["employer_id"],
        "number": number,
        "name": unit["name"],
        "credit_code": unit["credit_code"] or unit["legacy_code"],
        "county": counties.get(unit["county"] or "", "不明"),
        "town": town_name(unit["town"]),
        "address": unit["address"],
        "industry": industry_text(unit["industry"]),
        "headcount": unit["headcount"],
        "size": unit["size"],
        "phone": unit["phone"],
        "reason": why_listed(unit, campaign),
        "programme": programme_names(unit, campaign),
        "state": "；".join(filter(None, [state_text(unit, campaign), unit.get("changed")])),
    }


def _cover(
    title: str,
    campaign: Campaign,
    as_of: date,
    units: Sequence[Mapping[str, Any]],
    source: str,
    frozen: Snapshot | None,
) -> Cover:
    facts: list[tuple[str, str | int]] = [
        ("行动", campaign.name),
        ("依据", f"{campaign.basis.title}（{campaign.basis.document}）"),
        ("截至", as_of.isoformat()),
        ("清单", source),
        ("校验码（SHA-256）", frozen.sha256 if frozen else "—"),
        ("未申报及待审核单位数", len(units)),
        ("其中：未申报", sum(1 for unit in units if not unit["pending"])),
        ("其中：申报待审核", sum(1 for unit in units if unit["pending"])),
    ]
    facts += [(f"其中：{text}", count) for text, count in _by_rule(units, campaign)]
    facts.append(("其中：疑似已申报，待人工核对", sum(1 for unit in units if unit["unsure"])))
    return Cover(title, facts, _steps(campaign.stopped_months_limit))


def _by_rule(units: Iterable[Mapping[str, Any]], campaign: Campaign) -> list[tuple[str, int]]:
    """Every unit once, by the rule that put it in."""
    listed = [Rule(unit["rule"]) for unit in units]
    return [(rule.told(campaign.stopped_months_limit), listed.count(rule)) for rule in Rule if rule in listed]


def _steps(months: int) -> list[str]:
    return [
        "说明：",
        "1. 本表供查看和下发掌握；信息核对请填写另发的“核对表”（yingbao verification issue），不要在本表里答复。",
        f"2. 停产停业{months}个月以内但未注销的单位必须保留；超过{months}个月的列在“停产待复核”，由市级复核。",
        "3. 申报待审核的单位，审核通过以前仍按未申报统计。",
        "4. “说明”列供自用，其余各列已锁定。",
    ]


def _meta(campaign: Campaign, as_of: date, county: str, frozen: Snapshot | None) -> dict[str, str]:
    return {
        "campaign": campaign.key,
        "county": county,
        "as_of": as_of.isoformat(),
        "snapshot": str(frozen.id) if frozen else "",
        "sha256": frozen.sha256 if frozen else "",
    }

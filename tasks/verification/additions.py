"""Units that a county adds to its list: leads found by its bureau, through one of the campaign's channels (C09, C10)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.inbound import Kind
from models.queries.verification import known_units
from models.rules.company_name import name_key
from models.rules.credit_code import read_credit_code
from models.rules.verdicts import Trouble
from tasks.lead_channels import channel_words
from tasks.verification.checking import Desk, read_fact
from tasks.verification.handed_in import store_rows
from tasks.verification.layout import ADDED, ADDED_HEADINGS
from tasks.verification.reading import Cells

FACTS = ("industry", "headcount", "phone")


class Addition(NamedTuple):
    """A row read. `key` tells whether two rows are about one unit."""

    row_no: int
    key: str
    row: dict[str, str | int | None]


def source_name(campaign: Campaign, county: str) -> str:
    return f"{campaign.county_names[county]}核对新增"


def check_addition(row_no: int, cells: Cells, desk: Desk) -> tuple[Addition | None, list[Trouble]]:
    troubles: list[Trouble] = []
    name, channel = cells["name"], channel_words(desk.campaign).get((cells["channel"] or "").strip())
    if not name:
        troubles.append(Trouble("E1283", "新增单位缺少单位名称，请补。"))
    if channel is None:
        known = "、".join(one.name for one in desk.campaign.channels)
        given = f"发现渠道“{cells['channel']}”不可用" if cells["channel"] else "缺少发现渠道"
        troubles.append(Trouble("E1283", f"{given}，请从下拉列表中选：{known}。"))
    code = _code(cells, troubles)
    row = _facts(cells, desk, troubles)
    if name:
        troubles += _listed(code, name, desk)
    if troubles or not name:
        return None, troubles
    row |= {"row_no": row_no, "name": name, "credit_code": code, "channel": channel}
    row |= {"evidence": cells["evidence"], "hazards": cells["hazards"]}
    row |= {"county": desk.names[desk.county]}
    return Addition(row_no, key_of(code, name), row), []


def key_of(code: str | None, name: str) -> str:
    return code or name_key(name)


def _code(cells: Cells, troubles: list[Trouble]) -> str | None:
    given = cells["credit_code"]
    if given is None:
        return None
    reading = read_credit_code(given)
    if reading.value is None or len(reading.value) != 18:
        why = reading.finding.message if reading.finding else "应为18位。"
        troubles.append(Trouble("E1283", f"{ADDED_HEADINGS['credit_code']}“{given}”：{why}"))
        return None
    return reading.value


def _facts(cells: Cells, desk: Desk, troubles: list[Trouble]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for fact in (*FACTS, "address"):
        given = cells[fact]
        if given is None:
            continue
        value, why = read_fact(fact, given, desk)
        if why:
            shown = "" if fact == "phone" else f"“{given}”"
            troubles.append(Trouble("E1283", f"{ADDED_HEADINGS[fact]}{shown}不能用：{why}"))
        else:
            row["industry_code" if fact == "industry" else fact] = str(value)
    return row


def _listed(code: str | None, name: str, desk: Desk) -> list[Trouble]:
    known = desk.members.by_code.get(code, []) if code else desk.members.by_name.get(name_key(name), [])
    same = [one for one in known if name_key(name) in desk.members.keys[one.number]]
    if not same and not (code and known):
        return []
    return [Trouble("E1283", f"“{name}”已在核对表里（{known[0].name}），请在核对表的那一行填写，不用新增。")]


class Stored:
    """Units the database has under the codes and names of the added rows (C10: what is known is not counted again)."""

    def __init__(self, db: Session, rows: Iterable[Cells]) -> None:
        rows = list(rows)
        codes = {code for cells in rows if (code := _whole_code(cells["credit_code"]))}
        names = {name_key(cells["name"]) for cells in rows if cells["name"]}
        self.known = known_units(db, codes, names) if codes or names else []
        self.units = {unit for unit, *_ in self.known}

    def elsewhere(self, one: Addition, desk: Desk) -> Trouble | None:
        """The same firm by code and name in another county: it moves by a transfer, and is not entered anew (1.7)."""
        code, name = one.row["credit_code"], name_key(str(one.row["name"]))
        same = [row for row in self.known if code and row[1] == code and row[2] == name]
        if not same or any(county in (None, desk.county) for *_, county in same):
            return None
        unit, _, _, county = same[0]
        where = desk.names.get(str(county), "外市")
        told = f"数据库里这个单位在{where}（编号 {unit}），不能另立一户。确已在本县（区）的，请由{where}报“非本辖区”划转；"
        return Trouble("E1283", told + "是另一处作业场所的，请在名称里写明分支（分公司、分厂、项目部等）。")


def _whole_code(given: str | None) -> str | None:
    return read_credit_code(given).value if given else None


BEFORE = """
    SELECT r.name, r.name_key, r.credit_code, r.address, r.industry, r.headcount, r.phone, r.hazards, r.channel,
        r.evidence, r.found_on, max(b.data_date) AS day
    FROM record r
    JOIN source s ON s.id = r.source_id AND s.kind = 'lead' AND s.name = :source
    JOIN sighting g ON g.record_id = r.id JOIN batch b ON b.id = g.batch_id
    WHERE r.current GROUP BY r.id ORDER BY day, r.id"""
SAME = {"name": "name", "address": "address", "industry_code": "industry", "headcount": "headcount"}
SAME |= {"phone": "phone", "hazards": "hazards", "channel": "channel", "evidence": "evidence"}


def added_before(db: Session, campaign: Campaign, county: str) -> dict[str, dict[str, Any]]:
    rows = db.execute(text(BEFORE), {"source": source_name(campaign, county)}).mappings()
    return {key_of(row["credit_code"], row["name"] or ""): dict(row) for row in rows}


def is_known(one: Addition, before: Mapping[str, Any]) -> bool:
    """The same unit with the same facts, sent again."""
    return all(one.row.get(raw) == _text(before[fact]) for raw, fact in SAME.items() if raw != "hazards")


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def added_today(before: Mapping[str, Any], as_of: date) -> Trouble | None:
    if before["day"] < as_of:
        return None
    told = f"{before['day']} 已新增过这个单位，内容与本次不同；要更改，请在次日或以后报送。"
    return Trouble("E1283", told)


def store_additions(
    db: Session,
    campaign: Campaign,
    county: str,
    added: list[tuple[Addition, Mapping[str, Any] | None]],
    *,
    file: tuple[str, str],
    on: date,
    by: str,
) -> dict[int, int]:
    """Store as leads and leave their lines touched. Row number → line. What changes about a lead stays its line."""
    bureau = next(one.bureau for one in campaign.counties if one.code == county)
    rows = []
    for one, before in added:
        same_line = before is not None and before["channel"] == one.row["channel"] and before["found_on"]
        found_on = before["found_on"] if before is not None and same_line else on
        rows.append(one.row | {"reporter": bureau, "found_on": found_on.isoformat()})
    if not rows:
        return {}
    source = source_name(campaign, county)
    return dict(
        store_rows(db, campaign, rows, kind=Kind.LEAD, source=source, sheet=ADDED, file=file, on=on, by=by)
    )

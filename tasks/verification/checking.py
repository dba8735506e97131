"""What the cells of one row say, and everything that is wrong with them at once (C25)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from models.campaign import Campaign
from models.queries.verification import Member
from models.reference import industries
from models.rules.cell import Reading
from models.rules.company_name import name_key
from models.rules.day import read_day
from models.rules.headcount import read_headcount
from models.rules.industry import Industries, read_industry
from models.rules.phone import read_phone
from models.rules.place import read_address_place, read_county
from models.rules.region import Gazetteer
from models.rules.verdicts import (
    NEEDED,
    TITLES,
    Answer,
    Field,
    Trouble,
    check_other_county,
    check_since,
    finding_of,
    missing,
    unknown_word,
)
from models.verification import Finding
from tasks.verification.layout import CORRECTIONS
from tasks.verification.matching import Members, code_in
from tasks.verification.reading import Cells

Known = list[tuple[int, str | None, str | None, str | None]]  # unit, code, normal name, county


@dataclass(frozen=True)
class Desk:
    """What one needs to know to check the rows of a county on a day."""

    campaign: Campaign
    county: str
    as_of: date
    places: Gazetteer
    members: Members
    known: Known = field(default_factory=list)

    @property
    def months(self) -> int:
        return self.campaign.stopped_months_limit

    @property
    def names(self) -> dict[str, str]:
        return self.campaign.county_names


@dataclass
class Checked:
    """A row read: the answer if there is one, the facts corrected, what is wrong, what was left aside."""

    answer: Answer | None = None
    corrections: dict[str, Any] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def check_row(cells: Cells, member: Member, desk: Desk) -> Checked:
    found = Checked()
    if cells["verdict"]:
        found.answer = _answer(cells, member, desk, found)
    elif any(cells[field] for field in Field):
        found.troubles.append(Trouble("E1278", "填了日期、说明等，却没有选“核对结论”；请从下拉列表中选。"))
    found.corrections = corrections_in(cells, desk, found)
    return found


def _answer(cells: Cells, member: Member, desk: Desk, found: Checked) -> Answer | None:
    finding = finding_of(cells["verdict"] or "", desk.months)
    if finding is None:
        found.troubles.append(unknown_word(cells["verdict"] or "", desk.months))
        return None
    needed = NEEDED[finding]
    if needed and not cells[needed]:
        found.troubles.append(missing(finding, desk.months))
        return None
    answer = Answer(finding, note=cells[Field.NOTE])
    for beside in (Field.SINCE, Field.OTHER_COUNTY, Field.DUPLICATE_OF, Field.DECLARATION_NO):
        if beside is needed:
            value = READERS[beside](cells, member, finding, desk, found)
            answer = answer._replace(**{str(beside): value})
        elif cells[beside]:
            found.remarks.append(f"“{TITLES[beside]}”与结论“{cells['verdict']}”无关，未采用")
    return answer


def _since(cells: Cells, _member: Member, finding: Finding, desk: Desk, found: Checked) -> date | None:
    reading = read_day(cells[Field.SINCE] or "")
    if reading.value is None:
        why = reading.finding.message if reading.finding else "请填确定的日期，如 2024-05-01。"
        found.troubles.append(Trouble("E1279", f"日期“{cells[Field.SINCE]}”不能用：{why}"))
        return None
    if trouble := check_since(finding, reading.value, desk.as_of, desk.months):
        found.troubles.append(trouble)
    return reading.value


def _other_county(cells: Cells, _member: Member, _finding: Finding, desk: Desk, found: Checked) -> str | None:
    given = cells[Field.OTHER_COUNTY] or ""
    code = read_county(given, desk.places).county
    if trouble := check_other_county(code, given, desk.county, desk.names):
        found.troubles.append(trouble)
    return code


def _duplicate_of(cells: Cells, member: Member, _finding: Finding, desk: Desk, found: Checked) -> int | None:
    """By code or full name among the county's units, by code anywhere; never a guess between two."""
    given = cells[Field.DUPLICATE_OF] or ""
    code, name = code_in(given), name_key(given)
    listed = desk.members.by_code.get(code or "", []) + desk.members.by_name.get(name, [])
    units = {one.unit for one in listed} or {
        unit
        for unit, known_code, known_name, county in desk.known
        if code == known_code or (name == known_name and county == desk.county)
    }
    others = units - {member.unit} or units
    if len(others) == 1:
        return others.pop()
    if others:
        told = f"“{given}”对应 {len(others)} 个单位，不知是哪一个；请改填信用代码或完整名称。"
    else:
        told = (
            f"本县（区）没有名称为“{given}”的单位，数据库里也没有这个信用代码；请填保留的那个单位的信用代码。"
        )
    found.troubles.append(Trouble("E1281", told))
    return None


def _declaration_no(
    cells: Cells, _member: Member, _finding: Finding, _desk: Desk, _found: Checked
) -> str | None:
    return cells[Field.DECLARATION_NO]


READERS: dict[Field, Any] = {
    Field.SINCE: _since,
    Field.OTHER_COUNTY: _other_county,
    Field.DUPLICATE_OF: _duplicate_of,
    Field.DECLARATION_NO: _declaration_no,
}


def named_elsewhere(rows: Iterable[Cells]) -> tuple[set[str], set[str]]:
    """Codes and normal names by which the rows call other units."""
    given = [cells[Field.DUPLICATE_OF] for cells in rows]
    texts = [text for text in given if text]
    return {code for code in map(code_in, texts) if code}, {name_key(text) for text in texts}


def corrections_in(cells: Cells, desk: Desk, found: Checked) -> dict[str, Any]:
    """The corrected facts in normal form; a phone number is never told in a message."""
    facts: dict[str, Any] = {}
    for fact, heading in CORRECTIONS.items():
        given = cells.get(f"new_{fact}")
        if given is None:
            continue
        value, why = read_fact(fact, given, desk)
        if why:
            shown = "" if fact == "phone" else f"“{given}”"
            found.troubles.append(Trouble("E1282", f"{heading}{shown}不能用：{why}"))
        else:
            facts[fact] = value
    return facts


def read_fact(fact: str, given: str, desk: Desk) -> tuple[Any, str]:
    """The value, or why there is none."""
    if fact == "name":
        return (given, "") if len(name_key(given)) > 1 else (None, "请填完整名称。")
    if fact == "address":
        return given, _address_elsewhere(given, desk)
    reading = FACTS[fact](given)
    if reading.value is None:
        return None, reading.finding.message if reading.finding else "请写明。"
    return reading.value, ""


def _industry(text: str) -> Reading[str]:
    return read_industry(text, None, listed_industries())


FACTS: dict[str, Callable[[str], Reading[Any]]] = {
    "headcount": read_headcount,
    "phone": read_phone,
    "industry": _industry,
}


def _address_elsewhere(given: str, desk: Desk) -> str:
    """An address never moves a unit by itself: the other county must confirm (1.7)."""
    place = read_address_place(given, desk.places)
    if place.county and place.county != desk.county:
        where = desk.names.get(place.county, "外市")
        return f"这个地址在{where}。属于别的县（区）的，请选“非本辖区”并填接收县（区）。"
    return ""


@cache
def listed_industries() -> Industries:
    return Industries.build(industries())

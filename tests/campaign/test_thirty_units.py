"""A campaign of thirty units over six months, computed by hand in a spreadsheet: every cell of every month (issue 6).

tests/data/thirty_units.xlsx: 单位 and 步骤 say what happened in the order in which it was entered; 期望 the figures of
each published month; 为什么 how a person came to them.
"""

import zlib
from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.standing import rebuild_standing
from models.database import session
from models.employer import FACTS
from models.inbound import Kind
from models.link import Link
from models.rules.figures import ALL, Figures, Line
from models.target import SnapshotKind
from tasks.assessments import freeze_month, month_units, revised_month, shown_month, verify_month
from tasks.membership import add, cancel, move, remove
from tasks.snapshots import freeze_lists
from tests.make import load, make_row
from tests.make_targets import campaign_on_file, list_on, make_employer

BOOK = Path(__file__).parents[1] / "data" / "thirty_units.xlsx"
CAMPAIGN = campaign_on_file()
CODES = {name: code for code, name in CAMPAIGN.county_names.items()} | {"合计": ALL}
LAST, BY = date(2025, 2, 10), "张三"
Row = dict[str, Any]


def rows(sheet: str) -> list[Row]:
    page = load_workbook(BOOK, read_only=True)[sheet]
    heading, *lines = page.iter_rows(values_only=True)
    return [
        {
            str(key): cell.date() if isinstance(cell, datetime) else cell
            for key, cell in zip(heading, line, strict=True)
        }
        for line in lines
    ]


def make_unit(db: Session, row: Row, on: date) -> None:
    stopped = {"state": "停产", "state_on": row["停产日期"]} if row["停产日期"] else {}
    facts = {
        "name": row["单位"],
        "name_key": row["单位"],
        "county": CODES[row["县（区）"]],
        "headcount": row["人数"],
    }
    unit = make_employer(db, **facts, industry=row["行业"], **stopped)
    said = {fact: getattr(unit, fact) for fact in FACTS}
    list_on(db, Kind.REGISTRY, unit, said, on)
    for one in filter(None, (row["专项"] or "").split("；")):
        programme, year = one.split()
        list_on(db, Kind.PROGRAMME, unit, said | {"programme": programme, "programme_year": int(year)}, on)


def export(db: Session, day: date, shown: list[Row]) -> None:
    """One export of the platform, and the links of what it shows for the first time."""
    lines = [
        make_row(
            name=row["单位"],
            declaration_no=f"SB-{row['单位']}-{row['平台']}",
            declaration_state=row["词"],
            approved_on=row["审核日"],
            platform=row["平台"],
        )
        for row in shown
    ]
    load(db, Kind.DECLARATIONS, lines, day)
    rebuild_standing(db, CAMPAIGN.platforms.counting)
    for row in shown:
        if row["对应"] != "none":
            link(db, row["单位"], row["对应"])


def link(db: Session, unit: str, verdict: str) -> None:
    statement = """
        SELECT DISTINCT r.entry, e.id FROM record r JOIN employer e ON e.name = r.name
        WHERE r.name = :unit AND r.declaration_no IS NOT NULL
            AND NOT EXISTS (SELECT FROM link l WHERE l.entry = r.entry)"""
    for entry, employer in db.execute(text(statement), {"unit": unit}):
        db.add(Link(entry=entry, employer_id=employer, verdict=verdict, method="code", by="规则"))
    db.flush()


def unlink(db: Session, unit: str) -> None:
    statement = """UPDATE link SET ended_at = now(), ended_by = '李四', ended_reason = '不是同一单位'
        WHERE employer_id = (SELECT id FROM employer WHERE name = :unit)"""
    db.execute(text(statement), {"unit": unit})


def take(step: Row, units: dict[str, Row]) -> None:
    """One step as a person takes it, each in a transaction of its own."""
    act, unit, day, word = step["动作"], step["单位"], step["日期"], step["词"]
    county = CODES.get(step["县（区）"] or "")
    if act in ("下发", "基线"):
        kind = SnapshotKind.ISSUED if act == "下发" else SnapshotKind.BASELINE
        freeze_lists(CAMPAIGN, kind, day, by=BY, county=county)
    elif act == "核销":
        remove(CAMPAIGN, unit, reason=word, note=None, by=BY, on=day)
    elif act == "新增":
        add(CAMPAIGN, unit, county=county, reason=word, note=None, by=BY, on=day)
    elif act == "撤回":
        cancel(CAMPAIGN, unit, reason="撤回", by=BY, on=day)
    elif act == "划转":
        assert county
        move(CAMPAIGN, unit, to=county, note=None, by=BY, on=day)
    elif act == "公布":
        freeze_month(CAMPAIGN, word, on=LAST, by=BY)
    else:
        with session() as db:
            if act == "新单位":
                make_unit(db, units[unit], day)
            elif act == "对上号":
                link(db, unit, "sure")
            else:
                assert act == "对错了"
                unlink(db, unit)


def steps() -> Iterator[list[Row]]:
    """Rows of one export go in together."""
    for _, group in groupby(rows("步骤"), lambda row: (row["动作"] == "导出", row["日期"])):
        yield list(group)


def play() -> None:
    units = {row["单位"]: row for row in rows("单位")}
    later = {row["单位"] for row in rows("步骤") if row["动作"] == "新单位"}
    with session() as db:
        for name, row in units.items():
            if name not in later:
                make_unit(db, row, date(2024, 7, 1))
    for group in steps():
        if group[0]["动作"] == "导出":
            with session() as db:
                export(db, group[0]["日期"], group)
        else:
            for step in group:
                take(step, units)


RATES = {"完成率": "done", "核销率": "removed", "工作完成率": "worked"}


def cells(line: Line, heading: Row) -> Row:
    """The line as the sheet writes it."""
    shown: Row = {key: line[key] for key in heading if key.isascii()}
    shown |= {name: str(getattr(line, key) or "—") for name, key in RATES.items()}
    return shown | {"环比": line.change, "位次": line.rank, "ΔU": line.u_change}


def caused(line: Line) -> dict[str, int]:
    return {str(cause): units for cause, units in (line.causes or {}).items() if units}


def said(words: str | None) -> dict[str, int]:
    parts = (words or "").split()
    return {name: int(units) for name, units in zip(parts[::2], parts[1::2], strict=True)}


def assert_month(found: Figures, expected: list[Row]) -> None:
    for row in expected:
        line = found.line(None if row["县（区）"] == "合计" else CODES[row["县（区）"]])
        wanted = {key: cell for key, cell in row.items() if key not in ("月份", "县（区）", "原因")}
        assert cells(line, wanted) == wanted, (row["月份"], row["县（区）"])
        assert caused(line) == said(row["原因"]), (row["月份"], row["县（区）"])
    others = {line.county for line in found.lines} - {CODES[row["县（区）"]] for row in expected}
    assert all(not any(found.line(county).counts.values()) for county in others)


@pytest.mark.usefixtures("installation")
def test_every_cell_of_every_month() -> None:
    play()
    expected = rows("期望")
    months = {row["月份"]: [one for one in expected if one["月份"] == row["月份"]] for row in expected}
    assert (len(months), {len(lines) for lines in months.values()}) == (6, {4})
    for month, lines in months.items():
        assert_month(shown_month(CAMPAIGN, month), lines)
        proof = verify_month(CAMPAIGN, month)
        assert proof.holds, [
            (one["what"], one["population"], one["name"], one["fields"]) for one in proof.differences
        ]
        assert_lists(month, lines)
    revised = revised_month(CAMPAIGN, "2024-09")
    assert [revised.line(CODES[name])["d"] for name in ("柳江区", "柳北区", "鹿寨县")] == [3, 2, 1]
    assert revised.city["p"] == 0


def assert_lists(month: str, lines: list[Row]) -> None:
    """A month's frozen lists are as long as the sheet's numbers; which ones are read changes with the month."""
    for row in lines:
        county = None if row["县（区）"] == "合计" else CODES[row["县（区）"]]
        keys = [key for key in row if key.isascii() and row[key] is not None]
        key = keys[zlib.crc32(f"{month}{county}".encode()) % len(keys)]
        assert len(month_units(CAMPAIGN, month, key, county=county)) == row[key], (month, county, key)

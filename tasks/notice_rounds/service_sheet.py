"""A county's sheet of letters to hand over, and the same coming back: a day, a way and a scan for each (2.7)."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from models.actions.notice_rounds import find_round
from models.campaign import Campaign
from models.database import reading
from models.errors import InputRefused, RuleRefused, YingbaoError
from models.notice_round import NoticeState
from models.queries.served_letters import served_letters
from models.reference.words import town_name
from models.rules.day import read_day
from models.rules.notice_service import WORDS, Word, delivered, failed, read_service
from notices.workbook import Column, Cover, Sheet, write_workbook
from tasks.notice_rounds.service import Recorded, keep_evidence, record
from tasks.own_sheets import answers

SHEET = "送达登记"
NUMBER, RESULT, ON, SCAN, WITNESS, NOTE = "告知单编号", "送达结果", "签收日期", "回证扫描件", "见证人", "说明"
FAILED = {"拒收": NoticeState.REFUSED, "退回": NoticeState.RETURNED}
RESULTS = (*(f"{word}送达" for word in WORDS), *FAILED)
SIGNED = tuple(one for one in RESULTS if one not in FAILED)
STATES = {NoticeState.DELIVERED: "已送达", NoticeState.LEFT: "留置", NoticeState.REFUSED: "拒收"}
STATES |= {NoticeState.RETURNED: "退回"}
COLUMNS = (
    Column("number", NUMBER, 18),
    Column("name", "单位名称", 34, wrap=True),
    Column("town", "乡镇（街道）", 14),
    Column("address", "地址", 34, wrap=True),
    Column("held", "已登记", 18),
    Column("result", RESULT, 12, answer=True, choices=RESULTS),
    Column("on", ON, 12, answer=True, day=True, needed_for=RESULTS),
    Column(
        "scan", SCAN, 24, answer=True, needed_for=SIGNED, prompt="扫描件或照片的文件名，放在同一个文件夹里"
    ),
    Column("witness", WITNESS, 12, answer=True, prompt="留置送达填见证人，没有见证人的附照片"),
    Column(
        "note",
        NOTE,
        30,
        answer=True,
        needed_for=("电子送达", *FAILED),
        prompt="拒收、退回的情况；电子送达同意的依据",
    ),
)
STEPS = (
    "1. 每份告知单一行：选送达结果，填签收日期（签收日期即送达日期），写明回证扫描件的文件名。",
    "2. 扫描件（或照片）与本表放在同一个文件夹；一个文件可以是几份回证，各行写同一个文件名。",
    "3. 拒收、退回写明情况；留置送达写见证人或附照片；电子送达写明对方同意的依据。",
    "4. 没有结果的行留空，可以分几次交；已登记有误的，改正后再交一次。",
)


def write_service_sheet(campaign: Campaign, number: int, county: str, out: Path) -> Path:
    with reading() as db:
        rows = served_letters(db, find_round(db, campaign, number).id, county)
    name = campaign.county_names[county]
    cover = Cover(f"{name}第{number}轮告知单送达登记表", (("份数", len(rows)),), STEPS)
    sheet = Sheet(SHEET, COLUMNS, [_row(one) for one in rows], decided_by="result")
    meta = {"kind": "service", "campaign": campaign.key, "round": str(number), "county": county}
    return write_workbook(out / f"{name}_第{number}轮告知单送达登记表.xlsx", cover, [sheet], meta)


def _row(one: Mapping[str, Any]) -> dict[str, Any]:
    held = STATES.get(NoticeState(one["state"]))
    told = f"{held} {one['settled_on']}" if held else None
    return dict(one) | {"town": town_name(one["town"]), "held": told}


def take_service_sheet(campaign: Campaign, path: Path, scans: Path, *, by: str) -> list[Recorded]:
    """Each filled-in row gets its answer; one that is refused does not stop the others, and the same again is known."""
    lines = []
    for row in _answered(path):
        number = row[NUMBER] or f"第 {row['row_no']} 行"
        try:
            lines += record(campaign, [number], _word(row, scans, by))
        except YingbaoError as refused:
            lines.append(Recorded(number, refused.message, refused.code))
    return lines


def _answered(path: Path) -> Iterator[dict[str, Any]]:
    sheets = [rows for _, rows in answers(path, (NUMBER, RESULT, ON, SCAN, WITNESS, NOTE))]
    if not sheets:
        raise InputRefused("E1865", f"“{path.name}”不是送达登记表，请用 notices service-sheet 取表。")
    for rows in sheets:
        yield from (row for row in rows.iter_rows(named=True) if row[RESULT])


def _word(row: Mapping[str, Any], scans: Path, by: str) -> Word:
    on = _day(row[ON])
    if row[RESULT] in FAILED:
        file = _scan(row[SCAN], scans) if row[SCAN] else None
        return failed(FAILED[row[RESULT]], on, by, row[NOTE] or "", file)
    if not row[SCAN]:
        raise RuleRefused("E1866", f"“{SCAN}”没有写文件名：没有回证不能登记送达。")
    how = read_service(row[RESULT])
    return delivered(how, on, by, _scan(row[SCAN], scans), witness=row[WITNESS], note=row[NOTE])


def _day(text: str | None) -> date:
    day = read_day(text).value if text else None
    if day is None:
        raise RuleRefused(
            "E1867", f"“{ON}”{f'“{text}”看不明白' if text else '没有填'}，请写成 2024-08-12 的样子。"
        )
    return day


def _scan(name: str, scans: Path) -> tuple[str, str]:
    """A name, not a path: nothing outside the folder is taken."""
    path = scans / Path(name.replace("\\", "/")).name
    if not path.is_file():
        raise RuleRefused("E1868", f"文件夹 {scans.name} 里没有扫描件“{path.name}”。")
    return keep_evidence(path)

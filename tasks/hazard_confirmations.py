"""Derived hazard rows to a workbook for an expert of the disease-control centre, and the answers back (2.9)."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from models.actions.notice_confirmations import confirm_rows
from models.database import reading, writing
from models.errors import InputRefused, RuleRefused
from models.queries.notice_confirmations import confirmations
from models.reference import read_list
from models.rules.day import read_day
from models.rules.notice_rows import Row, RowKind, joined, parted
from notices.workbook import Column, Cover, Sheet, write_workbook
from tasks.letter_content import derived_rows
from tasks.own_sheets import answers

KIND, KEY, PROPOSED = "表别", "行号", "拟引用"
ANSWER, CORRECTED, EXPERT, ON = "审定意见", "更正为", "审定人", "审定日期"
YES, OTHER, NO = "同意", "更正", "不引用"
SHEETS = {RowKind.INDUSTRY: "行业常见危害因素", RowKind.FACTOR: "危害因素可致职业病"}
COLUMNS = (
    Column("kind", KIND, 4, hidden=True),
    Column("key", KEY, 4, hidden=True),
    Column("label", "行业或危害因素", 30, wrap=True),
    Column("proposed", PROPOSED, 50, wrap=True),
    Column("answer", ANSWER, 10, answer=True, choices=(YES, OTHER, NO)),
    Column(
        "corrected",
        CORRECTED,
        40,
        answer=True,
        wrap=True,
        needed_for=(OTHER,),
        prompt="几项之间用“；”隔开，告知单引用前三项",
    ),
    Column("expert", EXPERT, 10, answer=True, needed_for=(YES, OTHER, NO)),
    Column("on", ON, 12, answer=True, day=True),
    Column("now", "现行审定", 26, wrap=True),
)
STEPS = (
    "1. 告知单只引用经疾控专家审定的行；未审定的只能出示例。引用每行的前三项。",
    f"2. 在“{ANSWER}”选{YES}、{OTHER}或{NO}；选{OTHER}的写出“{CORRECTED}”，几项之间用“；”隔开。",
    f"3. “{EXPERT}”必填；“{ON}”不填按导入当天。留空的行不作处理。",
    "4. 填好后用 yingbao notices confirm 文件名 导入。代码表以后有变动的行须重新审定。",
)


@dataclass
class Confirmed:
    """How many words are new, how many said the same before, how many rows were left empty or refused."""

    new: int = 0
    unchanged: int = 0
    blank: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)


def export_rows(path: Path) -> int:
    """Every derived row with its present standing; how many wait for a word."""
    with reading() as db:
        held = confirmations(db)
    sheets, waiting = [], 0
    for kind, name in SHEETS.items():
        rows = [_line(row, held.get((kind, row.key))) for row in _packaged(kind)]
        waiting += sum(line["now"] is None for line in rows)
        sheets.append(Sheet(name, COLUMNS, rows, decided_by="answer"))
    cover = Cover(
        "告知单引用内容审定表", [("待审定", waiting), ("共", sum(len(sheet.rows) for sheet in sheets))], STEPS
    )
    write_workbook(path, cover, sheets, {"kind": "hazard-confirmation"})
    return waiting


def _packaged(kind: RowKind) -> list[Row]:
    derived = derived_rows({})
    return list((derived.industries if kind is RowKind.INDUSTRY else derived.factors).values())


def _line(row: Row, held: Any) -> dict[str, Any]:
    label = f"{row.key} {row.name}" if row.kind is RowKind.INDUSTRY else row.name
    now = None
    if held is not None and held.proposed == joined(row.proposed):
        now = f"{held.confirmed_by} {held.confirmed_on}：{held.quoted or NO}"
    return {
        "kind": row.kind.value,
        "key": row.key,
        "label": label,
        "proposed": joined(row.proposed),
        "now": now,
    }


def import_rows(path: Path, *, by: str, today: date) -> Confirmed:
    """Keep the answers; a refused one does not stop the others."""
    result = Confirmed()
    said: dict[tuple[str, date], dict[tuple[RowKind, str], tuple[Row, str]]] = {}
    packaged = {(kind, row.key): row for kind in RowKind for row in _packaged(kind)}
    for line in _answers(path).iter_rows(named=True):
        if not line[ANSWER]:
            result.blank += 1
            continue
        try:
            row = _row_of(line, packaged)
            who = _who(line, today)
            said.setdefault(who, {})[row.kind, row.key] = (row, _quoted(line, row))
        except RuleRefused as error:
            place = {"sheet": line["sheet"], "row_no": line["row_no"]}
            result.refused.append(place | {"code": error.code, "message": error.message})
    with writing() as db:
        for (expert, on), rows in said.items():
            new = confirm_rows(db, rows, expert=expert, on=on, by=by)
            result.new += new
            result.unchanged += len(rows) - new
    return result


def _row_of(line: dict[str, Any], packaged: dict[tuple[RowKind, str], Row]) -> Row:
    row = packaged.get((line[KIND], line[KEY]))
    if row is None:
        raise RuleRefused("E1513", "隐藏的表别、行号被改动或删除，不知道是哪一行；请重新导出。")
    if parted(line[PROPOSED] or "") != row.proposed:
        raise RuleRefused("E1514", "导出以后代码表有变动，“拟引用”已不是这些内容；请重新导出后审定。")
    return row


def _quoted(line: dict[str, Any], row: Row) -> str:
    if line[ANSWER] == YES:
        return joined(row.proposed)
    if line[ANSWER] == NO:
        return ""
    if line[ANSWER] != OTHER:
        raise RuleRefused("E1515", f"“{line[ANSWER]}”不是可选的意见，请选{YES}、{OTHER}或{NO}。")
    names = parted(line[CORRECTED] or "")
    if not names:
        raise RuleRefused("E1516", f"选了“{OTHER}”，请写出“{CORRECTED}”。")
    if row.kind is RowKind.FACTOR and (unknown := [name for name in names if name not in _diseases()]):
        raise RuleRefused("E1517", f"《职业病分类和目录》里没有“{'、'.join(unknown)}”，请照目录的名称写。")
    return joined(names)


def _who(line: dict[str, Any], today: date) -> tuple[str, date]:
    if not line[EXPERT]:
        raise RuleRefused("E1518", f"没有写“{EXPERT}”。")
    if not line[ON]:
        return line[EXPERT], today
    on = read_day(line[ON]).value
    if on is None or on > today:
        raise RuleRefused("E1519", f"“{ON}”写的“{line[ON]}”不是今天或以前的日期。")
    return line[EXPERT], on


def _diseases() -> set[str]:
    """The map names diseases as the list of 2024 does."""
    return set(read_list("occupational_diseases_2024")["name"])


def _answers(path: Path) -> pl.DataFrame:
    wanted = (KIND, KEY, PROPOSED, ANSWER, CORRECTED, EXPERT, ON)
    frames = [rows.select(pl.lit(sheet).alias("sheet"), pl.all()) for sheet, rows in answers(path, wanted)]
    if not frames:
        message = f"“{path.name}”不是审定表；请用 yingbao notices confirm --export 导出的文件。"
        raise InputRefused("E1512", message)
    return pl.concat(frames)

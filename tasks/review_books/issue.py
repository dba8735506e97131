"""Write a county's work list as a workbook to decide in (M04). Nothing is stored: each row carries what it was made from."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.database import reading
from models.declaration import DeclarationState
from models.filing import Level
from models.queries.review_books import kept_for, objection_words, reviewers
from models.queries.review_list import ReviewLine, review_list
from models.rules.review import Actor
from notices.workbook import Cover, Sheet, write_workbook
from tasks.review_books.layout import AGAIN, DECISION, KIND, REASON, WAITING, columns
from tasks.review_books.rows import row_of

STEPS = (
    "说明：",
    f"1. 在“{WAITING}”表的“{DECISION}”列选“通过”或“不通过”；在“{AGAIN}”表选“撤销”或“维持”。没有看完的留空。",
    f"2. 选“不通过”“撤销”的必须填“{REASON}”；几个原因之间用；分开，会一次告知单位。",
    "3. 可以排序、筛选、删去不报的行，可以分几次报；不要改动隐藏的列，不要只移动部分列。",
    "4. 下发以后单位或本局又办理过的申报，原来的行不再接收，请用新下发的表。",
    "5. “核对发现”中【请核实】的由审核人判断；各“对照”列里，数据库是核对过的名单，上次是上一次审核通过的申报。",
)


@dataclass(frozen=True)
class IssuedBook:
    county: str
    name: str
    waiting: int
    late: int
    again: int
    path: Path | None  # nothing to decide: no workbook, unless asked for by name


def issue(campaign: Campaign, as_of: date, out: Path, *, county: str | None = None) -> list[IssuedBook]:
    """One county's, or every agency's that has something to decide: the city's too where units are given to it (Q11)."""
    names = agencies(campaign)
    with reading() as db:
        return [
            _issue_one(db, campaign, code, as_of, out, always=county is not None)
            for code in ([county] if county else names)
        ]


def agencies(campaign: Campaign) -> dict[str, str]:
    return campaign.county_names | {campaign.city.code: campaign.city.name}


def agency_actor(campaign: Campaign, code: str, by: str) -> Actor:
    return Actor(Level.CITY if code == campaign.city.code else Level.COUNTY, code, by)


def work_lines(db: Session, campaign: Campaign, code: str, as_of: date) -> list[ReviewLine]:
    """What the agency has still to decide: what waits, and approvals to look at again."""
    actor = agency_actor(campaign, code, "")
    found = review_list(
        db, actor=actor, as_of=as_of, calendar=campaign.calendar, county=code, campaign=campaign.key
    )
    own = {one.declaration for one in reviewers(db, [line.declaration for line in found if line.to_do])}
    return [line for line in found if line.declaration in own]


def _issue_one(
    db: Session, campaign: Campaign, code: str, as_of: date, out: Path, *, always: bool
) -> IssuedBook:
    name, lines = agencies(campaign)[code], work_lines(db, campaign, code, as_of)
    waiting = [line for line in lines if line.state is DeclarationState.SUBMITTED]
    again = [line for line in lines if line.state is DeclarationState.APPROVED]
    late = sum(line.days_late > 0 for line in waiting)
    path = None
    if lines or always:
        sheets = [_sheet(db, campaign, WAITING, DeclarationState.SUBMITTED, waiting, as_of)]
        sheets.append(_sheet(db, campaign, AGAIN, DeclarationState.APPROVED, again, as_of))
        facts: list[tuple[str, str | int]] = [
            ("县（区）", name), ("截至", as_of.isoformat()), ("待审核", len(waiting)),
            ("其中：已超过5个工作日", late), ("已审核待复核（异议、自动审核抽查）", len(again)),
        ]  # fmt: skip
        path = write_workbook(
            out / f"{name}_申报审核表_{as_of}.xlsx",
            Cover(f"{name}职业病危害项目申报审核表", facts, STEPS),
            sheets,
            {"kind": KIND, "campaign": campaign.key, "county": code, "as_of": as_of.isoformat()},
        )
    return IssuedBook(code, name, len(waiting), late, len(again), path)


def _sheet(
    db: Session,
    campaign: Campaign,
    name: str,
    state: DeclarationState,
    lines: list[ReviewLine],
    as_of: date,
) -> Sheet:
    rows = []
    for at, line in enumerate(lines, start=1):
        row: dict[str, Any] = {"at": at, **row_of(db, campaign, line)}
        if state is DeclarationState.APPROVED:
            row |= {"objection": _why_again(db, line, row["key"]), "due_on": line.objection_due_on}
            if line.objection_due_on:
                row["days_late"] = max((as_of - line.objection_due_on).days, 0)
        rows.append(row)
    return Sheet(name, columns(state), rows, decided_by="decision")


def _why_again(db: Session, line: ReviewLine, key: str) -> str:
    """Who objects and why, or that it was approved by itself; an answer the county gave before stands beside it."""
    told = [objection_words(db, line.declaration)]
    if line.second_look:
        told.append("自动审核通过，抽中复看")
    kept = kept_for(db, line.declaration, key.rsplit("-", 1)[1])
    told += [f"本局已答复维持：{reason}" if reason else "本局已答复维持" for reason in kept[-1:]]
    return "；".join(filter(None, told))

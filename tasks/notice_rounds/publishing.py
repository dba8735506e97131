"""The list of a round's units for the 公众号: names and counties only, of those that still have not declared (C11, 2.7)."""

import csv
from datetime import date
from pathlib import Path

from models.actions import notice_rounds, notice_sending
from models.campaign import Campaign
from models.database import writing
from models.errors import RuleRefused
from models.notice_round import RoundState
from models.queries.notice_rounds import publishable
from models.rules.offices import office_names
from tasks.contacts import keep_file
from tasks.notice_rounds import ground
from tasks.notice_rounds.sending import plain_cell

HEAD = ("序号", "县（区）", "单位名称")


def publish(campaign: Campaign, number: int, as_of: date, path: Path, *, by: str) -> int:
    """Write the list and note who is on it; a unit is noted once however often the list is written."""
    names = office_names(campaign)
    with writing() as db:
        going = notice_rounds.find_round(db, campaign, number)
        if going.state == RoundState.PLANNED:
            raise RuleRefused("E1547", f"第 {number} 轮告知单还没有发出，不能先公布名单。")
        ground.lay(db, campaign, as_of)
        rows = publishable(db, going.id)
        _write(path, [(names[row.county], row.name) for row in rows])
        notice_sending.published(db, going.id, [row.notice_id for row in rows], keep_file(path), as_of, by)
    return len(rows)


def _write(path: Path, lines: list[tuple[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        written = csv.writer(file)
        written.writerow(HEAD)
        written.writerows((at, county, plain_cell(name)) for at, (county, name) in enumerate(lines, start=1))

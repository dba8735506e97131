"""Small cities after their notices, and forms of field work filled in as offices would, with our own headings."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text

from models.database import session
from models.errors import RuleRefused
from models.fieldwork import Work
from models.notice_round import Notice, NoticeDelivery, NoticeRound
from models.rules.fieldwork_forms import FORMS
from models.target import SnapshotKind
from tasks.fieldwork.desk import Answer
from tasks.fieldwork.entering import Entered, enter, import_form
from tasks.fieldwork.reading import headings_of
from tasks.snapshots import freeze_lists
from tests.campaign.files import write_csv
from tests.make_targets import campaign_on_file, make_known

CAMPAIGN = campaign_on_file()
HERE, THERE = "450206", "450205"
BASE, DAY = date(2024, 8, 9), date(2024, 9, 30)
CLERK = "张三"

# a sound row of every form, by our names
SOUND: dict[Work, dict[str, str]] = {
    Work.TRAINING: {"done_on": "2024-09-10", "county": "柳江区", "place": "区礼堂", "topics": "全部", "part": "到场"},
    Work.GUIDANCE: {
        "assigned_on": "2024-09-02",
        "agency": "疾控中心",
        "assignee": "李医师",
        "programme": "帮扶",
        "due_on": "2024-10-31",
    },
    Work.VISIT: {"done_on": "2024-09-12", "programme": "监测", "agency": "疾控中心", "visitor": "李医师"},
    Work.CHECK: {
        "done_on": "2024-09-15",
        "occasion": "双随机检查",
        "inspector": "赵队长",
        "headcount": "30",
    },
    Work.PUBLICITY: {"done_on": "2024-09-20", "county": "柳江区", "kind": "五进", "title": "进工地"},
    Work.REASON: {"effective_on": "2024-09-18", "reason": "账号问题"},
    Work.ESCALATE: {"done_on": "2024-09-05", "rung": "告知"},
}  # fmt: skip


def make_city(*names: str, **facts: Any) -> dict[str, int]:
    """Undeclared works of 柳江区 by name → number."""
    with session() as db:
        return {name: make_known(db, name=name, name_key=name, **facts).id for name in names}


def freeze(county: str = HERE, on: date = BASE) -> None:
    """The county's baseline, so that its N is what counts."""
    freeze_lists(CAMPAIGN, SnapshotKind.ISSUED, date(2024, 7, 15), by=CLERK, county=county)
    freeze_lists(CAMPAIGN, SnapshotKind.BASELINE, on, by=CLERK, county=county)


def form_file(folder: Path, work: Work, *rows: Mapping[str, str], name: str = "登记.csv") -> Path:
    """A filled-in form; `rows` by our names."""
    headings = headings_of(FORMS[work])
    lines = [[row.get(key, "") for key in headings] for row in rows]
    return write_csv(folder / name, list(headings.values()), lines)


def imported(folder: Path, work: Work, *rows: Mapping[str, str], as_of: date = DAY) -> Entered:
    return import_form(CAMPAIGN, form_file(folder, work, *rows), as_of, by=CLERK)


def told(entered: Entered) -> list[str]:
    """What became of each row: its code, or the outcome."""
    return [row.code or str(row.outcome) for row in entered.rows]


def do(work: Work, unit: str | None, **changes: str) -> Answer:
    """One sound act by hand, with some of its cells changed."""
    return enter(CAMPAIGN, work, unit, SOUND[work] | changes, DAY, by=CLERK)


def refusal(work: Work, unit: str | None, **changes: str) -> str | None:
    """The code with which an act is refused."""
    try:
        do(work, unit, **changes)
    except RuleRefused as wrong:
        return wrong.code
    return None


def notices(
    units: Mapping[str, int],
    said: Mapping[str, tuple[str, date | None]],
    variant: str = "申报",
    scan: str | None = None,
) -> None:
    """One round of printed notices; unit → state and the day it was settled. `scan`: the 送达回证 kept of them."""
    with session() as db:
        made = NoticeRound(campaign=CAMPAIGN.key, number=1, scope="everyone", state="sent", by=CLERK)
        made.planned_on = made.sent_on = date(2024, 9, 1)
        db.add(made)
        db.flush()
        for number, (name, (state, day)) in enumerate(said.items()):
            letter = Notice(round_id=made.id, employer_id=units[name], number=f"{number}", state=state)
            letter.variant, letter.content, letter.sample, letter.county = variant, {}, False, HERE
            db.add(letter)
            db.flush()
            way = NoticeDelivery(notice_id=letter.id, channel="print", state=state, settled_on=day)
            way.how = "直接送达" if day else None
            way.evidence_name, way.evidence_sha256 = scan, scan and "0" * 64
            db.add(way)


def count(engine: Engine, table: str) -> int:
    with session(engine) as db:
        return int(db.scalar(text(f"SELECT count(*) FROM {table} WHERE withdrawn_at IS NULL")) or 0)

"""What is reviewed on the platform is only looked at here; an objection to it is answered there (M07)."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from models.database import session
from models.event import Event
from models.filing import FiledDeclaration, ReviewObjection
from models.rules.review import Actor
from tasks import review, review_desk
from tests.make_filings import AT_CITY, COUNTY, OTHER_COUNTY
from tests.make_forms import make_form
from tests.make_targets import campaign_on_file
from tests.tasks.filing.test_platform_import import BACK, OCTOBER, PASS, SEND, export, taken

pytestmark = pytest.mark.usefixtures("installation")
APPROVED = PASS | {"审核日期": "2024-09-05"}
RAISED, DUE = date(2024, 10, 8), date(2024, 10, 15)


def listed(actor: Actor = COUNTY, *, everything: bool = False) -> list[tuple[str, str]]:
    lines = review_desk.work_list(campaign_on_file(), actor, date(2024, 11, 1), everything=everything)
    return [(str(line.state), "·".join(line.operations)) for line in lines]


def shown(tmp_path: Path, row: dict[str, str | None], day: date | None = None) -> int:
    path = export(tmp_path / f"{day}.xlsx", ("GX-1", make_form(), row))
    taken(path, day) if day else taken(path)
    with session() as db:
        return db.scalars(select(FiledDeclaration.id)).one()


def test_nobody_waits_for_the_county_with_it(tmp_path: Path) -> None:
    number = shown(tmp_path, SEND)
    assert (listed(), listed(everything=True)) == ([], [("待审核", "查看")])
    assert listed(OTHER_COUNTY, everything=True) == []
    found = review_desk.dossier(campaign_on_file(), number, COUNTY, date(2024, 11, 1))
    assert (found.source, found.operations, found.due_on) == ("platform", ("查看",), None)


@pytest.mark.parametrize("then", [SEND, BACK], ids=["撤销", "驳回"])
def test_an_objection_is_answered_by_a_later_picture(tmp_path: Path, then: dict[str, str | None]) -> None:
    number = shown(tmp_path, APPROVED)
    review.raise_objection(number, "人数偏低", actor=AT_CITY, on=RAISED, due_on=DUE)
    assert listed() == [("已审核", "查看")]
    shown(tmp_path, APPROVED | {"职业卫生管理联系人": "韦三"}, date(2024, 10, 10))
    assert listed() == [("已审核", "查看")]
    shown(tmp_path, then, OCTOBER)
    assert listed() == []
    with session() as db:
        (one,) = db.scalars(select(ReviewObjection)).all()
        acts = db.scalars(select(Event.act).where(Event.subject == f"declaration:{number}")).all()
    assert (one.closing, one.closed_by) == ("revoked", "导入员")
    assert one.closed_on is not None
    assert one.closed_on >= RAISED
    assert acts == ["objection.raised", "objection.revoked"]

"""A county's page: its own units in the order of work with why, what is due, what waits, whom nobody told (issue 6)."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest
from pypdf import PdfReader

from models.actions.objections import raise_objection
from models.actions.obligations import open_obligations
from models.database import session
from models.guidance import Escalation
from tasks.work_plan import write_work_plans
from tests.make_filings import AT_CITY, LIUBEI, LIUJIANG, make_declaration, make_registrant
from tests.make_targets import campaign_with, declare, make_employer

DAY, SANJIANG = date(2024, 8, 7), "450226"


@pytest.fixture
def pages(installation: Path) -> dict[str, str]:
    campaign = campaign_with()
    with session() as db:
        big = make_employer(db, name="先去的钢铁厂", headcount=900, address="进德镇工业路1号")
        make_employer(db, name="后去的砖瓦小店", industry="3031", headcount=3)
        declare(db, make_employer(db, name="已申报的厂"))
        make_employer(db, name="柳北的厂", county=LIUBEI)
        told = {"campaign": campaign.key, "employer_id": big.id, "rung": 1, "done_on": DAY, "by": "李四"}
        db.add(Escalation(**told))
        open_obligations(db, campaign, DAY)
        make_declaration(db, make_registrant(db).id, "提交", on=DAY)
        other = make_registrant(db, is_branch=True, name="柳江的分厂")
        approved = make_declaration(db, other.id, "提交", "审核通过", on=DAY)
        raise_objection(db, approved.id, "接害人数偏少", actor=AT_CITY, on=DAY, due_on=date(2024, 8, 14))
    one = partial(write_work_plans, campaign, DAY, installation)
    return {path.name: _text(path) for path in (*one(county=LIUJIANG), *one(county=SANJIANG))}


def _text(path: Path) -> str:
    return "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)


def test_whom_to_visit_first_what_is_due_and_what_waits(pages: dict[str, str]) -> None:
    page = pages["柳江区_工作计划_2024-08-07.pdf"]
    assert page.index("先去的钢铁厂") < page.index("后去的砖瓦小店")
    assert "严重行业：冶金" in page
    assert "进德镇工业路1号" in page
    assert "已申报的厂" not in page
    assert "柳北的厂" not in page
    assert "未申报单位2家，其中尚未告知1家；等待审核1件，上级异议1件" in page

    assert "2024-08-09" in page
    assert "2024-08-14" in page  # the fifth working day, and the objection's
    assert page.count("柳州市鑫鸿铸造有限公司") == 2

    nothing = pages["三江侗族自治县_工作计划_2024-08-07.pdf"]
    assert "未申报单位0家" in nothing
    assert "钢铁厂" not in nothing

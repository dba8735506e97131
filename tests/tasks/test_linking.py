"""Linkage as a whole: units and declarations in, judgements out, and people's words over them."""

import json
from datetime import date, timedelta
from pathlib import Path
from random import Random

import openpyxl
import pytest
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from deployments.cli.links import app
from models.database import session
from models.employer import Employer
from models.inbound import Kind
from models.link import Link
from tasks.campaigns import open_campaign
from tasks.link_workbook import export_links, import_links
from tasks.linking import link_declarations, link_model, settle_standing
from tasks.links import explain_links, judge, undo
from tests.link_worlds import CODE, OTHER_CODE, facts
from tests.make import JULY, load, make_row

CAMPAIGN = open_campaign("liuzhou-2024-2025")
FIRM = {"credit_code": CODE, "phone": "13800000001", "person_hash": "p1"}
# the firm's own, one of another firm with its code, one of nobody listed
DECLARED = [
    make_row(**FIRM, declaration_no="S1", declaration_state="已审核"),
    make_row(
        **{**FIRM, "credit_code": OTHER_CODE, "phone": "13900000002"},
        declaration_no="S2",
        declaration_state="已审核",
    ),
    make_row(
        name="柳州市大众砖厂", name_core="大众砖", county="450205", address="北路9号", declaration_no="S3"
    ),
]
pytestmark = pytest.mark.usefixtures("installation")


@pytest.fixture
def world(engine: Engine) -> int:
    """One listed firm; its number."""
    with session(engine) as db:
        load(db, Kind.DECLARATIONS, DECLARED)
        return _listed(db)


def _listed(db: Session) -> int:
    employer = Employer(name="柳州市鑫鸿铸造有限公司", address="拉堡镇柳堡路1号", **facts())
    db.add(employer)
    db.flush()
    return employer.id


def verdicts(engine: Engine) -> list[tuple[str, str]]:
    with session(engine) as db:
        found = select(Link.verdict, Link.by).where(Link.ended_at.is_(None)).order_by(Link.verdict, Link.by)
        return [tuple(row) for row in db.execute(found)]


@pytest.mark.usefixtures("world")
def test_run_twice_changes_nothing(engine: Engine) -> None:
    first, second = link_declarations(CAMPAIGN), link_declarations(CAMPAIGN)
    assert (first.declarations, first.sure, first.unsure, first.unlinked) == (3, 1, 1, 1)
    assert (first.added, second.added, second.ended) == (2, 0, 0)
    assert verdicts(engine) == [("sure", "规则"), ("unsure", "模型")]


@pytest.mark.usefixtures("world")
def test_a_rehearsal_stores_nothing(engine: Engine) -> None:
    assert link_declarations(CAMPAIGN, rehearse=True).sure == 1
    assert verdicts(engine) == []


@pytest.mark.usefixtures("world")
def test_decisions_survive_and_are_taken_back(engine: Engine) -> None:
    link_declarations(CAMPAIGN)
    number = judge("reject", "S1", CODE, by="李四", reason="是同名的另一家")
    link_declarations(CAMPAIGN)
    assert ("sure", "规则") not in verdicts(engine)
    undo(number, by="李四", reason="看错了")
    link_declarations(CAMPAIGN)
    assert ("sure", "规则") in verdicts(engine)


def test_the_order_of_rows_and_ids_decides_nothing(engine: Engine) -> None:
    """Ids apart, the same facts give the same links."""
    units = [
        facts(),
        facts(county="450205", address="北路1号", phone=None),
        facts(name_key="柳州市鑫泓铸造有限公司", name_core="鑫泓铸造", credit_code=None),
    ]
    outcomes = set()
    for seed in range(3):
        with session(engine) as db:
            shuffled = Random(seed).sample(units, len(units))
            db.add_all([Employer(name=one["name_key"], **one) for one in shuffled])
            if seed == 0:
                load(db, Kind.DECLARATIONS, DECLARED)
        link_declarations(CAMPAIGN)
        with session(engine) as db:
            links = select(Link.entry, Link.verdict, Link.method, Link.score, Employer.name, Employer.county)
            found = db.execute(
                links.join(Employer, Employer.id == Link.employer_id).where(Link.ended_at.is_(None))
            )
            outcomes.add(tuple(sorted(map(str, found))))
            db.execute(delete(Employer))
    assert len(outcomes) == 1


def test_explained_field_by_field(world: int) -> None:
    link_declarations(CAMPAIGN)
    [sure] = explain_links("S1")
    lines = {line["field"]: line for line in sure["lines"]}
    assert len(lines) >= 9
    assert sure["total"] == pytest.approx(sum(line["bits"] or 0 for line in sure["lines"]), abs=0.005)
    assert sure["lines"][0]["bits"] == link_model().start
    assert lines["联系电话"]["declared"] == "*******0001"
    assert lines["法定代表人"]["agreement"] == "一致"
    assert "p1" not in json.dumps(sure["lines"], ensure_ascii=False)
    assert "统一社会信用代码相同" in sure["why"]
    [unsure] = explain_links("S2", str(world))
    assert unsure["verdict"] == "unsure"
    assert unsure["total"] == unsure["history"][0]["score"]
    assert "两个有效代码不同" in unsure["why"]
    assert {one["entry"] for one in explain_links(str(world))} == {sure["entry"], unsure["entry"]}


@pytest.mark.parametrize(
    ("approved", "told"),
    [(date(2024, 5, 6), "2024-05-06"), (None, f"{JULY}（推定）")],
    ids=["given", "presumed"],
)
def test_an_approval_day_no_export_gave_is_marked(engine: Engine, approved: date | None, told: str) -> None:
    row = make_row(**FIRM, declaration_no="S1", declaration_state="已审核", approved_on=approved)
    with session(engine) as db:
        load(db, Kind.DECLARATIONS, [row])
        _listed(db)
        settle_standing(db, CAMPAIGN)
    link_declarations(CAMPAIGN)
    run = CliRunner()
    [listed] = json.loads(run.invoke(app, ["list", "--json"]).stdout)
    assert (listed["approved_text"], listed["presumed"]) == (told, approved is None)
    lines = run.invoke(app, ["explain", "S1"]).stdout.splitlines()
    assert f"审核：{told}" in [line.strip() for line in lines]


@pytest.mark.usefixtures("world")
def test_declarations_of_no_unit_are_listed() -> None:
    link_declarations(CAMPAIGN)
    run = CliRunner()
    [nobodys] = json.loads(run.invoke(app, ["unlinked", "--json"]).stdout)
    assert nobodys["declaration_no"] == "S3"
    assert json.loads(run.invoke(app, ["unlinked", "--county", "柳江区", "--json"]).stdout) == []
    assert "没有找到这条申报的对应单位" in run.invoke(app, ["explain", "S3"]).stdout
    judge("reject", "S1", CODE, by="李四", reason="是另一家")
    listed = json.loads(run.invoke(app, ["unlinked", "--json"]).stdout)
    assert {row["declaration_no"] for row in listed} == {"S1", "S3"}


def test_declarations_the_platform_no_longer_has_are_listed(engine: Engine) -> None:
    with session(engine) as db:
        load(db, Kind.DECLARATIONS, DECLARED[:1])
        load(db, Kind.DECLARATIONS, DECLARED[2:], JULY + timedelta(days=31), full=True)
        settle_standing(db, CAMPAIGN)
    run = CliRunner()
    [gone] = json.loads(run.invoke(app, ["missing", "--json"]).stdout)
    assert (gone["declaration_no"], gone["approved_text"]) == ("S1", f"{JULY}（推定）")
    assert json.loads(run.invoke(app, ["missing", "--county", "柳北区", "--json"]).stdout) == []
    assert "平台已无此记录" in run.invoke(app, ["missing"]).stdout


@pytest.mark.usefixtures("world")
def test_the_workbook_comes_back(engine: Engine, tmp_path: Path) -> None:
    link_declarations(CAMPAIGN)
    assert export_links(tmp_path / "核对.xlsx") == 1
    book = openpyxl.load_workbook(tmp_path / "核对.xlsx")
    page = book["待人工核对"]
    headings = [cell.value for cell in page[1]]
    assert any("同一单位" in rule.formula1 for rule in page.data_validations.dataValidation)
    page.cell(2, headings.index("判断") + 1).value = "同一单位"
    book.save(tmp_path / "填好.xlsx")
    done = import_links(tmp_path / "填好.xlsx", by="李四")
    assert (done.accepted, done.rejected, done.blank, done.refused) == (1, 0, 0, [])
    assert verdicts(engine) == [("sure", "李四"), ("sure", "规则")]


@pytest.mark.parametrize("answer", ["同一单位", "不是", "不确定"])
@pytest.mark.usefixtures("world")
def test_the_same_workbook_again_changes_nothing(engine: Engine, tmp_path: Path, answer: str) -> None:
    link_declarations(CAMPAIGN)
    export_links(tmp_path / "核对.xlsx")
    book = openpyxl.load_workbook(tmp_path / "核对.xlsx")
    page = book["待人工核对"]
    page.cell(2, [cell.value for cell in page[1]].index("判断") + 1).value = answer
    book.save(tmp_path / "填好.xlsx")
    first = import_links(tmp_path / "填好.xlsx", by="李四")
    again = import_links(tmp_path / "填好.xlsx", by="王五")
    assert (first.unchanged, again.unchanged, again.refused) == (0, 1, [])
    assert again.accepted + again.rejected + again.left_open == 0
    assert "王五" not in {by for _, by in verdicts(engine)}


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [("判断", "大概是", "E1258"), ("申报记录编号", "", "E1259")],
    ids=["unknown answer", "lost id"],
)
@pytest.mark.usefixtures("world")
def test_a_spoilt_answer_is_refused_by_row(tmp_path: Path, heading: str, value: str, code: str) -> None:
    link_declarations(CAMPAIGN)
    export_links(tmp_path / "核对.xlsx")
    book = openpyxl.load_workbook(tmp_path / "核对.xlsx")
    page = book["待人工核对"]
    headings = [cell.value for cell in page[1]]
    page.cell(2, headings.index("判断") + 1).value = "不是"
    page.cell(2, headings.index(heading) + 1).value = value
    book.save(tmp_path / "填好.xlsx")
    [refused] = import_links(tmp_path / "填好.xlsx", by="李四").refused
    assert (refused["row_no"], refused["code"]) == (2, code)


def test_on_the_command_line(world: int, tmp_path: Path) -> None:
    link_declarations(CAMPAIGN)
    run = CliRunner()
    listed = json.loads(run.invoke(app, ["list", "--verdict", "unsure", "--json"]).stdout)
    assert [(row["declaration_no"], row["employer_id"]) for row in listed] == [("S2", world)]
    assert "phone" not in listed[0]
    told = run.invoke(app, ["explain", "S1"]).stdout
    assert "统一社会信用代码" in told
    judged = run.invoke(app, ["accept", "S2", str(world), "--reason", "已核实", "--by", "李四", "--json"])
    number = json.loads(judged.stdout)["link_id"]
    undone = run.invoke(app, ["undo", str(number), "--reason", "再看看", "--by", "李四", "--json"])
    assert json.loads(undone.stdout)["link_id"] == number
    export = run.invoke(app, ["export", str(tmp_path / "x.xlsx"), "--json"])
    assert json.loads(export.stdout)["rows"] == 0

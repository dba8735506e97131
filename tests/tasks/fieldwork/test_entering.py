"""Field work by file and by command: an answer for every row, the same again changes nothing (C13–C16, C24, C32)."""

import threading
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine, insert
from sqlalchemy.exc import IntegrityError

from models.database import session
from models.errors import InputRefused, RuleRefused
from models.fieldwork import Work
from models.guidance import Guidance
from tasks.fieldwork.desk import Outcome
from tasks.fieldwork.entering import import_form
from tasks.received import find_kept
from tests.campaign.files import write_csv
from tests.make_fieldwork import (
    CAMPAIGN,
    CLERK,
    DAY,
    SOUND,
    count,
    do,
    form_file,
    imported,
    make_city,
    refusal,
    told,
)

pytestmark = pytest.mark.usefixtures("installation")
NEW, SAME = str(Outcome.NEW), str(Outcome.SAME)
TABLES = {
    Work.TRAINING: "training_unit",
    Work.GUIDANCE: "guidance",
    Work.VISIT: "visit",
    Work.CHECK: "inspection",
    Work.PUBLICITY: "publicity",
    Work.REASON: "undeclared_reason",
    Work.ESCALATE: "escalation",
}


@pytest.fixture
def units(installation: Path) -> dict[str, int]:  # noqa: ARG001
    return make_city("甲厂", "乙厂", "丙厂")


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize("work", Work)
def test_the_same_file_again_and_the_same_act_by_hand_change_nothing(
    tmp_path: Path, engine: Engine, work: Work
) -> None:
    rows = [{"name": name, **SOUND[work]} for name in ("甲厂", "乙厂")]
    rows = rows[:1] if work is Work.PUBLICITY else rows
    assert told(imported(tmp_path, work, *rows)) == [NEW] * len(rows)
    assert told(imported(tmp_path, work, *rows)) == [SAME] * len(rows)
    assert do(work, None if work is Work.PUBLICITY else "甲厂").outcome is Outcome.SAME
    assert count(engine, TABLES[work]) == len(rows)


WRONG = {
    "没有这个单位": (Work.VISIT, {"name": "丁厂"}, "E1572"),
    "没有写单位": (Work.VISIT, {"name": ""}, "E1572"),
    "编号与名称不是一家": (Work.VISIT, {"unit": "{乙厂}"}, "E1572"),
    "编号不存在": (Work.VISIT, {"unit": "99999999"}, "E1572"),
    "编号被改成文字": (Work.VISIT, {"unit": "甲"}, "E1572"),
    "代码不完整": (Work.VISIT, {"code": "9145020"}, "E1572"),
    "没有填必填项": (Work.VISIT, {"visitor": ""}, "E1573"),
    "选项以外": (Work.VISIT, {"programme": "执法"}, "E1574"),
    "主题以外": (Work.TRAINING, {"topics": "申报程序、喝茶"}, "E1574"),
    "不是日期": (Work.VISIT, {"done_on": "上周"}, "E1576"),
    "登记日以后": (Work.VISIT, {"done_on": "2024-10-01"}, "E1576"),
    "行动以前": (Work.VISIT, {"done_on": "2023-12-31"}, "E1576"),
    "到场没有单位": (Work.TRAINING, {"name": ""}, "E1573"),
    "有单位没有到场": (Work.TRAINING, {"part": ""}, "E1573"),
    "不是本行动的县": (Work.TRAINING, {"county": "南宁市"}, "E1230"),
    "期限早于指派": (Work.GUIDANCE, {"due_on": "2024-09-01"}, "E1579"),
    "只填办结日期": (Work.GUIDANCE, {"closed_on": "2024-09-20"}, "E1573"),
    "办结早于指派": (Work.GUIDANCE, {"closed_on": "2024-09-01", "result": "失联"}, "E1578"),
    "什么也没核对": (Work.CHECK, {"headcount": ""}, "E1586"),
    "人数看不明白": (Work.CHECK, {"headcount": "三十几"}, "E1587"),
    "行业看不明白": (Work.CHECK, {"industry": "9999"}, "E1587"),
    "佐证文件不在": (Work.PUBLICITY, {"evidence": "没有.jpg"}, "E1580"),
    "佐证文件在别处": (Work.PUBLICITY, {"evidence": "../x.jpg"}, "E1580"),
    "其他原因不写明": (Work.REASON, {"reason": "其他"}, "E1573"),
}


@pytest.mark.parametrize(("work", "cells", "code"), WRONG.values(), ids=WRONG)
def test_a_wrong_row_is_refused_and_its_neighbour_taken(
    tmp_path: Path, units: dict[str, int], work: Work, cells: dict[str, str], code: str
) -> None:
    cells = {key: value.format(**units) for key, value in cells.items()}
    wrong = {"name": "甲厂", **SOUND[work], **cells}
    right = {"name": "丙厂", **SOUND[work]}
    assert told(imported(tmp_path, work, wrong, right)) == [code, NEW]


@pytest.mark.usefixtures("units")
def test_all_that_is_wrong_in_a_row_is_said_at_once(tmp_path: Path) -> None:
    cells = {"done_on": "昨天", "county": "", "topics": "唱歌", "part": "到"}
    entered = imported(tmp_path, Work.TRAINING, {"name": "甲厂", **SOUND[Work.TRAINING], **cells})
    (answer,) = entered.rows
    assert answer.code == "E1573"
    assert all(word in answer.words for word in ("县（区）", "昨天", "唱歌", "“到”"))


BOUNDS = {
    "登记日当天": ("2024-09-30", None),
    "次日": ("2024-10-01", "E1576"),
    "行动第一天": ("2024-01-01", None),
    "前一天": ("2023-12-31", "E1576"),
}


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize(("day", "code"), BOUNDS.values(), ids=BOUNDS)
def test_days_of_acts_are_bounded(day: str, code: str | None) -> None:
    assert refusal(Work.VISIT, "甲厂", done_on=day) == code


@pytest.mark.usefixtures("units")
def test_a_recorded_act_is_not_overwritten() -> None:
    do(Work.VISIT, "甲厂")
    assert refusal(Work.VISIT, "甲厂", visitor="王医师") == "E1577"
    assert do(Work.VISIT, "甲厂", programme="帮扶", visitor="王医师").outcome is Outcome.NEW


@pytest.mark.usefixtures("units")
def test_a_dry_run_stores_nothing(tmp_path: Path, engine: Engine) -> None:
    path = form_file(tmp_path, Work.VISIT, {"name": "甲厂", **SOUND[Work.VISIT]})
    assert told(import_form(CAMPAIGN, path, DAY, by=CLERK, rehearse=True)) == [NEW]
    assert count(engine, "visit") == 0


@pytest.mark.usefixtures("units")
def test_a_workbook_with_a_title_and_moved_columns_is_understood(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["柳江区九月入户情况"])
    sheet.append(["指导人员", "单位名称", "机构类型", "备注", "结合工作", "入户日期"])
    sheet.append(["李医师", "甲厂", "疾控中心", "x", "监测", date(2024, 9, 12)])
    book.save(tmp_path / "入户.xlsx")
    entered = import_form(CAMPAIGN, tmp_path / "入户.xlsx", DAY, by=CLERK)
    assert [(row.row_no, row.outcome) for row in entered.rows] == [(3, Outcome.NEW)]


@pytest.mark.parametrize(
    ("header", "code"),
    [(("单位名称", "入户日期"), "E1571"), (("单位名称", "甲", "乙"), "E1571")],
    ids=["缺列", "别的表"],
)
def test_a_file_that_is_no_form_is_refused(tmp_path: Path, header: tuple[str, ...], code: str) -> None:
    path = write_csv(tmp_path / "别的.csv", header, [["甲厂", "2024-09-12", "x"]])
    with pytest.raises(InputRefused, match=code):
        import_form(CAMPAIGN, path, DAY, by=CLERK)


def test_evidence_is_kept_by_its_hash(tmp_path: Path, installation: Path) -> None:
    (tmp_path / "照片.jpg").write_bytes(b"jpg")
    row = {**SOUND[Work.PUBLICITY], "evidence": "照片.jpg"}
    assert told(imported(tmp_path, Work.PUBLICITY, row)) == [NEW]
    assert told(imported(tmp_path, Work.PUBLICITY, row)) == [SAME]
    with session() as db:
        from models.training import PublicityAct

        act = db.query(PublicityAct).one()
    assert find_kept(act.evidence_sha256 or "", installation).read_bytes() == b"jpg"


@pytest.mark.usefixtures("units")
def test_a_unit_may_be_invited_and_then_come(tmp_path: Path, engine: Engine) -> None:
    base = {"name": "甲厂", **SOUND[Work.TRAINING]}
    rows = [base | {"part": "受邀"}, base, {**SOUND[Work.TRAINING], "part": ""}]
    assert told(imported(tmp_path, Work.TRAINING, *rows)) == [NEW, NEW, SAME]
    assert (count(engine, "training"), count(engine, "training_unit")) == (1, 2)
    assert refusal(Work.TRAINING, "乙厂", topics="因素辨识") == "E1577"


CLOSING = {"closed_on": "2024-09-20", "result": "已申报"}


@pytest.mark.usefixtures("units")
def test_at_most_one_assignment_is_open() -> None:
    do(Work.GUIDANCE, "甲厂")
    assert refusal(Work.GUIDANCE, "甲厂", assigned_on="2024-09-03") == "E1575"
    assert do(Work.GUIDANCE, "甲厂", **CLOSING).words == "已办结"
    assert do(Work.GUIDANCE, "甲厂", **CLOSING).outcome is Outcome.SAME
    assert refusal(Work.GUIDANCE, "甲厂", **(CLOSING | {"result": "失联"})) == "E1577"
    assert do(Work.GUIDANCE, "甲厂", assigned_on="2024-09-21").words == "已指派"


@pytest.mark.usefixtures("units")
def test_a_row_may_only_close(tmp_path: Path) -> None:
    closing = {"name": "甲厂", **CLOSING}
    assert told(imported(tmp_path, Work.GUIDANCE, closing)) == ["E1578"]
    do(Work.GUIDANCE, "甲厂")
    assert told(imported(tmp_path, Work.GUIDANCE, closing)) == [NEW]
    assert told(imported(tmp_path, Work.GUIDANCE, closing)) == [SAME]


@pytest.mark.usefixtures("units")
def test_of_two_assignments_at_once_one_is_refused(engine: Engine) -> None:
    ready, codes = threading.Barrier(2), []

    def assign(person: str) -> None:
        ready.wait()
        codes.append(refusal(Work.GUIDANCE, "甲厂", assignee=person, assigned_on=f"2024-09-0{person[-1]}"))

    threads = [threading.Thread(target=assign, args=(person,)) for person in ("医师2", "医师3")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes, key=str) == ["E1575", None]
    assert count(engine, "guidance") == 1


def test_the_database_itself_holds_one_open_assignment(units: dict[str, int]) -> None:
    do(Work.GUIDANCE, "甲厂")
    row = {"campaign": CAMPAIGN.key, "employer_id": units["甲厂"], "assigned_on": DAY, "due_on": DAY}
    row |= {"agency": "疾控中心", "assignee": "x", "programme": "帮扶", "by": "x"}
    with pytest.raises(IntegrityError, match="uq_guidance_open"), session() as db:
        db.execute(insert(Guidance), [row])


@pytest.mark.usefixtures("units")
def test_an_act_of_a_unit_nobody_can_name_is_refused() -> None:
    with pytest.raises(RuleRefused, match="E1246"):
        do(Work.VISIT, "丁厂")

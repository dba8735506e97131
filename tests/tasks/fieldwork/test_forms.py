"""Forms out and back: an issued form filled in with a program of the office's, its receipt, its units (C13–C16, C32)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models.database import session
from models.errors import InputRefused
from models.fieldwork import Work
from models.rules.fieldwork_forms import CODE, FORMS, NAME, UNIT
from tasks.fieldwork import questions
from tasks.fieldwork.desk import Outcome
from tasks.fieldwork.entering import Entered, import_form
from tasks.fieldwork.receipt import write_receipt
from tasks.fieldwork.template import write_template
from tests.make_fieldwork import CAMPAIGN, CLERK, DAY, HERE, SOUND, do, make_city, told
from tests.make_rounds import code_of
from tests.make_targets import campaign_with, make_known

pytestmark = pytest.mark.usefixtures("installation")
NEW, SAME, BLANK = str(Outcome.NEW), str(Outcome.SAME), str(Outcome.BLANK)


@pytest.fixture
def units(installation: Path) -> dict[str, int]:  # noqa: ARG001
    return make_city("甲厂", "乙厂", "丙厂")


def fill(path: Path, work: Work, rows: Mapping[int, Mapping[str, Any]]) -> Path:
    """`rows`: line → our name or heading → what is written."""
    book = openpyxl.load_workbook(path)
    page = book[FORMS[work].title]
    columns = {str(cell.value): cell.column or 0 for cell in page[1]}
    titles = {one.key: one.title for one in FORMS[work].fields}
    for row, cells in rows.items():
        for key, value in cells.items():
            page.cell(row, columns[titles.get(key, key)]).value = value
    book.save(path)
    return path


def import_(path: Path) -> Entered:
    return import_form(CAMPAIGN, path, DAY, by=CLERK)


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize("work", Work)
def test_every_form_goes_out_and_comes_back(tmp_path: Path, work: Work) -> None:
    path = write_template(CAMPAIGN, work, HERE, DAY, tmp_path)
    listed = work not in (Work.CHECK, Work.PUBLICITY)
    row = dict(SOUND[work]) | ({} if listed or work is Work.PUBLICITY else {NAME: "甲厂"})
    fill(path, work, {2: row})
    assert [said for said in told(import_(path)) if said != BLANK] == [NEW]
    assert [said for said in told(import_(path)) if said != BLANK] == [SAME]
    assert told(import_(path)).count(BLANK) == (2 if listed else 0)


@pytest.mark.usefixtures("units")
def test_an_open_assignment_is_written_in_and_closed_there(tmp_path: Path) -> None:
    do(Work.GUIDANCE, "甲厂")
    path = write_template(CAMPAIGN, Work.GUIDANCE, HERE, DAY, tmp_path)
    assert sorted(told(import_(path))) == sorted([SAME, BLANK, BLANK])
    page = openpyxl.load_workbook(path)[FORMS[Work.GUIDANCE].title]
    line = next(row for row in range(2, 5) if page.cell(row, 2).value == "甲厂")
    fill(path, Work.GUIDANCE, {line: {"closed_on": "2024-9-20", "result": "失联"}})
    assert sorted(told(import_(path))) == sorted([NEW, BLANK, BLANK])
    assert len(questions.undeclared(CAMPAIGN, DAY, HERE, unassigned=True)) == 3


@pytest.mark.usefixtures("units")
def test_a_countys_own_form_need_not_name_the_county(tmp_path: Path) -> None:
    path = write_template(CAMPAIGN, Work.TRAINING, HERE, DAY, tmp_path)
    given = {key: value for key, value in SOUND[Work.TRAINING].items() if key != "county"}
    fill(path, Work.TRAINING, {2: given})
    assert sorted(told(import_(path))) == sorted([NEW, BLANK, BLANK])
    (row,) = [one for one in questions.history(CAMPAIGN, DAY, None, Work.TRAINING) if one["name"] is None]
    assert row["county"] == HERE


@pytest.mark.usefixtures("units")
def test_a_form_of_another_campaign_is_refused(tmp_path: Path) -> None:
    other = campaign_with(key="other-2024")
    path = write_template(other, Work.VISIT, HERE, DAY, tmp_path)
    with pytest.raises(InputRefused, match="E1590"):
        import_(path)


def test_two_kinds_in_one_file_are_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for work in (Work.VISIT, Work.REASON):
        page = book.create_sheet(work)
        page.append([NAME, *(one.title for one in FORMS[work].fields)])
        page.append(["甲厂", *(SOUND[work].get(one.key) for one in FORMS[work].fields)])
    book.save(tmp_path / "两种.xlsx")
    with pytest.raises(InputRefused, match="E1571"):
        import_(tmp_path / "两种.xlsx")


def test_a_unit_is_known_by_number_code_or_name_but_not_by_a_guess(
    tmp_path: Path, units: dict[str, int]
) -> None:
    with session() as db:
        code = code_of(1)
        head = {"name": "总厂", "name_key": "总厂", "credit_code": code}
        make_known(db, **head)
        make_known(db, name="总厂二车间", name_key="总厂二车间", credit_code=code, branch_part="二车间")
        make_known(db, name="甲厂", name_key="甲厂", county="450205", credit_code=code_of(2))
    cases: dict[str, tuple[dict[str, Any], str]] = {
        "编号": ({UNIT: str(units["乙厂"])}, NEW),
        "编号和名称": ({UNIT: str(units["丙厂"]), NAME: "丙厂"}, NEW),
        "名称有两家": ({NAME: "甲厂"}, "E1572"),
        "名称有两家，代码分得清": ({NAME: "甲厂", CODE: code_of(2)}, NEW),
        "代码有两家": ({CODE: code}, "E1572"),
        "代码有两家，名称分得清": ({CODE: code, NAME: "总厂二车间"}, NEW),
        "代码和名称各是一家": ({CODE: code, NAME: "乙厂"}, "E1572"),
        "数字丢了末位": ({CODE: 914502000000000000}, "E1572"),
    }
    path = write_template(CAMPAIGN, Work.CHECK, HERE, DAY, tmp_path)
    lines = {line: SOUND[Work.CHECK] | cells for line, (cells, _) in enumerate(cases.values(), start=2)}
    fill(path, Work.CHECK, lines)
    assert dict(zip(cases, told(import_(path)), strict=True)) == {
        name: said for name, (_, said) in cases.items()
    }


@pytest.mark.usefixtures("units")
def test_the_receipt_answers_every_row(tmp_path: Path) -> None:
    path = write_template(CAMPAIGN, Work.VISIT, HERE, DAY, tmp_path)
    fill(path, Work.VISIT, {2: SOUND[Work.VISIT], 3: SOUND[Work.VISIT] | {"programme": "喝茶"}})
    receipt = write_receipt(CAMPAIGN, import_(path), tmp_path / "回执.xlsx")
    lines = list(openpyxl.load_workbook(receipt)["逐行结果"].iter_rows(min_row=2, values_only=True))
    assert [(line[0], line[2], line[3]) for line in lines] == [
        (2, NEW, None),
        (3, "未登记", "E1574"),
        (4, BLANK, None),
    ]

"""Files that are no form of ours, and what the form asks for and guards (F12, F23)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from models.errors import InputRefused
from models.form.form import Form
from models.form.items import items
from models.form.titles import fields_asked
from tasks.filing.layout import ASIDE
from tests.make_forms import make_form
from tests.tasks.filing.test_form_round import BASICS, FULL, META, answer_of, the_one, written

REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "no form": (lambda path: Workbook().save(path), "E1730"),
    "another list": (lambda path: _save(path, [["单位名称", "信用代码"], ["甲厂", "1"]]), "E1730"),
    "of a later program": (lambda path: written(Form(), path, META | {"layout": "2"}), "E1738"),
    "another workbook of ours": (lambda path: written(Form(), path, {"kind": "verification"}), "E1730"),
    "secret, and told": (lambda path: _told(path), "E1690"),
    "no workbook": (lambda path: path.write_bytes(b"%PDF-1.7"), "E1003"),
}  # fmt: skip


def _save(path: Path, rows: list[list[str]]) -> None:
    book = Workbook()
    page = book.create_sheet("名单", 0)
    for row in rows:
        page.append(row)
    book.save(path)


def _told(path: Path) -> None:
    book = load_workbook(written(make_form(), path))
    answer_of(book["主要产品"], "军工等涉密产品").value = "是"
    book.save(path)


@pytest.mark.parametrize(("make", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_files_that_are_refused(make: Callable[[Path], object], code: str, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    make(path)
    one = the_one(path)
    assert one.form is None
    assert isinstance(one.refusal, InputRefused)
    assert (one.refusal.code, "铸件" in one.refusal.message) == (code, False)


def test_every_needed_field_is_marked_and_nobody_is_asked_for_the_legal_representative(
    tmp_path: Path,
) -> None:
    book = load_workbook(written(Form(), tmp_path / "form.xlsx"))
    texts = {str(one.value) for page in book for line in page.iter_rows() for one in line if one.value}
    for path in fields_asked():
        assert f"{items()[path].title} *" in texts
    by_hand = [text for text in texts if "法定代表人" in text]
    assert all(text.startswith((ASIDE, "4.")) for text in by_hand)
    assert by_hand


def test_cells_are_guarded(tmp_path: Path) -> None:
    book = load_workbook(written(make_form(FULL), tmp_path / "form.xlsx", lists=True))
    rules = {str(one.sqref): one for one in book[BASICS].data_validations.dataValidation}
    county = rules[answer_of(book[BASICS], "所属地区").coordinate]
    assert "柳江区" in county.formula1
    persons = rules[answer_of(book[BASICS], "接害总人数（含外委）").coordinate]
    assert (persons.type, persons.formula1) == ("whole", "0")
    assert rules[answer_of(book[BASICS], "行业分类").coordinate].formula1.startswith("'行业代码'!")
    assert answer_of(book[BASICS], "单位名称").protection.locked is False
    assert not [one for page in book for line in page.iter_rows() for one in line if one.data_type == "f"]

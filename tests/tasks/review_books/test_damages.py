"""Damage by damage what becomes of a returned review workbook: what is clear is done, all else refused with its reason."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import text

from models.database import session
from models.errors import InputRefused
from models.settings import get_settings
from tasks import review
from tasks.received import find_kept
from tasks.returned import Outcome
from tests.make_filings import COUNTY, LIUBEI
from tests.make_rounds import heads, put, row_of
from tests.tasks.review_books.made import (
    BEFORE,
    DECIDED,
    RETURNED,
    STATES,
    Hand,
    back,
    damaged,
    filled,
    issued,
    outcomes,
    states,
    steps,
)
from tests.tasks.verification.damages import (
    as_old_excel,
    cells_of,
    hidden_rows,
    inserted_column,
    reversed_rows,
    sheet_renamed,
    title_above,
    totals_below,
    written_again,
)

ALL = dict.fromkeys(DECIDED, "已接收")


def cell(name: str, heading: str, value: object) -> Hand:
    def hand(_book: Workbook, page: Worksheet) -> None:
        put(page, row_of(page, name), {heading: value})

    return hand


def without_column(heading: str) -> Hand:
    return lambda _book, page: page.delete_cols(heads(page)[heading])


def without_row(_book: Workbook, page: Worksheet) -> None:
    page.delete_rows(row_of(page, "乙厂"))


def columns_moved(_book: Workbook, page: Worksheet) -> None:
    written_again(page, [row[9:] + row[:9] for row in cells_of(page)])


def keys_shifted(_book: Workbook, page: Worksheet) -> None:
    """The hidden column did not go along when the others were sorted."""
    rows = range(2, page.max_row + 1)
    keys = [page.cell(row, 1).value for row in rows]
    for row, key in zip(rows, [*keys[1:], keys[0]], strict=True):
        page.cell(row, 1).value = key


def key_in_full_width(_book: Workbook, page: Worksheet) -> None:
    at = row_of(page, "甲厂")
    page.cell(at, 1).value = "".join(
        chr(ord(letter) + 0xFEE0) for letter in str(page.cell(at, 1).value).upper()
    )


def seal_of_another_day(_book: Workbook, page: Worksheet) -> None:
    at = row_of(page, "甲厂")
    page.cell(at, 1).value = f"{str(page.cell(at, 1).value)[:-16]}{'0' * 16}"


def neighbours_row(_book: Workbook, page: Worksheet) -> None:
    with session() as db:
        number, head = db.execute(
            text("""SELECT d.id, head FROM filed_declaration d JOIN registrant r ON r.id = d.registrant_id
                WHERE r.name = '北厂'""")
        ).one()
    page.append([f"YB{number}-1-2-{head[:16]}", 4, number, "北厂"])
    put(page, page.max_row, {"审核结论": "通过"})


def doubled(decision: str) -> Hand:
    def hand(_book: Workbook, page: Worksheet) -> None:
        page.append(cells_of(page)[row_of(page, "甲厂") - 1])
        put(page, page.max_row, {"审核结论": decision, "原因": "重复" if decision == "不通过" else None})

    return hand


def all_wrong(book: Workbook, page: Worksheet) -> None:
    cell("甲厂", "审核结论", "同意吧")(book, page)
    page.cell(row_of(page, "甲厂"), 1).value = "YB?"


def sheet_lost(book: Workbook, _page: Worksheet) -> None:
    del book["_meta"]


@pytest.mark.parametrize(
    ("hand", "differs"),
    [
        pytest.param(reversed_rows, {}, id="rows in another order"),
        pytest.param(columns_moved, {}, id="columns moved"),
        pytest.param(inserted_column, {}, id="a column of their own inserted"),
        pytest.param(title_above, {}, id="a title above the header"),
        pytest.param(totals_below, {"None": "未填"}, id="a total and a signature below"),
        pytest.param(sheet_renamed, {}, id="the sheet renamed"),
        pytest.param(sheet_lost, {}, id="the hidden sheet lost"),
        pytest.param(without_row, {"乙厂": None}, id="a row deleted"),
        pytest.param(cell("甲厂", "统一社会信用代码", 914502000000000000), {}, id="a code typed as a number: the name helps"),
        pytest.param(cell("甲厂", "单位名称", "改了名"), {"甲厂": None, "改了名": "已接收"}, id="a name edited: the code helps"),
        pytest.param(without_column("统一社会信用代码"), {}, id="the codes deleted"),
        pytest.param(key_in_full_width, {}, id="a key in full width"),
        pytest.param(without_column("下发凭证"), dict.fromkeys(("甲厂", "乙厂", "丙厂"), "未接收 E1771"), id="the hidden column deleted"),
        pytest.param(cell("甲厂", "下发凭证", "YB1-1-2-abc"), {"甲厂": "未接收 E1771"}, id="a key cut short"),
        pytest.param(cell("甲厂", "下发凭证", f"YB999-1-2-{'0' * 16}"), {"甲厂": "未接收 E1773"}, id="a declaration nobody knows"),
        pytest.param(seal_of_another_day, {"甲厂": "未接收 E1777"}, id="a seal that never was"),
        pytest.param(keys_shifted, dict.fromkeys(("甲厂", "乙厂", "丙厂"), "未接收 E1772"), id="keys not sorted along"),
        pytest.param(neighbours_row, {"北厂": "未接收 E1770"}, id="a row of the neighbour pasted in"),
        pytest.param(cell("乙厂", "原因", None), {"乙厂": "未接收 E1775"}, id="no reason for a rejection"),
        pytest.param(cell("乙厂", "审核结论", None), {"乙厂": "未接收 E1775"}, id="a reason without a decision"),
        pytest.param(cell("甲厂", "审核结论", None), {"甲厂": "未填"}, id="not decided yet"),
        pytest.param(cell("甲厂", "审核结论", "同意"), {"甲厂": "未接收 E1774"}, id="a word that is no decision"),
        pytest.param(cell("甲厂", "审核结论", "审核 通过"), {}, id="the platform's word"),
        pytest.param(cell("甲厂", "审核结论", "维持"), {"甲厂": "未接收 E1779"}, id="a decision of the other sheet"),
        pytest.param(doubled("不通过"), {"甲厂": "未接收 E1776"}, id="a declaration twice, decided differently"),
        pytest.param(doubled("通过"), {"甲厂": "未变"}, id="a declaration twice, decided alike"),
        pytest.param(all_wrong, {"甲厂": "未接收 E1774 E1771"}, id="several things wrong with one row"),
    ],
)  # fmt: skip
def test_rows(book: Path, tmp_path: Path, hand: Hand, differs: dict[str, str | None]) -> None:
    report = back(damaged(filled(book, tmp_path / "filled.xlsx"), tmp_path / "back.xlsx", hand))
    expected = {name: told for name, told in (ALL | differs).items() if told is not None}
    assert outcomes(report) == expected
    done = {row.number for row in report.rows if row.outcome in ("已接收", "未变")}
    assert states() == {
        name: (STATES if number in done else BEFORE)[name] for number, name in enumerate(STATES, start=1)
    }
    assert review.verify_chains() == {}


@pytest.mark.parametrize("save", ["xls", "csv"])
def test_saved_in_another_format(book: Path, tmp_path: Path, save: str) -> None:
    path = filled(book, tmp_path / "filled.xlsx")
    if save == "xls":
        assert outcomes(back(as_old_excel(path, tmp_path / "back.xls"))) == ALL
        assert states() == STATES
        return
    rows = cells_of(load_workbook(path)["待审核"])
    lines = [",".join("" if one is None else str(one) for one in row) for row in rows]
    text_file = tmp_path / "back.csv"
    text_file.write_text("\r\n".join(lines), "gb18030")
    assert outcomes(back(text_file)) == {name: "已接收" for name in ("甲厂", "乙厂", "丙厂")}


def test_rows_hidden_by_a_filter_count(book: Path, tmp_path: Path) -> None:
    path = filled(book, tmp_path / "filled.xlsx")

    def hand(whole: Workbook, page: Worksheet) -> None:
        page.cell(1, page.max_column + 1).value = "核对结论"  # what the borrowed hand filters by
        hidden_rows(whole, page)

    assert outcomes(back(damaged(path, tmp_path / "back.xlsx", hand))) == ALL


@pytest.mark.parametrize(
    ("hand", "code"),
    [
        pytest.param(lambda book, _page: setattr(book["_meta"]["B2"], "value", "other"), "E1768 .*另一个行动", id="another campaign"),
        pytest.param(lambda book, _page: setattr(book["_meta"]["B1"], "value", "verification"), "E1768 .*不是申报审核表", id="another kind of workbook"),
        pytest.param(lambda book, _page: setattr(book["_meta"]["B3"], "value", "450999"), "E1768 .*不在行动里", id="a county nobody knows"),
        pytest.param(lambda book, page: (without_column("审核结论")(book, page), without_column("审核结论")(book, book["复核"])), "E1767 .*不是下发的申报审核表", id="the decisions deleted"),
        pytest.param(lambda _book, page: setattr(page.cell(1, page.max_column + 1), "value", "审核结论"), "E1767 .*几列都叫“审核结论”", id="two columns of decisions"),
    ],
)  # fmt: skip
def test_files_refused_whole(book: Path, tmp_path: Path, hand: Hand, code: str) -> None:
    path = damaged(filled(book, tmp_path / "filled.xlsx"), tmp_path / "back.xlsx", hand)
    with pytest.raises(InputRefused, match=code):
        back(path)
    assert states() == BEFORE


def test_another_countys_file_is_refused(book: Path, tmp_path: Path) -> None:
    path = filled(book, tmp_path / "back.xlsx")
    with pytest.raises(InputRefused, match=r"E1768 .*是柳江区的申报审核表，不是柳北区的"):
        back(path, county=LIUBEI)
    assert states() == BEFORE


def test_without_the_hidden_sheet_rows_of_two_counties_are_nobodys(book: Path, tmp_path: Path) -> None:
    def mixed(whole: Workbook, page: Worksheet) -> None:
        neighbours_row(whole, page)
        sheet_lost(whole, page)

    path = damaged(filled(book, tmp_path / "filled.xlsx"), tmp_path / "back.xlsx", mixed)
    with pytest.raises(InputRefused, match=r"E1769 .*分属柳北区、柳江区"):
        back(path)


def test_a_forged_county_decides_nothing(book: Path, tmp_path: Path) -> None:
    """Only the county's own may act: the file says 柳北区, the declarations are 柳江区's."""

    def hand(whole: Workbook, _page: Worksheet) -> None:
        whole["_meta"]["B3"].value = LIUBEI

    path = damaged(filled(book, tmp_path / "filled.xlsx"), tmp_path / "back.xlsx", hand)
    assert set(outcomes(back(path)).values()) == {"未接收 E1770"}
    assert states() == BEFORE


def test_what_moved_meanwhile_is_refused(work: dict[str, int], book: Path, tmp_path: Path) -> None:
    review.reject(work["甲厂"], ["缺报告"], actor=COUNTY, on=RETURNED)
    review.revoke(work["丁厂"], "另有原因", actor=COUNTY, on=RETURNED)
    report = back(filled(book, tmp_path / "back.xlsx"))
    assert outcomes(report) == ALL | dict.fromkeys(("甲厂", "丁厂"), "未接收 E1777")
    (why,) = [row.why for row in report.rows if row.name == "甲厂"]
    assert why == (
        "[E1777] 该申报在下发后已变动：2024-09-06“审核不通过”，现为“已驳回”，第1版；请用新下发的审核表。"
    )


def test_again_changes_nothing(book: Path, tmp_path: Path) -> None:
    path = filled(book, tmp_path / "back.xlsx")
    first = back(path)
    assert (first.count(Outcome.ACCEPTED), len(first.rejected), first.rejected) == (5, 1, [2])
    before = steps()
    second = back(path, date(2024, 9, 7))
    assert outcomes(second) == dict.fromkeys(DECIDED, "未变")
    assert (steps(), second.rejected) == (before, [])
    review.revoke(1, "有误", actor=COUNTY, on=date(2024, 9, 8))
    third = back(path, date(2024, 9, 9))
    assert [row.why for row in third.rows if row.name == "甲厂"] == [
        "以前已办理（2024-09-06审核通过），其后又有变动，现为“待审核”"
    ]
    assert states("甲厂") == {"甲厂": "待审核"}


def test_a_rehearsal_leaves_nothing(book: Path, tmp_path: Path) -> None:
    path = filled(book, tmp_path / "back.xlsx")
    report = back(path, rehearse=True)
    assert outcomes(report) == ALL
    assert states() == BEFORE
    assert report.receipt is None
    with pytest.raises(InputRefused, match="E1030"):
        find_kept(report.sha256, get_settings().home)


def test_what_the_rules_refuse_leaves_the_others_alone(book: Path, tmp_path: Path) -> None:
    """Before the day of filing nothing can have been decided; and the events tell who did what."""
    report = back(filled(book, tmp_path / "back.xlsx"), date(2024, 9, 1))
    assert {name: told for name, told in outcomes(report).items() if name != "戊厂"} == dict.fromkeys(
        ("甲厂", "乙厂", "丙厂", "丁厂"), "未接收 E1673"
    )
    back(filled(book, tmp_path / "back.xlsx"))
    with session() as db:
        told = db.execute(
            text(
                "SELECT act, agency, by, reason FROM declaration_event WHERE number = 3 AND declaration_id = 2"
            )
        ).one()
        reasons = db.scalar(
            text("SELECT payload -> 'reasons' FROM declaration_event WHERE number = 3 AND declaration_id = 2")
        )
    assert tuple(told) == ("审核不通过", "450206", "覃工", "人数不符；缺检测报告")
    assert reasons == ["人数不符", "缺检测报告"]


def test_the_receipt_and_the_kept_file(book: Path, tmp_path: Path) -> None:
    path = filled(
        book, tmp_path / "back.xlsx", {"甲厂": {"审核结论": "通过"}, "乙厂": {"审核结论": "不通过"}}
    )
    report = back(path, receipt=tmp_path / "receipt.xlsx")
    assert find_kept(report.sha256, get_settings().home).read_bytes() == path.read_bytes()
    page = load_workbook(tmp_path / "receipt.xlsx")["逐行结果"]
    rows = {row[3]: row for row in page.iter_rows(min_row=2, values_only=True)}
    assert rows["甲厂"][4:] == ("通过", "已接收", "", "待审核", "已审核")
    assert rows["乙厂"][5] == "未接收"
    assert rows["乙厂"][6] == "[E1775] 选“不通过”必须填“原因”；几个原因之间用；分开。"
    assert rows["丙厂"][5] == "未填"
    waiting = load_workbook(tmp_path / "receipt.xlsx")["仍待办理"]
    assert {row[1] for row in waiting.iter_rows(min_row=2, values_only=True)} == {
        "乙厂",
        "丙厂",
        "丁厂",
        "戊厂",
    }


def test_a_neighbours_workbook_is_theirs(work: dict[str, int], tmp_path: Path) -> None:
    path = issued(tmp_path, LIUBEI)
    report = back(filled(path, tmp_path / "back.xlsx", {"北厂": {"审核结论": "通过"}}), county=LIUBEI)
    assert (report.county_name, outcomes(report)) == ("柳北区", {"北厂": "已接收"})
    assert work["北厂"] == report.rows[0].number

"""Where units take notices: one by one and from the lists that bureaus keep (2.7)."""

from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from models.database import session
from models.errors import InputRefused, RuleRefused
from tasks.notice_rounds.contacts import import_addresses, name_addresses, unit_named
from tests.make_quality import make_code
from tests.make_targets import make_employer

CODE, BRANCH = make_code(1), make_code(2)
LIST = [
    ("柳江区企业联系方式", None, None, None, None),
    ("序号", "企业名称", "信用代码", "联系电话", "电子邮箱"),
    (1, "柳州甲厂有限公司", None, 13800000001, "jia@factory.example.cn"),
    (2, None, CODE.lower(), "13800000002", None),
    (3, "柳州丙厂", None, "0772-3210001", "bing@factory.example.cn"),
    (4, "同名厂", None, "13800000004", None),
    (5, "柳州甲厂有限公司", None, "13800000005", None),
    (6, "没有这个厂", None, "13800000006", None),
    (7, None, None, "13800000007", None),
    (8, "柳州丁厂", None, None, None),
]


@pytest.fixture(autouse=True)
def units(installation: Path) -> None:
    del installation
    with session() as db:
        given = {"柳州甲厂有限公司": None, "乙厂": CODE, "柳州丙厂": None, "柳州丁厂": None, "同名厂": None}
        for name, code in [*given.items(), ("同名厂", BRANCH)]:
            make_employer(db, name=name, name_key=name, credit_code=code)


def addresses() -> dict[tuple[str, str], str]:
    statement = """SELECT e.name, a.channel, a.address FROM notice_address a JOIN employer e ON e.id = a.employer_id
        WHERE a.ended_at IS NULL"""
    with session() as db:
        return {(name, channel): address for name, channel, address in db.execute(text(statement))}


def listed(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in LIST:
        sheet.append(row)
    book.save(path)
    return path


def test_a_list_as_a_bureau_keeps_it(tmp_path: Path) -> None:
    """Each address for itself: a landline does not lose the mail beside it."""
    path = listed(tmp_path / "联系方式.xlsx")
    assert addresses() == {}
    rehearsed = import_addresses(path, by="张三", rehearse=True)
    assert addresses() == {}
    rows = import_addresses(path, by="张三")
    assert [row.result for row in rows] == [row.result for row in rehearsed]
    assert [(row.row_no, row.code) for row in rows] == [
        (3, None), (4, None), (5, "E1548"), (6, "E1572"), (7, "E1548"), (8, "E1572"), (9, "E1572"), (10, "E1548"),
    ]  # fmt: skip
    assert rows[2].result == "邮箱已登记；手机号码写法不对。"
    assert rows[4].result == "与第 3 行是同一单位，没有采用。"
    assert addresses() == {
        ("柳州甲厂有限公司", "mail"): "jia@factory.example.cn",
        ("柳州甲厂有限公司", "sms"): "13800000001",
        ("乙厂", "sms"): "13800000002",
        ("柳州丙厂", "mail"): "bing@factory.example.cn",
    }
    again = import_addresses(path, by="张三")
    assert again[0].result == "邮箱没有变动；手机号码没有变动"


def test_a_file_without_such_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "别的.csv"
    path.write_text("县区,姓名\n柳江区,王五\n", "utf-8")
    with pytest.raises(InputRefused, match="单位编号或统一社会信用代码或单位名称"):
        import_addresses(path, by="张三")


@pytest.mark.parametrize("words", ["2", CODE, f" {CODE.lower()} ", "乙厂"])
def test_a_unit_goes_by_number_code_and_name(words: str) -> None:
    with session() as db:
        assert unit_named(db, words) == 2


@pytest.mark.parametrize("words", ["同名厂", "厂", "99", "91450200735144520X", ""])
def test_nobody_is_guessed(words: str) -> None:
    with session() as db, pytest.raises(RuleRefused, match="E1572"):
        unit_named(db, words)


def test_one_bad_address_and_nothing_is_kept() -> None:
    with pytest.raises(RuleRefused, match="E1548"):
        name_addresses("乙厂", {"mail": "yi@factory.example.cn", "sms": "12345"}, by="张三")
    assert addresses() == {}

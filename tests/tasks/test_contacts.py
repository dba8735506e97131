"""Contacts one by one and by list, plans by their hash (C31)."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine, text

from models.database import session
from models.errors import InputRefused
from models.rules.contacts import Person
from tasks.contacts import import_contacts, list_contacts, name_contact, receive_plan
from tasks.received import find_kept
from tests.campaign.files import write_csv
from tests.make_targets import campaign_on_file

CAMPAIGN = campaign_on_file()
HERE = "450206"
HEADER = ("县区", "姓名", "电话", "邮箱", "机器人地址")
pytestmark = pytest.mark.usefixtures("installation")
ROWS = (
    ("柳江区", "王五", "0772-3210001", "wang@example.com", ""),
    ("三江县", "赵六", "", "", "wecombot://secret-key"),
    ("柳州市", "李主任", "13900000000", "li@example.com", ""),
    ("南宁市", "钱七", "", "", ""),
    ("柳北区", "", "", "", ""),
    ("柳江区", "孙八", "", "", ""),
)


def contact(office: str) -> dict[str, object]:
    return next(row for row in list_contacts(CAMPAIGN) if row["office"] == office)


def test_every_office_is_listed_and_one_without_a_contact_is_an_error_row() -> None:
    rows = list_contacts(CAMPAIGN)
    assert len(rows) == 11
    assert {row["code"] for row in rows} == {"E1291"}
    name_contact(CAMPAIGN, HERE, Person("王五", mail="wang@example.com"), by="张三")
    assert contact(HERE)["code"] is None
    assert contact(HERE)["name"] == "王五"


def test_an_earlier_contact_stays_and_the_same_one_changes_nothing(engine: Engine) -> None:
    assert name_contact(CAMPAIGN, HERE, Person("王五", phone="1"), by="张三")
    assert not name_contact(CAMPAIGN, HERE, Person("王五", phone="1"), by="李四")
    assert name_contact(CAMPAIGN, HERE, Person("赵六"), by="李四")
    with session(engine) as db:
        held = db.execute(text("SELECT name, ended_by FROM contact ORDER BY id")).all()
        trail = db.scalars(text("SELECT detail::text FROM event")).all()
    assert [tuple(row) for row in held] == [("王五", "李四"), ("赵六", None)]
    assert list(trail) == ['{"ways": ["phone"]}', '{"ways": []}']  # neither number nor address


def as_xlsx(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["柳州市职业健康工作联系人"])
    for row in (HEADER, *ROWS):
        sheet.append(list(row))
    book.save(path)
    return path


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_is_answered_row_by_row(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"联系人.{kind}"
    if kind == "csv":
        write_csv(path, HEADER, ROWS)
    else:
        as_xlsx(path)
    results = import_contacts(CAMPAIGN, path, by="张三")
    first = 2 if kind == "csv" else 3
    assert [(one.row_no, one.code) for one in results] == [
        (first, None),
        (first + 1, None),
        (first + 2, None),
        (first + 3, "E1230"),
        (first + 4, "E1291"),
        (first + 5, "E1291"),  # the county's second line
    ]
    assert contact(HERE)["mail"] == "wang@example.com"
    assert contact("450226")["bot"] == "wecombot://…"
    assert contact("450200")["name"] == "李主任"


def test_a_dry_run_names_nobody(tmp_path: Path) -> None:
    results = import_contacts(
        CAMPAIGN, write_csv(tmp_path / "联系人.csv", HEADER, ROWS), by="张三", rehearse=True
    )
    assert results[0].result == "已登记"
    assert contact(HERE)["code"] == "E1291"


@pytest.mark.parametrize(("header", "code"), [(("单位名称", "地址"), "E10"), ((), "E10")])
def test_a_file_without_its_columns_is_refused(tmp_path: Path, header: tuple[str, ...], code: str) -> None:
    path = write_csv(tmp_path / "别的.csv", header, [["甲", "乙"]] if header else [])
    with pytest.raises(InputRefused, match=code):
        import_contacts(CAMPAIGN, path, by="张三")


def test_a_plan_is_kept_by_its_hash_and_the_newest_counts(tmp_path: Path, installation: Path) -> None:
    for number in (1, 2):
        path = tmp_path / f"方案{number}.pdf"
        path.write_bytes(f"第 {number} 版".encode())
        sha256 = receive_plan(CAMPAIGN, HERE, path, on=date(2024, 7, number), by="张三")
        assert find_kept(sha256, installation).read_bytes() == path.read_bytes()
    assert (contact(HERE)["plan"], contact(HERE)["plan_sha256"]) == ("方案2.pdf", sha256)


@pytest.mark.parametrize(("content", "code"), [(None, "E1001"), (b"", "E1002")])
def test_no_file_is_no_plan(tmp_path: Path, content: bytes | None, code: str) -> None:
    path = tmp_path / "方案.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputRefused, match=code):
        receive_plan(CAMPAIGN, HERE, path, on=date(2024, 7, 1), by="张三")

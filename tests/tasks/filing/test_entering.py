"""Documents into declarations: registered, saved, checked, submitted; the same again is nothing new (F13, F16–F18)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text

from models.actions import review as acts
from models.database import session
from models.filing import DeclarationEvent, DeclarationVersion, FiledDeclaration, Registrant, Registration
from models.form.form import FormType
from tasks import review
from tasks.filing.entering import Entered, Outcome, Way, enter_files
from tasks.filing.issue import Wanted, issue_form
from tasks.filing.receipt import write_receipt
from tests.make_filings import COUNTY, make_entry
from tests.make_forms import CODE, DAY, OTHER, PARENT, make_document
from tests.make_targets import make_known

pytestmark = pytest.mark.usefixtures("installation")
NAME = "柳州市鑫鸿铸造有限公司"
Changes = Mapping[str, Any]


def write(path: Path, *documents: Changes) -> Path:
    """One document as it is, several as a list."""
    made = [make_document(changes) for changes in documents]
    path.write_text(json.dumps(made[0] if len(made) == 1 else made, ensure_ascii=False), "utf-8")
    return path


def handed_in(*paths: Path, submit: bool = True, rehearse: bool = False) -> list[Entered]:
    return enter_files(paths, Way("受理员", DAY, submit=submit, rehearse=rehearse))


def outcomes(entered: list[Entered]) -> list[str]:
    return [str(one.outcome) for one in entered]


def counts() -> tuple[int, int, int, int]:
    tables = (Registrant, FiledDeclaration, DeclarationVersion, DeclarationEvent)
    with session() as db:
        found = [db.scalar(text(f"SELECT count(*) FROM {one.__tablename__}")) for one in tables]
    return found[0], found[1], found[2], found[3]


def test_a_new_unit_is_registered_saved_and_submitted(tmp_path: Path) -> None:
    with session() as db:
        unit = make_known(db, name=NAME, name_key=NAME, credit_code=CODE, industry="3391", size="小").id
    (one,) = handed_in(write(tmp_path / "a.json", {}))
    assert (one.outcome, one.registered, one.state, one.findings) == (Outcome.SUBMITTED, True, "待审核", ())
    with session() as db:
        owner = db.get_one(Registrant, one.registrant)
        assert (owner.employer_id, owner.county, owner.state) == (unit, "450206", "待审核")
    assert review.verify_chains() == {}


def test_the_same_file_again_is_nothing_new(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", {})
    handed_in(path, submit=False)
    before = counts()
    assert outcomes(handed_in(path, submit=False)) == ["没有变动"]
    assert counts() == before == (1, 1, 1, 1)
    assert outcomes(handed_in(path)) == ["已提交"]
    assert outcomes(handed_in(path)) == ["没有变动"]
    assert counts() == (1, 1, 1, 2)


def test_an_older_file_again_does_not_lead_back(tmp_path: Path) -> None:
    old, new = write(tmp_path / "a.json", {}), write(tmp_path / "b.json", {"basics.headcount": 26})
    for _ in range(2):
        last = handed_in(tmp_path, submit=False)
    assert outcomes(last) == ["没有变动"] * 2
    assert counts() == (1, 1, 2, 2)
    assert old != new


def test_every_finding_at_once_and_the_draft_is_kept(tmp_path: Path) -> None:
    wrong = {"basics.exposed": 14, "basics.phone": None, "products": None}
    (one,) = handed_in(write(tmp_path / "a.json", wrong))
    assert (one.outcome, one.state) == (Outcome.WRONG, "暂存")
    assert [finding.code for finding in one.findings] == ["E1610", *["E1614"] * 3, "E1620"]
    (better,) = handed_in(write(tmp_path / "a.json", {}))
    assert (better.outcome, better.declaration, better.version) == (Outcome.SUBMITTED, one.declaration, 2)


REFUSED: dict[str, tuple[Changes, str, bool]] = {
    "no name": ({"basics.name": None}, "E1733", True),
    "no branch flag": ({"basics.is_branch": None}, "E1733", True),
    "a wrong code": ({"basics.credit_code": "914502007351484600"}, "E1676", False),
    "a county of the moon": ({"basics.county": "999999"}, "E1736", True),
    "a county of another city": ({"basics.county": "450102"}, "E1736", True),
    "a branch before its superior": (
        {"basics.is_branch": True, "basics.parent_code": CODE, "basics.name": "鑫鸿柳北分公司"},
        "E1615",
        False,
    ),
    "an unknown field": ({"basics.nickname": "x"}, "E1690", True),
    "the legal representative": ({"basics.法定代表人": "某人"}, "E1690", True),
}


@pytest.mark.parametrize(("changes", "code", "unreadable"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_taken_leaves_nothing(
    changes: Changes, code: str, unreadable: bool, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.json", {"basics.credit_code": OTHER, "basics.name": "别的单位"}, changes)
    good, bad = handed_in(path)
    assert (good.outcome, bad.outcome) == (Outcome.SUBMITTED, Outcome.REFUSED)
    assert (bad.code, bad.unreadable) == (code, unreadable)
    assert counts() == (1, 1, 1, 2)


def test_a_document_of_nobody_is_told_all_that_is_wrong_with_it(tmp_path: Path) -> None:
    """Whoever mends the county must not learn of the rest by the next refusal; what asks for the owner is not guessed."""
    wrong = {"basics.county": "999999", "basics.exposed": 14, "basics.phone": "138", "products": None}
    (one,) = handed_in(write(tmp_path / "a.json", wrong | {"type": "年度更新"}))
    assert (one.outcome, one.code) == (Outcome.REFUSED, "E1736")
    told = {finding.code for finding in one.findings}
    assert {"E1611", "E1614", "E1620"} <= told
    assert not {"E1615", "E1623"} & told


FILES: dict[str, tuple[str, bytes, str]] = {
    "no JSON": ("a.json", b"{", "E1690"),
    "GB18030": ("a.json", '{"type": "初次申报"}'.encode("gb18030"), "E1690"),
    "an empty list": ("a.json", b"[]", "E1735"),
    "a number": ("a.json", b"3", "E1690"),
    "a picture": ("a.png", b"\x89PNG", "E1735"),
    "with a byte order mark": ("a.json", b"\xef\xbb\xbf{}", "E1733"),
}


@pytest.mark.parametrize(("name", "content", "code"), FILES.values(), ids=FILES.keys())
def test_files_that_say_nothing(name: str, content: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    (one,) = handed_in(tmp_path / name)
    assert (one.code, one.unreadable) == (code, True)


def test_a_second_one_waits_for_the_first(tmp_path: Path) -> None:
    (first,) = handed_in(write(tmp_path / "a.json", {}))
    (second,) = handed_in(write(tmp_path / "b.json", {"basics.headcount": 26}))
    assert (second.outcome, second.code) == (Outcome.REFUSED, "E1601")
    assert first.declaration is not None
    review.reject(first.declaration, ["人数不符"], actor=COUNTY, on=DAY)
    (third,) = handed_in(tmp_path / "b.json")
    assert (third.outcome, third.declaration, third.version) == (Outcome.SUBMITTED, first.declaration, 2)


def test_a_rejected_one_handed_in_unchanged_stays_rejected(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", {})
    (one,) = handed_in(path)
    assert one.declaration is not None
    review.reject(one.declaration, ["人数不符"], actor=COUNTY, on=DAY)
    (again,) = handed_in(path)
    assert (again.outcome, again.state) == (Outcome.SAME, "已驳回")


def registered(**changes: Any) -> int:
    number = review.register(make_entry(**changes), by="韦一", on=DAY)
    review.decide_registration(number, Registration.APPROVED, actor=COUNTY, on=DAY)
    return number


# whose a document is: what is registered, what the document says, what comes of it
BRANCH = {"is_branch": True, "parent_code": CODE}
WHOSE: dict[str, tuple[list[dict[str, Any]], Changes, str]] = {
    "the principal": ([{}], {}, "1"),
    "the principal under a new name": ([{"name": "柳州市旧名铸造有限公司"}], {}, "1"),
    "a branch took the code": ([{"name": f"{NAME}柳北分公司"}], {}, "E1617"),
    "a branch with its superior's code": (
        [{}],
        {"basics.is_branch": True, "basics.parent_code": CODE},
        "new",
    ),
    "one of two such branches": (
        [{}, {**BRANCH, "name": "甲分公司"}, {**BRANCH, "name": "乙分公司"}],
        {"basics.name": "乙分公司", "basics.is_branch": True, "basics.parent_code": CODE},
        "3",
    ),
    "a branch with a code of its own": (
        [{"credit_code": PARENT, "is_branch": True}],
        {"basics.credit_code": PARENT, "basics.is_branch": True},
        "1",
    ),
}


@pytest.mark.parametrize(("known", "changes", "whose"), WHOSE.values(), ids=WHOSE.keys())
def test_whose_it_is(known: list[dict[str, Any]], changes: Changes, whose: str, tmp_path: Path) -> None:
    for entry in known:
        registered(**entry)
    (one,) = handed_in(write(tmp_path / "a.json", changes), submit=False)
    told = one.code or ("new" if one.registered else str(one.registrant))
    assert told == whose


def test_stopped_half_way_and_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The documents before the stop are in, the one at the stop is not, and a second run ends as one without a stop."""
    codes = (CODE, PARENT, OTHER)
    path = write(tmp_path / "a.json", *[{"basics.credit_code": one, "basics.name": one} for one in codes])
    taken = acts.submit
    calls: list[int] = []

    def stopped(*given: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return taken(*given, **named)

    monkeypatch.setattr(acts, "submit", stopped)
    with pytest.raises(KeyboardInterrupt):
        handed_in(path)
    assert counts() == (1, 1, 1, 2)
    assert outcomes(handed_in(path)) == ["没有变动", "已提交", "已提交"]
    assert counts() == (3, 3, 3, 6)
    assert review.verify_chains() == {}


def test_a_rehearsal_leaves_nothing(tmp_path: Path) -> None:
    (one,) = handed_in(write(tmp_path / "a.json", {}), rehearse=True)
    assert one.outcome is Outcome.SUBMITTED
    assert counts() == (0, 0, 0, 0)


def test_our_form_for_an_annual_update(tmp_path: Path) -> None:
    """Issued with what was approved last, filled in for the year, taken back under the same registration."""
    (first,) = handed_in(write(tmp_path / "a.json", {"products": {"secret": True}}))
    assert first.declaration is not None
    review.approve(first.declaration, actor=COUNTY, on=DAY)
    issued = issue_form(Wanted(registrant=first.registrant), tmp_path, DAY.replace(year=2025))
    assert (issued.name, issued.registrant) == (NAME, first.registrant)
    book = load_workbook(issued.file)
    shown = {line[0].value: line[1].value for line in book["基本信息"].iter_rows() if line[0].value}
    assert [shown[f"{title} *"] for title in ("申报类型", "申报年份", "所属地区")] == [
        "年度更新",
        2025,
        "柳江区",
    ]
    assert book["主要产品"]["B2"].value == "是"
    assert book["检测情况"]["B2"].value is None
    book["检测情况"]["B2"].value = "未检测"
    book["职业健康监护"]["B2"].value = "未开展"
    book.save(issued.file)
    (one,) = handed_in(issued.file)
    assert (one.outcome, one.registrant) == (Outcome.SUBMITTED, first.registrant)
    with session() as db:
        form = db.scalars(
            select(DeclarationVersion.form).order_by(DeclarationVersion.declaration_id.desc())
        ).first()
    assert form is not None
    assert (form["type"], form["products"]) == (FormType.ANNUAL, {"secret": True, "rows": []})


def test_a_form_of_another_unit_is_not_taken_for_it(tmp_path: Path) -> None:
    number = registered()
    issued = issue_form(Wanted(registrant=number), tmp_path, DAY)
    book = load_workbook(issued.file)
    for line in book["基本信息"].iter_rows():
        if line[0].value == "单位名称 *":
            line[1].value = "别的单位"
        if line[0].value == "统一社会信用代码 *":
            line[1].value = OTHER
    book.save(issued.file)
    (one,) = handed_in(issued.file)
    assert one.code == "E1739"
    assert counts()[1] == 0


def test_a_unit_of_the_database_gets_its_facts(tmp_path: Path) -> None:
    with session() as db:
        unit = make_known(
            db, name=NAME, name_key=NAME, credit_code=CODE, phone="13807720009", town="450206100"
        )
    issued = issue_form(Wanted(unit=str(unit.id)), tmp_path, DAY)
    page = load_workbook(issued.file)["基本信息"]
    shown = {str(line[0].value).removesuffix(" *"): line[1].value for line in page.iter_rows()}
    told = [shown[title] for title in ("申报类型", "单位名称", "所属地区", "行业分类", "手机号码")]
    assert told == ["初次申报", NAME, "柳江区", "3110 炼铁", None]


def test_the_receipt_says_everything(tmp_path: Path) -> None:
    wrong = {"basics.exposed": 14, "basics.credit_code": OTHER, "basics.name": "=1+1"}
    entered = handed_in(write(tmp_path / "a.json", {}, wrong, {"basics.name": None}))
    book = load_workbook(write_receipt(entered, tmp_path / "回执.xlsx"))
    rows = list(book["逐份结果"].iter_rows(values_only=True))[1:]
    assert [(row[2], row[4]) for row in rows] == [(NAME, "已提交"), ("=1+1", "须改正"), (None, "未接收")]
    found = list(book["检查发现"].iter_rows(values_only=True))[1:]
    assert [(row[4], row[5]) for row in found if row[4] == "E1610"] == [("E1610", "基本信息·单位名称")]
    assert {row[4] for row in found} == {"E1610", "E1614"}
    assert not [one for page in book for line in page.iter_rows() for one in line if one.data_type == "f"]

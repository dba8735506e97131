"""`yingbao review` as offices use it: who acts, what is refused with which code, one JSON document each."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from deployments.cli.review import app
from models.database import session
from models.errors import InputRefused, RuleRefused, UsageTrouble, YingbaoError
from models.target import Target
from tests.make_filings import COUNTY, do, make_declaration, make_registrant
from tests.make_forms import CODE, OTHER, PARENT
from tests.make_targets import make_known

pytestmark = pytest.mark.usefixtures("installation")
DAY, LATER = date(2024, 9, 2), date(2024, 9, 10)
ON = ("--on", "2024-09-03", "--by", "李四")
LIUJIANG, LIUBEI, CITY = ("--as", "柳江区"), ("--as", "450205"), ("--as", "市级")
CODES = {"甲厂": CODE, "乙厂": PARENT, "丙厂": OTHER}


def run(*words: str, code: int = 0) -> Any:
    answer = CliRunner().invoke(app, [*words, "--json"])
    if answer.exception and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    assert answer.exit_code == code, answer.output
    return json.loads(answer.stdout)


def told(*words: str) -> str:
    answer = CliRunner().invoke(app, list(words))
    if answer.exception and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer.output


def filed(*acts: str, name: str = "甲厂", on: date = DAY, unit: int | None = None) -> str:
    """The number of a declaration that was submitted, and led on by `acts`."""
    with session() as db:
        owner = make_registrant(db, name=name, credit_code=CODES[name], unit=unit)
        changes = {"basics.name": name, "basics.credit_code": CODES[name]}
        return str(make_declaration(db, owner.id, "提交", *acts, on=on, changes=changes).id)


def state(number: str) -> str:
    with session() as db:
        return str(db.scalar(text("SELECT state FROM filed_declaration WHERE id = :n"), {"n": int(number)}))


def test_from_approval_to_rejection_by_way_of_the_city() -> None:
    """M03, M07: the city objects, the county revokes and rejects with every reason at once."""
    number = filed()
    run("approve", number, *LIUJIANG, *ON)
    asked = run("object", number, *CITY, "--reason", "人数偏低", *ON)
    assert asked["due_on"] == "2024-09-10"  # five working days
    (line,) = run("list", *LIUJIANG, "--as-of", "2024-09-11")
    assert (line["objection_due_on"], line["overdue"], line["operations"]) == (
        "2024-09-10",
        True,
        ["查看", "撤销"],
    )
    run("revoke", number, *LIUJIANG, "--reason", "人数有误", *ON)
    done = run("reject", number, *LIUJIANG, "--reason", "接害人数偏低", "--reason", "缺检测报告", *ON)
    assert done["reasons"] == ["接害人数偏低", "缺检测报告"]
    shown = run("show", number, *LIUJIANG, "--as-of", "2024-09-03")
    assert [step["act"] for step in shown["history"]] == ["暂存", "提交", "审核通过", "撤销", "审核不通过"]
    assert shown["objections"][0]["closing"] == "revoked"
    assert run("verify") == []


def test_approving_says_that_the_entry_still_waits() -> None:
    """Until it is approved no branch can register with the code (F16)."""
    number = filed()
    assert run("approve", number, *LIUJIANG, *ON)["registration_waiting"] is None
    with session() as db:
        owner = make_registrant(db, name="乙厂", credit_code=CODES["乙厂"], approved=False)
        changes = {"basics.name": "乙厂", "basics.credit_code": CODES["乙厂"]}
        waiting = make_declaration(db, owner.id, "提交", changes=changes).id
    assert f"register-approve {owner.id}" in told("approve", str(waiting), *LIUJIANG, *ON)


def test_an_objection_may_name_its_day_and_be_withdrawn() -> None:
    number = filed("审核通过")
    asked = run("object", number, "--as", "自治区", "--reason", "x", "--due", "2024-09-30", *ON)
    assert asked["due_on"] == "2024-09-30"
    run("withdraw-objection", number, "--as", "自治区", *ON)
    assert run("list", *LIUJIANG, "--as-of", "2024-09-12") == []


@pytest.mark.parametrize(
    ("words", "error", "code"),
    [
        pytest.param(("approve", "{}", *LIUBEI), RuleRefused, "E1607", id="别县区"),
        pytest.param(("approve", "{}", *CITY), RuleRefused, "E1606", id="市级不审核"),
        pytest.param(("approve", "{}", "--as", "单位:1"), RuleRefused, "E1604", id="用人单位"),
        pytest.param(("approve", "{}", "--as", "单位：99"), RuleRefused, "E1603", id="别的单位"),
        pytest.param(("approve", "{}", "--as", "在线咨询"), RuleRefused, "E1701", id="在线咨询"),
        pytest.param(("approve", "{}", "--as", "南宁市"), UsageTrouble, "E1700", id="不知道是谁"),
        pytest.param(("approve", "999", *LIUJIANG), RuleRefused, "E1670", id="没有这一条"),
        pytest.param(("reject", "{}", *LIUJIANG, "--reason", " "), RuleRefused, "E1608", id="没有原因"),
        pytest.param(("revoke", "{}", *LIUJIANG, "--reason", "x"), RuleRefused, "E1602", id="还没审核"),
        pytest.param(("object", "{}", *CITY, "--reason", "x"), RuleRefused, "E1674", id="还没审核就异议"),
        pytest.param(("object", "{}", *LIUJIANG, "--reason", "x"), RuleRefused, "E1674", id="县区不提异议"),
        pytest.param(("withdraw-objection", "{}", *CITY), RuleRefused, "E1675", id="没有异议"),
        pytest.param(("approve", "{}", *LIUJIANG, "--on", "2999-01-01"), RuleRefused, "E1261", id="将来"),
        pytest.param(("approve", "{}", *LIUJIANG, "--on", "2024-09-01"), RuleRefused, "E1673", id="早于提交"),
        pytest.param(("approve", "{}", *LIUJIANG, "--on", "9月3日"), UsageTrouble, "E1041", id="日期"),
        pytest.param(("second-look", "{}", *LIUJIANG, "--confirm"), RuleRefused, "E1710", id="没抽到"),
        pytest.param(("second-look", "{}", *LIUJIANG), UsageTrouble, "E1714", id="复看没说结果"),
        pytest.param(("register-return", "1", *CITY, "--reason", "x"), RuleRefused, "E1607", id="市级退回"),
        pytest.param(("search", "厂"), UsageTrouble, "E1709", id="一个字"),
    ],
)
def test_what_is_refused(words: tuple[str, ...], error: type[YingbaoError], code: str) -> None:
    number = filed()
    with pytest.raises(error) as refused:
        run(*(word.format(number) for word in words), *() if words[0] == "search" else ("--by", "李四"))
    assert refused.value.code == code
    assert refused.value.exit_code == {RuleRefused: 4, UsageTrouble: 2, InputRefused: 3}[error]
    assert state(number) == "待审核"


def test_the_list_is_in_the_order_of_urgency() -> None:
    """Overdue first, then by the day due, and on one day by the campaign's order of work (C21)."""
    with session() as db:
        units = {name: make_known(db, name=name).id for name in CODES}
        for name, order in {"甲厂": 7, "乙厂": 3}.items():
            db.add(target_of(units[name], order))
    late = filed(name="丙厂", on=date(2024, 8, 20), unit=units["丙厂"])
    second = filed(name="甲厂", on=date(2024, 9, 5), unit=units["甲厂"])
    first = filed(name="乙厂", on=date(2024, 9, 5), unit=units["乙厂"])
    lines = run("list", *LIUJIANG, "--as-of", "2024-09-10")
    assert [str(line["number"]) for line in lines] == [late, first, second]
    assert [line["days_late"] for line in lines] == [14, 0, 0]
    assert [line["work_order"] for line in lines] == [None, 3, 7]
    (line,) = run("list", *LIUJIANG, "--overdue", "--as-of", "2024-09-10")
    assert str(line["number"]) == late


def target_of(unit: int, order: int) -> Target:
    row: dict[str, Any] = {"rule": "sector", "in_r": True, "declared": False, "pending": False}
    row |= {"unsure": False, "programmes": [], "found": [], "indicators": [], "work_order": order}
    return Target(campaign="liuzhou-2024-2025", employer_id=unit, **row)


def test_filters_of_the_list() -> None:
    waiting, approved = filed(name="甲厂"), filed("审核通过", name="乙厂")
    seen = {
        words: [str(line["number"]) for line in run("list", *words, "--as-of", "2024-09-03")]
        for words in (
            LIUJIANG,
            (*LIUJIANG, "--all"),
            (*LIUJIANG, "--state", "已审核"),
            (*CITY, "--county", "柳江区"),
            (*CITY, "--county", "柳北区", "--all"),
            (*LIUBEI, "--all"),
        )
    }
    assert list(seen.values()) == [[waiting], [waiting, approved], [approved], [waiting], [], []]


def test_a_declaration_is_shown_beside_what_is_known() -> None:
    with session() as db:
        unit = make_known(db, name="甲厂", credit_code=CODE, headcount=90, industry="3391", size="小").id
    number = filed("审核通过", unit=unit)
    with session() as db:
        owner = db.scalar(text("SELECT registrant_id FROM filed_declaration"))
        changes = {"basics.name": "甲厂", "basics.exposed": 21, "type": "年度更新", "basics.headcount": 26}
        again = make_declaration(db, owner or 0, "提交", on=LATER, changes=changes)
    shown = run("show", str(again.id), *LIUJIANG, "--as-of", "2024-09-11")
    lines = {line["path"]: line for line in shown["lines"]}
    assert lines["basics.exposed"] == {
        "section": "基本信息",
        "title": "接害总人数（含外委）",
        "path": "basics.exposed",
        "value": "21",
        "database": None,
        "last": "20",
    }
    assert (lines["basics.headcount"]["database"], lines["basics.headcount"]["last"]) == ("90", "25")
    assert lines["hazards.dust.factors.0.name"]["title"] == "粉尘·危害因素第1行·危害因素名称"
    assert [finding["code"] for finding in shown["findings"]] == ["E1630", "E1635"]
    printed = told("show", str(again.id), *LIUJIANG, "--as-of", "2024-09-11")
    for words in (
        "基本信息",
        "危害因素种类",
        "职业健康监护开展情况",
        "检查结果",
        "办理经过",
        "注册经过",
        "柳江区",
        "拉堡镇",
        "已检测",
        "3391 黑色金属铸造",
    ):
        assert words in printed
    assert str(again.id) != number


def test_what_a_day_did_not_know_is_not_shown() -> None:
    number = filed()
    with session() as db:
        do(db, find(db, number), "审核通过", on=LATER)
    assert run("show", number, *LIUJIANG, "--as-of", "2024-09-05")["state"] == "待审核"
    assert run("show", number, *LIUJIANG, "--as-of", "2024-09-10")["state"] == "已审核"
    with pytest.raises(RuleRefused, match="E1711"):
        run("show", number, *LIUJIANG, "--as-of", "2024-09-01")
    with pytest.raises(RuleRefused, match="E1712"):
        run("show", number, *LIUBEI, "--as-of", "2024-09-10")


def find(db: Any, number: str) -> Any:
    from models.queries.filings import find_declaration

    return find_declaration(db, int(number))


def test_a_tampered_history_is_told_with_an_exit_code() -> None:
    number = filed()
    with session() as db:
        db.execute(text("ALTER TABLE declaration_event DISABLE TRIGGER USER"))
        db.execute(text("UPDATE declaration_event SET by = '别人' WHERE number = 2"))
        db.execute(text("ALTER TABLE declaration_event ENABLE TRIGGER USER"))
    assert [(one["number"], one["step"]) for one in run("verify", code=4)] == [(int(number), 2)]
    assert run("show", number, *LIUJIANG, "--as-of", "2024-09-03")["faults"] == ["被改动过"]


def test_registrations_are_decided() -> None:
    with session() as db:
        number = str(make_registrant(db, approved=False).id)
    (entry,) = run("registrations", "--state", "待审核")
    assert (str(entry["number"]), entry["county"]) == (number, COUNTY.code)
    run("register-approve", number, *LIUJIANG, *ON)
    run("register-return", number, *LIUJIANG, "--reason", "误用总公司代码", *ON)
    assert run("registrations", "--county", "柳江区")[0]["state"] == "已退回"
    assert "已退回" in told("registrations")

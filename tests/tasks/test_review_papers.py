"""Papers of declarations in the database: whose they are, what tampering does, the 补正告知 with all reasons and once."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from models.actions.notice_contacts import refuse_contact, set_address
from models.clock import SHANGHAI
from models.database import session
from models.errors import RuleRefused
from models.filing import Source
from models.form.form import Form
from tasks import review
from tasks.outbox import list_messages
from tasks.review_papers import print_form, print_receipt, put_mails, write_notices
from tasks.review_papers.corrections import correction_of
from tests.make_filings import COUNTY, do, employer, make_declaration, make_registrant
from tests.make_forms import DAY, make_form
from tests.make_targets import campaign_on_file, make_known
from tests.notices.pdf_facts import text_of

pytestmark = pytest.mark.usefixtures("installation")
MONDAY_NIGHT = datetime(2024, 9, 2, 22, 0, tzinfo=SHANGHAI)
FACTS: dict[str, Any] = {"name": "柳州市鑫鸿铸造有限公司", "industry": "3391", "headcount": 90, "size": "中"}
MAIL = "wei@xinhong.example.cn"


def filed(*acts: str, unit: int | None = None, **how: Any) -> int:
    with session() as db:
        return make_declaration(db, make_registrant(db, unit=unit).id, *acts, **how).id


def unit(mail: str | None = MAIL) -> int:
    with session() as db:
        made = make_known(db, **FACTS).id
        if mail:
            set_address(db, made, "mail", mail, by="李四")
        return made


def words(path: Path) -> str:
    return "".join(map(text_of, PdfReader(path).pages))


def head(number: int) -> str:
    with session() as db:
        return str(db.scalar(text("SELECT head FROM filed_declaration WHERE id = :n"), {"n": number}))


def notices(folder: Path, *numbers: int, **how: Any) -> list[tuple[bool, str]]:
    made = write_notices(campaign_on_file(), numbers, folder, at=MONDAY_NIGHT, **how)
    return [(one.mailed, one.mail) for one in made]


@pytest.mark.parametrize(
    ("acts", "said", "draft"),
    [
        pytest.param((), "状态暂存", True, id="draft"),
        pytest.param(("提交",), "状态待审核", False, id="submitted"),
        pytest.param(("提交", "审核通过"), "状态已审核", False, id="approved"),
        pytest.param(("提交", "审核不通过"), "状态已驳回", False, id="rejected"),
    ],
)
def test_the_form_of_each_state(acts: tuple[str, ...], said: str, draft: bool, tmp_path: Path) -> None:
    number = filed(*acts)
    told = words(print_form(campaign_on_file(), number, tmp_path).path)
    assert said in told
    assert ("草稿" in told) == draft
    assert f"校验码{head(number)[:16]}" in told
    assert "所属地区柳江区拉堡镇" in told
    assert "行业分类3391黑色金属铸造" in told
    assert "审核机关柳江区卫生健康局" in told


def test_an_edited_rejection_is_a_draft_of_its_own_version(tmp_path: Path) -> None:
    number = filed("提交", "审核不通过")
    with session() as db:
        owner = db.scalar(text("SELECT registrant_id FROM filed_declaration"))
    review.edit(number, make_form({"basics.name": "改名厂"}), actor=employer(owner), on=DAY)
    told = words(print_form(campaign_on_file(), number, tmp_path).path)
    assert "单位名称改名厂" in told
    assert "草稿" in told
    assert "申报编号1第2版已驳回" in told


def test_a_skeleton_of_the_old_system_prints_as_a_draft(tmp_path: Path) -> None:
    number = filed(form=Form(basics=make_form().basics))
    told = words(print_form(campaign_on_file(), number, tmp_path).path)
    assert told.count("（本部分未填写）") == 4
    assert "草稿" in told


@pytest.mark.parametrize(
    ("products", "on_receipt", "on_form"),
    [
        pytest.param({"rows": [{"name": "铸件", "output": "1", "unit": "吨"}]}, "主要产品1种，见申报表", "计量单位1铸件1吨", id="products"),
        pytest.param({"rows": [{"name": "无", "output": "0", "unit": "无"}]}, "主要产品无", "计量单位1无0无", id="nothing"),
        pytest.param({"secret": True}, "主要产品涉密", "二、主要产品军工等涉密产品是主要产品涉密三、", id="secret"),
    ],
)  # fmt: skip
def test_form_and_receipt_of_the_three_product_cases(
    products: Any, on_receipt: str, on_form: str, tmp_path: Path
) -> None:
    number = filed("提交", "审核通过", changes={"products": products})
    told = words(print_receipt(campaign_on_file(), number, tmp_path).path)
    assert on_receipt in told
    assert "2024年9月2日审核通过" in told
    assert f"校验码：{head(number)[:16]}" in told
    assert "铸件" not in told
    assert on_form in words(print_form(campaign_on_file(), number, tmp_path).path)


@pytest.mark.parametrize(
    "acts", [(), ("提交",), ("提交", "审核不通过"), ("提交", "审核通过", "撤销")], ids=str
)
def test_no_receipt_for_what_is_not_approved(acts: tuple[str, ...], tmp_path: Path) -> None:
    number = filed(*acts)
    with pytest.raises(RuleRefused, match="E1763"):
        print_receipt(campaign_on_file(), number, tmp_path)
    assert not list(tmp_path.glob("*"))


def test_nothing_is_printed_of_a_tampered_history(tmp_path: Path) -> None:
    number = filed("提交", "审核通过")
    with session() as db:
        db.execute(text("ALTER TABLE declaration_event DISABLE TRIGGER USER"))
        db.execute(text("UPDATE declaration_event SET by = '别人' WHERE number = 3"))
        db.execute(text("ALTER TABLE declaration_event ENABLE TRIGGER USER"))
    for paper in (print_form, print_receipt):
        with pytest.raises(RuleRefused, match=r"E1765 .*第3步：被改动过"):
            paper(campaign_on_file(), number, tmp_path)


def test_a_reviewer_nobody_knows_has_no_bureau(tmp_path: Path) -> None:
    number = filed("提交")
    with session() as db:
        db.execute(text("UPDATE registrant SET reviewer = '450399'"))
    with pytest.raises(RuleRefused, match="E1762"):
        print_form(campaign_on_file(), number, tmp_path)


def test_the_notice_says_everything_at_once(tmp_path: Path) -> None:
    number = filed("提交", "审核不通过", unit=unit(), changes={"basics.exposed": 14})
    assert notices(tmp_path, number) == [(True, "已放入发件箱")]
    (path,) = tmp_path.glob("*.pdf")
    told = words(path)
    assert len(PdfReader(path).pages) == 1
    for said in ("职业病危害项目申报补正告知书", "你单位于2024年9月2日提交", "1.人数不符2.缺检测报告", "1必须改正危害因素种类·粉尘·接触总人数15", "请核实基本信息·企业规模小中",
                 "申报的规模是小型，数据库是中型", "三、请你单位", f"在申报编号{number}的申报表上逐项改正，交回我局重新提交",
                 "在5个工作日内审核", "柳江区卫生健康局2024年9月2日"):  # fmt: skip
        assert said in told
    (message,) = list_messages()
    assert (message["state"], message["office"]) == ("waiting", "450206")
    with session() as db:
        body = str(db.scalar(text("SELECT body FROM message")))
    for said in ("1. 人数不符\n2. 缺检测报告", "【请核实】基本信息·企业规模：申报为“小”，对照为“中”。"):
        assert said in body


def test_once_for_each_rejection(tmp_path: Path) -> None:
    """Written as often as asked for; mailed once, and once more for the next rejection."""
    number = filed("提交", "审核不通过", unit=unit())
    assert notices(tmp_path, number, rehearse=True) == [(True, "已放入发件箱")]
    assert list_messages() == []
    assert notices(tmp_path) == [(True, "已放入发件箱")]
    assert notices(tmp_path, number) == [(False, "以前已放入发件箱")]
    assert [one.mailed for one in put_mails(campaign_on_file(), at=MONDAY_NIGHT)] == [False]
    with session() as db:
        from models.filing import FiledDeclaration

        held = db.get_one(FiledDeclaration, number)
        do(db, held, "提交", on=date(2024, 9, 3))
    assert notices(tmp_path, number) == [(False, "不再发：这一条现在是“待审核”")]
    review.reject(number, ["仍缺报告"], actor=COUNTY, on=date(2024, 9, 4))
    assert [one.mailed for one in put_mails(campaign_on_file(), at=MONDAY_NIGHT)] == [True]
    assert len(list_messages()) == 2
    assert len(list(tmp_path.glob("*.pdf"))) == 1


@pytest.mark.parametrize(
    ("mail", "refused", "told"),
    [
        pytest.param(None, False, "不能发：没有登记的邮箱", id="no address"),
        pytest.param(MAIL, True, "不能发：在免打扰名单上", id="wants none"),
    ],
)
def test_who_cannot_be_mailed_is_told(mail: str | None, refused: bool, told: str, tmp_path: Path) -> None:
    known = unit(mail)
    if refused:
        with session() as db:
            refuse_contact(db, known, None, by="李四", reason="来电")
    filed("提交", "审核不通过", unit=known)
    ((mailed, said),) = notices(tmp_path)
    assert not mailed
    assert said.startswith(told)
    assert list_messages() == []


def test_an_address_of_a_merged_unit_still_serves(tmp_path: Path) -> None:
    old, new = unit(), unit(None)
    with session() as db:
        db.execute(text("UPDATE employer SET merged_into = :new WHERE id = :old"), {"new": new, "old": old})
    filed("提交", "审核不通过", unit=old)
    assert notices(tmp_path) == [(True, "已放入发件箱")]


def test_a_secret_is_kept_out_of_what_the_county_wrote(tmp_path: Path) -> None:
    """The first version named the product, the second is secret: no paper and no mail repeats the name."""
    number = filed("提交", "审核不通过", unit=unit(), changes={"products.rows.0.name": "鲲鹏壳体"})
    with session() as db:
        owner = db.scalar(text("SELECT registrant_id FROM filed_declaration"))
    secret = make_form({"products": {"secret": True}})
    review.edit(number, secret, actor=employer(owner), on=DAY)
    review.submit(number, actor=employer(owner), on=DAY)
    review.reject(number, ["鲲鹏壳体的产量请说明"], actor=COUNTY, on=DAY)
    assert notices(tmp_path, number) == [(True, "已放入发件箱")]
    print_form(campaign_on_file(), number, tmp_path)
    told = "".join(words(path) + path.name for path in tmp_path.glob("*.pdf"))
    with session() as db:
        told += str(db.scalar(text("SELECT subject || body FROM message")))
    assert "鲲鹏" not in told
    assert "（涉密）的产量请说明" in told


def test_only_a_rejection_has_a_notice(tmp_path: Path) -> None:
    with pytest.raises(RuleRefused, match="E1766"):
        notices(tmp_path, filed("提交", "审核通过"))
    assert notices(tmp_path) == []


@pytest.mark.parametrize(
    ("acts", "code"), [(("审核通过",), "E1763"), (("审核不通过",), "E1766")], ids=["receipt", "notice"]
)
def test_a_platforms_decision_is_the_platforms_to_tell(
    acts: tuple[str, ...], code: str, tmp_path: Path
) -> None:
    number = filed("提交", *acts, unit=unit())
    with session() as db:
        db.execute(text("UPDATE filed_declaration SET source = 'platform', source_key = 'SB1'"))
    with pytest.raises(RuleRefused, match=f"{code} .*平台"):
        print_receipt(campaign_on_file(), number, tmp_path) if code == "E1763" else notices(tmp_path, number)
    assert notices(tmp_path) == []


def test_it_is_about_the_version_that_was_rejected() -> None:
    number = filed("提交", "审核不通过", unit=unit())
    with session() as db:
        owner = db.scalar(text("SELECT registrant_id FROM filed_declaration"))
        assert db.scalar(text("SELECT source FROM filed_declaration")) == Source.FILED
    review.edit(number, make_form({"basics.size": "中"}), actor=employer(owner), on=DAY)
    with session() as db:
        made = correction_of(db, campaign_on_file(), number)
    assert made.version == 1
    assert [one.found for one in made.remarks if one.field.endswith("企业规模")] == ["小"]

"""申报表 and 回执 as PDFs: text is data in the three product cases of F23, a secret shows nothing, nothing is cut."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from models.form.basics import Basics
from models.form.form import Form, stored
from models.form.products import Product, Products
from notices.declaration_form import FormSheet, form_paper
from notices.declaration_receipt import ReceiptSheet, receipt_paper
from notices.paper import Paper, print_paper, print_papers
from tests.make_forms import make_form
from tests.notices.pdf_facts import fonts_of, glyph_numbers, text_of

SEAL = "0123456789abcdef" * 4
FULL = {
    "basics.filled_by": "覃工",
    "basics.trained": 19,
    "reason": "技术改造",
    "event_on": "2024-08-20",
    "surveillance.rows.0.before_due": 3,
}
PRODUCTS: dict[str, Any] = {
    "products": {"rows": [{"name": "铸件", "output": "1200.5", "unit": "吨"}, {"name": "模具", "output": "7", "unit": "套"}]},
    "nothing": {"rows": [{"name": "无", "output": "0", "unit": "无"}]},
    "secret": {"secret": True},
}  # fmt: skip


def sheet(form: Form, **changes: Any) -> FormSheet:
    given: dict[str, Any] = {
        "number": 12, "version": 2, "state": "已审核", "draft": False, "seal": SEAL, "steps": 4,
        "filed_on": date(2024, 9, 2), "decided_on": date(2024, 9, 4), "bureau": "柳江区卫生健康局",
        "place": "柳江区拉堡镇", "industry": "3391 黑色金属铸造", "form": form,
    }  # fmt: skip
    return FormSheet(**given | changes)


def receipt(**changes: Any) -> ReceiptSheet:
    given: dict[str, Any] = {
        "number": 12, "version": 2, "seal": SEAL, "employer": "柳州市鑫鸿铸造有限公司", "code": "91450200735148460A",
        "type": "年度更新", "filed_on": date(2024, 9, 2), "approved_on": date(2024, 9, 4), "bureau": "柳江区卫生健康局",
        "workplace": "柳堡路1号", "industry": "3391 黑色金属铸造", "hazards": ("粉尘（矽尘）",), "exposed": 20,
        "products": "涉密",
    }  # fmt: skip
    return ReceiptSheet(**given | changes)


def printed(paper: Paper, folder: Path) -> tuple[str, Path, int]:
    """Text of all pages; every face embedded, no box for a missing glyph, whatever is printed."""
    made = print_paper(paper, folder)
    fonts = fonts_of(made.path)
    assert fonts == dict.fromkeys(fonts, True)
    assert set(fonts) <= {"yb-fang", "yb-song", "yb-hei"}
    assert 0 not in glyph_numbers(made.path)
    assert not list(folder.glob(".*"))
    pages = PdfReader(made.path).pages
    assert len(pages) == made.pages
    return "".join(map(text_of, pages)), made.path, made.pages


def words_of(document: Any) -> list[str]:
    """Every text and figure of a stored document; keys and switches are worded by the form itself."""
    if isinstance(document, dict):
        return [word for key, value in document.items() if key not in IN_WORDS for word in words_of(value)]
    if isinstance(document, list):
        return [word for value in document for word in words_of(value)]
    return [] if isinstance(document, bool) else [re.sub(r"\s", "", str(document))]


IN_WORDS = {"format", "county", "town", "industry", "event_on"}


@pytest.mark.parametrize("case", PRODUCTS)
def test_the_form_says_what_the_document_says(case: str, tmp_path: Path) -> None:
    form = make_form({**FULL, "products": PRODUCTS[case]})
    text, path, _ = printed(form_paper(sheet(form)), tmp_path)
    document = stored(form)
    kinds = {row.pop("of") for row in document["surveillance"]["rows"]}
    assert kinds == {"dust"}
    assert [word for word in words_of(document) if word not in text] == []
    for said in ("■初次申报", "□变更申报", "起算日期2024年8月20日", "柳江区拉堡镇", "3391黑色金属铸造", "法定代表人（签字）",
                 "粉尘合计有15", "粉尘矽尘12", "化学因素合计无0", "主要负责人培训有", "职业卫生管理人员培训无", "是否分支机构否",
                 "状态已审核", "审核机关柳江区卫生健康局", "办理步数4", "校验码0123456789abcdef"):  # fmt: skip
        assert said in text
    assert ("涉密" in text.replace("军工等涉密产品", "")) == (case == "secret")
    assert "草稿" not in text
    assert SEAL not in text
    assert PdfReader(path).metadata.author == form.basics.name
    for name, info in Basics.model_fields.items():
        value = getattr(form.basics, name)
        if name not in IN_WORDS and not isinstance(value, bool) and value is not None:
            assert f"{info.title}{value}" in text


@pytest.mark.parametrize("paper", ["form", "receipt"])
def test_a_secret_never_shows(paper: str, tmp_path: Path) -> None:
    """Even a document that slipped past its own check: whole text, titles and every other string of the file."""
    told = Products.model_construct(
        secret=True, rows=(Product.model_validate({"name": "鲲鹏导弹壳体", "output": 98765, "unit": "枚"}),)
    )
    form = make_form().model_copy(update={"products": told})
    made = form_paper(sheet(form)) if paper == "form" else receipt_paper(receipt())
    text, path, _ = printed(made, tmp_path)
    reader = PdfReader(path)
    everything = text + str(reader.metadata) + str(reader.xmp_metadata) + str(reader.trailer) + path.name
    assert not [word for word in ("鲲鹏", "导弹", "壳体", "98765", "枚") if word in everything]
    assert "主要产品涉密" in text


def test_a_draft_says_so_on_every_page(tmp_path: Path) -> None:
    text, path, pages = printed(form_paper(sheet(make_form(), draft=True, state="暂存")), tmp_path)
    assert text.count("草稿") == pages == len(PdfReader(path).pages)


def test_a_skeleton_of_the_old_system_prints(tmp_path: Path) -> None:
    """F25: all but the basic facts is missing, and that is said."""
    form = Form(basics=make_form({"basics.phone": None}).basics)
    text, _, _ = printed(form_paper(sheet(form, filed_on=None, decided_on=None)), tmp_path)
    assert text.count("（本部分未填写）") == 4
    assert "手机号码未填" in text
    assert "申报日期—" in text
    assert "□初次申报" in text
    assert "None" not in text


def test_no_page_holds_a_last_sentence_alone(tmp_path: Path) -> None:
    """However many lines go before, the record of the review and the words under it stay together."""
    lengths = range(41, 47)
    many = [[{"name": f"第{at:02d}号粉尘", "exposed": 1} for at in range(length)] for length in lengths]
    papers = [form_paper(sheet(make_form({"hazards.dust.factors": rows}), number=len(rows))) for rows in many]
    last = [text_of(PdfReader(made.path).pages[-1]) for made in print_papers(papers, tmp_path)]
    assert [text for text in last if "六、审核记录" not in text] == []


def test_five_hundred_lines_repeat_their_headings_and_lose_none(tmp_path: Path) -> None:
    rows = [{"name": f"第{at:03d}号产品", "output": str(at), "unit": "吨"} for at in range(500)]
    factors = [{"name": f"第{at:03d}号粉尘", "exposed": 1} for at in range(500)]
    form = make_form({"products": {"rows": rows}, "hazards.dust.factors": factors})
    text, path, pages = printed(form_paper(sheet(form)), tmp_path)
    assert [row["name"] for row in [*rows, *factors] if row["name"] not in text] == []
    headings = re.compile("产品名称年产量|种类危害因素名称")
    heads = [headings.search(text_of(page)) for page in PdfReader(path).pages]
    assert pages > 30
    assert all(heads[1:-1])
    assert f"第{pages}页共{pages}页" in text


@pytest.mark.parametrize(
    "path", ["basics.name", "basics.economic_type", "products.rows.0.unit", "hazards.dust.factors.0.name"]
)
@pytest.mark.parametrize("char", ["长", "W"], ids=["汉字", "no place to break"])
def test_the_longest_text_is_not_cut(path: str, char: str, tmp_path: Path) -> None:
    form = make_form({path: char * 499 + "尾"})
    text, _, _ = printed(form_paper(sheet(form)), tmp_path)
    foot = re.compile(
        r"申报编号12第2版已审核校验码0123456789abcdef|第\d+页共\d+页|序号产品名称年产量计量单位"
    )
    assert foot.sub("", text).count(char) >= 499
    assert "尾" in text


def test_rare_characters_print_and_missing_ones_are_told(tmp_path: Path) -> None:
    form = make_form({"basics.name": "柳州镕堃䶮𬭎厂", "basics.contact": "韦\U00031350"})
    text, _, _ = printed(form_paper(sheet(form)), tmp_path)
    assert "柳州镕堃䶮𬭎厂" in text
    assert "联系人韦〓" in text
    assert "“〓”是字库没有的字，依次为：U+31350。" in text
    assert "字库没有" not in printed(form_paper(sheet(make_form())), tmp_path)[0]


@pytest.mark.parametrize("products", ["涉密", "无", "2种，见申报表"])
def test_the_receipt(products: str, tmp_path: Path) -> None:
    text, _, pages = printed(receipt_paper(receipt(products=products)), tmp_path)
    assert pages == 1
    for said in ("职业病危害项目申报回执", "申报编号：12", "你单位于2024年9月2日申报", "（年度更新）", "2024年9月4日审核通过",
                 "自收到申报文件、资料之日起5个工作日内，出具《职业病危害项目申报回执》", f"主要产品{products}",
                 "柳江区卫生健康局2024年9月4日", "校验码：0123456789abcdef"):  # fmt: skip
        assert said in text


def test_a_longer_receipt_is_set_smaller_on_one_page(tmp_path: Path) -> None:
    hazards = tuple(f"化学因素（第{at}种）" for at in range(18))
    long = receipt(hazards=hazards, workplace="广西壮族自治区柳州市柳江区" * 5)
    text, _, pages = printed(receipt_paper(long), tmp_path)
    assert pages == 1
    assert all(one in text for one in hazards)


def test_the_same_paper_is_the_same_file(tmp_path: Path) -> None:
    first, second = (printed(form_paper(sheet(make_form())), tmp_path / name)[1] for name in "ab")
    assert first.read_bytes() == second.read_bytes()
    other = replace(sheet(make_form()), seal="f" * 64)
    assert printed(form_paper(other), tmp_path / "c")[1].read_bytes() != first.read_bytes()

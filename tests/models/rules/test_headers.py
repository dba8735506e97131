"""Headings as they are written in real files, and the lines of a sheet that make its header."""

import pytest

from models.inbound import EMPLOYER_KINDS, RAW, Kind
from models.reference import read_list
from models.rules.headers import build_aliases, find_header, is_column_numbers, normal_heading
from tasks.reading.understanding import header_aliases

HEADINGS = [
    ("企业名称", "name"),
    ("用人单位名称", "name"),
    ("单位名称（盖章）", "name"),
    ("* 单位名称", "name"),
    ("企业名称\n（字号名称）", "name"),
    ("统一社会信用代码", "credit_code"),
    ("统一社会信用代码/组织机构代码", "credit_code"),
    ("统一社会信用代码(必填)", "credit_code"),
    ("社会信用代码", "credit_code"),
    ("uni_social_crd_cd", "credit_code"),
    ("所属地区", "county"),
    ("所属区县", "county"),
    ("县（区）", "county"),
    ("乡镇（街道）", "town"),
    ("作业场所地址", "address"),
    ("工作场所地址", "address"),
    ("生产经营地", "address"),
    ("住所（登记、个体户经营场所）", "registered_address"),
    ("单位注册地址", "registered_address"),
    ("行业类别", "industry_name"),
    ("国民经济行业", "industry_name"),
    ("行业代码（中文）", "industry_name"),
    ("行业代码", "industry_code"),
    ("职工总数（人）", "headcount"),
    ("从 业 人 员", "headcount"),
    ("在册职工人数", "headcount"),
    ("本单位在册职工总数", "headcount"),
    ("营业收入（万元）", "revenue"),
    ("企业规模", "size"),
    ("联系电话", "phone"),
    ("手机号码", "phone"),
    ("法定代表人(经营者姓名)", "legal_representative"),
    ("登记状态（中文）", "state"),
    ("核准日期（登记、吊销、注销日期）", "state_on"),
    ("停产停业日期", "stopped_on"),
    ("是否分支机构", "is_branch"),
    ("隶属企业主体身份代码", "parent_code"),
    ("接害总人数（含外委）", "exposed"),
    ("接触职业病危害总人数", "exposed"),
    ("专项治理", "programme"),
    ("年度", "programme_year"),
    ("批次", "programme_batch"),
    ("线索来源", "channel"),
    ("发现时间", "found_on"),
    ("发现人", "reporter"),
    ("申报日期", "filed_on"),
    ("审核时间", "approved_on"),
    ("审核状态", "declaration_state"),
    ("申报类型", "declaration_type"),
    ("联系人", ""),
    ("填报人", ""),
    ("职业卫生管理联系人", ""),
    ("序号", ""),
    ("厂长的爱好", None),
]

LISTS = [
    kind for kind in EMPLOYER_KINDS if kind is not Kind.VERIFICATION
]  # that one comes by its own workbook


@pytest.mark.parametrize(("heading", "field"), HEADINGS, ids=[heading for heading, _ in HEADINGS])
def test_heading_means_field(heading: str, field: str | None) -> None:
    found = header_aliases()[Kind.SURVEY].get(normal_heading(heading))
    assert (found.field if found else None) == field


def test_state_means_the_declaration_in_an_export_and_the_employer_elsewhere() -> None:
    known = {kind: header_aliases()[kind]["状态"].field for kind in (*LISTS, Kind.DECLARATIONS)}
    assert known.pop(Kind.DECLARATIONS) == "declaration_state"
    assert set(known.values()) == {"state"}


@pytest.mark.parametrize("column", ["cn_name", "field"])
def test_every_column_of_the_regulators_export_is_known(column: str) -> None:
    names = read_list("registry_export_schema")[column]
    known = header_aliases()[Kind.REGISTRY]
    assert [name for name in names if normal_heading(name) not in known] == []


def test_every_basic_field_of_the_declaration_form_is_known() -> None:
    form = read_list("declaration_form_fields")
    names = [
        name for section, name in form.select("section", "field").rows() if section in ("基本信息", "申报")
    ]
    known = header_aliases()[Kind.DECLARATIONS]
    assert [name for name in names if normal_heading(name) not in known] == []


def test_every_field_has_a_heading_of_its_own_name() -> None:
    known = {**header_aliases()[Kind.DECLARATIONS], **header_aliases()[Kind.LEAD]}
    assert {f: known[normal_heading(text)].field for f, text in RAW.items()} == {f: f for f in RAW}


def test_table_with_one_heading_for_two_fields_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="means both"):
        build_aliases([("name", "单位", "", 1), ("phone", " 单位 ", "", 1)], ["survey"])


TITLE = ["柳州市用人单位名单", None, None, None]
ONE_LINE = ["序号", "单位名称", "信用代码", "联系电话"]
DATA = ["1", "甲厂", "91450200MA5K000001", "0772-1"]
SHEETS = [
    ("header first", [ONE_LINE, DATA], (0, 0), ["name", "credit_code", "phone"]),
    ("below titles", [TITLE, [None] * 4, ONE_LINE, DATA], (2, 2), ["name", "credit_code", "phone"]),
    (
        "merged over two lines",
        [["单位名称", "生产经营地", None, "电话"], [None, "行政区划", "地址", None], DATA],
        (0, 1),
        ["name", "district_code", "address", "phone"],
    ),
    (
        "lower line that nobody needs",
        [["单位名称", "信用代码", "接害人数", None], [None, None, "粉尘", "噪声"], DATA],
        (0, 1),
        ["name", "credit_code"],
    ),
    (
        "total under a merged heading",
        [["单位名称", "信用代码", "接害人数", None], [None, None, "合计", "噪声"], DATA],
        (0, 1),
        ["name", "credit_code", "exposed"],
    ),
    (
        "groups that say nothing",
        [["基本情况", None, "申报情况", None], ["单位名称", "规模", "申报日期", "审核状态"], DATA],
        (0, 1),
        ["name", "size", "filed_on", "declaration_state"],
    ),
    (
        "the laboratory's name is not the employer's",
        [["单位名称", "信用代码", "检测机构", None], [None, None, "名称", "联系电话"], DATA],
        (0, 1),
        ["name", "credit_code"],
    ),
    (
        "first row with gaps is no header",
        [ONE_LINE, ["1", None, None, "0772-1234567"], DATA],
        (0, 0),
        ["name", "credit_code", "phone"],
    ),
    (
        "title that sounds like a group",
        [["2024年申报情况", None, None, None], ONE_LINE, DATA],
        (1, 1),
        ["name", "credit_code", "phone"],
    ),
    (
        "three lines",
        [["基本信息", None, None], ["单位名称", "生产经营地", None], [None, "行政区划", "详细地址"], DATA],
        (1, 2),
        ["name", "district_code", "address"],
    ),
]


@pytest.mark.parametrize(("lines", "span", "fields"), [s[1:] for s in SHEETS], ids=[s[0] for s in SHEETS])
def test_header_is_found(lines: list[list[str | None]], span: tuple[int, int], fields: list[str]) -> None:
    header = find_header(lines, header_aliases(), Kind.PROGRAMME)
    assert header is not None
    assert (header.first, header.last) == span
    assert header.fields == fields


@pytest.mark.parametrize(
    "lines",
    [[], [[]], [[None]], [DATA, DATA], [["单位名称", "别的", "什么", "都没有"], DATA]],
    ids=["no lines", "empty line", "gap", "data only", "one known heading"],
)
def test_no_header(lines: list[list[str | None]]) -> None:
    assert find_header(lines, header_aliases(), Kind.SURVEY) is None


def test_leading_column_and_the_one_that_fills_its_gaps() -> None:
    header = find_header([["电话", "单位名称", "手机号码"]], header_aliases(), Kind.SURVEY)
    assert header is not None
    assert header.columns_of("phone") == [2, 0]
    assert header.clash_of("phone") == []


def test_equal_claims_clash() -> None:
    header = find_header([["单位名称", "企业名称", "手机号码"]], header_aliases(), Kind.SURVEY)
    assert header is not None
    assert header.clash_of("name") == [0, 1]


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        (["甲", "乙", "1", "2"], True),
        (["(1)", "（2）", "3"], True),
        (["1", None, None], False),
        (DATA, False),
    ],
    ids=["甲乙12", "in brackets", "one number", "data"],
)
def test_line_of_column_numbers(line: list[str | None], is_one: bool) -> None:
    assert is_column_numbers(line) is is_one

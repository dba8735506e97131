"""The document: what it holds and never holds, its hash, its schema, and every trouble of a filed one at once."""

import json
from pathlib import Path
from typing import Any

import pytest

from models.errors import InputRefused
from models.form.form import Form, canonical, content_hash, stored
from models.form.reading import read_form
from models.form.schema import schema_text
from models.form.titles import title_of
from tests.make_forms import make_document, make_form

SCHEMA = Path(__file__).parents[3] / "docs" / "declaration.schema.json"


def test_the_published_schema_is_the_models() -> None:
    """After a change of the form: write schema_text() to docs/declaration.schema.json."""
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()


def test_the_schema_speaks_chinese_and_marks_what_is_asked() -> None:
    basics = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]["Basics"]["properties"]
    assert basics["exposed"]["title"] == "接害总人数（含外委）"
    assert {name for name, field in basics.items() if not field.get("x-required")} == {
        "parent_code",
        "town",
        "filled_by",
        "trained",
    }


def test_the_legal_representative_has_no_place() -> None:
    assert "法定代表人" not in SCHEMA.read_text(encoding="utf-8").replace("法定代表人没有", "")
    with pytest.raises(InputRefused, match="法定代表人姓名不收存") as refused:
        read_form(json.dumps(make_document({"basics.legal_representative": "韦某某"})))
    assert "韦某某" not in refused.value.message


def test_a_secret_product_is_never_taken_in() -> None:
    """F23."""
    secret = {"secret": True, "rows": [{"name": "某型部件", "output": 1, "unit": "件"}]}
    with pytest.raises(InputRefused, match="不得再填产品明细") as refused:
        read_form(json.dumps(make_document({"products": secret})))
    assert "某型部件" not in refused.value.message


def test_a_form_comes_back_from_the_database_unchanged() -> None:
    form = make_form({"products.rows.0.output": 1e3})
    assert Form.model_validate(json.loads(json.dumps(stored(form)))) == form
    assert stored(form)["products"]["rows"][0]["output"] == "1000"


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        pytest.param({}, True, id="同样内容"),
        pytest.param({"basics.filled_by": None}, True, id="空着与没有写一样"),
        pytest.param({"basics.contact": "韦一 "}, True, id="首尾空格不算"),
        pytest.param({"basics.exposed": 21}, False, id="改一个数"),
        pytest.param({"products.rows.0.unit": "件"}, False, id="改一个字"),
    ],
)
def test_the_hash_names_the_content(changes: dict[str, Any], same: bool) -> None:
    assert (content_hash(stored(make_form(changes))) == content_hash(stored(make_form()))) == same


@pytest.mark.parametrize("output", ["1200", 1200, 1200.0, "1200.00"])
def test_one_amount_is_one_content(output: Any) -> None:
    assert stored(make_form({"products.rows.0.output": output})) == stored(make_form())


def test_the_order_of_keys_does_not_matter() -> None:
    assert canonical({"b": 1, "a": {"d": 2, "c": "字"}}) == '{"a":{"c":"字","d":2},"b":1}'.encode()


@pytest.mark.parametrize(
    ("document", "said"),
    [
        pytest.param("[", "不是有效的JSON文件", id="不是JSON"),
        pytest.param('{"format": 2}', "格式版本：格式版本应为1", id="别的版本"),
        pytest.param('{"wages": 1}', "wages：申报表没有这一项", id="多余的项"),
        pytest.param(
            '{"basics": {"headcount": "12"}}', "本单位在册职工总数：请填整数，不加引号", id="数写成文字"
        ),
        pytest.param('{"basics": {"headcount": 1.5}}', "本单位在册职工总数：请填整数", id="小数"),
        pytest.param('{"basics": {"headcount": true}}', "本单位在册职工总数：请填整数", id="真假当数"),
        pytest.param('{"basics": {"size": "巨"}}', "可填：大、中、小、微", id="没有的规模"),
        pytest.param('{"monitoring": {"done": "是"}}', "请填 true", id="是写成文字"),
        pytest.param('{"event_on": "2024-02-30"}', "起算日期：日期请写成", id="没有的日子"),
        pytest.param('{"basics": {"name": "甲\\u0000厂"}}', "单位名称：含有看不见的控制字符", id="控制字符"),
        pytest.param('{"products": {"rows": [{"output": "NaN"}]}}', "产品第1行·年产量", id="不是数"),
        pytest.param(json.dumps({"products": {"rows": [{}] * 501}}), "行数过多", id="行数过多"),
    ],
)
def test_troubles_are_told_in_chinese_by_the_fields_name(document: str, said: str) -> None:
    with pytest.raises(InputRefused, match=r"^E1690") as refused:
        read_form(document)
    assert said in refused.value.message


@pytest.mark.parametrize(
    ("changes", "taken"),
    [
        pytest.param({"year": 1999}, False, id="1999年"),
        pytest.param({"year": 2000}, True, id="2000年"),
        pytest.param({"year": 2100}, True, id="2100年"),
        pytest.param({"year": 2101}, False, id="2101年"),
        pytest.param({"basics.name": "厂" * 500}, True, id="500字"),
        pytest.param({"basics.name": "厂" * 501}, False, id="501字"),
        pytest.param({"products.rows": [{}] * 500}, True, id="500行"),
        pytest.param({"products.rows": [{}] * 501}, False, id="501行"),
    ],
)
def test_the_bounds_of_what_is_taken_in(changes: dict[str, Any], taken: bool) -> None:
    document = json.dumps(make_document(changes))
    if taken:
        assert read_form(document).year
    else:
        with pytest.raises(InputRefused, match="E1690"):
            read_form(document)


def test_all_troubles_at_once() -> None:
    document = {"year": 3, "basics": {"headcount": "十", "size": "巨"}, "hazards": {"dust": {"present": 1}}}
    with pytest.raises(InputRefused) as refused:
        read_form(json.dumps(document))
    assert [part.split("：")[0] for part in refused.value.message.split("；")][1:] == [
        "基本信息·企业规模",
        "基本信息·本单位在册职工总数",
        "危害因素种类·粉尘·有/无",
    ]


def test_a_field_is_called_as_on_the_form() -> None:
    assert title_of("hazards.dust.factors.1.exposed") == "危害因素种类·粉尘·危害因素第2行·接触人数"

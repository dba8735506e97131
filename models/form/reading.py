"""A filed document from JSON: the form, or everything that is wrong with it at once."""

from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from models.errors import InputRefused
from models.form.form import Form
from models.form.titles import title_of

UNREADABLE = "E1690"
SAID: Mapping[str, str] = {
    "json_invalid": "不是有效的JSON文件，请重新导出后再报",
    "extra_forbidden": "申报表没有这一项，请删去",
    "int_type": "请填整数，不加引号",
    "int_from_float": "请填整数",
    "bool_type": "请填 true（有、是、已开展）或 false（无、否、未开展）",
    "string_type": "请填文字，加引号",
    "string_too_long": "文字过长，最多500字",
    "string_pattern_mismatch": "含有看不见的控制字符，请重新输入",
    "too_long": "行数过多，最多500行",
    "tuple_type": "请填一个列表",
    "model_type": "请按申报表的格式填写这一部分",
    "model_attributes_type": "请按申报表的格式填写这一部分",
    "enum": "不在可选的几项之内，可填：{expected}",
    "literal_error": "格式版本应为{expected}",
    "greater_than_equal": "应不小于{ge}",
    "less_than_equal": "应不大于{le}",
}
FAMILIES = {"date": "日期请写成 2024-08-09 的样子，并核对有没有这一天", "decimal": "请填数字，最多6位小数"}
LEGAL_REPRESENTATIVE = ("法定代表人", "legal_representative")


def read_form(content: bytes | str) -> Form:
    try:
        return Form.model_validate_json(content)
    except ValidationError as wrong:
        raise InputRefused(UNREADABLE, "申报表读不进来：" + "；".join(troubles(wrong)) + "。") from None


def troubles(wrong: ValidationError) -> list[str]:
    """One sentence each. What was written is not repeated: it may be a person's name or number."""
    return [_sentence(error) for error in wrong.errors(include_url=False)]


def _sentence(error: ErrorDetails) -> str:
    path = ".".join(str(step) for step in error["loc"])
    if error["type"] == "extra_forbidden" and error["loc"][-1] in LEGAL_REPRESENTATIVE:
        return "法定代表人姓名不收存，请删去这一项，打印后手填"
    return f"{title_of(path)}：{_reason(error)}" if path else _reason(error)


def _reason(error: ErrorDetails) -> str:
    kind = error["type"]
    if kind in SAID:
        context = {key: _listed(str(value)) for key, value in error.get("ctx", {}).items()}
        return SAID[kind].format_map(context)
    family = kind.split("_")[0]
    return FAMILIES.get(family, error["msg"])


def _listed(choices: str) -> str:
    return choices.replace("'", "").replace(" or ", "、").replace(", ", "、")

"""Reading a campaign file: all its mistakes at once, each with the line and the key (issue 2)."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from models.errors import InputRefused
from models.toml_lines import Place, lines_of_keys

Model = TypeVar("Model", bound=BaseModel)

# pydantic's kinds of mistake in the words of the office; {x} comes from its context
WORDS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，请核对键名",
    "string_type": "应为文字，两边加英文引号",
    "int_type": "应为整数，不加引号",
    "float_type": "应为数字，不加引号",
    "bool_type": "应为 true 或 false，不加引号",
    "date_type": "应为日期，写成 2024-08-09，不加引号",
    "tuple_type": "应为列表，写成 [ …, … ]",
    "dict_type": "应为一组“键 = 值”",
    "model_type": "应为一组“键 = 值”",
    "enum": "只能是 {expected}",
    "literal_error": "只能是 {expected}",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "不得小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "不得大于 {le}",
    "string_too_short": "不得为空",
    "too_short": "不得为空",
    "string_pattern_mismatch": "写法不对，应符合 {pattern}",
    "campaign": "{message}",
}
# the same for tomllib, by how its complaint begins
SYNTAX = {
    "Cannot declare": "这一节写了两次",
    "Cannot overwrite": "这个键写了两次",
    "Duplicate": "这个键写了两次",
    "Invalid date": "没有这一天",
    "Invalid statement": "键名含中文时两边也要加英文引号",
    "Invalid value": "文字两边加英文引号，是否写小写的 true 或 false",
    "Unclosed": "括号没有合上",
    "Unterminated": "引号没有合上",
    "Illegal character": "引号没有合上，或有看不见的字符",
    "Expected '='": "键后面缺少等号",
    "Expected ']'": "括号没有合上",
    "Expected newline": "这一行后面多了东西，或缺引号、逗号",
}


@dataclass(frozen=True)
class Mistake:
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return (
            f"第 {self.line} 行 {self.key}：{self.message}"
            if self.key
            else f"第 {self.line} 行：{self.message}"
        )


class CampaignRefused(InputRefused):
    """A campaign file with mistakes; `mistakes` for those who want them one by one."""

    def __init__(self, code: str, path: Path, mistakes: list[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        listing = "\n".join(str(mistake) for mistake in mistakes)
        super().__init__(code, f"行动文件 {path.name} 有 {len(mistakes)} 处错误：\n{listing}")


def read_campaign(path: Path, model: type[Model]) -> Model:
    """The file as its model, or CampaignRefused: E1302 for a text that is not TOML, E1303 for what it says."""
    text = _text(path)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CampaignRefused("E1302", path, [_syntax(text, str(error))]) from None
    try:
        return model.model_validate(values)
    except ValidationError as error:
        lines = lines_of_keys(text)
        mistakes = [_mistake(detail, lines) for detail in error.errors(include_url=False)]
        raise CampaignRefused("E1303", path, sorted(mistakes, key=lambda one: one.line)) from None


def _text(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CampaignRefused("E1302", path, [Mistake(line, "", "不是 UTF-8 文字，请另存为 UTF-8")]) from None


def _syntax(text: str, complaint: str) -> Mistake:
    place = re.search(r"line (\d+), column", complaint)
    line = int(place[1]) if place else text.count("\n") + 1
    written = "".join(text.splitlines()[line - 1 : line])
    key = re.match(r"[\s\[]*([\w.-]+)\s*[]=]", written)
    if re.search(r"[=\[,]\s*[“”]", written):
        hint = "请把中文引号“”换成英文引号"
    else:
        hint = next((hint for start, hint in SYNTAX.items() if complaint.startswith(start)), complaint)
    return Mistake(line, key[1] if key else "", f"不合 TOML 写法：{hint}")


def _mistake(detail: ErrorDetails, lines: Mapping[Place, int]) -> Mistake:
    place = tuple(part for part in detail["loc"] if part != "[key]")
    return Mistake(_line(place, lines), _key(place), _words(detail))


def _line(place: Place, lines: Mapping[Place, int]) -> int:
    """Where the value stands; what is missing is missed at its table."""
    return next((lines[place[:length]] for length in range(len(place), 0, -1) if place[:length] in lines), 1)


def _key(place: Place) -> str:
    """counties[3].name: the name of the third county."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")


def _words(detail: ErrorDetails) -> str:
    known = WORDS.get(detail["type"])
    words = known.format_map(detail.get("ctx", {})) if known else f"不合要求（{detail['msg']}）"
    given: Any = detail["input"]
    words = words.replace("' or '", "' 或 '")
    is_shown = detail["type"] not in ("missing", "campaign") and isinstance(given, str | int | float)
    return f"{words}（现为 {given!r}）" if is_shown else words

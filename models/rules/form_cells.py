"""What is written into a cell of the form → the value of the document, or what is wrong with it. Nothing is guessed:
what cannot be read is empty and said, what can be read but is wrong is left to the checks."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from models.form.hazards import TITLES, HazardClass
from models.form.items import Item, Sort
from models.rules.blank import EDGES, given
from models.rules.cell import CellCode
from models.rules.chinese_number import number_of
from models.rules.code_lists import CodeLists
from models.rules.credit_code import read_credit_code
from models.rules.day import read_day, read_year
from models.rules.declaration_state import read_declaration_type
from models.rules.headcount import AROUND, NUMBER, THOUSANDS
from models.rules.industry import Industries, read_industry
from models.rules.phone import MOBILE
from models.rules.size import read_size

UNREAD, LOST_DIGITS = "E1731", "E1732"
LONGEST_EXACT_NUMBER = 15  # digits a spreadsheet keeps
# beside the two words of the field itself
TRUE = frozenset(["是", "有", "对", "√", "✓", "☑", "TRUE", "YES", "Y", "1", "1.0"])
FALSE = frozenset(["否", "无", "没有", "×", "✗", "☐", "FALSE", "NO", "N", "0", "0.0"])
CLASS_WORDS = {title: kind for kind, title in TITLES.items()} | {
    "化学物质": HazardClass.CHEMICAL,
    "化学毒物": HazardClass.CHEMICAL,
    "化学有害因素": HazardClass.CHEMICAL,
    "放射因素": HazardClass.RADIOACTIVE,
    "放射性物质": HazardClass.RADIOACTIVE,
    "生物": HazardClass.BIOLOGICAL,
    "其他": HazardClass.OTHER,
    "物理": HazardClass.PHYSICAL,
    "粉尘类": HazardClass.DUST,
}
CHOICE_WORDS = {"化学物质": "化学因素", "生物和其他": "生物和其他因素", "石棉": "石棉粉尘"}
CODE_FIRST = re.compile(r"(\d{6})\D*")


class Said(NamedTuple):
    """`value` as the document holds it; `wrong`: code and sentence."""

    value: Any = None
    wrong: tuple[str, str] | None = None


@dataclass(frozen=True)
class FormWords:
    """The lists behind the words of the form."""

    counties: Mapping[str, str]  # name → code, names that several counties share left out
    towns: Mapping[str, str]
    industries: Industries

    @classmethod
    def of(cls, lists: CodeLists, industries: Industries) -> "FormWords":
        names = [division.name for division in lists.counties.values()]
        counties = {one.name: code for code, one in lists.counties.items() if names.count(one.name) == 1}
        return cls(counties, {name: code for code, name in lists.towns.items()}, industries)


def read_cell(item: Item, text: str | None, words: FormWords, *, number: bool = False) -> Said:
    """`number`: the program that saved the sheet holds it as a number."""
    plain = (text or "").strip(EDGES)
    if not plain:
        return Said()
    if number and item.sort in KEPT_AS_TEXT and len(plain) > LONGEST_EXACT_NUMBER:
        return _wrong(LOST_DIGITS, "被存成数字，末位已丢失，请把单元格设为“文本”后重新填写")
    return READERS[item.sort](item, plain, words)


def _words(item: Item, text: str, words: FormWords) -> Said:
    if item.path == "basics.town":
        return Said(words.towns.get(text, text))
    # 无 is an answer here: a firm without a product writes it (F23)
    return Said(text if text in ("无", "/") and item.path.startswith("products.") else given(text))


def _yes(item: Item, text: str, _: FormWords) -> Said:
    tidy = _tidy(text).upper()
    true, false = item.choices
    if tidy == true or tidy in TRUE:
        return Said(True)
    if tidy == false or tidy in FALSE:
        return Said(False)
    return Said() if given(text) is None else _unread(f"请填“{true}”或“{false}”")


def _count(_: Item, text: str, __: FormWords) -> Said:
    """A number that cannot be right (-1) is read: its check says so."""
    if given(text) is None:
        return Said()
    tidy = THOUSANDS.sub("", AROUND.sub("", _tidy(text)))
    digits = NUMBER.fullmatch(tidy)
    number = int(digits[1]) if digits else number_of(tidy)
    return _unread("请填一个整数") if number is None else Said(number)


def _amount(_: Item, text: str, __: FormWords) -> Said:
    if given(text) is None:
        return Said()
    try:
        amount = Decimal(THOUSANDS.sub("", _tidy(text)))
    except InvalidOperation:
        return _unread("请只填数字，计量单位另填")
    exact = amount.is_finite() and abs(amount) < 10**14 and amount == amount.quantize(Decimal("1e-6"))
    return Said(format(amount.normalize(), "f")) if exact else _unread("请填不超过6位小数的数字")


def _day(_: Item, text: str, __: FormWords) -> Said:
    if given(text) is None:
        return Said()
    day, finding = read_day(text)
    return Said(day.isoformat()) if day else _unread(finding.message.rstrip("。") if finding else "日期不明")


def _year(_: Item, text: str, __: FormWords) -> Said:
    year = read_year(text).value
    return Said(year) if year and 2000 <= year <= 2100 else _unread("请填四位数字的年份，如 2024")


def _choice(item: Item, text: str, _: FormWords) -> Said:
    tidy = _tidy(text)
    found: str | None = tidy if tidy in item.choices else CHOICE_WORDS.get(tidy)
    if item.path == "type":
        found = read_declaration_type(text).value
    elif item.path == "basics.size":
        found = read_size(text).value
    if found is None and given(text) is None:
        return Said()
    return Said(found) if found else _unread(f"请填{'、'.join(item.choices)}之一")


def _class(item: Item, text: str, _: FormWords) -> Said:
    found = CLASS_WORDS.get(_tidy(text))
    return Said(str(found)) if found else _unread(f"请填{'、'.join(item.choices)}之一")


def _code(_: Item, text: str, __: FormWords) -> Said:
    """A code that is wrong stays as it is written: the check says what is wrong with it."""
    if given(text) is None:
        return Said()
    value, finding = read_credit_code(text)
    if finding is not None and finding.code == CellCode.CREDIT_CODE_LOST_DIGITS:
        return _wrong(LOST_DIGITS, finding.message.rstrip("。"))
    return Said(value or _tidy(text))


def _county(_: Item, text: str, words: FormWords) -> Said:
    """柳江区, 450206, 450206 柳江区, 广西壮族自治区/柳州市/柳江区; what is none of them is left to the check."""
    tidy = _tidy(text).removesuffix(".0")
    code = CODE_FIRST.fullmatch(tidy)
    if code:
        return Said(code[1])
    names = [part for part in re.split(r"[/\\>,;、]|-+", tidy) if part]
    return Said(words.counties.get(names[-1], names[-1]) if names else None)


def _industry(_: Item, text: str, words: FormWords) -> Said:
    if given(text) is None:
        return Said()
    found = read_industry(text, None, words.industries).value
    return Said(found or text)


def _phone(_: Item, text: str, __: FormWords) -> Said:
    tidy = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))
    mobile = MOBILE.fullmatch(tidy)
    return Said(mobile[1] if mobile else given(text))


def _tidy(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _unread(what_to_do: str) -> Said:
    return _wrong(UNREAD, f"看不明白，{what_to_do}")


def _wrong(code: str, message: str) -> Said:
    return Said(None, (code, message))


KEPT_AS_TEXT = frozenset({Sort.WORDS, Sort.CODE})
READERS: Mapping[Sort, Callable[[Item, str, FormWords], Said]] = {
    Sort.WORDS: _words,
    Sort.YES: _yes,
    Sort.COUNT: _count,
    Sort.YEAR: _year,
    Sort.AMOUNT: _amount,
    Sort.DAY: _day,
    Sort.CHOICE: _choice,
    Sort.CLASS: _class,
    Sort.CODE: _code,
    Sort.COUNTY: _county,
    Sort.INDUSTRY: _industry,
    Sort.PHONE: _phone,
}

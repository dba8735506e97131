"""The counties' vocabulary (核对结论): its words, what each verdict needs beside it, and what speaks against it (C25)."""

import unicodedata
from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from models.rules.standstill import is_short_stop
from models.verification import Finding


class Field(StrEnum):
    """What stands beside a verdict."""

    SINCE = "since"
    OTHER_COUNTY = "other_county"
    DUPLICATE_OF = "duplicate_of"
    DECLARATION_NO = "declaration_no"
    NOTE = "note"


NEEDED: dict[Finding, Field | None] = {
    Finding.OPERATING: None,
    Finding.STOPPED_SHORT: Field.SINCE,
    Finding.STOPPED_LONG: Field.SINCE,
    Finding.DEREGISTERED: Field.SINCE,
    Finding.NO_HAZARD: Field.NOTE,
    Finding.ELSEWHERE: Field.OTHER_COUNTY,
    Finding.DUPLICATE: Field.DUPLICATE_OF,
    Finding.DECLARED: Field.DECLARATION_NO,
    Finding.OTHER: Field.NOTE,
}
TITLES = {
    Field.SINCE: "日期",
    Field.OTHER_COUNTY: "接收县（区）",
    Field.DUPLICATE_OF: "与哪个单位重复",
    Field.DECLARATION_NO: "申报编号",
    Field.NOTE: "说明",
}
# verdict → key of the campaign's reason with which the unit leaves N after the baseline (1.7)
REMOVALS = {
    Finding.DEREGISTERED: "deregistered",
    Finding.NO_HAZARD: "no_hazard",
    Finding.STOPPED_LONG: "stopped",
    Finding.DUPLICATE: "duplicate",
}


class Trouble(NamedTuple):
    """One thing wrong with a row, and what to do about it."""

    code: str
    message: str


class Answer(NamedTuple):
    """A verdict with what belongs to it, read and sound."""

    finding: Finding
    since: date | None = None
    other_county: str | None = None
    duplicate_of: int | None = None
    declaration_no: str | None = None
    note: str | None = None


def words(months: int) -> dict[Finding, str]:
    """The drop-down, in the order in which a clerk thinks; two of the words name the campaign's months."""
    return {
        Finding.OPERATING: "在营",
        Finding.STOPPED_SHORT: f"停产≤{months}个月",
        Finding.STOPPED_LONG: f"停产>{months}个月",
        Finding.DEREGISTERED: "注销",
        Finding.NO_HAZARD: "无危害因素",
        Finding.ELSEWHERE: "非本辖区",
        Finding.DUPLICATE: "重复",
        Finding.DECLARED: "已申报",
        Finding.OTHER: "其他",
    }


def finding_of(text: str, months: int) -> Finding | None:
    """The verdict a word means; full width, white space and <= for ≤ do not matter, anything else does."""
    known = {_plain(word): finding for finding, word in words(months).items()}
    return known.get(_plain(text))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).replace("<=", "≤").split())


def unknown_word(text: str, months: int) -> Trouble:
    choices = "、".join(words(months).values())
    return Trouble("E1277", f"“{text}”不是可选的核对结论，请从下拉列表中选：{choices}。")


def missing(finding: Finding, months: int) -> Trouble:
    """The field that the verdict needs is empty."""
    field = NEEDED[finding]
    assert field is not None
    ask = ASKED.get((finding, field), f"请填“{TITLES[field]}”列")
    return Trouble("E1278", f"结论“{words(months)[finding]}”缺少{TITLES[field]}：{ask}。")


ASKED = {
    (Finding.STOPPED_SHORT, Field.SINCE): "请在“日期”列填停产之日",
    (Finding.STOPPED_LONG, Field.SINCE): "请在“日期”列填停产之日",
    (Finding.DEREGISTERED, Field.SINCE): "请在“日期”列填注销之日",
    (Finding.NO_HAZARD, Field.NOTE): "请在“说明”列写明现场核实的依据",
    (Finding.OTHER, Field.NOTE): "请在“说明”列写明情况",
    (Finding.DUPLICATE, Field.DUPLICATE_OF): "请填保留的那个单位的信用代码或完整名称",
}


def check_since(finding: Finding, since: date, as_of: date, months: int) -> Trouble | None:
    """A day to come has not come, and the day must bear out the word (Q4)."""
    if since > as_of:
        return Trouble("E1279", f"日期 {since} 在报送日 {as_of} 之后，请核对日期。")
    said = words(months)
    short = is_short_stop(since, as_of, months)
    if finding is Finding.STOPPED_SHORT and not short:
        right = said[Finding.STOPPED_LONG]
        return Trouble("E1279", f"自 {since} 到 {as_of} 已超过{months}个月，请改选“{right}”，或更正日期。")
    if finding is Finding.STOPPED_LONG and short:
        right = said[Finding.STOPPED_SHORT]
        return Trouble("E1279", f"自 {since} 到 {as_of} 未超过{months}个月，请改选“{right}”，或更正日期。")
    return None


def check_other_county(code: str | None, given: str, own: str, names: dict[str, str]) -> Trouble | None:
    """`code`: what `given` means. Another city is no county of ours: 其他 with a note says that."""
    if code == own:
        return Trouble("E1280", f"接收县（区）填的是本县（区）“{given}”，请填单位实际所在的县（区）。")
    if code not in names:
        choices = "、".join(name for county, name in names.items() if county != own)
        return Trouble(
            "E1280", f"“{given}”不是本市的县（区），可填：{choices}。已迁出本市的，选“其他”并在“说明”写明。"
        )
    return None


def check_duplicates(
    new: dict[int, int], standing: dict[int, int], lifted: Collection[int]
) -> dict[int, Trouble]:
    """Unit → what is wrong with judging it a duplicate of another (`new`), beside the duplicates that stand.

    `lifted`: units whose verdict the same file replaces by another one. Of two that are one, one must remain.
    """
    after = {unit: other for unit, other in standing.items() if unit not in lifted} | new
    kept_for = {other: unit for unit, other in after.items()}
    found = {}
    for unit, other in new.items():
        if other == unit:
            found[unit] = Trouble("E1281", "填的是本单位自己，请填保留的那个单位。")
        elif other in after:
            found[unit] = Trouble("E1281", "填的单位自己也被判为重复，请填最后保留的那个单位。")
        elif unit in kept_for and kept_for[unit] not in new:
            found[unit] = Trouble(
                "E1281",
                f"已有单位（编号 {kept_for[unit]}）判为与本单位重复，本单位是保留的那个，不能再判为重复。",
            )
    return found

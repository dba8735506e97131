"""统一社会信用代码, GB 32100-2015 (2.8). Only what is certain is repaired, and said; letters are never guessed."""

import itertools
import re
import unicodedata

import numpy as np
import polars as pl

from models.rules.cell import CellCode, Finding, Reading, must_fix, please_check, repaired
from models.rules.columns import Column, byte_matrix, choose, read_column
from models.rules.legacy_code import legacy_code, looks_legacy, read_legacy_codes

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = [pow(3, place, 31) for place in range(17)]
SHAPE = re.compile(rf"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")
# Letters the alphabet lacks and what they are written for. Used to suggest, never to repair.
CONFUSED = {"I": "1", "O": "0", "S": "5", "Z": "2", "V": "UY"}
SEPARATORS = re.compile(r"[\s\-‐‑‒–—―_·'\"`\u200b-\u200d\u2060\ufeff]")
AS_NUMBER = re.compile(r"\d(\.\d+)?[Ee]\+?\d{1,2}|\d{16,}\.0*")  # 9.14502E+17
REGULATOR_KEY = re.compile(r"[0-9]{16}|[0-9A-Za-z]{20,40}")
RANK = {letter: rank for rank, letter in enumerate(ALPHABET)}


def is_credit_code(code: str) -> bool:
    """Shape and check digit, and not one character repeated (eighteen zeros would pass)."""
    if not SHAPE.fullmatch(code) or len(set(code)) == 1:
        return False
    total = sum(RANK[letter] * weight for letter, weight in zip(code, WEIGHTS, strict=False))
    return (31 - total % 31) % 31 == RANK[code[17]]


def read_credit_code(text: str) -> Reading[str]:
    """An 18-character code, or a legacy number that stands in its place (15 or 9 characters)."""
    if AS_NUMBER.fullmatch(text):
        return Reading(None, LOST_DIGITS)
    tidy = SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if is_credit_code(tidy):
        return Reading(tidy, None if tidy == text else _repaired(tidy))
    if len(set(tidy)) <= 1 or set(tidy) <= set("X0"):
        return Reading()  # a place holder: nothing was meant
    if looks_legacy(tidy):
        return Reading(
            legacy_code(tidy).value,
            please_check(
                CellCode.CREDIT_CODE_IS_LEGACY, "填的是注册号或组织机构代码，请补统一社会信用代码。"
            ),
        )
    return Reading(None, _what_is_wrong(tidy))


LOST_DIGITS = must_fix(
    CellCode.CREDIT_CODE_LOST_DIGITS, "信用代码按数字保存，末位已丢失。请把该列设为文本后重填18位代码。"
)
WRONG_CHECK = must_fix(CellCode.CREDIT_CODE_CHECK, "信用代码校验位不对，至少有一位抄错，请对照营业执照重填。")


def _repaired(code: str) -> Finding:
    return repaired(CellCode.CREDIT_CODE_REPAIRED, f"信用代码已统一为大写半角、去掉空格：{code}。")


def _what_is_wrong(tidy: str) -> Finding:
    if len(tidy) != 18:
        return must_fix(
            CellCode.CREDIT_CODE_SHAPE, f"信用代码应为18位，现为{len(tidy)}位，请对照营业执照重填。"
        )
    if tidy.isdigit() and tidy.endswith("000"):
        return LOST_DIGITS  # a spreadsheet keeps 15 digits of a number and fills up with zeros
    if set(tidy) & set(CONFUSED):
        return please_check(CellCode.CREDIT_CODE_CONFUSED, _suggest(tidy))
    if not SHAPE.fullmatch(tidy):
        return must_fix(CellCode.CREDIT_CODE_SHAPE, "信用代码含有不允许的字符，请对照营业执照重填。")
    return WRONG_CHECK


def _suggest(tidy: str) -> str:
    written = "、".join(sorted(set(tidy) & set(CONFUSED)))
    options = itertools.islice(itertools.product(*(CONFUSED.get(letter, letter) for letter in tidy)), 64)
    valid = [code for code in map("".join, options) if is_credit_code(code)]
    if len(valid) == 1:
        return f"信用代码不会出现字母{written}，是否为 {valid[0]}？请核实后重填。"
    return f"信用代码不会出现字母{written}，请对照营业执照重填。"


def read_credit_codes(texts: pl.Series) -> Column:
    """The same over a column: plain valid codes by byte arithmetic, the rest one by one."""
    return read_column(texts, read_credit_code, pl.String(), plain=_plainly_valid(texts))


def read_parent_code(text: str) -> Reading[str]:
    """The superior's code. The regulator's exports give its 主体身份代码 here: no credit code, and no fault either."""
    if REGULATOR_KEY.fullmatch(text):
        return Reading()
    value, finding = read_credit_code(text)
    return Reading(value if value and len(value) == 18 else None, finding)


def read_parent_codes(texts: pl.Series) -> Column:
    return read_column(texts, read_parent_code, pl.String(), plain=_plainly_valid(texts))


def read_either_codes(texts: pl.Series) -> Column:
    """The column of legacy numbers: since 2015 many hold the credit code instead."""
    return read_legacy_codes(texts, others=_plainly_valid(texts))


def _plainly_valid(texts: pl.Series) -> pl.Series:
    at, letters = byte_matrix(texts, 18)
    ranks = _RANK_OF_BYTE[letters]
    shape = (
        (ranks[:, 2:8] < 10).all(axis=1) & (ranks < 31).all(axis=1) & (letters != letters[:, :1]).any(axis=1)
    )
    check = (ranks[:, :17].astype(np.int32) @ _WEIGHTS + ranks[:, 17]) % 31 == 0
    return choose(texts, at[shape & check])


_WEIGHTS = np.array(WEIGHTS, dtype=np.int32)
_RANK_OF_BYTE = np.full(256, 99, dtype=np.uint8)
for _letter, _rank in RANK.items():
    _RANK_OF_BYTE[ord(_letter)] = _rank

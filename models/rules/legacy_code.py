"""Numbers from before 2015: the 15-digit 工商注册号 and the 9-character 组织机构代码."""

import re
import unicodedata

import numpy as np
import polars as pl
from stdnum.iso7064 import mod_11_10

from models.rules.cell import CellCode, Reading, please_check
from models.rules.columns import Column, byte_matrix, choose, read_column

REGISTRATION = re.compile(r"[0-9]{15}")
ORGANISATION = re.compile(r"[0-9A-Z]{8}[0-9X]")
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
SEPARATORS = re.compile(r"[\s\-‐‑‒–—―_·'\u200b-\u200d\u2060\ufeff]")


def organisation_check(code: str) -> str:
    """GB 11714: the ninth character of a 组织机构代码."""
    total = sum(int(letter, 36) * weight for letter, weight in zip(code, ORGANISATION_WEIGHTS, strict=False))
    return "0123456789X0"[11 - total % 11]


def looks_legacy(tidy: str) -> bool:
    """Fifteen digits, or nine characters whose check character is right."""
    number = tidy.removesuffix(".0")
    if REGISTRATION.fullmatch(number):
        return True
    return ORGANISATION.fullmatch(number) is not None and organisation_check(number) == number[8]


def legacy_code(text: str) -> Reading[str]:
    """The number as stored. A wrong check digit is told; the number is kept, for old ones were not all issued by the rule."""
    tidy = SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper().removesuffix(".0")
    if not tidy.strip("0X"):
        return Reading()
    if looks_legacy(tidy):
        right = len(tidy) == 9 or mod_11_10.is_valid(tidy)
        return Reading(tidy, None if right else CHECK_DIGIT)
    return Reading(None, SHAPE)


CHECK_DIGIT = please_check(CellCode.LEGACY_CODE_CHECK, "注册号校验位不对，可能抄错，请核实。")
SHAPE = please_check(CellCode.LEGACY_CODE_SHAPE, "注册号应为15位数字，请核实。")


def read_legacy_codes(texts: pl.Series, *, others: pl.Series) -> Column:
    """The same over a column. Right registration numbers are known by byte arithmetic; `others` are known already."""
    plain = others.zip_with(others.is_not_null(), _plainly_valid(texts))
    return read_column(texts, legacy_code, pl.String(), plain=plain)


def _plainly_valid(texts: pl.Series) -> pl.Series:
    at, letters = byte_matrix(texts, 15)
    digits = letters - ord("0")  # anything below "0" wraps round to above 9
    product = np.full(len(digits), 10, dtype=np.uint8)  # ISO 7064 mod 11,10
    for place in range(14):
        total = (product + digits[:, place]) % 10
        product = np.where(total == 0, 10, total).astype(np.uint8) * 2 % 11
    valid = (digits < 10).all(axis=1) & ((product + digits[:, 14]) % 10 == 1) & (digits > 0).any(axis=1)
    return choose(texts, at[valid])

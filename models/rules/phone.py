"""Telephone numbers for linkage and for calling. Stored; never told in a problem, never logged."""

import re
import unicodedata

import polars as pl

from models.rules.cell import CellCode, Reading, please_check, repaired
from models.rules.columns import Column, read_column

AREA = "0772"  # Liuzhou; the only area whose bare or clipped numbers are certain
MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})(?:\.0)?")
LANDLINE = re.compile(r"(?:\+?86|0086)?(0(?:10|2[0-9]|[3-9][0-9]{2}))([2-8][0-9]{6,7})(?:转[0-9]+)?")
CLIPPED = re.compile(rf"{AREA[1:]}([2-8][0-9]{{6}})(?:\.0)?")
BARE = re.compile(r"[2-8][0-9]{6}(?:\.0)?")
SERVICE = re.compile(r"[48]00[0-9]{7}")
WORDS = re.compile(r"[^0-9/、,;|\\+(*-]+$|^[^0-9/、,;|\\+(*]+|\([^0-9()]*\)|\.0$")  # 电话：, a person's name
BETWEEN = re.compile(r"[/、,;|\\]|或|和")
UNREAD = please_check(CellCode.PHONE_UNREAD, "联系电话看不明白，请填11位手机号或带区号的座机号。")
REPAIRED = repaired(CellCode.PHONE_REPAIRED, f"联系电话的区号已补为{AREA}。")


def read_phone(text: str) -> Reading[str]:
    """The first valid number of those given."""
    tidy = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    for part in BETWEEN.split(tidy):
        reading = _one(part)
        if reading.value:
            return reading
    return Reading(None, UNREAD)


def _one(part: str) -> Reading[str]:
    part = re.sub(r"(?<=[0-9]{7})-[0-9]{1,4}$", "", WORDS.sub("", WORDS.sub("", part)))
    digits = re.sub(r"[-()‐‑‒–—―·]", "", part)
    if mobile := MOBILE.fullmatch(digits):
        return Reading(mobile[1])
    if landline := LANDLINE.fullmatch(digits):
        return Reading(f"{landline[1]}-{landline[2]}")
    if clipped := CLIPPED.fullmatch(digits):
        return Reading(f"{AREA}-{clipped[1]}", REPAIRED)
    if BARE.fullmatch(digits):
        return Reading(f"{AREA}-{digits[:7]}", REPAIRED)
    return Reading(digits) if SERVICE.fullmatch(digits) else Reading(None, UNREAD)


def read_phones(texts: pl.Series) -> Column:
    plain = texts.str.extract(r"^(1[3-9][0-9]{9})$")
    column = read_column(texts, read_phone, pl.String(), plain=plain)
    silent = column.findings.with_columns(value=pl.lit(None, dtype=pl.String))
    return Column(column.values, silent)

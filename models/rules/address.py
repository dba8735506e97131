"""A comparable form of an address: region names, brackets and marks out; numbers and units written one way (Q10)."""

import re
import unicodedata
from dataclasses import dataclass

import polars as pl

from models.rules.cell import Reading
from models.rules.chinese_number import WORDS, number_of
from models.rules.columns import read_column
from models.rules.region import Gazetteer

HAN = "一-鿿㐀-䶿"
UNITS = "号|栋|幢|座|楼|层|室|单元|组|队|屯"
PLAIN = rf"^[{HAN}A-Z0-9-]+$"
UNHANDY = rf"[{WORDS}](?:{UNITS})|号楼|幢|[0-9]层|--|-[^0-9A-Z]|[^0-9A-Z]-|^-|-$"
NUMBERED = re.compile(rf"([{WORDS}]+)(?={UNITS})")
BRACKETED = re.compile(r"\([^()]*\)")
BETWEEN_NUMBERS = re.compile(r"(?<=[0-9A-Z])[-‐‑‒–—―~、,./至之]+(?=[0-9A-Z])")


@dataclass(frozen=True)
class AddressForms:
    prefix: str  # pattern of the region names an address starts with

    @classmethod
    def of(cls, gazetteer: Gazetteer) -> "AddressForms":
        province, city = gazetteer.province_name, gazetteer.city_name
        towns = [
            name + office for name in gazetteer.towns for office in ("", "办事处", "办")[: _offices(name)]
        ]
        names = {province, province[:2] + "省", city, *gazetteer.counties, *gazetteer.aliases, *towns}
        names |= {province[:2] + city, *(city[:-1] + county for county in gazetteer.counties)}
        either = "|".join(sorted(names, key=lambda name: (-len(name), name)))
        return cls(prefix=f"^(?:中国)?(?:{either})+")

    def key(self, address: str) -> str:
        text = unicodedata.normalize("NFKC", address).upper()
        text = text.replace("〔", "(").replace("〕", ")").replace("【", "(").replace("】", ")")
        text = BRACKETED.sub("", BRACKETED.sub("", text)).replace("#", "号")
        text = NUMBERED.sub(lambda words: _digits(words[1]), text)
        text = re.sub(r"号楼|幢", "栋", re.sub(r"([0-9])层", r"\1楼", text))
        text = BETWEEN_NUMBERS.sub("-", re.sub(r"\s", "", text))
        text = re.sub(rf"[^{HAN}A-Z0-9-]|(?<![0-9A-Z])-+|-+(?![0-9A-Z])", "", text)
        return re.sub(self.prefix, "", text)


def _offices(name: str) -> int:
    return 3 if name.endswith("街道") else 1


def _digits(words: str) -> str:
    number = number_of(words)
    return words if number is None else str(number)


def address_keys(addresses: pl.Series, forms: AddressForms) -> pl.Series:
    """Plain addresses only lose their region names, the nearly plain also brackets; the rest are read one by one.

    Null where nothing is left.
    """
    texts = addresses.to_frame("text")
    plain = texts.select(_handy(pl.col("text"), forms)).to_series()
    rest = (addresses.is_not_null() & plain.is_null()).arg_true()
    if not rest.is_empty():
        plain = plain.scatter(
            rest, texts[rest].select(_handy(_without_brackets(pl.col("text")), forms)).to_series()
        )

    def key(address: str) -> Reading[str]:
        return Reading(forms.key(address))

    keys = read_column(addresses, key, pl.String(), plain=plain)
    return keys.values.to_frame("key").select(pl.when(pl.col("key") != "").then("key")).to_series()


def _handy(text: pl.Expr, forms: AddressForms) -> pl.Expr:
    return pl.when(text.str.contains(PLAIN) & ~text.str.contains(UNHANDY)).then(
        text.str.replace(forms.prefix, "")
    )


def _without_brackets(text: pl.Expr) -> pl.Expr:
    text = text.str.normalize("NFKC").str.replace_all(BRACKETED.pattern, "")
    return text.str.replace_all("号楼|幢", "栋").str.replace_all(" ", "", literal=True)

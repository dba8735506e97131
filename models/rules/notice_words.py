"""Words on a 告知单 that follow from a date or from who is addressed (A05, 2.1)."""

from datetime import date
from enum import StrEnum


class Variant(StrEnum):
    """The two readings of annex 2's 申报（变更申报）: undeclared units, and declared units that changed (A05)."""

    DECLARE = "申报"
    CHANGE = "变更申报"


class Catalogue(StrEnum):
    """职业病分类和目录, by year of issue."""

    OF_2013 = "2013"
    OF_2024 = "2024"


IN_FORCE_2024 = date(2025, 8, 1)


def catalogue_on(day: date) -> Catalogue:
    """The list in force on the notice's date: the campaign straddles the switch (2.1)."""
    return Catalogue.OF_2024 if day >= IN_FORCE_2024 else Catalogue.OF_2013


def chinese_day(day: date) -> str:
    """2024年8月9日: annex 2's blank begins with an Arabic 202, and GB/T 9704 wants Arabic numerals (2.6)."""
    return f"{day.year}年{day.month}月{day.day}日"

"""Codes of units in the words of the lists, for workbooks and letters."""

from functools import cache

from models.reference import city_towns, industries


@cache
def _towns() -> dict[str, str]:
    return dict(city_towns().select("code", "name").iter_rows())


@cache
def _industries() -> dict[str, str]:
    return dict(industries().select("code", "name").iter_rows())


def town_name(code: str | None) -> str | None:
    return _towns().get(code or "")


def industry_text(code: str | None) -> str:
    """Code and name, as a clerk reads it; an unknown one is said."""
    return f"{code} {_industries().get(code, '')}".strip() if code else "不明"

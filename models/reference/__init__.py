"""The packaged code lists (divisions, industries, hazards …), read once and never empty (F22)."""

from functools import cache
from importlib import resources

import polars as pl

from models.errors import EnvironmentTrouble

MISSING = "E1401"
EMPTY = "E1402"


@cache
def read_list(name: str) -> pl.DataFrame:
    """A packaged list, every column as text. A missing or empty one stops the program (F22)."""
    source = resources.files(__name__).joinpath(f"{name}.csv")
    if not source.is_file():
        raise EnvironmentTrouble(MISSING, f"缺少代码表 {name}.csv，请重新安装程序。")
    return parse(name, source.read_bytes())


def parse(name: str, content: bytes) -> pl.DataFrame:
    try:
        rows = pl.read_csv(content, infer_schema=False)
    except pl.exceptions.NoDataError:
        rows = pl.DataFrame()
    if rows.is_empty():
        raise EnvironmentTrouble(EMPTY, f"代码表 {name}.csv 是空的，请重新安装程序。")
    return rows


def industries() -> pl.DataFrame:
    """GB/T 4754-2017: code, name, level, parent, section, full_code."""
    return read_list("gbt4754_2017")


def city_counties() -> pl.DataFrame:
    """The city and its counties: code, name, parent, parent_name (2.8)."""
    return read_list("regions_liuzhou_counties")


def city_towns() -> pl.DataFrame:
    """Towns and streets of the city: code, name, county_code, county_name."""
    return read_list("regions_liuzhou_streets")


def province_counties() -> pl.DataFrame:
    """Counties of the whole province: code, name, city_code."""
    return read_list("regions_guangxi_counties")


def province_cities() -> pl.DataFrame:
    """Cities of the province: code, name."""
    return read_list("regions_guangxi_cities")


def provinces() -> pl.DataFrame:
    """Provinces of the country: code, name."""
    return read_list("regions_provinces")

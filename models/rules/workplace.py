"""The county of a row: the workplace before the registered seat, and never the credit code (Q9).

Order: county cell, division code of the workplace, town cell, workplace address; only where none of them says
anything, the registered division code and address (basis `registered`). What stays unknown is told, never guessed.
"""

from typing import NamedTuple

import polars as pl

from models.problem import Severity
from models.rules.cell import CellCode
from models.rules.columns import FINDINGS
from models.rules.place import PLACE, address_places, names_only_city, places, read_county, read_town
from models.rules.region import Gazetteer

EVIDENCE = ("county", "district_code", "town", "address", "registered_district_code", "registered_address")
STATED = EVIDENCE[:3]
WORKPLACE = EVIDENCE[:4]
REGISTERED = EVIDENCE[4:]


class Workplaces(NamedTuple):
    columns: pl.DataFrame  # county, county_basis, town
    findings: pl.DataFrame  # as columns.FINDINGS, with `field`


def workplaces(texts: pl.DataFrame, gazetteer: Gazetteer) -> Workplaces:
    """`texts` has the columns of EVIDENCE, null where not given."""
    rows = _settled(texts.hstack(_evidence(texts, gazetteer)), gazetteer)
    findings = [
        _unknown(rows),
        _outside(rows),
        _conflict(rows),
        _unread(rows, gazetteer),
        *_town_findings(rows),
    ]
    told = pl.concat(finding.select("field", *FINDINGS) for finding in findings)
    return Workplaces(rows.select(county="the_county", county_basis="basis", town="the_town"), told)


def _evidence(texts: pl.DataFrame, gazetteer: Gazetteer) -> pl.DataFrame:
    """What each text says. The registered ones are only read where the workplace ones say nothing at all:
    a workplace elsewhere, or in a zone nobody has assigned yet, must not be drawn back to the seat's county."""
    said = pl.concat([_read(texts[name], gazetteer) for name in WORKPLACE], how="horizontal")
    silent = pl.all_horizontal(pl.col(_of("county", WORKPLACE) + _of("zone", WORKPLACE)).is_null())
    silent &= ~pl.any_horizontal(pl.col(_of("outside", WORKPLACE)).fill_null(False))
    seat = (
        texts.select(REGISTERED)
        .with_columns(said.select(silent=silent))
        .with_columns(pl.when("silent").then(pl.col(REGISTERED)))
    )
    return pl.concat([said, *(_read(seat[name], gazetteer) for name in REGISTERED)], how="horizontal")


def _read(texts: pl.Series, gazetteer: Gazetteer) -> pl.DataFrame:
    if "address" in texts.name:
        found = address_places(texts, gazetteer)
    else:
        found = places(texts, read_town if texts.name == "town" else read_county, gazetteer)
    return found.rename({part: f"{texts.name}.{part}" for part in PLACE})


def _of(part: str, names: tuple[str, ...]) -> list[str]:
    return [f"{name}.{part}" for name in names]


def _settled(rows: pl.DataFrame, gazetteer: Gazetteer) -> pl.DataFrame:
    rows = rows.with_row_index("at").with_columns(
        stated=pl.coalesce(_of("county", STATED)),
        workplace=pl.coalesce(_of("county", WORKPLACE)),
        the_county=pl.coalesce(_of("county", EVIDENCE)),
        said_outside=pl.any_horizontal(pl.col(_of("outside", WORKPLACE)).fill_null(False)),
    )
    by_workplace = pl.col("workplace").is_not_null()
    basis = (
        pl.when(by_workplace)
        .then(pl.lit("workplace"))
        .when(pl.col("the_county").is_not_null())
        .then(pl.lit("registered"))
    )
    return rows.with_columns(
        basis=basis,
        inside=pl.col("the_county").is_in(list(gazetteer.counties.values())),
        the_town=pl.coalesce(
            *(_fitting(f"{name}.town", by_workplace) for name in ("town", "district_code", "address")),
            *(_fitting(f"{name}.town", ~by_workplace) for name in REGISTERED),
        ),
    )


def _fitting(town: str, usable: pl.Expr) -> pl.Expr:
    return pl.when(usable & (pl.col(town).str.slice(0, 6) == pl.col("the_county"))).then(pl.col(town))


def _tell(
    rows: pl.DataFrame,
    where: pl.Expr,
    code: CellCode,
    message: pl.Expr,
    field: str = "county",
    value: pl.Expr | None = None,
) -> pl.DataFrame:
    # polars 2.1 can panic when it formats text over a frame in several chunks
    return (
        rows.filter(where)
        .rechunk()
        .select(
            "at",
            field=pl.lit(field),
            code=pl.lit(str(code)),
            severity=pl.lit(str(Severity.PLEASE_CHECK)),
            value=pl.col(field) if value is None else value,
            message=message,
        )
    )


def _unknown(rows: pl.DataFrame) -> pl.DataFrame:
    zone = pl.coalesce(_of("zone", WORKPLACE))
    message = (
        pl.when(zone.is_null())
        .then(pl.lit("所在县区不明，请补生产经营地所在县（区）。"))
        .otherwise(
            pl.format("所在县区不明：{}还没有对应的县区，请补县（区），或在行动配置的别名表中指定。", zone)
        )
    )
    where = pl.col("the_county").is_null() & ~pl.col("said_outside")
    return _tell(rows, where, CellCode.COUNTY_UNKNOWN, message, value=pl.coalesce(EVIDENCE))


def _outside(rows: pl.DataFrame) -> pl.DataFrame:
    where = ~pl.col("inside") | pl.col("the_county").is_null() & pl.col("said_outside")
    message = pl.lit("生产经营地不在本市，请核实是否属于本市申报范围。")
    return _tell(rows, where, CellCode.COUNTY_OUTSIDE, message, value=pl.coalesce(EVIDENCE))


def _conflict(rows: pl.DataFrame) -> pl.DataFrame:
    """The county cell against a clear address; or a cell that says elsewhere while the address lies here."""
    by_address = pl.col("stated").is_not_null() & (pl.col("stated") != pl.col("address.county"))
    by_code = pl.col("county.county") != pl.col("district_code.county")
    half_outside = pl.col("said_outside") & pl.col("inside")
    where = (by_address | by_code).fill_null(False) | half_outside.fill_null(False)
    other = pl.when(by_address).then("address").otherwise(pl.coalesce("district_code", "address"))
    message = pl.format("所在县区与“{}”不一致，暂按{}，请核实。", other.fill_null(""), pl.col("the_county"))
    return _tell(rows, where, CellCode.COUNTY_CONFLICT, message, value=pl.coalesce(EVIDENCE))


def _unread(rows: pl.DataFrame, gazetteer: Gazetteer) -> pl.DataFrame:
    """A county cell that names nothing we know, while something else told the county."""
    mute = (
        pl.col("county").is_not_null() & pl.col("county.county").is_null() & pl.col("county.zone").is_null()
    )
    rows = rows.filter(mute & ~pl.col("county.outside") & pl.col("the_county").is_not_null())
    wide = [text for text in rows["county"].unique() if names_only_city(text, gazetteer)]
    message = pl.format("县（区）看不明白，暂按其他栏判断为{}，请核实。", "the_county")
    return _tell(rows, ~pl.col("county").is_in(wide), CellCode.COUNTY_UNREAD, message)


def _town_findings(rows: pl.DataFrame) -> list[pl.DataFrame]:
    town, county = pl.col("town.county"), pl.col("the_county")
    unread = pl.col("town").is_not_null() & pl.col("town.town").is_null() & pl.col("inside")
    return [
        _tell(rows, unread, CellCode.TOWN_UNREAD, pl.lit("乡镇（街道）不在本市名录中，请核实。"), "town"),
        _tell(
            rows,
            town != county,
            CellCode.TOWN_CONFLICT,
            pl.lit("乡镇（街道）不在所填县区内，请核实。"),
            "town",
        ),
    ]

"""Rows as read become rows as stored: normal form, the line each is a version of, and their problems."""

from functools import cache

import polars as pl

from models import reference
from models.campaign import Campaign
from models.inbound import NORMAL, Kind
from models.problem import PROBLEMS, Severity
from models.rules.identity import entry_text, hashes
from models.rules.normal import normalise
from models.rules.region import Gazetteer
from tasks.cell_faults import cell_faults, without_lost_digits
from tasks.lead_channels import with_known_channels
from tasks.person_key import person_key
from tasks.reading import Table

NOBODY = "E1190"
APPROVED_EARLY = "E1182"
NO_PROBLEMS = pl.DataFrame(
    schema={**{name: kind for name, kind in PROBLEMS.items() if name != "row_no"}, "record_id": pl.Int64()}
)


def in_normal_form(
    raw: pl.DataFrame, table: Table, kind: Kind, sender: str, campaign: Campaign
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Contents for `record` (id, entry, current, NORMAL columns) and their problems for `row_problem`.

    `raw` holds the rows of `table` (row_no, id, RAW fields) that are new to us. A row that names nobody is kept
    with its problem, but stands for no line: it is never current.
    """
    normal, problems = normalise(
        raw.drop("id"),
        gazetteer=gazetteer(campaign),
        programmes=_programmes(campaign),
        person_key=person_key(),
    )
    normal = normal.join(raw.select("row_no", "id"), on="row_no")
    normal, of_kind = _by_kind(normal, kind, campaign)
    names_somebody = pl.any_horizontal(pl.col("name_key", "credit_code", "legacy_code").is_not_null())
    texts = normal.select(entry_text(kind).alias("entry"))["entry"]
    contents = normal.with_columns(entry=hashes(sender, texts), current=names_somebody)
    nobody = contents.filter(~pl.col("current")).select("row_no")
    found = pl.concat([problems, cell_faults(table), _nameless(nobody), of_kind]).join(
        normal.select("row_no", record_id="id"), on="row_no"
    )
    return contents.select("id", "entry", "current", *NORMAL), found.drop("row_no")


def _by_kind(normal: pl.DataFrame, kind: Kind, campaign: Campaign) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What only the rows of one kind must hold."""
    if kind is Kind.LEAD:
        return with_known_channels(normal, campaign)
    if kind is Kind.DECLARATIONS:
        return normal, _approved_early(normal)
    return normal, pl.DataFrame(schema=PROBLEMS)


def readied(raw: pl.DataFrame, table: Table) -> pl.DataFrame:
    """`raw` with what only the whole sheet can tell: once for a sheet, before its rows are taken in parts."""
    return with_parents(without_lost_digits(raw, table), table.frame)


def with_parents(raw: pl.DataFrame, sheet: pl.DataFrame) -> pl.DataFrame:
    """The regulator names a parent by its own number for it: where the sheet lists the parent, its code instead (C23)."""
    if not {"parent_code", "source_key", "credit_code"} <= {*sheet.columns}:
        return raw
    listed = sheet.select("source_key", "credit_code").drop_nulls().unique("source_key", keep="first")
    codes = dict(listed.iter_rows())
    return raw.with_columns(pl.col("parent_code").replace(codes))


def _nameless(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        "row_no",
        field=pl.lit("name"),
        code=pl.lit(NOBODY),
        severity=pl.lit(str(Severity.MUST_FIX)),
        value=pl.lit(None, pl.String),
        message=pl.lit("这一行既没有单位名称，也没有可用的信用代码，无法认定是哪个单位；请补全后重新导入。"),
    ).cast(pl.Schema(PROBLEMS))


def _approved_early(normal: pl.DataFrame) -> pl.DataFrame:
    return (
        normal.filter(pl.col("approved_on") < pl.col("filed_on"))
        .select(
            "row_no",
            field=pl.lit("approved_on"),
            code=pl.lit(APPROVED_EARLY),
            severity=pl.lit(str(Severity.PLEASE_CHECK)),
            value=pl.col("approved_on").cast(pl.String),
            message=pl.format("审核日期早于申报日期（{}）；请核实两个日期。", "filed_on"),
        )
        .cast(pl.Schema(PROBLEMS))
    )


def gazetteer(campaign: Campaign) -> Gazetteer:
    """Names and codes of places, with the campaign's own words for counties, zones and old names."""
    # a zone with days is no county to intake: which line its units count in, each day decides (M05)
    listed = [county for county in campaign.counties if county.parent is None]
    words = {alias: county.code for county in listed for alias in county.aliases}
    return _gazetteer(tuple(sorted((words | campaign.region_aliases).items())))


@cache
def _gazetteer(aliases: tuple[tuple[str, str], ...]) -> Gazetteer:
    return Gazetteer.build(
        city_counties=reference.city_counties(),
        city_towns=reference.city_towns(),
        province_counties=reference.province_counties(),
        province_cities=reference.province_cities(),
        provinces=reference.provinces(),
        aliases=dict(aliases),
    )


def _programmes(campaign: Campaign) -> dict[str, str]:
    return {word: one.key for one in campaign.programmes for word in (one.name, *one.aliases)}

"""What analysts take away as files (ACT12). Reads only."""

from datetime import date, datetime
from pathlib import Path

import polars as pl

from models.campaign import Campaign
from models.clock import SHANGHAI
from models.database import reading
from models.queries.unit_export import unit_columns
from models.rules.figure_table import figure_table
from notices.table_file import write_table
from tasks.assessments import shown_month
from tasks.figures import figures
from tasks.targets import see_targets

FIGURE_COLUMNS = {
    "month": pl.String(),
    "as_of": pl.Date(),
    "known_at": pl.String(),
    "county": pl.String(),
    "county_name": pl.String(),
    "figure": pl.String(),
    "name": pl.String(),
    "definition": pl.String(),
    "value": pl.Int64(),
    "done": pl.Int64(),
    "whole": pl.Int64(),
    "printed": pl.String(),
}


def export_units(
    campaign: Campaign,
    as_of: date,
    path: Path,
    *,
    county: str | None = None,
    known_at: datetime | None = None,
) -> int:
    """Every unit of the day as known then, in or out of the targets and why. Returns how many."""
    with reading() as db:
        facts = see_targets(db, campaign, as_of, known_at)
        frame = unit_columns(db, campaign, facts=facts, county=county)
    write_table(frame, path)
    return frame.height


def export_figures(
    campaign: Campaign,
    path: Path,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    month: str | None = None,
    county: str | None = None,
) -> int:
    """Of a published month as it was published; of any day as known then. Returns how many lines."""
    if month is not None:
        found = shown_month(campaign, month)
    else:
        assert as_of is not None
        found = figures(campaign, as_of, known_at)
    rows = [
        row | {"known_at": row["known_at"].astimezone(SHANGHAI).isoformat()}
        for row in figure_table(found, campaign)
        if county in (None, row["county"])
    ]
    write_table(pl.DataFrame(rows, schema=FIGURE_COLUMNS), path)
    return len(rows)

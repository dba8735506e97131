"""What analysts take away as files (ACT12). Reads only."""

from datetime import date, datetime
from pathlib import Path

from models.campaign import Campaign
from models.database import reading
from models.queries.unit_export import unit_columns
from notices.table_file import write_table
from tasks.targets import see_targets


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

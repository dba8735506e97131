"""What stands behind a printed integer: its units, and for each the rule and the events that put it in or out (C27)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.database import reading
from models.errors import UsageTrouble
from models.queries.assessments import lay_frozen, published
from models.queries.figure_events import figure_events
from models.queries.figures import figure_keys, is_act, units_rows
from models.queries.knowledge import STANDING, lay_standing, transaction_time
from models.rules.figure_reasons import POPULATIONS, why_counted
from models.rules.figure_words import NAMES, WORK, definition, figure_name
from models.rules.figures import Cause
from models.rules.months import last_of
from tasks.figures import lay_day, lay_figures, listed
from tasks.membership import one_employer


@dataclass(frozen=True)
class Explained:
    """The figure, and its list: as long as the figure is big."""

    key: str
    name: str
    definition: str
    as_of: date
    known_at: datetime
    assessment: int | None  # the published month it was read from
    units: list[dict[str, Any]]


def known_figures(campaign: Campaign) -> list[str]:
    return [*figure_keys(campaign), *WORK, *(f"cause:{cause}" for cause in Cause)]


def figure_key(campaign: Campaign, words: str) -> str:
    """A figure by its key, or by the name it is printed under."""
    keys = known_figures(campaign)
    by_name = {figure_name(key, campaign): key for key in keys} | {
        part: key for key, name in NAMES.items() for part in name.split()
    }
    for key in (words, words.lower(), by_name.get(words)):
        if key in keys:
            return str(key)
    raise UsageTrouble("E1815", f"没有叫“{words}”的数字。可用：{'、'.join(keys)}。")


def explain_figure(
    campaign: Campaign,
    words: str,
    *,
    month: str | None = None,
    as_of: date | None = None,
    known_at: datetime | None = None,
    county: str | None = None,
) -> Explained:
    """Of a published month its frozen list; of any other day the list of that day."""
    key = figure_key(campaign, words)
    with reading() as db:
        day, known, frozen = _lay(db, campaign, key, month, as_of, known_at)
        rows = listed(db, key, county=county)
        events = _events(db, campaign, rows, day, known)
        units = [_told(row, campaign) | {"events": events.get(_unit(row), [])} for row in rows]
        name, meaning = figure_name(key, campaign), definition(key, campaign)
        return Explained(key, name, meaning, day, known, frozen, units)


def explain_place(
    campaign: Campaign, unit: str, *, as_of: date, known_at: datetime | None = None
) -> list[dict[str, Any]]:
    """One unit in every population that counts it, with all figures it is part of on the day."""
    with reading() as db:
        number = one_employer(db, unit)
        lay_day(db, campaign, as_of, known_at)
        known = known_at or transaction_time(db)
        rows = units_rows(db, campaign, number)
        events = _events(db, campaign, rows, as_of, known)
        return [_told(row, campaign) | {"events": events.get(number, [])} for row in rows]


def _lay(
    db: Session,
    campaign: Campaign,
    key: str,
    month: str | None,
    as_of: date | None,
    known_at: datetime | None,
) -> tuple[date, datetime, int | None]:
    frozen = published(db, campaign, month) if month and known_at is None else None
    if frozen is not None:
        lay_frozen(db, frozen.id)
        return frozen.as_of, frozen.known_at, frozen.id
    day = last_of(month) if month else as_of
    assert day is not None
    if is_act(key):
        lay_figures(db, campaign, day, known_at)
    else:
        lay_day(db, campaign, day, known_at)
    return day, known_at or transaction_time(db), None


def _events(
    db: Session, campaign: Campaign, rows: list[dict[str, Any]], as_of: date, known_at: datetime
) -> dict[int, list[dict[str, Any]]]:
    lay_standing(db, campaign.platforms.counting, known_at)
    units = {unit for row in rows if (unit := _unit(row)) is not None}
    return figure_events(db, campaign, units, as_of, known_at, standing=STANDING)


def _unit(row: dict[str, Any]) -> Any:
    return row.get("unit") or row.get("employer_id")


def _told(row: dict[str, Any], campaign: Campaign) -> dict[str, Any]:
    if "population" not in row:
        return row
    return row | {"why": why_counted(row, campaign), "in": POPULATIONS[row["population"]]}

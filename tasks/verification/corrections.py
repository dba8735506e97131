"""What a county corrects about a unit becomes a line of its own list, tied to that unit and to no other (C07, C25)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.unit_judgements import merge_lines, split_line
from models.campaign import Campaign
from models.inbound import Kind
from models.rules.verdicts import Trouble
from tasks.verification.handed_in import store_rows
from tasks.verification.layout import CORRECTIONS, UNITS

REASON = "核对更正"
FACTS = tuple(CORRECTIONS)
# the field of an inbound row that each corrected fact is written in
RAW_FIELDS = {"name": "name", "address": "address", "industry": "industry_code"}
RAW_FIELDS |= {"headcount": "headcount", "phone": "phone"}


class Earlier(NamedTuple):
    """What the county corrected before, and when."""

    facts: dict[str, Any]
    on: date


class Wanted(NamedTuple):
    row_no: int
    facts: dict[str, Any]


def source_name(campaign: Campaign, county: str) -> str:
    return f"{campaign.county_names[county]}核对"


NOW = "SELECT id, name, address, industry, headcount, phone FROM employer WHERE id = ANY(:units)"
EARLIER = """
    SELECT r.source_key::bigint AS unit, r.name, r.address, r.industry, r.headcount, r.phone, max(b.data_date) AS day
    FROM record r
    JOIN source s ON s.id = r.source_id AND s.kind = 'verification' AND s.name = :source
    JOIN sighting g ON g.record_id = r.id JOIN batch b ON b.id = g.batch_id
    WHERE r.current AND r.source_key = ANY(:units)
    GROUP BY r.id ORDER BY day"""


def facts_now(db: Session, units: list[int]) -> dict[int, dict[str, Any]]:
    rows = db.execute(text(NOW), {"units": units}).mappings()
    return {row["id"]: {fact: row[fact] for fact in FACTS} for row in rows}


def corrected_before(db: Session, source: str, units: list[int]) -> dict[int, Earlier]:
    found: dict[int, Earlier] = {}
    given = {"source": source, "units": [str(unit) for unit in units]}
    for row in db.execute(text(EARLIER), given).mappings():
        facts = {fact: row[fact] for fact in FACTS if row[fact] is not None}
        known = found.get(row["unit"])
        found[row["unit"]] = Earlier((known.facts if known else {}) | facts, row["day"])
    return found


def really_new(corrected: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """A file sent again corrects what is correct by now."""
    return {fact: value for fact, value in corrected.items() if value != now.get(fact)}


def too_soon(facts: Mapping[str, Any], before: Earlier | None, as_of: date) -> Trouble | None:
    """Lists are told apart by their day: a fact cannot be corrected twice on one, nor before a later correction."""
    if before is None or before.on < as_of:
        return None
    clash = [CORRECTIONS[fact] for fact in facts if before.on > as_of or fact in before.facts]
    if not clash:
        return None
    return Trouble("E1282", f"{'、'.join(clash)}：{before.on} 已更正为别的内容；要再改，请在次日或以后报送。")


def store_corrections(
    db: Session,
    campaign: Campaign,
    county: str,
    wanted: Mapping[int, Wanted],
    *,
    file: tuple[str, str],
    on: date,
    by: str,
) -> None:
    """Leaves the lines touched; the caller settles their units. A later correction adds to the earlier ones."""
    source = source_name(campaign, county)
    before = corrected_before(db, source, list(wanted))
    rows = [
        _row(campaign, county, unit, one, before.get(unit), called)
        for unit, called in _called(db, list(wanted)).items()
        for one in [wanted[unit]]
    ]
    units = {int(str(row["row_no"])): int(str(row["source_key"])) for row in rows}
    # a row without a name says nothing of the name: the two sorts are two sheets, lest one lacks what it never had
    for sheet, named in ((UNITS, False), (f"{UNITS}（名称）", True)):
        part = [row for row in rows if bool(row.get("name")) is named]
        if part:
            lines = store_rows(
                db,
                campaign,
                part,
                kind=Kind.VERIFICATION,
                source=source,
                sheet=sheet,
                file=file,
                on=on,
                by=by,
            )
            _tie(db, {units[row_no]: entry for row_no, entry in lines}, source)


CALLED = "SELECT id, name, credit_code, legacy_code FROM employer WHERE id = ANY(:units) ORDER BY id"


def _called(db: Session, units: list[int]) -> dict[int, dict[str, Any]]:
    return {row["id"]: dict(row) for row in db.execute(text(CALLED), {"units": units}).mappings()}


def _row(
    campaign: Campaign,
    county: str,
    unit: int,
    wanted: Wanted,
    before: Earlier | None,
    called: Mapping[str, Any],
) -> dict[str, str | int | None]:
    """All that the county ever corrected about the unit, called by its code, or where it has none by its name."""
    facts = (before.facts if before else {}) | wanted.facts
    code = called["credit_code"] or called["legacy_code"]
    row: dict[str, str | int | None] = {"row_no": wanted.row_no, "source_key": str(unit)}
    row |= {"credit_code": called["credit_code"]} if called["credit_code"] else {"legacy_code": code}
    row |= {RAW_FIELDS[fact]: str(value) for fact, value in facts.items()}
    if not code and "name" not in facts:
        row["name"] = called["name"]
    if "address" in facts:  # an address is good only beside its county
        row["county"] = campaign.county_names[county]
    return row


JUDGED = """
    SELECT entry FROM unit_judgement WHERE undone_at IS NULL AND kind = 'split' AND entry = ANY(:entries)"""
# the line that stands for each unit: a current one of another list, the newest
LINES = """
    SELECT DISTINCT ON (p.employer_id) p.employer_id AS unit, r.entry
    FROM placement p
    JOIN record r ON r.id = p.record_id AND r.current
    JOIN source s ON s.id = r.source_id AND s.kind <> 'verification'
    WHERE p.ended_at IS NULL AND p.employer_id = ANY(:units)
    ORDER BY p.employer_id, s.kind <> 'registry', r.entry"""


def _tie(db: Session, entries: Mapping[int, int], source: str) -> None:
    """A correction is about the unit it was asked of, whatever code or name it carries."""
    judged = set(db.scalars(text(JUDGED), {"entries": list(entries.values())}))
    lines = {row.unit: row.entry for row in db.execute(text(LINES), {"units": list(entries)})}
    for unit, entry in entries.items():
        if entry not in judged and unit in lines:
            split_line(db, entry, by=source, reason=REASON)
            merge_lines(db, entry, lines[unit], by=source, reason=REASON)

"""Builders of units, declarations and lists as intake, units and linkage would leave them."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.declaration import Standing
from models.employer import FACTS, Employer, Placement
from models.inbound import Kind
from models.link import Link
from models.record import record, sighting
from tasks.campaigns import open_campaign
from tests.make import JULY, load, make_row

DAY = date(2024, 8, 9)
_numbers = count(1)


@cache
def campaign_on_file() -> Campaign:
    """The shipped campaign with every ground of R switched on, whatever the office sets in the file."""
    shipped = open_campaign("liuzhou-2024-2025")
    scope = {"catalogue_risks": ("严重",), "hazard_sources": ("survey", "association", "lead")}
    return Campaign.model_validate(shipped.model_dump() | {"scope": scope})


def campaign_with(**changes: Any) -> Campaign:
    """The shipped campaign with some of its sections changed, checked again."""
    return Campaign.model_validate(campaign_on_file().model_dump() | changes)


def make_employer(db: Session, **facts: Any) -> Employer:
    """A steel works in 柳江区 with 25 workers, unless told otherwise."""
    name = f"柳州市第{next(_numbers)}钢铁有限公司"
    given: dict[str, Any] = {"name": name, "name_key": name, "branch_part": "", "county": "450206"}
    given |= {"industry": "3110", "headcount": 25, "state": "在营"}
    employer = Employer(**given | facts)
    db.add(employer)
    db.flush()
    return employer


def make_known(db: Session, **facts: Any) -> Employer:
    """The same with the registry line that says so, as needed for any question of what was known when."""
    employer = make_employer(db, **facts)
    list_on(db, Kind.REGISTRY, employer, {fact: getattr(employer, fact) for fact in FACTS})
    return employer


def declare(
    db: Session,
    employer: Employer,
    *,
    from_on: date | None = JULY,
    to_on: date | None = None,
    verdict: str = "sure",
    **row: Any,
) -> int:
    """A declaration linked to `employer`, approved from `from_on` on (None: 待审核). Returns its entry."""
    number = f"SB{next(_numbers)}"
    given = {"name": employer.name, "declaration_no": number, "platform": "广西"}
    given["declaration_state"] = "待审核" if from_on is None else "已审核"
    entry = list_on(db, Kind.DECLARATIONS, None, {"approved_on": from_on} | given | row, from_on or JULY)
    if from_on:
        db.add(Standing(entry=entry, from_on=from_on, to_on=to_on, presumed=False))
    db.add(Link(entry=entry, employer_id=employer.id, verdict=verdict, method="code", by="规则"))
    db.flush()
    return entry


def list_on(
    db: Session, kind: Kind, employer: Employer | None, row: Mapping[str, Any], on: date = JULY
) -> int:
    """One line of a list of `kind`, placed at `employer`. Returns its entry."""
    batch = load(db, kind, [make_row(**row)], on)
    found = db.execute(
        select(record.c.id, record.c.entry)
        .join(sighting, sighting.c.record_id == record.c.id)
        .where(sighting.c.batch_id == batch.id)
    ).one()
    if employer is not None:
        db.add(Placement(record_id=found.id, employer_id=employer.id))
        db.flush()
    return int(found.entry)

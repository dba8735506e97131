"""The review work list in the columns of M04, as it stands now: of one county, or of all for the city.

What waits longest stands first, and among those due on one day what the campaign holds to be most urgent (C21).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Exists, Row, ScalarSelect, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from models.campaign_parts import Calendar
from models.declaration import DeclarationState
from models.filing import (
    DeclarationEvent,
    DeclarationVersion,
    FiledDeclaration,
    Level,
    Registrant,
    ReviewObjection,
    Role,
    Source,
)
from models.queries.survivors import survivors
from models.rules.review import Actor, role_of
from models.rules.review_list import SECOND_LOOK, days_late, operations, review_due
from models.second_look import SecondLook
from models.target import Target

OURS = FiledDeclaration.source != Source.PLATFORM
LAST = 2**62  # in the order of work, of whom nobody knows how urgent it is


@dataclass(frozen=True)
class ReviewLine:
    """One declaration that is no longer the employer's own."""

    declaration: int
    county: str  # 所属地区
    name: str | None  # as the document in force gives it
    type: str | None
    filed_on: date
    state: DeclarationState
    operations: tuple[str, ...]
    due_on: date | None  # of those that wait, since they were submitted or revoked
    days_late: int
    objection_due_on: date | None  # city or region asked for another look (M07)
    second_look: bool = False  # approved by itself, and drawn for a person to look at
    work_order: int | None = None  # the unit's, where the campaign knows it (C21)
    source: str = Source.FILED

    @property
    def to_do(self) -> bool:
        """Something is asked of the county."""
        return self.due_on is not None or self.objection_due_on is not None or self.second_look

    def urgency(self) -> tuple[int, bool, date, int, int]:
        group = 0 if self.due_on is not None else 1 if self.to_do else 2
        order = LAST if self.work_order is None else self.work_order
        day = self.due_on or self.objection_due_on or self.filed_on
        return group, self.days_late == 0, day, order, self.declaration


def review_list(
    db: Session,
    *,
    actor: Actor,
    as_of: date,
    calendar: Calendar,
    county: str | None = None,
    campaign: str | None = None,
    only_to_do: bool = False,
) -> list[ReviewLine]:
    """Those an agency may see; `county` narrows it to one reviewing agency, `campaign` says whose order of work.

    What a platform decides on is there to be looked at: nobody waits for us with it.
    """
    chosen = _chosen(as_of, campaign)
    if county is not None:
        chosen = chosen.where(Registrant.reviewer == county)
    if actor.level is Level.EMPLOYER:
        chosen = chosen.where(Registrant.id == int(actor.code))
    if only_to_do:
        waits = (FiledDeclaration.state == DeclarationState.SUBMITTED) & OURS
        chosen = chosen.where(or_(waits, _objected().is_not(None), _drawn()))
    lines = (_line(row, actor, as_of, calendar) for row in db.execute(chosen))
    return sorted((line for line in lines if line.operations), key=ReviewLine.urgency)


def _chosen(as_of: date, campaign: str | None) -> Select[Any]:
    form, merged = DeclarationVersion.form, survivors()
    unit = func.coalesce(merged.c.survivor, Registrant.employer_id)
    return (
        select(
            FiledDeclaration.id,
            FiledDeclaration.state,
            FiledDeclaration.filed_on,
            Registrant.id.label("registrant"),
            Registrant.county,
            Registrant.reviewer,
            form["basics"]["name"].astext.label("name"),
            form["type"].astext.label("type"),
            DeclarationEvent.effective_on.label("since"),
            _objected().label("objection_due_on"),
            _drawn().label("second_look"),
            Target.work_order,
            FiledDeclaration.source,
        )
        .join(Registrant, Registrant.id == FiledDeclaration.registrant_id)
        .join(
            DeclarationVersion,
            (DeclarationVersion.declaration_id == FiledDeclaration.id)
            & (DeclarationVersion.number == FiledDeclaration.version),
        )
        .join(
            DeclarationEvent,
            (DeclarationEvent.declaration_id == FiledDeclaration.id)
            & (DeclarationEvent.number == FiledDeclaration.steps),
        )
        .outerjoin(merged, merged.c.merged == Registrant.employer_id)
        .outerjoin(Target, (Target.campaign == campaign) & (Target.employer_id == unit))
        .where(FiledDeclaration.filed_on <= as_of, FiledDeclaration.state != DeclarationState.DRAFT)
    )


def _objected() -> ScalarSelect[Any]:
    open_one = select(func.min(ReviewObjection.due_on)).where(
        ReviewObjection.declaration_id == FiledDeclaration.id, ReviewObjection.closing.is_(None)
    )
    return open_one.scalar_subquery()


def _drawn() -> Exists:
    return exists().where(SecondLook.declaration_id == FiledDeclaration.id, SecondLook.closing.is_(None))


def _line(row: Row[Any], actor: Actor, as_of: date, calendar: Calendar) -> ReviewLine:
    state = DeclarationState(row.state)
    ours = row.source != Source.PLATFORM
    waits = ours and state is DeclarationState.SUBMITTED
    role = role_of(actor, row.registrant, row.reviewer)
    look = (SECOND_LOOK,) if row.second_look and role is Role.REVIEWER else ()
    return ReviewLine(
        declaration=row.id,
        county=row.county,
        name=row.name,
        type=row.type,
        filed_on=row.filed_on,
        state=state,
        operations=operations(state, role, ours=ours) + look,
        due_on=review_due(row.since, calendar) if waits else None,
        days_late=days_late(row.since, as_of, calendar) if waits else 0,
        objection_due_on=row.objection_due_on,
        second_look=row.second_look,
        work_order=row.work_order,
        source=row.source,
    )

"""The review work list in the columns of M04, as it stands now: of one county, or of all for the city."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from models.campaign_parts import Calendar
from models.declaration import DeclarationState
from models.filing import DeclarationEvent, DeclarationVersion, FiledDeclaration, Registrant, ReviewObjection
from models.rules.review import Actor, role_of
from models.rules.review_list import days_late, operations, review_due


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


def review_list(
    db: Session, *, actor: Actor, as_of: date, calendar: Calendar, county: str | None = None
) -> list[ReviewLine]:
    """Those an agency may see, what waits longest first; `county` narrows it to one reviewing agency."""
    form = DeclarationVersion.form
    objected = (
        select(ReviewObjection.due_on)
        .where(ReviewObjection.declaration_id == FiledDeclaration.id, ReviewObjection.closing.is_(None))
        .order_by(ReviewObjection.due_on)
        .limit(1)
        .scalar_subquery()
    )
    chosen = (
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
            objected.label("objection_due_on"),
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
        .where(FiledDeclaration.filed_on <= as_of, FiledDeclaration.state != DeclarationState.DRAFT)
        .order_by(
            FiledDeclaration.state != DeclarationState.SUBMITTED,
            FiledDeclaration.filed_on,
            FiledDeclaration.id,
        )
    )
    if county is not None:
        chosen = chosen.where(Registrant.reviewer == county)
    lines = (_line(row, actor, as_of, calendar) for row in db.execute(chosen))
    return [line for line in lines if line.operations]


def _line(row: Row[tuple[object, ...]], actor: Actor, as_of: date, calendar: Calendar) -> ReviewLine:
    state = DeclarationState(row.state)
    waits = state is DeclarationState.SUBMITTED
    return ReviewLine(
        declaration=row.id,
        county=row.county,
        name=row.name,
        type=row.type,
        filed_on=row.filed_on,
        state=state,
        operations=operations(state, role_of(actor, row.registrant, row.reviewer)),
        due_on=review_due(row.since, calendar) if waits else None,
        days_late=days_late(row.since, as_of, calendar) if waits else 0,
        objection_due_on=row.objection_due_on,
    )

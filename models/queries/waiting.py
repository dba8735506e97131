"""Declarations that wait for the county's decision, for whoever goes through them one by one."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.declaration import DeclarationState
from models.filing import Act, DeclarationEvent, FiledDeclaration, Registrant, Source


def waiting_in(db: Session, agencies: Collection[str], as_of: date) -> list[int]:
    """Numbers of those filed with us by a day, the longest waiting first."""
    one = FiledDeclaration
    chosen = (
        select(one.id)
        .join(Registrant, Registrant.id == one.registrant_id)
        .where(
            one.state == DeclarationState.SUBMITTED,
            one.source != Source.PLATFORM,
            one.filed_on <= as_of,
            Registrant.reviewer.in_(agencies),
        )
    )
    return list(db.scalars(chosen.order_by(one.filed_on, one.id)))


def acts_of(db: Session, declaration: int) -> frozenset[str]:
    """Everything that was ever done with a declaration."""
    acts = select(DeclarationEvent.act).where(DeclarationEvent.declaration_id == declaration)
    return frozenset(db.scalars(acts))


def told_at_submission(db: Session, declaration: int) -> bool:
    """Something was found when it was last submitted, whatever is found now."""
    last = (
        select(DeclarationEvent.payload["findings"])
        .where(DeclarationEvent.declaration_id == declaration, DeclarationEvent.act == Act.SUBMIT)
        .order_by(DeclarationEvent.number.desc())
    )
    return bool(db.scalar(last.limit(1)))

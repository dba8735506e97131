"""Where an employer takes notices, and where it wants none (2.7). Earlier words stay; no address is in the trail."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.employer import Employer
from models.errors import RuleRefused
from models.event import Event
from models.notice_round import DoNotContact, NoticeAddress


def set_address(db: Session, unit: int, channel: str, address: str, *, by: str) -> bool:
    """False: that is the address already."""
    _known(db, unit)
    held = db.scalar(
        select(NoticeAddress).where(
            NoticeAddress.employer_id == unit,
            NoticeAddress.channel == channel,
            NoticeAddress.ended_at.is_(None),
        )
    )
    if held is not None:
        if held.address == address:
            return False
        held.ended_at, held.ended_by = func.now(), by
        db.flush()
    db.add(NoticeAddress(employer_id=unit, channel=channel, address=address, by=by))
    _tell(db, "notice.address", unit, by, channel)
    return True


def refuse_contact(db: Session, unit: int, channel: str | None, *, by: str, reason: str) -> bool:
    """No more notices by `channel`, or at all. False: it was so before."""
    _known(db, unit)
    if _held(db, unit, channel):
        return False
    db.add(DoNotContact(employer_id=unit, channel=channel, reason=reason, by=by))
    _tell(db, "notice.refuse", unit, by, channel, reason=reason)
    return True


def allow_contact(db: Session, unit: int, channel: str | None, *, by: str, reason: str) -> int:
    """Takes back every refusal of `channel`, those of single numbers included; how many there were."""
    held = [one for one in _open(db, unit) if channel is None or one.channel == channel]
    for one in held:
        one.ended_at, one.ended_by = func.now(), by
    if held:
        _tell(db, "notice.allow", unit, by, channel, reason=reason)
    return len(held)


def _held(db: Session, unit: int, channel: str | None) -> bool:
    return any(one.channel == channel and one.address is None for one in _open(db, unit))


def _open(db: Session, unit: int) -> list[DoNotContact]:
    wanted = DoNotContact.employer_id == unit, DoNotContact.ended_at.is_(None)
    return list(db.scalars(select(DoNotContact).where(*wanted)))


def _known(db: Session, unit: int) -> None:
    wanted = Employer.id == unit, Employer.merged_into.is_(None), Employer.ended_at.is_(None)
    if db.scalar(select(Employer.id).where(*wanted)) is None:
        raise RuleRefused("E1567", f"没有编号为 {unit} 的单位，或它已并入别的单位。")


def _tell(db: Session, act: str, unit: int, by: str, channel: str | None, **more: str) -> None:
    db.add(Event(act=act, subject=f"employer:{unit}", by=by, detail={"channel": channel, **more}))
    db.flush()

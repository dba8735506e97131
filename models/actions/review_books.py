"""What a returned review workbook does besides the acts themselves: an approval kept, the return put on record."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from models.actions.declaration_steps import lock_declaration
from models.actions.second_looks import confirm, waiting_look
from models.errors import RuleRefused
from models.event import Event
from models.filing import Role
from models.queries.review_books import KEPT, objection_words
from models.rules.review import Actor, role_of

NO_OBJECTION = "E1778"


def keep_approval(db: Session, number: int, reason: str, *, seal: str, actor: Actor, on: date) -> None:
    """The county has looked again and stands by its approval (M07): a second look ends, an objection is answered.

    Whether to withdraw the objection is for those who raised it.
    """
    _, owner = lock_declaration(db, number)
    if role_of(actor, owner.id, owner.reviewer) is not Role.REVIEWER:
        raise RuleRefused("E1607", "不是本县（区）的单位，由单位所在县（区）审核。")
    look = waiting_look(db, number)
    if look is None and not objection_words(db, number):
        raise RuleRefused(NO_OBJECTION, "没有待处理的审核异议，也没有待复看的自动审核，不用维持。")
    if look is not None:
        confirm(db, number, actor=actor, on=on)
    detail = {"seal": seal, "reason": reason, "agency": actor.code, "on": on.isoformat()}
    db.add(Event(act=KEPT, subject=f"declaration:{number}", by=actor.by, detail=detail))
    db.flush()


def record_return(
    db: Session, county: str, file: tuple[str, str], counts: Mapping[str, int], *, on: date, by: str
) -> None:
    detail = {"sha256": file[0], "file": file[1], "on": on.isoformat(), **counts}
    db.add(Event(act="review.return", subject=f"county:{county}", by=by, detail=detail))
    db.flush()

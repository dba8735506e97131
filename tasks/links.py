"""Links as people see and judge them."""

from collections.abc import Callable
from typing import Any, Literal

from sqlalchemy.orm import Session

from models.actions import links as actions
from models.database import session, writing
from models.errors import RuleRefused
from models.link import Link
from models.queries import links as queries
from models.queries.standing import missing_from_platform
from models.rules.link_explanation import explain_pair, total_bits, why
from tasks.linking import link_model
from tasks.membership import one_employer

Act = Literal["accept", "reject", "leave_open"]
ACTS: dict[Act, Callable[..., Link]] = {
    "accept": actions.accept,
    "reject": actions.reject,
    "leave_open": actions.leave_open,
}


JUDGEMENT = (
    "link_id", "verdict", "method", "score", "by", "reason", "recorded_at", "ended_at", "ended_by", "ended_reason",
)  # fmt: skip


def list_links(
    *, verdict: str | None, county: str | None, history: bool, most: int | None
) -> list[dict[str, Any]]:
    with session() as db:
        return queries.list_links(db, verdict=verdict, county=county, history=history, most=most)


def unlinked(*, county: str | None, most: int | None) -> list[dict[str, Any]]:
    """Declarations without any unit (无对应单位)."""
    with session() as db:
        return queries.unlinked(db, county=county, most=most)


def missing(*, county: str | None) -> list[dict[str, Any]]:
    """Standing approvals that a later whole export lacks (平台已无此记录)."""
    with session() as db:
        return missing_from_platform(db, county=county)


def names_declaration(words: str) -> bool:
    with session() as db:
        return bool(queries.find_declarations(db, words))


def judge(act: Act, declaration: str, employer: str, *, by: str, reason: str) -> int:
    """A person's word on one pair; the number of the judgement."""
    with writing() as db:
        link = ACTS[act](
            db, one_declaration(db, declaration), one_employer(db, employer), by=by, reason=reason
        )
        return link.id


def undo(link_id: int, *, by: str, reason: str) -> int:
    """Take a judgement back; the number of the declaration it was about."""
    with writing() as db:
        return actions.undo(db, link_id, by=by, reason=reason).entry


def explain_links(words: str, employer: str | None = None) -> list[dict[str, Any]]:
    """Every pair `words` (a declaration or a unit) is judged in, or one pair, field by field with its history."""
    with session() as db:
        if employer is not None:
            return [explain(db, one_declaration(db, words), one_employer(db, employer))]
        entries = queries.find_declarations(db, words)
        if entries:
            found = queries.list_links(db, entry=entries[0])
        else:
            found = queries.list_links(db, employer=one_employer(db, words))
        return [explain(db, one["entry"], one["employer_id"]) for one in found]


def explain(db: Session, entry: int, employer_id: int) -> dict[str, Any]:
    """Side by side: both values, agreement, weight in bits and total; which rule decided, and who since."""
    declaration = queries.declaration_side(db, entry)
    employers = queries.employer_sides(db, employer_id, declaration["credit_code"][0])
    lines = explain_pair(declaration, employers, link_model())
    history = queries.list_links(db, entry=entry, employer=employer_id, history=True)
    current = next((one for one in history if one["ended_at"] is None), dict.fromkeys(JUDGEMENT))
    return {
        "entry": entry,
        "employer_id": employer_id,
        "approval": queries.approval_of(db, entry),
        "declared_name": declaration["name"][0],
        "name": employers["name"][0],
        "verdict": current["verdict"],
        "method": current["method"],
        "by": current["by"],
        "why": why(current["method"], current["reason"]),
        "lines": lines,
        "total": total_bits(lines),
        "history": [{key: one[key] for key in JUDGEMENT} for one in history],
    }


def one_declaration(db: Session, words: str) -> int:
    """The one declaration that a number means."""
    found = queries.find_declarations(db, words)
    if not found:
        raise RuleRefused("E1256", f"找不到申报“{words}”。请给出申报编号，或 links list 所列的申报记录编号。")
    if len(found) > 1:
        numbers = "、".join(map(str, found))
        raise RuleRefused(
            "E1257", f"申报编号“{words}”对应 {len(found)} 条记录，请用记录编号指明：{numbers}。"
        )
    return found[0]

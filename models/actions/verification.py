"""Write what the counties were asked, sent back and said (C25). What is sound is decided before, in models.rules.verdicts."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.event import Event
from models.rules.verdicts import Answer
from models.verification import (
    CountyReturn,
    Finding,
    RoundKind,
    RoundMember,
    Transfer,
    Verdict,
    VerificationRound,
)


class Said(NamedTuple):
    """An answer on a row of a returned workbook."""

    row_no: int
    answer: Answer


def open_round(
    db: Session,
    campaign: Campaign,
    county: str,
    kind: RoundKind,
    *,
    obligation: str,
    snapshot_id: int | None,
    members: Sequence[int],
    on: date,
    by: str,
) -> VerificationRound:
    """The county's next round, about these units."""
    last = select(func.coalesce(func.max(VerificationRound.number), 0)).where(
        VerificationRound.campaign == campaign.key, VerificationRound.county == county
    )
    made = VerificationRound(campaign=campaign.key, county=county, number=(db.scalar(last) or 0) + 1)
    made.kind, made.obligation, made.snapshot_id = kind, obligation, snapshot_id
    made.issued_on, made.members, made.by = on, len(members), by
    db.add(made)
    db.flush()
    if members:
        db.execute(insert(RoundMember), [{"round_id": made.id, "employer_id": unit} for unit in members])
    detail = {"county": county, "number": made.number, "kind": kind, "members": len(members)}
    _tell(db, "issue", f"round:{made.id}", by, detail | {"on": on.isoformat(), "obligation": obligation})
    return made


def store_return(
    db: Session,
    asked: VerificationRound,
    *,
    file: tuple[str, str],
    counts: Mapping[str, int],
    on: date,
    by: str,
) -> CountyReturn:
    """`file` is (sha256, name); `counts` of accepted, refused and unchanged rows."""
    made = CountyReturn(campaign=asked.campaign, county=asked.county, round_id=asked.id, by=by)
    made.file_sha256, made.file_name = file
    made.returned_on = on
    made.accepted, made.refused = counts["accepted"], counts["refused"]
    made.unchanged = counts["unchanged"]
    db.add(made)
    db.flush()
    detail = {"county": asked.county, "round": asked.number, "file": file[1], "sha256": file[0]}
    _tell(db, "return", f"return:{made.id}", by, detail | {"on": on.isoformat(), **counts})
    return made


def give_verdicts(
    db: Session, taken: CountyReturn, said: Mapping[int, Said], standing: Sequence[int], *, on: date, by: str
) -> dict[int, int]:
    """End the `standing` verdicts (by number) and store what is `said` of each unit. Unit → new verdict."""
    if not said:
        return {}
    own = and_(Verdict.campaign == taken.campaign, Verdict.employer_id.in_(said), Verdict.ended_at.is_(None))
    ended = update(Verdict).where(or_(own, Verdict.id.in_(standing)))
    db.execute(ended.values(ended_on=on, ended_at=func.now(), ended_by=by))
    rows: list[dict[str, Any]] = [
        {
            "campaign": taken.campaign,
            "county": taken.county,
            "employer_id": unit,
            "return_id": taken.id,
            "row_no": one.row_no,
            "effective_on": on,
            "by": by,
            **one.answer._asdict(),
        }
        for unit, one in said.items()
    ]
    made = db.execute(insert(Verdict).returning(Verdict.employer_id, Verdict.id), rows)
    return {row.employer_id: row.id for row in made}


def ask_transfers(
    db: Session, taken: CountyReturn, said: Mapping[int, Said], verdicts: Mapping[int, int]
) -> None:
    """A unit said to be another county's is offered to it; an offer its county takes back is withdrawn.

    An offer that stands between the same two counties goes on standing.
    """
    waiting = select(Transfer).where(
        Transfer.campaign == taken.campaign, Transfer.employer_id.in_(said), Transfer.answer.is_(None)
    )
    standing = {}
    for one in db.scalars(waiting):
        if said[one.employer_id].answer.other_county == one.to_county and one.from_county == taken.county:
            standing[one.employer_id] = one
        else:
            _answer(one, "withdrawn", None, on=taken.returned_on, by=taken.by)
    db.flush()
    for unit, (_, answer) in said.items():
        if answer.finding is Finding.ELSEWHERE and unit not in standing:
            offer = Transfer(campaign=taken.campaign, employer_id=unit, from_county=taken.county)
            offer.to_county, offer.verdict_id = str(answer.other_county), verdicts[unit]
            offer.asked_on, offer.note = taken.returned_on, answer.note
            db.add(offer)
    db.flush()


def answer_offer(db: Session, offer: Transfer, answer: str, note: str | None, *, on: date, by: str) -> None:
    _answer(offer, answer, note, on=on, by=by)
    detail = {"from": offer.from_county, "to": offer.to_county, "on": on.isoformat(), "note": note}
    _tell(db, f"transfer.{answer}", f"employer:{offer.employer_id}", by, detail)


def _answer(offer: Transfer, answer: str, note: str | None, *, on: date, by: str) -> None:
    offer.answer, offer.answered_on, offer.answered_by, offer.answer_note = answer, on, by, note
    offer.answered_at = func.now()


def _tell(db: Session, act: str, subject: str, by: str, detail: dict[str, Any]) -> None:
    db.add(Event(act=f"verification.{act}", subject=subject, by=by, detail=detail))
    db.flush()

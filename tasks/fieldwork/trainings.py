"""Trainings: a batch by county, day and place, and the units invited and present (C13)."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from models.actions.fieldwork import add_acts
from models.errors import RuleRefused
from models.queries.fieldwork_held import held_acts, numbers_of
from models.training import Training, TrainingUnit
from tasks.fieldwork.desk import Answer, Desk, Entry, Ledger, Outcome, refused, units_in

HALF_TOLD = "E1573"
BATCH = ("county", "done_on", "place")


def take_trainings(desk: Desk, entries: Sequence[Entry]) -> Iterator[Answer]:
    """A row with a unit opens the batch, too, if nobody has."""
    batches, numbers = _batches(desk)
    parts = _parts(desk, entries)
    units: list[dict[str, Any]] = []
    for entry in entries:
        try:
            _check(entry)
            new = _open(desk, entry, batches, numbers)
            if entry.unit is not None:
                new = _join(entry, numbers[_key(entry)], parts, units)
        except RuleRefused as wrong:
            yield refused(entry, wrong)
            continue
        yield Answer(entry.row_no, entry.name or entry.given["place"], Outcome.NEW if new else Outcome.SAME)
    add_acts(desk.db, TrainingUnit, desk.campaign, units, by=desk.by)


def _check(entry: Entry) -> None:
    if entry.unit is not None and not entry.given["part"]:
        raise RuleRefused(HALF_TOLD, "写了单位，没有填“受邀或到场”。")
    if entry.unit is None and entry.given["part"]:
        raise RuleRefused(HALF_TOLD, "填了“受邀或到场”，没有写是哪个单位。")


def _key(entry: Entry) -> tuple[Any, ...]:
    return tuple(entry.given[name] for name in BATCH)


def _batches(desk: Desk) -> tuple[Ledger, dict[tuple[Any, ...], int]]:
    ledger, numbers = Ledger(desk), {}
    for _, one in held_acts(desk.db, Training, desk.campaign):
        key = (one.county, one.done_on, one.place)
        ledger.enter(key, tuple(one.topics), one)
        if one.withdrawn_at is None:
            numbers[key] = one.id
    return ledger, numbers


def _open(desk: Desk, entry: Entry, batches: Ledger, numbers: dict[tuple[Any, ...], int]) -> bool:
    key, topics = _key(entry), entry.given["topics"]
    if not batches.takes(key, topics):
        return False
    row = dict(zip(BATCH, key, strict=True)) | {"topics": list(topics)}
    (numbers[key],) = add_acts(desk.db, Training, desk.campaign, [row], by=desk.by)
    return True


def _parts(desk: Desk, entries: Sequence[Entry]) -> Ledger:
    ledger, leads = Ledger(desk), numbers_of(desk.db, units_in(entries))
    wanted = select(TrainingUnit).where(
        TrainingUnit.campaign == desk.campaign.key, TrainingUnit.employer_id.in_(leads)
    )
    for one in desk.db.scalars(wanted):
        ledger.enter((one.training_id, leads[one.employer_id], one.part), (), one)
    return ledger


def _join(entry: Entry, training: int, parts: Ledger, units: list[dict[str, Any]]) -> bool:
    part = entry.given["part"]
    if not parts.takes((training, entry.unit, part), ()):
        return False
    units.append({"training_id": training, "employer_id": entry.unit, "part": part})
    return True

"""Visits, publicity and reasons: acts that are stored as they are told (C15, C24, C32)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.actions.fieldwork import add_acts
from models.errors import RuleRefused
from models.fieldwork import Reason, Recorded
from models.guidance import UndeclaredReason, Visit
from models.queries.fieldwork_held import held_acts
from models.training import PublicityAct
from tasks.contacts import keep_file
from tasks.fieldwork.desk import Answer, Desk, Entry, Ledger, Outcome, refused, units_in
from tasks.reading import sha256_of

NO_EVIDENCE, NO_NOTE = "E1580", "E1573"


@dataclass(frozen=True)
class Shape:
    """Which fields tell one act from another, and what else it says."""

    table: Any
    identity: tuple[str, ...]
    content: tuple[str, ...]
    of_unit: bool = True

    def key(self, unit: int | None, values: dict[str, Any]) -> tuple[Any, ...]:
        return (unit if self.of_unit else None, *(values[name] for name in self.identity))

    def rest(self, values: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(values[name] for name in self.content)


VISITS = Shape(Visit, ("done_on", "programme"), ("agency", "visitor", "note"))
# of several reasons of one day the last entered is in force
REASONS = Shape(UndeclaredReason, ("effective_on", "reason", "note"), ())
PUBLICITY = Shape(
    PublicityAct,
    ("county", "done_on", "kind", "title"),
    ("evidence_sha256", "evidence_name"),
    of_unit=False,
)


def take_visits(desk: Desk, entries: Sequence[Entry]) -> Iterator[Answer]:
    return _take(desk, entries, VISITS)


def take_reasons(desk: Desk, entries: Sequence[Entry]) -> Iterator[Answer]:
    fit = []
    for entry in entries:
        if entry.given["reason"] == Reason.OTHER and not entry.given["note"]:
            yield refused(entry, RuleRefused(NO_NOTE, "原因选“其他”的，请在“说明”里写明。"))
        else:
            fit.append(entry)
    yield from _take(desk, fit, REASONS)


def take_publicity(desk: Desk, entries: Sequence[Entry]) -> Iterator[Answer]:
    """The evidence lies beside the workbook and is kept by its hash."""
    fit = []
    for entry in entries:
        try:
            evidence = _evidence(desk, entry.given["evidence"])
        except RuleRefused as wrong:
            yield refused(entry, wrong)
            continue
        told = {name: value for name, value in entry.given.items() if name != "evidence"}
        fit.append(entry._replace(given=told | evidence, name=told["title"]))
    yield from _take(desk, fit, PUBLICITY)


def _take(desk: Desk, entries: Sequence[Entry], shape: Shape) -> Iterator[Answer]:
    ledger = Ledger(desk)
    for unit, act in _held(desk, entries, shape):
        values = vars(act)
        ledger.enter(shape.key(unit, values), shape.rest(values), act)
    fresh = []
    for entry in entries:
        try:
            new = ledger.takes(shape.key(entry.unit, entry.given), shape.rest(entry.given))
        except RuleRefused as wrong:
            yield refused(entry, wrong)
            continue
        if new:
            fresh.append(_row(shape, entry))
        yield Answer(entry.row_no, entry.name, Outcome.NEW if new else Outcome.SAME)
    add_acts(desk.db, shape.table, desk.campaign, fresh, by=desk.by)


def _held(desk: Desk, entries: Sequence[Entry], shape: Shape) -> list[tuple[int, Recorded]]:
    units = units_in(entries) if shape.of_unit else None
    return held_acts(desk.db, shape.table, desk.campaign, units)


def _row(shape: Shape, entry: Entry) -> dict[str, Any]:
    row = {name: entry.given[name] for name in (*shape.identity, *shape.content)}
    return row | {"employer_id": entry.unit} if shape.of_unit else row


def _evidence(desk: Desk, name: str | None) -> dict[str, str | None]:
    if name is None:
        return {"evidence_sha256": None, "evidence_name": None}
    path = desk.folder / name
    if Path(name).name != name or not path.is_file():
        raise RuleRefused(NO_EVIDENCE, f"找不到佐证文件“{name}”，请放在本表所在的文件夹里，只写文件名。")
    sha256 = sha256_of(path) if desk.rehearse else keep_file(path)
    return {"evidence_sha256": sha256, "evidence_name": name}

"""Inspections: what was found beside what stood declared on the day (C16)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import insert, select

from models.actions.fieldwork import add_acts
from models.errors import RuleRefused
from models.inspection import Inspection, InspectionItem
from models.queries.fieldwork_held import declared_then, held_acts
from models.reference import industries
from models.rules.industry import Industries
from models.rules.inspection import FIELDS, Item, compare, prompt_of, read_found
from tasks.fieldwork.desk import Answer, Desk, Entry, Ledger, Outcome, refused, units_in

TOLD = ("occasion", "inspector", "note")


def take_checks(desk: Desk, entries: Sequence[Entry]) -> Iterator[Answer]:
    ledger = _ledger(desk, entries)
    days = {(entry.unit, entry.given["done_on"]) for entry in entries if entry.unit is not None}
    declared = declared_then(desk.db, sorted(days))
    rows: list[dict[str, Any]] = []
    compared: list[list[Item]] = []
    for entry in entries:
        assert entry.unit is not None
        key = (entry.unit, entry.given["done_on"])
        try:
            found = read_found(entry.given, _industries())
            new = ledger.takes(key, (*(entry.given[name] for name in TOLD), found))
        except RuleRefused as wrong:
            yield refused(entry, wrong)
            continue
        was = declared.get(key)
        items = compare(was, found)
        if new:
            rows.append(_row(entry, was, items))
            compared.append(items)
        yield Answer(entry.row_no, entry.name, Outcome.NEW if new else Outcome.SAME, _words(was, items))
    _store(desk, rows, compared)


def _ledger(desk: Desk, entries: Sequence[Entry]) -> Ledger:
    held = held_acts(desk.db, Inspection, desk.campaign, units_in(entries))
    found: dict[int, dict[str, str]] = defaultdict(dict)
    wanted = select(InspectionItem).where(InspectionItem.inspection_id.in_([act.id for _, act in held]))
    for item in desk.db.scalars(wanted):
        found[item.inspection_id][item.field] = item.found
    ledger = Ledger(desk)
    for unit, act in held:
        ledger.enter((unit, act.done_on), (*(getattr(act, name) for name in TOLD), found[act.id]), act)
    return ledger


def _row(entry: Entry, was: dict[str, Any] | None, items: list[Item]) -> dict[str, Any]:
    row = {name: entry.given[name] for name in ("done_on", *TOLD)}
    return row | {
        "employer_id": entry.unit,
        "entry": was["entry"] if was else None,
        "prompt": prompt_of(items),
    }


def _store(desk: Desk, rows: Sequence[dict[str, Any]], compared: Sequence[Sequence[Item]]) -> None:
    numbers = add_acts(desk.db, Inspection, desk.campaign, rows, by=desk.by)
    lines = [
        {"inspection_id": number, **item._asdict()}
        for number, items in zip(numbers, compared, strict=True)
        for item in items
    ]
    if lines:
        desk.db.execute(insert(InspectionItem), lines)


def _words(was: dict[str, Any] | None, items: list[Item]) -> str:
    """The answer also says what the unit should be asked to do."""
    if was is None:
        return "检查当天没有有效申报，按未申报单位处理"
    wrong = [FIELDS[item.field] for item in items if item.differs]
    if not wrong:
        return "与申报一致"
    return f"与申报不一致（{'、'.join(wrong)}），提示{prompt_of(items)}"


@cache
def _industries() -> Industries:
    return Industries.build(industries())

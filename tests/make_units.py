"""Small worlds for the rules of Q10: rows carry a tag in `evidence`, and units are told as sets of tags."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.units import resolve_units
from models.inbound import Kind
from tests.make import JULY, load, make_row

CODE, OTHER_CODE = "91450200735148460A", "91450200198592223L"
LEGACY = "450200000012345"


def row(tag: str, **changes: Any) -> dict[str, Any]:
    return make_row(evidence=tag, source_key=tag, **changes)


def list_of(
    db: Session, *rows: dict[str, Any], kind: Kind = Kind.SURVEY, on: date = JULY, source: str = ""
) -> None:
    load(db, kind, rows, on, source=source)


def units(db: Session, *, current: bool = True) -> dict[str, int]:
    """Tag → unit id."""
    said = "SELECT r.evidence, p.employer_id FROM record r JOIN placement p ON p.record_id = r.id AND p.ended_at IS NULL"
    return {tag: unit for tag, unit in db.execute(text(said + (" WHERE r.current" if current else "")))}


def groups(db: Session) -> set[frozenset[str]]:
    found: dict[int, set[str]] = {}
    for tag, unit in units(db).items():
        found.setdefault(unit, set()).add(tag)
    return {frozenset(tags) for tags in found.values()}


def groups_of(words: str) -> set[frozenset[str]]:
    """'ab c' → {a, b} and {c}."""
    return {frozenset(word) for word in words.split()}


def settled(db: Session, rows: Iterable[dict[str, Any]]) -> set[frozenset[str]]:
    load(db, Kind.SURVEY, list(rows))
    resolve_units(db, {})
    return groups(db)


def entry_of(db: Session, tag: str) -> int:
    return int(db.scalar(text("SELECT entry FROM record WHERE evidence = :tag LIMIT 1"), {"tag": tag}) or 0)


def facts(db: Session, tag: str) -> dict[str, Any]:
    found = db.execute(text("SELECT * FROM employer WHERE id = :unit"), {"unit": units(db)[tag]})
    return dict(found.mappings().one())

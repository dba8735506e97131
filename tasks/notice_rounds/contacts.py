"""Addresses for notices, and whoever wants none (2.7). A unit is named by its number, its code or its full name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from models.actions.notice_contacts import allow_contact, refuse_contact, set_address
from models.database import writing
from models.errors import RuleRefused, YingbaoError
from models.queries.unit_words import Directory
from tasks.fieldwork.units import asked_of, known_units_of, unit_of
from tasks.reading.addresses import ADDRESSES
from tasks.reading.plain_lists import Row

MAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
NO_ADDRESS = "E1548"
FORMS = {"mail": (MAIL, "邮箱"), "sms": (MOBILE, "手机号码")}
NUMBER, CODE = re.compile(r"[0-9]{1,10}"), re.compile(r"[0-9A-Za-z]{15,18}")


@dataclass(frozen=True)
class AddressRow:
    """What became of one row of a list. The address itself is not repeated."""

    row_no: int
    name: str | None
    result: str
    code: str | None = None


def name_addresses(unit: str, given: Mapping[str, str], *, by: str) -> bool:
    """Channel → address; all or none. False: all were known."""
    checked = {way: _checked(way, address) for way, address in given.items()}
    with writing() as db:
        number = unit_named(db, unit)
        return any([set_address(db, number, way, address, by=by) for way, address in checked.items()])


def import_addresses(path: Path, *, by: str, rehearse: bool = False) -> list[AddressRow]:
    """Every row gets its answer; what is refused stops nothing else."""
    rows = ADDRESSES.read(path)
    with writing(rehearse=rehearse) as db:
        known = known_units_of(db, [asked_of(cells) for _, cells in rows])
        return list(_taken(db, rows, known, by))


def _taken(db: Session, rows: Sequence[Row], known: Directory, by: str) -> Iterator[AddressRow]:
    seen: dict[int, int] = {}
    for row_no, cells in rows:
        try:
            unit = unit_of(asked_of(cells), known)
            if first := seen.get(unit):
                raise RuleRefused(NO_ADDRESS, f"与第 {first} 行是同一单位，没有采用。")
        except YingbaoError as wrong:
            yield AddressRow(row_no, cells["name"], wrong.message, wrong.code)
        else:
            seen[unit] = row_no
            told, code = _row_taken(db, unit, cells, by)
            yield AddressRow(row_no, cells["name"], told, code)


def _row_taken(db: Session, unit: int, cells: Mapping[str, str | None], by: str) -> tuple[str, str | None]:
    """What is said of each address of a row, and the code where one was refused: the other is kept all the same."""
    told, code = list[str](), None
    for way, (_, word) in FORMS.items():
        if address := cells[way]:
            try:
                new = set_address(db, unit, way, _checked(way, address), by=by)
            except RuleRefused as wrong:
                told, code = [*told, wrong.message], wrong.code
            else:
                told.append(f"{word}{'已登记' if new else '没有变动'}")
    return ("；".join(told), code) if told else ("没有写邮箱，也没有写手机号码。", NO_ADDRESS)


def _checked(way: str, address: str) -> str:
    """Raises RuleRefused, without the address, where it cannot be one."""
    form, word = FORMS[way]
    if not form.fullmatch(address.strip()):
        raise RuleRefused(NO_ADDRESS, f"{word}写法不对。")
    return address.strip()


def unit_named(db: Session, words: str) -> int:
    """Raises RuleRefused where no unit, or more than one, goes by that number, code or name."""
    said = words.strip()
    field = "unit" if NUMBER.fullmatch(said) else "code" if CODE.fullmatch(said) else "name"
    asked = asked_of({field: said})
    return unit_of(asked, known_units_of(db, [asked]))


def refuse(unit: str, channel: str | None, *, by: str, reason: str) -> bool:
    with writing() as db:
        return refuse_contact(db, unit_named(db, unit), channel, by=by, reason=reason)


def allow(unit: str, channel: str | None, *, by: str, reason: str) -> int:
    with writing() as db:
        return allow_contact(db, unit_named(db, unit), channel, by=by, reason=reason)

"""Who answers for each county, one by one or from a list, and the counties' own plans (C31)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from models.actions.contacts import keep_plan, set_contact
from models.campaign import Campaign
from models.database import session, writing
from models.errors import YingbaoError
from models.queries.contacts import contacts, county_plans
from models.rules.contacts import NO_CONTACT, Person, read_person, shown_bot
from models.rules.offices import office_code, office_names
from models.settings import get_settings
from tasks.reading import refusals, sha256_of
from tasks.reading.contacts import ContactRow, read_contacts
from tasks.received import keep


@dataclass(frozen=True)
class RowResult:
    """What became of one row of a list of contacts."""

    row_no: int
    county: str
    name: str
    result: str
    code: str | None = None


def name_contact(campaign: Campaign, office: str, person: Person, *, by: str) -> bool:
    """False: that is what was known before."""
    with writing() as db:
        return set_contact(db, campaign, office, person, by=by)


def list_contacts(campaign: Campaign) -> list[dict[str, Any]]:
    """The city and every county; one without a contact is an error row, never left out."""
    with session() as db:
        people, plans = contacts(db, campaign), county_plans(db, campaign)
    rows = []
    for office, name in office_names(campaign).items():
        person, plan = people.get(office), plans.get(office)
        row: dict[str, Any] = {"office": office, "office_name": name, "code": None, "trouble": None}
        if person is None:
            row |= {"code": NO_CONTACT, "trouble": "没有联系人，提醒没有人收"}
        row |= {key: getattr(person, key, None) for key in ("name", "phone", "mail")}
        row |= {"bot": shown_bot(person.bot) if person else None}
        row |= {"plan": plan.file_name if plan else None, "plan_sha256": plan.file_sha256 if plan else None}
        rows.append(row | {"plan_on": plan.received_on if plan else None})
    return rows


def import_contacts(campaign: Campaign, path: Path, *, by: str, rehearse: bool = False) -> list[RowResult]:
    """Name the contacts of every good row; each row gets its answer."""
    rows = read_contacts(path)
    with writing(rehearse=rehearse) as db:
        return list(_named(db, campaign, rows, by))


def receive_plan(campaign: Campaign, county: str, path: Path, *, on: date, by: str) -> str:
    """Keep a county's own plan by its hash; the newest counts."""
    sha256 = keep_file(path)
    with writing() as db:
        keep_plan(db, campaign, county, sha256=sha256, file_name=path.name, on=on, by=by)
    return sha256


def keep_file(path: Path) -> str:
    """The hash under which a received file is kept."""
    if not path.is_file():
        raise refusals.missing(path.name)
    if path.stat().st_size == 0:
        raise refusals.empty(path.name)
    sha256 = sha256_of(path)
    keep(path, sha256, get_settings().home)
    return sha256


def _named(db: Session, campaign: Campaign, rows: Iterable[ContactRow], by: str) -> Iterable[RowResult]:
    seen: dict[str, int] = {}
    for row in rows:
        shown = (row.row_no, row.county or "", row.name or "")
        try:
            office = office_code(campaign, row.county or "")
            person = read_person(row.name, row.phone, row.mail, row.bot)
        except YingbaoError as wrong:
            yield RowResult(*shown, wrong.message, wrong.code)
            continue
        if office in seen:
            yield RowResult(*shown, f"与第 {seen[office]} 行是同一县（区），没有采用。", NO_CONTACT)
            continue
        seen[office] = row.row_no
        yield RowResult(
            *shown, "已登记" if set_contact(db, campaign, office, person, by=by) else "与原来相同"
        )

"""Whose a document is: a registration that is there, or a new one by the rules of registration (F16–F18)."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from models.actions import registrants
from models.errors import InputRefused, RuleRefused
from models.filing import Registrant, Registration
from models.form.basics import Basics
from models.form.titles import title_of
from models.queries.registrant_of import registrant_of, unit_with
from models.reference import city_counties
from models.rules.company_name import name_key
from models.rules.registration import Entry
from tasks.code_lists import code_lists

UNNAMED, NO_COUNTY, ANOTHERS = "E1733", "E1736", "E1739"
NEEDED = ("name", "credit_code", "is_branch", "county")


def registrant_for(
    db: Session, basics: Basics, meta: Mapping[str, str], *, by: str, on: date
) -> tuple[Registrant, bool]:
    """The registration, and whether it is new. `meta`: whom our form was issued to."""
    found = _issued_to(db, basics, meta)
    if found is None:
        _check_named(basics)
        found = registrant_of(db, basics)
    if found is not None:
        if found.employer_id is None:
            found.employer_id = unit_with(db, basics)
        return found, False
    unit = unit_with(db, basics)
    return registrants.register(db, entry_of(basics, on), by=by, on=on, employer_id=unit), True


def entry_of(basics: Basics, on: date) -> Entry:
    """What is registered; refused where the county chosen is none of ours on that day (M05)."""
    _check_named(basics)
    name, code, county = basics.name or "", basics.credit_code or "", basics.county or ""
    division = code_lists().counties.get(county)
    ours = city_counties()["code"].str.head(4).first()
    if division is None or not division.stands_on(on) or not county.startswith(str(ours)):
        raise InputRefused(
            NO_COUNTY, f"所属地区“{county}”不是本市现行的县（区），请填全称（如“柳江区”）或6位代码。"
        )
    parent = code if basics.is_branch and basics.parent_code == code else None
    return Entry(name, code, bool(basics.is_branch), parent, county)


def _check_named(basics: Basics) -> None:
    missing = [title_of(f"basics.{name}") for name in NEEDED if getattr(basics, name) is None]
    if missing:
        raise InputRefused(UNNAMED, f"没有填{'、'.join(missing)}，不知道是哪个单位的申报，请补全后再报。")


def _issued_to(db: Session, basics: Basics, meta: Mapping[str, str]) -> Registrant | None:
    """The registration our form was issued to, if the form still speaks of it."""
    number = meta.get("registrant", "")
    if not number.isdigit():
        return None
    found = db.get(Registrant, int(number))
    if found is None or found.state == Registration.RETURNED:
        return None
    same_name = basics.name is not None and name_key(basics.name) == name_key(found.name)
    if basics.credit_code in (None, found.credit_code) or same_name:
        return found
    raise RuleRefused(
        ANOTHERS,
        f"这份申报表是发给“{found.name}”（{found.credit_code}）的，填的是“{basics.name}”（{basics.credit_code}）。"
        "请用该单位自己的表或空白表填写。",
    )

"""Who may be told on a day, by the letters' own rules: judged once for every industry and hazard list (C11, A04)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from models.actions import notice_ground
from models.actions.notice_ground import Judged
from models.campaign import Campaign
from models.queries.notice_units import OwnFacts
from models.rules.notice_walk import street_and_number
from notices.pdf.faces import lacking
from tasks.letter_content import NAME_UNKNOWN, Occasion, Withheld, draft_letter, occasion_of
from tasks.letters import LAST_TOWN
from tasks.targets import see_targets

ANYBODY = "单位"
WALKED = """SELECT employer_id, county, town, name, address_key FROM notice_ground WHERE held_code IS NULL"""


def lay(db: Session, campaign: Campaign, as_of: date) -> None:
    """`notice_ground` of this transaction: every unit a notice might go to, and why it may not."""
    facts = see_targets(db, campaign, as_of)
    notice_ground.lay_ground(db, campaign, as_of, facts=facts)
    notice_ground.hold_nameless(db, NAME_UNKNOWN, "没有单位名称")
    occasion = occasion_of(db, campaign, as_of)
    pairs = notice_ground.classes(db)
    notice_ground.judge(db, (_judged(industry, hazards, occasion) for industry, hazards in pairs))
    notice_ground.hold_unprintable(db, lacking(notice_ground.characters(db)))


def number(db: Session, planned: int) -> None:
    """Numbers in the order in which a county's letters are handed out: round, county, place in the walk."""
    rows = sorted(db.execute(text(WALKED)), key=lambda row: (row.county, *_walk(row)))
    notice_ground.number_letters(db, _numbered(planned, rows))


def _numbered(planned: int, rows: Sequence[Row[Any]]) -> Iterator[tuple[int, str]]:
    county, at = None, 0
    for row in rows:
        at = at + 1 if row.county == county else 1
        county = row.county
        yield row.employer_id, f"{planned}-{county}-{at:05d}"


def _walk(row: Row[Any]) -> tuple[str, str, int, str, int]:
    street, house = street_and_number(row.address_key)
    return row.town or LAST_TOWN, street, house, row.name, row.employer_id


def _judged(industry: str, hazards: str, occasion: Occasion) -> Judged:
    """The letter of nobody in particular: what is refused or marked in it does not hang on the name."""
    unit = {"employer_id": 0, "name": ANYBODY, "industry": industry or None}
    unit |= {"county": occasion.campaign.counties[0].code, "town": None, "address": None, "phone": None}
    made = draft_letter(unit, OwnFacts(hazards or None, None), occasion, "")
    if isinstance(made, Withheld):
        return Judged(industry, hazards, made.code, made.reason, False)
    return Judged(industry, hazards, None, None, bool(made.letter.mark))

"""A county's letters as drafts in walking order, and their preview as PDFs (C11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.database import reading
from models.queries.notice_units import own_facts
from models.queries.snapshots import baseline_of
from models.queries.targets import Wanted, list_targets
from models.rules.notice_rows import Row
from models.rules.notice_walk import street_and_number
from models.rules.notice_words import chinese_day
from notices.booklet import Booklet
from notices.letter_html import Layout
from notices.letter_print import Printed, Stopped
from notices.letter_run import print_booklets, print_letters
from notices.pdf.faces import real_name
from tasks.letter_content import Draft, Occasion, Withheld, draft_letter, occasion_of
from tasks.targets import see_targets

UNSURE, PENDING = "E1508", "E1509"
NO_TOWN = "乡镇不明"
LAST_TOWN = "\uffff"


@dataclass(frozen=True)
class CountyLetters:
    drafts: tuple[Draft, ...]  # town by town, street by street
    withheld: tuple[Withheld, ...]

    @property
    def unconfirmed(self) -> list[Row]:
        """The rows an expert has still to see, those that most letters quote first."""
        counts: dict[tuple[str, str], tuple[int, Row]] = {}
        for row in (row for draft in self.drafts for row in draft.unconfirmed):
            counts[row.kind, row.key] = (counts.get((row.kind, row.key), (0, row))[0] + 1, row)
        return [row for _, row in sorted(counts.values(), key=lambda one: (-one[0], one[1].key))]


@dataclass
class Preview:
    """What a preview wrote, and which units it did not."""

    files: list[Printed] = field(default_factory=list)
    stopped: list[Stopped] = field(default_factory=list)
    withheld: tuple[Withheld, ...] = ()
    unconfirmed: Sequence[Row] = ()

    @property
    def letters(self) -> int:
        return sum(len(file.numbers) for file in self.files)

    @property
    def not_made(self) -> list[dict[str, str]]:
        """Units that get no letter, for a person (A04)."""
        lines: list[Withheld | Stopped] = [*self.withheld, *self.stopped]
        return [{"employer": one.employer, "code": one.code, "reason": one.reason} for one in lines]

    @property
    def faces(self) -> str:
        """Which faces were really used (2.6)."""
        families = frozenset[str]().union(*(file.families for file in self.files))
        return "、".join(real_name(family) for family in sorted(families))


@dataclass(frozen=True)
class Wish:
    """How the letters are wanted on paper."""

    booklets: bool = True
    back: bool = False  # annex 1 on the back
    receipt: bool = False
    limit: int | None = None
    processes: int = 1


def county_letters(
    db: Session, campaign: Campaign, as_of: date, county: str, occasion: Occasion
) -> CountyLetters:
    """Drafts for the undeclared targets of a county: N after its baseline, R before. Doubtful ones are held."""
    units = _undeclared(db, campaign, as_of, county)
    facts = own_facts(db, [unit["employer_id"] for unit in units])
    units.sort(key=lambda unit: _walk(unit, facts[unit["employer_id"]].address_key))
    drafts: list[Draft] = []
    withheld: list[Withheld] = []
    for unit in units:
        if held := _held(unit):
            withheld.append(held)
            continue
        number = f"{county}-{len(drafts) + 1:05d}"
        made = draft_letter(unit, facts[unit["employer_id"]], occasion, number)
        if isinstance(made, Draft):
            drafts.append(made)
        else:
            withheld.append(made)
    return CountyLetters(tuple(drafts), tuple(withheld))


def _undeclared(db: Session, campaign: Campaign, as_of: date, county: str) -> list[dict[str, Any]]:
    facts = see_targets(db, campaign, as_of)
    if baseline_of(db, campaign, county, as_of):
        rows = list_targets(db, campaign, Wanted(member=county, declared=False), facts=facts, as_of=as_of)
        return [row | {"county": county} for row in rows]
    return list_targets(db, campaign, Wanted(county=county, in_r=True, declared=False), facts=facts)


def _walk(unit: Mapping[str, Any], address_key: str | None) -> tuple[str, str, int, str, int]:
    street, number = street_and_number(address_key)
    return unit["town"] or LAST_TOWN, street, number, unit["name"] or "", unit["employer_id"]


def _held(unit: Mapping[str, Any]) -> Withheld | None:
    if unit["unsure"]:
        reason = "疑似已申报，待人工核对；核对以前不发。"
        return Withheld(unit["employer_id"], unit["name"] or "", UNSURE, reason)
    if unit["pending"]:
        return Withheld(unit["employer_id"], unit["name"] or "", PENDING, "申报已提交，待审核。")
    return None


def preview(campaign: Campaign, as_of: date, county: str, out: Path, wish: Wish) -> Preview:
    """Print what would be sent today, into `out`; nothing is stored and nothing leaves."""
    with reading() as db:
        found = county_letters(db, campaign, as_of, county, occasion_of(db, campaign, as_of))
    found = replace(found, drafts=found.drafts[: wish.limit])
    drafts = found.drafts
    layout = Layout(campaign.legal if wish.back else None, wish.receipt)
    if wish.booklets:
        outcomes = print_booklets(booklets_of(drafts), out, layout, processes=wish.processes)
    else:
        letters = [draft.letter for draft in drafts]
        outcomes = print_letters(letters, out, layout, processes=wish.processes)
    result = Preview(withheld=found.withheld, unconfirmed=found.unconfirmed)
    for outcome in outcomes:
        result.files += outcome.printed
        result.stopped += outcome.stopped
    return result


def booklets_of(drafts: Sequence[Draft]) -> list[Booklet]:
    """One per county and town, in the order of the drafts."""
    letters = [draft.letter for draft in drafts]
    return [
        Booklet((county, town or NO_TOWN), bureau, chinese_day(day), tuple(group))
        for (county, town, bureau, day), group in groupby(
            letters, key=lambda letter: (letter.county, letter.town, letter.bureau, letter.day)
        )
    ]

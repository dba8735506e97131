"""Which round a returned file answers: by its hidden sheet, else by the units in it, else it is refused (C25)."""

from collections import Counter
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.errors import InputRefused
from models.queries.verification import round_members, rounds
from models.verification import RoundMember, VerificationRound
from tasks.verification.matching import Members
from tasks.verification.reading import ReturnedBook

AGAIN = "请在下发的核对表里填写后原样返回"


def round_of(
    db: Session, campaign: Campaign, book: ReturnedBook, as_of: date, county: str | None
) -> VerificationRound:
    """`county`: whose file it is said to be; another county's is refused."""
    found = _by_meta(db, campaign, book) if book.meta else _by_units(db, campaign, book, as_of)
    if county is not None and found.county != county:
        told = campaign.county_names
        raise InputRefused(
            "E1273", f"“{book.name}”是{told[found.county]}的核对表，不是{told[county]}的；未作任何改动。"
        )
    return found


def _by_meta(db: Session, campaign: Campaign, book: ReturnedBook) -> VerificationRound:
    meta = book.meta
    if meta.get("campaign") != campaign.key:
        raise InputRefused(
            "E1273", f"“{book.name}”属于另一个行动（{meta.get('campaign') or '不明'}），未作任何改动。"
        )
    for one in rounds(db, campaign, county=meta.get("county", "")):
        if str(one.number) == meta.get("round", "").removesuffix(".0"):
            return one
    told = campaign.county_names.get(meta.get("county", ""), "不明县（区）")
    raise InputRefused(
        "E1272", f"没有向{told}下发过第 {meta.get('round', '？')} 轮核对表，“{book.name}”不能接收；{AGAIN}。"
    )


def _by_units(db: Session, campaign: Campaign, book: ReturnedBook, as_of: date) -> VerificationRound:
    """The hidden sheet is lost. Every row must be of one county's list, and only one round may have asked them all."""
    fits: Counter[int] = Counter()
    known = {one.id: one for one in rounds(db, campaign, as_of=as_of)}
    for one in known.values():
        members = Members(round_members(db, one))
        fits[one.id] = sum(members.find(cells, {}).member is not None for cells in book.units.values())
    best = max(fits.values(), default=0)
    if best == 0:
        raise InputRefused("E1272", f"“{book.name}”丢失了隐藏的识别信息，也认不出其中任何单位；{AGAIN}。")
    counties = {known[number].county for number, rows in fits.items() if rows}
    if len(counties) > 1:
        told = "、".join(campaign.county_names[one] for one in sorted(counties))
        raise InputRefused(
            "E1272", f"“{book.name}”丢失了隐藏的识别信息，其中的单位分属{told}，不知是谁的；{AGAIN}。"
        )
    likely = [known[number] for number, rows in fits.items() if rows == best]
    if len(likely) > 1:
        told = "、".join(f"第 {one.number} 轮" for one in likely)
        raise InputRefused("E1272", f"“{book.name}”丢失了隐藏的识别信息，不知是哪一轮（{told}）；{AGAIN}。")
    return likely[0]


def numbers_elsewhere(db: Session, campaign: Campaign, asked: VerificationRound) -> dict[int, str]:
    """Units that other counties were asked about, with those counties' names."""
    told = campaign.county_names
    wanted = (
        select(RoundMember.employer_id, VerificationRound.county)
        .join(VerificationRound, VerificationRound.id == RoundMember.round_id)
        .where(VerificationRound.campaign == campaign.key, VerificationRound.county != asked.county)
    )
    return {unit: told.get(county, county) for unit, county in db.execute(wanted).tuples()}

"""What a county was asked about its list, what it sent back, and what it said of each unit (C25)."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered


class RoundKind(StrEnum):
    FULL = "full"  # the whole issued list
    RECHECK = "recheck"  # the units reported as stopped too long, asked again every month


class Finding(StrEnum):
    """核对结论. The Chinese words are in models.rules.verdicts, since two of them name the campaign's months."""

    OPERATING = "operating"
    STOPPED_SHORT = "stopped_short"
    STOPPED_LONG = "stopped_long"
    DEREGISTERED = "deregistered"
    NO_HAZARD = "no_hazard"
    ELSEWHERE = "elsewhere"
    DUPLICATE = "duplicate"
    DECLARED = "declared"
    OTHER = "other"


FINDINGS = ", ".join(f"'{finding}'" for finding in Finding)


class VerificationRound(Numbered, Base):
    """One workbook sent to one county. A later round asks again; what was answered before still holds."""

    __tablename__ = "verification_round"
    __table_args__ = (
        UniqueConstraint("campaign", "county", "number"),
        CheckConstraint("kind IN ('full', 'recheck')", name="kind"),
    )

    campaign: Mapped[str]
    county: Mapped[str]
    number: Mapped[int]  # 1, 2 … within the county
    kind: Mapped[str]
    obligation: Mapped[str]  # key of the obligation that the answer fulfils
    snapshot_id: Mapped[int | None] = mapped_column(ForeignKey("snapshot.id"))
    issued_on: Mapped[date]
    members: Mapped[int]
    by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class RoundMember(Base):
    """A unit the county was asked about, by its number at the time."""

    __tablename__ = "round_member"

    round_id: Mapped[int] = mapped_column(ForeignKey("verification_round.id"), primary_key=True)
    employer_id: Mapped[int] = mapped_column(BigInteger, primary_key=True)


class CountyReturn(Numbered, Base):
    """One returned workbook, kept whole by its hash. The same file again is the same return."""

    __tablename__ = "county_return"
    __table_args__ = (UniqueConstraint("campaign", "county", "file_sha256"),)

    campaign: Mapped[str]
    county: Mapped[str]
    round_id: Mapped[int] = mapped_column(ForeignKey("verification_round.id"))
    file_sha256: Mapped[str]
    file_name: Mapped[str]
    returned_on: Mapped[date]
    accepted: Mapped[int]
    refused: Mapped[int]
    unchanged: Mapped[int]
    by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Verdict(Numbered, Base):
    """What a county said of one unit. The newest is in force; an earlier one is ended, never overwritten.

    In force on a day: `effective_on` not later, and not ended on that day or before.
    """

    __tablename__ = "verdict"
    __table_args__ = (
        CheckConstraint(f"finding IN ({FINDINGS})", name="finding"),
        CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (ended_on IS NULL)",
            name="ended_whole",
        ),
        CheckConstraint("(finding = 'elsewhere') = (other_county IS NOT NULL)", name="elsewhere_says_where"),
        CheckConstraint(
            "(finding = 'duplicate') = (duplicate_of IS NOT NULL)", name="duplicate_says_of_whom"
        ),
        Index(
            "uq_verdict_open",
            "campaign",
            "employer_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    campaign: Mapped[str]
    county: Mapped[str]
    employer_id: Mapped[int] = mapped_column(BigInteger)
    return_id: Mapped[int | None] = mapped_column(ForeignKey("county_return.id"))
    row_no: Mapped[int | None]
    finding: Mapped[str]
    since: Mapped[date | None]  # the day the standstill or the deregistration began
    other_county: Mapped[str | None]
    duplicate_of: Mapped[int | None] = mapped_column(BigInteger)
    declaration_no: Mapped[str | None]
    note: Mapped[str | None]
    effective_on: Mapped[date]  # the day it was returned
    by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ended_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]


class Transfer(Numbered, Base):
    """A unit that one county says is another's, until the other confirms or refuses (1.7)."""

    __tablename__ = "transfer"
    __table_args__ = (
        CheckConstraint("answer IN ('accepted', 'refused', 'withdrawn')", name="answer"),
        CheckConstraint(
            "(answer IS NULL) = (answered_on IS NULL) AND (answer IS NULL) = (answered_by IS NULL) "
            "AND (answer IS NULL) = (answered_at IS NULL)",
            name="answered_whole",
        ),
        Index(
            "uq_transfer_open",
            "campaign",
            "employer_id",
            unique=True,
            postgresql_where=text("answer IS NULL"),
        ),
    )

    campaign: Mapped[str]
    employer_id: Mapped[int] = mapped_column(BigInteger)
    from_county: Mapped[str]
    to_county: Mapped[str]
    verdict_id: Mapped[int] = mapped_column(ForeignKey("verdict.id"))
    asked_on: Mapped[date]
    note: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    answer: Mapped[str | None]
    answered_on: Mapped[date | None]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[str | None]
    answer_note: Mapped[str | None]

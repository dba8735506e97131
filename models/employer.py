"""An employer (用人单位): one unit with a permanent id that no fact ever makes (Q10)."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered

# Facts of a unit, each chosen field by field from its current records by the campaign's precedence (C07).
FACTS = (
    "name",
    "name_key",
    "name_core",
    "branch_part",
    "is_branch",
    "credit_code",
    "legacy_code",
    "county",
    "county_basis",
    "town",
    "address",
    "address_key",
    "registered_address",
    "industry",
    "headcount",
    "size",
    "phone",
    "person_hash",
    "state",
    "state_on",
    "established_on",
    "economic_type",
    "parent_code",
    "parent_name",
    "group_name",
    "ownership",
    "park",
    "hazards",
)


class Employer(Numbered, Base):
    """A unit with its current facts. `merged_into` leads an old id to the unit that took it over.

    `ended_at`: no line speaks of it any more (the lead that named it is 非用人单位); it counts nowhere.
    """

    __tablename__ = "employer"
    __table_args__ = (
        Index("ix_employer_credit_code", "credit_code", postgresql_where=text("merged_into IS NULL")),
        Index("ix_employer_name_key", "name_key", postgresql_where=text("merged_into IS NULL")),
        Index("ix_employer_county", "county", postgresql_where=text("merged_into IS NULL")),
    )

    merged_into: Mapped[int | None] = mapped_column(ForeignKey("employer.id"))
    ended_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())

    name: Mapped[str | None]
    name_key: Mapped[str | None]
    name_core: Mapped[str | None]
    branch_part: Mapped[str | None]
    is_branch: Mapped[bool | None]
    credit_code: Mapped[str | None]
    legacy_code: Mapped[str | None]
    county: Mapped[str | None]
    county_basis: Mapped[str | None]
    town: Mapped[str | None]
    address: Mapped[str | None]
    address_key: Mapped[str | None]
    registered_address: Mapped[str | None]
    industry: Mapped[str | None]
    headcount: Mapped[int | None]
    size: Mapped[str | None]
    phone: Mapped[str | None]
    person_hash: Mapped[str | None]
    state: Mapped[str | None]
    state_on: Mapped[date | None]
    established_on: Mapped[date | None]
    economic_type: Mapped[str | None]
    parent_code: Mapped[str | None]
    parent_name: Mapped[str | None]
    group_name: Mapped[str | None]
    ownership: Mapped[str | None]
    park: Mapped[str | None]
    hazards: Mapped[str | None]


class Placement(Numbered, Base):
    """Which unit a record speaks of, from when to when we thought so."""

    __tablename__ = "placement"
    __table_args__ = (
        Index("uq_placement_open", "record_id", unique=True, postgresql_where=text("ended_at IS NULL")),
        Index("ix_placement_employer_id", "employer_id"),
    )

    record_id: Mapped[int] = mapped_column(BigInteger)
    employer_id: Mapped[int] = mapped_column(BigInteger)
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ended_at: Mapped[datetime | None]


class UnitJudgement(Numbered, Base):
    """A person's word that two lines are one unit (merge) or that a line is a unit of its own (split).

    It speaks of entries, not of unit ids, so that it holds whatever is loaded afterwards. Undone, never erased.
    A list may name one line with several addresses: a split with an `address_key` speaks of the rows at that one.
    """

    __tablename__ = "unit_judgement"
    __table_args__ = (
        CheckConstraint("kind IN ('merge', 'split')", name="kind"),
        CheckConstraint("(kind = 'merge') = (other_entry IS NOT NULL)", name="merge_names_two"),
        CheckConstraint("address_key IS NULL OR kind = 'split'", name="address_of_split"),
        CheckConstraint(
            "(undone_at IS NULL) = (undone_by IS NULL) AND (undone_at IS NULL) = (undone_reason IS NULL)",
            name="undone_whole",
        ),
    )

    kind: Mapped[str]
    entry: Mapped[int] = mapped_column(BigInteger)
    other_entry: Mapped[int | None] = mapped_column(BigInteger)
    address_key: Mapped[str | None]
    reason: Mapped[str]
    by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]
    undone_reason: Mapped[str | None]

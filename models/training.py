"""Trainings with the units invited and present (C13), and publicity (C24)."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered
from models.fieldwork import STANDS, Part, Publicity, Recorded, one_of, withdrawn_whole


class Training(Recorded, Numbered, Base):
    """One batch: a county, a day, a place."""

    __tablename__ = "training"
    __table_args__ = (
        withdrawn_whole(),
        CheckConstraint("cardinality(topics) > 0", name="has_topics"),
        Index(
            "uq_training_stands",
            "campaign",
            "county",
            "done_on",
            "place",
            unique=True,
            postgresql_where=text(STANDS),
        ),
    )

    county: Mapped[str]
    done_on: Mapped[date]
    place: Mapped[str]
    topics: Mapped[list[str]] = mapped_column(ARRAY(Text))


class TrainingUnit(Recorded, Numbered, Base):
    """A unit that was invited, or that came: a row for each, so that neither overwrites the other."""

    __tablename__ = "training_unit"
    __table_args__ = (
        withdrawn_whole(),
        one_of("part", Part),
        Index(
            "uq_training_unit_stands",
            "training_id",
            "employer_id",
            "part",
            unique=True,
            postgresql_where=text(STANDS),
        ),
        Index("ix_training_unit_employer_id", "campaign", "employer_id"),
    )

    training_id: Mapped[int] = mapped_column(ForeignKey("training.id"))
    employer_id: Mapped[int] = mapped_column(BigInteger)
    part: Mapped[str]


class PublicityAct(Recorded, Numbered, Base):
    """One act of publicity; what proves it is kept by its hash."""

    __tablename__ = "publicity"
    __table_args__ = (
        withdrawn_whole(),
        one_of("kind", Publicity),
        CheckConstraint("(evidence_sha256 IS NULL) = (evidence_name IS NULL)", name="evidence_whole"),
        Index(
            "uq_publicity_stands",
            "campaign",
            "county",
            "done_on",
            "kind",
            "title",
            unique=True,
            postgresql_where=text(STANDS),
        ),
    )

    county: Mapped[str]  # the city's own code for what the city does
    done_on: Mapped[date]
    kind: Mapped[str]
    title: Mapped[str]
    evidence_sha256: Mapped[str | None]
    evidence_name: Mapped[str | None]

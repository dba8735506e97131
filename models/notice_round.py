"""告知单 on their way: a round, its notices, and each notice's delivery by each channel (C11, 2.7)."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Numbered


class RoundScope(StrEnum):
    EVERYONE = "everyone"
    NEW = "new"  # only those whom no earlier round told


class RoundState(StrEnum):
    """planned → sending → sent. Only a planned one can be planned anew."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"


class NoticeChannel(StrEnum):
    PRINT = "print"
    MAIL = "mail"
    SMS = "sms"
    WECHAT = "wechat"


class NoticeState(StrEnum):
    """What became of a notice or of one delivery. From `delivered` on they are final (issue 4)."""

    PLANNED = "planned"
    HELD = "held"  # a notice that does not go, or a delivery dropped; the reason stands beside
    SENT = "sent"  # printed, put into the outbox, published
    DELIVERED = "delivered"
    LEFT = "left"  # 留置: refused, left there before a witness; it counts as delivered
    REFUSED = "refused"
    RETURNED = "returned"
    INVALID = "invalid"
    UNKNOWN = "unknown"


class Service(StrEnum):
    """送达方式 (2.7). 短信回执 is the gateway's word."""

    DIRECT = "直接送达"
    LEFT = "留置送达"
    POST = "邮寄送达"
    ENTRUSTED = "委托送达"
    ELECTRONIC = "电子送达"
    RECEIPT = "短信回执"


def _listed(kinds: type[StrEnum]) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)


class NoticeRound(Numbered, Base):
    """One round of notices of a campaign. `sent_on` is the day on its letters."""

    __tablename__ = "notice_round"
    __table_args__ = (
        UniqueConstraint("campaign", "number"),
        CheckConstraint(f"scope IN ({_listed(RoundScope)})", name="scope"),
        CheckConstraint(f"state IN ({_listed(RoundState)})", name="state"),
        CheckConstraint("(state = 'planned') = (sent_on IS NULL)", name="sent_has_day"),
        Index(
            "uq_notice_round_planned",
            "campaign",
            unique=True,
            postgresql_where=text("state = 'planned'"),
        ),
    )

    campaign: Mapped[str]
    number: Mapped[int]
    scope: Mapped[str]
    planned_on: Mapped[date]
    sent_on: Mapped[date | None]
    state: Mapped[str]
    by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Notice(Numbered, Base):
    """One letter of a round to one employer. `content` is what it says, frozen when it goes."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("round_id", "employer_id"),
        UniqueConstraint("round_id", "number"),
        CheckConstraint("variant IN ('申报', '变更申报')", name="variant"),
        CheckConstraint(f"state IN ({_listed(NoticeState)})", name="state"),
        CheckConstraint("(state = 'held') = (held_code IS NOT NULL)", name="held_has_code"),
        CheckConstraint("(held_code IS NULL) = (held_reason IS NULL)", name="held_has_reason"),
        Index("ix_notice_employer_id", "employer_id"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey("notice_round.id"))
    employer_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[str | None]  # printed on the letter, to know a signed 回证 again; none while held
    variant: Mapped[str]
    county: Mapped[str | None]
    town: Mapped[str | None]
    content: Mapped[dict[str, Any]]
    sample: Mapped[bool]  # quotes what no expert has confirmed: never leaves the machine (2.9)
    state: Mapped[str]
    held_code: Mapped[str | None]
    held_reason: Mapped[str | None]


class NoticeDelivery(Numbered, Base):
    """One notice by one channel, and what became of it, with the evidence (2.7)."""

    __tablename__ = "notice_delivery"
    __table_args__ = (
        UniqueConstraint("notice_id", "channel"),
        CheckConstraint(f"channel IN ({_listed(NoticeChannel)})", name="channel"),
        CheckConstraint(f"state IN ({_listed(NoticeState)})", name="state"),
        CheckConstraint("(channel IN ('mail', 'sms')) = (addressee IS NOT NULL)", name="addressed"),
        CheckConstraint(f"how IN ({_listed(Service)})", name="how"),
        CheckConstraint("(evidence_sha256 IS NULL) = (evidence_name IS NULL)", name="evidence_has_name"),
        CheckConstraint(
            "state NOT IN ('delivered', 'left') OR (how IS NOT NULL AND settled_on IS NOT NULL)",
            name="delivered_says_how",
        ),
        Index("ix_notice_delivery_message_id", "message_id", postgresql_where=text("message_id IS NOT NULL")),
        Index("ix_notice_delivery_open", "notice_id", postgresql_where=text("state = 'planned'")),
    )

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id", ondelete="CASCADE"))
    channel: Mapped[str]
    addressee: Mapped[str | None]
    state: Mapped[str]
    file_sha256: Mapped[str | None]  # the letter or the booklet with it
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id"))
    how: Mapped[str | None]
    settled_on: Mapped[date | None]  # the day of signing is the day of delivery (2.7)
    evidence_sha256: Mapped[str | None]
    evidence_name: Mapped[str | None]
    witness: Mapped[str | None]
    note: Mapped[str | None]
    by: Mapped[str | None]
    settled_at: Mapped[datetime | None]


class NoticeAddress(Numbered, Base):
    """Where an employer takes notices besides its telephone. One at a time a channel; earlier ones stay."""

    __tablename__ = "notice_address"
    __table_args__ = (
        CheckConstraint("channel IN ('mail', 'sms')", name="channel"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_whole"),
        Index(
            "uq_notice_address_open",
            "employer_id",
            "channel",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    employer_id: Mapped[int] = mapped_column(BigInteger)
    channel: Mapped[str]
    address: Mapped[str]
    by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]


class DoNotContact(Numbered, Base):
    """Do not write to this employer: at all (`channel` empty), by one channel, or at one address of it."""

    __tablename__ = "do_not_contact"
    __table_args__ = (
        CheckConstraint("channel IN ('mail', 'sms')", name="channel"),
        CheckConstraint("address IS NULL OR channel IS NOT NULL", name="address_of_channel"),
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_whole"),
        Index(
            "uq_do_not_contact_open",
            "employer_id",
            text("coalesce(channel, '')"),
            text("coalesce(address, '')"),
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    employer_id: Mapped[int] = mapped_column(BigInteger)
    channel: Mapped[str | None]
    address: Mapped[str | None]
    reason: Mapped[str]
    by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]


class SmsReceipt(Numbered, Base):
    """What the gateway told us later of one of our messages. Kept even before its own answer came."""

    __tablename__ = "sms_receipt"
    __table_args__ = (UniqueConstraint("out_id", "biz_id"),)

    out_id: Mapped[str]  # our number: the message id without its domain
    biz_id: Mapped[str]
    success: Mapped[bool]
    err_code: Mapped[str | None]
    err_msg: Mapped[str | None]
    reported_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Bounce(Numbered, Base):
    """A mail server's later word on one of our mails (RFC 3464)."""

    __tablename__ = "bounce"
    __table_args__ = (UniqueConstraint("message_id", "action", "status"),)

    message_id: Mapped[str]
    action: Mapped[str]
    status: Mapped[str]
    diagnostic: Mapped[str | None]
    file_sha256: Mapped[str]
    reported_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())

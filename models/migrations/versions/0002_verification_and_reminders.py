"""Verification, obligations, reminders, outbox"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KINDS = (
    "kind IN ('registry', 'survey', 'programme', 'association', 'lead', 'declarations', 'platform-counts')"
)
WITH_VERIFICATION = KINDS.replace("'lead'", "'lead', 'verification'")


def upgrade() -> None:
    op.drop_constraint(op.f("ck_source_kind"), "source")
    op.create_check_constraint(op.f("ck_source_kind"), "source", WITH_VERIFICATION)
    op.create_table(
        "contact",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("mail", sa.Text(), nullable=True),
        sa.Column("bot", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_contact_ended_whole")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index(
        "uq_contact_open",
        "contact",
        ["campaign", "office"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "county_plan",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_county_plan")),
    )
    op.create_table(
        "digest",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sa.UniqueConstraint("campaign", "office", "day", name=op.f("uq_digest_campaign_office_day")),
    )
    op.create_table(
        "message",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(state = 'waiting') OR (claimed_at IS NOT NULL)", name=op.f("ck_message_claimed_before_sent")
        ),
        sa.CheckConstraint("channel IN ('folder', 'mail', 'bot')", name=op.f("ck_message_channel")),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'refused', 'unknown')", name=op.f("ck_message_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("key", name=op.f("uq_message_key")),
        sa.UniqueConstraint("message_id", name=op.f("uq_message_message_id")),
    )
    op.create_index(
        "ix_message_sending",
        "message",
        ["claimed_at"],
        unique=False,
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index(
        "ix_message_waiting",
        "message",
        ["not_before", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "obligation",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("kind IN ('verification', 'summary', 'monthly')", name=op.f("ck_obligation_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
        sa.UniqueConstraint("campaign", "county", "key", name=op.f("uq_obligation_campaign_county_key")),
    )
    op.create_table(
        "tick",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "day", name=op.f("pk_tick")),
    )
    op.create_table(
        "obligation_event",
        sa.Column("obligation_id", sa.BigInteger(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("new_due", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("file_sha256", sa.Text(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(act = 'extended') = (new_due IS NOT NULL)", name=op.f("ck_obligation_event_extended_says_until")
        ),
        sa.CheckConstraint(
            "act IN ('returned', 'nothing', 'accepted', 'sent_back', 'extended')",
            name=op.f("ck_obligation_event_act"),
        ),
        sa.CheckConstraint(
            "act NOT IN ('sent_back', 'extended') OR reason IS NOT NULL",
            name=op.f("ck_obligation_event_reasoned"),
        ),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_obligation_event_obligation_id_obligation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation_event")),
    )
    op.create_index("ix_obligation_event_obligation_id", "obligation_event", ["obligation_id"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("obligation_id", sa.BigInteger(), nullable=False),
        sa.Column("course", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("digest_id", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["digest_id"], ["digest.id"], name=op.f("fk_reminder_digest_id_digest")),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_reminder_obligation_id_obligation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "obligation_id", "course", "rung", name=op.f("uq_reminder_obligation_id_course_rung")
        ),
    )
    op.create_index("ix_reminder_digest_id", "reminder", ["digest_id"], unique=False)
    op.create_table(
        "verification_round",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("obligation", sa.Text(), nullable=False),
        sa.Column("snapshot_id", sa.BigInteger(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("kind IN ('full', 'recheck')", name=op.f("ck_verification_round_kind")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_verification_round_snapshot_id_snapshot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_round")),
        sa.UniqueConstraint(
            "campaign", "county", "number", name=op.f("uq_verification_round_campaign_county_number")
        ),
    )
    op.create_table(
        "county_return",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["verification_round.id"], name=op.f("fk_county_return_round_id_verification_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_county_return")),
        sa.UniqueConstraint(
            "campaign", "county", "file_sha256", name=op.f("uq_county_return_campaign_county_file_sha256")
        ),
    )
    op.create_table(
        "round_member",
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["verification_round.id"], name=op.f("fk_round_member_round_id_verification_round")
        ),
        sa.PrimaryKeyConstraint("round_id", "employer_id", name=op.f("pk_round_member")),
    )
    op.create_table(
        "verdict",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.Column("return_id", sa.BigInteger(), nullable=True),
        sa.Column("row_no", sa.Integer(), nullable=True),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("other_county", sa.Text(), nullable=True),
        sa.Column("duplicate_of", sa.BigInteger(), nullable=True),
        sa.Column("declaration_no", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(finding = 'duplicate') = (duplicate_of IS NOT NULL)",
            name=op.f("ck_verdict_duplicate_says_of_whom"),
        ),
        sa.CheckConstraint(
            "(finding = 'elsewhere') = (other_county IS NOT NULL)",
            name=op.f("ck_verdict_elsewhere_says_where"),
        ),
        sa.CheckConstraint(
            "finding IN ('operating', 'stopped_short', 'stopped_long', 'deregistered', 'no_hazard', 'elsewhere', 'duplicate', 'declared', 'other')",
            name=op.f("ck_verdict_finding"),
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (ended_on IS NULL)",
            name=op.f("ck_verdict_ended_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["county_return.id"], name=op.f("fk_verdict_return_id_county_return")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdict")),
    )
    op.create_index(
        "uq_verdict_open",
        "verdict",
        ["campaign", "employer_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "transfer",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.Column("from_county", sa.Text(), nullable=False),
        sa.Column("to_county", sa.Text(), nullable=False),
        sa.Column("verdict_id", sa.BigInteger(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("answer_note", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("answer IN ('accepted', 'refused', 'withdrawn')", name=op.f("ck_transfer_answer")),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_on IS NULL) AND (answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_at IS NULL)",
            name=op.f("ck_transfer_answered_whole"),
        ),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdict.id"], name=op.f("fk_transfer_verdict_id_verdict")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
    )
    op.create_index(
        "uq_transfer_open",
        "transfer",
        ["campaign", "employer_id"],
        unique=True,
        postgresql_where=sa.text("answer IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("uq_transfer_open", table_name="transfer", postgresql_where=sa.text("answer IS NULL"))
    op.drop_table("transfer")
    op.drop_index("uq_verdict_open", table_name="verdict", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_table("verdict")
    op.drop_table("round_member")
    op.drop_table("county_return")
    op.drop_table("verification_round")
    op.drop_index("ix_reminder_digest_id", table_name="reminder")
    op.drop_table("reminder")
    op.drop_index("ix_obligation_event_obligation_id", table_name="obligation_event")
    op.drop_table("obligation_event")
    op.drop_table("tick")
    op.drop_table("obligation")
    op.drop_index("ix_message_waiting", table_name="message", postgresql_where=sa.text("state = 'waiting'"))
    op.drop_index("ix_message_sending", table_name="message", postgresql_where=sa.text("state = 'sending'"))
    op.drop_table("message")
    op.drop_table("digest")
    op.drop_table("county_plan")
    op.drop_index("uq_contact_open", table_name="contact", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_table("contact")
    op.drop_constraint(op.f("ck_source_kind"), "source")
    # what counties corrected stays; the older program does not read it
    op.create_check_constraint(op.f("ck_source_kind"), "source", KINDS, postgresql_not_valid=True)

"""Notices on their way; files and SMS in the outbox"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CHANNELS = "channel IN ('folder', 'mail', 'bot')"
WITH_SMS = CHANNELS.replace("'bot'", "'bot', 'sms'")


def upgrade() -> None:
    op.drop_constraint(op.f("ck_message_channel"), "message")
    op.create_check_constraint(op.f("ck_message_channel"), "message", WITH_SMS)
    op.create_table(
        "bounce",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("diagnostic", sa.Text(), nullable=True),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounce")),
        sa.UniqueConstraint(
            "message_id", "action", "status", name=op.f("uq_bounce_message_id_action_status")
        ),
    )
    op.create_table(
        "do_not_contact",
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("channel IN ('mail', 'sms')", name=op.f("ck_do_not_contact_channel")),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_do_not_contact_ended_whole")
        ),
        sa.CheckConstraint(
            "address IS NULL OR channel IS NOT NULL", name=op.f("ck_do_not_contact_address_of_channel")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_do_not_contact")),
    )
    op.create_index(
        "uq_do_not_contact_open",
        "do_not_contact",
        [
            "employer_id",
            sa.literal_column("coalesce(channel, '')"),
            sa.literal_column("coalesce(address, '')"),
        ],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "notice_address",
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("channel IN ('mail', 'sms')", name=op.f("ck_notice_address_channel")),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_notice_address_ended_whole")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_address")),
    )
    op.create_index(
        "uq_notice_address_open",
        "notice_address",
        ["employer_id", "channel"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "notice_round",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(state = 'planned') = (sent_on IS NULL)", name=op.f("ck_notice_round_sent_has_day")
        ),
        sa.CheckConstraint("scope IN ('everyone', 'new')", name=op.f("ck_notice_round_scope")),
        sa.CheckConstraint("state IN ('planned', 'sending', 'sent')", name=op.f("ck_notice_round_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_round")),
        sa.UniqueConstraint("campaign", "number", name=op.f("uq_notice_round_campaign_number")),
    )
    op.create_index(
        "uq_notice_round_planned",
        "notice_round",
        ["campaign"],
        unique=True,
        postgresql_where=sa.text("state = 'planned'"),
    )
    op.create_table(
        "sms_receipt",
        sa.Column("out_id", sa.Text(), nullable=False),
        sa.Column("biz_id", sa.Text(), nullable=False),
        sa.Column("success", sa.Boolean(), nullable=False),
        sa.Column("err_code", sa.Text(), nullable=True),
        sa.Column("err_msg", sa.Text(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sms_receipt")),
        sa.UniqueConstraint("out_id", "biz_id", name=op.f("uq_sms_receipt_out_id_biz_id")),
    )
    op.create_table(
        "notice",
        sa.Column("round_id", sa.BigInteger(), nullable=False),
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=True),
        sa.Column("town", sa.Text(), nullable=True),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("held_code", sa.Text(), nullable=True),
        sa.Column("held_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(state = 'held') = (held_code IS NOT NULL)", name=op.f("ck_notice_held_has_code")
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'held', 'sent', 'delivered', 'left', 'refused', 'returned', 'invalid', 'unknown')",
            name=op.f("ck_notice_state"),
        ),
        sa.CheckConstraint("variant IN ('申报', '变更申报')", name=op.f("ck_notice_variant")),
        sa.CheckConstraint(
            "(held_code IS NULL) = (held_reason IS NULL)", name=op.f("ck_notice_held_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["notice_round.id"], name=op.f("fk_notice_round_id_notice_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("round_id", "employer_id", name=op.f("uq_notice_round_id_employer_id")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_notice_round_id_number")),
    )
    op.create_index("ix_notice_employer_id", "notice", ["employer_id"], unique=False)
    op.create_table(
        "notice_delivery",
        sa.Column("notice_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("evidence_sha256", sa.Text(), nullable=True),
        sa.Column("evidence_name", sa.Text(), nullable=True),
        sa.Column("witness", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(channel IN ('mail', 'sms')) = (addressee IS NOT NULL)",
            name=op.f("ck_notice_delivery_addressed"),
        ),
        sa.CheckConstraint(
            "channel IN ('print', 'mail', 'sms', 'wechat')", name=op.f("ck_notice_delivery_channel")
        ),
        sa.CheckConstraint(
            "how IN ('直接送达', '留置送达', '邮寄送达', '委托送达', '电子送达', '短信回执')",
            name=op.f("ck_notice_delivery_how"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'held', 'sent', 'delivered', 'left', 'refused', 'returned', 'invalid', 'unknown')",
            name=op.f("ck_notice_delivery_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('delivered', 'left') OR (how IS NOT NULL AND settled_on IS NOT NULL)",
            name=op.f("ck_notice_delivery_delivered_says_how"),
        ),
        sa.CheckConstraint(
            "(evidence_sha256 IS NULL) = (evidence_name IS NULL)",
            name=op.f("ck_notice_delivery_evidence_has_name"),
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_notice_delivery_message_id_message")
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_delivery_notice_id_notice"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_delivery")),
        sa.UniqueConstraint("notice_id", "channel", name=op.f("uq_notice_delivery_notice_id_channel")),
    )
    op.create_index(
        "ix_notice_delivery_message_id",
        "notice_delivery",
        ["message_id"],
        unique=False,
        postgresql_where=sa.text("message_id IS NOT NULL"),
    )
    op.create_index(
        "ix_notice_delivery_open",
        "notice_delivery",
        ["notice_id"],
        unique=False,
        postgresql_where=sa.text("state = 'planned'"),
    )
    op.add_column("message", sa.Column("file_sha256", sa.Text(), nullable=True))
    op.add_column("message", sa.Column("file_name", sa.Text(), nullable=True))
    op.add_column("message", sa.Column("blanks", postgresql.JSONB(astext_type=sa.Text()), nullable=True))
    op.add_column("message", sa.Column("reference", sa.Text(), nullable=True))
    op.create_index(
        "ix_message_pace",
        "message",
        ["channel", "claimed_at"],
        unique=False,
        postgresql_where=sa.text("claimed_at IS NOT NULL"),
    )
    op.create_check_constraint(
        op.f("ck_message_file_has_name"), "message", "(file_sha256 IS NULL) = (file_name IS NULL)"
    )


def downgrade() -> None:
    op.drop_table("notice_delivery")
    op.drop_table("notice")
    op.drop_table("sms_receipt")
    op.drop_table("notice_round")
    op.drop_table("notice_address")
    op.drop_table("do_not_contact")
    op.drop_table("bounce")
    op.drop_index("ix_message_pace", table_name="message", postgresql_where=sa.text("claimed_at IS NOT NULL"))
    op.drop_column("message", "reference")
    op.drop_column("message", "blanks")
    op.drop_column("message", "file_name")
    op.drop_column("message", "file_sha256")
    # what only the newer schema knows goes with it
    op.execute("DELETE FROM message WHERE channel = 'sms'")
    op.drop_constraint(op.f("ck_message_channel"), "message")
    op.create_check_constraint(op.f("ck_message_channel"), "message", CHANNELS)

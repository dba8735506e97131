"""Declarations that go through our own review: registrants, versions, events, objections"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# What was saved and what was decided is never changed (1.5); refuse_change() is there since the first revision.
FROZEN = ("declaration_event", "declaration_version")


def upgrade() -> None:
    op.create_table(
        "registrant",
        sa.Column("employer_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("credit_code", sa.Text(), nullable=True),
        sa.Column("is_branch", sa.Boolean(), nullable=False),
        sa.Column("parent_code", sa.Text(), nullable=True),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(source = 'filed') = (source_key IS NULL)", name=op.f("ck_registrant_key_of_imported")
        ),
        sa.CheckConstraint("source IN ('filed', 'legacy', 'platform')", name=op.f("ck_registrant_source")),
        sa.CheckConstraint("state IN ('待审核', '已审核', '已退回')", name=op.f("ck_registrant_state")),
        sa.CheckConstraint(
            "parent_code IS NULL OR is_branch", name=op.f("ck_registrant_only_a_branch_has_a_parent")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrant")),
        sa.UniqueConstraint("source", "source_key", name=op.f("uq_registrant_source_source_key")),
    )
    op.create_index("ix_registrant_credit_code", "registrant", ["credit_code"], unique=False)
    op.create_index("ix_registrant_employer_id", "registrant", ["employer_id"], unique=False)
    op.create_index(
        "uq_registrant_principal",
        "registrant",
        ["credit_code"],
        unique=True,
        postgresql_where=sa.text("source = 'filed' AND NOT is_branch AND state <> '已退回'"),
    )
    op.create_table(
        "filed_declaration",
        sa.Column("registrant_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revoked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(source = 'filed') = (source_key IS NULL)", name=op.f("ck_filed_declaration_key_of_imported")
        ),
        sa.CheckConstraint(
            "source IN ('filed', 'legacy', 'platform')", name=op.f("ck_filed_declaration_source")
        ),
        sa.CheckConstraint(
            "state = '暂存' OR filed_on IS NOT NULL", name=op.f("ck_filed_declaration_submitted_on_a_day")
        ),
        sa.CheckConstraint(
            "state IN ('暂存', '待审核', '已审核', '已驳回')", name=op.f("ck_filed_declaration_state")
        ),
        sa.ForeignKeyConstraint(
            ["registrant_id"], ["registrant.id"], name=op.f("fk_filed_declaration_registrant_id_registrant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filed_declaration")),
        sa.UniqueConstraint("source", "source_key", name=op.f("uq_filed_declaration_source_source_key")),
    )
    op.create_index(
        "ix_filed_declaration_registrant_id", "filed_declaration", ["registrant_id"], unique=False
    )
    op.create_index(
        "uq_filed_declaration_open",
        "filed_declaration",
        ["registrant_id"],
        unique=True,
        postgresql_where=sa.text("source <> 'platform' AND state <> '已审核' AND NOT revoked"),
    )
    op.create_table(
        "declaration_event",
        sa.Column("declaration_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=True),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=False),
        sa.Column("payload_sha256", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(act, coalesce(from_state, ''), to_state) IN (('暂存', '', '暂存'), ('修改', '暂存', '暂存'), ('修改', '已驳回', '已驳回'), ('提交', '暂存', '待审核'), ('提交', '已驳回', '待审核'), ('审核通过', '待审核', '已审核'), ('审核不通过', '待审核', '已驳回'), ('撤销', '已审核', '待审核')) OR act = '导入' AND from_state IS NULL",
            name=op.f("ck_declaration_event_edge"),
        ),
        sa.CheckConstraint(
            "act NOT IN ('审核不通过', '撤销') OR reason IS NOT NULL",
            name=op.f("ck_declaration_event_reason_given"),
        ),
        sa.CheckConstraint(
            "to_state IN ('暂存', '待审核', '已审核', '已驳回')", name=op.f("ck_declaration_event_to_state")
        ),
        sa.CheckConstraint(
            "(number = 1) = (from_state IS NULL)", name=op.f("ck_declaration_event_begins_once")
        ),
        sa.CheckConstraint("(number = 1) = (previous IS NULL)", name=op.f("ck_declaration_event_chained")),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["filed_declaration.id"],
            name=op.f("fk_declaration_event_declaration_id_filed_declaration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration_event")),
        sa.UniqueConstraint(
            "declaration_id", "number", name=op.f("uq_declaration_event_declaration_id_number")
        ),
    )
    op.create_table(
        "declaration_version",
        sa.Column("declaration_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("form", postgresql.JSONB(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("unit_facts", postgresql.JSONB(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["filed_declaration.id"],
            name=op.f("fk_declaration_version_declaration_id_filed_declaration"),
        ),
        sa.PrimaryKeyConstraint("declaration_id", "number", name=op.f("pk_declaration_version")),
    )
    op.create_table(
        "review_objection",
        sa.Column("declaration_id", sa.BigInteger(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("raised_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("closing", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("closing IN ('revoked', 'withdrawn')", name=op.f("ck_review_objection_closing")),
        sa.CheckConstraint(
            "(closing IS NULL) = (closed_on IS NULL) AND (closing IS NULL) = (closed_by IS NULL) AND (closing IS NULL) = (closed_at IS NULL)",
            name=op.f("ck_review_objection_closed_whole"),
        ),
        sa.CheckConstraint("due_on >= raised_on", name=op.f("ck_review_objection_due_after_raised")),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["filed_declaration.id"],
            name=op.f("fk_review_objection_declaration_id_filed_declaration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_objection")),
    )
    op.create_index(
        "uq_review_objection_open",
        "review_objection",
        ["declaration_id", "raised_by"],
        unique=True,
        postgresql_where=sa.text("closing IS NULL"),
    )
    for table in FROZEN:
        op.execute(
            f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    for table in FROZEN:
        op.execute(f"DROP TRIGGER {table}_frozen ON {table}")
    op.drop_index(
        "uq_review_objection_open", table_name="review_objection", postgresql_where=sa.text("closing IS NULL")
    )
    op.drop_table("review_objection")
    op.drop_table("declaration_version")
    op.drop_table("declaration_event")
    op.drop_index(
        "uq_filed_declaration_open",
        table_name="filed_declaration",
        postgresql_where=sa.text("source <> 'platform' AND state <> '已审核' AND NOT revoked"),
    )
    op.drop_index("ix_filed_declaration_registrant_id", table_name="filed_declaration")
    op.drop_table("filed_declaration")
    op.drop_index(
        "uq_registrant_principal",
        table_name="registrant",
        postgresql_where=sa.text("source = 'filed' AND NOT is_branch AND state <> '已退回'"),
    )
    op.drop_index("ix_registrant_employer_id", table_name="registrant")
    op.drop_index("ix_registrant_credit_code", table_name="registrant")
    op.drop_table("registrant")

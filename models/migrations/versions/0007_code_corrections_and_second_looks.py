"""Corrections of credit codes (F07), handed-over registrations (F18), second looks at automatic approvals"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# F07: a code changes only in the transaction that leaves the correction on record.
GUARD = """
CREATE FUNCTION refuse_code_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM code_correction
        WHERE registrant_id = NEW.id AND before IS NOT DISTINCT FROM OLD.credit_code
        AND after IS NOT DISTINCT FROM NEW.credit_code AND transaction = txid_current()
    ) THEN
        RAISE EXCEPTION 'credit_code of registrant % changes only by a correction', NEW.id;
    END IF;
    RETURN NEW;
END $$"""
GUARDED = (
    "CREATE TRIGGER registrant_code_guarded BEFORE UPDATE ON registrant FOR EACH ROW "
    "WHEN (OLD.credit_code IS DISTINCT FROM NEW.credit_code) EXECUTE FUNCTION refuse_code_change()"
)
FROZEN = (
    "CREATE TRIGGER code_correction_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON code_correction "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
)
CLOSED = (
    "(closing IS NULL) = (closed_on IS NULL) AND (closing IS NULL) = (closed_by IS NULL) "
    "AND (closing IS NULL) = (closed_at IS NULL)"
)


def upgrade() -> None:
    op.add_column("registrant", sa.Column("handed_to", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        op.f("fk_registrant_handed_to_registrant"), "registrant", "registrant", ["handed_to"], ["id"]
    )
    op.create_check_constraint(
        op.f("ck_registrant_handed_over_is_returned"),
        "registrant",
        "handed_to IS NULL OR state = '已退回'",
    )
    _corrections()
    _second_looks()


def _corrections() -> None:
    op.create_table(
        "code_correction",
        sa.Column("registrant_id", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("transaction", sa.BigInteger(), server_default=sa.text("txid_current()"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "before IS DISTINCT FROM after", name=op.f("ck_code_correction_changes_something")
        ),
        sa.CheckConstraint("btrim(reason) <> ''", name=op.f("ck_code_correction_reason_given")),
        sa.ForeignKeyConstraint(
            ["registrant_id"], ["registrant.id"], name=op.f("fk_code_correction_registrant_id_registrant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_correction")),
    )
    op.create_index("ix_code_correction_registrant_id", "code_correction", ["registrant_id"])
    for statement in (FROZEN, GUARD, GUARDED):
        op.execute(statement)


def _second_looks() -> None:
    op.create_table(
        "second_look",
        sa.Column("declaration_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("closing", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("closing IN ('confirmed', 'revoked')", name=op.f("ck_second_look_closing")),
        sa.CheckConstraint(CLOSED, name=op.f("ck_second_look_closed_whole")),
        sa.ForeignKeyConstraint(
            ["declaration_id"],
            ["filed_declaration.id"],
            name=op.f("fk_second_look_declaration_id_filed_declaration"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_look")),
        sa.UniqueConstraint("declaration_id", "step", name=op.f("uq_second_look_declaration_id_step")),
    )
    op.create_index(
        "uq_second_look_open",
        "second_look",
        ["declaration_id"],
        unique=True,
        postgresql_where=sa.text("closing IS NULL"),
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER registrant_code_guarded ON registrant")
    op.execute("DROP FUNCTION refuse_code_change()")
    op.drop_index(
        "uq_second_look_open", table_name="second_look", postgresql_where=sa.text("closing IS NULL")
    )
    op.drop_table("second_look")
    op.drop_index("ix_code_correction_registrant_id", table_name="code_correction")
    op.drop_table("code_correction")
    op.drop_constraint(op.f("ck_registrant_handed_over_is_returned"), "registrant")
    op.drop_constraint(op.f("fk_registrant_handed_to_registrant"), "registrant")
    op.drop_column("registrant", "handed_to")

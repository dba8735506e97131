"""The first tables"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# A frozen list is evidence: nobody may change or erase it afterwards (C08).
FREEZE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'frozen: % on % is not allowed', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER snapshot_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON snapshot
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER snapshot_member_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON snapshot_member
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

# A line of a source that its latest whole list lacks: for a person to look at. Derived, so that the order of
# loading cannot change it.
MISSING = """
CREATE VIEW missing_entry AS
WITH whole AS (
    SELECT DISTINCT ON (source_id) source_id, id AS batch_id, data_date
    FROM batch WHERE "full" ORDER BY source_id, data_date DESC, id
)
SELECT whole.source_id, whole.batch_id, whole.data_date AS missing_on, record.entry,
       max(batch.data_date) AS last_seen_on
FROM whole
JOIN record ON record.source_id = whole.source_id
JOIN sighting ON sighting.record_id = record.id
JOIN batch ON batch.id = sighting.batch_id
GROUP BY whole.source_id, whole.batch_id, whole.data_date, record.entry
HAVING max(batch.data_date) < whole.data_date;
"""


def upgrade() -> None:
    op.create_table(
        "employer",
        sa.Column("merged_into", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("name_key", sa.Text(), nullable=True),
        sa.Column("name_core", sa.Text(), nullable=True),
        sa.Column("branch_part", sa.Text(), nullable=True),
        sa.Column("is_branch", sa.Boolean(), nullable=True),
        sa.Column("credit_code", sa.Text(), nullable=True),
        sa.Column("legacy_code", sa.Text(), nullable=True),
        sa.Column("county", sa.Text(), nullable=True),
        sa.Column("county_basis", sa.Text(), nullable=True),
        sa.Column("town", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("address_key", sa.Text(), nullable=True),
        sa.Column("registered_address", sa.Text(), nullable=True),
        sa.Column("industry", sa.Text(), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("size", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("person_hash", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("state_on", sa.Date(), nullable=True),
        sa.Column("established_on", sa.Date(), nullable=True),
        sa.Column("economic_type", sa.Text(), nullable=True),
        sa.Column("parent_code", sa.Text(), nullable=True),
        sa.Column("parent_name", sa.Text(), nullable=True),
        sa.Column("group_name", sa.Text(), nullable=True),
        sa.Column("ownership", sa.Text(), nullable=True),
        sa.Column("park", sa.Text(), nullable=True),
        sa.Column("hazards", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["employer.id"], name=op.f("fk_employer_merged_into_employer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer")),
    )
    op.create_index(
        "ix_employer_county",
        "employer",
        ["county"],
        unique=False,
        postgresql_where=sa.text("merged_into IS NULL"),
    )
    op.create_index(
        "ix_employer_credit_code",
        "employer",
        ["credit_code"],
        unique=False,
        postgresql_where=sa.text("merged_into IS NULL"),
    )
    op.create_index(
        "ix_employer_name_key",
        "employer",
        ["name_key"],
        unique=False,
        postgresql_where=sa.text("merged_into IS NULL"),
    )
    op.create_table(
        "event",
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_recorded_at"), "event", ["recorded_at"], unique=False)
    op.create_table(
        "lead_judgement",
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('已采纳', '重复', '已申报', '非用人单位')", name=op.f("ck_lead_judgement_outcome")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_judgement")),
    )
    op.create_index(op.f("ix_lead_judgement_entry"), "lead_judgement", ["entry"], unique=False)
    op.create_table(
        "link",
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("evidence", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("verdict IN ('sure', 'unsure', 'rejected')", name=op.f("ck_link_verdict")),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name=op.f("ck_link_ended_whole")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
    )
    op.create_index(
        "ix_link_employer_id",
        "link",
        ["employer_id"],
        unique=False,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_link_one_sure",
        "link",
        ["entry"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL AND verdict = 'sure'"),
    )
    op.create_index(
        "uq_link_open_pair",
        "link",
        ["entry", "employer_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "membership_change",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("reason_code", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_by", sa.Text(), nullable=True),
        sa.Column("cancelled_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("change IN ('removed', 'added')", name=op.f("ck_membership_change_change")),
        sa.CheckConstraint(
            "(cancelled_at IS NULL) = (cancelled_by IS NULL) AND (cancelled_at IS NULL) = (cancelled_on IS NULL)",
            name=op.f("ck_membership_change_cancelled_whole"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_change")),
    )
    op.create_index(
        "uq_membership_change_open",
        "membership_change",
        ["campaign", "employer_id", "county", "change"],
        unique=True,
        postgresql_where=sa.text("cancelled_at IS NULL"),
    )
    op.create_table(
        "placement",
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    op.create_index("ix_placement_employer_id", "placement", ["employer_id"], unique=False)
    op.create_index(
        "uq_placement_open",
        "placement",
        ["record_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "row_problem",
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
    )
    op.create_index(op.f("ix_row_problem_record_id"), "row_problem", ["record_id"], unique=False)
    op.create_table(
        "snapshot",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("kind IN ('issued', 'baseline')", name=op.f("ck_snapshot_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("campaign", "kind", "county", name=op.f("uq_snapshot_campaign_kind_county")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.SmallInteger(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('registry', 'survey', 'programme', 'association', 'lead', 'declarations', 'platform-counts')",
            name=op.f("ck_source_kind"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_source_kind_name")),
    )
    op.create_table(
        "standing",
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("presumed", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name=op.f("ck_standing_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing")),
    )
    op.create_index("ix_standing_entry", "standing", ["entry"], unique=False)
    op.create_table(
        "target",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.Column("county", sa.Text(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("flag", sa.Text(), nullable=True),
        sa.Column("in_r", sa.Boolean(), nullable=False),
        sa.Column("declared", sa.Boolean(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=True),
        sa.Column("pending", sa.Boolean(), nullable=False),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("borderline", sa.Text(), nullable=True),
        sa.Column("risk", sa.Text(), nullable=True),
        sa.Column("programmes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("found", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.Column("indicators", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("size", sa.Text(), nullable=True),
        sa.Column("group_key", sa.Text(), nullable=True),
        sa.Column("work_order", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", "employer_id", name=op.f("pk_target")),
    )
    op.create_index(
        "ix_target_work",
        "target",
        ["campaign", "county", "declared", "work_order"],
        unique=False,
        postgresql_where=sa.text("in_r"),
    )
    op.create_table(
        "target_day",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("campaign", name=op.f("pk_target_day")),
    )
    op.create_table(
        "target_total",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("flag", sa.Text(), nullable=True),
        sa.Column("in_r", sa.Boolean(), nullable=False),
        sa.Column("declared", sa.Boolean(), nullable=False),
        sa.Column("pending", sa.Boolean(), nullable=False),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=True),
        sa.Column("borderline", sa.Text(), nullable=True),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.Column("indicators", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_total")),
    )
    op.create_index("ix_target_total_campaign", "target_total", ["campaign"], unique=False)
    op.create_table(
        "unit_judgement",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("other_entry", sa.BigInteger(), nullable=True),
        sa.Column("address_key", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(kind = 'merge') = (other_entry IS NOT NULL)", name=op.f("ck_unit_judgement_merge_names_two")
        ),
        sa.CheckConstraint(
            "address_key IS NULL OR kind = 'split'", name=op.f("ck_unit_judgement_address_of_split")
        ),
        sa.CheckConstraint("kind IN ('merge', 'split')", name=op.f("ck_unit_judgement_kind")),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by IS NULL) AND (undone_at IS NULL) = (undone_reason IS NULL)",
            name=op.f("ck_unit_judgement_undone_whole"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_judgement")),
    )
    op.create_table(
        "batch",
        sa.Column("source_id", sa.SmallInteger(), nullable=False),
        sa.Column("data_date", sa.Date(), nullable=False),
        sa.Column("full", sa.Boolean(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("header_row", sa.Integer(), nullable=False),
        sa.Column("columns", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("unmapped", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("new_count", sa.Integer(), nullable=False),
        sa.Column("problem_count", sa.Integer(), nullable=False),
        sa.Column("dropped_count", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_batch_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint(
            "source_id",
            "data_date",
            "file_sha256",
            "sheet",
            name=op.f("uq_batch_source_id_data_date_file_sha256_sheet"),
        ),
    )
    op.create_index(op.f("ix_batch_source_id"), "batch", ["source_id"], unique=False)
    op.create_table(
        "record",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("source_id", sa.SmallInteger(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("name_key", sa.Text(), nullable=True),
        sa.Column("name_core", sa.Text(), nullable=True),
        sa.Column("branch_part", sa.Text(), nullable=True),
        sa.Column("is_branch", sa.Boolean(), nullable=True),
        sa.Column("credit_code", sa.Text(), nullable=True),
        sa.Column("legacy_code", sa.Text(), nullable=True),
        sa.Column("county", sa.Text(), nullable=True),
        sa.Column("county_basis", sa.Text(), nullable=True),
        sa.Column("town", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("address_key", sa.Text(), nullable=True),
        sa.Column("registered_address", sa.Text(), nullable=True),
        sa.Column("industry", sa.Text(), nullable=True),
        sa.Column("industry_raw", sa.Text(), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("size", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("person_hash", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("state_on", sa.Date(), nullable=True),
        sa.Column("established_on", sa.Date(), nullable=True),
        sa.Column("economic_type", sa.Text(), nullable=True),
        sa.Column("parent_code", sa.Text(), nullable=True),
        sa.Column("parent_name", sa.Text(), nullable=True),
        sa.Column("group_name", sa.Text(), nullable=True),
        sa.Column("ownership", sa.Text(), nullable=True),
        sa.Column("park", sa.Text(), nullable=True),
        sa.Column("hazards", sa.Text(), nullable=True),
        sa.Column("programme", sa.Text(), nullable=True),
        sa.Column("programme_year", sa.Integer(), nullable=True),
        sa.Column("programme_batch", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("reporter", sa.Text(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("declaration_no", sa.Text(), nullable=True),
        sa.Column("declaration_type", sa.Text(), nullable=True),
        sa.Column("declaration_state", sa.Text(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("platform", sa.Text(), nullable=True),
        sa.Column("outsourced", sa.Integer(), nullable=True),
        sa.Column("exposed", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record")),
    )
    op.create_index(
        "ix_record_credit_code",
        "record",
        ["credit_code"],
        unique=False,
        postgresql_where=sa.text("current AND credit_code IS NOT NULL"),
    )
    op.create_index("ix_record_entry", "record", ["entry"], unique=False)
    op.create_index(
        "ix_record_name_core", "record", ["name_core"], unique=False, postgresql_where=sa.text("current")
    )
    op.create_index(
        "ix_record_name_key", "record", ["name_key"], unique=False, postgresql_where=sa.text("current")
    )
    op.create_table(
        "snapshot_member",
        sa.Column("snapshot_id", sa.BigInteger(), nullable=False),
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshot.id"], name=op.f("fk_snapshot_member_snapshot_id_snapshot")
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "employer_id", name=op.f("pk_snapshot_member")),
    )
    op.create_table(
        "dropped_row",
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_dropped_row_batch_id_batch")),
    )
    op.create_index(op.f("ix_dropped_row_batch_id"), "dropped_row", ["batch_id"], unique=False)
    op.create_table(
        "platform_count",
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_platform_count_batch_id_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_platform_count")),
        sa.UniqueConstraint(
            "batch_id", "county", "metric", name=op.f("uq_platform_count_batch_id_county_metric")
        ),
    )
    op.create_table(
        "sighting",
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
    )
    op.create_index("ix_sighting_batch_id", "sighting", ["batch_id"], unique=False)
    op.create_index("ix_sighting_record_id", "sighting", ["record_id"], unique=False)
    op.execute(FREEZE)
    op.execute(MISSING)


def downgrade() -> None:
    op.execute("DROP VIEW missing_entry")
    op.execute("DROP TRIGGER snapshot_member_frozen ON snapshot_member")
    op.execute("DROP TRIGGER snapshot_frozen ON snapshot")
    op.execute("DROP FUNCTION refuse_change()")
    op.drop_index("ix_sighting_record_id", table_name="sighting")
    op.drop_index("ix_sighting_batch_id", table_name="sighting")
    op.drop_table("sighting")
    op.drop_table("platform_count")
    op.drop_index(op.f("ix_dropped_row_batch_id"), table_name="dropped_row")
    op.drop_table("dropped_row")
    op.drop_table("snapshot_member")
    op.drop_index("ix_record_name_key", table_name="record", postgresql_where=sa.text("current"))
    op.drop_index("ix_record_name_core", table_name="record", postgresql_where=sa.text("current"))
    op.drop_index("ix_record_entry", table_name="record")
    op.drop_index(
        "ix_record_credit_code",
        table_name="record",
        postgresql_where=sa.text("current AND credit_code IS NOT NULL"),
    )
    op.drop_table("record")
    op.drop_index(op.f("ix_batch_source_id"), table_name="batch")
    op.drop_table("batch")
    op.drop_table("unit_judgement")
    op.drop_index("ix_target_total_campaign", table_name="target_total")
    op.drop_table("target_total")
    op.drop_table("target_day")
    op.drop_index("ix_target_work", table_name="target", postgresql_where=sa.text("in_r"))
    op.drop_table("target")
    op.drop_index("ix_standing_entry", table_name="standing")
    op.drop_table("standing")
    op.drop_table("source")
    op.drop_table("snapshot")
    op.drop_index(op.f("ix_row_problem_record_id"), table_name="row_problem")
    op.drop_table("row_problem")
    op.drop_index("uq_placement_open", table_name="placement", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_index("ix_placement_employer_id", table_name="placement")
    op.drop_table("placement")
    op.drop_index(
        "uq_membership_change_open",
        table_name="membership_change",
        postgresql_where=sa.text("cancelled_at IS NULL"),
    )
    op.drop_table("membership_change")
    op.drop_index("uq_link_open_pair", table_name="link", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_index(
        "uq_link_one_sure",
        table_name="link",
        postgresql_where=sa.text("ended_at IS NULL AND verdict = 'sure'"),
    )
    op.drop_index("ix_link_employer_id", table_name="link", postgresql_where=sa.text("ended_at IS NULL"))
    op.drop_table("link")
    op.drop_index(op.f("ix_lead_judgement_entry"), table_name="lead_judgement")
    op.drop_table("lead_judgement")
    op.drop_index(op.f("ix_event_recorded_at"), table_name="event")
    op.drop_table("event")
    op.drop_index(
        "ix_employer_name_key", table_name="employer", postgresql_where=sa.text("merged_into IS NULL")
    )
    op.drop_index(
        "ix_employer_credit_code", table_name="employer", postgresql_where=sa.text("merged_into IS NULL")
    )
    op.drop_index(
        "ix_employer_county", table_name="employer", postgresql_where=sa.text("merged_into IS NULL")
    )
    op.drop_table("employer")

"""Field work after the notice: trainings, guidance, visits, inspections, publicity, reasons, the ladder"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "escalation",
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
            name=op.f("ck_escalation_withdrawn_whole"),
        ),
        sa.CheckConstraint(
            "rung < 4 OR (decided_by IS NOT NULL AND reason IS NOT NULL)",
            name=op.f("ck_escalation_last_rung_by_a_person"),
        ),
        sa.CheckConstraint("rung BETWEEN 1 AND 4", name=op.f("ck_escalation_rung")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
    )
    op.create_index(
        "uq_escalation_stands",
        "escalation",
        ["campaign", "employer_id", "rung"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "guidance",
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.Column("assigned_on", sa.Date(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("assignee", sa.Text(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "agency IN ('疾控中心', '卫生监督机构', '技术支撑机构')", name=op.f("ck_guidance_agency")
        ),
        sa.CheckConstraint(
            "programme IN ('专项治理', '监测', '帮扶', '三同时', '其他服务')",
            name=op.f("ck_guidance_programme"),
        ),
        sa.CheckConstraint(
            "result IN ('已申报', '已提交待审核', '仍未申报', '停业或注销', '失联', '无危害因素', '其他')",
            name=op.f("ck_guidance_result"),
        ),
        sa.CheckConstraint(
            "(closed_on IS NULL) = (result IS NULL) AND (closed_on IS NULL) = (closed_by IS NULL) AND (closed_on IS NULL) = (closed_at IS NULL)",
            name=op.f("ck_guidance_closed_whole"),
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
            name=op.f("ck_guidance_withdrawn_whole"),
        ),
        sa.CheckConstraint("closed_on >= assigned_on", name=op.f("ck_guidance_closed_after_assigned")),
        sa.CheckConstraint("due_on >= assigned_on", name=op.f("ck_guidance_due_after_assigned")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance")),
    )
    op.create_index("ix_guidance_employer_id", "guidance", ["campaign", "employer_id"], unique=False)
    op.create_index(
        "uq_guidance_open",
        "guidance",
        ["campaign", "employer_id"],
        unique=True,
        postgresql_where=sa.text("closed_on IS NULL AND withdrawn_at IS NULL"),
    )
    op.create_table(
        "inspection",
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("inspector", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("entry", sa.BigInteger(), nullable=True),
        sa.Column("prompt", sa.Text(), nullable=True),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "occasion IN ('分类监督执法', '双随机检查', '其他检查')", name=op.f("ck_inspection_occasion")
        ),
        sa.CheckConstraint("prompt IN ('变更申报', '年度更新')", name=op.f("ck_inspection_prompt")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
            name=op.f("ck_inspection_withdrawn_whole"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
    )
    op.create_index(
        "uq_inspection_stands",
        "inspection",
        ["campaign", "employer_id", "done_on"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "publicity",
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("evidence_sha256", sa.Text(), nullable=True),
        sa.Column("evidence_name", sa.Text(), nullable=True),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "kind IN ('宣传周', '安康杯', '健康企业', '五进', '公众号', '网站', '电视', '移动终端', '其他')",
            name=op.f("ck_publicity_kind"),
        ),
        sa.CheckConstraint(
            "(evidence_sha256 IS NULL) = (evidence_name IS NULL)", name=op.f("ck_publicity_evidence_whole")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
            name=op.f("ck_publicity_withdrawn_whole"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publicity")),
    )
    op.create_index(
        "uq_publicity_stands",
        "publicity",
        ["campaign", "county", "done_on", "kind", "title"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "training",
        sa.Column("county", sa.Text(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("topics", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
            name=op.f("ck_training_withdrawn_whole"),
        ),
        sa.CheckConstraint("cardinality(topics) > 0", name=op.f("ck_training_has_topics")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training")),
    )
    op.create_index(
        "uq_training_stands",
        "training",
        ["campaign", "county", "done_on", "place"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "undeclared_reason",
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "reason IN ('拒报', '不会报', '账号问题', '失联', '无危害争议', '其他')",
            name=op.f("ck_undeclared_reason_reason"),
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
            name=op.f("ck_undeclared_reason_withdrawn_whole"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undeclared_reason")),
    )
    op.create_index(
        "ix_undeclared_reason_employer_id", "undeclared_reason", ["campaign", "employer_id"], unique=False
    )
    op.create_table(
        "visit",
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("visitor", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint(
            "agency IN ('疾控中心', '卫生监督机构', '技术支撑机构')", name=op.f("ck_visit_agency")
        ),
        sa.CheckConstraint(
            "programme IN ('专项治理', '监测', '帮扶', '三同时', '其他服务')", name=op.f("ck_visit_programme")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
            name=op.f("ck_visit_withdrawn_whole"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
    )
    op.create_index(
        "uq_visit_stands",
        "visit",
        ["campaign", "employer_id", "done_on", "programme"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "inspection_item",
        sa.Column("inspection_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("declared", sa.Text(), nullable=True),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("differs", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name=op.f("fk_inspection_item_inspection_id_inspection")
        ),
        sa.PrimaryKeyConstraint("inspection_id", "field", name=op.f("pk_inspection_item")),
    )
    op.create_table(
        "training_unit",
        sa.Column("training_id", sa.BigInteger(), nullable=False),
        sa.Column("employer_id", sa.BigInteger(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.CheckConstraint("part IN ('受邀', '到场')", name=op.f("ck_training_unit_part")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
            name=op.f("ck_training_unit_withdrawn_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["training_id"], ["training.id"], name=op.f("fk_training_unit_training_id_training")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_unit")),
    )
    op.create_index(
        "ix_training_unit_employer_id", "training_unit", ["campaign", "employer_id"], unique=False
    )
    op.create_index(
        "uq_training_unit_stands",
        "training_unit",
        ["training_id", "employer_id", "part"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("training_unit")
    op.drop_table("inspection_item")
    op.drop_table("visit")
    op.drop_table("undeclared_reason")
    op.drop_table("training")
    op.drop_table("publicity")
    op.drop_table("inspection")
    op.drop_table("guidance")
    op.drop_table("escalation")

"""Later exports of the platform: an event 导入 may follow another"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STEPS = (
    "(act, coalesce(from_state, ''), to_state) IN (('暂存', '', '暂存'), ('修改', '暂存', '暂存'), "
    "('修改', '已驳回', '已驳回'), ('提交', '暂存', '待审核'), ('提交', '已驳回', '待审核'), "
    "('审核通过', '待审核', '已审核'), ('审核不通过', '待审核', '已驳回'), ('撤销', '已审核', '待审核'))"
)


def upgrade() -> None:
    _replace(f"{STEPS} OR act = '导入' AND (from_state IS NULL OR role = '平台')")


def downgrade() -> None:
    """Not possible once a later picture is stored: what was recorded is never changed."""
    _replace(f"{STEPS} OR act = '导入' AND from_state IS NULL")


def _replace(condition: str) -> None:
    name = op.f("ck_declaration_event_edge")
    op.drop_constraint(name, "declaration_event", type_="check")
    op.create_check_constraint(name, "declaration_event", condition)

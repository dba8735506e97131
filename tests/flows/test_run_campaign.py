"""From lists to workbooks in one run; a rehearsal keeps nothing, a refused file stops it, a repetition changes nothing."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text

from deployments.catalogue import find_flow
from models.database import session
from models.outbox import Message
from tests.campaign.files import FOUNDRY, QUARRY, REGISTRY, registry_row, write_csv
from tests.dump import dump

pytestmark = [
    pytest.mark.prefect,
    pytest.mark.usefixtures("installation"),
]
ADDRESS = "柳州市柳江区拉堡镇柳堡路1号"
STEPS = ("record", "target", "snapshot", "verification_round", "obligation", "tick", "digest", "message")


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    folder = tmp_path / "名册"
    rows = [
        registry_row(FOUNDRY, "柳州市鑫鸿铸造有限公司", ADDRESS, 行业代码="3110"),
        registry_row(QUARRY, "鹿寨县石山采石场", "鹿寨县中渡镇石山村", 行业代码="1011"),
    ]
    write_csv(folder / "一.csv", REGISTRY, rows)
    (folder / "manifest.csv").write_text(
        "file,kind,data_date,source,full\n一.csv,registry,2024-06-30,,y\n", "utf-8"
    )
    return folder


def _run(lists: Path, **changes: Any) -> Any:
    request = {"folder": lists, "as_of": "2024-07-01", "out": lists.parent / "核对", **changes}
    return find_flow("run-campaign")(request, return_state=True)


def _rows(engine: Engine) -> dict[str, int]:
    with session(engine) as db:
        return {table: db.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in STEPS}


def test_a_rehearsal_keeps_nothing_and_writes_nothing(lists: Path, engine: Engine) -> None:
    assert _run(lists, dry_run=True).is_completed()
    assert set(_rows(engine).values()) == {0}
    assert not (lists.parent / "核对").exists()


def test_from_lists_to_workbooks_and_again_without_change(lists: Path, engine: Engine) -> None:
    assert _run(lists).is_completed()
    rows = _rows(engine)
    assert (rows["record"], rows["snapshot"], rows["verification_round"], rows["tick"]) == (2, 11, 10, 1)
    assert rows["obligation"] == 10
    assert len(list((lists.parent / "核对").rglob("*.xlsx"))) == 10
    with session(engine) as db:
        before = dump(db)
    assert _run(lists).is_completed()
    assert _rows(engine) == rows
    with session(engine) as db:
        assert dump(db) == before


def test_a_refused_file_stops_it_before_anything_is_frozen_and_is_told_once(
    lists: Path, engine: Engine
) -> None:
    (lists / "二.xlsx").write_bytes(b"%PDF-1.7 not a workbook")
    with (lists / "manifest.csv").open("a", encoding="utf-8") as manifest:
        manifest.write("二.xlsx,registry,2024-06-30,,\n")
    assert _run(lists).is_failed()
    rows = _rows(engine)
    assert (rows["record"], rows["snapshot"], rows["tick"]) == (2, 0, 0)
    with session(engine) as db:
        (message,) = db.scalars(select(Message))
    assert (message.office, message.purpose) == ("operator", "failure")
    assert "run-campaign 运行失败" in message.subject


def test_counting_for_analysts_leaves_nothing(lists: Path, engine: Engine) -> None:
    _run(lists)
    with session(engine) as db:
        before = dump(db)
    rows = _rows(engine)
    for request in ({}, {"as_of": "2024-06-30"}, {"as_of": "2024-07-01", "county": "柳江区"}):
        state: Any = find_flow("count-targets")(request, return_state=True)
        assert state.is_completed()
    assert state.result()[0]["应申报"] == 1
    with session(engine) as db:
        assert dump(db) == before
    assert _rows(engine) == rows

"""The same return twice, in parts, or after a kill at any step: always the same database (C25)."""

import random
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from models.database import session
from models.target import SnapshotKind
from tasks.snapshots import freeze_lists
from tests.make_rounds import CITY, DAY, LIUBEI, LIUJIANG, back, code_of, filled, issued, make_city
from tests.make_targets import campaign_on_file

UNITS = [f"第{number}厂" for number in range(12)]
NEW = {"单位名称": "新来的厂", "统一社会信用代码": code_of(77), "发现渠道": "协管员", "行业": "3110"}
CHOICES: list[dict[str, Any]] = [
    {"核对结论": "在营"},
    {"核对结论": "停产>6个月", "日期": date(2024, 1, 5)},
    {"核对结论": "注销", "日期": date(2024, 6, 30)},
    {"核对结论": "无危害因素", "说明": "只做销售"},
    {"核对结论": "非本辖区", "接收县（区）": "柳北区"},
    {"核对结论": "重复", "与哪个单位重复": "第0厂"},
    {"核对结论": "已申报", "申报编号": "SB1"},
    {"更正人数": 31},
    {"核对结论": "在营", "更正电话": "13907720099"},
    {"核对结论": "胡说"},
    {},
]
# everything a return leaves behind, without numbers and times of recording
TABLES = {
    "verdict": "employer_id, county, finding, since, other_county, duplicate_of, note, effective_on, ended_on",
    "transfer": "employer_id, from_county, to_county, asked_on, answer",
    "county_return": "county, file_sha256, returned_on, accepted, refused, unchanged",
    "membership_change": "employer_id, county, change, reason_code, effective_on, cancelled_on",
    "obligation_event": "act, effective_on, file_sha256",
    "record": "id, entry, current, name, headcount, phone",
    "sighting": "record_id, row_no",
    "unit_judgement": "kind, entry, other_entry, undone_at",
    "employer": "id, name, headcount, phone, county, merged_into",
}


def dump() -> dict[str, list[tuple[Any, ...]]]:
    with session() as db:
        db.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        return {
            table: sorted(
                (tuple(row) for row in db.execute(text(f"SELECT {columns} FROM {table}"))), key=repr
            )
            for table, columns in TABLES.items()
        }


@pytest.fixture
def sheet(installation: Path, tmp_path: Path) -> Path:  # noqa: ARG001
    """A county with a baseline, so that every effect there is can be seen."""
    make_city({name: {} for name in UNITS} | {"北厂": {"county": LIUBEI}})
    path = issued(tmp_path)
    freeze_lists(campaign_on_file(), SnapshotKind.BASELINE, DAY, by=CITY, county=LIUJIANG)
    return path


def answers(seed: int) -> dict[str, dict[str, Any]]:
    chance = random.Random(seed)
    return {name: chance.choice(CHOICES) for name in UNITS[1:]} | {"第0厂": {"核对结论": "在营"}}


@pytest.mark.parametrize("seed", range(6))
def test_twice_is_once(sheet: Path, tmp_path: Path, seed: int) -> None:
    """The very file, and the same answers saved anew, on the day and later: nothing more changes."""
    first = back(filled(sheet, tmp_path / "1.xlsx", answers(seed), [NEW]))
    once = dump()
    again = back(tmp_path / "1.xlsx")
    assert (again.seen_before, again.accepted, dump()) == (True, 0, once)
    anew = back(filled(sheet, tmp_path / "2.xlsx", answers(seed), [NEW]), DAY + timedelta(3))
    assert (anew.accepted, anew.unchanged, anew.refused) == (0, first.accepted, first.refused)
    assert {k: v for k, v in dump().items() if k != "county_return"} == {
        k: v for k, v in once.items() if k != "county_return"
    }


def test_a_dry_run_tells_the_same_and_stores_nothing(sheet: Path, tmp_path: Path) -> None:
    path, before = filled(sheet, tmp_path / "1.xlsx", answers(1), [NEW]), dump()
    dry = back(path, rehearse=True)
    assert (dry.rehearsed, dry.receipt, dump()) == (True, None, before)
    real = back(path)
    assert [row.as_row() | {"unit": 0} for row in real.rows] == [
        row.as_row() | {"unit": 0} for row in dry.rows
    ]
    assert (dry.done, dry.asked, dry.counts()) == (real.done, real.asked, real.counts())


@pytest.mark.parametrize("seed", range(4))
def test_in_parts_is_whole(sheet: Path, tmp_path: Path, seed: int) -> None:
    """Units answered file by file stand as if all had been answered at once."""
    told = answers(seed)
    names = list(told)
    random.Random(seed).shuffle(names)
    for number, part in enumerate((names[:5], names[5:9], names[9:])):
        back(filled(sheet, tmp_path / f"{number}.xlsx", {name: told[name] for name in part}))
    in_parts = {table: rows for table, rows in dump().items() if table in ("verdict", "transfer", "employer")}
    last = back(filled(sheet, tmp_path / "whole.xlsx", told))
    assert last.accepted == 0
    assert in_parts == {table: rows for table, rows in dump().items() if table in in_parts}


STEPS = (
    "tasks.verification.storing.give_verdicts",
    "tasks.verification.storing.ask_transfers",
    "tasks.verification.storing.store_corrections",
    "tasks.verification.storing.store_additions",
    "tasks.verification.storing.settle_units",
    "tasks.verification.storing.look_at",
    "tasks.verification.applying.answers_of",
    "tasks.verification.applying.write_receipt",
)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.rsplit(".", 1)[1])
def test_broken_off_and_run_again(
    sheet: Path, tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All or nothing is stored, and the second run always leaves the receipt."""
    path, before = filled(sheet, tmp_path / "1.xlsx", answers(3) | {"第1厂": CHOICES[7]}, [NEW]), dump()

    def broken(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(step, broken)
        with pytest.raises(KeyboardInterrupt):
            back(path)
    stored = step.endswith("write_receipt")
    assert (dump() != before) is stored
    report = back(path)
    assert report.seen_before is stored
    assert report.receipt is not None
    assert report.receipt.is_file()
    done = dump()
    back(path)
    assert dump() == done


def test_killed_at_any_moment(sheet: Path, tmp_path: Path) -> None:
    path, before = filled(sheet, tmp_path / "1.xlsx", answers(3), [NEW]), dump()
    killed = 0
    for moment in range(6):
        run = subprocess.Popen(
            [sys.executable, "-m", "tests.tasks.verification.killed_child", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert run.stdout
        assert run.stdin
        assert run.stdout.readline() == "ready\n"
        run.stdin.write("go\n")
        run.stdin.flush()
        time.sleep(0.15 + 0.12 * moment)
        run.send_signal(signal.SIGKILL)
        killed += run.wait() != 0
        if dump() != before:
            break
    assert killed
    report = back(path)
    assert report.receipt is not None
    after = dump()
    assert after != before
    assert len(after["county_return"]) == 1
    back(path)
    assert dump() == after

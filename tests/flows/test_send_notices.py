"""The flow that sends a round: rehearsed unless told otherwise, and taken up again where it was cut."""

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deployments.catalogue import find_flow
from deployments.cli import campaign_run
from deployments.cli.main import app
from flows.send_notices import Request
from tasks.notice_rounds.planning import look
from tests.make_notices import CAMPAIGN, deliveries, planned, small_city

pytestmark = pytest.mark.prefect


def test_it_rehearses_unless_told_otherwise() -> None:
    assert Request().dry_run


def test_a_round_is_rehearsed_and_then_sent_once(installation: Path, tmp_path: Path) -> None:
    small_city()
    planned()
    flow: Any = find_flow("send-notices")
    given = {"as_of": "2024-08-09", "out": str(tmp_path)}
    assert flow(given, return_state=True).is_completed()
    assert (look(CAMPAIGN, 1).state, len(list((tmp_path / "第1轮").rglob("*.pdf")))) == ("planned", 0)
    assert (tmp_path / "第1轮" / "演算清单.csv").is_file()
    assert flow(given | {"dry_run": False}, return_state=True).is_completed()
    assert (look(CAMPAIGN, 1).state, len(list((tmp_path / "第1轮").rglob("*.pdf")))) == ("sent", 3)
    assert set(deliveries().values()) == {"sent"}
    assert len(list((installation / "outbox").rglob("*.eml"))) == 3
    again = flow(given | {"dry_run": False}, return_state=True)
    assert again.is_failed(), "a round that is sent is not sent again"
    letters = [path for path in (installation / "outbox").rglob("*.eml") if path.parent.name != "operator"]
    assert len(letters) == 3


def test_the_command_says_that_it_only_rehearsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rehearsal is the default: “done” alone would be taken for sent."""
    small_city()
    planned()
    for name in ("prepare_engine", "use_running_server"):  # the test has a Prefect of its own
        monkeypatch.setattr(campaign_run, name, lambda *_: None)
    words = ["run", "send_notices", "--set", "as_of=2024-08-09", "--set", f"out={tmp_path}"]
    out = CliRunner().invoke(app, words)
    assert "send-notices：完成（只演算，没有保存、没有发出" in out.stdout.replace("\n", "")
    assert look(CAMPAIGN, 1).state == "planned"

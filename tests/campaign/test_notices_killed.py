"""Acceptance 4: the sender of a round killed at every step and run again; two at once; ten thousand notices."""

import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import Engine, text

from models.database import session
from models.notice_round import RoundScope
from tasks.notice_rounds.planning import look, plan
from tasks.notice_rounds.printing import Paper
from tasks.notice_rounds.sending import prepare, send_batches
from tasks.outbox import deliver_waiting
from tests.campaign.notices_child import PLACES
from tests.campaign.test_outbox_killed import go, heard
from tests.mail_server import Post
from tests.make_messages import delivering
from tests.make_notices import (
    CAMPAIGN,
    MOBILE,
    add_unit,
    confirm_everything,
    deliveries,
    keys,
    notices,
    planned,
)
from tests.make_targets import DAY

AT_ONCE = timedelta(0)
STEPS = [f"{moment} {place}" for place in PLACES for moment in ("before", "after")]
MANY, QUICK = 10_000, 60
pytestmark = pytest.mark.usefixtures("installation")


def city(folder: Path) -> dict[str, int]:
    """Six letters on paper in two towns of two counties, four of them by mail, two by SMS."""
    units = {}
    for at in range(6):
        name = f"第{at}厂"
        facts = {"county": ("450205", "450206")[at % 2], "phone": MOBILE if at < 2 else None}
        units[name] = add_unit(name, mail=f"unit{at}@factory.example.cn" if at < 4 else None, **facts)
    planned()
    prepare(CAMPAIGN, 1, DAY, by="张三")
    folder.mkdir(parents=True, exist_ok=True)
    return units


def sender(step: str, folder: Path) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    words = [sys.executable, "-m", "tests.campaign.notices_child", step, str(folder)]
    run = subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True)
    assert heard(run) == "ready"
    return run


def run_again(folder: Path) -> None:
    """The server may need a moment to notice that the killed worker's transaction is gone."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        list(send_batches(CAMPAIGN, 1, Paper(folder)))
        deliver_waiting(lease=AT_ONCE)
        with session() as db:
            open_ones = db.scalar(text("SELECT count(*) FROM message WHERE state IN ('waiting', 'sending')"))
        if look(CAMPAIGN, 1).state == "sent" and not open_ones:
            return
        time.sleep(0.1)


@pytest.mark.parametrize("step", STEPS)
def test_killed_and_run_again(tmp_path: Path, installation: Path, step: str) -> None:
    """Into the folder, which can prove what it did: every delivery once, none lost, none twice."""
    folder = tmp_path / "out"
    city(folder)
    run = sender(step, folder)
    go(run)
    assert heard(run) == "stopped"
    run.kill()
    run.wait()
    run_again(folder)
    assert Counter(channel for _, channel in deliveries()) == {"print": 6, "mail": 4, "sms": 2}
    assert set(deliveries().values()) == {"sent"}
    assert look(CAMPAIGN, 1).state == "sent"
    with session() as db:
        assert db.execute(text("SELECT state, count(*) FROM message GROUP BY 1")).all() == [("sent", 6)]
    files = {f"<{path.stem}@yingbao.internal>" for path in (installation / "outbox").rglob("*.eml")}
    assert files == {*keys("mail").values(), *keys("sms").values()}
    assert len(list((installation / "outbox").rglob("*.eml"))) == 6
    printed = "".join(page.extract_text() for path in folder.glob("*.pdf") for page in PdfReader(path).pages)
    assert all(printed.count(f"{name}：") == 1 for name in notices()), "each letter in one booklet"


def test_two_senders_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a real relay: each mail once, and with its own letter."""
    folder = tmp_path / "out"
    confirm_everything()
    with delivering(monkeypatch) as post:
        city(folder)
        runs = [sender("none", folder), sender("none", folder)]
        for run in runs:
            go(run)
        assert sum(int(heard(run)) for run in runs) == 12
        assert [run.wait() for run in runs] == [0, 0]
        _open_hours()
        deliver_waiting(lease=AT_ONCE)
        _each_with_its_letter(post)


def _open_hours() -> None:
    """Whatever day the tests run on: what was put for the next working morning may go now."""
    with session() as db:
        db.execute(text("UPDATE message SET not_before = now(), purpose = 'test' WHERE channel = 'mail'"))


def _each_with_its_letter(post: Post) -> None:
    assert sorted(post.ids()) == sorted(keys("mail").values())
    for mail in post.received:
        (file,) = mail.iter_attachments()  # type: ignore[attr-defined]
        assert (
            f"{str(mail['Subject']).split('（')[1].rstrip('）')}："
            in PdfReader(BytesIO(file.get_content())).pages[0].extract_text()
        )


UNITS = """
    INSERT INTO employer (name, name_key, branch_part, county, town, industry, headcount, state, hazards, address_key, phone)
    SELECT '柳州市第' || at || '机械有限公司', '第' || at, '', CASE at % 2 WHEN 0 THEN '450205' ELSE '450206' END,
        '450206' || (100 + at % 7), '3110', 25, '在营', CASE at % 3 WHEN 0 THEN '噪声' ELSE '噪声；苯' END,
        '柳堡路' || at || '号', '138' || lpad(at::text, 8, '0')
    FROM generate_series(1, :many) at"""


def test_ten_thousand_notices(engine: Engine, tmp_path: Path) -> None:
    """Planned, rehearsed and held against the facts in sets; all their SMS put once by two runs of the poster."""
    with session() as db:
        db.execute(text(UNITS), {"many": MANY})
    began = time.monotonic()
    made = plan(CAMPAIGN, DAY, RoundScope.EVERYONE, by="张三")
    assert made.going == MANY
    ready = prepare(CAMPAIGN, 1, DAY, by="张三", confirm=MANY, listed=tmp_path / "清单.csv")
    took = time.monotonic() - began
    assert (ready.letters, ready.changed.held) == (MANY, 0)
    assert took < QUICK, f"{took:.0f} s"
    with session(engine) as db:
        db.execute(text("UPDATE notice_delivery SET state = 'sent' WHERE channel = 'print'"))
    assert sum(step.done.letters for step in send_batches(CAMPAIGN, 1, Paper(tmp_path))) == MANY
    with session() as db:
        asked = "SELECT count(*), count(DISTINCT key), count(DISTINCT message_id) FROM message"
        assert tuple(db.execute(text(asked)).one()) == (MANY, MANY, MANY)
    assert look(CAMPAIGN, 1).state == "sent"

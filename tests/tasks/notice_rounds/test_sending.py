"""A send does what the plan said, less what changed; a rehearsal says the same; nothing goes twice (acceptance 4, 5)."""

import csv
import email
from collections.abc import Callable
from email.policy import default
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from models.database import session, writing
from models.errors import RuleRefused
from models.notice_round import NoticeChannel
from notices.letter import SAMPLE_MARK
from tasks.notice_rounds import printing, sending
from tasks.notice_rounds.contacts import name_addresses, refuse
from tasks.notice_rounds.planning import look
from tasks.notice_rounds.posting import post_batch
from tasks.notice_rounds.printing import Paper, print_towns, towns_to_print
from tasks.notice_rounds.publishing import publish
from tasks.notice_rounds.sending import Prepared, prepare, send_batches
from tasks.outbox import deliver_waiting
from tasks.targets import find_targets
from tests.make_messages import configure
from tests.make_notices import CAMPAIGN, confirm_everything, deliveries, notices, planned, small_city
from tests.make_targets import DAY, declare

pytestmark = pytest.mark.usefixtures("installation")
ALL = {
    ("甲厂", "print"),
    ("甲厂", "mail"),
    ("甲厂", "sms"),
    ("乙厂", "print"),
    ("丙厂", "print"),
    ("丁厂", "print"),
    ("丁厂", "mail"),
}


def ready(**words: object) -> Prepared:
    return prepare(CAMPAIGN, 1, DAY, by="张三", **words)  # type: ignore[arg-type]


def send(folder: Path) -> int:
    return sum(step.done.letters for step in send_batches(CAMPAIGN, 1, Paper(folder)))


def listed(path: Path) -> set[tuple[str, ...]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {tuple(row) for row in csv.reader(file)}


def test_a_rehearsal_is_the_same_set_as_the_send(tmp_path: Path) -> None:
    """Acceptance 5."""
    small_city()
    planned()
    before = look(CAMPAIGN, 1)
    rehearsed = ready(rehearse=True, listed=tmp_path / "演算.csv")
    assert look(CAMPAIGN, 1) == before, "a rehearsal leaves nothing"
    really = ready(listed=tmp_path / "发出.csv")
    assert (rehearsed.letters, rehearsed.changed) == (really.letters, really.changed)
    assert listed(tmp_path / "演算.csv") == listed(tmp_path / "发出.csv")
    assert {row[3] for row in listed(tmp_path / "发出.csv")} == {"县（区）", "柳北区", "柳江区"}
    assert send(tmp_path) == len(ALL) == len(listed(tmp_path / "发出.csv")) - 1
    assert {way for way, state in deliveries().items() if state == "sent"} == ALL


def test_the_folder_holds_booklets_and_mails_with_their_letter(tmp_path: Path, installation: Path) -> None:
    small_city()
    planned()
    ready()
    send(tmp_path)
    deliver_waiting()
    booklets = {path.name: PdfReader(path) for path in tmp_path.glob("*.pdf")}
    assert len(booklets) == 3, "two towns of one county, one of the other"
    assert all(SAMPLE_MARK in page.pages[-1].extract_text() for page in booklets.values())
    mails = [
        email.message_from_bytes(path.read_bytes(), policy=default)
        for path in (installation / "outbox").rglob("*.eml")
    ]
    by_mail = {str(mail["To"]): mail for mail in mails if mail["To"] and "@" in mail["To"]}
    assert set(by_mail) == {"jia@factory.example.cn", "ding@factory.example.cn"}
    (file,) = by_mail["jia@factory.example.cn"].iter_attachments()
    assert file.get_filename() == "职业病危害项目申报告知单.pdf"
    assert file.get_content().startswith(b"%PDF")
    (sms,) = (mail for mail in mails if "@" not in str(mail["To"]))
    assert str(sms["To"]).strip(chr(34)) == "手机 138****1234"
    assert "甲厂：请登录" in sms.get_body().get_content()
    assert look(CAMPAIGN, 1).state == "sent"


def test_sent_again_nothing_goes_twice(tmp_path: Path) -> None:
    small_city()
    planned()
    ready()
    assert send(tmp_path) == len(ALL)
    assert send(tmp_path) == 0
    with pytest.raises(RuleRefused, match="E1546"):
        ready()
    with session() as db:
        assert db.scalar(text("SELECT count(*) FROM message")) == 3


def _declares() -> None:
    with session() as db:
        declare(db, _unit(db, "甲厂"))


def _moves() -> None:
    with session() as db:
        _unit(db, "甲厂").county = "450203"


def _gone() -> None:
    with session() as db:
        _unit(db, "甲厂").state, _unit(db, "甲厂").state_on = "注销", DAY


def _unit(db: object, name: str):  # type: ignore[no-untyped-def]
    from models.employer import Employer

    return db.query(Employer).filter_by(name=name).one()  # type: ignore[attr-defined]


CHANGES: dict[str, tuple[Callable[[], object], str]] = {
    "申报了": (_declares, "E1551"),
    "划走了": (_moves, "E1553"),
    "注销了": (_gone, "E1552"),
    "要求不再打扰": (lambda: refuse("1", None, by="张三", reason="来电"), "E1543"),
}


@pytest.mark.parametrize(("change", "code"), CHANGES.values(), ids=CHANGES)
def test_what_changed_since_the_plan_is_held_and_said(
    tmp_path: Path, change: Callable[[], object], code: str
) -> None:
    small_city()
    planned()
    change()
    find_targets(CAMPAIGN, DAY)
    made = ready()
    assert (made.changed.held, made.letters) == (1, 3)
    assert notices()["甲厂"] == ("held", code)
    send(tmp_path)
    assert {way for way, state in deliveries().items() if state == "sent"} == {
        way for way in ALL if way[0] != "甲厂"
    }


def test_an_address_that_changed_is_not_guessed(tmp_path: Path) -> None:
    small_city()
    planned()
    name_addresses("1", {"mail": "neu@factory.example.cn"}, by="张三")
    made = ready()
    assert (made.changed.held, made.changed.addresses) == (0, 1)
    send(tmp_path)
    assert deliveries()["甲厂", "mail"] == "held"
    assert notices()["甲厂"] == ("sent", None), "on paper and by SMS it goes"


def test_above_the_cap_the_number_is_said_again(monkeypatch: pytest.MonkeyPatch) -> None:
    small_city()
    planned()
    configure(monkeypatch, notice_cap=3)
    assert ready(rehearse=True).needs_confirm
    for wrong in (None, 3, 5):
        with pytest.raises(RuleRefused, match="--confirm 4"):
            ready(confirm=wrong)
    assert look(CAMPAIGN, 1).state == "planned", "a refused send has begun nothing"
    assert ready(confirm=4).letters == 4


def test_delivery_refuses_samples_and_takes_what_experts_stand_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    small_city()
    planned()
    configure(monkeypatch, deliver=True)
    assert (ready(rehearse=True).letters, ready(rehearse=True).changed.held) == (0, 4)
    confirm_everything()
    assert ready().letters == 4
    assert send(tmp_path) == len(ALL)
    assert all(SAMPLE_MARK not in PdfReader(path).pages[-1].extract_text() for path in tmp_path.glob("*.pdf"))


def test_a_sample_is_refused_even_at_the_last_moment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Prepared while delivery was off, sent after it was switched on."""
    small_city()
    planned()
    ready()
    configure(monkeypatch, deliver=True)
    assert send(tmp_path) == 0
    assert {state for state, code in notices().values() if code == "E1554"} == {"held"}
    with session() as db:
        assert db.scalar(text("SELECT count(*) FROM message")) == 0


def test_a_letter_that_cannot_be_set_stops_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from notices.letter_print import Outcome, Stopped

    real = printing.print_booklets

    def spoilt(booklets, *words, **more):  # type: ignore[no-untyped-def]
        for outcome in real(booklets, *words, **more):
            printed = [one for one in outcome.printed if "1-450205-00001" not in one.numbers]
            lost = (
                [Stopped("1-450205-00001", "丁厂", "E1505", "排版出错")]
                if len(printed) < len(outcome.printed)
                else []
            )
            yield Outcome(tuple(printed), (*outcome.stopped, *lost))

    monkeypatch.setattr(printing, "print_booklets", spoilt)
    small_city()
    planned()
    ready()
    assert send(tmp_path) == len(ALL) - 2
    assert notices()["丁厂"] == ("held", "E1505")
    assert deliveries()["丁厂", "mail"] == "held", "a letter that cannot be made goes by no way"


def test_two_senders_share_the_work(tmp_path: Path) -> None:
    """What one has in hand the other passes over."""
    small_city()
    planned()
    ready()
    ((town, *others),) = towns_to_print(CAMPAIGN, 1)
    with session() as db:
        from models.actions.notice_sending import claim_place

        assert claim_place(db, 1, town)
        assert print_towns(CAMPAIGN, 1, [town, *others], Paper(tmp_path)).letters == 3
    assert print_towns(CAMPAIGN, 1, [town, *others], Paper(tmp_path)).letters == 1
    with session() as db:
        db.execute(text("SELECT id FROM notice_delivery WHERE channel = 'mail' LIMIT 1 FOR UPDATE"))
        assert post_batch(CAMPAIGN, 1, NoticeChannel.MAIL).letters == 1


def test_a_formula_in_a_name_stays_text() -> None:
    assert sending.plain_cell("=HYPERLINK(1)") == "'=HYPERLINK(1)"


def test_the_public_list_names_who_was_told_and_has_not_declared(tmp_path: Path) -> None:
    small_city()
    planned()
    path = tmp_path / "名单.csv"
    with pytest.raises(RuleRefused, match="E1547"):
        publish(CAMPAIGN, 1, DAY, path, by="张三")
    ready()
    send(tmp_path)
    _declares()
    for _ in range(2):
        assert publish(CAMPAIGN, 1, DAY, path, by="张三") == 3
    names = {row[2] for row in listed(path)} - {"单位名称"}
    assert names == {"乙厂", "丙厂", "丁厂"}
    assert "138" not in path.read_text("utf-8-sig")
    assert sum(1 for _, channel in deliveries() if channel == "wechat") == 3


def test_a_round_that_was_begun_is_finished_before_a_plan_replaces_it(tmp_path: Path) -> None:
    """Half sent, then planned again: the next plan is the next round."""
    small_city()
    planned()
    ready()
    print_towns(CAMPAIGN, 1, towns_to_print(CAMPAIGN, 1)[0][:1], Paper(tmp_path))
    assert planned().number == 2
    assert send(tmp_path) == len(ALL) - 1
    with writing() as db:
        assert db.scalar(text("SELECT state FROM notice_round WHERE number = 1")) == "sent"

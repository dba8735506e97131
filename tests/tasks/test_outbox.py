"""The outbox with a real database, a real mail server and a real HTTP server for robots."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from sqlalchemy import Engine, func, select, text, update
from sqlalchemy.orm import Session

from models.actions import outbox
from models.clock import now
from models.database import session
from models.errors import RuleRefused
from models.event import Event
from models.outbox import ChannelKind, Message, SendState
from models.rules.sending import MOST_ATTEMPTS, PER_MINUTE
from tasks.outbox import deliver_waiting, list_messages, reconcile
from tests.mail_server import Post
from tests.make_messages import configure, delivering, message_ids, number_of, put, states

AT_ONCE = timedelta(0)
SECRET = "0a1b2c3d4e5f60718293"
ROBOT = f"wecombot://{SECRET}"
pytestmark = pytest.mark.usefixtures("installation")


def to(name: str) -> str:
    return f"{name}@liubei.example.cn"


def change(key: str, **values: object) -> None:
    with session() as db:
        db.execute(update(Message).where(Message.key == key).values(values))


def row(key: str) -> Message:
    with session() as db:
        return db.scalars(select(Message).where(Message.key == key)).one()


@pytest.fixture
def robot(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> HTTPServer:
    """Delivery is on, and the makers of robots are on loopback."""
    httpserver.expect_request("/cgi-bin/webhook/send").respond_with_json({"errcode": 0, "errmsg": "ok"})
    configure(monkeypatch, deliver=True, bot_gateway=httpserver.url_for(""))
    return httpserver


class TestPutting:
    def test_a_key_is_put_once(self) -> None:
        assert [put("甲"), put("甲"), put("乙")] == [True, False, True]
        assert states() == {"甲": "waiting", "乙": "waiting"}
        assert all(
            number.startswith("<") and number.endswith("@yingbao.internal>") for number in message_ids()
        )

    def test_line_breaks_cannot_become_headers(self) -> None:
        put("甲\nBcc: x@y.cn", addressee="a@b.cn\r\nBcc: x@y.cn")
        assert row("甲\nBcc: x@y.cn").subject == "【催办】甲 Bcc: x@y.cn"
        assert row("甲\nBcc: x@y.cn").addressee == "a@b.cn Bcc: x@y.cn"

    def test_not_before(self) -> None:
        put("甲", channel=ChannelKind.FOLDER)
        change("甲", not_before=func.now() + timedelta(hours=1))
        report = deliver_waiting()
        assert (report.lines, report.held) == ((), ("1 条还没到发送时间，或对方暂时没有收下",))


class TestSwitches:
    def test_nothing_leaves_the_machine_by_default(self, installation: Path) -> None:
        put("信")
        put("群", channel=ChannelKind.BOT, addressee=ROBOT)
        put("纸", channel=ChannelKind.FOLDER)
        report = deliver_waiting()
        assert states() == {"信": "waiting", "群": "waiting", "纸": "sent"}
        assert len(report.held) == 2
        assert all("投递没有打开" in sentence for sentence in report.held)
        assert len(list((installation / "outbox").rglob("*.eml"))) == 1

    def test_a_queued_mail_waits_when_delivery_is_switched_off(
        self, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put("信")
        configure(monkeypatch, deliver=False)
        deliver_waiting()
        assert (states(), post.ids()) == ({"信": "waiting"}, [])
        configure(monkeypatch, deliver=True)
        deliver_waiting()
        assert (states(), post.ids()) == ({"信": "sent"}, message_ids())

    def test_redirected_everything_goes_to_one_address(
        self, monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer
    ) -> None:
        put("信")
        put("群", channel=ChannelKind.BOT, addressee=ROBOT)
        with delivering(
            monkeypatch, redirect_to="me@lz.example.cn", bot_gateway=httpserver.url_for("")
        ) as post:
            deliver_waiting()
        assert states() == {"信": "sent", "群": "sent"}
        assert [envelope.rcpt_tos for envelope in post.envelopes] == [["me@lz.example.cn"]] * 2
        assert post.received[0]["Subject"] == "[原收件人 chen@liubei.example.cn] 【催办】信"
        assert post.received[1]["Subject"] == "[原收件人 群机器人（企业微信）] 【催办】群"
        assert not httpserver.log

    @pytest.mark.parametrize(
        ("settings", "said"),
        [
            ({"mail_from": "a@b.cn"}, "YINGBAO_SMTP_HOST"),
            ({"smtp_host": "127.0.0.1"}, "YINGBAO_MAIL_FROM"),
            ({"smtp_host": "127.0.0.1", "mail_from": "卫健委"}, "不是邮件地址"),
        ],
        ids=["no server", "no sender", "no address"],
    )
    def test_settings_are_missing(
        self, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], said: str
    ) -> None:
        configure(monkeypatch, deliver=True, **settings)
        put("信")
        put("纸", channel=ChannelKind.FOLDER)
        ((code, message),) = deliver_waiting().troubles
        assert code == "E1431"
        assert said in message
        assert states() == {"信": "waiting", "纸": "sent"}

    def test_no_mail_waits_so_its_settings_may_be_missing(self, robot: HTTPServer) -> None:
        put("群", channel=ChannelKind.BOT, addressee=ROBOT)
        assert deliver_waiting().troubles == ()
        assert len(robot.log) == 1


class TestOutcomes:
    def test_each_addressee_has_an_outcome_of_its_own(self, post: Post) -> None:
        for name in ("chen", "nobody", "grey", "spam", "li"):
            put(name, addressee=to(name))
        report = deliver_waiting()
        assert states() == {
            "chen": "sent",
            "nobody": "refused",
            "grey": "waiting",
            "spam": "refused",
            "li": "sent",
        }
        assert report.counts == {"sent": 2, "refused": 2, "waiting": 1}
        assert row("nobody").answer == "550 5.1.1 用户不存在"
        assert len(post.ids()) == 2

    def test_a_hung_server_makes_one_unknown_and_it_is_never_sent_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put("hang", addressee=to("hang"))
        put("chen")
        with delivering(monkeypatch, smtp_timeout=0.3) as post:
            report = deliver_waiting()
            assert states() == {"hang": "unknown", "chen": "waiting"}
            assert [code for code, _ in report.troubles] == ["E1432"]
            for _ in range(3):
                deliver_waiting(lease=AT_ONCE)
            assert states() == {"hang": "unknown", "chen": "sent"}
            assert post.ids() == message_ids()

    def test_not_taken_waits_longer_each_time(self, post: Post) -> None:
        put("grey", addressee=to("grey"))
        for minutes in (1, 5, 15):
            deliver_waiting()
            wait = row("grey").not_before - now()
            assert timedelta(minutes=minutes) - timedelta(seconds=5) < wait <= timedelta(minutes=minutes)
            assert deliver_waiting().lines == (), "tried again at once"
            change("grey", not_before=func.now())
        assert (row("grey").attempts, post.ids()) == (3, [])

    def test_gives_up_in_the_end(self, post: Post) -> None:
        put("grey", addressee=to("grey"))
        change("grey", attempts=MOST_ATTEMPTS - 1)
        deliver_waiting()
        assert states() == {"grey": "refused"}
        assert str(row("grey").answer).startswith(f"试了 {MOST_ATTEMPTS} 次")
        assert not post.ids()

    def test_a_wrong_password_stops_mail_and_only_mail(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for key in ("一", "二"):
            put(key)
        put("纸", channel=ChannelKind.FOLDER)
        with delivering(monkeypatch, login=True, smtp_user="notice", smtp_password="wrong-one") as post:
            report = deliver_waiting()
        assert [code for code, _ in report.troubles] == ["E1433"]
        assert "wrong-one" not in str(report)
        assert states() == {"一": "waiting", "二": "waiting", "纸": "sent"}
        assert (row("二").attempts, post.ids()) == (0, [])

    def test_limit(self, post: Post) -> None:
        for number in range(3):
            put(str(number))
        assert len(deliver_waiting(limit=2).lines) == len(post.ids()) == 2


class TestLease:
    def test_a_dead_workers_mail_is_unknown_after_the_lease_only(self, post: Post) -> None:
        put("信")
        _claim({ChannelKind.MAIL})
        deliver_waiting()
        assert states() == {"信": "sending"}
        deliver_waiting(lease=AT_ONCE)
        assert (states(), post.ids()) == ({"信": "unknown"}, [])

    def test_a_slow_worker_still_knows_better(self) -> None:
        put("信")
        claimed = _claim({ChannelKind.MAIL})
        deliver_waiting(lease=AT_ONCE)
        with session() as db:
            assert outbox.finish(db, claimed, SendState.SENT, "250 OK")
        assert states() == {"信": "sent"}

    def test_but_not_after_a_person_has_decided(self) -> None:
        put("信")
        claimed = _claim({ChannelKind.MAIL})
        deliver_waiting(lease=AT_ONCE)
        reconcile(number_of("信"), sent=False, by="张三", reason="没有收到")
        with session() as db:
            assert not outbox.finish(db, claimed, SendState.SENT, "250 OK")
        assert states() == {"信": "waiting"}


class TestClaiming:
    def test_two_claims_at_the_same_moment_are_two_messages(self, engine: Engine) -> None:
        """The second neither waits for the first nor takes its message."""
        put("甲")
        put("乙")
        with session() as first, Session(engine, expire_on_commit=False) as second:
            second.execute(text("SET LOCAL lock_timeout = '500ms'"))
            claims = [outbox.claim_next(db, {ChannelKind.MAIL}) for db in (first, second, second)]
            second.commit()
        assert [claimed and claimed.key for claimed in claims] == ["甲", "乙", None]


class TestReconcile:
    @pytest.fixture
    def unknown(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
        with delivering(monkeypatch) as post:
            put("信", addressee=to("drop"))
            deliver_waiting()
            assert states() == {"信": "unknown"}
            change("信", addressee=to("chen"))
            yield post

    def test_again_sends_exactly_once_more(self, unknown: Post) -> None:
        reconcile(number_of("信"), sent=False, by="张三", reason="电话问过，没有收到")
        for _ in range(3):
            deliver_waiting(lease=AT_ONCE)
        assert states() == {"信": "sent"}
        assert unknown.ids() == message_ids() * 2, "the first copy and one more, under the same Message-ID"

    def test_sent_sends_nothing(self, unknown: Post) -> None:
        reconcile(number_of("信"), sent=True, by="张三", reason="对方说收到了")
        deliver_waiting(lease=AT_ONCE)
        assert (states(), len(unknown.ids())) == ({"信": "sent"}, 1)
        assert row("信").answer == "张三：已收到，对方说收到了"

    def test_only_what_is_unknown(self) -> None:
        put("信")
        for sent in (True, False):
            with pytest.raises(RuleRefused, match="E1437"):
                reconcile(number_of("信"), sent=sent, by="张三", reason="x")
        with pytest.raises(RuleRefused, match="E1436"):
            reconcile(99, sent=True, by="张三", reason="x")

    def test_a_refused_one_may_be_tried_again(self, post: Post) -> None:
        put("信", addressee=to("nobody"))
        deliver_waiting()
        with pytest.raises(RuleRefused, match="E1437"):
            reconcile(number_of("信"), sent=True, by="张三", reason="x")
        reconcile(number_of("信"), sent=False, by="张三", reason="邮箱已开通")
        assert (states(), post.ids()) == ({"信": "waiting"}, [])


class TestRobots:
    def test_at_most_twenty_a_minute_each(self, robot: HTTPServer) -> None:
        for number in range(PER_MINUTE + 3):
            put(str(number), channel=ChannelKind.BOT, addressee=ROBOT)
        put("另一个群", channel=ChannelKind.BOT, addressee="wecombot://another")
        report = deliver_waiting()
        assert report.counts == {"sent": PER_MINUTE + 1}
        assert report.held == ("3 条在等：同一个群机器人一分钟最多 20 条，下次再发",)
        with session() as db:
            db.execute(update(Message).values(claimed_at=Message.claimed_at - timedelta(minutes=1)))
        assert deliver_waiting().counts == {"sent": 3}
        assert len(robot.log) == PER_MINUTE + 4

    def test_two_workers_share_the_minute(self, engine: Engine) -> None:
        """The second claim must wait for the first to be committed: counting at once, both would find room."""
        for number in range(PER_MINUTE + 2):
            put(str(number), channel=ChannelKind.BOT, addressee=ROBOT)
        for _ in range(PER_MINUTE - 1):
            _claim({ChannelKind.BOT})
        with session() as first:
            assert outbox.claim_next(first, {ChannelKind.BOT})
            with engine.connect() as second:
                free = select(func.pg_try_advisory_xact_lock(outbox.ROBOT_LOCK))
                assert second.scalar(free) is False
        with session() as db:
            assert outbox.claim_next(db, {ChannelKind.BOT}) is None

    def test_no_secret_in_answers_lists_and_events(self, robot: HTTPServer) -> None:
        robot.clear()
        robot.expect_request("/cgi-bin/webhook/send").respond_with_json(
            {"errcode": 93000, "errmsg": f"invalid webhook url, key={SECRET}"}
        )
        put("群", channel=ChannelKind.BOT, addressee=ROBOT)
        report = deliver_waiting()
        assert states() == {"群": "refused"}
        with session() as db:
            details = [event.detail for event in db.scalars(select(Event))]
        shown = json.dumps([list_messages(), details], ensure_ascii=False, default=str)
        assert SECRET not in shown + str(report)
        assert "群机器人（企业微信）" in shown


def test_every_change_leaves_an_event(post: Post) -> None:  # noqa: ARG001
    put("信", addressee=to("nobody"))
    deliver_waiting()
    reconcile(number_of("信"), sent=False, by="张三", reason="邮箱已开通")
    with session() as db:
        told = [(event.by, event.detail["state"]) for event in db.scalars(select(Event).order_by(Event.id))]
    assert told == [("outbox", "sending"), ("outbox", "refused"), ("张三", "waiting")]


def _claim(channels: set[str]) -> Message:
    with session() as db:
        claimed = outbox.claim_next(db, channels)
    assert claimed
    return claimed

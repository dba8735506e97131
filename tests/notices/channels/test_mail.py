"""Mail against a real server: every failure is told as what it is, before or after the hand-over."""

import ipaddress
import re
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from models.clock import SHANGHAI
from notices.channels.channel import Letter, Result
from notices.channels.mail import MailChannel, compose, on_the_wire
from tests.mail_server import PASSWORD, USER, Post, deaf_server, free_port, mail_server

SENDER = '"柳州市卫生健康委员会" <notice@lz.example.cn>'
LETTER = Letter(
    message_id="<0d9f0c2e-7b1c-4d0e-9a55-3f6d7c1b2a10@yingbao.internal>",
    office="450205",
    addressee="chen@liubei.example.cn",
    subject="【催办】信息核对将于 2024-08-09 到期，请尽快返回核对结果（柳北区）",
    body="柳北区卫生健康局：\n\n.以点开头的一行\n还差 3 条。\n",
    planned=datetime(2024, 8, 8, 8, 30, tzinfo=SHANGHAI),
)


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Post, int]]:
    with mail_server() as running:
        yield running


def channel(port: int, **changes: object) -> MailChannel:
    usual = MailChannel("127.0.0.1", SENDER, port=port, security="none", timeout=0.5)
    return replace(usual, **changes)  # type: ignore[arg-type]


def to(name: str) -> Letter:
    return replace(LETTER, addressee=f"{name}@liubei.example.cn")


def test_chinese_arrives_intact_and_can_be_matched(server: tuple[Post, int]) -> None:
    post, port = server
    assert channel(port).send(LETTER).result is Result.SENT
    mail = post.received[-1]
    assert mail["Subject"] == LETTER.subject
    assert mail.get_content().replace("\r\n", "\n") == LETTER.body
    assert mail["Message-ID"] == LETTER.message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert str(mail["From"]).startswith("柳州市卫生健康委员会")
    assert post.envelopes[-1].mail_from == "notice@lz.example.cn"
    assert post.envelopes[-1].rcpt_tos == ["chen@liubei.example.cn"]
    assert mail["Date"].datetime - datetime.now(SHANGHAI) < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("name", "result", "said", "whole_channel"),
    [
        pytest.param("nobody", Result.REFUSED, "550 5.1.1 用户不存在", False, id="550 of the addressee"),
        pytest.param("grey", Result.NOT_TAKEN, "451 4.7.1 greylisted", False, id="451 for now"),
        pytest.param("spam", Result.REFUSED, "554 5.7.1 looks like spam", False, id="554 after the text"),
        pytest.param("drop", Result.UNKNOWN, "没有等到答复", True, id="hangs up after the text"),
        pytest.param("hang", Result.UNKNOWN, "没有等到答复", True, id="never answers after the text"),
        pytest.param("slow", Result.SENT, "250 2.0.0 queued", False, id="answers late"),
    ],
)
def test_answers(server: tuple[Post, int], name: str, result: Result, said: str, whole_channel: bool) -> None:
    outcome = channel(server[1]).send(to(name))
    assert outcome.result is result
    assert said in outcome.reason
    assert bool(outcome.trouble) is whole_channel


def test_no_server_is_not_taken() -> None:
    outcome = channel(free_port()).send(LETTER)
    assert (outcome.result, outcome.trouble) == (Result.NOT_TAKEN, "E1432")


def test_a_server_that_never_greets_is_not_taken() -> None:
    with deaf_server() as port:
        outcome = channel(port, timeout=0.2).send(LETTER)
    assert (outcome.result, outcome.trouble) == (Result.NOT_TAKEN, "E1432")


def test_login() -> None:
    with mail_server(login=True) as (post, port):
        right = channel(port, user=USER, password=SecretStr(PASSWORD))
        assert right.send(LETTER).result is Result.SENT
        wrong = replace(right, password=SecretStr("wrong-password")).send(LETTER)
        assert (wrong.result, wrong.trouble) == (Result.NOT_TAKEN, "E1433")
        assert "wrong-password" not in wrong.reason
        assert len(post.received) == 1


def test_our_own_address_refused_concerns_every_letter() -> None:
    with mail_server() as (post, port):
        post.refuse_sender = True
        outcome = channel(port).send(LETTER)
    assert (outcome.result, outcome.trouble) == (Result.NOT_TAKEN, "E1434")


@pytest.mark.parametrize("address", ["", "陈某", "陈某@柳北.cn", '"陈某" <>'])
def test_what_is_no_address_is_refused(address: str) -> None:
    assert channel(1).send(replace(LETTER, addressee=address)).result is Result.REFUSED


def test_a_redirected_letter_says_whom_it_was_meant_for(server: tuple[Post, int]) -> None:
    post, port = server
    redirected = replace(LETTER, addressee='"原收件人 chen@liubei.example.cn" <me@lz.example.cn>')
    assert channel(port).send(redirected).result is Result.SENT
    mail = post.received[-1]
    assert post.envelopes[-1].rcpt_tos == ["me@lz.example.cn"]
    assert mail["Subject"].startswith("[原收件人 chen@liubei.example.cn] 【催办】")
    assert "本来要发给 chen@liubei.example.cn" in mail.get_content()
    (shown,) = mail["To"].addresses
    assert (shown.display_name, shown.addr_spec) == ("原收件人 chen@liubei.example.cn", "me@lz.example.cn")


def test_a_line_with_a_dot_alone_does_not_end_the_mail() -> None:
    message = compose(replace(LETTER, body="a\n.\nb\n"), SENDER)
    assert on_the_wire(message).endswith(b"a\r\n..\r\nb\r\n.\r\n")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for 127.0.0.1 in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(SHANGHAI)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    plain = serialization.NoEncryption()
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.mark.parametrize("security", ["ssl", "starttls"])
@pytest.mark.parametrize("trusted", [True, False], ids=["trusted", "certificate of nobody"])
def test_secured(security: str, trusted: bool, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    tls, starttls = (context, None) if security == "ssl" else (None, context)
    with mail_server(tls=tls, starttls=starttls) as (post, port):
        outcome = channel(port, security=security).send(LETTER)
    if trusted:
        assert outcome.result is Result.SENT
        assert len(post.received) == 1
    else:
        assert (outcome.result, outcome.trouble) == (Result.NOT_TAKEN, "E1432")
        assert re.search("certificate", outcome.reason, re.IGNORECASE)
        assert not post.received


def test_a_server_without_starttls_gets_nothing(server: tuple[Post, int]) -> None:
    before = len(server[0].received)
    outcome = channel(server[1], security="starttls").send(LETTER)
    assert (outcome.result, outcome.trouble) == (Result.NOT_TAKEN, "E1432")
    assert len(server[0].received) == before

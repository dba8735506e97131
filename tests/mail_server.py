"""A real SMTP server on loopback that counts what it receives and misbehaves for chosen addressees."""

import asyncio
import email
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "notice", "right-password"
SLOW_SECONDS = 0.3
GREYLISTED = "451 4.7.1 greylisted, come back later"
UNKNOWN_USER = "550 5.1.1 用户不存在"


class Post:
    """Behaves by the local part: nobody@ 550, grey@ 451, spam@ 554 after the text, drop@ takes the text and
    hangs up, hang@ takes it and never answers, slow@ answers late; every other addressee is fine."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.refuse_sender = False

    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.received]

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if self.refuse_sender:
            return "553 5.7.1 not your address"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        answers = {"nobody": UNKNOWN_USER, "grey": GREYLISTED}
        if answer := answers.get(address.partition("@")[0]):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        del session
        way = envelope.rcpt_tos[0].partition("@")[0]
        if way == "spam":
            return "554 5.7.1 looks like spam"
        content = envelope.original_content or b""
        message = email.message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        self.envelopes.append(envelope)
        if way == "drop":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        if way == "hang":
            await asyncio.Event().wait()
        if way == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        return "250 2.0.0 queued as 4711"


def _login(_server: SMTP, _session: Session, _envelope: Envelope, _kind: str, given: Any) -> AuthResult:
    assert isinstance(given, LoginPassword)
    right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def mail_server(
    *, login: bool = False, tls: ssl.SSLContext | None = None, starttls: ssl.SSLContext | None = None
) -> Iterator[tuple[Post, int]]:
    """What it received, and its port."""
    post, port = Post(), free_port()
    controller = Controller(
        post,
        hostname="127.0.0.1",
        port=port,
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        auth_required=login,
        auth_require_tls=False,
        authenticator=_login if login else None,
    )
    controller.start()
    try:
        yield post, port
    finally:
        controller.stop()


@contextmanager
def deaf_server() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield int(listening.getsockname()[1])


def wait_for(received: list[EmailMessage], number: int) -> None:
    """The server runs in a thread of its own: what a killed client sent may arrive a moment later."""
    until = time.monotonic() + 2
    while len(received) < number and time.monotonic() < until:
        time.sleep(0.01)

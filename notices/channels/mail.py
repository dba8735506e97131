"""Mail, step by step, so that every failure is known to lie before or after the hand-over (notes on channels)."""

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from pydantic import SecretStr

from models import clock
from notices.channels.attachment import attach, unreadable
from notices.channels.channel import Letter, Outcome, Result, marked

GOODBYE_SECONDS = 2
PORTS = {"none": 25, "starttls": 587, "ssl": 465}


@dataclass(frozen=True)
class MailChannel:
    host: str
    sender: str
    port: int | None = None
    security: str = "ssl"
    user: str | None = None
    password: SecretStr | None = None
    timeout: float = 30

    def send(self, letter: Letter) -> Outcome:
        to = parseaddr(letter.addressee)[1]
        if "@" not in to or not to.isascii():
            return Outcome(Result.REFUSED, f"“{letter.addressee}”不是邮件地址")
        try:
            wire = on_the_wire(compose(letter, self.sender))
        except OSError as trouble:
            return Outcome(Result.NOT_TAKEN, unreadable(letter.attachment, trouble))
        try:
            with self._connected() as smtp:
                return _hand_over(smtp, parseaddr(self.sender)[1], to, wire)
        except smtplib.SMTPAuthenticationError as no:
            return Outcome(
                Result.NOT_TAKEN, f"邮件服务器不让登录：{_said(no.smtp_code, no.smtp_error)}", "E1433"
            )
        except OSError as trouble:  # every exception of smtplib is one
            reason = f"邮件服务器 {self.host} 连不上或中断：{_why(trouble)}"
            return Outcome(Result.NOT_TAKEN, reason, "E1432")

    def has_sent(self, letter: Letter) -> None:  # noqa: ARG002
        """A relay cannot be asked afterwards."""
        return

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        smtp = self._open()
        try:
            smtp.ehlo_or_helo_if_needed()
            if self.security == "starttls":
                smtp.starttls(context=ssl.create_default_context())
                smtp.ehlo()
            if self.user:
                smtp.login(self.user, self.password.get_secret_value() if self.password else "")
            yield smtp
        finally:
            _leave(smtp)

    def _open(self) -> smtplib.SMTP:
        port = self.port or PORTS[self.security]
        # named here: smtplib would ask the name server for it, and an intranet's may be slow to answer
        name = socket.gethostname()
        if self.security == "ssl":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, port, name, timeout=self.timeout, context=context)
        return smtplib.SMTP(self.host, port, name, timeout=self.timeout)


def compose(letter: Letter, sender: str) -> EmailMessage:
    """The mail; answers of machines quote its Message-ID, and no robot answers it (Auto-Submitted)."""
    letter = marked(letter)
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = letter.addressee
    message["Subject"] = letter.subject
    message["Date"] = clock.now()
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    attach(message, letter.attachment)
    return message


def on_the_wire(message: EmailMessage) -> bytes:
    """The mail as DATA carries it: leading dots doubled, closed by a dot alone."""
    content = re.sub(rb"(?m)^\.", b"..", message.as_bytes())
    return content + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _hand_over(smtp: smtplib.SMTP, sender: str, to: str, wire: bytes) -> Outcome:
    code, text = smtp.mail(sender)
    if code // 100 != 2:
        return Outcome(Result.NOT_TAKEN, f"发件地址 {sender} 不被接受：{_said(code, text)}", "E1434")
    code, text = smtp.rcpt(to)
    if code // 100 != 2:
        return _declined(code, text)
    code, text = smtp.docmd("DATA")
    if code != 354:
        return _declined(code, text)
    try:
        smtp.send(wire)
        code, text = smtp.getreply()
    except OSError as trouble:
        reason = f"已交出，没有等到答复（{_why(trouble)}），是否收到不明"
        return Outcome(Result.UNKNOWN, reason, "E1432")
    return Outcome(Result.SENT, _said(code, text)) if code // 100 == 2 else _declined(code, text)


def _declined(code: int, text: bytes | str) -> Outcome:
    if code // 100 == 5:
        return Outcome(Result.REFUSED, _said(code, text))
    # 421: the server closes; whatever else it says may concern this letter alone
    return Outcome(Result.NOT_TAKEN, _said(code, text), "E1432" if code == 421 else None)


def _said(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {'; '.join(words.split(chr(10)))}".strip()


def _why(trouble: OSError) -> str:
    if isinstance(trouble, smtplib.SMTPResponseException):
        return _said(trouble.smtp_code, trouble.smtp_error)
    return "超时" if isinstance(trouble, TimeoutError) else str(trouble)


def _leave(smtp: smtplib.SMTP) -> None:
    """Polite, but what the server says now changes nothing."""
    with suppress(OSError):
        if smtp.sock:
            smtp.sock.settimeout(GOODBYE_SECONDS)
            smtp.quit()
    smtp.close()

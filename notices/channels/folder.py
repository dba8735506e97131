"""The folder channel: one file a message, which any mail program and any editor opens. The default."""

import os
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import EmailPolicy
from pathlib import Path

from models.clock import SHANGHAI
from notices.channels.attachment import attach, unreadable
from notices.channels.channel import Letter, Outcome, Result

# plain UTF-8 throughout, so that it reads in an editor as well (RFC 6532)
READABLE = EmailPolicy(utf8=True, linesep="\n", max_line_length=None)


@dataclass(frozen=True)
class FolderChannel:
    folder: Path

    def send(self, letter: Letter) -> Outcome:
        path = self.folder / f"{letter.planned.astimezone(SHANGHAI):%Y-%m-%d}" / letter.office / _name(letter)
        try:
            content = _file(letter).as_bytes()
        except OSError as trouble:
            return Outcome(Result.NOT_TAKEN, unreadable(letter.attachment, trouble))
        try:
            _write(path, content)
        except OSError as trouble:
            return Outcome(Result.NOT_TAKEN, f"写不进文件夹 {path.parent}：{trouble.strerror}", "E1435")
        return Outcome(Result.SENT, str(path))

    def has_sent(self, letter: Letter) -> bool:
        return any(self.folder.glob(f"*/*/{_name(letter)}"))


def _name(letter: Letter) -> str:
    return f"{letter.message_id.strip('<>').partition('@')[0]}.eml"


def _file(letter: Letter) -> EmailMessage:
    message = EmailMessage(policy=READABLE)
    message["Subject"] = letter.subject
    message["To"] = letter.addressee
    message["Date"] = letter.planned.astimezone(SHANGHAI)
    message["Message-ID"] = letter.message_id
    message.set_content(letter.body, cte="8bit")
    attach(message, letter.attachment)
    return message


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: the file's presence proves that the message went out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)

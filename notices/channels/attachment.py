"""A file that goes with a mail: kept under its hash, named for the addressee."""

import mimetypes
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

ANYTHING = "application/octet-stream"


@dataclass(frozen=True)
class Attachment:
    path: Path
    name: str


def attach(message: EmailMessage, attachment: Attachment | None) -> None:
    """Read now, not when the letter was put: thousands of letters wait as paths. OSError when it cannot be read."""
    if attachment is None:
        return
    kind, _, part = (mimetypes.guess_type(attachment.name)[0] or ANYTHING).partition("/")
    # made by itself: a mail with lines of any length (the folder's) cannot be asked to write base64
    file = EmailMessage(policy=SMTP)
    file.set_content(
        attachment.path.read_bytes(),
        maintype=kind,
        subtype=part,
        disposition="attachment",
        filename=attachment.name,
    )
    del file["MIME-Version"]
    message.make_mixed()
    message.attach(file)


def unreadable(attachment: Attachment | None, trouble: OSError) -> str:
    name = attachment.name if attachment else ""
    return f"附件“{name}”读不出：{trouble.strerror or type(trouble).__name__}"

"""Record signed 送达回证, refusals and returns, one by one or from a list; the scans are kept by their hash (2.7)."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.actions.notice_service import record_word
from models.campaign import Campaign
from models.clock import today
from models.database import writing
from models.errors import InputRefused, YingbaoError
from models.rules.notice_service import Word
from tasks.contacts import keep_file


@dataclass(frozen=True)
class Recorded:
    """What became of one number."""

    number: str
    result: str
    code: str | None = None


def keep_evidence(path: Path) -> tuple[str, str]:
    return keep_file(path), path.name


def record(campaign: Campaign, numbers: Sequence[str], word: Word) -> list[Recorded]:
    """Each number gets its answer; one that is refused does not stop the others."""
    lines = []
    for number in dict.fromkeys(numbers):
        try:
            with writing() as db:
                new = record_word(db, campaign, number, word, today())
            lines.append(Recorded(number, "已登记" if new else "以前已登记"))
        except YingbaoError as refused:
            lines.append(Recorded(number, refused.message, refused.code))
    return lines


def read_numbers(path: Path) -> list[str]:
    """The first column of a CSV or text file: numbers as printed on the letters."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InputRefused("E1569", f"读不了 {path.name}：请用 UTF-8 的 CSV，第一列写告知单编号。") from None
    cells = [row[0].strip() for row in csv.reader(text.splitlines()) if row and row[0].strip()]
    return [cell for cell in cells if cell[:1].isdigit()]

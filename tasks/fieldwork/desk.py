"""What every kind of entry shares: the rows as understood, their answers, and what is recorded already."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.errors import RuleRefused, YingbaoError
from models.fieldwork import Recorded

OTHERWISE, WITHDRAWN = "E1577", "E1589"


class Outcome(StrEnum):
    NEW = "已登记"
    SAME = "与原来相同"
    REFUSED = "未登记"
    BLANK = "未填"


class Entry(NamedTuple):
    """A row with its unit found and its cells read."""

    row_no: int
    unit: int | None
    name: str
    given: dict[str, Any]


class Answer(NamedTuple):
    row_no: int
    name: str
    outcome: Outcome
    words: str = ""
    code: str | None = None

    def as_row(self) -> dict[str, Any]:
        return self._asdict()


@dataclass(frozen=True)
class Desk:
    """`by_hand`: a person enters one act; `folder`: where the files lie that a row names."""

    db: Session
    campaign: Campaign
    as_of: date
    by: str
    folder: Path = Path()
    by_hand: bool = False
    rehearse: bool = False


@dataclass
class Ledger:
    """What is recorded, by what identifies an act; the same again is no second act, and nothing is overwritten."""

    desk: Desk
    standing: dict[Hashable, Any] = field(default_factory=dict)
    withdrawn: dict[Hashable, tuple[Any, Recorded]] = field(default_factory=dict)

    def enter(self, key: Hashable, content: Any, act: Recorded) -> None:
        if act.withdrawn_at is None:
            self.standing[key] = content
        else:
            self.withdrawn[key] = (content, act)

    def takes(self, key: Hashable, content: Any) -> bool:
        """Whether it is new. A file does not bring back what a person withdrew; a person may."""
        if key in self.standing:
            if self.standing[key] == content:
                return False
            raise RuleRefused(
                OTHERWISE, "已登记过，内容与这一行不同；原来的有误，请先用 yingbao fieldwork withdraw 撤回。"
            )
        before = self.withdrawn.get(key)
        if before and before[0] == content and not self.desk.by_hand:
            why = f"{before[1].withdrawn_by}：{before[1].withdrawn_reason}"
            raise RuleRefused(WITHDRAWN, f"这一行登记过，已撤回（{why}），没有再登记。")
        self.standing[key] = content
        return True


def refused(entry: Entry, error: YingbaoError) -> Answer:
    return Answer(entry.row_no, entry.name, Outcome.REFUSED, error.message, error.code)


def units_in(entries: Sequence[Entry]) -> list[int]:
    return sorted({entry.unit for entry in entries if entry.unit is not None})

"""What a person may record of a notice's delivery, and what must prove it (2.7, Q20)."""

from dataclasses import dataclass
from datetime import date

from models.errors import RuleRefused
from models.notice_round import NoticeChannel, NoticeState, Service

WORDS = {
    "直接": Service.DIRECT,
    "留置": Service.LEFT,
    "邮寄": Service.POST,
    "委托": Service.ENTRUSTED,
    "电子": Service.ELECTRONIC,
}
BY_HAND = (Service.DIRECT, Service.LEFT, Service.POST, Service.ENTRUSTED)
PHOTOS = (".jpg", ".jpeg", ".png", ".heic", ".mp4", ".mov")


@dataclass(frozen=True)
class Word:
    """What a person says became of a notice. `file`: hash and name of the kept evidence."""

    state: NoticeState
    on: date
    by: str
    how: Service | None = None
    file: tuple[str, str] | None = None
    witness: str | None = None
    note: str | None = None

    @property
    def channel(self) -> NoticeChannel:
        """On paper, unless it was delivered by wire."""
        return NoticeChannel.MAIL if self.how is Service.ELECTRONIC else NoticeChannel.PRINT


def read_service(text: str) -> Service:
    found = WORDS.get(text.strip().removesuffix("送达"))
    if found is None:
        raise RuleRefused("E1558", f"没有“{text}”这种送达方式。可以写：{'、'.join(WORDS)}。")
    return found


def delivered(
    how: Service,
    on: date,
    by: str,
    file: tuple[str, str],
    *,
    witness: str | None = None,
    note: str | None = None,
) -> Word:
    """The day of signing is the day of delivery. 留置 wants a witness or a picture, 电子 the addressee's consent."""
    if how is Service.LEFT and not witness and not file[1].lower().endswith(PHOTOS):
        raise RuleRefused("E1559", "留置送达要有见证人（--witness），或以照片、录像为证据。")
    if how is Service.ELECTRONIC and not note:
        raise RuleRefused("E1560", "电子送达须经对方同意：请用 --note 写明同意的依据（如送达地址确认书）。")
    state = NoticeState.LEFT if how is Service.LEFT else NoticeState.DELIVERED
    return Word(state, on, by, how, file, witness, note)


def failed(state: NoticeState, on: date, by: str, note: str, file: tuple[str, str] | None = None) -> Word:
    """拒收 and 退回 name the circumstances; evidence where there is some."""
    if not note.strip():
        raise RuleRefused("E1561", "请写明拒收或退回的情况（--reason）。")
    return Word(state, on, by, None, file, None, note)


def check_word(word: Word, before: NoticeState, sent_on: date | None, today: date) -> None:
    """Nothing is delivered before it was sent, nor tomorrow."""
    if before in (NoticeState.HELD, NoticeState.PLANNED) or sent_on is None:
        raise RuleRefused("E1562", "这份告知单还没有发出，不能登记送达结果。")
    if not sent_on <= word.on <= today:
        raise RuleRefused("E1563", f"日期 {word.on} 不在发出日 {sent_on} 与今天 {today} 之间。")
    if before in (NoticeState.DELIVERED, NoticeState.LEFT) and word.how is None:
        raise RuleRefused("E1564", "这份告知单已登记送达；登记有误的，请以正确的送达回证重新登记。")

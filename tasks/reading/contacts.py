"""The list of contacts (C31): a line per county."""

from pathlib import Path
from typing import NamedTuple

from tasks.reading.plain_lists import PlainList

CONTACTS = PlainList(
    kind="contacts",
    title="联系人名单",
    headings={
        "county": ("县区", "县(区)", "所在县区", "所在县（区）", "单位", "县区名称"),
        "name": ("姓名", "联系人", "联系人姓名", "责任人"),
        "phone": ("电话", "联系电话", "手机", "手机号", "手机号码", "办公电话"),
        "mail": ("邮箱", "电子邮箱", "邮件", "邮箱地址"),
        "bot": ("机器人地址", "群机器人", "机器人", "群机器人地址", "webhook"),
    },
    needed=(("county",), ("name",)),
)


class ContactRow(NamedTuple):
    row_no: int
    county: str | None
    name: str | None
    phone: str | None
    mail: str | None
    bot: str | None


def read_contacts(path: Path) -> list[ContactRow]:
    """The rows of every sheet with a column 县区 and a column 姓名."""
    return [ContactRow(row_no, **cells) for row_no, cells in CONTACTS.read(path)]

"""What a digest says, word for word; a value nobody gave is an error (C30, 1.6)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from jinja2 import UndefinedError

from models.obligation import Contact, ObligationAct
from models.rules.digest_contents import Seen, digest_contents
from models.rules.digests import Owed, Waiting
from models.rules.ladder import Terms, due_now, steps
from models.rules.obligations import Act, stands
from notices.digest import Letter, write_digest
from tests.make_targets import campaign_on_file

CAMPAIGN = campaign_on_file()
TERMS = Terms(CAMPAIGN.reminders, CAMPAIGN.calendar)
HERE, CITY = "450206", "450200"
CITY_PERSON = Contact(office=CITY, name="李主任", phone="0772-2800000", mail="li@example.com")
PEOPLE = {CITY: CITY_PERSON, **{one.code: Contact(office=one.code, name="王五") for one in CAMPAIGN.counties}}


def owed(key: str, due: date, day: date, *acts: Act, **changes: Any) -> Owed:
    """An obligation of 柳江区 that nothing was claimed of yet, opened a week before it is due."""
    kind = key.split("-")[0]
    now = stands(due, acts, day)
    reminder = due_now(steps(date(2024, 7, 1), now, day, TERMS))
    made = Owed(1, HERE, key, kind, f"事项{key}", now, None, None, reminder)
    return made._replace(**changes)


def letters(
    day: date, *lines: Owed, people: Mapping[str, Contact] = PEOPLE, transfers: tuple[Waiting, ...] = ()
) -> dict[str, Letter]:
    asked = {HERE} if transfers else set()
    seen = Seen(day, lines, {HERE: transfers}, asked, people, news=(), to_accept=2)
    contents = digest_contents(CAMPAIGN, seen)
    return {office: write_digest(content) for office, content in contents.items()}


def test_both_dates_where_the_due_day_is_off() -> None:
    friday = date(2024, 12, 13)
    letter = letters(friday, owed("summary-2024", date(2024, 12, 15), friday))[HERE]
    assert letter.subject == "【期限提醒】柳江区：1 项待办（2024-12-13）"
    assert letter.body == (
        "柳江区卫生健康局：\n\n"
        "截至 2024-12-13（星期五），柳江区有下列事项未办结，请按期办理。\n\n"
        "【待办】\n"
        "1. 事项summary-2024（期限前最后一次提醒）\n"
        "   期限 2024-12-15（星期日），请于 2024-12-13（星期五）前办结。\n"
        "   办理：报送总结。市级登记：yingbao deadlines return summary-2024 文件 --county 柳江区\n\n"
        "联系人：柳州市卫生健康委员会 李主任，电话 0772-2800000，邮箱 li@example.com\n"
        "柳州市卫生健康委员会\n"
        "2024-12-13\n"
    )


def test_one_date_where_the_due_day_is_worked() -> None:
    day = date(2024, 8, 9)
    body = letters(day, owed("verification", day, day))[HERE].body
    assert "（期限当日）" in body
    assert "期限 2024-08-09（星期五）。" in body
    assert "请于" not in body


def test_a_year_without_a_calendar_is_named() -> None:
    day = date(2031, 7, 4)
    assert "按星期推定" in letters(day, owed("summary-2031", date(2031, 7, 7), day))[HERE].body


def test_overdue_is_told_to_the_county_and_to_the_city() -> None:
    day = date(2024, 8, 16)
    told = letters(day, owed("verification", date(2024, 8, 9), day, asked=120, done=30))
    assert "期限 2024-08-09（星期五），已逾期 7 天，请立即办结。" in told[HERE].body
    assert "已答复 30/120 家，还差 90 家。" in told[HERE].body
    assert told[CITY].subject == "【期限提醒】柳州市：1 项县（区）事项逾期（2024-08-16）"
    assert "柳江区　事项verification，期限 2024-08-09，逾期 7 天，已答复 30/120 家" in told[CITY].body
    assert "另有 2 项已交回、待受理" in told[CITY].body


def test_a_send_back_says_why() -> None:
    acts = (
        Act(ObligationAct.RETURNED, date(2024, 8, 1)),
        Act(ObligationAct.SENT_BACK, date(2024, 8, 5), None, "第 3、7 行没有写停产日期"),
    )
    day = date(2024, 8, 6)
    told = letters(day, owed("verification", date(2024, 8, 9), day, *acts))
    assert "2024-08-05 退回，理由：第 3、7 行没有写停产日期" in told[HERE].body
    assert CITY not in told


HOW = {
    "没有复核": ("monthly-2024-08", None, "没有变化也要报“无事项”"),
    "有复核": ("monthly-2024-08", 3, "在复核表里逐户填写结论"),
    "复核的单位都不在了": ("monthly-2024-08", 0, "没有变化也要报“无事项”"),
    "核对": ("verification", 50, "在核对表里逐户填写结论后发回；可以分批"),
}


@pytest.mark.parametrize(("key", "asked", "said"), HOW.values(), ids=HOW)
def test_it_says_what_to_do(key: str, asked: int | None, said: str) -> None:
    day = date(2024, 9, 3)
    done = None if asked is None else 0
    body = letters(day, owed(key, date(2024, 9, 4), day, asked=asked, done=done))[HERE].body
    assert said in body


def test_what_other_counties_ask_is_told_without_any_reminder() -> None:
    waiting = Waiting(
        7, 1234567890123456789, "柳州市鑫鸿铸造有限公司", "450205", date(2024, 9, 2), "厂在拉堡镇"
    )
    letter = letters(date(2024, 9, 3), transfers=(waiting,))[HERE]
    assert letter.subject == "【期限提醒】柳江区：1 家单位待答复（2024-09-03）"
    assert (
        "1. 柳州市鑫鸿铸造有限公司（单位编号 1234567890123456789），柳北区 2024-09-02 提出：厂在拉堡镇\n"
        "   请答复是否接收。市级登记：yingbao verification confirm 7，或 yingbao verification refuse 7 --note 理由"
    ) in letter.body


def test_a_county_without_a_contact_is_an_error_row_for_the_city() -> None:
    day = date(2024, 8, 6)
    told = letters(day, owed("verification", date(2024, 8, 9), day), people={CITY: CITY_PERSON})
    assert "（柳江区还没有登记联系人，本提醒发市级，请转告并登记。）" in told[HERE].body
    assert "[E1291] 柳江区：提醒已改发市级" in told[CITY].body


def test_without_a_contact_of_the_city_nobody_is_named() -> None:
    day = date(2024, 8, 6)
    people = {HERE: Contact(office=HERE, name="王五")}
    body = letters(day, owed("verification", date(2024, 8, 9), day), people=people)[HERE].body
    assert "联系人：" not in body


def test_nothing_to_tell_makes_no_digest() -> None:
    day = date(2024, 8, 5)
    assert letters(day, owed("verification", date(2024, 8, 9), day, reminder=None)) == {}


def test_a_missing_value_is_an_error() -> None:
    day = date(2024, 8, 9)
    seen = Seen(day, [owed("verification", day, day)], {}, (), PEOPLE, (), 0)
    content = digest_contents(CAMPAIGN, seen)[HERE]
    del content["due"][0]["deadline"]
    with pytest.raises(UndefinedError):
        write_digest(content)

"""The cover of a round's workbook: what to do, by when, whom to ask (C25, 1.6)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.obligation import Contact, Obligation
from models.queries.obligations import obligation_standings
from models.rules.duties import duties
from models.rules.verdicts import words
from models.rules.working_days import is_working_day, on_or_before
from models.verification import Finding, RoundKind, VerificationRound
from notices.workbook import Cover
from tasks.verification.layout import ADDED, UNITS

WEEKDAYS = "一二三四五六日"


def cover_of(
    db: Session, campaign: Campaign, asked: VerificationRound, as_of: date, *, answered: int
) -> Cover:
    county = next(one for one in campaign.counties if one.code == asked.county)
    recheck = asked.kind == RoundKind.RECHECK
    due = due_day(db, campaign, asked.county, asked.obligation, as_of)
    facts: list[tuple[str, str | int]] = [
        ("行动", campaign.name),
        ("依据", f"{campaign.basis.title}（{campaign.basis.document}）"),
        ("填报单位", county.bureau),
        ("轮次", f"第 {asked.number} 轮（{asked.issued_on} 下发）"),
        ("须逐户填写的单位数", asked.members),
        ("期限", due_words(due, campaign) if due else "—"),
        ("报给", campaign.city.bureau),
        ("联系人", _whom_to_ask(db, campaign)),
    ]
    if answered:
        facts.insert(5, ("其中：以前已答复（可更改）", answered))
    title = f"{county.name}{'停产单位月度复核表' if recheck else '“数据库”信息核对表'}"
    return Cover(title, facts, _steps(campaign, recheck=recheck))


def due_day(db: Session, campaign: Campaign, county: str, key: str, as_of: date) -> date | None:
    """In force: the first one or the last extension."""
    found = {one.key: one.due for one in obligation_standings(db, campaign, as_of, county=county)}
    if key in found:
        return found[key]
    stored = select(Obligation.due).where(
        Obligation.campaign == campaign.key, Obligation.county == county, Obligation.key == key
    )
    return db.scalar(stored) or next((duty.due for duty in duties(campaign) if duty.key == key), None)


def due_words(due: date, campaign: Campaign) -> str:
    """Both dates where the due day is no working day: the due day stays where it is (1.6)."""
    told = f"{due}（星期{WEEKDAYS[due.weekday()]}）24:00 前"
    if is_working_day(due, campaign.calendar):
        return told
    last = on_or_before(due, campaign.calendar)
    return f"{told}；当天不上班，此前最后一个工作日是 {last}（星期{WEEKDAYS[last.weekday()]}）"


def _whom_to_ask(db: Session, campaign: Campaign) -> str:
    found = db.scalar(
        select(Contact).where(
            Contact.campaign == campaign.key, Contact.office == campaign.city.code, Contact.ended_at.is_(None)
        )
    )
    if found is None:
        return campaign.city.bureau
    return "，".join(filter(None, [found.name, found.phone, found.mail]))


def _steps(campaign: Campaign, *, recheck: bool) -> list[str]:
    months = campaign.stopped_months_limit
    said = words(months)
    asked = "这些单位以前报为停产超过" if recheck else ""
    first = (
        f"1. {asked}{months}个月，请逐户查看现在的情况，在“{UNITS}”里重新选择“核对结论”；没有变化的也要选。"
        if recheck
        else f"1. 在“{UNITS}”里逐户核对，从下拉列表选择“核对结论”。浅黄色各列由县（区）填写，其余已锁定。"
    )
    steps = [
        "填写方法：",
        first,
        f"2. 选“{said[Finding.STOPPED_SHORT]}”“{said[Finding.STOPPED_LONG]}”“注销”的填“日期”；“非本辖区”填接收县（区），由对方确认后划转；"
        "“重复”填保留的那个单位；“已申报”填申报编号；“无危害因素”“其他”在“说明”里写明。还没填的格子显示为橙色。",
        f"3. 月数按自然月从停产之日算到报送日，首尾都算。停产{months}个月以内但未注销的单位必须保留。",
        "4. 名称、地址、行业、人数、电话与所列不同的，填在右边的“更正”各列；相同的不要填。",
    ]
    if not recheck:
        steps.append(f"5. 清单以外的单位填在“{ADDED}”里，单位名称和发现渠道必填。")
    return [
        *steps,
        f"{len(steps)}. 可以筛选、隐藏行；要排序的先撤销工作表保护（没有密码），整行一起排。请不要改列名、删隐藏的“单位编号”列。没填完也可以先报一部分，以后再报同一份。",
        f"{len(steps) + 1}. 报送后收到回执，每行写明是否接收、为什么；未接收的改正后再报。",
    ]

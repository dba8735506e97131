"""补正告知: written for each rejection with all its reasons, mailed once where the employer takes mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from models.actions.outbox import put_message
from models.campaign import Campaign
from models.database import reading, writing
from models.declaration import DeclarationState
from models.errors import RuleRefused
from models.filing import Act, DeclarationEvent, Source
from models.notice_round import NoticeChannel
from models.outbox import ChannelKind
from models.queries.filings import form_of
from models.queries.papers import mail_of, product_names, rejected
from models.queries.review_case import case_of, unit_of
from models.rules.checks import run_checks
from models.rules.notice_routes import notice_route
from models.rules.quiet_hours import next_open
from models.rules.review_list import WORKING_DAYS
from models.rules.routes import Delivery
from models.settings import get_settings
from notices.correction_notice import Correction, Remark, correction_mail, correction_paper
from notices.paper import print_papers
from tasks.code_lists import code_lists
from tasks.review_papers.held import Held, held

NOT_REJECTED = "E1766"
PURPOSE = "correction"
SECRET = "（涉密）"
PUT, BEFORE, NO_MAIL = "已放入发件箱", "以前已放入发件箱", "不发邮件"


@dataclass(frozen=True)
class Noticed:
    """What became of one rejection. `mail`: put, put before, or why it cannot be sent."""

    number: int
    step: int
    name: str
    file: Path | None
    pages: int
    mailed: bool
    mail: str


def write_notices(
    campaign: Campaign,
    numbers: Sequence[int],
    out: Path,
    *,
    at: datetime,
    county: str | None = None,
    mail: bool = True,
    rehearse: bool = False,
) -> list[Noticed]:
    """For these declarations, or all that stand rejected. The papers are written before a mail is put."""
    with reading() as db:
        if numbers:
            made, refused = [correction_of(db, campaign, one) for one in numbers], list[Noticed]()
        else:
            made, refused = _all_rejected(db, campaign, county)
    files = print_papers([correction_paper(one) for one in made], out)
    with writing(rehearse=rehearse) as db:
        told = [_put(db, campaign, one, at) if mail else (False, NO_MAIL) for one in made]
    written = zip(made, files, told, strict=True)
    return [_noticed(one, file.path, file.pages, *said) for one, file, said in written] + refused


def put_mails(campaign: Campaign, *, at: datetime, county: str | None = None) -> list[Noticed]:
    """For a flow: a mail for everything that stands rejected and has none yet; who cannot be reached is told."""
    with writing() as db:
        made, refused = _all_rejected(db, campaign, county)
        return [_noticed(one, None, 0, *_put(db, campaign, one, at)) for one in made] + refused


def _all_rejected(
    db: Session, campaign: Campaign, county: str | None
) -> tuple[list[Correction], list[Noticed]]:
    """One that cannot be made is told and holds nobody else up."""
    made, refused = list[Correction](), list[Noticed]()
    for number in rejected(db, county):
        try:
            made.append(correction_of(db, campaign, number))
        except RuleRefused as fault:
            refused.append(Noticed(number, 0, "", None, 0, False, f"[{fault.code}] {fault.message}"))
    return made, refused


def correction_of(db: Session, campaign: Campaign, number: int) -> Correction:
    """Of the last rejection: the version that was rejected, looked at as of the day it was filed."""
    one = held(db, campaign, number)
    last = next((event for event in reversed(one.events) if event.act == Act.REJECT), None)
    if one.declaration.source == Source.PLATFORM:
        raise RuleRefused(NOT_REJECTED, f"第{number}号申报是平台审核的，补正由平台告知。")
    if last is None:
        raise RuleRefused(NOT_REJECTED, f"第{number}号申报没有被驳回过，不出补正告知。")
    form = form_of(db, one.declaration, last.version)
    filed = _filed(one, last)
    case = case_of(
        db, one.owner, form, filed.effective_on, lists=code_lists(), declaration=one.declaration.id
    )
    remarks = [
        Remark(str(said.severity), said.field, said.found, said.against, said.message)
        for said in sorted(run_checks(case), key=lambda said: not said.must_fix)
    ]
    made = Correction(
        number=number,
        version=last.version,
        step=last.number,
        employer=form.basics.name or one.owner.name,
        type=form.type or "类型未填",
        filed_on=filed.effective_on,
        rejected_on=last.effective_on,
        reasons=tuple(last.payload.get("reasons") or [last.reason or ""]),
        remarks=tuple(remarks),
        bureau=one.bureau,
        days=WORKING_DAYS,
    )
    secret = any(known.products and known.products.secret for known in (form, one.form))
    return made.without(product_names(db, one.owner.id), SECRET) if secret else made


def _filed(one: Held, rejection: DeclarationEvent) -> DeclarationEvent:
    """How it came before the county: the submission that was rejected; an import brings its own."""
    before = [event for event in one.events if event.number < rejection.number]
    return next((event for event in reversed(before) if event.act == Act.SUBMIT), one.events[0])


def _put(db: Session, campaign: Campaign, made: Correction, at: datetime) -> tuple[bool, str]:
    one = held(db, campaign, made.number)
    if one.declaration.state != DeclarationState.REJECTED:
        return False, f"不再发：这一条现在是“{one.declaration.state}”"
    unit = unit_of(db, one.owner)
    found = mail_of(db, unit.id) if unit else None
    if found is None or found.address is None:
        return False, "不能发：没有登记的邮箱，请打印送达"
    if found.refused:
        return False, "不能发：在免打扰名单上，请打印送达"
    settings = get_settings()
    route = notice_route(NoticeChannel.MAIL, found.address, Delivery(settings.deliver, settings.redirect_to))
    cover = correction_mail(made)
    new = put_message(
        db,
        key=f"{PURPOSE}/{campaign.key}/{made.number}/{made.step}",
        campaign=campaign.key,
        office=one.owner.reviewer,
        purpose=PURPOSE,
        channel=route.channel,
        addressee=route.addressee,
        subject=cover.subject,
        body=cover.body,
        not_before=None if route.channel == ChannelKind.FOLDER else next_open(at, campaign.calendar),
    )
    return new, PUT if new else BEFORE


def _noticed(made: Correction, file: Path | None, pages: int, mailed: bool, told: str) -> Noticed:
    return Noticed(made.number, made.step, made.employer, file, pages, mailed, told)

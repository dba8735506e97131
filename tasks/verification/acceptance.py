"""The city's side: accept a complete list and freeze its baseline, send it back, or freeze a silent county's (C25, 1.7)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from models.actions.obligations import record_act
from models.campaign import Campaign
from models.database import writing
from models.errors import RuleRefused
from models.obligation import ObligationAct
from models.queries.obligations import ObligationStanding, obligation_standings
from models.queries.snapshots import baseline_of
from models.queries.verification import last_said, progress
from models.target import SnapshotKind
from tasks.snapshots import freeze_all
from tasks.verification.issue import KEY


@dataclass(frozen=True)
class Decision:
    """What the city decided about a county's list. `baseline`: number of the baseline, where there is one."""

    county: str
    county_name: str
    on: date
    done: int
    asked: int
    baseline: int | None
    members: int | None


def accept(campaign: Campaign, county: str, as_of: date, *, by: str, reason: str | None = None) -> Decision:
    """Every unit must be answered; then the baseline of the day freezes in the same transaction.

    Where the city froze the baseline before, the list may be accepted incomplete, with a reason.
    """
    with writing() as db:
        done, asked = _progress(db, campaign, county, as_of)
        baseline = baseline_of(db, campaign, county)
        if done < asked and (baseline is None or not (reason or "").strip()):
            raise RuleRefused(
                "E1284", _incomplete(campaign.county_names[county], done, asked, frozen=bool(baseline))
            )
        if baseline is None:
            _refuse_backdated(db, campaign, county, as_of)
            (baseline,) = freeze_all(
                db, campaign, SnapshotKind.BASELINE, as_of, by=by, county=county, reason=reason
            )
        record_act(db, campaign, county, KEY, ObligationAct.ACCEPTED, on=as_of, by=by, reason=reason)
        return _decision(campaign, county, as_of, done, asked, baseline.id, baseline.members)


def send_back(campaign: Campaign, county: str, as_of: date, *, by: str, reason: str) -> Decision:
    """Before the acceptance only: a frozen baseline is never taken back."""
    with writing() as db:
        done, asked = _progress(db, campaign, county, as_of)
        if baseline := baseline_of(db, campaign, county):
            raise RuleRefused(
                "E1286",
                f"{campaign.county_names[county]}的基线已于 {baseline.as_of} 冻结，不能再退回；以后的变化走核销与新增。",
            )
        record_act(db, campaign, county, KEY, ObligationAct.SENT_BACK, on=as_of, by=by, reason=reason)
        return _decision(campaign, county, as_of, done, asked, None, None)


def freeze_silent(campaign: Campaign, county: str, as_of: date, *, by: str, reason: str) -> Decision:
    """The city's act for a county that is silent or incomplete: unanswered units stay in, the list stays owed."""
    with writing() as db:
        done, asked = _progress(db, campaign, county, as_of)
        name = campaign.county_names[county]
        if not reason.strip():
            raise RuleRefused("E1286", "逾期冻结必须写明理由（--reason）。")
        standing = _standing(db, campaign, county, as_of)
        if done == asked and standing is not None and not standing.owed:
            raise RuleRefused("E1286", f"{name}已全部答复，请用 yingbao verification accept 受理并冻结。")
        if standing is not None and standing.owed and not standing.overdue:
            raise RuleRefused("E1286", f"{name}的核对期限 {standing.due} 未过，不能按逾期冻结。")
        _refuse_backdated(db, campaign, county, as_of)
        (made,) = freeze_all(db, campaign, SnapshotKind.BASELINE, as_of, by=by, county=county, reason=reason)
        return _decision(campaign, county, as_of, done, asked, made.id, made.members)


def _refuse_backdated(db: Session, campaign: Campaign, county: str, as_of: date) -> None:
    """A unit that has gone or come since would stand in two lists, or in none."""
    newest = last_said(db, campaign, county)
    if newest is not None and newest > as_of:
        told = f"{campaign.county_names[county]}在 {newest} 已有答复或划转，基线不能冻结在 {as_of}；请用 {newest} 或以后的日期。"
        raise RuleRefused("E1289", told)


def _progress(db: Session, campaign: Campaign, county: str, as_of: date) -> tuple[int, int]:
    found = progress(db, campaign, as_of, county=county).get((county, KEY))
    if found is None:
        raise RuleRefused(
            "E1286", f"还没有向{campaign.county_names[county]}下发核对表，先运行 yingbao verification issue。"
        )
    return found["done"], found["asked"]


def _standing(db: Session, campaign: Campaign, county: str, as_of: date) -> ObligationStanding | None:
    found = obligation_standings(db, campaign, as_of, county=county)
    return next((one for one in found if one.key == KEY), None)


def _incomplete(name: str, done: int, asked: int, *, frozen: bool) -> str:
    told = f"{name}应答复 {asked} 户，已答复 {done} 户，还差 {asked - done} 户，不能受理。"
    if frozen:
        return told + "基线已经冻结，确需受理的，请写明理由（--reason）。"
    return told + "催其补报；逾期不报的，用 yingbao verification freeze 冻结。"


def _decision(
    campaign: Campaign,
    county: str,
    on: date,
    done: int,
    asked: int,
    baseline: int | None,
    members: int | None,
) -> Decision:
    return Decision(county, campaign.county_names[county], on, done, asked, baseline, members)

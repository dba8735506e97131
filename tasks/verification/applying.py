"""Take one returned workbook back: read, match, check, apply what is clear in one transaction, tell every row (C25)."""

from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from models.actions.obligations import record_act
from models.campaign import Campaign
from models.errors import RuleRefused
from models.obligation import ObligationAct
from models.queries.obligations import obligation_standings
from models.queries.snapshots import baseline_of
from models.queries.verification import answers_of, returns, round_members, rounds
from models.rules.obligations import State
from models.verification import VerificationRound
from tasks.normal_rows import gazetteer
from tasks.reading import sha256_of
from tasks.returned import Outcome, take_in
from tasks.verification.asked_round import numbers_elsewhere, round_of
from tasks.verification.checking import Desk
from tasks.verification.matching import Members
from tasks.verification.reading import ReturnedBook, read_returned
from tasks.verification.receipt import write_receipt
from tasks.verification.report import ReturnReport
from tasks.verification.sorting import Return, sort_rows
from tasks.verification.storing import store


def take_back(
    campaign: Campaign,
    path: Path,
    as_of: date,
    *,
    by: str,
    receipt: Path | None = None,
    rehearse: bool = False,
    county: str | None = None,
) -> ReturnReport:
    """Raises InputRefused where the file is not ours or another county's than `county`; else every row is answered."""
    book, sha256 = read_returned(path), sha256_of(path)
    return take_in(
        path,
        sha256,
        lambda db: _take(db, campaign, book, (sha256, path.name), as_of, by, county),
        lambda report, wanted: write_receipt(campaign, report, wanted, as_of),
        receipt=receipt,
        rehearse=rehearse,
    )


def _take(
    db: Session,
    campaign: Campaign,
    book: ReturnedBook,
    file: tuple[str, str],
    as_of: date,
    by: str,
    county: str | None,
) -> ReturnReport:
    asked = round_of(db, campaign, book, as_of, county)
    _check_day(db, campaign, asked, as_of)
    desk = Desk(campaign, asked.county, as_of, gazetteer(campaign), Members(round_members(db, asked)))
    work = Return(desk, asked, book, file, by)
    sort_rows(db, work, numbers_elsewhere(db, campaign, asked))
    report = ReturnReport(
        county=asked.county,
        county_name=campaign.county_names[asked.county],
        round=asked.number,
        file=file[1],
        sha256=file[0],
        rows=work.results,
    )
    newest = max(one.number for one in rounds(db, campaign, county=asked.county, as_of=as_of))
    report.older_round = asked.number < newest
    report.seen_before = any(one.file_sha256 == file[0] for one in returns(db, campaign, county=asked.county))
    if report.seen_before:
        _say_seen(report)
    else:
        store(db, work, report.counts)
    _count(db, campaign, asked, report, as_of)
    _hand_in(db, campaign, asked, report, file, as_of, by)
    return report


def _check_day(db: Session, campaign: Campaign, asked: VerificationRound, as_of: date) -> None:
    if as_of < asked.issued_on:
        raise RuleRefused("E1289", f"报送日 {as_of} 早于本轮下发日 {asked.issued_on}，请核对日期。")
    baseline = baseline_of(db, campaign, asked.county)
    if baseline is not None and as_of < baseline.as_of:
        raise RuleRefused("E1289", f"报送日 {as_of} 早于该县（区）的基线日 {baseline.as_of}，基线不能再改。")


def _say_seen(report: ReturnReport) -> None:
    """The very file was taken before: nothing changes, and what was refused then is refused still."""
    for row in report.rows:
        if row.outcome is Outcome.ACCEPTED:
            row.outcome = Outcome.UNCHANGED
            row.remarks.append("这份文件以前收过，其后另有答复，不再改回；要改回请另填一份")
            row.before, row.after = "", ""


def _count(
    db: Session, campaign: Campaign, asked: VerificationRound, report: ReturnReport, as_of: date
) -> None:
    units = answers_of(db, campaign, as_of, asked.county, asked.obligation)
    report.waiting = [unit for unit in units if not unit["answered"]]
    report.asked, report.done = len(units), len(units) - len(report.waiting)


def _hand_in(
    db: Session,
    campaign: Campaign,
    asked: VerificationRound,
    report: ReturnReport,
    file: tuple[str, str],
    as_of: date,
    by: str,
) -> None:
    """A complete list is handed in; a part of it is not (C25)."""
    if not report.complete:
        return
    found = obligation_standings(db, campaign, as_of, county=asked.county)
    standing = next((one for one in found if one.key == asked.obligation), None)
    if standing is None or standing.owed:
        if report.seen_before and (standing is None or standing.state != State.SENT_BACK):
            return  # the very file after a send-back is the county's answer to it, at any other time it is a slip
        record_act(
            db,
            campaign,
            asked.county,
            asked.obligation,
            ObligationAct.RETURNED,
            on=as_of,
            by=by,
            file=file,
        )
        report.returned = True

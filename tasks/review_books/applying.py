"""Take one returned review workbook back: whose it is, what is clear done, every row told (M03, M04)."""

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from models.actions.review_books import record_return
from models.campaign import Campaign
from models.errors import InputRefused
from models.queries.review_books import reviewers
from models.rules.review_words import Decision, read_key
from tasks.reading import sha256_of
from tasks.returned import Outcome, take_in
from tasks.review_books.deciding import decide
from tasks.review_books.issue import agencies, agency_actor, work_lines
from tasks.review_books.layout import KIND
from tasks.review_books.reading import ReturnedBook, read_returned
from tasks.review_books.receipt import write_receipt
from tasks.review_books.report import ReviewReturn
from tasks.review_books.sorting import sort_rows

NOT_THIS, WHOSE = "E1768", "E1769"


def take_back(
    campaign: Campaign,
    path: Path,
    as_of: date,
    *,
    by: str,
    receipt: Path | None = None,
    rehearse: bool = False,
    county: str | None = None,
) -> ReviewReturn:
    """Raises InputRefused where the file is none of ours or another county's than `county`; else every row is answered."""
    book, sha256 = read_returned(path), sha256_of(path)
    return take_in(
        path,
        sha256,
        lambda db: _take(db, campaign, book, (sha256, path.name), as_of, by, county),
        lambda report, wanted: write_receipt(report, wanted, as_of),
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
) -> ReviewReturn:
    code, names = county_of(db, campaign, book, county), agencies(campaign)
    results, rows = sort_rows(db, book, code, names)
    # in one order, so that two returns at once never wait for each other
    for row in sorted(rows, key=lambda row: row.issued.declaration):
        decide(db, row, actor=agency_actor(campaign, code, by), on=as_of)
    report = ReviewReturn(county=code, county_name=names[code], file=file[1], sha256=file[0], rows=results)
    report.rejected = [
        row.issued.declaration
        for row in rows
        if row.decision is Decision.REJECT and row.result.outcome is Outcome.ACCEPTED
    ]
    report.waiting = _waiting(db, campaign, code, as_of)
    record_return(db, code, file, report.counts(), on=as_of, by=by)
    return report


def county_of(db: Session, campaign: Campaign, book: ReturnedBook, county: str | None) -> str:
    """By the hidden sheet, else by the declarations in it; `county`: whose it is said to be."""
    names = agencies(campaign)
    found = _by_meta(campaign, book) if book.meta else _by_rows(db, book, names)
    if found not in names:
        raise InputRefused(NOT_THIS, f"“{book.name}”的县（区）“{found}”不在行动里，未作任何改动。")
    if county is not None and found != county:
        told = f"“{book.name}”是{names[found]}的申报审核表，不是{names.get(county, county)}的；未作任何改动。"
        raise InputRefused(NOT_THIS, told)
    return found


def _by_meta(campaign: Campaign, book: ReturnedBook) -> str:
    meta = book.meta
    if meta.get("kind") != KIND:
        raise InputRefused(NOT_THIS, f"“{book.name}”不是申报审核表，未作任何改动。")
    if meta.get("campaign") != campaign.key:
        told = f"“{book.name}”属于另一个行动（{meta.get('campaign') or '不明'}），未作任何改动。"
        raise InputRefused(NOT_THIS, told)
    return meta.get("county", "").removesuffix(".0")


def _by_rows(db: Session, book: ReturnedBook, names: dict[str, str]) -> str:
    keys = sorted({key.declaration for *_, cells in book.rows if (key := read_key(cells["key"]))})
    found = sorted({one.reviewer for one in reviewers(db, keys)})
    if len(found) == 1:
        return found[0]
    where = (
        f"各行分属{'、'.join(names.get(one, one) for one in found)}" if found else "各行也认不出是谁的申报"
    )
    told = f"“{book.name}”的隐藏表已丢失，{where}，不知是哪个县（区）的；请在下发的文件里填写后原样返回。"
    raise InputRefused(WHOSE, told)


def _waiting(db: Session, campaign: Campaign, code: str, as_of: date) -> list[dict[str, Any]]:
    lines = work_lines(db, campaign, code, as_of)
    return [
        {"number": line.declaration, "name": line.name, "state": str(line.state), "due_on": line.due_on}
        for line in lines
    ]

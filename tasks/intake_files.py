"""Take in a file, a folder of files or an address; one that is refused never stops the others."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from models.campaign import Campaign
from models.errors import InputRefused
from models.inbound import Kind
from models.settings import get_settings
from tasks.inbox import fetch_into
from tasks.intake import Receipt, ingest
from tasks.order import Order
from tasks.platform_counts import ingest_counts
from tasks.reading import files_in


@dataclass(frozen=True)
class Outcome:
    """What was stored, and which files were refused with the reason."""

    receipts: list[Receipt] = field(default_factory=list)
    refused: list[tuple[str, InputRefused]] = field(default_factory=list)


def ingest_all(place: str, order: Order, campaign: Campaign) -> Outcome:
    """Store every file at `place` by the same order. Files are taken by name, each in its own transaction."""
    outcome = Outcome()
    for path in places(place):
        try:
            outcome.receipts.extend(ingest_one(replace(order, path=path), campaign))
        except InputRefused as error:
            outcome.refused.append((path.name, error))
    return outcome


def ingest_one(order: Order, campaign: Campaign) -> list[Receipt]:
    """Store one file of any kind; what a county verified comes back by its own way, row by row."""
    if order.kind is Kind.VERIFICATION:
        raise InputRefused(
            "E1271",
            f"“{order.path.name}”是县（区）核对结果，请用 yingbao verification return 收回，不能直接导入。",
        )
    if order.kind is Kind.PLATFORM_COUNTS:
        return [ingest_counts(order, campaign)]
    return ingest(order, campaign)


def places(place: str) -> list[Path]:
    """The files that `place` names: one, a folder's, or one fetched from an address into the installation's inbox."""
    if "://" in place:
        return [fetch_into(get_settings().home / "inbox", place)]
    return files_in(Path(place))

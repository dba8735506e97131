"""Publish a month, show it, prove it, and set what is known today beside it (C27, 1.7)."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from pydantic import ValidationError
from sqlalchemy.orm import Session

from models.actions.assessments import freeze_assessment
from models.actions.figure_properties import lay_properties
from models.assessment import Assessment
from models.campaign import Campaign
from models.database import reading, session, writing
from models.errors import EnvironmentTrouble, RuleRefused
from models.queries.assessments import assessments, differences, laid_lines, lay_frozen, published
from models.queries.breakdowns import Cell, breakdown
from models.rules.figures import Figures
from models.rules.figures_stored import from_stored, to_stored
from models.rules.fingerprint import fingerprint
from models.rules.months import last_of
from models.rules.terms import terms_of
from tasks.figures import figures, lay_figures, listed, recount
from tasks.review_quality import quality_lines

PRINTED = ("counts", "before", "causes", "rank")


class QualityDifference(NamedTuple):
    """A number of I4, of the month or of the month before it (`earlier`), that is not what was published."""

    county: str
    key: str
    earlier: bool
    published: int
    recomputed: int


@dataclass(frozen=True)
class MonthProof:
    """What verifying a published month found: its rows against the hash, its table against its rows, and both and the
    quality of declarations against a computation with the stored day, knowledge and campaign file.
    """

    assessment: int
    month: str
    units: int
    rows_agree: bool
    table_agrees: bool
    recomputed_agrees: bool
    quality_agrees: bool
    terms_changed: bool  # the campaign file of today says something else; the month holds by its own
    differences: Sequence[dict[str, Any]]
    quality_differences: Sequence[QualityDifference] = ()

    @property
    def holds(self) -> bool:
        return self.rows_agree and self.table_agrees and self.recomputed_agrees and self.quality_agrees


def freeze_month(campaign: Campaign, month: str, *, on: date, by: str, reason: str | None = None) -> Figures:
    """The figures of a month's last day as known now, with every list behind them. Once (C27)."""
    cut = last_of(month)
    if on <= cut:
        raise RuleRefused("E1810", f"{month} 的数据截至 {cut} 24:00，{on} 还不能冻结。")
    with writing() as db:
        if earlier := published(db, campaign, month):
            said = f"{earlier.by}于 {earlier.recorded_at:%Y-%m-%d} 冻结（第 {earlier.id} 号）"
            raise RuleRefused("E1811", f"{month} 已由{said}，不能再冻结；以后的变化用修订值表示。")
        if later := [one.month for one in assessments(db, campaign) if one.month > month]:
            raise RuleRefused("E1812", f"{later[0]} 已经冻结，{month} 不能再冻结；补算用 figures --as-of。")
        found = lay_figures(db, campaign, cut, month=month)
        found = replace(found, quality=quality_lines(campaign, cut, found.known_at))
        sha256 = fingerprint(laid_lines(db))
        made = freeze_assessment(db, campaign, found, sha256=sha256, by=by, reason=reason)
        return _read(made)


def shown_month(campaign: Campaign, month: str) -> Figures:
    """As it was published."""
    with session() as db:
        return _read(_published(db, campaign, month))


def revised_month(campaign: Campaign, month: str) -> Figures:
    """修订值: the same day with today's knowledge; it stands beside what was published, never over it."""
    return figures(campaign, last_of(month), month=month, against_published=False)


def month_units(
    campaign: Campaign, month: str, key: str, *, county: str | None = None
) -> list[dict[str, Any]]:
    """The frozen list behind a published integer."""
    with reading() as db:
        lay_frozen(db, _published(db, campaign, month).id)
        return listed(db, key, county=county)


def month_by(campaign: Campaign, month: str, dimension: str, *, county: str | None = None) -> list[Cell]:
    """A published month by a property of its units."""
    with reading() as db:
        lay_frozen(db, _published(db, campaign, month).id)
        lay_properties(db, campaign)
        return breakdown(db, dimension, county=county)


def published_months(campaign: Campaign) -> list[Assessment]:
    with session() as db:
        return assessments(db, campaign)


def verify_month(campaign: Campaign, month: str) -> MonthProof:
    """Compute a published month again with its stored day, knowledge and campaign file, and compare."""
    with reading() as db:
        frozen = _published(db, campaign, month)
        then = _campaign_then(frozen)
        lay_frozen(db, frozen.id)
        rows_agree = fingerprint(laid_lines(db)) == frozen.sha256
        kept = _read(frozen)
        table_agrees = recount(db, then, kept)
        found = lay_figures(db, then, frozen.as_of, frozen.known_at, month=month)
        same_rows = fingerprint(laid_lines(db)) == frozen.sha256
        moved = _quality_moved(kept.quality, quality_lines(then, frozen.as_of, frozen.known_at))
        return MonthProof(
            assessment=frozen.id,
            month=month,
            units=frozen.units,
            rows_agree=rows_agree,
            table_agrees=table_agrees,
            recomputed_agrees=same_rows and _printed(found) == _printed(kept),
            quality_agrees=not moved,
            terms_changed=frozen.terms != terms_of(campaign),
            differences=[] if same_rows else differences(db, frozen.id),
            quality_differences=moved,
        )


def _quality_moved(
    kept: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]
) -> list[QualityDifference]:
    """Nothing where the month was published before its quality was kept with it."""
    then, now = _quality_numbers(kept), _quality_numbers(found)
    moved = sorted(key for key in then.keys() | now.keys() if then[key] != now[key]) if kept else []
    return [QualityDifference(*key, then[key], now[key]) for key in moved]


def _quality_numbers(lines: Sequence[Mapping[str, Any]]) -> Counter[tuple[str, str, bool]]:
    return Counter(
        {
            (line["county"], key, part == "earlier"): count
            for line in lines
            for part in ("counts", "earlier")
            for key, count in line[part].items()
        }
    )


def _printed(figures: Figures) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = to_stored(figures)["lines"]
    return [{name: line[name] for name in PRINTED} for line in lines]


def _campaign_then(frozen: Assessment) -> Campaign:
    """The campaign file as it was read when the month was frozen."""
    try:
        return Campaign.model_validate_json(json.dumps(frozen.campaign_file))
    except ValidationError as wrong:
        raise EnvironmentTrouble(
            "E1814", f"{frozen.month} 冻结时的行动文件，本版程序读不懂，无法重算：{wrong.error_count()} 处。"
        ) from wrong


def _published(db: Session, campaign: Campaign, month: str) -> Assessment:
    found = published(db, campaign, month)
    if found is None:
        raise RuleRefused("E1813", f"{month} 还没有冻结。")
    return found


def _read(frozen: Assessment) -> Figures:
    return from_stored(frozen.figures, assessment=frozen.id, sha256=frozen.sha256)

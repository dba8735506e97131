"""A round's workbook: cover, one row per unit, a sheet for units the county adds (C25)."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.reference.words import industry_text, town_name
from models.rules.reasons import state_text, why_listed
from models.rules.verdicts import words
from models.verification import Finding, RoundKind, VerificationRound
from notices.workbook import Sheet, write_workbook
from tasks.verification.cover import cover_of
from tasks.verification.layout import ADDED, SPARE_ROWS, UNITS, added_columns, unit_columns
from tasks.verification.units import codes_of

PREFILLED = ("since", "declaration_no", "note")


def write_book(
    db: Session,
    campaign: Campaign,
    asked: VerificationRound,
    units: Sequence[Mapping[str, Any]],
    verdicts: Mapping[int, Mapping[str, Any]],
    out: Path,
    as_of: date,
    *,
    sha256: str = "",
) -> Path:
    """A full round shows what the county said before; a re-check asks anew."""
    named = codes_of(db, [one["duplicate_of"] for one in verdicts.values() if one["duplicate_of"]])
    rows = [
        _row(number, unit, verdicts.get(unit["unit"]), RoundKind(asked.kind), campaign, named)
        for number, unit in enumerate(units, start=1)
    ]
    sheets = [
        Sheet(UNITS, unit_columns(campaign), rows, decided_by="verdict"),
        Sheet(ADDED, added_columns(campaign), [], spare=SPARE_ROWS),
    ]
    if asked.kind == RoundKind.RECHECK:
        sheets.pop()
    cover = cover_of(db, campaign, asked, as_of, answered=sum(1 for row in rows if row.get("verdict")))
    return write_workbook(out / file_name(campaign, asked), cover, sheets, _meta(asked, sha256))


def file_name(campaign: Campaign, asked: VerificationRound) -> str:
    county = campaign.county_names[asked.county]
    if asked.kind == RoundKind.RECHECK:
        return f"{county}_停产复核表_{asked.obligation.removeprefix('monthly-')}_第{asked.number}轮.xlsx"
    return f"{county}_核对表_第{asked.number}轮.xlsx"


def _row(
    number: int,
    unit: Mapping[str, Any],
    verdict: Mapping[str, Any] | None,
    kind: RoundKind,
    campaign: Campaign,
    named: Mapping[int, str],
) -> dict[str, Any]:
    row = {name: unit[name] for name in ("name", "address", "headcount", "phone")}
    row |= {
        "unit": str(unit["unit"]),  # text: no program turns it into something else
        "number": number,
        "code": unit["credit_code"] or unit["legacy_code"],
        "town": town_name(unit["town"]),
        "industry": industry_text(unit["industry"]),
        "reason": why_listed(unit, campaign),
        "state": state_text(unit, campaign),
    }
    if verdict is None:
        return row
    said = words(campaign.stopped_months_limit)[Finding(verdict["finding"])]
    if kind is RoundKind.RECHECK:
        since = f"（{verdict['since']}起）" if verdict["since"] else ""
        return row | {"state": f"{verdict['effective_on']} 报：{said}{since}"}
    counties = campaign.county_names
    row |= {name: verdict[name] for name in PREFILLED}
    return row | {
        "verdict": said,
        "other_county": counties.get(verdict["other_county"] or ""),
        "duplicate_of": named.get(verdict["duplicate_of"] or 0),
    }


def _meta(asked: VerificationRound, sha256: str) -> dict[str, str]:
    return {
        "kind": "verification",
        "campaign": asked.campaign,
        "county": asked.county,
        "round": str(asked.number),
        "obligation": asked.obligation,
        "issued_on": asked.issued_on.isoformat(),
        "snapshot": str(asked.snapshot_id or ""),
        "sha256": sha256,
    }

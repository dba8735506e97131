"""Freeze the laid-out figures of a month (C27). Nothing published is ever changed."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.assessment import Assessment
from models.campaign import Campaign
from models.event import Event
from models.queries.assessments import FROZEN
from models.rules.figures import Figures
from models.rules.figures_stored import to_stored


def freeze_assessment(
    db: Session, campaign: Campaign, figures: Figures, *, sha256: str, by: str, reason: str | None
) -> Assessment:
    """Store the table with the units and acts laid out behind it, for good."""
    made = Assessment(
        campaign=campaign.key, month=figures.month, as_of=figures.as_of, known_at=figures.known_at
    )
    made.terms, made.campaign_file = figures.terms or "", campaign.model_dump(mode="json")
    made.figures, made.sha256, made.by, made.reason = to_stored(figures), sha256, by, reason
    made.units = db.scalar(text("SELECT count(*) FROM figure_unit")) or 0
    db.add(made)
    db.flush()
    for name, stored, columns in FROZEN:
        rows = f"INSERT INTO {stored} (assessment_id, {columns}) SELECT :id, {columns} FROM {name}"
        db.execute(text(rows), {"id": made.id})
    detail: dict[str, Any] = {"month": made.month, "units": made.units, "sha256": sha256, "reason": reason}
    db.add(Event(act="report.freeze", subject=f"assessment:{made.id}", by=by, detail=detail))
    db.flush()
    return made

"""Properties of the laid-out units that are looked up, not stored: hazard classes, responsible authorities (C17, C20)."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.target_basis import lay
from models.campaign import Campaign
from models.campaign_parts import nearest
from models.reference import read_list
from models.rules.code_lists import classes_by_name
from models.rules.hazard_classes import classes_of


def lay_properties(db: Session, campaign: Campaign) -> None:
    """A city has few different texts of hazards, and few industries: each is looked up once."""
    lay(db, "figure_hazard", "hazards text, class text")
    listed = classes_by_name(read_list("hazard_factors_2015"))
    hazards = db.scalars(text("SELECT DISTINCT hazards FROM figure_unit WHERE hazards <> ''"))
    rows = [{"hazards": said, "class": one} for said in hazards for one in classes_of(said, listed)]
    _fill(db, "INSERT INTO figure_hazard VALUES (:hazards, :class)", rows)
    lay(db, "figure_department", "industry text PRIMARY KEY, department text")
    codes = {code: one.name for one in campaign.departments for code in one.codes}
    industries = db.scalars(text("SELECT DISTINCT industry FROM figure_unit WHERE industry IS NOT NULL"))
    found = [(code, hit) for code in industries if (hit := nearest(code, codes))]
    rows = [{"industry": code, "department": codes[hit]} for code, hit in found]
    _fill(db, "INSERT INTO figure_department VALUES (:industry, :department)", rows)


def _fill(db: Session, statement: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.execute(text(statement), rows)

"""Store the judged units as the targets of the campaign, and count them (C08)."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.target_basis import Moment, lay_basis
from models.actions.target_findings import lay_findings
from models.actions.target_judging import judge_units
from models.campaign import Campaign
from models.rules.terms import terms_of

COLUMNS = (
    "county, rule, flag, in_r, declared, declared_on, pending, unsure, sector, borderline, risk, programmes, found, "
    "extra, indicators, headcount, size, group_key, work_order"
)
OURS = ", ".join(f"t.{name}" for name in COLUMNS.split(", "))
NEW = ", ".join(f"n.{name}" for name in COLUMNS.split(", "))
SETS = ", ".join(f"{name} = n.{name}" for name in COLUMNS.split(", "))

GONE = """
    DELETE FROM target t WHERE t.campaign = :campaign {among}
    AND NOT EXISTS (SELECT FROM target_new n WHERE n.employer_id = t.employer_id)"""
# rows that did not change are not written again: a new day touches few units
MERGE = f"""
    MERGE INTO target t USING target_new n ON t.campaign = :campaign AND t.employer_id = n.employer_id
    WHEN MATCHED AND ({OURS}) IS DISTINCT FROM ({NEW}) THEN UPDATE SET {SETS}
    WHEN NOT MATCHED THEN INSERT (campaign, employer_id, {COLUMNS}) VALUES (:campaign, n.employer_id, {NEW})"""
KEY = (
    "county",
    "rule",
    "flag",
    "in_r",
    "declared",
    "pending",
    "unsure",
    "sector",
    "borderline",
    "extra",
    "indicators",
)
COUNT = f"""
    INSERT INTO target_total (campaign, {", ".join(KEY)}, units)
    SELECT :campaign, coalesce(county, ''), {", ".join(KEY[1:])}, count(*)
    FROM target WHERE campaign = :campaign GROUP BY {", ".join(KEY)}"""
DAY = """
    INSERT INTO target_day (campaign, as_of, terms) VALUES (:campaign, :as_of, :terms)
    ON CONFLICT (campaign) DO UPDATE SET as_of = :as_of, terms = :terms, computed_at = now()"""
SHADOWED = ("target", "target_total", "target_day")


def store_targets(db: Session, campaign: Campaign, moment: Moment, *, only: str | None = None) -> int:
    """Judge all units (or those of the temporary table `only`) and keep the result. Returns how many rows changed."""
    # joins of a million units on a million; set for this transaction alone
    db.execute(text("SET LOCAL work_mem = '128MB'"))
    lay_basis(db, campaign, moment, only=only)
    lay_findings(db, campaign, moment, only=only)
    judge_units(db, campaign, moment, only=only)
    given = {"campaign": campaign.key, "as_of": moment.as_of, "terms": terms_of(campaign)}
    among = f"AND t.employer_id IN (SELECT employer_id FROM {only})" if only else ""
    gone = db.execute(text(GONE.format(among=among)), given)
    changed = db.execute(text(MERGE), given)
    _count(db, campaign)
    db.execute(text(DAY), given)
    return int(gone.rowcount + changed.rowcount)  # type: ignore[attr-defined]


def shadow_targets(db: Session) -> None:
    """From here to the end of the transaction the target tables are empty ones of this session alone.

    PostgreSQL looks up names among a session's temporary tables first. So the targets of another day, or as known
    at another time, are computed and read by the same statements, and nobody else sees them.

    The driver prepares what it runs often, and a prepared statement keeps the tables it was planned for: that there
    is a nearer one of the same name now is no reason for the server to look again, so it is told to.
    """
    for table in SHADOWED:
        db.execute(text(f"DROP TABLE IF EXISTS pg_temp.{table}"))
        db.execute(text(f"CREATE TEMP TABLE {table} (LIKE {table} INCLUDING ALL) ON COMMIT DROP"))
    db.execute(text("DISCARD PLANS"))


def _count(db: Session, campaign: Campaign) -> None:
    db.execute(text("DELETE FROM target_total WHERE campaign = :campaign"), {"campaign": campaign.key})
    db.execute(text(COUNT), {"campaign": campaign.key})

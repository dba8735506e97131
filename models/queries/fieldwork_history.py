"""All that was recorded of field work, act by act, in words: of a county, of a kind, of a unit."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.fieldwork import RUNGS

RUNG_WORDS = " ".join(f"WHEN {rung.value} THEN '{words}'" for rung, words in RUNGS.items())
FIELD_WORDS = "WHEN 'industry' THEN '行业' WHEN 'headcount' THEN '人数' ELSE '危害因素' END"
KEPT = "campaign, by, recorded_at, withdrawn_at, withdrawn_by, withdrawn_reason"


def _kept(table: str) -> str:
    return ", ".join(f"{table}.{name.strip()}" for name in KEPT.split(","))


TOLD = f"""
    SELECT 'training' AS kind, id AS number, done_on, NULL::bigint AS unit, county,
        concat(place, '：', array_to_string(topics, '、')) AS told, {KEPT} FROM training
    UNION ALL SELECT 'training', u.training_id, t.done_on, u.employer_id, NULL, concat(u.part, '：', t.place), {_kept("u")}
    FROM training_unit u JOIN training t ON t.id = u.training_id
    UNION ALL SELECT 'guidance', id, assigned_on, employer_id, NULL, concat(agency, ' ', assignee, '，', programme,
        '，期限 ', due_on, '；' || note, '；' || closed_on || ' 办结：' || result), {KEPT} FROM guidance
    UNION ALL SELECT 'visit', id, done_on, employer_id, NULL,
        concat(programme, '，', agency, ' ', visitor, '；' || note), {KEPT} FROM visit
    UNION ALL SELECT 'check', i.id, i.done_on, i.employer_id, NULL, concat(i.occasion, '，', i.inspector, '：',
        (SELECT string_agg(concat(CASE field {FIELD_WORDS}, ' 申报', coalesce(declared, '无'), '、实际', found,
            CASE WHEN differs THEN '（不符）' END), '；' ORDER BY field)
            FROM inspection_item x WHERE x.inspection_id = i.id),
        '，提示' || i.prompt, '；' || i.note), {_kept("i")} FROM inspection i
    UNION ALL SELECT 'publicity', id, done_on, NULL, county,
        concat(kind, '：', title, '（' || evidence_name || '）'), {KEPT} FROM publicity
    UNION ALL SELECT 'reason', id, effective_on, employer_id, NULL, concat(reason, '：' || note), {KEPT}
    FROM undeclared_reason
    UNION ALL SELECT 'escalate', id, done_on, employer_id, NULL, concat(CASE rung {RUNG_WORDS} END,
        '；' || reason, '；' || decided_by || ' 决定'), {KEPT} FROM escalation"""
HISTORY = f"""
    WITH RECURSIVE told AS (
        SELECT * FROM ({TOLD}) one WHERE campaign = :campaign AND done_on <= :as_of
            AND (CAST(:kind AS text) IS NULL OR kind = :kind)
            AND (CAST(:units AS bigint[]) IS NULL OR unit = ANY(:units))
    ), led AS (
        SELECT DISTINCT told.unit AS number, e.id, e.merged_into FROM told JOIN employer e ON e.id = told.unit
        UNION SELECT led.number, e.id, e.merged_into FROM led JOIN employer e ON e.id = led.merged_into
    )
    SELECT told.kind, told.number, told.done_on, led.id AS employer_id, e.name,
        coalesce(told.county, e.county) AS county, told.told, told.by, told.recorded_at, told.withdrawn_at,
        told.withdrawn_by, told.withdrawn_reason
    FROM told LEFT JOIN led ON led.number = told.unit AND led.merged_into IS NULL
    LEFT JOIN employer e ON e.id = led.id
    WHERE CAST(:county AS text) IS NULL OR coalesce(told.county, e.county, '') = :county
    ORDER BY told.done_on, told.kind, told.number, led.id"""


def fieldwork_history(
    db: Session,
    campaign: Campaign,
    as_of: date,
    *,
    county: str | None = None,
    kind: str | None = None,
    units: Collection[int] | None = None,
) -> list[dict[str, Any]]:
    """The withdrawn acts as well, with why. `units`: by any of their numbers."""
    given = {"campaign": campaign.key, "as_of": as_of, "county": county, "kind": kind}
    given["units"] = None if units is None else list(units)
    return [dict(row) for row in db.execute(text(HISTORY), given).mappings()]

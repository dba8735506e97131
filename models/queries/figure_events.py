"""The recorded events that put units in or out of the figures, for many units at once, as known at an instant."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.rules.event_words import in_words

# Every event with the day on which it took effect, who recorded it and when.
EVENTS = """
    WITH RECURSIVE same AS (
        SELECT id AS unit, id FROM unnest(CAST(:units AS bigint[])) AS asked(id)
        UNION SELECT same.unit, e.id FROM same JOIN employer e ON e.merged_into = same.id
    ), told AS (
        SELECT m.employer_id, s.as_of AS on_day, concat('第 ', s.id, ' 号',
            CASE s.kind WHEN 'baseline' THEN '基线' ELSE '下发清单' END, '冻结在内') AS told, s.by, s.recorded_at
        FROM snapshot_member m JOIN snapshot s ON s.id = m.snapshot_id WHERE s.campaign = :campaign
        UNION ALL SELECT employer_id, effective_on, concat(CASE change WHEN 'removed' THEN '核销' ELSE '新增' END,
            '（{{', change, ':', reason_code, '}}）', '：' || note), by, recorded_at
        FROM membership_change WHERE campaign = :campaign
        UNION ALL SELECT employer_id, cancelled_on, concat('撤回',
            CASE change WHEN 'removed' THEN '核销' ELSE '新增' END, '：', cancelled_reason), cancelled_by, cancelled_at
        FROM membership_change WHERE campaign = :campaign AND cancelled_on IS NOT NULL
        UNION ALL SELECT employer_id, effective_on, concat('核对结论 {{finding:', finding, '}}', '：' || note), by, recorded_at
        FROM verdict WHERE campaign = :campaign
        UNION ALL SELECT employer_id, answered_on, concat('划转 {{county:', from_county, '}}→{{county:',
            to_county, '}}，{{answer:', answer, '}}'), answered_by,
            answered_at
        FROM transfer WHERE campaign = :campaign AND answered_on IS NOT NULL
        UNION ALL SELECT l.employer_id, p.from_on, concat('申报 ', r.declaration_no, ' 审核通过',
            CASE WHEN p.presumed THEN '（推定）' END, '，{{link:', l.verdict, '}}（{{method:',
            l.method, '}}）'), l.by, l.recorded_at
        FROM link l JOIN {standing} p ON p.entry = l.entry {record}
        UNION ALL SELECT l.employer_id, p.to_on, concat('申报 ', r.declaration_no, ' 不再显示审核通过'), l.by, l.recorded_at
        FROM link l JOIN {standing} p ON p.entry = l.entry AND p.to_on IS NOT NULL {record}
        UNION ALL SELECT l.employer_id, CAST(l.ended_at AT TIME ZONE 'Asia/Shanghai' AS date),
            concat('对应关系撤销：', l.ended_reason), l.ended_by, l.ended_at FROM link l WHERE l.ended_at IS NOT NULL
    )
    SELECT same.unit, told.on_day, told.told, told.by, told.recorded_at FROM told JOIN same ON same.id = told.employer_id
    WHERE told.on_day <= :as_of AND told.recorded_at <= :known_at
    ORDER BY same.unit, told.on_day, told.recorded_at, told.told"""
RECORD = """
        LEFT JOIN LATERAL (SELECT declaration_no FROM record r WHERE r.entry = l.entry ORDER BY r.current DESC, r.id
            LIMIT 1) r ON true"""


def figure_events(
    db: Session,
    campaign: Campaign,
    units: Collection[int],
    as_of: date,
    known_at: datetime,
    *,
    standing: str = "standing",
) -> dict[int, list[dict[str, Any]]]:
    """Unit → its events up to the day, in order. A unit answers for the numbers that were merged into it."""
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    given = {"units": list(units), "campaign": campaign.key, "as_of": as_of, "known_at": known_at}
    statement = EVENTS.format(standing=_with_presumed(standing), record=RECORD)
    for row in map(dict, db.execute(text(statement), given).mappings()):
        found[row.pop("unit")].append(row | {"told": in_words(row["told"], campaign)})
    return found


def _with_presumed(standing: str) -> str:
    """The table of approvals as known then says no more than their days."""
    return "standing" if standing == "standing" else f"(SELECT *, false AS presumed FROM {standing})"

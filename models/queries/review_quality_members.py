"""Each figure of the quality of declarations as the list of its members, in SQL (C05).

A member is a step of a declaration, a declaration, an objection or a unit, with the county it counts for.
"""

from collections.abc import Mapping

from models.queries.own_approvals import OWN, REGISTRANTS, STOOD
from models.rules.checks.annual_interval import LESS_THAN, MORE_THAN
from models.rules.far_apart import LEAST_PERCENT, LEAST_PERSONS
from models.rules.review_quality import FINDING

# Steps up to the end of the period as known then. `ours`: reviewed with us; other systems' are only shown.
STEPS = f"""
    {REGISTRANTS}, step AS (
        SELECT e.declaration_id AS declaration, e.number, e.act, e.to_state, e.agency, e.effective_on AS day,
            e.version, e.payload, g.reviewer, g.employer_id, d.source <> 'platform' AS ours
        FROM declaration_event e JOIN filed_declaration d ON d.id = e.declaration_id
        JOIN filer g ON g.id = d.registrant_id
        WHERE e.effective_on <= :as_of AND coalesce(e.recorded_at <= :known_at, true)
    ), late AS (
        SELECT * FROM unnest(CAST(:late_days AS date[]), CAST(:late_sinces AS date[])) AS one (day, since)
    )"""
DECISIONS = "act IN ('审核通过', '审核不通过') AND day >= :since AND ours"
# a return belongs to the period in which its time ends: its answer is then known for good
RETURNED = "act = '审核不通过' AND ours AND day + :correction_days BETWEEN :since AND :as_of"
CORRECTED = """EXISTS (
    SELECT FROM step s WHERE s.declaration = step.declaration AND s.number > step.number AND s.act = '提交'
    AND s.day <= step.day + :correction_days)"""
LATE = """EXISTS (
    SELECT FROM step p JOIN late ON late.day = step.day
    WHERE p.declaration = step.declaration AND p.number = step.number - 1 AND p.day <= late.since)"""
SUBMITTED = "act = '提交' AND day >= :since AND ours"
FOUND = "payload->'findings' @> jsonb_build_array(jsonb_build_object('code', CAST(:code AS text)))"
DUE = f"CAST(approved_on + interval '{MORE_THAN} months' AS date) < :as_of"
OVERDUE = f"CAST(approved_on + interval '{LESS_THAN} months' AS date) <= :as_of"
INDUSTRY = "NOT starts_with(a.industry, f.industry) AND NOT starts_with(f.industry, a.industry)"
SIZE = "a.size <> f.size"
HEADCOUNT = (
    f"abs(a.headcount - f.headcount) >= {LEAST_PERSONS} AND "
    f"abs(a.headcount - f.headcount) * 100 >= {LEAST_PERCENT} * greatest(a.headcount, f.headcount)"
)


COLUMNS = "county, declaration, employer_id, approved_on AS day"


def _steps(county: str, where: str) -> str:
    return f"WITH {STEPS} SELECT {county} AS county, declaration, employer_id, day, version FROM step WHERE {where}"


def _units(where: str) -> str:
    return f"SELECT {COLUMNS} FROM last_approval WHERE {where}"


def _differing(where: str) -> str:
    columns = ", ".join(f"a.{name}" for name in COLUMNS.split(", "))
    return f"SELECT {columns} FROM last_approval a JOIN {{facts}} f ON f.id = a.employer_id WHERE {where}"


def _stood(where: str) -> str:
    return f"""
        WITH {REGISTRANTS}, stood AS ({STOOD}) SELECT g.reviewer AS county, stood.declaration_id AS declaration, g.employer_id,
            stood.since AS day
        FROM stood JOIN filer g ON g.id = stood.registrant_id WHERE stood.state = '待审核' AND {where}"""


def _objections(where: str) -> str:
    return f"""
        WITH {REGISTRANTS} SELECT o.county, o.declaration_id AS declaration, g.employer_id, o.due_on AS day
        FROM review_objection o JOIN filed_declaration d ON d.id = o.declaration_id
        JOIN filer g ON g.id = d.registrant_id
        WHERE o.raised_on <= :as_of AND coalesce(o.recorded_at <= :known_at, true) AND {where}
            AND (o.closed_on IS NULL OR o.closed_on > :as_of OR NOT coalesce(o.closed_at <= :known_at, true))"""


# The unit's last inspection asked for 变更申报, nothing was approved since, and the days for it are over.
CHANGE_OVERDUE = """
    WITH last AS (
        SELECT DISTINCT ON (a.employer_id) a.county, a.declaration, a.employer_id, a.approved_on, i.done_on, i.prompt
        FROM inspection i LEFT JOIN target_survivor v ON v.merged = i.employer_id
        JOIN last_approval a ON a.employer_id = coalesce(v.survivor, i.employer_id)
        WHERE i.campaign = :campaign AND i.done_on <= :as_of AND CASE
            WHEN CAST(:known_at AS timestamptz) IS NULL THEN i.withdrawn_at IS NULL
            ELSE i.recorded_at <= :known_at AND coalesce(i.withdrawn_at > :known_at, true) END
        ORDER BY a.employer_id, i.done_on DESC, i.id DESC
    )
    SELECT county, declaration, employer_id, done_on AS day FROM last
    WHERE prompt = '变更申报' AND approved_on <= done_on AND CAST(:as_of AS date) > done_on + :change_days"""
MEMBERS: Mapping[str, str] = {
    "decided": _steps("agency", DECISIONS),
    "rejected": _steps("agency", f"{DECISIONS} AND act = '审核不通过'"),
    "decided_late": _steps("agency", f"{DECISIONS} AND {LATE}"),
    "returned": _steps("agency", RETURNED),
    "corrected": _steps("agency", f"{RETURNED} AND {CORRECTED}"),
    "submitted": _steps("reviewer", SUBMITTED),
    "questioned": _steps("reviewer", f"{SUBMITTED} AND jsonb_array_length(payload->'findings') > 0"),
    FINDING: _steps("reviewer", f"{SUBMITTED} AND {FOUND}"),
    "rechecked": _steps("reviewer", "to_state = '已审核' AND act IN ('审核通过', '导入') AND day >= :since"),
    "standing": _units("true"),
    "update_due": _units(f"{DUE} AND NOT {OVERDUE}"),
    "update_overdue": _units(OVERDUE),
    "change_overdue": CHANGE_OVERDUE,
    "mismatch": _differing(f"(({INDUSTRY}) OR {SIZE} OR ({HEADCOUNT}))"),
    "industry_differs": _differing(INDUSTRY),
    "size_differs": _differing(SIZE),
    "headcount_differs": _differing(HEADCOUNT),
    "waiting": _stood("true"),
    "waiting_late": _stood("stood.since <= :late_since"),
    "objections": _objections("true"),
    "objections_late": _objections("o.due_on < :as_of"),
    "own": f"SELECT {COLUMNS} FROM ({OWN}) own",
}

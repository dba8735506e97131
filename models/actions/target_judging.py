"""The rules of models.rules.targets, work_order, indicators and groups over all units at once.

Every expression here has its scalar twin there; tests/models/actions/test_target_judging.py holds them together.
"""

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.target_basis import Moment
from models.actions.target_zones import line_expression
from models.campaign import Campaign
from models.campaign_parts import Indicator
from models.rules.targets import ENDINGS, FOUND_STATE, IN_R, Flag, Rule
from models.rules.work_order import AGE_UNKNOWN, DAY_ZERO, LEAST_STAFF, RADIX, SIZE_UNKNOWN, SIZES
from models.state import State
from models.verification import Finding

# What the county found goes before what the lists say, unless a list tells of a later end (models.rules.targets.heard).
LISTS_KNOW_MORE = f"""coalesce(e.state IN ({", ".join(f"'{state}'" for state in ENDINGS)})
    AND e.state_on > w.effective_on AND e.state_on <= :as_of, false)"""
FOUND = f"""coalesce(w.finding IN ({", ".join(f"'{finding}'" for finding in FOUND_STATE)}), false)
    AND NOT {LISTS_KNOW_MORE}"""
STATE_FOUND = " ".join(f"WHEN '{finding}' THEN '{state}'" for finding, state in FOUND_STATE.items())

RULE = f"""CASE
    WHEN state_then = '{State.DEREGISTERED}' THEN '{Rule.DEREGISTERED}'
    WHEN state_then = '{State.MOVED_OUT}' THEN '{Rule.MOVED_OUT}'
    WHEN NOT coalesce(place = ANY(:counties), true) THEN '{Rule.OUTSIDE_CITY}'
    WHEN finding = '{Finding.DUPLICATE}' THEN '{Rule.DUPLICATE}'
    WHEN finding = '{Finding.NO_HAZARD}' THEN '{Rule.NO_HAZARD}'
    WHEN ground IS NULL AND industry IS NULL THEN '{Rule.INDUSTRY_UNKNOWN}'
    WHEN ground IS NULL THEN '{Rule.INDUSTRY_OUTSIDE}'
    WHEN state_then IN ('{State.SUSPENDED}', '{State.REVOKED}')
        AND told_on + make_interval(months => :months) < :as_of
        THEN '{Rule.STOPPED_LONG}'
    ELSE ground END"""

GROUND = f"""CASE
    WHEN i.sector IS NOT NULL THEN '{Rule.SECTOR}'
    WHEN l.programmes <> '{{}}' THEN '{Rule.PROGRAMME}'
    WHEN l.found <> '{{}}' THEN '{Rule.FOUND}'
    WHEN i.risk = ANY(:risks) THEN '{Rule.CATALOGUE}'
    WHEN x.extra IS NOT NULL THEN '{Rule.EXTRA}' END"""

FLAG = f"""CASE
    WHEN rule = '{Rule.STOPPED_LONG}' THEN '{Flag.STOPPED_LONG}'
    WHEN NOT (in_r OR rule = '{Rule.EXTRA}') THEN NULL
    WHEN state_then IS NULL THEN '{Flag.STATE_UNKNOWN}'
    WHEN state_then = '{State.REVOKED}' THEN '{Flag.REVOKED}'
    WHEN state_then = '{State.SUSPENDED}' AND told_on IS NULL THEN '{Flag.STATE_DAY_UNKNOWN}' END"""

SEVERITY = "CASE WHEN sector IS NOT NULL THEN 0 WHEN risk = '严重' THEN 1 ELSE 2 END"
SIZE = f"""CASE
    {" ".join(f"WHEN size = '{size}' THEN {rank}" for rank, size in enumerate(SIZES))}
    WHEN headcount IS NULL THEN {SIZE_UNKNOWN}
    {" ".join(f"WHEN headcount >= {least} THEN {rank}" for rank, least in enumerate(LEAST_STAFF))}
    ELSE {len(LEAST_STAFF)} END"""
AGE = f"""CASE WHEN established_on IS NULL THEN {AGE_UNKNOWN}
    ELSE least(greatest(established_on - date '{DAY_ZERO}', 0), {AGE_UNKNOWN - 1}) END"""
RANKS = {"severity": SEVERITY, "size": SIZE, "age": AGE}

GROUP = """CASE
    WHEN parent_code <> '' AND parent_code IS DISTINCT FROM credit_code THEN parent_code
    WHEN (coalesce(is_branch, false) OR branch_part <> '') AND credit_code IS NOT NULL THEN credit_code
    ELSE group_name END"""

JUDGE = """
CREATE TEMP TABLE target_new ON COMMIT DROP AS
WITH told AS (
    SELECT e.*, {line} AS here, w.finding,
        CASE WHEN {found} THEN CASE w.finding {state_found} END ELSE e.state END AS told_state,
        CASE WHEN {found} THEN w.since ELSE e.state_on END AS told_on
    FROM {facts} e
    LEFT JOIN target_word w ON w.employer_id = e.id
    LEFT JOIN target_moved m ON m.employer_id = e.id
    {which}
), unit AS (
    SELECT e.*, nullif(e.here, :city) AS place, {ground} AS ground,
        CASE WHEN e.told_on > :as_of THEN CASE WHEN e.told_state IS NOT NULL THEN '{operating}' END
            ELSE e.told_state END AS state_then,
        i.sector, i.borderline, i.risk, x.extra,
        coalesce(l.programmes, '{{}}') AS programmes, coalesce(l.found, '{{}}') AS found,
        d.declared_on, d.declared_on IS NOT NULL AS declared,
        d.declared_on IS NULL AND coalesce(d.pending, false) AS pending,
        d.declared_on IS NULL AND (coalesce(d.unsure, false) OR coalesce(e.finding = '{said_declared}', false)) AS unsure
    FROM told e
    LEFT JOIN target_industry i ON i.code = e.industry
    LEFT JOIN target_extra x ON x.county = e.here AND x.code = e.industry
    LEFT JOIN target_lists l ON l.employer_id = e.id
    LEFT JOIN target_declared d ON d.employer_id = e.id
), ruled AS (SELECT *, {rule} AS rule FROM unit
), placed AS (SELECT *, rule = ANY(:in_r) AS in_r FROM ruled)
SELECT id AS employer_id, place AS county, rule, {flag} AS flag, in_r, declared, declared_on, pending, unsure,
    sector, borderline, risk, programmes, found, extra, {indicators} AS indicators, headcount, size,
    {group} AS group_key, {work_order} AS work_order
FROM placed"""


def judge_units(db: Session, campaign: Campaign, moment: Moment, *, only: str | None = None) -> None:
    """Fill the temporary table `target_new`, one row per unit, from the basis laid before."""
    conditions = ["e.merged_into IS NULL AND e.ended_at IS NULL"] if moment.facts == "employer" else []
    if only:
        conditions.append(f"e.id IN (SELECT employer_id FROM {only})")
    indicators, given = _indicators(campaign.indicators)
    line, zones = line_expression(campaign, moment.as_of, "coalesce(m.county, e.county)")
    statement = JUDGE.format(
        ground=GROUND,
        rule=RULE,
        flag=FLAG,
        group=GROUP,
        indicators=indicators,
        work_order=_work_order(campaign),
        operating=State.OPERATING,
        said_declared=Finding.DECLARED,
        line=line,
        found=FOUND,
        state_found=STATE_FOUND,
        facts=moment.facts,
        which="WHERE " + " AND ".join(conditions) if conditions else "",
    )
    given |= zones | {
        "as_of": moment.as_of,
        "city": campaign.city.code,
        "counties": [county.code for county in campaign.counties],
        "months": campaign.stopped_months_limit,
        "risks": list(campaign.scope.catalogue_risks),
        "in_r": [str(rule) for rule in IN_R],
    }
    db.execute(text("DROP TABLE IF EXISTS pg_temp.target_new"))
    db.execute(text(statement), given)
    db.execute(text("ANALYZE target_new"))


def _indicators(indicators: tuple[Indicator, ...]) -> tuple[str, dict[str, Any]]:
    """An array of the keys of the indicators a unit of R counts in."""
    cases: list[str] = []
    given: dict[str, Any] = {}
    for at, indicator in enumerate(indicators):
        conditions = ["in_r"]
        if indicator.severe_sectors:
            conditions.append("sector IS NOT NULL")
        else:
            conditions.append(f"programmes && :programmes_{at}")
            given[f"programmes_{at}"] = list(indicator.programmes)
        if indicator.min_headcount is not None:
            unknown = "true" if indicator.keep_unknown_headcount else "false"
            conditions.append(f"coalesce(headcount >= :least_{at}, {unknown})")
            given[f"least_{at}"] = indicator.min_headcount
        cases.append(f"CASE WHEN {' AND '.join(conditions)} THEN '{indicator.key}' END")
    return f"array_remove(ARRAY[{', '.join(cases)}]::text[], NULL)", given


def _work_order(campaign: Campaign) -> str:
    number = "0"
    for criterion in campaign.work_order:
        number = f"({number} * {RADIX[criterion]} + {RANKS[criterion]})"
    return number

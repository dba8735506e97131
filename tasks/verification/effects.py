"""After a county's baseline what it says moves its N as well: removals, resumptions, additions, moves (1.7, Q2)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions.membership import cancel_change, change_membership, open_change
from models.actions.targets import shadow_targets, store_targets
from models.campaign import Campaign
from models.errors import RuleRefused
from models.queries.membership import members
from models.queries.snapshots import baseline_of
from models.queries.targets import Wanted, list_targets
from models.rules.membership import Place, check_addition, check_reason, member_of
from models.rules.membership_words import MOVED_IN, removal_name
from models.rules.verdicts import REMOVALS, Answer
from models.verification import Finding
from tasks.targets import moment_of

ELSEWHERE, FOUND, CORRECTED = "elsewhere", "found", "corrected"
RESUMED = (Finding.OPERATING, Finding.STOPPED_SHORT, Finding.DECLARED)


class Lists:
    """Who is or was in N, as places of each unit; read once for a whole return."""

    def __init__(self, db: Session, campaign: Campaign, as_of: date, by: str) -> None:
        self.db, self.campaign, self.as_of, self.by = db, campaign, as_of, by
        self.places: dict[int, list[Place]] = {}
        for row in members(db, campaign, as_of, derive=False):
            place = Place(row["employer_id"], row["county"], row["removed"])
            self.places.setdefault(row["survivor"] or row["employer_id"], []).append(place)

    def hear(self, unit: int, county: str, answer: Answer) -> str:
        """Let a verdict take effect on N; what happened, in a person's words."""
        places = self.places.get(unit, [])
        held = member_of(places)
        reason = REMOVALS.get(answer.finding)
        if held is not None:
            if reason is None or held.county != county:
                return ""
            return self._remove(held, reason, answer.note)
        ours = next((place for place in places if place.county == county), None)
        gone = ours and open_change(self.db, self.campaign, ours.employer_id, "removed", county)
        if not ours or not gone or gone.reason_code not in REMOVALS.values() or gone.reason_code == reason:
            return ""
        if reason is None and answer.finding not in RESUMED:
            return ""
        cancel_change(self.db, gone, reason="核对结论改变", by=self.by, on=self.as_of)
        return self._remove(ours, reason, answer.note) if reason else "已撤回核销，仍在扩面目标内"

    def _remove(self, place: Place, reason: str, note: str | None) -> str:
        code = check_reason(self.campaign.removal_reasons, reason, note).key
        self._change(place.employer_id, "removed", place.county, code, note)
        return f"已核销（{removal_name(code, self.campaign)}）"

    def move(self, unit: int, to: str, note: str | None) -> None:
        """X at the giver and A at the taker, each where it has a baseline: zero for the city."""
        places = self.places.get(unit, [])
        held = member_of(places)
        number = held.employer_id if held else unit
        if held is not None and held.county != to:
            code = check_reason(self.campaign.removal_reasons, ELSEWHERE, note).key
            self._change(number, "removed", held.county, code, note)
        if baseline_of(self.db, self.campaign, to, self.as_of) is None or (held and held.county == to):
            return
        back = next((place for place in places if place.county == to), None)
        removal = back and open_change(self.db, self.campaign, back.employer_id, "removed", to)
        if removal:
            cancel_change(self.db, removal, reason="划回", by=self.by, on=self.as_of)
        elif back is None and (held or self._is_target(unit)):
            code = check_reason(self.campaign.addition_reasons, MOVED_IN, note).key
            self._change(number, "added", to, code, note)

    def _is_target(self, unit: int) -> bool:
        target = look_at(self.db, self.campaign, self.as_of, [unit]).get(unit)
        return target is not None and target["in_r"] and not target["declared"]

    def join(self, unit: int, county: str, target: Mapping[str, Any] | None) -> str:
        """A unit the county added itself counts in A, if it should declare and has not."""
        if target is None:
            return ""
        try:
            places = self.places.get(unit, [])
            check_addition(places, county, in_r=target["in_r"], declared=target["declared"])
        except RuleRefused as refusal:
            return f"未计入扩面目标：{refusal.message}"
        code = check_reason(self.campaign.addition_reasons, FOUND, None).key
        self._change(unit, "added", county, code, None)
        return "已计入扩面目标（新增）"

    def rejoin(self, unit: int, county: str, target: Mapping[str, Any] | None) -> str:
        """A unit that was out when the baseline froze and works again: nothing is cancelled, so it is an addition."""
        if unit in self.places or target is None or not target["in_r"] or target["declared"]:
            return ""
        code = check_reason(self.campaign.addition_reasons, CORRECTED, None).key
        self._change(unit, "added", county, code, "核对结论改变，恢复应申报")
        return "已计入扩面目标（信息更正后纳入）"

    def _change(self, number: int, change: str, county: str, code: str, note: str | None) -> None:
        change_membership(
            self.db,
            self.campaign,
            number,
            change,
            county=county,
            reason_code=code,
            note=note,
            by=self.by,
            on=self.as_of,
        )


def look_at(db: Session, campaign: Campaign, as_of: date, units: list[int]) -> dict[int, dict[str, Any]]:
    """The targets of these units alone, as they are with all that this transaction did; nobody else sees them."""
    db.execute(text("DROP TABLE IF EXISTS pg_temp.verification_unit"))
    db.execute(text("CREATE TEMP TABLE verification_unit (employer_id bigint) ON COMMIT DROP"))
    db.execute(
        text("INSERT INTO verification_unit SELECT unnest(CAST(:units AS bigint[]))"), {"units": units}
    )
    moment = moment_of(db, campaign, as_of)
    shadow_targets(db)
    store_targets(db, campaign, moment, only="verification_unit")
    found = list_targets(db, campaign, Wanted(), facts=moment.facts)
    return {target["employer_id"]: target for target in found}

"""A unit that one county says is another's moves only when the other confirms (1.7)."""

from datetime import date
from typing import Any

from models.actions.verification import answer_offer
from models.campaign import Campaign
from models.database import session, writing
from models.errors import RuleRefused
from models.queries.transfers import transfers
from models.verification import Transfer
from tasks.verification.effects import Lists


def list_transfers(campaign: Campaign, as_of: date, *, county: str | None = None) -> list[dict[str, Any]]:
    told = campaign.county_names
    with session() as db:
        found = transfers(db, campaign, as_of, county=county)
    return [one | {"from_name": told[one["from_county"]], "to_name": told[one["to_county"]]} for one in found]


def answer_transfer(
    campaign: Campaign, number: int, as_of: date, *, by: str, accept: bool, note: str | None = None
) -> dict[str, Any]:
    """The taker's word. Confirmed, the unit is the taker's from that day: X at the giver, A at the taker."""
    with writing() as db:
        found = next((one for one in transfers(db, campaign, as_of) if one["number"] == number), None)
        offer = db.get(Transfer, number)
        if found is None or offer is None or offer.campaign != campaign.key:
            raise RuleRefused(
                "E1287", f"截至 {as_of} 没有编号为 {number} 的划转，见 yingbao verification transfers。"
            )
        if offer.answer is not None:
            raise RuleRefused(
                "E1287", f"第 {number} 号划转已于 {offer.answered_on} {ANSWERS[offer.answer]}。"
            )
        if not accept and not (note or "").strip():
            raise RuleRefused("E1287", "拒绝接收必须写明理由（--note）。")
        answer = "accepted" if accept else "refused"
        answer_offer(db, offer, answer, note, on=as_of, by=by)
        if accept:
            Lists(db, campaign, as_of, by).move(found["unit"], offer.to_county, note or offer.note)
        return found | {"answer": answer, "answered_on": as_of, "answered_by": by, "answer_note": note}


ANSWERS = {"accepted": "确认接收", "refused": "拒绝接收", "withdrawn": "由原县（区）撤回"}

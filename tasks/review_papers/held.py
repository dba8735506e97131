"""A declaration with all that its papers need; one whose history was tampered with gets none."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from models.campaign import Campaign
from models.errors import RuleRefused
from models.filing import Act, DeclarationEvent, FiledDeclaration, Registrant
from models.form.form import Form
from models.queries.filings import chain_faults, find_declaration, find_registrant, form_of
from models.queries.papers import events_of

TAMPERED, NO_BUREAU = "E1765", "E1762"
DECISIONS = frozenset({Act.APPROVE, Act.REJECT})


@dataclass(frozen=True)
class Held:
    declaration: FiledDeclaration
    owner: Registrant
    events: list[DeclarationEvent]
    form: Form
    bureau: str

    @property
    def decided_on(self) -> date | None:
        """When the decision that stands was taken; a submission or a revocation waits for one."""
        last = next((one for one in reversed(self.events) if one.act != Act.EDIT), None)
        return last.effective_on if last and last.act in DECISIONS | {Act.IMPORT} else None

    @property
    def submitted(self) -> bool:
        """Whether this version ever left the employer's hands."""
        version = self.declaration.version
        return any(
            one.act != Act.EDIT and one.act != Act.SAVE and one.version == version for one in self.events
        )


def held(db: Session, campaign: Campaign, number: int) -> Held:
    declaration = find_declaration(db, number)
    if faults := chain_faults(db, [number]).get(number):
        told = "；".join(f"第{fault.number}步：{fault.message}" for fault in faults)
        raise RuleRefused(TAMPERED, f"第{number}号申报的办理记录与校验值不符，不能打印，请查明：{told}。")
    owner = find_registrant(db, declaration.registrant_id)
    form = form_of(db, declaration)
    return Held(declaration, owner, events_of(db, number), form, bureau_of(campaign, owner.reviewer))


def bureau_of(campaign: Campaign, code: str) -> str:
    """The agency that decides: a county's bureau, or the city's where it is set so (Q11)."""
    bureaus = {one.code: one.bureau for one in campaign.counties} | {campaign.city.code: campaign.city.bureau}
    if code not in bureaus:
        raise RuleRefused(NO_BUREAU, f"行动文件里没有审核机关 {code}，不知以谁的名义出具。")
    return bureaus[code]

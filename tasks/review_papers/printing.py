"""`review print`: the 申报表 of any declaration, the 回执 of an approved one (F23, 2.1)."""

from pathlib import Path

from sqlalchemy.orm import Session

from models import reference
from models.campaign import Campaign
from models.database import reading
from models.declaration import DeclarationState
from models.errors import RuleRefused
from models.filing import Source
from models.form.basics import Basics
from models.form.form import Form
from models.form.hazards import Exposure, HazardClass
from models.reference.words import industry_text, town_name
from notices.declaration_form import NOT_SAID, FormSheet, form_paper
from notices.declaration_receipt import ReceiptSheet, receipt_paper
from notices.paper import PrintedPaper, print_paper
from tasks.review_papers.held import Held, held

NOT_APPROVED = "E1763"
SECRET, NOTHING = "涉密", "无"
MOST_NAMED = 12  # factors that a 回执 names; of more it gives the number


def print_form(campaign: Campaign, number: int, out: Path) -> PrintedPaper:
    with reading() as db:
        sheet = form_sheet(db, campaign, number)
    return print_paper(form_paper(sheet), out)


def print_receipt(campaign: Campaign, number: int, out: Path) -> PrintedPaper:
    with reading() as db:
        sheet = receipt_sheet(db, campaign, number)
    return print_paper(receipt_paper(sheet), out)


def form_sheet(db: Session, campaign: Campaign, number: int) -> FormSheet:
    one = held(db, campaign, number)
    basics = one.form.basics
    return FormSheet(
        number=number,
        version=one.declaration.version,
        state=one.declaration.state,
        draft=not one.submitted or one.declaration.state == DeclarationState.DRAFT,
        seal=one.declaration.head,
        steps=one.declaration.steps,
        filed_on=one.declaration.filed_on,
        decided_on=one.decided_on,
        bureau=one.bureau,
        place=place_of(basics),
        industry=industry_text(basics.industry) if basics.industry else "",
        form=one.form,
    )


def receipt_sheet(db: Session, campaign: Campaign, number: int) -> ReceiptSheet:
    """Only for what stands approved: a revoked approval has no 回执 any more."""
    one = held(db, campaign, number)
    if one.declaration.source == Source.PLATFORM:
        raise RuleRefused(NOT_APPROVED, f"第{number}号申报是平台审核的，回执由平台出具。")
    state, filed, approved = one.declaration.state, one.declaration.filed_on, one.decided_on
    if state != DeclarationState.APPROVED or filed is None or approved is None:
        raise RuleRefused(NOT_APPROVED, f"第{number}号申报是“{state}”，审核通过后才出具回执。")
    basics = one.form.basics
    return ReceiptSheet(
        number=number,
        version=one.declaration.version,
        seal=one.declaration.head,
        employer=basics.name or one.owner.name,
        code=basics.credit_code or NOT_SAID,
        type=one.form.type or NOT_SAID,
        filed_on=filed,
        approved_on=approved,
        bureau=one.bureau,
        workplace=basics.workplace_address or NOT_SAID,
        industry=industry_text(basics.industry),
        hazards=_hazards(one),
        exposed=basics.exposed or 0,
        products=_products(one.form),
    )


def place_of(basics: Basics) -> str:
    counties = dict(reference.province_counties().select("code", "name").iter_rows())
    county = counties.get(basics.county or "", basics.county or "")
    return f"{county}{town_name(basics.town) or ''}"


def _hazards(one: Held) -> tuple[str, ...]:
    if one.form.hazards is None:
        return ()
    present = [(kind, exposure) for kind, exposure in one.form.hazards.classes() if exposure.present]
    short = sum(len(exposure.factors) for _, exposure in present) > MOST_NAMED
    return tuple(_hazard(kind, exposure, short=short) for kind, exposure in present)


def _hazard(kind: HazardClass, exposure: Exposure, *, short: bool) -> str:
    names = [factor.name for factor in exposure.factors if factor.name]
    if not names:
        return kind.chinese
    return f"{kind.chinese}（{len(names)}种）" if short else f"{kind.chinese}（{'、'.join(names)}）"


def _products(form: Form) -> str:
    """How many kinds, never which."""
    products = form.products
    if products is None:
        return NOT_SAID
    if products.secret:
        return SECRET
    if [row.name for row in products.rows] == [NOTHING]:
        return NOTHING
    return f"{len(products.rows)}种，见申报表"

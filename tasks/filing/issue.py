"""Hand out the 申报表: blank, with a unit's facts of the database, or with what it declared last (2.1, F25)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from models import reference
from models.database import session
from models.employer import Employer
from models.errors import RuleRefused
from models.filing import Registrant
from models.form.basics import Basics, Size
from models.form.form import Form, FormType
from models.queries.filings import find_registrant, form_of
from models.queries.registrant_of import editable_of, last_approved_of, registrants_of_unit
from notices.form_book import Lookup, write_form_book
from notices.workbook import Cover
from tasks.code_lists import code_lists
from tasks.filing.layout import KIND, LAYOUT, lookups, pages_of
from tasks.membership import one_employer

SEVERAL, NONE_BEFORE = "E1737", "E1740"
STEPS = (
    "填写方法：",
    "1. 浅黄色的格子由用人单位填写，带 * 的必填；有下拉列表的从列表中选择。列和行可以移动，标题请不要改。",
    "2. 没有产品的，产品名称和计量单位填“无”、年产量填0；军工等涉密单位只选“军工等涉密产品：是”，不填任何产品。",
    "3. 六类危害因素逐一选“有”或“无”；有的，在“危害因素明细”里逐个写名称和接触人数，每个都不超过接害总人数（含外委）。",
    "4. 法定代表人不在本表填写，打印后手写签名。",
    "5. 填好后原样返回（Excel、WPS、LibreOffice 存的 xlsx、xls、ods 都可以），由县（区）用 yingbao review file 导入；"
    "全部问题一次列出，改正后可以重新导入。",
)


@dataclass(frozen=True)
class Wanted:
    """Whom a form is for: a unit of the database (number, code or name), a registration, or nobody yet."""

    unit: str | None = None
    registrant: int | None = None
    county: str | None = None
    type: FormType | None = None


@dataclass(frozen=True)
class Issued:
    file: Path
    name: str | None
    registrant: int | None
    prefilled: str  # where the facts came from


@dataclass(frozen=True)
class _Filled:
    form: Form
    source: str
    registrant: Registrant | None = None
    unit: int | None = None


def issue_form(wanted: Wanted, out: Path, as_of: date) -> Issued:
    with session() as db:
        filled = _filled(db, wanted, as_of)
    basics, registrant = filled.form.basics, filled.registrant
    name = basics.name or "空白"
    facts: list[tuple[str, str | int]] = [("单位名称", name), ("已填内容", filled.source)]
    facts.append(("填发日期", as_of.isoformat()))
    meta = {"kind": KIND, "layout": LAYOUT, "format": str(filled.form.format), "issued_on": as_of.isoformat()}
    meta |= {"registrant": str(registrant.id) if registrant else "", "unit": str(filled.unit or "")}
    meta |= {"county": basics.county or ""}
    pages = pages_of(filled.form, code_lists(), _counties())
    path = out / f"{_file_name(name, basics.credit_code)}.xlsx"
    write_form_book(path, Cover("职业病危害项目申报表", facts, STEPS), pages, _lookups(), meta)
    return Issued(path, basics.name, registrant.id if registrant else None, filled.source)


def issue_forms(wanted: Sequence[Wanted], out: Path, as_of: date) -> list[Issued]:
    return [issue_form(one, out, as_of) for one in wanted]


def _filled(db: Session, wanted: Wanted, as_of: date) -> _Filled:
    if wanted.registrant is not None:
        return _of_registrant(db, find_registrant(db, wanted.registrant), wanted, as_of)
    if wanted.unit is None:
        form = Form(type=wanted.type, year=as_of.year, basics=Basics(county=wanted.county))
        return _Filled(form, "无，空白表")
    unit = one_employer(db, wanted.unit)
    known = registrants_of_unit(db, unit)
    if len(known) > 1:
        numbers = "、".join(str(one.id) for one in known)
        raise RuleRefused(SEVERAL, f"“{wanted.unit}”有几个注册（{numbers}），请用 --registrant 写明哪一个。")
    if known:
        return _of_registrant(db, known[0], wanted, as_of)
    employer = db.get_one(Employer, unit)
    form = Form(type=wanted.type or FormType.FIRST, year=as_of.year, basics=_basics(employer))
    return _Filled(form, "数据库中的单位信息", unit=unit)


def _of_registrant(db: Session, registrant: Registrant, wanted: Wanted, as_of: date) -> _Filled:
    """What is still open is gone on with; else the last approval, without what belongs to its year."""
    unit = registrant.employer_id
    if one := editable_of(db, registrant.id):
        form = form_of(db, one)
        kept = form.model_copy(update={"type": wanted.type or form.type})
        return _Filled(kept, f"第{one.id}号申报（{one.state}）", registrant, unit)
    last = last_approved_of(db, registrant.id)
    if last is not None:
        again = Form(
            type=wanted.type or FormType.ANNUAL,
            year=as_of.year,
            basics=last.basics.model_copy(update={"trained": None}),
            products=last.products,
            hazards=last.hazards,
        )
        return _Filled(again, "上次审核通过的申报（检测、监护为本年度的，请重新填写）", registrant, unit)
    if wanted.type in (FormType.ANNUAL,):
        raise RuleRefused(NONE_BEFORE, f"“{registrant.name}”没有审核通过的申报，不能作年度更新。")
    employer = db.get(Employer, unit) if unit else None
    own: dict[str, object] = {
        "name": registrant.name,
        "credit_code": registrant.credit_code,
        "county": registrant.county,
    }
    own |= {"is_branch": registrant.is_branch, "parent_code": registrant.parent_code}
    basics = (_basics(employer) if employer else Basics()).model_copy(update=own)
    return _Filled(
        Form(type=wanted.type or FormType.FIRST, year=as_of.year, basics=basics), "注册信息", registrant, unit
    )


def _basics(unit: Employer) -> Basics:
    """Facts of the database that the form asks for. Its telephone may be anybody's: left to the unit."""
    return Basics(
        name=unit.name,
        credit_code=unit.credit_code,
        is_branch=unit.is_branch,
        county=unit.county,
        town=unit.town,
        registered_address=unit.registered_address,
        workplace_address=unit.address,
        size=Size(unit.size) if unit.size else None,
        economic_type=unit.economic_type,
        industry=unit.industry,
        headcount=unit.headcount,
    )


def _counties() -> dict[str, str]:
    rows = reference.city_counties().select("code", "name").iter_rows()
    return {code: name for code, name in rows if not code.endswith("00")}


def _lookups() -> list[Lookup]:
    rows = reference.read_list("hazard_factors_2015").select("name", "category").iter_rows()
    return lookups(code_lists(), [list(row) for row in rows])


def _file_name(name: str, code: str | None) -> str:
    safe = "".join(sign if sign.isalnum() or sign in "（）()_-" else "_" for sign in name)
    return f"职业病危害项目申报表_{safe}{f'_{code}' if code else ''}"[:120]

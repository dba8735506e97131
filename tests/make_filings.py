"""Builders of registrants and declarations under review, and the people who act on them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.actions import registrants, review
from models.filing import FiledDeclaration, Level, Registrant, Registration
from models.form.form import Form
from models.rules.registration import Entry
from models.rules.review import Actor
from tests.make_forms import CODE, DAY, lists, make_form

LIUJIANG, LIUBEI, CITY, REGION = "450206", "450205", "450200", "450000"
COUNTY = Actor(Level.COUNTY, LIUJIANG, "柳江 李四")
OTHER_COUNTY = Actor(Level.COUNTY, LIUBEI, "柳北 王五")
AT_CITY = Actor(Level.CITY, CITY, "市级 赵六")
AT_REGION = Actor(Level.REGION, REGION, "自治区 钱七")


def employer(registrant: int) -> Actor:
    return Actor(Level.EMPLOYER, str(registrant), "韦一")


def make_entry(**changes: Any) -> Entry:
    given: dict[str, Any] = {"name": "柳州市鑫鸿铸造有限公司", "credit_code": CODE, "is_branch": False}
    return Entry(**{**given, "parent_code": None, "county": LIUJIANG, **changes})


def make_registrant(
    db: Session, *, unit: int | None = None, approved: bool = True, **changes: Any
) -> Registrant:
    made = registrants.register(db, make_entry(**changes), by="韦一", on=DAY, employer_id=unit)
    if approved:
        reviewer = Actor(Level.COUNTY, made.reviewer, "李四")
        registrants.decide_registration(db, made.id, Registration.APPROVED, actor=reviewer, on=DAY)
    return made


def make_declaration(
    db: Session,
    registrant: int,
    *acts: str,
    on: date = DAY,
    changes: Mapping[str, Any] | None = None,
    form: Form | None = None,
) -> FiledDeclaration:
    """A saved declaration, led on by `acts`: 提交, 审核通过, 审核不通过, 撤销."""
    made = review.save(db, registrant, form or make_form(changes), actor=employer(registrant), on=on)
    for act in acts:
        do(db, made, act, on=on)
    return made


def do(
    db: Session, declaration: FiledDeclaration, act: str, *, on: date = DAY, actor: Actor | None = None
) -> None:
    own = actor or employer(declaration.registrant_id)
    number = declaration.id
    if act == "提交":
        review.submit(db, number, (), versions=lists().versions, actor=own, on=on)
    elif act == "审核通过":
        review.approve(db, number, actor=actor or COUNTY, on=on)
    elif act == "审核不通过":
        review.reject(db, number, ["人数不符", "缺检测报告"], actor=actor or COUNTY, on=on)
    elif act == "撤销":
        review.revoke(db, number, "接害人数有误", actor=actor or COUNTY, on=on)
    else:
        raise ValueError(act)

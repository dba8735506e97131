"""A county's autumn: what was filed, returned, corrected, approved and found, each on its day (C05).

柳江区: 甲 to 己 file with us and 庚 is returned; 辛 is on the platform. 柳北区: 壬, with an error nobody saw.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from models.actions import objections, review
from models.database import session
from models.filing import FiledDeclaration
from models.inspection import Inspection
from models.rules.checking import Case
from models.rules.checks import run_checks
from models.rules.credit_code import ALPHABET, is_credit_code
from tests.make_filings import AT_CITY, COUNTY, LIUBEI, OTHER_COUNTY, do, employer, make_registrant
from tests.make_forms import lists, make_form
from tests.make_targets import campaign_on_file, declare, make_known

SAME: dict[str, Any] = {"industry": "3391", "headcount": 25, "size": "小"}  # as the sound form says
AUGUST, SEPTEMBER = 8, 9
QUESTIONED = {"hazards.dust.factors.0.name": "月球尘"}  # E1628, to be looked at


class Autumn:
    def __init__(self) -> None:
        self.units: dict[str, int] = {}
        self.declarations: dict[str, FiledDeclaration] = {}
        with session() as db:
            self._file(db)
            self._platform(db)

    def _file(self, db: Session) -> None:
        self._enter(db, "甲", industry="3311")
        self._acts(db, "甲", ("提交", 8, 5), ("审核不通过", 8, 6), ("提交", 8, 20), ("审核通过", 8, 21))
        self._enter(db, "乙", headcount=90, size="中")
        self._acts(db, "乙", ("提交", 8, 12), ("审核不通过", 8, 20), ("提交", 9, 5), ("审核通过", 9, 6))
        self._enter(db, "丙")
        self._acts(db, "丙", ("提交", 9, 2), ("审核不通过", 9, 3), ("提交", 9, 18), ("审核通过", 9, 26))
        self._enter(db, "丁", changes=QUESTIONED)
        self._acts(db, "丁", ("提交", 9, 20))  # due on the 27th
        self._enter(db, "戊")
        self._acts(db, "戊", ("提交", 9, 24))  # due on the 30th: Sunday the 29th is worked
        self._enter(db, "庚", changes=QUESTIONED)
        self._acts(db, "庚", ("提交", 9, 19), ("审核不通过", 9, 20))
        self._enter(db, "壬", county=LIUBEI, changes={"basics.exposed": 19})  # 20 are exposed to 物理因素
        self._acts(db, "壬", ("提交", 9, 2), ("审核通过", 9, 9))
        given = {"actor": AT_CITY, "on": date(2024, 9, 10), "due_on": date(2024, 9, 20)}
        objections.raise_objection(db, self.declarations["甲"].id, "行业不符", **given)

    def _platform(self, db: Session) -> None:
        unit = make_known(db, name="辛", name_key="辛", industry="33", headcount=25)
        self.units["辛"] = unit.id
        declare(db, unit, from_on=date(2024, 7, 1))
        made = Inspection(campaign=campaign_on_file().key, employer_id=unit.id, by="张三", inspector="赵队长")
        made.done_on, made.occasion, made.prompt = date(2024, 9, 10), "双随机检查", "变更申报"
        db.add(made)

    def _enter(
        self,
        db: Session,
        name: str,
        *,
        county: str = "450206",
        changes: Mapping[str, Any] | None = None,
        **facts: Any,
    ) -> None:
        unit = make_known(db, name=name, name_key=name, county=county, **{**SAME, **facts})
        self.units[name] = unit.id
        code = make_code(len(self.units))
        owner = make_registrant(db, unit=unit.id, name=name, county=county, credit_code=code, approved=False)
        form = make_form({"basics.name": name, **(changes or {})})
        first = date(2024, 8, 1)
        self.declarations[name] = review.save(db, owner.id, form, actor=employer(owner.id), on=first)

    def _acts(self, db: Session, name: str, *acts: tuple[str, int, int]) -> None:
        for act, month, day in acts:
            self.act(db, name, act, date(2024, month, day))

    def act(self, db: Session, name: str, act: str, on: date) -> None:
        made = db.get_one(FiledDeclaration, self.declarations[name].id)
        if act != "提交":
            do(db, made, act, on=on, actor=OTHER_COUNTY if name == "壬" else COUNTY)
            return
        form = make_form(QUESTIONED) if name in "丁庚" else make_form()
        findings = run_checks(Case(form=form, on=on, lists=lists()))
        own = employer(made.registrant_id)
        review.submit(db, made.id, findings, versions=lists().versions, actor=own, on=on)


def make_code(number: int) -> str:
    """A credit code of its own, its check digit right."""
    body = f"9145020073514{number:04d}"
    return next(body + last for last in ALPHABET if is_credit_code(body + last))


def instant() -> Any:
    with session() as db:
        return db.execute(text("SELECT clock_timestamp()")).scalar_one()

"""Builders of declarations: a sound one of a foundry in 柳江区, changed field by field by its path."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any

from models import reference
from models.form.form import Form
from models.rules.checking import Case
from models.rules.code_lists import CodeLists

CODE, PARENT, OTHER = "91450200735148460A", "914403001922038216", "91110000802100433B"
DAY = date(2024, 9, 2)
GONE = object()  # the key is not in the document at all

SOUND: dict[str, Any] = {
    "type": "初次申报",
    "year": 2024,
    "basics": {
        "name": "柳州市鑫鸿铸造有限公司",
        "credit_code": CODE,
        "is_branch": False,
        "county": "450206",
        "town": "450206100",
        "registered_address": "柳州市柳江区拉堡镇柳堡路1号",
        "workplace_address": "柳州市柳江区拉堡镇柳堡路1号",
        "size": "小",
        "economic_type": "私营有限责任公司",
        "industry": "3391",
        "contact": "韦一",
        "phone": "13807720001",
        "headcount": 25,
        "outsourced": 5,
        "exposed": 20,
        "diseased": 0,
        "leader_trained": True,
        "manager_trained": False,
    },
    "products": {"rows": [{"name": "铸件", "output": "1200", "unit": "吨"}]},
    "hazards": {
        "dust": {"present": True, "exposed": 15, "factors": [{"name": "矽尘", "exposed": 12}]},
        "chemical": {"present": False, "exposed": 0},
        "physical": {"present": True, "exposed": 20, "factors": [{"name": "噪声", "exposed": 18}]},
        "radioactive": {"present": False, "exposed": 0},
        "biological": {"present": False, "exposed": 0},
        "other": {"present": False, "exposed": 0},
    },
    "monitoring": {
        "done": True,
        "agency": "柳州市职业病防治所",
        "report_nos": "LZ-2024-11/LZ-2024-12",
        "rows": [
            {"of": "粉尘", "measured": 6, "exceeding": 1},
            {"of": "噪声", "measured": 8, "exceeding": 0},
        ],
    },
    "surveillance": {
        "done": True,
        "agency": "柳州市职业病防治所",
        "report_nos": "TJ-2024-7",
        "rows": [{"of": "dust", "during_due": 15, "during_done": 15}],
    },
}


def make_document(changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """`changes`: path → new value, `hazards.dust.factors.0.exposed`."""
    made = deepcopy(SOUND)
    for path, value in (changes or {}).items():
        *above, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        at: Any = made
        for step in above:
            at = at[step]
        if value is GONE:
            del at[last]
        else:
            at[last] = value
    return made


def make_form(changes: Mapping[str, Any] | None = None) -> Form:
    return Form.model_validate(make_document(changes))


@cache
def lists() -> CodeLists:
    return CodeLists.build(
        counties=reference.province_counties(),
        towns=reference.city_towns(),
        industries=reference.industries(),
        factors=reference.read_list("hazard_factors_2015"),
    )


def make_case(changes: Mapping[str, Any] | None = None, *, on: date = DAY, **known: Any) -> Case:
    return Case(form=make_form(changes), on=on, **({"lists": lists()} | known))

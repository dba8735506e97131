"""F06: who types 柳钢 finds the works first, with its code and county."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from models.queries.unit_search import search_units
from models.rules.name_search import Fragment, address_prefix
from tasks.normal_rows import gazetteer
from tests.make_forms import CODE
from tests.make_targets import campaign_on_file, make_employer

PLACES = gazetteer(campaign_on_file())
# name, its own part, workers
UNITS = {
    "广西柳州钢铁集团有限公司": ("钢铁", 20_000),
    "广西柳钢工程技术有限公司": ("柳钢工程技术", 300),
    "柳州钢圈厂": ("钢圈", 80),
    "柳州市鑫鸿钢材经营部": ("鑫鸿钢材经营部", 4),
    "柳州市恒钢机械有限公司": ("恒钢机械", 60),
    "桂林柳恒木业有限公司": ("桂林柳恒木业", 500),
    "广西柳州市鑫鸿铸造有限公司": ("鑫鸿铸造", 25),
    "柳城县鑫鸿铸造有限公司": ("鑫鸿铸造", 12),
    "鹿寨化肥有限责任公司": ("化肥", 700),
}


@pytest.fixture
def known(db: Session) -> Session:
    for name, (core, headcount) in UNITS.items():
        county = "450222" if name.startswith("柳城") else "450205"
        make_employer(db, name=name, name_key=name, name_core=core, headcount=headcount, county=county)
    branch = "广西柳州钢铁集团有限公司柳江分公司"
    facts = {"name": branch, "name_key": branch, "name_core": "钢铁", "branch_part": "柳江分公司"}
    make_employer(db, **facts, headcount=30_000, is_branch=True)
    make_employer(db, **facts, headcount=1, ended_at=datetime(2024, 1, 1, tzinfo=UTC))
    return db


def hits(db: Session, said: str, county: str | None = None, limit: int = 20) -> list[str]:
    fragment = Fragment.of(said, PLACES)
    found = search_units(db, fragment, address_prefix=address_prefix(PLACES), county=county, limit=limit)
    return [hit["name"] for hit in found]


@pytest.mark.parametrize(
    ("said", "first"),
    [
        pytest.param(
            "柳钢",
            [
                "广西柳州钢铁集团有限公司",
                "广西柳钢工程技术有限公司",
                "柳州钢圈厂",
                "广西柳州钢铁集团有限公司柳江分公司",
                "柳州市恒钢机械有限公司",
                "柳州市鑫鸿钢材经营部",
            ],
            id="简称：大厂在前，分公司在后，隔得远的最后",
        ),
        pytest.param("鹿化", ["鹿寨化肥有限责任公司"], id="县名加字号"),
        pytest.param("鑫鸿铸造", ["广西柳州市鑫鸿铸造有限公司", "柳城县鑫鸿铸造有限公司"], id="字号"),
        pytest.param("柳城县鑫鸿铸造有限公司", ["柳城县鑫鸿铸造有限公司"], id="全称"),
        pytest.param(
            "柳江区鑫鸿铸造", ["广西柳州市鑫鸿铸造有限公司", "柳城县鑫鸿铸造有限公司"], id="地区写错"
        ),
        pytest.param("钢铁集团柳江", ["广西柳州钢铁集团有限公司柳江分公司"], id="跳着写"),
        pytest.param("不存在的厂名", [], id="没有"),
        pytest.param("%%", [], id="通配符只是字"),
    ],
)
def test_the_likeliest_first(known: Session, said: str, first: list[str]) -> None:
    assert hits(known, said)[: len(first)] == first if first else hits(known, said) == []


def test_what_is_in_the_answer(db: Session) -> None:
    address = "广西柳州市柳江区拉堡镇1号"
    unit = make_employer(db, name="甲厂", credit_code=CODE, address=address, name_key="甲厂").id
    for said in ("甲厂", CODE, CODE[:10].lower()):
        (hit,) = search_units(
            db, Fragment.of(said, PLACES), address_prefix=address_prefix(PLACES), county=None, limit=5
        )
        assert (hit["unit"], hit["credit_code"], hit["county"]) == (unit, CODE, "450206")
        assert hit["address"] == "柳江区拉堡镇1号"


def test_county_and_limit(known: Session) -> None:
    assert hits(known, "鑫鸿", county="450222") == ["柳城县鑫鸿铸造有限公司"]
    assert hits(known, "柳钢", limit=1) == ["广西柳州钢铁集团有限公司"]

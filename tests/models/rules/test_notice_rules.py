"""What a notice may say of a unit's hazards and diseases, and where it is handed out (A04, 2.1, 2.9)."""

from datetime import date

import pytest

from models.reference import industries, read_list
from models.rules.notice_hazards import Gap, Likely, Source, likely
from models.rules.notice_industry import IndustryPath, industry_path
from models.rules.notice_rows import OLD_CATARACT, DerivedRows, RowKind, Word, as_listed, comparable, joined
from models.rules.notice_walk import street_and_number
from models.rules.notice_words import Catalogue, catalogue_on, chinese_day

HAZARDS, DISEASES = read_list("industry_typical_hazards"), read_list("hazard_disease_map")
PACKAGED = DerivedRows.build(HAZARDS, DISEASES, {})
OLD = Catalogue.OF_2013


def found(own: str | None, industry: str | None = None, derived: DerivedRows = PACKAGED) -> Likely:
    answer = likely(own, industry, derived, OLD)
    assert isinstance(answer, Likely)
    return answer


@pytest.mark.parametrize(
    ("day", "catalogue"),
    [(date(2024, 8, 9), "2013"), (date(2025, 7, 31), "2013"), (date(2025, 8, 1), "2024")],
    ids=str,
)
def test_catalogue_in_force(day: date, catalogue: str) -> None:
    assert catalogue_on(day) == catalogue


def test_every_disease_of_the_map_stands_in_the_list_of_its_day() -> None:
    for catalogue, name in (
        (Catalogue.OF_2013, "occupational_diseases_2013"),
        (Catalogue.OF_2024, "occupational_diseases_2024"),
    ):
        listed = set(read_list(name)["name"])
        assert {as_listed(disease, catalogue) for disease in DISEASES["disease"]} <= listed


@pytest.mark.parametrize(
    ("own", "industry", "hazards", "diseases"),
    [
        ("噪声；苯", None, ("噪声", "苯"), ("噪声聋", "苯中毒", "爆震聋")),
        ("噪声；高温；苯；甲苯", None, ("噪声", "高温", "苯"), ("噪声聋", "中暑", "苯中毒")),
        ("矽尘(游离SiO2含量≥10%)", None, ("矽尘（游离SiO2含量≥10%）",), ("矽肺",)),
        ("矽尘", None, ("矽尘（游离SiO2含量≥10%）",), ("矽肺",)),
        ("自编粉尘；噪声", None, ("噪声", "自编粉尘"), ("噪声聋", "爆震聋")),
        ("以上未提及的可导致职业病的其他粉尘；噪声", None, ("噪声", "以上未提及的可导致职业病的其他粉尘"), ("噪声聋", "爆震聋")),
        ("三硝基甲苯", None, ("三硝基甲苯",), ("三硝基甲苯中毒", OLD_CATARACT)),
        (None, "1340", ("噪声", "高温", "二氧化硫"), ("噪声聋", "中暑", "二氧化硫中毒")),
        ("", "1340", ("噪声", "高温", "二氧化硫"), ("噪声聋", "中暑", "二氧化硫中毒")),
    ],
    ids=["自有两种", "多于三种取三种", "半角括号", "简称", "目录外的排后", "其他粉尘排后", "2013目录名", "行业", "自有为空"],
)  # fmt: skip
def test_likely(
    own: str | None, industry: str | None, hazards: tuple[str, ...], diseases: tuple[str, ...]
) -> None:
    answer = found(own, industry)
    assert (answer.hazards, answer.diseases) == (hazards, diseases)


@pytest.mark.parametrize(
    ("own", "industry", "gap"),
    [
        (None, None, Gap.NO_HAZARDS),
        (None, "9999", Gap.NO_HAZARDS),
        ("自编粉尘", "1340", Gap.NO_DISEASES),
        ("工频电磁场", None, Gap.NO_DISEASES),
    ],
    ids=["无行业", "行业无危害", "自有名称无从对应", "无对应职业病"],
)
def test_nothing_known_goes_to_a_person(own: str | None, industry: str | None, gap: Gap) -> None:
    assert likely(own, industry, PACKAGED, OLD) is gap


def test_own_hazards_need_no_expert_but_their_diseases_do() -> None:
    own, derived = found("噪声"), found(None, "1340")
    assert (own.source, [row.kind for row in own.unconfirmed]) == (Source.OWN, [RowKind.FACTOR])
    assert derived.source is Source.INDUSTRY
    assert [row.key for row in derived.unconfirmed] == ["134", "噪声", "高温", "二氧化硫"]


def words(
    key: str, quoted: str, *, kind: RowKind = RowKind.INDUSTRY, proposed: str | None = None
) -> DerivedRows:
    rows = PACKAGED.industries if kind is RowKind.INDUSTRY else PACKAGED.factors
    return DerivedRows.build(
        HAZARDS, DISEASES, {(kind, key): Word(proposed or joined(rows[comparable(key)].proposed), quoted)}
    )


def test_an_experts_word_is_what_is_quoted() -> None:
    corrected = found(None, "1340", words("134", "石灰石粉尘；噪声"))
    assert corrected.hazards == ("噪声", "石灰石粉尘")  # 石灰石粉尘 has an open clause only
    assert "134" not in [row.key for row in corrected.unconfirmed]
    assert likely(None, "1340", words("134", ""), OLD) is Gap.NOT_TO_BE_QUOTED
    assert found("噪声", None, words("噪声", "噪声聋", kind=RowKind.FACTOR)).unconfirmed == ()


def test_a_word_on_another_text_no_longer_counts() -> None:
    stale = found(None, "1340", words("134", "噪声", proposed="噪声；粉尘"))
    assert stale.hazards == found(None, "1340").hazards
    assert stale.unconfirmed[0].key == "134"


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("3110", IndustryPath("制造业", "黑色金属冶炼和压延加工业", "炼铁")),
        ("311", IndustryPath("制造业", "黑色金属冶炼和压延加工业", "炼铁")),
        ("31", IndustryPath("制造业", "黑色金属冶炼和压延加工业", None)),
        ("0610", IndustryPath("采矿业", "煤炭开采和洗选业", "烟煤和无烟煤开采洗选")),
        ("3199", None),
        ("C", None),
        (None, None),
    ],
)
def test_industry_path(code: str | None, path: IndustryPath | None) -> None:
    listed = industries()
    names, sections = (
        dict(listed.select("code", "name").iter_rows()),
        dict(listed.select("code", "section").iter_rows()),
    )
    assert industry_path(code, names, sections) == path


def test_walking_order() -> None:
    keys = ["柳堡路12号", "柳堡路9号", "大道旁", None, "建都路1号", "柳堡路9号附1号", "柳堡路"]
    assert sorted(keys, key=street_and_number)[:5] == [
        "大道旁",
        "建都路1号",
        "柳堡路9号",
        "柳堡路9号附1号",
        "柳堡路12号",
    ]
    assert max(keys, key=street_and_number) is None


def test_day() -> None:
    assert chinese_day(date(2024, 8, 9)) == "2024年8月9日"

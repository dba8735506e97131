"""Which units of a county get a letter, what it says, in which order, and the preview of it (C11, A04)."""

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from models.actions.notice_confirmations import confirm_rows
from models.database import reading, session
from models.inbound import Kind
from models.rules.notice_hazards import Source
from models.rules.notice_rows import joined
from notices.letter import SAMPLE_MARK
from tasks.letter_content import derived_rows, occasion_of
from tasks.letters import CountyLetters, Wish, county_letters, preview
from tasks.targets import find_targets
from tests.make_targets import DAY, campaign_on_file, declare, list_on, make_known
from tests.notices.pdf_facts import text_of

pytestmark = pytest.mark.usefixtures("installation")
COUNTY = "450206"


def city() -> None:
    with session() as db:
        make_known(db, name="二号厂", town="450206100", address_key="柳堡路10号", hazards="噪声；苯")
        make_known(db, name="一号厂", town="450206100", address_key="柳堡路9号")
        make_known(db, name="三号厂", town="450206102", address_key="进德路1号")
        make_known(db, name="无镇厂", address_key=None)
        make_known(db, name="别县厂", county="450203")
        declare(db, make_known(db, name="已申报厂"))
        declare(db, make_known(db, name="疑似厂"), verdict="unsure")
        declare(db, make_known(db, name="待审厂"), from_on=None)
    find_targets(campaign_on_file(), DAY)


def found(day: date = DAY) -> CountyLetters:
    with reading() as db:
        occasion = occasion_of(db, campaign_on_file(), day)
        return county_letters(db, campaign_on_file(), DAY, COUNTY, occasion)


def test_undeclared_units_in_walking_order() -> None:
    city()
    letters = found()
    assert [draft.letter.employer for draft in letters.drafts] == ["一号厂", "二号厂", "三号厂", "无镇厂"]
    assert [draft.letter.number for draft in letters.drafts][:2] == ["450206-00001", "450206-00002"]
    assert {(line.employer, line.code) for line in letters.withheld} == {
        ("疑似厂", "E1508"),
        ("待审厂", "E1509"),
    }


def test_what_a_letter_says() -> None:
    city()
    first, second, *_ = found().drafts
    assert (first.source, first.letter.group, first.letter.hazards[:2]) == (
        Source.INDUSTRY,
        "炼铁",
        ("矽尘（游离SiO2含量≥10%）", "煤尘"),
    )
    assert (second.source, second.letter.hazards, second.letter.diseases[:2]) == (
        Source.OWN,
        ("噪声", "苯"),
        ("噪声聋", "苯中毒"),
    )
    assert (first.letter.bureau, first.letter.town, first.letter.mark) == (
        "柳江区卫生健康局",
        "拉堡镇",
        SAMPLE_MARK,
    )


def test_hazards_of_an_earlier_declaration() -> None:
    with session() as db:
        employer = make_known(db, name="到期厂")
        declare(db, employer, to_on=date(2024, 8, 1), hazards="高温")
    find_targets(campaign_on_file(), DAY)
    (draft,) = found().drafts
    assert (draft.source, draft.letter.hazards, draft.letter.diseases) == (Source.OWN, ("高温",), ("中暑",))


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"industry": None, "hazards": "噪声"}, "E1507"),
        ({"hazards": "不知名的粉"}, "E1503"),
        ({"industry": "5211"}, "E1501"),
    ],
    ids=["行业不明", "无对应职业病", "行业无常见危害"],
)
def test_nothing_known_goes_to_a_person(facts: dict[str, object], code: str) -> None:
    with session() as db:
        employer = make_known(db, name="某厂", **facts)
        list_on(db, Kind.LEAD, employer, {"name": "某厂", "channel": "monitoring"})
    find_targets(campaign_on_file(), DAY)
    letters = found()
    assert (letters.drafts, [line.code for line in letters.withheld]) == ((), [code])


def test_no_mark_once_every_quoted_row_is_confirmed() -> None:
    city()
    rows = derived_rows({})
    quoted = [rows.factors[name] for name in ("噪声", "苯")]
    with session() as db:
        said = {(row.kind, row.key): (row, joined(row.proposed)) for row in quoted}
        confirm_rows(db, said, expert="韦主任", on=DAY, by="张三")
    marks = {draft.letter.employer: draft.letter.mark for draft in found().drafts}
    assert marks == {"一号厂": SAMPLE_MARK, "二号厂": "", "三号厂": SAMPLE_MARK, "无镇厂": SAMPLE_MARK}
    assert found().unconfirmed[0].key == "311"


def test_preview_as_booklets_by_town(tmp_path: Path) -> None:
    city()
    made = preview(campaign_on_file(), DAY, COUNTY, tmp_path, Wish(back=True))
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "柳江区_乡镇不明_告知单.pdf",
        "柳江区_拉堡镇_告知单.pdf",
        "柳江区_百朋镇_告知单.pdf",
    ]
    assert (made.letters, len(made.not_made)) == (4, 2)
    assert "FandolFang-Regular 1.300" in made.faces
    pages = [text_of(page) for page in PdfReader(tmp_path / "柳江区_拉堡镇_告知单.pdf").pages]
    assert sum(SAMPLE_MARK in page for page in pages) == 2


def test_preview_of_single_letters(tmp_path: Path) -> None:
    city()
    made = preview(campaign_on_file(), DAY, COUNTY, tmp_path, Wish(booklets=False, limit=2))
    assert [file.path.name for file in made.files] == ["450206-00001_一号厂.pdf", "450206-00002_二号厂.pdf"]


def test_a_preview_leaves_nothing_behind(tmp_path: Path) -> None:
    city()
    counted = "SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM target), (SELECT max(computed_at) FROM target_day)"
    with session() as db:
        before = db.execute(text(counted)).one()
    preview(campaign_on_file(), DAY, COUNTY, tmp_path, Wish(limit=1))
    with session() as db:
        assert db.execute(text(counted)).one() == before

"""The annex on quality: I4 by county against the month before, kept with the month it was published in (C05)."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Engine, text

from models.actions import review
from models.actions.code_corrections import match_unit
from models.clock import SHANGHAI
from models.database import session
from models.employer import Placement
from models.filing import Registrant
from models.rules.figures_stored import from_stored, to_stored
from notices.bulletin.content import Paragraph
from notices.bulletin.figure_rows import figure_rows
from tasks.assessments import QualityDifference, freeze_month, shown_month, verify_month
from tasks.bulletin.making import make_bulletin
from tasks.bulletin.quality import quality_of, quality_story, quality_table
from tasks.figures import figures
from tasks.review_quality import quality_lines
from tests.make_filings import COUNTY
from tests.make_quality import Autumn
from tests.make_targets import campaign_on_file, make_known
from tests.tasks.bulletin.test_bulletin import text_of

CAMPAIGN = campaign_on_file()
END, LATE = date(2024, 9, 30), date(2024, 10, 12)
SAID = (
    "本月作出审核决定5件，不通过2件，不通过率40.00%，较上月下降26.67个百分点；超过5个工作日才决定1件；"
    "补正期届满的2件中，按期补正1件；本月已审核的3件经重查，1件填报有误；"
    "有效申报单位5家，年度更新逾期0家，与数据库不一致2家（见附件）。"
)


@pytest.fixture
def autumn(installation: Path) -> Autumn:  # noqa: ARG001
    return Autumn()


def words(blocks: tuple[Paragraph, ...]) -> str:
    return "".join(block.text for block in blocks)


@pytest.mark.usefixtures("autumn")
def test_the_table_and_the_sentence_say_what_was_counted_by_hand() -> None:
    found = figures(CAMPAIGN, END)
    lines = quality_of(CAMPAIGN, found)
    table = quality_table(CAMPAIGN, found, lines)
    rows = {
        line.row.name: dict(zip([column.key for column in table.shown], line.texts, strict=True))
        for line in figure_rows(table)
    }
    here = rows["柳江区"]
    assert (here["decided"], here["rejected:rate"], here["rejected:change"]) == ("4", "50.00", "-16.67")
    assert (here["corrected:rate"], here["corrected:change"]) == ("50.00", "-50.00")
    assert (here["mismatch:rate"], here["mismatch:change"]) == ("50.00", "0.00")
    assert (rows["柳城县"]["decided"], rows["柳城县"]["rejected:rate"]) == ("0", "—")
    assert (rows["合计"]["decided"], rows["合计"]["faulty:rate"]) == ("5", "33.33")
    assert words(quality_story(lines)) == SAID


def test_a_published_month_keeps_its_quality(autumn: Autumn, tmp_path: Path) -> None:
    freeze_month(CAMPAIGN, "2024-08", on=LATE, by="张三")
    frozen = freeze_month(CAMPAIGN, "2024-09", on=LATE, by="张三")
    assert frozen.quality
    first = make_bulletin(CAMPAIGN, tmp_path / "1", month="2024-09")
    with session() as db:
        review.approve(db, autumn.declarations["丁"].id, actor=COUNTY, on=date(2024, 9, 30))
    assert shown_month(CAMPAIGN, "2024-09").quality == frozen.quality
    again = make_bulletin(CAMPAIGN, tmp_path / "2", month="2024-09")
    assert first.issued.pdf.path.read_bytes() == again.issued.pdf.path.read_bytes()
    assert SAID in text_of(first.issued.pdf.path)
    sheet = openpyxl.load_workbook(first.issued.xlsx)["申报质量"]
    formulas = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) >= 12 * 11  # six shares and their changes, ten counties and the city


def test_a_published_months_quality_is_proved_whatever_came_later(autumn: Autumn) -> None:
    """A step dated back, a unit taken over by another, a registrant that is found to be another unit."""
    frozen = freeze_month(CAMPAIGN, "2024-09", on=LATE, by="张三")
    with session() as db:
        review.approve(db, autumn.declarations["丁"].id, actor=COUNTY, on=END)
        given = {"gone": autumn.units["甲"], "into": autumn.units["乙"]}
        db.execute(text("UPDATE employer SET merged_into = :into WHERE id = :gone"), given)
        moved = "UPDATE placement SET ended_at = now() WHERE employer_id = :gone RETURNING record_id"
        for seat in db.scalars(text(moved), given).all():
            db.add(Placement(record_id=seat, employer_id=given["into"]))
        filer = db.get_one(Registrant, autumn.declarations["丙"].registrant_id)
        make_known(db, name="丙", name_key="丙", credit_code=filer.credit_code, industry="8211")
        assert match_unit(db, filer) != autumn.units["丙"]
    assert quality_lines(CAMPAIGN, END, datetime.now(SHANGHAI)) != frozen.quality
    proof = verify_month(CAMPAIGN, "2024-09")
    assert proof.holds, proof.quality_differences


@pytest.mark.usefixtures("autumn")
def test_a_quality_figure_changed_behind_the_triggers_back_shows(engine: Engine) -> None:
    frozen = freeze_month(CAMPAIGN, "2024-09", on=LATE, by="张三")
    place = next(n for n, line in enumerate(frozen.quality) if line["county"] == "450206")
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE assessment DISABLE TRIGGER USER"))
        given = {"path": ["quality", str(place), "counts", "decided"]}
        changed = "UPDATE assessment SET figures = jsonb_set(figures, CAST(:path AS text[]), '5')"
        connection.execute(text(changed), given)
        connection.execute(text("ALTER TABLE assessment ENABLE TRIGGER USER"))
    proof = verify_month(CAMPAIGN, "2024-09")
    assert not proof.holds
    assert proof.quality_differences == [QualityDifference("450206", "decided", False, 5, 4)]


@pytest.mark.usefixtures("autumn")
def test_a_month_frozen_before_quality_was_kept_is_counted_as_known_then() -> None:
    frozen = freeze_month(CAMPAIGN, "2024-09", on=LATE, by="张三")
    kept = {key: value for key, value in to_stored(frozen).items() if key != "quality"}
    old = from_stored(kept, assessment=1, sha256="0" * 64)
    assert old.quality == ()
    assert quality_of(CAMPAIGN, old) == frozen.quality

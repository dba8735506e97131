"""Charts: what is drawn is what was counted, on the page and in the picture; readable without colour."""

from fractions import Fraction
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image

from notices.bulletin.charts.draw import draw
from notices.bulletin.charts.drawing import Drawing, Line, Rect, Words
from notices.bulletin.charts.png import SCALE, png
from notices.bulletin.charts.shade import shade
from notices.bulletin.charts.svg import svg
from notices.bulletin.content import Named, Progress, RankedBars, Tile, TileGrid
from notices.bulletin.formulas import Share
from tests.notices.bulletin.make_paper import COUNTIES, charts, rates

RANKED, PROGRESS, TILES, HEAT = (draw(chart) for chart in charts())
ALL = pytest.mark.parametrize(
    "drawing", [RANKED, PROGRESS, TILES, HEAT], ids=["排名", "进度", "方位", "热力"]
)


def words(drawing: Drawing) -> list[str]:
    return [part.text for part in drawing.parts if isinstance(part, Words)]


@ALL
def test_nothing_leaves_the_paper(drawing: Drawing) -> None:
    for part in drawing.parts:
        if isinstance(part, Rect):
            assert part.x >= 0
            assert part.x + part.width <= drawing.width
            assert part.y + part.height <= drawing.height
        elif isinstance(part, Words):
            long = sum(part.size * (1 if char > "⺀" else 0.6) for char in part.text)
            left = part.x - {"start": 0, "middle": long / 2, "end": long}[part.anchor]
            assert (left >= -0.5, left + long <= drawing.width + 1) == (True, True), part.text
            assert 0 < part.y < drawing.height


@ALL
def test_the_page_has_the_same_words(drawing: Drawing) -> None:
    held = ElementTree.fromstring(str(svg(drawing)))
    assert [one.text for one in held if one.tag.endswith("text")] == words(drawing)


@ALL
def test_the_picture_is_the_same_every_time(drawing: Drawing) -> None:
    first = png(drawing)
    assert first == png(drawing)
    image = Image.open(BytesIO(first))
    assert image.size == (round(drawing.width * SCALE), round(drawing.height * SCALE))
    assert len(first) < 60_000


def test_names_with_signs_of_markup() -> None:
    drawing = draw(RankedBars(title="<&>", bars=(Named("<甲&乙>", Share(1, 2)),)))
    held = ElementTree.fromstring(str(svg(drawing)))
    assert "<甲&乙>" in [one.text for one in held]


def test_bars_are_ranked_and_as_long_as_their_rates() -> None:
    said = words(RANKED)
    names = [one.name for one in rates()]
    assert [text for text in said if text in names] == names
    bars = [part for part in RANKED.parts if isinstance(part, Rect)]
    values = [one.share.value for one in rates() if one.share.value]
    assert [bar.width / bars[0].width for bar in bars] == pytest.approx(
        [float(value) / 100 for value in values]
    )
    assert said[-1] == "—"


def test_a_plan_can_be_passed() -> None:
    drawing = draw(RankedBars(title="超", bars=(Named("甲", Share(101, 100)), Named("乙", Share(1, 1)))))
    first, second = (part for part in drawing.parts if isinstance(part, Rect))
    assert first.width == second.width
    assert "101.00%" in words(drawing)


def test_a_month_without_a_rate_is_a_gap() -> None:
    none, half = Share(None, None), Share(1, 2)
    chart = Progress(
        title="", months=("1", "2", "3", "4", "5"), actual=(half, half, none, half), plan=(half,) * 5
    )
    lines = [
        part for part in draw(chart).parts if isinstance(part, Line) and part.width == 1.5 and not part.dash
    ]
    assert [len(line.points) for line in lines] == [2, 2, 1]  # the key, then two stretches
    assert words(draw(chart))[-1] == "50.00%"
    empty = Progress(title="", months=("1",), actual=(), plan=(half,))
    assert words(draw(empty))[-1] == "—"


def test_tiles_lie_where_the_content_says() -> None:
    boxes = [part for part in TILES.parts if isinstance(part, Rect)]
    west, north = min(row[9] for row in COUNTIES), min(row[10] for row in COUNTIES)
    step = (boxes[0].width + 4, boxes[0].height + 4)
    left = min(box.x for box in boxes)
    found = [(round((box.x - left) / step[0]), round(box.y / step[1])) for box in boxes]
    assert found == [(row[9] - west, row[10] - north) for row in COUNTIES]
    assert words(TILES).count("—") == 2
    assert "三江侗族" in words(TILES)
    alone = draw(TileGrid(title="", tiles=(Tile("甲", 7, 9, Share(1, 1)),)))
    assert alone.height < 80


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_shades_keep_their_order_without_colour_and_words_stay_readable() -> None:
    held = [shade(Fraction(value)) for value in range(0, 101, 5)]
    lights = [luminance(fill) for fill, _ in held]
    assert lights == sorted(lights, reverse=True)
    for fill, ink in held:
        lighter, darker = sorted((luminance(fill), luminance(ink)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) > 4

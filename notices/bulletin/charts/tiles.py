"""Counties as equal tiles where they lie to one another: no outlines, so no 审图号 is needed."""

from notices.bulletin.charts.drawing import BLACK, GREY, WHITE, WIDE, Drawing, Part, Rect, stacked, two_lines
from notices.bulletin.charts.shade import shade
from notices.bulletin.content import Tile, TileGrid

WIDEST, HIGH, GAP = 88.0, 56.0, 4.0
NAME, RATE = 9.0, 10.5


def draw_tiles(chart: TileGrid) -> Drawing:
    west, north = min(tile.column for tile in chart.tiles), min(tile.row for tile in chart.tiles)
    columns = max(tile.column for tile in chart.tiles) - west + 1
    rows = max(tile.row for tile in chart.tiles) - north + 1
    wide = min(WIDEST, WIDE / columns)
    left = (WIDE - wide * columns) / 2
    parts: list[Part] = []
    for tile in chart.tiles:
        parts += _tile(tile, left + (tile.column - west) * wide, (tile.row - north) * HIGH, wide)
    return Drawing(chart.title, WIDE, rows * HIGH, tuple(parts))


def _tile(tile: Tile, x: float, y: float, wide: float) -> list[Part]:
    value = tile.share.value
    fill, ink = (WHITE, BLACK) if value is None else shade(value)
    box = Rect(x + GAP / 2, y + GAP / 2, wide - GAP, HIGH - GAP, fill, GREY)
    lines = two_lines(tile.name)
    middle = x + wide / 2
    name_y = y + (HIGH * 0.34 if len(lines) > 1 else HIGH * 0.36)
    return [
        box,
        *stacked(middle, name_y, lines, NAME, ink),
        *stacked(middle, y + HIGH * 0.76, (tile.share.per_cent,), RATE, ink),
    ]

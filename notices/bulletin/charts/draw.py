"""Every kind of chart to its drawing."""

from notices.bulletin.charts.drawing import Drawing
from notices.bulletin.charts.heat import draw_heat
from notices.bulletin.charts.progress import draw_progress
from notices.bulletin.charts.ranked_bars import draw_ranked_bars
from notices.bulletin.charts.tiles import draw_tiles
from notices.bulletin.content import Chart, HeatTable, Progress, RankedBars, TileGrid


def draw(chart: Chart) -> Drawing:
    match chart:
        case RankedBars():
            return draw_ranked_bars(chart)
        case Progress():
            return draw_progress(chart)
        case TileGrid():
            return draw_tiles(chart)
        case HeatTable():
            return draw_heat(chart)

"""A drawing as a picture for Word, drawn with the packaged face: no system font, no date, so the same bytes."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from notices.bulletin.charts.drawing import Drawing, Line, Part, Rect, Words
from notices.pdf.faces import FILES, HEI

DPI = 200
SCALE = DPI / 72
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
COLOURS = 64  # few enough for a small file, enough for smooth letters


def png(drawing: Drawing) -> bytes:
    image = Image.new("RGB", (round(drawing.width * SCALE), round(drawing.height * SCALE)), "white")
    canvas = ImageDraw.Draw(image)
    for part in drawing.parts:
        _draw(canvas, part)
    out = BytesIO()
    image.quantize(COLOURS).save(out, "PNG", dpi=(DPI, DPI), optimize=False)
    return out.getvalue()


def _draw(canvas: ImageDraw.ImageDraw, part: Part) -> None:
    match part:
        case Rect():
            corner = (part.x + part.width, part.y + part.height)
            box = [(part.x * SCALE, part.y * SCALE), (corner[0] * SCALE, corner[1] * SCALE)]
            canvas.rectangle(box, fill=part.fill, outline=part.stroke or None, width=1)
        case Line():
            pen = max(1, round(part.width * SCALE))
            for start, end in _strokes(part):
                canvas.line([_scaled(start), _scaled(end)], fill=part.stroke, width=pen)
        case Words():
            place = (part.x * SCALE, part.baseline * SCALE)
            canvas.text(place, part.text, part.fill, _face(part.size), ANCHORS[part.anchor])


def _scaled(spot: tuple[float, float]) -> tuple[float, float]:
    return spot[0] * SCALE, spot[1] * SCALE


def _strokes(line: Line) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The stretches between the points, or the dashes along them."""
    strokes = []
    for (x0, y0), (x1, y1) in zip(line.points, line.points[1:], strict=False):
        long = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        count = max(1, round(long / (2 * line.dash))) if line.dash else 1
        part = 0.5 if line.dash else 1.0
        for at in range(count):
            a, b = at / count, (at + part) / count
            strokes.append(
                ((x0 + (x1 - x0) * a, y0 + (y1 - y0) * a), (x0 + (x1 - x0) * b, y0 + (y1 - y0) * b))
            )
    return strokes


@cache
def _face(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FILES[HEI]), size * SCALE)

"""A drawing as SVG inside the page's HTML: words stay words, set in the page's own face."""

from markupsafe import Markup

from notices.bulletin.charts.drawing import Drawing, Line, Part, Rect, Words
from notices.pdf.faces import HEI


def svg(drawing: Drawing) -> Markup:
    size = Markup('width="{w}pt" height="{h}pt" viewBox="0 0 {w} {h}"').format(
        w=_n(drawing.width), h=_n(drawing.height)
    )
    body = Markup("").join(_part(part) for part in drawing.parts)
    return Markup('<svg xmlns="http://www.w3.org/2000/svg" {}>{}</svg>').format(size, body)


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _part(part: Part) -> Markup:
    match part:
        case Rect():
            stroke = Markup(' stroke="{}" stroke-width="0.5"').format(part.stroke) if part.stroke else ""
            box = (_n(part.x), _n(part.y), _n(part.width), _n(part.height), part.fill)
            return Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"{}/>').format(*box, stroke)
        case Line():
            spots = " ".join(f"{_n(x)},{_n(y)}" for x, y in part.points)
            dash = Markup(' stroke-dasharray="{}"').format(_n(part.dash)) if part.dash else ""
            pen = Markup('stroke="{}" stroke-width="{}"{}').format(part.stroke, _n(part.width), dash)
            return Markup('<polyline points="{}" fill="none" {}/>').format(spots, pen)
        case Words():
            place = Markup('x="{}" y="{}" text-anchor="{}"').format(
                _n(part.x), _n(part.baseline), part.anchor
            )
            face = Markup('font-family="{}" font-size="{}" fill="{}"').format(HEI, _n(part.size), part.fill)
            return Markup("<text {} {}>{}</text>").format(place, face, part.text)

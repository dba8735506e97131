"""Shades that keep their order in black and white print: the more is done, the darker."""

from fractions import Fraction

from notices.bulletin.charts.drawing import BLACK, WHITE

LIGHT, DARK = (239, 243, 250), (31, 78, 121)
TURN = 0.72  # of the way: from here on white words are easier to read than black ones


def shade(value: Fraction) -> tuple[str, str]:
    """Fill and the colour of words upon it, for a rate in per cent."""
    part = min(max(float(value) / 100, 0.0), 1.0)
    mixed = (round(a + (b - a) * part) for a, b in zip(LIGHT, DARK, strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed), WHITE if part > TURN else BLACK

"""Two ways to one table: the figures' own rates, changes and places, and those the table works out (1.7, 2.5)."""

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.figures import ALL, Figures, Line, derived, total, with_ranks, without_baseline
from notices.bulletin.figure_rows import figure_rows
from notices.bulletin.progress_rows import progress_of

INDICATORS = {"I1": "严重行业", "I3": "≥10人"}
PRINTED = ("b", "x", "a", "n", "d", "p", "undeclared")
SMALL = st.integers(0, 40)


@st.composite
def counts(draw: st.DrawFn) -> dict[str, int | None]:
    b, a = draw(SMALL), draw(SMALL)
    x = draw(st.integers(0, b + a))
    d = draw(st.integers(0, b + a - x))
    p = draw(st.integers(0, b + a - x - d))
    made = {"r": 9, "r_declared": 0, "r_pending": 0, "b": b, "a": a, "x": x, "d": d, "p": p}
    for key in INDICATORS:
        whole = draw(SMALL)
        made |= {key: whole, f"{key}/declared": draw(st.integers(0, whole))}
    whole_line: dict[str, int | None] = dict(derived(made))
    return without_baseline(whole_line) if draw(st.integers(0, 4)) == 0 else whole_line


@st.composite
def figures(draw: st.DrawFn) -> Figures:
    codes = ["450202", "450203", "450225", ""]
    lines = [Line(code, code or "县区不明", draw(counts()), draw(st.none() | counts())) for code in codes]
    if not any(lines[-1].counts[key] for key in PRINTED):
        lines.pop()
    ranked = (*with_ranks(lines), total(lines, "柳州市"))
    return Figures("c", date(2024, 9, 30), datetime(2024, 10, 11, tzinfo=UTC), ranked)


@given(figures())
@settings(max_examples=60, deadline=None)
def test_the_table_says_what_the_figures_say(made: Figures) -> None:
    table = progress_of(made, INDICATORS, "进度表")
    held = {line.row.code or line.row.name: line for line in figure_rows(table)}
    for line in made.lines:
        found = held["合计" if line.county == ALL else line.county or "县区不明"]
        texts = {column.key: text for column, text in zip(table.shown, found.texts, strict=True)}
        for key in PRINTED:
            assert texts[key] == ("—" if line[key] is None else str(line[key]))
        rates = {"done": line.done, "worked": line.worked} | {
            f"{key}:rate": line.share(key) for key in INDICATORS
        }
        assert {key: texts[key] for key in rates} == {
            key: "—" if one is None else str(one).removesuffix("%") for key, one in rates.items()
        }
        assert texts["change"] == line.change
        if found.is_county:
            assert texts["place"] == ("—" if line.rank is None else str(line.rank))

"""What people write when they mean nothing: 无, /, \\n, NULL … (reference/README.md, dirt seen)."""

import polars as pl

# White space of every sort, then marks no one sees: zero-width characters and the byte order mark.
EDGES = " \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
EDGES += "\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff"

WORDS = """
无 暂无 没有 不详 未知 未填 未填写 空 无。 (无) （无） \\n \\N / \\ - -- --- — —— － * ** *** ? ？
NULL null Null None none NaN nan N/A n/a #N/A #REF! #VALUE! #NAME?
"""
MEANS_NOTHING = frozenset(["", *WORDS.split()])


def given(text: str | None) -> str | None:
    """The text without outer blanks, or null where nothing was meant."""
    if text is None:
        return None
    stripped = text.strip(EDGES)
    return None if stripped in MEANS_NOTHING else stripped


def given_column(texts: pl.Series) -> pl.Series:
    """The same over a column; most columns need no change, so look first."""
    edges = list(EDGES)
    if (texts.str.head(1).is_in(edges) | texts.str.tail(1).is_in(edges)).any():
        texts = texts.str.strip_chars(EDGES)
    nothing = texts.is_in(list(MEANS_NOTHING))
    return texts.set(nothing, None) if nothing.any() else texts

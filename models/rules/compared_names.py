"""What of a name is compared: its distinctive characters, and whether it names a part of a larger firm (Q10).

`bare` takes the words out that clerks leave out or swap (legal form, remarks in brackets), wherever they stand, so
that …有限公司柳城分公司(已搬迁) and …有限责任公司柳城分公司 are equal, while 一厂 and 二厂 stay apart.
"""

import polars as pl

from models.rules.old_characters import NEW, OLD
from models.rules.some_rows import replaced_where

REMARK = r"\([^()0-9]*\)"  # (已搬迁), (柳州); (2号) tells one works from the next
NUMBER = r"[0-9A-Z]{9,}"  # a code typed into the name's cell
NOISE = r"[^\p{Han}0-9A-Z()]"
LEGAL_WORDS = r"股份有限责任公司|股份有限公司|有限责任公司|有限公司|股份公司|集团公司|总公司|责任公司|有限责任|有限|公司|农民专业合作社|专业合作社"
LEGAL_LETTER = "[股份有限责任公司]"
MISREAD_FORM = (
    rf"{LEGAL_LETTER}(?:.?{LEGAL_LETTER})+.?$"  # …有公限司, …限么司; 公路 and 公交 are no legal forms
)
BARE_LIMIT = 2  # shorter than this, a name without its legal words says nothing
TAIL = r"(?:公司|合作社)[^()]+(?:\([^()]*\))?$"


def compared_names(units: pl.DataFrame) -> pl.DataFrame:
    """`units` with `whole` (the name without marks and numbers), `bare` and `is_part` (a branch, works or project)."""
    whole = _letters(pl.col("name_key"))
    core = _letters(pl.concat_str("name_core", pl.col("branch_part").fill_null(""), ignore_nulls=True))
    units = units.with_columns(plain=core.str.replace_all(REMARK, "").str.replace_all(r"[()]", ""))
    units = units.with_columns(_without_misread_form(units["plain"]))
    stripped = pl.col("plain").str.replace_all(LEGAL_WORDS, "")
    bare = pl.when(stripped.str.len_chars() >= BARE_LIMIT).then(stripped).otherwise(whole)
    named_part = (pl.col("branch_part").fill_null("") != "") | whole.str.contains(TAIL)
    return units.with_columns(
        whole=whole,
        bare=bare,
        named_part=named_part.fill_null(False),
        is_part=(named_part | pl.col("is_branch").fill_null(False)).fill_null(False),
    ).drop("plain")


def _without_misread_form(names: pl.Series) -> pl.Series:
    """A legal form that is written wrongly stands at the end of a name without a right one."""
    hint = names.str.tail(3).str.contains(LEGAL_LETTER) & ~names.str.contains("公司|合作社")
    return replaced_where(names, hint, MISREAD_FORM, "")


def _letters(name: pl.Expr) -> pl.Expr:
    return name.str.replace_all(NUMBER, "").str.replace_all(NOISE, "").str.replace_many(OLD, NEW)

"""What of a name is compared: its distinctive characters, and whether it names a part of a larger firm (Q10).

`bare` takes the words out that clerks leave out or swap (legal form, remarks in brackets), wherever they stand, so
that …有限公司柳城分公司(已搬迁) and …有限责任公司柳城分公司 are equal, while 一厂 and 二厂 stay apart.
"""

import polars as pl

IN_BRACKETS = r"\([^()]*\)"
LEGAL_WORDS = r"股份有限公司|有限责任公司|有限公司|股份公司|集团公司|总公司|责任公司|有限责任|有限|公司|农民专业合作社|专业合作社"
BARE_LIMIT = 2  # shorter than this, a name without its legal words says nothing
TAIL = r"(?:公司|合作社)[^()]+(?:\([^()]*\))?$"


def compared_names(units: pl.DataFrame) -> pl.DataFrame:
    """`units` with `bare` (distinctive characters) and `is_part` (a branch, works or project of a larger firm)."""
    whole = pl.concat_str("name_core", pl.col("branch_part").fill_null(""), ignore_nulls=True)
    stripped = whole.str.replace_all(IN_BRACKETS, "").str.replace_all(LEGAL_WORDS, "")
    bare = pl.when(stripped.str.len_chars() >= BARE_LIMIT).then(stripped).otherwise("name_key")
    named_part = (pl.col("branch_part").fill_null("") != "") | pl.col("name_key").str.contains(TAIL)
    return units.with_columns(
        bare=bare,
        named_part=named_part.fill_null(False),
        is_part=(named_part | pl.col("is_branch").fill_null(False)).fill_null(False),
    )

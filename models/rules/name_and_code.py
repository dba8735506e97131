"""Two cells run together: …有限公司 91450200735148460A, and the code's own cell empty."""

import polars as pl

# behind the last character of the name only what a code, well or badly written, is made of
BEHIND_NAME = r"^(.*[\p{Han})）])\s*([^\p{Han}()（）]{15,21})$"
LETTERS = 12  # of the signs behind the name so many at least are digits and capital letters
MOVED = "名称后面写的是信用代码，已移到信用代码栏；请核实。"


def parted(names: pl.Series, codes: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Names and codes, each in its place. Where a code is given in its own cell, nothing is moved."""
    rows = pl.DataFrame({"name": names, "code": codes})
    if not rows.select((pl.col("code").is_null() & (pl.col("name").str.len_bytes() >= 24)).any()).item():
        return names, codes
    tail = pl.col("name").str.extract(BEHIND_NAME, 2)
    spoken = pl.col("code").is_null() & (tail.str.count_matches("[0-9A-Za-z]") >= LETTERS)
    found = rows.select(
        name=pl.when(spoken).then(pl.col("name").str.extract(BEHIND_NAME, 1)).otherwise("name"),
        code=pl.when(spoken).then(tail).otherwise("code"),
    )
    return found["name"], found["code"]

"""Credit codes and old registration numbers with right check digits, a column at a time.

Written for the sample alone: the cleaner checks them with somebody else's code.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from tasks.sample.dice import Dice

CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = np.array([pow(3, i, 31) for i in range(17)])
ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
SINCE_2015 = "KLMNPQ"

Letters = npt.NDArray[np.uint8]


def credit_codes(dice: Dice, heads: pl.Series, regions: pl.Series, young: npt.NDArray[np.bool_]) -> pl.Series:
    """GB 32100: two characters of kind, six of region, nine of organisation (GB 11714), one check."""
    bodies = np.concatenate([_letters(heads), _letters(regions), _organisations(dice, young)], axis=1)
    values = _values(bodies, CREDIT) @ CREDIT_WEIGHTS
    check = np.frombuffer(CREDIT.encode(), np.uint8)[(31 - values % 31) % 31]
    return _text(np.concatenate([bodies, check[:, None]], axis=1))


def registration_numbers(dice: Dice, regions: pl.Series) -> pl.Series:
    """Fifteen digits: region, running number, check by ISO 7064 MOD 11,10."""
    n = len(regions)
    running = pl.Series(dice.many.integers(0, 10**8, n)).cast(pl.String).str.zfill(8)
    digits = np.concatenate([_letters(regions), _letters(running)], axis=1)
    product = np.full(n, 10)
    for column in (digits - ord("0")).astype(np.int64).T:
        total = (product + column) % 10
        product = np.where(total == 0, 10, total) * 2 % 11
    check = ((11 - product) % 10 + ord("0")).astype(np.uint8)
    return _text(np.concatenate([digits, check[:, None]], axis=1))


def _organisations(dice: Dice, young: npt.NDArray[np.bool_]) -> Letters:
    """Eight characters and their check: running numbers until 2015, MA5… since."""
    n = len(young)
    old = pl.Series(dice.many.choice(9 * 10**7, n, replace=False) + 10**7).cast(pl.String)
    space = len(SINCE_2015) * 31**4
    running = dice.many.choice(space, n, replace=False)
    new = np.empty((n, 8), np.uint8)
    new[:, :3] = np.frombuffer(b"MA5", np.uint8)
    new[:, 3] = np.frombuffer(SINCE_2015.encode(), np.uint8)[running // 31**4]
    for place in range(4):
        new[:, 4 + place] = np.frombuffer(CREDIT.encode(), np.uint8)[running // 31 ** (3 - place) % 31]
    body = np.where(young[:, None], new, _letters(old))
    rest = 11 - _values(body, ORGANISATION) @ ORGANISATION_WEIGHTS % 11
    check = np.frombuffer(b"0123456789X", np.uint8)[np.where(rest == 11, 0, rest)]
    return np.concatenate([body, check[:, None]], axis=1)


def _values(letters: Letters, alphabet: str) -> npt.NDArray[np.int64]:
    table = np.zeros(128, np.int64)
    table[np.frombuffer(alphabet.encode(), np.uint8)] = np.arange(len(alphabet))
    return table[letters]


def _letters(texts: pl.Series) -> Letters:
    width = texts.str.len_chars()[0] if len(texts) else 0
    joined = np.frombuffer("".join(texts.to_list()).encode("ascii"), np.uint8)
    return joined.reshape(len(texts), width)


def _text(letters: Letters) -> pl.Series:
    width = letters.shape[1]
    joined = np.ascontiguousarray(letters).tobytes().decode("ascii")
    return pl.Series([joined[i : i + width] for i in range(0, len(joined), width)], dtype=pl.String)

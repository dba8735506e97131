"""A table's formulas as a workbook writes them: the same rules as notices/bulletin/formulas.py, from integer cells."""

from collections.abc import Callable, Iterable

from models.rules.rate import UNDEFINED
from notices.bulletin.formulas import Change, Net, Place, Ratio

Address = Callable[[str], str]  # of a key's cell in this row


def net_formula(formula: Net, at: Address) -> str:
    minus = "".join(f"-{at(key)}" for key in formula.minus)
    return _if_known(formula.keys, at, f"{_sum(formula.plus, at)}{minus}")


def ratio_formula(ratio: Ratio, at: Address) -> str:
    """Integers are multiplied before they are divided, so that ROUND sees a half as a half."""
    rate = f"ROUND(100*{_term(ratio.done, at)}/{_term(ratio.whole, at)},2)"
    return _if_known(ratio.keys, at, f'IF({_sum(ratio.whole, at)}=0,"{UNDEFINED}",{rate})')


def change_formula(formula: Change, at: Address) -> str:
    """One fraction of integers: two rounded rates would lose the half."""
    done, whole = (_term(keys, at) for keys in (formula.now.done, formula.now.whole))
    done_0, whole_0 = (_term(keys, at) for keys in (formula.before.done, formula.before.whole))
    points = f"ROUND(100*({done}*{whole_0}-{done_0}*{whole})/({whole}*{whole_0}),2)"
    return _if_known(formula.keys, at, f'IF({whole}*{whole_0}=0,"{UNDEFINED}",{points})')


def numbers_for_place(formula: Place, at: Address) -> tuple[str, str, str]:
    """Done, whole and what is left as plain numbers: 0 where unknown."""
    done, whole = (_if_known(keys, at, _sum(keys, at), "0") for keys in (formula.by.done, formula.by.whole))
    return done, whole, f"=N({at(formula.fewer)})"


def place_formula(row: int, first: int, last: int, columns: tuple[str, str, str, str]) -> str:
    """Those before this row: a higher rate; as high and fewer left; as few and a lower code."""
    done, whole, left, code = columns

    def all_of(column: str) -> str:
        return f"${column}${first}:${column}${last}"

    here = {column: f"${column}{row}" for column in columns}
    ahead = f"{all_of(done)}*{here[whole]}>{here[done]}*{all_of(whole)}"
    level = f"{all_of(done)}*{here[whole]}={here[done]}*{all_of(whole)}"
    fewer = f"({all_of(left)}<{here[left]})"
    lower = f"({all_of(left)}={here[left]})*({all_of(code)}<{here[code]})"
    before = f"({all_of(whole)}>0)*(({ahead})+({level})*({fewer}+{lower}))"
    return f'=IF({here[whole]}=0,"{UNDEFINED}",1+SUMPRODUCT({before}))'


def _sum(keys: Iterable[str], at: Address) -> str:
    return "+".join(at(key) for key in keys)


def _term(keys: tuple[str, ...], at: Address) -> str:
    return _sum(keys, at) if len(keys) == 1 else f"({_sum(keys, at)})"


def _if_known(keys: Iterable[str], at: Address, value: str, otherwise: str = f'"{UNDEFINED}"') -> str:
    """A — is text and no number."""
    cells = [at(key) for key in dict.fromkeys(keys)]
    return f"=IF(COUNT({','.join(cells)})<{len(cells)},{otherwise},{value})"

"""Up to three likely hazards and diseases of a unit, and the rows they rest on (A04, C11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from models.rules.notice_industry import from_exact_to_wide
from models.rules.notice_rows import DerivedRows, Row, as_listed, comparable, is_open_clause, parted
from models.rules.notice_words import Catalogue

MOST = 3  # annex 2 has three blanks each


class Source(StrEnum):
    OWN = "本单位资料"
    INDUSTRY = "行业常见危害"


class Gap(StrEnum):
    """Why nothing can be filled in: the unit goes to a person instead (A04). The value is the error's code."""

    NO_HAZARDS = "E1501"
    NOT_TO_BE_QUOTED = "E1502"
    NO_DISEASES = "E1503"


@dataclass(frozen=True)
class Likely:
    hazards: tuple[str, ...]
    diseases: tuple[str, ...]
    source: Source
    rows: tuple[Row, ...]  # what is quoted

    @property
    def unconfirmed(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if not row.confirmed)


def likely(own: str | None, industry: str | None, derived: DerivedRows, catalogue: Catalogue) -> Likely | Gap:
    """From the unit's own data where it names hazards, else from the industry; a fact of its own needs no expert."""
    if names := parted(own or ""):
        return _with_diseases(names, Source.OWN, (), derived, catalogue)
    row = next(
        (
            derived.industries[code]
            for code in from_exact_to_wide(industry or "")
            if code in derived.industries
        ),
        None,
    )
    if row is None:
        return Gap.NO_HAZARDS
    if not row.quoted:
        return Gap.NOT_TO_BE_QUOTED
    return _with_diseases(row.quoted, Source.INDUSTRY, (row,), derived, catalogue)


def _with_diseases(
    names: Sequence[str], source: Source, rows: tuple[Row, ...], derived: DerivedRows, catalogue: Catalogue
) -> Likely | Gap:
    """Every hazard gives its first disease before any gives its second."""
    known = {name: derived.factors.get(comparable(name)) for name in names}
    hazards = sorted(names, key=lambda name: (is_open_clause(name), _nothing_named(known[name])))[:MOST]
    factors = [row for name in hazards if (row := known[name]) is not None and row.quoted]
    diseases = _named_first(
        as_listed(disease, catalogue)
        for turn in zip_longest(*(_named_first(row.quoted) for row in factors))
        for disease in turn
        if disease is not None
    )[:MOST]
    if not diseases:
        return Gap.NO_DISEASES
    printed = tuple(row.key if (row := known[name]) else name for name in hazards)
    used = (row for row in factors if any(as_listed(one, catalogue) in diseases for one in row.quoted))
    return Likely(printed, diseases, source, (*rows, *used))


def _nothing_named(row: Row | None) -> bool:
    return row is None or not row.quoted or all(is_open_clause(disease) for disease in row.quoted)


def _named_first(diseases: Iterable[str]) -> tuple[str, ...]:
    """Once each; 其他… clauses of the list only where no disease has a name."""
    once = tuple(dict.fromkeys(diseases))
    return tuple(name for name in once if not is_open_clause(name)) or once

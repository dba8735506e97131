"""Which record's word counts for each fact of a unit, as SQL (C07).

By the campaign's order of sources, then the latest data date, then the content itself: never by order of loading.
Facts that belong together come from one record; the workplace beats a county read from the registered address (Q9).
"""

from collections.abc import Mapping, Sequence

import polars as pl

from models.employer import FACTS
from models.inbound import EMPLOYER_KINDS, NORMAL, Kind

Precedence = Mapping[str, Sequence[Kind]]

DEFAULT_ORDER = EMPLOYER_KINDS
NAME = ("name", "name_key", "name_core", "branch_part")
STATE = ("state", "state_on")
COUNTY = ("county", "county_basis")
PLACE = ("town", "address", "address_key")
RANK_WIDTH = 7
# an address is good only beside the county it lies in
AT_HOME = "coalesce(address, town) IS NOT NULL AND coalesce(county = home, true)"
SQL_NAMES = {pl.Int32(): "integer", pl.Boolean(): "boolean", pl.Date(): "date"}

# (unit, record_id, alone) of every record that speaks → what is needed to rank those that are not alone; narrow, for
# it is sorted several times. `seen`: smaller is younger; a whole number compares quickly and the same everywhere.
SEEN = """
    SELECT seat.unit, r.id, source.kind, sights.seen, r.county, r.county_basis, r.address IS NULL AS unaddressed
    FROM {seats} AS seat
    JOIN record AS r ON r.id = seat.record_id
    JOIN source ON source.id = r.source_id
    JOIN (
        SELECT g.record_id, min(b.age * 10000000::bigint + g.row_no) AS seen
        FROM sighting AS g
        JOIN (
            SELECT id, dense_rank() OVER (ORDER BY data_date DESC, file_sha256) AS age
            FROM batch AS b WHERE {batches}
        ) AS b ON b.id = g.batch_id
        WHERE g.record_id IN (SELECT record_id FROM {seats} AS s WHERE NOT s.alone)
        GROUP BY g.record_id
    ) AS sights ON sights.record_id = r.id
    WHERE NOT seat.alone"""


def facts_select(seats: str, precedence: Precedence, *, batches: str = "true") -> str:
    """One row (id, *FACTS) for each unit of the relation `seats` (unit, record_id, alone).

    `batches`: condition on batch `b`, for what was seen up to a day.
    """
    single = ", ".join(f"r.{fact}" for fact in FACTS)
    return f"""
    SELECT seat.unit AS id, {single}
    FROM {seats} AS seat JOIN record AS r ON r.id = seat.record_id WHERE seat.alone
    UNION ALL
    {ranked_select(seats, precedence, batches=batches)}"""


def ranked_select(seats: str, precedence: Precedence, *, batches: str = "true", winners: bool = False) -> str:
    """The same for units with several records; `winners`: the number of the record that won, for each fact."""
    orders = _orders(precedence)
    ranks = ", ".join(f"{_row_number(_order(order))} AS {name}" for order, name in orders.items())
    county = "county_basis IS DISTINCT FROM 'workplace', county IS NULL, " + _order(
        _order_of("county", precedence)
    )
    place = "unaddressed, " + _order(_order_of("address", precedence))
    picks = ", ".join(f"{_pick(fact, orders, precedence, winners)} AS {fact}" for fact in FACTS)
    return f"""
    SELECT unit AS id, {picks}
    FROM (
        SELECT id AS ranked_id, unit, home, {", ".join(orders.values())}, rank_county, {_row_number(place)} AS rank_place
        FROM (
            SELECT *, {ranks}, {_row_number(county)} AS rank_county,
                first_value(county) OVER (PARTITION BY unit ORDER BY {county}) AS home
            FROM ({SEEN.format(seats=seats, batches=batches)}) AS seen
        ) AS homed
    ) AS ranked
    JOIN record ON record.id = ranked_id
    GROUP BY unit"""


def _order_of(fact: str, precedence: Precedence) -> tuple[Kind, ...]:
    own = tuple(precedence.get(fact, ()))
    return own + tuple(kind for kind in DEFAULT_ORDER if kind not in own)


def _orders(precedence: Precedence) -> dict[tuple[Kind, ...], str]:
    """Every different order of sources, with the name of its rank column."""
    different = dict.fromkeys(_order_of(fact, precedence) for fact in FACTS)
    return {order: f"rank_{number}" for number, order in enumerate(different)}


def _order(kinds: Sequence[Kind]) -> str:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return f"array_position(ARRAY[{listed}], kind), seen, id"


def _row_number(order: str) -> str:
    return f"lpad((row_number() OVER (PARTITION BY unit ORDER BY {order}))::text, {RANK_WIDTH}, '0')"


def _pick(fact: str, orders: Mapping[tuple[Kind, ...], str], precedence: Precedence, winners: bool) -> str:
    """The value behind the best rank: rank and value are compared as one text, the rank first."""
    if fact in COUNTY:
        return _from_one_record(fact, "rank_county", "true", winners)
    if fact in PLACE:
        return _from_one_record(fact, "rank_place", AT_HOME, winners)
    for bundle in (NAME, STATE):
        if fact in bundle:
            rank = orders[_order_of(bundle[0], precedence)]
            return _from_one_record(fact, rank, f"{bundle[0]} IS NOT NULL", winners)
    rank = orders[_order_of(fact, precedence)]
    value = f"CASE WHEN {fact} IS NOT NULL THEN id END" if winners else fact
    return _typed(fact, f"substr(min({rank} || {value}::text), {RANK_WIDTH + 1})", winners)


def _from_one_record(fact: str, rank: str, speaks: str, winners: bool) -> str:
    """`speaks` says which records have a word; the best of them gives the fact, be it unknown."""
    marked = "'v' || id::text" if winners else f"coalesce('v' || {fact}::text, 'n')"
    best = f"min({rank} || {marked}) FILTER (WHERE {speaks})"
    known = f"CASE WHEN substr({best}, {RANK_WIDTH + 1}, 1) = 'v' THEN substr({best}, {RANK_WIDTH + 2}) END"
    return _typed(fact, known, winners)


def _typed(fact: str, value: str, winners: bool) -> str:
    name = "bigint" if winners else SQL_NAMES.get(NORMAL[fact])
    return f"({value})::{name}" if name else value

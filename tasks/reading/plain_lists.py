"""A list of a few columns as people keep one, in xlsx, xls, ods or csv: rows under headings known by many names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from models.rules.headers import Aliases, build_aliases, find_header
from tasks.reading import refusals
from tasks.reading.limits import Limits
from tasks.reading.rows import filled
from tasks.reading.table import Body, Grid, Plan
from tasks.reading.tables import DEFAULTS, bodies, shown

Row = tuple[int, dict[str, str | None]]  # its number in the sheet, its cells by field


@dataclass(frozen=True)
class PlainList:
    """`headings`: field → its names. A sheet counts if it has one field of every group in `needed`."""

    kind: str
    title: str
    headings: Mapping[str, Sequence[str]]
    needed: Sequence[Sequence[str]]

    @cached_property
    def aliases(self) -> Aliases:
        rows = [(field, alias, self.kind, 1) for field, names in self.headings.items() for alias in names]
        return build_aliases(rows, [self.kind])

    @property
    def keys(self) -> list[str]:
        return [field for group in self.needed for field in group]

    def read(self, path: Path, limits: Limits = DEFAULTS) -> list[Row]:
        """The filled rows of every such sheet. Raises InputRefused where there is none."""
        seen: list[Grid] = []

        def choose(grid: Grid) -> Plan | None:
            seen.append(grid)
            return self._plan(grid)

        rows = [row for body in bodies(path, limits, choose) for row in self._rows(body)]
        if not any(map(shown, seen)):
            raise refusals.empty(path.name)
        if not rows:
            names = ["或".join(self.headings[field][0] for field in group) for group in self.needed]
            raise refusals.no_header(path.name, self.title, names, shown(seen[0]))
        return rows

    def _plan(self, grid: Grid) -> Plan | None:
        header = find_header(grid.head, self.aliases, self.kind, keys=self.keys)
        if header is None or not all(set(group) & set(header.fields) for group in self.needed):
            return None
        return Plan(header, sorted(header.columns_of(field)[0] for field in header.fields), [])

    def _rows(self, body: Body) -> list[Row]:
        header = body.plan.header
        places = {field: header.columns_of(field)[0] for field in header.fields}
        lines = body.frame.with_columns(filled(column) for column in places.values())
        found = []
        for line in lines.filter(lines["row_no"] > header.last + 1).iter_rows(named=True):
            cells = {field: line[f"c{places[field]}"] if field in places else None for field in self.headings}
            if any(cells.values()):
                found.append((line["row_no"], cells))
        return found

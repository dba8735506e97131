"""What the bulletin shows beside its counties, where there is any: groups, responsible authorities, county extras."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from models.actions.figure_properties import lay_properties
from models.campaign import Campaign
from models.queries.breakdowns import Cell, breakdown
from models.rules.figures import DECLARED, Figures
from notices.bulletin.content import Annex, Block, Column, FigureTable, Listing, Row
from notices.bulletin.formulas import Name, Net, Ratio
from tasks.bulletin.property_table import COUNTED, property_table

PRINTED_GROUPS = 15
NOBODY = "（未对应部门）"
GROUP = ("企业集团", "应申报单位", "已申报", "已申报/应申报", "扩面目标 N", "已申报 D")


def departments_of(db: Session, campaign: Campaign) -> tuple[Cell, ...]:
    """The city by responsible authority, where the campaign file names any (C20)."""
    if not campaign.departments:
        return ()
    lay_properties(db, campaign)
    return tuple(cell for cell in breakdown(db, "department") if cell.county is None)


def apart_annex(campaign: Campaign, figures: Figures, departments: Sequence[Cell]) -> Iterator[Annex]:
    blocks: dict[str, Block] = {}
    if departments:
        blocks["行业主管部门"] = _departments(departments)
    if figures.groups:
        blocks["企业集团"] = _groups(figures.groups)
    if campaign.extras:
        blocks["自增行业"] = _extras(campaign, figures)
    if blocks:
        yield Annex(title=f"{'、'.join(blocks)}申报情况", blocks=tuple(blocks.values()))


def _departments(cells: Sequence[Cell]) -> FigureTable:
    rows = [
        Row(cell.value, cell.value or NOBODY, {key: cell.counts[key] for key in COUNTED}) for cell in cells
    ]
    return property_table("按行业主管部门", rows)


def _groups(groups: Sequence[Mapping[str, Any]]) -> Listing:
    """Headquarters and branches, the biggest gap first: 2 of 3 (C23)."""
    rows = (
        (
            one["name"] or one["group_key"],
            one["r"],
            one["r_declared"],
            f"{one['r_declared']}/{one['r']}",
            one["n"],
            one["d"],
        )
        for one in groups
    )
    return Listing(
        name="企业集团",
        title="企业集团覆盖情况（应申报单位两家以上的，未申报多的在前）",
        headings=GROUP,
        rows=tuple(rows),
        widths=(4.0, 1.2, 1.0, 1.5, 1.2, 1.2),
        printed=PRINTED_GROUPS,
    )


def _extras(campaign: Campaign, figures: Figures) -> FigureTable:
    """Counties' own industries, never mixed into R or an indicator (C22)."""
    rows = []
    for extra in campaign.extras:
        line, key = figures.line(extra.county), f"extra:{extra.name}"
        counts = {"units": line[key], "declared": line[key + DECLARED]}
        rows.append(Row(f"{extra.county}:{extra.name}", f"{line.name} {extra.name}", counts))
    columns = (
        Column(key="name", title="县（区）、行业", made=Name(), width=4.0),
        Column(key="units", title="单位数"),
        Column(key="declared", title="已申报"),
        Column(key="left", title="未申报", made=Net(("units",), ("declared",))),
        Column(key="rate", title="申报率\n(%)", made=Ratio(("declared",), ("units",))),
    )
    return FigureTable(
        name="县（区）自增行业",
        title="县（区）自行增加的行业",
        columns=columns,
        rows=tuple(rows),
        notes=("注：单列，不计入应申报 R、扩面目标 N 和各项指标。",),
    )

"""What a sheet is about: its header, its fields, and whether it is the kind of list it is given as."""

from functools import cache

from models.inbound import EMPLOYER_KINDS, RAW, Kind
from models.reference import read_list
from models.rules.headers import Aliases, Header, build_aliases, find_header
from tasks.reading import refusals
from tasks.reading.table import PROBES, Grid, Plan, column_letter

CODES = ("source_key", "credit_code", "legacy_code", "parent_code", "district_code", "phone")
KIND_NAMES = {
    Kind.REGISTRY: "市场监管登记名单",
    Kind.SURVEY: "现状调查名单",
    Kind.PROGRAMME: "专项名单",
    Kind.ASSOCIATION: "行业协会名单",
    Kind.LEAD: "线索",
    Kind.VERIFICATION: "县区核对更正",
    Kind.DECLARATIONS: "申报数据导出",
    Kind.PLATFORM_COUNTS: "平台统计表",
}
# columns that only a declaration export has two of, and columns that no such export has
OF_DECLARATIONS = ("declaration_no", "declaration_type", "declaration_state", "filed_on", "approved_on")
OF_REGISTRY = ("source_key", "registered_address", "state", "established_on", "economic_type", "legacy_code")


@cache
def header_aliases() -> Aliases:
    """The reviewed table, read once."""
    rows = read_list("header_aliases").select("field", "alias", "kinds", "rank").fill_null("").rows()
    aliases = build_aliases([(f, a, k, int(r)) for f, a, k, r in rows], [str(kind) for kind in Kind])
    unknown = {meaning.field for known in aliases.values() for meaning in known.values()} - {*RAW, ""}
    if unknown:
        raise ValueError(f"header_aliases.csv names fields that do not exist: {sorted(unknown)}")
    return aliases


def plan_sheet(file_name: str, grid: Grid, kind: Kind) -> Plan | None:
    """What to read of the sheet; None when it has no header of this kind."""
    header = find_header(grid.head, header_aliases(), kind)
    if header is None:
        return None
    refuse_wrong_kind(file_name, header, kind)
    if not _is_complete(header, kind):
        return None
    _refuse_doubles(file_name, grid, header)
    columns = {column for field in header.fields for column in header.columns_of(field)}
    codes = [column for field in CODES for column in header.columns_of(field)]
    return Plan(header, sorted(columns | set(range(min(PROBES, len(header.meanings))))), sorted(codes))


def needed(kind: Kind) -> list[str]:
    """What a list of this kind cannot do without, as people read it."""
    return [RAW["name"], "申报状态（或审核日期）"] if kind is Kind.DECLARATIONS else [RAW["name"]]


def lacking(header: Header, kind: Kind) -> list[str]:
    has_state = any(field in header.fields for field in OF_DECLARATIONS)
    found = ["name" in header.fields, has_state]
    return [text for text, there in zip(needed(kind), found, strict=False) if not there]


def _is_complete(header: Header, kind: Kind) -> bool:
    return not lacking(header, kind)


def refuse_wrong_kind(file_name: str, header: Header, kind: Kind) -> None:
    """An export of declarations given as a list of employers, or the other way round."""
    declared = [field for field in OF_DECLARATIONS if field in header.fields]
    registered = [field for field in OF_REGISTRY if field in header.fields]
    if kind in EMPLOYER_KINDS and len(declared) >= 2:
        looks, because = Kind.DECLARATIONS, declared
    elif kind is Kind.DECLARATIONS and not declared and len(registered) >= 2:
        looks, because = Kind.REGISTRY, registered
    else:
        return
    headings = [header.headings[header.columns_of(field)[0]] for field in because]
    raise refusals.wrong_kind(file_name, KIND_NAMES[kind], KIND_NAMES[looks], headings)


def _refuse_doubles(file_name: str, grid: Grid, header: Header) -> None:
    for field in header.fields:
        if clash := header.clash_of(field):
            columns = [f"{column_letter(grid.first_column + i)} 列“{header.headings[i]}”" for i in clash]
            raise refusals.same_field_twice(file_name, grid.sheet, RAW[field], columns)

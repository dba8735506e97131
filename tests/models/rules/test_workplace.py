import polars as pl
import pytest

from models.rules.cell import CellCode
from models.rules.workplace import EVIDENCE, workplaces
from tests.make_regions import GAZETTEER

CASES = [
    pytest.param({"county": "柳江区", "address": "柳南区某路"}, ("450206", "workplace", None), ["E1111"], id="the county cell wins over the address, a person is asked"),
    pytest.param({"county": "柳江区", "address": "柳江区拉堡镇1号"}, ("450206", "workplace", "450206100"), [], id="cell and address agree"),
    pytest.param({"district_code": "450206100", "address": "柳州市某路"}, ("450206", "workplace", "450206100"), [], id="division code of the workplace"),
    pytest.param({"district_code": "450203", "county": "柳江区"}, ("450206", "workplace", None), ["E1111"], id="cell against code"),
    pytest.param({"town": "雒容镇"}, ("450203", "workplace", "450203100"), [], id="town cell only"),
    pytest.param({"county": "柳江区", "town": "雒容镇"}, ("450206", "workplace", None), ["E1116"], id="town of another county"),
    pytest.param({"county": "柳江区", "town": "某某镇"}, ("450206", "workplace", None), ["E1115"], id="unknown town"),
    pytest.param({"address": "北部生态新区1号", "registered_address": "三江县某路"}, (None, None, None), ["E1110"], id="works in an undecided zone: not drawn back to the seat"),
    pytest.param({"address": "雒容镇工业园", "registered_district_code": "450205"}, ("450203", "workplace", "450203100"), [], id="workplace before seat"),
    pytest.param({"registered_district_code": "450205001", "registered_address": "柳南区某路"}, ("450205", "registered", "450205001"), [], id="registered code"),
    pytest.param({"registered_district_code": "450200", "registered_address": "柳南区某路"}, ("450204", "registered", None), [], id="the city's code says nothing"),
    pytest.param({"address": "屏山大道1号", "registered_address": "柳南区某路"}, ("450204", "registered", None), [], id="workplace address names only a road"),
    pytest.param({"county": "450221"}, ("450206", "workplace", None), [], id="code from before 2016"),
    pytest.param({"county": "月球", "address": "柳南区某路"}, ("450204", "workplace", None), ["E1112"], id="cell not understood, address clear"),
    pytest.param({"county": "柳州市", "address": "柳南区某路"}, ("450204", "workplace", None), [], id="the city in the county cell is no fault"),
    pytest.param({"county": "广西壮族自治区/柳州市", "address": "柳南区某路"}, ("450204", "workplace", None), [], id="path to the city is no fault"),
    pytest.param({}, (None, None, None), ["E1110"], id="nothing given"),
    pytest.param({"county": "北部生态新区"}, (None, None, None), ["E1110"], id="zone not decided"),
    pytest.param({"county": "北部生态新区", "address": "沙塘镇1号"}, ("450205", "workplace", "450205101"), [], id="undecided zone, clear address"),
    pytest.param({"address": "南宁市青秀区1号", "registered_district_code": "450205"}, ("450103", "workplace", None), ["E1113"], id="works in another city"),
    pytest.param({"address": "广东省广州市", "registered_district_code": "450205"}, (None, None, None), ["E1113"], id="works in another province: not drawn back to the seat"),
    pytest.param({"county": "南宁市", "address": "柳南区某路"}, ("450204", "workplace", None), ["E1111"], id="cell says elsewhere, address lies here"),
    pytest.param({"district_code": "330203001"}, ("330203", "workplace", None), ["E1113"], id="foreign code is kept"),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "expected", "codes"), CASES)
def test_workplace(texts: dict[str, str], expected: tuple[str | None, ...], codes: list[str]) -> None:
    """Q9, one row at a time."""
    frame = pl.DataFrame(
        {name: [texts.get(name)] for name in EVIDENCE}, schema=dict.fromkeys(EVIDENCE, pl.String)
    )
    found = workplaces(frame, GAZETTEER)
    assert found.columns.row(0) == expected
    assert sorted(found.findings["code"]) == codes


def test_rows_do_not_touch_each_other() -> None:
    rows = [case.values for case in CASES]
    frame = pl.DataFrame([row[0] for row in rows], schema=dict.fromkeys(EVIDENCE, pl.String))
    found = workplaces(frame, GAZETTEER)
    assert found.columns.rows() == [row[1] for row in rows]
    assert sorted(zip(found.findings["at"], found.findings["code"], strict=True)) == [
        (at, code) for at, row in enumerate(rows) for code in row[2]
    ]


def test_undecided_zone_is_named() -> None:
    frame = pl.DataFrame({"county": ["北部生态新区"]}).with_columns(
        pl.lit(None, pl.String).alias(name) for name in EVIDENCE if name != "county"
    )
    finding = workplaces(frame, GAZETTEER).findings.row(0, named=True)
    assert finding["code"] == CellCode.COUNTY_UNKNOWN
    assert "北部生态新区还没有对应的县区" in finding["message"]


def test_a_frame_in_several_chunks() -> None:
    """A csv comes in chunks; one version of polars panicked over them."""
    rows = pl.DataFrame({"county": ["柳江区", "某某", ""], "address": ["柳南区某路", "柳江区拉堡镇", "某路"]})
    empty = {name: [None] * rows.height for name in EVIDENCE if name not in rows.columns}
    whole = rows.with_columns(pl.Series(name, values, pl.String) for name, values in empty.items()).select(
        EVIDENCE
    )
    pieces = pl.concat([whole.head(0), whole[:1], whole.head(0), whole[1:2], whole[2:]], rechunk=False)
    assert workplaces(pieces, GAZETTEER).findings.equals(workplaces(whole, GAZETTEER).findings)

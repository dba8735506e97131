"""The day a file says its data reach (C06)."""

from datetime import date

import pytest

from tasks.reading import stated_date

JUNE = date(2024, 6, 30)
CASES = [
    ("title 截至", ["数据截至2024年6月30日"], "a.xlsx", JUNE),
    ("title 截止日期", ["截止日期：2024-06-30"], "a.xlsx", JUNE),
    ("title 统计时间", ["填报单位：某局", "统计时间: 2024/6/30"], "a.xlsx", JUNE),
    ("full width", ["截至２０２４年６月３０日"], "a.xlsx", JUNE),
    ("end of the month", ["数据截至2024年2月底"], "a.xlsx", date(2024, 2, 29)),
    ("export time", ["导出时间：2024.06.30 12:30"], "a.xlsx", JUNE),
    ("file name", [], "柳江区名单2024-06-30.xlsx", JUNE),
    ("file name in Chinese", [], "2024年6月30日名单.csv", JUNE),
    ("file name of digits", [], "export_20240630.csv", JUNE),
    ("file name with time", [], "export_20240630_120000.csv", JUNE),
    ("both the same", ["截至2024年6月30日"], "20240630.csv", JUNE),
    ("two days", ["截至2024年6月30日", "截至2024年7月31日"], "a.xlsx", None),
    ("title and name differ", ["截至2024年6月30日"], "20240701.csv", None),
    ("only a month", ["2024年6月"], "2024年6月.xlsx", None),
    ("a deadline is no data date", ["请于2024年8月9日前报送"], "a.xlsx", None),
    ("no such day", ["截至2024年6月31日"], "20241345.csv", None),
    ("a long number is no day", [], "450220240630123.csv", None),
    ("nothing", ["柳州市用人单位名单"], "a.xlsx", None),
]


@pytest.mark.parametrize(("titles", "name", "day"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_stated_date(titles: list[str], name: str, day: date | None) -> None:
    assert stated_date(titles, name) == day

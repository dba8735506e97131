"""F22, M05: the county stands in the list of divisions on the day of filing, and the town lies in it."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1626", "F22", "所属地区应为现行的县（区）代码")


def check(case: Case) -> Iterator[Finding]:
    county, town = case.form.basics.county, case.form.basics.town
    if county is None:
        return
    division = case.lists.counties.get(county)
    if division is None:
        message = f"代码“{county}”不在行政区划代码表中，请从下拉列表选县（区）。"
        yield RULE.at("basics.county", county, _list(case), message)
    elif not division.stands_on(case.on):
        message = f"{division.name}（{county}）在{case.on}不是现行区划，请改选现在所属的县（区）。"
        yield RULE.at("basics.county", county, division.until or division.since, message)
    elif town is not None and (
        town not in case.lists.towns or not town.startswith(division.parent or county)
    ):
        message = f"乡镇（街道）代码“{town}”不在{division.name}，请重新选择。"
        yield RULE.at("basics.town", town, division.name, message)


def _list(case: Case) -> str:
    return f"区划代码表 {case.lists.versions['县（区）']}"

"""F24: the number of the 体检机构's summary report, asked for when 监护 was carried out; several joined by /."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1619", "F24", "已开展监护的，须填检查（总结）报告编号")


def check(case: Case) -> Iterator[Finding]:
    surveillance = case.form.surveillance
    if surveillance is None or not surveillance.done:
        return
    numbers = (surveillance.report_nos or "").split("/")
    if not all(number.strip() for number in numbers):
        message = "已开展职业健康监护，请填体检机构总结报告的编号；几个编号之间用 / 分开，中间不留空。"
        yield RULE.at("surveillance.report_nos", surveillance.report_nos, "监护：已开展", message)

"""2.3: no more points exceed the limits than were measured, and each line of the table is whole."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1643", "2.3", "超标点数不得大于检测点数")


def check(case: Case) -> Iterator[Finding]:
    for number, row in enumerate(case.form.monitoring.rows if case.form.monitoring else ()):
        path = f"monitoring.rows.{number}"
        if row.of is None or row.measured is None:
            name = "of" if row.of is None else "measured"
            yield RULE.at(f"{path}.{name}", None, "必填", "检测对象和检测点数都要填，请补填或删去这一行。")
        elif row.exceeding is not None and row.exceeding > row.measured:
            message = f"{row.of}超标{row.exceeding}点，多于检测的{row.measured}点，请核对两处。"
            yield RULE.at(f"{path}.exceeding", row.exceeding, f"检测点数{row.measured}", message)

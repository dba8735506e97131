"""F22: the industry is a class of GB/T 4754-2017, four digits."""

from collections.abc import Iterator

from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1627", "F22", "行业分类应为GB/T 4754-2017的小类")


def check(case: Case) -> Iterator[Finding]:
    code = case.form.basics.industry
    if code is None or code in case.lists.industry_classes:
        return
    against = f"GB/T 4754-2017 代码表 {case.lists.versions['行业分类']}"
    if name := case.lists.industries.get(code):
        message = f"{code}是“{name}”，不是小类，请选到4位的小类。"
    else:
        message = f"行业代码“{code}”不在GB/T 4754-2017中，请从下拉列表选4位的小类。"
    yield RULE.at("basics.industry", code, against, message)

"""2.3: a class that is there has its persons, and one that is not has none and no factors."""

from collections.abc import Iterator

from models.form.hazards import Exposure
from models.rules.checking import Case, Finding, must_fix

RULE = must_fix("E1640", "2.3", "危害因素“有/无”应与人数、因素一致")


def check(case: Case) -> Iterator[Finding]:
    for kind, exposure in case.form.hazards.classes() if case.form.hazards else ():
        if exposure.present:
            yield from _there(f"hazards.{kind}", kind.chinese, exposure)
        elif exposure.present is False:
            yield from _not_there(f"hazards.{kind}", kind.chinese, exposure)


def _there(path: str, title: str, exposure: Exposure) -> Iterator[Finding]:
    if not exposure.exposed:
        message = f"{title}选了“有”，请填接触总人数（不能是0）；确实没有的请改选“无”。"
        yield RULE.at(f"{path}.exposed", exposure.exposed, f"{title}：有", message)
    for number, factor in enumerate(exposure.factors):
        if factor.name is None:
            at = f"{path}.factors.{number}.name"
            yield RULE.at(at, None, "必填", f"{title}第{number + 1}行没有填因素名称，请填写或删去这一行。")


def _not_there(path: str, title: str, exposure: Exposure) -> Iterator[Finding]:
    if exposure.exposed:
        message = f"{title}选了“无”，接触总人数却是{exposure.exposed}，请改选“有”或改为0。"
        yield RULE.at(f"{path}.exposed", exposure.exposed, f"{title}：无", message)
    if exposure.factors:
        message = f"{title}选了“无”，却填了{len(exposure.factors)}种因素，请改选“有”或删去。"
        yield RULE.at(f"{path}.factors", f"{len(exposure.factors)}种", f"{title}：无", message)

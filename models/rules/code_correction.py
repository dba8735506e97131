"""Who corrects a registrant's credit code, and when (F07)."""

from models.errors import RuleRefused
from models.filing import Level, Registration
from models.rules.credit_code import is_credit_code


def check_correction(
    level: Level, *, state: str, held: str | None, before: str | None, after: str, reason: str
) -> None:
    """`before`: the code the help desk was told is wrong; it must be the one held now."""
    if level is not Level.DESK:
        raise RuleRefused("E1703", "信用代码用户和管理机构都不能改，由在线咨询核实营业执照后更正。")
    if state == Registration.RETURNED:
        raise RuleRefused("E1704", "注册已退回，不再更正；请用正确的信用代码重新注册。")
    if held != before:
        raise RuleRefused(
            "E1705", f"现在的信用代码是{held or '（空）'}，不是{before or '（空）'}，请重新核对。"
        )
    if not is_credit_code(after):
        raise RuleRefused("E1706", f"“{after}”不是有效的统一社会信用代码，请对照营业执照重填。")
    if after == held:
        raise RuleRefused("E1706", f"信用代码已经是{after}。")
    if not reason.strip():
        raise RuleRefused("E1608", "更正信用代码须写明原因。")

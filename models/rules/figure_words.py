"""What every figure is called and how it is defined, as printed under the table (1.7, 2.5)."""

from models.campaign import Campaign
from models.rules.figures import DECLARED, Cause

NAMES = {
    "r": "应申报 R",
    "r_declared": "应申报中已申报",
    "r_pending": "应申报中待审核",
    "r_undeclared": "应申报中未申报",
    "r_unsure": "应申报中待人工核对",
    "r_own": "应申报中本系统已审核、平台未显示",
    "b": "基线目标数 B",
    "a": "新增 A",
    "x": "核销 X",
    "n": "现应申报 N",
    "d": "已申报 D",
    "p": "待审核 P",
    "u": "未完成 U",
    "undeclared": "未申报",
    "own": "本系统已审核、平台未显示",
    "unsure": "待人工核对",
    "recheck": "待复核",
}
DEFINITIONS = {
    "r": "截至当日在行动范围内、存续的全部用人单位，不论是否已申报",
    "r_declared": "R 中有确认对应且当日有效的审核通过记录（广西平台或国家平台）的单位",
    "r_pending": "R 中未申报、有待审核申报记录的单位",
    "r_undeclared": "R − 已申报 − 待审核",
    "r_unsure": "R 中未申报、疑似已申报待人工核对的单位（含在未申报或待审核内）",
    "r_own": "R 中平台未显示申报、本系统已审核通过的单位（单列，不计入已申报）",
    "b": "市级受理核对结果时冻结的未申报单位数，此后不变",
    "a": "基线之后补充纳入的单位（含划入、撤销后未申报），撤回的不计",
    "x": "基线之后按原因代码移出的单位（含划出），恢复的不计",
    "n": "N = B + A − X",
    "d": "N 中当日有有效审核通过记录的单位",
    "p": "N 中未申报、有待审核申报记录的单位",
    "u": "U = N − D",
    "undeclared": "未申报 = N − D − P",
    "own": "N 中平台未显示申报、本系统已审核通过的单位（单列，不计入 D）",
    "unsure": "N 中未申报、疑似已申报待人工核对的单位",
    "recheck": "仍在 N 中，但现有资料显示已不属应申报，等待核对结论的单位",
}
RATES = {
    "r_rate": ("应申报单位申报率", "应申报中已申报 ÷ R"),
    "done": ("完成率", "D ÷ N"),
    "change": ("环比（百分点）", "本月完成率 − 上月完成率，以未取整的率相减"),
    "removed": ("核销率", "X ÷ (B + A)"),
    "worked": ("工作完成率", "(D + X) ÷ (B + A)"),
    "rank": ("位次", "按完成率；相同的未申报数少者在前，再按行政区划代码；N = 0 或基线未冻结不排名"),
}
WORK = {
    "work:notified": ("已送达告知单单位", "截至当日告知单已送达（含留置送达）的单位，每单位计一次"),
    "work:visits": ("入户指导次数", "截至当日登记的入户指导"),
    "work:visited": ("入户指导单位", "截至当日入户指导过的单位，每单位计一次"),
    "work:trainings": ("培训场次", "截至当日举办的专题培训"),
    "work:trained": ("参加培训单位", "截至当日到场参加培训的单位，每单位计一次"),
    "work:assigned": ("指导任务", "截至当日仍未办结的指导任务"),
}
CAUSES = {
    Cause.BASELINE: "基线冻结",
    Cause.ADDED: "新增",
    Cause.MOVED_IN: "划入",
    Cause.RESUMED: "核销后恢复",
    Cause.REVOKED: "审核撤销",
    Cause.UNLINKED: "重新关联（原对应有误）",
    Cause.APPROVED: "审核通过",
    Cause.REMOVED: "核销（未申报单位）",
    Cause.MOVED_OUT: "划出",
    Cause.WITHDRAWN: "撤回新增",
    Cause.RELINKED: "重新关联（基线前已申报）",
}
CHANGE = "ΔU = 新增 + 划入 + 恢复 + 撤销 − 审核通过 − 核销（未申报） − 划出 − 撤回新增 ± 重新关联；每个变化的单位只计一个原因"
UNDEFINED = "分母为 0 或基线未冻结时印“—”；各率由整数计算，只在印出时四舍五入到两位小数"


def figure_name(key: str, campaign: Campaign) -> str:
    """Of any key of a line's counts."""
    if key.endswith(DECLARED):
        return f"{figure_name(key.removesuffix(DECLARED), campaign)}（已申报）"
    if key in NAMES:
        return NAMES[key]
    if key in WORK:
        return WORK[key][0]
    kind, _, word = key.partition(":")
    if kind == "sector":
        return next((one.name for one in campaign.sectors if one.key == word), word)
    if kind == "cause":
        return CAUSES[Cause(word)]
    if word:
        return word  # borderline groups and extras are their own names
    return next((f"{one.name}（{one.key}）" for one in campaign.indicators if one.key == key), key)


def definition(key: str, campaign: Campaign) -> str:
    if key in DEFINITIONS:
        return DEFINITIONS[key]
    if key in WORK:
        return WORK[key][1]
    kind = key.partition(":")[0]
    if kind == "cause":
        return CHANGE
    if kind == "extra":
        return "县（区）自行增加的行业，单列，不计入应申报和各项指标"
    name = figure_name(key.removesuffix(DECLARED), campaign)
    counted = "其中有当日有效审核通过记录的" if key.endswith(DECLARED) else "全部"
    return f"应申报单位中属“{name}”的单位，{counted}"

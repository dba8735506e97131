"""The progress table of 2.5: its columns as formulas over the figures' own keys, and the definitions below it."""

from collections.abc import Mapping

from notices.bulletin.content import Column
from notices.bulletin.formulas import Change, Name, Net, Place, Ratio, Serial

DECLARED, BEFORE = "/declared", "before:"
DONE = Ratio(("d",), ("n",))
DONE_BEFORE = Ratio((f"{BEFORE}d",), (f"{BEFORE}n",))
RATE_WIDTH = 1.3
DEFINITIONS = (
    "注：1.现应申报 N＝B＋A－X；未申报＝N－D－P；完成率＝D/N；工作完成率＝（D＋X）/（B＋A）；"
    "环比＝完成率－上月完成率，按未取整的率相减；I1、I2、I3＝该范围应申报单位中已申报的数/该范围应申报单位数。",
    "2.率四舍五入到两位小数；分母为 0 或者基线尚未冻结的记“—”。位次按完成率由高到低，完成率相同的，未申报少的在前，"
    "仍相同的按行政区划代码。",
)


def progress_columns(indicators: Mapping[str, str]) -> tuple[Column, ...]:
    """`indicators`: slice → heading. A row gives b x a d p, before:d, before:n, and for each slice itself and /declared."""
    return (
        Column(key="no", title="序号", made=Serial(), width=0.7),
        Column(key="name", title="县（区）", made=Name(), width=2.5),
        Column(key="b", title="基线\n目标数\nB", width=1.1),
        Column(key="x", title="核销\nX", width=0.9),
        Column(key="a", title="新增\nA", width=0.9),
        Column(key="n", title="现应\n申报\nN", made=Net(("b", "a"), ("x",)), width=1.1),
        Column(key="d", title="已申报\nD", width=1.1),
        Column(key="p", title="待审核\nP", width=1.1),
        Column(key="undeclared", title="未申报\nN−D−P", made=Net(("n",), ("d", "p")), width=1.1),
        Column(key="done", title="完成率\n(%)", made=DONE, width=RATE_WIDTH),
        Column(key="change", title="环比\n(百分点)", made=Change(DONE, DONE_BEFORE), width=1.45),
        Column(key="worked", title="工作\n完成率\n(%)", made=Ratio(("d", "x"), ("b", "a")), width=RATE_WIDTH),
        *(
            Column(key=f"{key}:rate", title=title, made=Ratio((f"{key}{DECLARED}",), (key,)), width=RATE_WIDTH)
            for key, title in indicators.items()
        ),
        Column(key="place", title="位次", made=Place(DONE, "undeclared"), width=0.7),
        *_hidden(indicators),
    )  # fmt: skip


def _hidden(indicators: Mapping[str, str]) -> list[Column]:
    before = [("d", "上月已申报"), ("n", "上月现应申报")]
    slices = [(key, title.split("\n")[0]) for key, title in indicators.items()]
    parts = ((DECLARED, "已申报"), ("", "应申报"))
    return [
        *(Column(key=f"{BEFORE}{key}", title=title, hidden=True) for key, title in before),
        *(
            Column(key=key + suffix, title=f"{title}{word}", hidden=True)
            for key, title in slices
            for suffix, word in parts
        ),
    ]

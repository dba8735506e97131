"""`yingbao demo`, `sample`, `run` and `check`."""

import json
import os
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from deployments.catalogue import find_flow
from deployments.cli.options import AsJson, CampaignKey
from deployments.cli.output import console, say, say_json, show
from deployments.cli.target_words import COUNTIES
from deployments.engine import prepare_engine, use_running_server
from deployments.flow_parameters import described, request_for
from models.errors import UsageTrouble, YingbaoError
from models.settings import get_settings
from tasks.checkup import check_installation
from tasks.sample import STYLES, make_sample


def demo(
    employers: Annotated[int, typer.Option(help="模拟城市有多少家用人单位")] = 20_000,
    seed: Annotated[int, typer.Option(help="随机种子，相同则数据相同")] = 2024,
    out: Annotated[Path, typer.Option(help="清单写到哪里")] = Path("out"),
    as_json: AsJson = False,
) -> None:
    """From a made-up city's dirty files to one workbook per county, in a database of its own."""
    # here, because no other command needs the made-up city and its ten counties
    from deployments.demo import run_demo
    from deployments.replay_story import COUNTIES as TASKS

    result = run_demo(employers, seed, out, quiet=as_json)
    if as_json:
        say_json(result)
        return
    show(result["counties"], columns=COUNTIES, title="各县（区）申报目标")
    show(result["campaign"], columns=TASKS, title="行动回放之后")
    for line in result["remarks"]:
        say(line)


def sample(
    employers: Annotated[int, typer.Option(help="用人单位数")],
    out: Annotated[Path, typer.Option(help="写到哪个文件夹")],
    seed: Annotated[int, typer.Option(help="随机种子")] = 2024,
    style: Annotated[str, typer.Option(help="数据毛病的样式：city 或 foreign")] = "city",
    formats: Annotated[str, typer.Option(help="mixed（xlsx、ods、csv）或 csv")] = "mixed",
    months: Annotated[bool, typer.Option("--months", help="另写行动18个月的逐月名单和申报导出")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the dirty files of a city like Liuzhou, with the truth beside them."""
    if employers < 1:
        raise UsageTrouble("E1046", f"--employers 至少是 1，不能是 {employers}。")
    if style not in STYLES:
        raise UsageTrouble("E1047", f"--style 只能是 {' 或 '.join(STYLES)}，不是“{style}”。")
    if formats not in ("mixed", "csv"):
        raise UsageTrouble("E1043", f"--formats 只能是 mixed 或 csv，不是“{formats}”。")
    report = make_sample(out, employers=employers, seed=seed, style=style, formats=formats, months=months)  # type: ignore[arg-type]
    facts = {"files": report.files, "employers": report.employers, "declarations": report.declarations}
    dirt = vars(report.dirt)
    say(
        f"写好 {len(report.files)} 个文件（{report.employers} 家单位，{report.declarations} 条申报）到 {out}；"
        f"数据毛病：{'，'.join(f'{name} {share:.3f}' for name, share in dirt.items())}",
        as_json=as_json,
        dirt=dirt,
        **facts,
    )


ENDS = {"Completed": "完成", "Failed": "失败", "Crashed": "中断", "Cancelled": "已取消"}


class RunCommand(TyperCommand):
    """Its help ends with the parameters of every flow; only then are the flows loaded, which takes seconds."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        prepare_engine(get_settings())
        formatter.write(f"\n流程及其参数（--set 名称=值）：\n\n{described()}\n")


def run_flow(
    flow: Annotated[str, typer.Argument(help="流程名，如 find-targets")],
    parameter: Annotated[
        list[str] | None, typer.Option("--set", help="参数，如 as_of=2024-08-09，可重复")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Run a flow here through Prefect, with its record, progress and result table (on the running server, if any)."""
    prepare_engine(get_settings())
    use_running_server(get_settings())
    chosen: Any = find_flow(flow)
    request = request_for(flow, _parameters(parameter or []))
    state = chosen(request, return_state=True)
    rehearsed = (
        "（只演算，没有保存、没有发出；正式运行加 --set dry_run=false）"
        if getattr(request, "dry_run", False)
        else ""
    )
    said = f"{chosen.name}：{ENDS.get(state.name, state.name)}{rehearsed}"
    say(said, as_json=as_json, flow=chosen.name, state=state.name)
    if state.is_failed() or state.is_crashed():
        fault = state.result(raise_on_failure=False)
        if isinstance(fault, YingbaoError):
            raise fault
        console.print(str(state.message), style="red", markup=False) if not as_json else None
        raise typer.Exit(1)


def _parameters(given: list[str]) -> dict[str, Any]:
    """`name=value` pairs; a value that is JSON (true, 3, [...]) is taken as such."""
    parameters: dict[str, Any] = {}
    for pair in given:
        name, sign, value = pair.partition("=")
        if not sign:
            raise UsageTrouble("E1044", f"参数要写成 名称=值，“{pair}”里没有等号。")
        try:
            parameters[name] = json.loads(value)
        except json.JSONDecodeError:
            parameters[name] = value
    return parameters


def check(campaign: CampaignKey, as_json: AsJson = False) -> None:
    """Look whether installation, database, code lists and campaign file are fit for use."""
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    show(
        check_installation(campaign),
        columns={"what": "项目", "result": "结果"},
        as_json=as_json,
        title="检查",
    )

"""The way in: every sub-command in the order of the campaign, and errors as people and scripts expect them."""

import sys
import warnings

import typer
from rich.console import Console

from deployments.cli import (
    bulletin,
    campaign_run,
    deadlines,
    deploy,
    explain,
    export,
    fieldwork,
    intake,
    leads,
    linking,
    links,
    notices,
    outbox,
    report,
    review,
    serve,
    status,
    survey,
    targets,
    units,
    verification,
)
from deployments.cli.output import say_json
from models.errors import YingbaoError

# a server's warning about its missing run-time folder is nothing an office can act on
warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")

app = typer.Typer(
    name="yingbao",
    help="应报：职业病危害项目申报扩面行动。命令按行动的先后排列，每个命令加 --help 看用法。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("demo", help="用模拟数据把整个流程走一遍。")(campaign_run.demo)
app.command("sample", help="生成一座城市的模拟名册、申报数据和真值。")(campaign_run.sample)
app.command("ingest", help="导入名册、专项名单、线索或申报数据。")(intake.ingest_command)
app.add_typer(intake.problems_app, name="problems")
app.add_typer(units.app, name="units")
app.add_typer(leads.app, name="leads")
app.command("link", help="把申报记录与用人单位对上号。")(linking.link_command)
app.add_typer(links.app, name="links")
app.add_typer(targets.app, name="targets")
app.add_typer(verification.app, name="verification")
app.add_typer(deadlines.app, name="deadlines")
app.add_typer(fieldwork.app, name="fieldwork")
app.add_typer(notices.app, name="notices")
app.add_typer(review.app, name="review")
app.add_typer(outbox.app, name="outbox")
app.command("bulletin", help="通报：PDF、Word、Excel 和市级内部参考。")(bulletin.bulletin)
app.command("work-plan", help="各县（区）的工作计划。")(bulletin.work_plan)
app.command("summary", help="年度总结的草稿，县（区）和全市各一份。")(bulletin.summary)
app.command("survey", help="年度调研：分层抽样，写出调研表。")(survey.survey)
app.add_typer(export.app, name="export")
app.command("figures", help="任意一天的考核数字：全部县（区），或按行业、规模、乡镇等分。")(
    report.figures_command
)
app.command("report", help="月度考核：冻结、查看、核验一个月的数字。")(report.report_command)
app.command("explain", help="一个数字由哪些单位组成，凭什么规则和事件。")(explain.explain_command)
app.command("run", help="运行一个流程（经 Prefect，有进度与运行记录）。", cls=campaign_run.RunCommand)(
    campaign_run.run_flow
)
app.command("deploy", help="把部署目录（流程、时间表、参数）应用到 Prefect 服务。")(deploy.deploy)
app.command("serve", help="在本机启动全部服务：数据库、Prefect、执行器和定时任务。")(serve.serve)
app.command("status", help="正在运行什么、上次结果、下次时间，以及哪里没有动静。")(status.status)
app.command("check", help="检查安装、数据库和行动文件。")(campaign_run.check)


def main() -> None:
    """Run one command. Exit codes: 0 done, 1 a bug, 2 usage, 3 input refused, 4 a rule refused, 5 environment."""
    try:
        app()
    except YingbaoError as error:
        if "--json" in sys.argv:
            say_json({"error": {"code": error.code, "message": error.message}})
        else:
            Console(stderr=True).print(f"[{error.code}] {error.message}", style="red", markup=False)
        sys.exit(error.exit_code)

"""`yingbao leads`: how leads ended, and a person's word on them (C09, C10)."""

from typing import Annotated

import typer

from deployments.cli.options import AsJson, AsOf, By, CampaignKey, County, Reason
from deployments.cli.output import say, show
from models.lead import LeadOutcome
from models.reference import city_towns
from tasks.campaigns import open_campaign
from tasks.leads import judge_lead, list_leads, undo_lead

app = typer.Typer(help="线索：结果清单、人工判断、撤销。", no_args_is_help=True)

Lead = Annotated[str, typer.Argument(help="名单上的线索编号，或系统编号（见 leads list）")]
COLUMNS = {
    "entry": "系统编号",
    "number": "线索编号",
    "day": "名单日期",
    "found_on": "发现日期",
    "channel": "渠道",
    "reporter": "提供人",
    "name": "名称",
    "county": "县（区）",
    "town": "乡镇（街道）",
    "evidence": "线索依据",
    "unit": "单位编号",
    "outcome": "结果",
    "reason": "人工理由",
}


@app.command("list")
def list_command(
    county: County = None,
    outcome: Annotated[LeadOutcome | None, typer.Option("--outcome", help="只看一种结果")] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """每条线索的结果：已采纳、重复、已申报或非用人单位。"""
    found = list_leads(county=county, outcome=outcome, as_of=as_of)
    if not as_json:
        towns = dict(city_towns().select("code", "name").iter_rows())
        found = [lead | {"town": towns.get(lead["town"], lead["town"])} for lead in found]
    show(found, columns=COLUMNS, as_json=as_json, title="线索")


@app.command("judge")
def judge_command(
    lead: Lead,
    outcome: Annotated[LeadOutcome, typer.Argument(help="判为哪种结果")],
    reason: Reason,
    by: By,
    campaign: CampaignKey,
    as_json: AsJson = False,
) -> None:
    """人工判定一条线索；判为非用人单位的不再产生单位。"""
    number = judge_lead(open_campaign(campaign), lead, outcome, by=by, reason=reason)
    say(f"线索 {lead} 已判为“{outcome}”。", as_json=as_json, entry=lead, outcome=outcome, judgement=number)


@app.command("undo")
def undo_command(lead: Lead, reason: Reason, by: By, campaign: CampaignKey, as_json: AsJson = False) -> None:
    """撤销对一条线索的人工判定。"""
    number = undo_lead(open_campaign(campaign), lead, by=by, reason=reason)
    say(f"线索 {lead} 的判定已撤销。", as_json=as_json, entry=lead, judgement=number)

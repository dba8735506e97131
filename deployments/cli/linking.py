"""`yingbao link`: judge every declaration anew."""

from dataclasses import asdict
from typing import Annotated

import typer

from deployments.cli.options import AsJson, CampaignKey
from deployments.cli.output import say
from tasks.campaigns import open_campaign
from tasks.linking import link_declarations


def link_command(
    campaign: CampaignKey,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只演算不保存，看会有什么变动")] = False,
    as_json: AsJson = False,
) -> None:
    """Certain rules first, then the model; people's judgements stay."""
    report = link_declarations(open_campaign(campaign), rehearse=dry_run)
    say(str(report), as_json=as_json, **asdict(report), unlinked=report.unlinked)

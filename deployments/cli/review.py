"""`yingbao review`: declarations filed with us, their registrations, and the county's decision on each (F06–F18, M03–M07)."""

import typer

from deployments.cli import (
    review_acts,
    review_entries,
    review_look,
    review_papers,
    review_quality,
    review_sources,
)

app = typer.Typer(
    help="申报审核：待办清单、查看、通过、不通过、撤销、审核异议、注册与信用代码。", no_args_is_help=True
)
review_look.add_to(app)
review_acts.add_to(app)
review_entries.add_to(app)
review_papers.add_to(app)
review_quality.add_to(app)
review_sources.add_to(app)

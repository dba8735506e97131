"""Files that counties returned, taken back one by one: a refused file stops no other, each gets its receipt."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from deployments.cli.output import console, say_json
from deployments.cli.writing import writing
from models.errors import InputRefused, RuleRefused
from tasks.returned import Outcome, Report

ReportType = TypeVar("ReportType", bound=Report[Any])
Receipt = Annotated[
    Path | None, typer.Option("--receipt", help="回执写到这个 xlsx（几个文件时为文件夹）；默认写在原文件旁边")
]


def take_each(
    files: Sequence[Path],
    take: Callable[[Path, Path | None], ReportType],
    *,
    receipt: Path | None,
    dry_run: bool,
    document: Callable[[ReportType], dict[str, Any]],
    tell: Callable[[ReportType], None],
    as_json: bool,
) -> None:
    """`take` gets a file and where its receipt goes. Exits as for refused input where any file was refused."""
    reports: list[ReportType] = []
    refused: list[dict[str, str]] = []
    for path in files:
        wanted = _receipt_of(path, receipt, several=len(files) > 1, dry_run=dry_run)
        try:
            with writing(f"回执写不进 {wanted}，请另选 --receipt。"):
                reports.append(take(path, wanted))
        except (InputRefused, RuleRefused) as error:
            refused.append({"file": path.name, "code": error.code, "message": error.message})
    if as_json:
        say_json({"returns": [document(report) for report in reports], "refused": refused})
    else:
        for report in reports:
            tell(report)
        for one in refused:
            console.print(f"[{one['code']}] {one['file']}：{one['message']}", style="red", markup=False)
    if refused:
        raise typer.Exit(InputRefused.exit_code)


def _receipt_of(path: Path, receipt: Path | None, *, several: bool, dry_run: bool) -> Path | None:
    name = f"{path.stem}_回执.xlsx"
    if receipt is None:
        return None if dry_run else path.with_name(name)
    return receipt / name if several or receipt.suffix.lower() != ".xlsx" else receipt


def told_counts(report: Report[Any]) -> str:
    return "，".join(f"{outcome} {report.count(outcome)}" for outcome in Outcome)

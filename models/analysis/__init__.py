"""What analysts may read (ACT12): views with a word on every column, in a schema of their own."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SCHEMA = "analysis"
ROLE = "yingbao_reader"


@dataclass(frozen=True)
class View:
    """`columns` stand in the order of the SELECT."""

    name: str
    title: str
    sql: str
    columns: Mapping[str, str]


@cache
def views() -> tuple[View, ...]:
    listed = tomllib.loads((Path(__file__).parent / "views.toml").read_text("utf-8"))["view"]
    return tuple(View(**one) for one in listed)


def documentation() -> str:
    """The page for analysts, docs/analysis-views.md."""
    head = (
        "# 分析人员可读的视图\n\n"
        f"模式 `{SCHEMA}`，只读角色 `{ROLE}`，由 `yingbao check` 建立和更新。不含电话、人员信息和消息地址。\n"
        "表是给程序用的，会变；视图是约定，改了会写在这里。\n"
    )
    return head + "".join(_section(view) for view in views())


def _section(view: View) -> str:
    lines = "".join(f"| `{name}` | {told} |\n" for name, told in view.columns.items())
    return f"\n## {view.name}\n\n{view.title}\n\n| 列 | 含义 |\n|---|---|\n{lines}"

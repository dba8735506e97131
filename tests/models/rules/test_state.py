import polars as pl
import pytest

from models.rules.branch import read_branch
from models.rules.cell import CellCode
from models.rules.declaration_state import (
    read_declaration_state,
    read_declaration_type,
    read_ownership,
    read_platform,
)
from models.rules.state import STOPPED, UNREAD, read_state, settle_state, settled_state
from models.state import State

STATES = {
    State.OPERATING: [
        "开业",
        "存续",
        "在营",
        "在业",
        "正常",
        "存续（在营、开业、在册）",
        "存续(拟注销)",
        "正 常",
    ],
    State.SUSPENDED: ["停业", "停产", "歇业", "停产停业"],
    State.DEREGISTERED: ["注销", "已注销", "吊销，已注销"],
    State.REVOKED: ["吊销", "吊销，未注销", "吊销(未注销)"],
    State.MOVED_OUT: ["迁出", "已迁出"],
}


@pytest.mark.parametrize(
    ("text", "state"), [(text, state) for state, texts in STATES.items() for text in texts]
)
def test_state(text: str, state: State) -> None:
    assert read_state(text) == (state.value, None)


@pytest.mark.parametrize("text", ["半停产", "清算", "撤销", "关闭", "?", "准备注销"])
def test_unknown_state_is_told(text: str) -> None:
    assert read_state(text) == (None, UNREAD)


SETTLED = [
    pytest.param("在营", True, "停产", True, id="licence in order, works stand still"),
    pytest.param(None, True, "停产", False, id="only a stop day"),
    pytest.param("注销", True, "注销", False, id="deregistered stays so"),
    pytest.param("在营", False, "在营", False, id="operating"),
    pytest.param(None, False, None, False, id="nothing said"),
]


@pytest.mark.parametrize(("said", "has_day", "state", "ask"), SETTLED)
def test_stop_day(said: str | None, has_day: bool, state: str | None, ask: bool) -> None:
    assert settle_state(said, has_day) == (state, STOPPED if ask else None)
    row = pl.DataFrame(
        {"said": [said], "day": ["x" if has_day else None]}, schema={"said": pl.String, "day": pl.String}
    )
    assert row.select(settled_state(pl.col("said"), pl.col("day"))).item() == state


CHOICES = [
    *[(read_declaration_state, text, "已审核") for text in ("已审核", "审核通过", "已通过", " 已 审核 ")],
    *[(read_declaration_state, text, "已驳回") for text in ("已驳回", "审核不通过", "退回")],
    *[(read_declaration_state, text, "暂存") for text in ("暂存", "草稿")],
    *[(read_declaration_state, text, "待审核") for text in ("待审核", "已提交")],
    *[(read_declaration_type, text, "初次申报") for text in ("初次", "初次申报", "首次申报")],
    (read_declaration_type, "变更", "变更申报"),
    (read_declaration_type, "年度更新", "年度更新"),
    (read_platform, "广西职业健康信息综合管理平台", "广西"),
    (read_platform, "职业病危害项目申报系统", "国家"),
    (read_platform, "老系统", "原安监"),
    (read_ownership, "中央企业", "央企"),
    (read_ownership, "国有企业", "国企"),
    (read_ownership, "民营企业", None),
    *[(read_branch, text, True) for text in ("是", "1", "y", "YES")],
    *[(read_branch, text, False) for text in ("否", "0", "n", "非分支机构")],
]


@pytest.mark.parametrize(("read", "text", "value"), CHOICES)
def test_choices(read, text, value) -> None:  # type: ignore[no-untyped-def]
    assert read(text) == (value, None)


UNREADABLE = [
    (read_declaration_state, CellCode.DECLARATION_STATE_UNREAD),
    (read_declaration_type, CellCode.DECLARATION_TYPE_UNREAD),
    (read_ownership, CellCode.OWNERSHIP_UNREAD),
    (read_branch, CellCode.BRANCH_UNREAD),
]


def test_an_unknown_platform_stays_as_written() -> None:
    """Null would be the file's own platform, which counts (Q1)."""
    value, finding = read_platform(" 某某平台 ")
    assert value == "某某平台"
    assert finding is not None
    assert finding.code is CellCode.PLATFORM_UNREAD


@pytest.mark.parametrize(("read", "code"), UNREADABLE)
def test_unknown_choice_is_told(read, code) -> None:  # type: ignore[no-untyped-def]
    value, finding = read("大概吧")
    assert value is None
    assert finding.code is code

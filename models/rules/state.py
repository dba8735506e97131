"""登记状态 as written → operating state (C09, Q3). What is not known is told, never guessed."""

import re
import unicodedata

import polars as pl

from models.rules.cell import CellCode, Finding, Reading, please_check
from models.state import State

WORDS: dict[State, str] = {
    State.OPERATING: "开业 存续 在营 在业 在册 正常 营业 正常营业 在产 生产 正常生产 经营 正常经营 运营 投产 复产 存续(在营、开业、在册) "
    "在营(开业)企业 开业/正常经营 1 拟注销 存续(拟注销) 登记成立",
    State.SUSPENDED: "停业 停产 歇业 停产停业 停业停产 停工 停工停产 停产歇业 停业(歇业) 歇业/停业 临时停产 长期停产 暂停营业 已停产 已停业",
    State.DEREGISTERED: "注销 已注销 注销企业 注销登记 吊销,已注销 吊销并注销 吊销后注销 简易注销",
    State.REVOKED: "吊销 已吊销 吊销企业 吊销,未注销 吊销未注销 吊销营业执照",
    State.MOVED_OUT: "迁出 已迁出 迁移 外迁 迁往外地 迁往市外 已搬迁出市 迁出本市",
}
MEANING = {word: state for state, words in WORDS.items() for word in words.split()}
UNREAD = please_check(CellCode.STATE_UNREAD, "登记状态看不明白，请填在营、停产、注销、吊销或迁出。")
STOPPED = please_check(
    CellCode.STATE_CONFLICT, "登记状态为在营却有停产日期，暂按停产处理，请核实是否已复产。"
)
NO_DAY = please_check(CellCode.STOP_DAY_MISSING, "停产单位没有停产日期，无法判断是否超过6个月，请补。")


def read_state(text: str) -> Reading[str]:
    tidy = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    state = MEANING.get(tidy) or MEANING.get(re.sub(r"\(.*\)$", "", tidy))
    return Reading(state.value) if state else Reading(None, UNREAD)


def settle_state(state: str | None, has_stop_day: bool) -> tuple[str | None, Finding | None]:
    """A stop day speaks of the works, the registered state of the licence: in 在营 with a stop day the works stand still."""
    if has_stop_day and state in (None, State.OPERATING):
        return State.SUSPENDED.value, STOPPED if state else None
    return state, None


def settled_state(state: pl.Expr, stopped_on: pl.Expr) -> pl.Expr:
    """The same over columns."""
    open_or_unsaid = state.is_null() | (state == State.OPERATING.value)
    return (
        pl.when(stopped_on.is_not_null() & open_or_unsaid)
        .then(pl.lit(State.SUSPENDED.value))
        .otherwise(state)
    )

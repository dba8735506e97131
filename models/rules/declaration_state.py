"""Words of the declaration platforms: state (F14), type (F26), platform, and the ownership tag (C23)."""

import re
import unicodedata
from collections.abc import Callable, Mapping

from models.rules.cell import CellCode, Finding, Reading, please_check


def _choice(words: Mapping[str | None, str], unread: Finding) -> Callable[[str], Reading[str]]:
    meaning = {word: value for value, text in words.items() for word in text.split()}

    def read(text: str) -> Reading[str]:
        tidy = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
        return Reading(meaning[tidy]) if tidy in meaning else Reading(None, unread)

    return read


read_declaration_state = _choice(
    {
        "暂存": "暂存 草稿 未提交 待提交 保存 已保存",
        "待审核": "待审核 已提交 审核中 未审核 待审 待县级审核 提交待审核 已申报待审核",
        "已审核": "已审核 审核通过 已通过 通过 已审核通过 审批通过 审核已通过 已审批",
        "已驳回": "已驳回 驳回 审核不通过 不通过 未通过 审核未通过 退回 已退回 退回修改 审批不通过",
    },
    please_check(CellCode.DECLARATION_STATE_UNREAD, "申报状态请填暂存、待审核、已审核或已驳回。"),
)

read_declaration_type = _choice(
    {
        "初次申报": "初次申报 初次 首次申报 首次 新申报",
        "变更申报": "变更申报 变更",
        "年度更新": "年度更新 年度申报 年度 更新 年度更新申报",
    },
    please_check(CellCode.DECLARATION_TYPE_UNREAD, "申报类型请填初次申报、变更申报或年度更新。"),
)

_known_platform = _choice(
    {
        "广西": "广西 广西平台 自治区 自治区平台 广西职业健康信息综合管理平台 广西壮族自治区职业健康信息综合管理平台 省级平台",
        "国家": "国家 全国 国家平台 国家系统 职业病危害项目申报系统 全国职业病危害项目申报系统 国家职业病危害项目申报系统",
        "原安监": "原安监 安监 原安监系统 安监系统 老系统 旧系统 原安监局系统 原安监老系统 原安监申报系统 安监申报系统",
    },
    please_check(CellCode.PLATFORM_UNREAD, "申报平台请填广西、国家或原安监。"),
)


def read_platform(text: str) -> Reading[str]:
    """An unknown platform stays as written: an empty cell is the file's own platform and counts, this one must not (Q1)."""
    known = _known_platform(text)
    return known if known.finding is None else Reading(text.strip(), known.finding)


read_ownership = _choice(
    {
        "央企": "央企 中央企业 央企下属 央企子公司 中央",
        "国企": "国企 国有企业 国有 地方国企 地方国有企业 自治区属国企 区属国企 省属国企 市属国企 县属国企 国有控股 国有独资",
        None: "否 非 民营 民企 民营企业 私营 私营企业 非国有 外资 外资企业 其他",
    },
    please_check(CellCode.OWNERSHIP_UNREAD, "央企国企标识请填央企、国企或留空。"),
)

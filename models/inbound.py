"""The vocabulary of inbound files: kinds, the fields a row may have, and their normal form.

Two column sets hold intake together. The reader turns any file into RAW text columns; the normal forms turn
those into NORMAL typed columns, which are the columns of the `record` table.
"""

from enum import StrEnum

import polars as pl


class Kind(StrEnum):
    """What a file is (C06, C07, C09, C10, C12, C28). 县区核对 comes in by its own workbook (C25), not as a list."""

    REGISTRY = "registry"
    SURVEY = "survey"
    PROGRAMME = "programme"
    ASSOCIATION = "association"
    LEAD = "lead"
    VERIFICATION = "verification"
    DECLARATIONS = "declarations"
    PLATFORM_COUNTS = "platform-counts"


EMPLOYER_KINDS = (Kind.REGISTRY, Kind.SURVEY, Kind.PROGRAMME, Kind.ASSOCIATION, Kind.LEAD, Kind.VERIFICATION)

# Raw text fields, each with its Chinese name as used in messages. Everything is text or null here.
RAW: dict[str, str] = {
    "source_key": "主体身份代码",
    "name": "单位名称",
    "credit_code": "统一社会信用代码",
    "legacy_code": "注册号",
    "is_branch": "是否分支机构",
    "county": "所在县（区）",
    "town": "乡镇（街道）",
    "district_code": "生产经营地行政区划",
    "registered_district_code": "住所行政区划",
    "address": "生产经营地址",
    "registered_address": "住所",
    "industry_code": "行业代码",
    "industry_name": "行业名称",
    "headcount": "从业人数",
    "revenue": "营业收入（万元）",
    "assets": "资产总额（万元）",
    "size": "企业规模",
    "phone": "联系电话",
    "legal_representative": "法定代表人",
    "state": "登记状态",
    "state_on": "状态日期",
    "stopped_on": "停产日期",
    "established_on": "成立日期",
    "economic_type": "经济类型",
    "parent_code": "上级机构代码",
    "parent_name": "上级机构名称",
    "group_name": "所属集团",
    "ownership": "央企国企标识",
    "park": "所在园区",
    "hazards": "职业病危害因素",
    "programme": "专项名称",
    "programme_year": "专项年度",
    "programme_batch": "专项批次",
    "channel": "发现渠道",
    "reporter": "提供人",
    "found_on": "发现日期",
    "evidence": "线索依据",
    "declaration_no": "申报编号",
    "declaration_type": "申报类型",
    "declaration_state": "申报状态",
    "filed_on": "申报日期",
    "approved_on": "审核日期",
    "platform": "申报平台",
    "outsourced": "外委人员总数",
    "exposed": "接害总人数",
}

# Normal form of a row: the fact columns of the `record` table. Null means: not given, or could not be resolved.
NORMAL: dict[str, pl.DataType] = {
    "source_key": pl.String(),
    "name": pl.String(),  # as written, outer white space removed
    "name_key": pl.String(),  # normal name: equal names are equal here
    "name_core": pl.String(),  # normal name without region prefix, legal form and branch part
    "branch_part": pl.String(),  # 柳江分公司, 第二项目部 …; empty for a principal
    "is_branch": pl.Boolean(),  # as stated in the row; null when not stated
    "credit_code": pl.String(),  # 18 characters with a right check digit
    "legacy_code": pl.String(),  # 15 digits (registration number)
    "county": pl.String(),  # 6 digits, the workplace
    "county_basis": pl.String(),  # workplace | registered: where `county` was read from
    "town": pl.String(),  # 9 digits
    "address": pl.String(),
    "address_key": pl.String(),  # without region names, digits and marks unified
    "registered_address": pl.String(),
    "industry": pl.String(),  # GB/T 4754-2017 code without the section letter: 24, 241 or 2411
    "industry_raw": pl.String(),  # what was written, when it could not be resolved
    "headcount": pl.Int32(),
    "size": pl.String(),  # 大 中 小 微
    "phone": pl.String(),
    "person_hash": pl.String(),  # keyed hash of the legal representative's name; the name is never stored
    "state": pl.String(),  # see models.employer.State
    "state_on": pl.Date(),  # the day the state began
    "established_on": pl.Date(),
    "economic_type": pl.String(),
    "parent_code": pl.String(),
    "parent_name": pl.String(),
    "group_name": pl.String(),
    "ownership": pl.String(),  # 央企 国企
    "park": pl.String(),
    "hazards": pl.String(),  # joined by ；
    "programme": pl.String(),  # key of the campaign's programme
    "programme_year": pl.Int32(),
    "programme_batch": pl.String(),
    "channel": pl.String(),
    "reporter": pl.String(),
    "found_on": pl.Date(),
    "evidence": pl.String(),
    "declaration_no": pl.String(),
    "declaration_type": pl.String(),
    "declaration_state": pl.String(),  # 暂存 待审核 已审核 已驳回
    "filed_on": pl.Date(),
    "approved_on": pl.Date(),
    "platform": pl.String(),  # 广西 国家 原安监
    "outsourced": pl.Int32(),
    "exposed": pl.Int32(),
}

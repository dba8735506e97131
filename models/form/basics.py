"""基本信息 and 培训: who declares, where, and how many persons (F12)."""

from enum import StrEnum

from models.form.part import Part, Persons, Words, Yes, asked, free


class Size(StrEnum):
    LARGE = "大"
    MEDIUM = "中"
    SMALL = "小"
    MICRO = "微"


class Basics(Part):
    name: Words | None = asked("单位名称")
    credit_code: Words | None = asked(
        "统一社会信用代码", "没有独立信用代码的分支机构填上级机构的代码，同时填 parent_code"
    )
    is_branch: Yes | None = asked("是否分支机构")
    parent_code: Words | None = free("上级机构代码", "仅在分支机构使用上级机构的信用代码时填写")
    county: Words | None = asked("所属地区", "县（区）的6位行政区划代码，GB/T 2260")
    town: Words | None = free("乡镇（街道）", "9位代码，可空")
    registered_address: Words | None = asked("单位注册地址")
    workplace_address: Words | None = asked("作业场所地址")
    size: Size | None = asked("企业规模")
    economic_type: Words | None = asked("经济类型")
    industry: Words | None = asked("行业分类", "GB/T 4754-2017 小类代码，4位数字，不带门类字母")
    filled_by: Words | None = free("填报人")
    contact: Words | None = asked("职业卫生管理联系人")
    phone: Words | None = asked("手机号码")
    headcount: Persons | None = asked("本单位在册职工总数")
    outsourced: Persons | None = asked("外委人员总数")
    exposed: Persons | None = asked("接害总人数（含外委）")
    diseased: Persons | None = asked("职业病累计人数")
    leader_trained: Yes | None = asked("主要负责人培训")
    manager_trained: Yes | None = asked("职业卫生管理人员培训")
    trained: Persons | None = free("接触职业病危害因素年度培训总人数")

"""The whole form. Its JSON schema is docs/declaration.schema.json; its hash names exactly this content."""

import hashlib
import json
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field

from models.form.basics import Basics
from models.form.hazards import Hazards
from models.form.monitoring import Monitoring
from models.form.part import Part, Words, asked, free
from models.form.products import Products
from models.form.surveillance import Surveillance


class FormType(StrEnum):
    """申报类型 (F26)."""

    FIRST = "初次申报"
    CHANGE = "变更申报"
    ANNUAL = "年度更新"


SYSTEM_UPDATE = "系统更新"  # the reason given to what was carried over from the old system (F25)
NOTHING = Basics()


class Form(Part):
    """A section that is null was not filled in; the old system's import leaves all but 基本信息 so (F25)."""

    format: Literal[1] = Field(default=1, title="格式版本")
    type: FormType | None = asked("申报类型")
    year: Annotated[int, Field(strict=True, ge=2000, le=2100)] | None = asked("申报年份")
    reason: Words | None = free("变更原因", "变更申报必填")
    event_on: date | None = free(
        "起算日期", "初次申报填竣工验收之日；变更申报填变更发生、验收或收到检测评价结果之日"
    )
    basics: Basics = Field(default=NOTHING, title="基本信息")
    products: Products | None = free("主要产品")
    hazards: Hazards | None = free("危害因素种类")
    monitoring: Monitoring | None = free("检测情况")
    surveillance: Surveillance | None = free("职业健康监护")


def stored(form: Form) -> dict[str, Any]:
    """What goes into the database and comes back from it unchanged."""
    return form.model_dump(mode="json", exclude_none=True)


def canonical(payload: dict[str, Any]) -> bytes:
    """One way to write a document, whatever order its keys came in."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_hash(payload: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(payload)).hexdigest()

"""The words of the field work that follows a notice, and what every recorded act of it carries (C13–C18, C24, C32)."""

from datetime import datetime
from enum import IntEnum, StrEnum

from sqlalchemy import CheckConstraint, func
from sqlalchemy.orm import Mapped, mapped_column


class Work(StrEnum):
    """A kind of field work: one workbook and one command each."""

    TRAINING = "training"
    GUIDANCE = "guidance"
    VISIT = "visit"
    CHECK = "check"
    PUBLICITY = "publicity"
    REASON = "reason"
    ESCALATE = "escalate"


class Topic(StrEnum):
    """What a training is about (C13)."""

    PROCEDURE = "申报程序"
    INDUSTRY = "企业行业类型"
    HEADCOUNT = "劳动者人数"
    FACTORS = "因素辨识"


class Part(StrEnum):
    """A unit's part in a training; whoever is invited may come later."""

    INVITED = "受邀"
    ATTENDED = "到场"


class Agency(StrEnum):
    """Who guides (C14)."""

    CDC = "疾控中心"
    SUPERVISION = "卫生监督机构"
    TECHNICAL = "技术支撑机构"


class Errand(StrEnum):
    """The work on whose occasion a unit is guided (C15)."""

    CAMPAIGN = "专项治理"
    MONITORING = "监测"
    HELP = "帮扶"
    BUILDING = "三同时"
    OTHER = "其他服务"


class Result(StrEnum):
    """How an assignment ended. Whether the unit declared is asked of the platform's exports, not of this word."""

    DECLARED = "已申报"
    SUBMITTED = "已提交待审核"
    UNDECLARED = "仍未申报"
    GONE = "停业或注销"
    LOST = "失联"
    NO_HAZARD = "无危害因素"
    OTHER = "其他"


class Occasion(StrEnum):
    """At which inspection a declaration was compared with what is there (C16)."""

    CLASSED = "分类监督执法"
    RANDOM = "双随机检查"
    OTHER = "其他检查"


class Prompt(StrEnum):
    """What a unit is asked to do whose declaration does not say what was found (C16)."""

    CHANGE = "变更申报"
    YEARLY = "年度更新"


class Publicity(StrEnum):
    """Types of publicity (C24)."""

    WEEK = "宣传周"
    CUP = "安康杯"
    HEALTHY = "健康企业"
    FIVE = "五进"
    WECHAT = "公众号"
    SITE = "网站"
    TELEVISION = "电视"
    MOBILE = "移动终端"
    OTHER = "其他"


class Reason(StrEnum):
    """Why a unit does not declare (C32)."""

    REFUSES = "拒报"
    UNABLE = "不会报"
    ACCOUNT = "账号问题"
    LOST = "失联"
    DISPUTED = "无危害争议"
    OTHER = "其他"


class Rung(IntEnum):
    """The ladder of C18. The last rung is a person's decision, never ours (Q17)."""

    TOLD = 1
    TRAINED = 2
    VISITED = 3
    REFERRED = 4

    @property
    def words(self) -> str:
        return RUNGS[self]


RUNGS = {
    Rung.TOLD: "告知",
    Rung.TRAINED: "培训/宣讲",
    Rung.VISITED: "入户指导",
    Rung.REFERRED: "移送监督执法",
}


class Recorded:
    """Who entered an act and when. A mistake is withdrawn with a reason, never overwritten: what was withdrawn counts
    nowhere, on no day.
    """

    campaign: Mapped[str]
    by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]
    withdrawn_reason: Mapped[str | None]


STANDS = "withdrawn_at IS NULL"


def withdrawn_whole() -> CheckConstraint:
    return CheckConstraint(
        "(withdrawn_at IS NULL) = (withdrawn_by IS NULL) "
        "AND (withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
        name="withdrawn_whole",
    )


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    said = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({said})", name=column)

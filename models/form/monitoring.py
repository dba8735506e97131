"""检测情况: whether the year's measuring was done, by whom, and how many points exceeded the limits."""

from enum import StrEnum

from models.form.part import Part, Persons, Words, Yes, asked, free, listed


class Measured(StrEnum):
    """What the form counts points for: the classes (生物 and 其他 together) and six factors on their own."""

    DUST = "粉尘"
    SILICA = "矽尘"
    COAL = "煤尘"
    ASBESTOS = "石棉粉尘"
    CHEMICAL = "化学因素"
    LEAD = "铅"
    BENZENE = "苯"
    PHYSICAL = "物理因素"
    NOISE = "噪声"
    RADIOACTIVE = "放射性因素"
    BIOLOGICAL_AND_OTHER = "生物和其他因素"


class Points(Part):
    of: Measured | None = free("检测对象")
    measured: Persons | None = free("检测点数")
    exceeding: Persons | None = free("超标点数")


class Monitoring(Part):
    done: Yes | None = asked("本年度检测情况")
    agency: Words | None = free("检测机构名称", "几个机构之间用 / 分开")
    report_nos: Words | None = free("检测报告编号", "几个编号之间用 / 分开")
    rows: tuple[Points, ...] = listed("检测点数")

"""职业健康监护开展情况 (F10, F24). Its counts are from general knowledge: the form's own layout is not public (2.9)."""

from models.form.hazards import HazardClass
from models.form.part import Part, Persons, Words, Yes, asked, free, listed


class Examined(Part):
    of: HazardClass | None = free("危害因素种类")
    before_due: Persons | None = free("上岗前应检人数")
    before_done: Persons | None = free("上岗前实检人数")
    during_due: Persons | None = free("在岗期间应检人数")
    during_done: Persons | None = free("在岗期间实检人数")
    after_due: Persons | None = free("离岗时应检人数")
    after_done: Persons | None = free("离岗时实检人数")


class Surveillance(Part):
    done: Yes | None = asked("职业健康监护开展情况")
    agency: Words | None = free("体检机构名称", "几个机构之间用 / 分开")
    report_nos: Words | None = free("检查（总结）报告编号", "填体检机构总结报告的编号；几个编号之间用 / 分开")
    rows: tuple[Examined, ...] = listed("体检人数")

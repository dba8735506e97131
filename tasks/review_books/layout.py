"""The review workbook, column by column: what it shows, what it asks, and under which headings it comes back (M04)."""

from models.declaration import DeclarationState
from models.rules.review_words import OF_STATE, WITH_REASON
from notices.workbook import Column

WAITING, AGAIN = "待审核", "复核"
KEY, NUMBER, NAME, CODE = "下发凭证", "申报编号", "单位名称", "统一社会信用代码"
DECISION, REASON = "审核结论", "原因"
# headings that are read back, by the names the program uses
HEADINGS = {"key": KEY, "number": NUMBER, "name": NAME, "code": CODE, "decision": DECISION, "reason": REASON}
KIND = "review"
# what is declared, beside what the database has and what the last approved one said
COMPARED = {
    "industry": ("行业", 19),
    "size": ("规模", 9),
    "headcount": ("在册职工", 10),
    "exposed": ("接害人数", 10),
}


def columns(state: DeclarationState) -> list[Column]:
    """Of one sheet: declarations of one state have the same decisions to choose from."""
    choices = OF_STATE[state]
    again = state is DeclarationState.APPROVED
    return [
        Column("key", KEY, 10, hidden=True),
        Column("at", "序号", 5),
        Column("number", NUMBER, 6),
        Column("name", NAME, 18, wrap=True),
        Column("county", "所属地区", 8, wrap=True),
        Column("code", CODE, 20),
        Column("type", "申报类型", 9),
        Column("filed_on", "申报日期", 10),
        Column("state", "状态", 7),
        Column("operations", "操作", 8, wrap=True),
        Column("due_on", "办理期限", 10),
        Column("days_late", "逾期天数", 5),
        *([Column("objection", "复核事由", 24, wrap=True)] if again else []),
        Column("findings", "核对发现（请核实）", 38, wrap=True),
        *(Column(key, f"{title}对照", width, wrap=True) for key, (title, width) in COMPARED.items()),
        Column("hazards", "危害因素", 10, wrap=True),
        Column("products", "主要产品", 7, wrap=True),
        Column("decision", DECISION, 8, answer=True, choices=choices, prompt="从下拉列表中选择。"),
        Column("reason", REASON, 28, answer=True, needed_for=[one for one in choices if one in WITH_REASON],
            prompt="选“不通过”“撤销”的必填；几个原因之间用；分开，会一次告知单位。"),
    ]  # fmt: skip

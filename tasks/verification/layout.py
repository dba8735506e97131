"""The workbook of a round, column by column: what it shows, what it asks, and under which headings it comes back (C25)."""

from models.campaign import Campaign
from models.rules.verdicts import NEEDED, TITLES, Field, words
from models.verification import Finding
from notices.workbook import Column

UNITS, ADDED = "核对表", "新增单位"
UNIT, NAME, CODE = "单位编号", "单位名称", "统一社会信用代码"
VERDICT = "核对结论"
CORRECTIONS = {
    "name": "更正名称",
    "address": "更正地址",
    "industry": "更正行业",
    "headcount": "更正人数",
    "phone": "更正电话",
}
# headings of the two sheets, by the names the program uses
UNIT_HEADINGS = {"unit": UNIT, "name": NAME, "code": CODE, "verdict": VERDICT}
UNIT_HEADINGS |= {str(field): TITLES[field] for field in Field}
UNIT_HEADINGS |= {f"new_{fact}": heading for fact, heading in CORRECTIONS.items()}
ADDED_HEADINGS = {
    "name": NAME,
    "credit_code": CODE,
    "address": "地址",
    "industry": "行业",
    "headcount": "从业人数",
    "phone": "联系电话",
    "hazards": "职业病危害因素",
    "channel": "发现渠道",
    "evidence": "线索依据",
}
SPARE_ROWS = 200


def unit_columns(campaign: Campaign) -> list[Column]:
    said = words(campaign.stopped_months_limit)
    needed = {field: [said[one] for one, need in NEEDED.items() if need is field] for field in Field}
    counties = [county.name for county in campaign.counties]
    return [
        Column("unit", UNIT, 10, hidden=True),
        Column("number", "序号", 5),
        Column("name", NAME, 24, wrap=True),
        Column("code", CODE, 20),
        Column("town", "乡镇（街道）", 9, wrap=True),
        Column("address", "地址", 22, wrap=True),
        Column("industry", "行业", 14, wrap=True),
        Column("headcount", "从业人数", 6),
        Column("phone", "联系电话", 13),
        Column("reason", "列入依据", 20, wrap=True),
        Column("state", "状态", 14, wrap=True),
        Column("verdict", VERDICT, 12, answer=True, choices=list(said.values()), prompt="从下拉列表中选择。"),
        Column("since", TITLES[Field.SINCE], 11, answer=True, day=True, needed_for=needed[Field.SINCE],
            prompt=f"选“{said[Finding.STOPPED_SHORT]}”“{said[Finding.STOPPED_LONG]}”的填停产之日，选“注销”的填注销之日，如 2024-05-01。"),
        Column("other_county", TITLES[Field.OTHER_COUNTY], 11, answer=True, choices=counties,
            needed_for=needed[Field.OTHER_COUNTY]),
        Column("duplicate_of", TITLES[Field.DUPLICATE_OF], 20, answer=True, needed_for=needed[Field.DUPLICATE_OF],
            prompt="选“重复”的，填保留的那个单位的统一社会信用代码或完整名称。"),
        Column("declaration_no", TITLES[Field.DECLARATION_NO], 16, answer=True,
            needed_for=needed[Field.DECLARATION_NO]),
        Column("note", TITLES[Field.NOTE], 20, answer=True, needed_for=needed[Field.NOTE]),
        *(Column(f"new_{fact}", heading, 14, answer=True, prompt="只在与左边所列不同时填写。")
            for fact, heading in CORRECTIONS.items()),
    ]  # fmt: skip


def added_columns(campaign: Campaign) -> list[Column]:
    widths = {"name": 30, "address": 30, "evidence": 30, "credit_code": 21, "industry": 18, "hazards": 24}
    channels = [channel.name for channel in campaign.channels]
    return [
        Column(key, heading, widths.get(key, 12), answer=True, choices=channels if key == "channel" else ())
        for key, heading in ADDED_HEADINGS.items()
    ]

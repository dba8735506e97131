"""The 回执 of an approved declaration, in the words of 申报办法 (2.1). It names no product: secret ones could not leak."""

from dataclasses import dataclass
from datetime import date

from models.rules.notice_words import chinese_day
from notices.paper import Paper
from notices.review_html import PAGES, style_of

TITLE = "职业病危害项目申报回执"


@dataclass(frozen=True, kw_only=True)
class ReceiptSheet:
    number: int
    version: int
    seal: str
    employer: str
    code: str
    type: str
    filed_on: date
    approved_on: date
    bureau: str
    workplace: str
    industry: str
    hazards: tuple[str, ...]
    exposed: int
    products: str  # 涉密, 无, or how many kinds

    @property
    def title(self) -> str:
        return TITLE

    @property
    def filed(self) -> str:
        return chinese_day(self.filed_on)

    @property
    def approved(self) -> str:
        return chinese_day(self.approved_on)

    @property
    def short_seal(self) -> str:
        return self.seal[:16]

    @property
    def facts(self) -> list[tuple[str, str]]:
        hazards = "、".join(self.hazards) or "无"
        return [
            ("统一社会信用代码", self.code),
            ("作业场所地址", self.workplace),
            ("行业分类", self.industry),
            ("主要产品", self.products),
            ("职业病危害因素", hazards),
            ("接害总人数（含外委）", f"{self.exposed}人"),
        ]


def receipt_paper(sheet: ReceiptSheet) -> Paper:
    return Paper(
        title=f"{TITLE}　{sheet.employer}",
        author=sheet.bureau,
        parts=(f"{sheet.number:06d}", "回执", sheet.employer),
        style=style_of("official.css"),
        tighter=style_of("tighter.css"),
        body=lambda note: PAGES.get_template("receipt.html").render(sheet=sheet, note=note),
    )

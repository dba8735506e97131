"""The 补正告知: everything that is wrong with a rejected declaration, at once, on paper and as a mail."""

from dataclasses import dataclass, replace
from datetime import date

from models.rules.notice_words import chinese_day
from notices.digest import PLAIN
from notices.notice_words import Cover
from notices.paper import Paper
from notices.review_html import PAGES, style_of

TITLE = "职业病危害项目申报补正告知书"


@dataclass(frozen=True)
class Remark:
    """One finding of the check, in words."""

    severity: str
    field: str
    found: str
    against: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Correction:
    number: int
    version: int
    step: int  # of the rejection
    employer: str
    type: str
    filed_on: date
    rejected_on: date
    reasons: tuple[str, ...]
    remarks: tuple[Remark, ...]
    bureau: str
    days: int  # working days the county has for a new submission

    @property
    def title(self) -> str:
        return TITLE

    @property
    def filed(self) -> str:
        return chinese_day(self.filed_on)

    @property
    def day(self) -> str:
        return chinese_day(self.rejected_on)

    def without(self, words: tuple[str, ...], sign: str) -> "Correction":
        """With `sign` in the place of words that must not be repeated."""

        def clean(text: str) -> str:
            for word in words:
                text = text.replace(word, sign)
            return text

        remarks = tuple(
            Remark(one.severity, one.field, clean(one.found), clean(one.against), clean(one.message))
            for one in self.remarks
        )
        return replace(self, reasons=tuple(map(clean, self.reasons)), remarks=remarks)


def correction_paper(made: Correction) -> Paper:
    return Paper(
        title=f"{TITLE}　{made.employer}",
        author=made.bureau,
        parts=(f"{made.number:06d}", "补正告知", str(made.step), made.employer),
        style=style_of("official.css"),
        tighter=style_of("tighter.css"),
        body=lambda note: PAGES.get_template("correction.html").render(made=made, note=note),
    )


def correction_mail(made: Correction) -> Cover:
    body = PLAIN.get_template("review/correction_mail.txt").render(made=made)
    return Cover(f"{TITLE}（{made.employer}）", body.strip() + "\n")

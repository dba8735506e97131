"""Names of the paragraph and character styles a template may define; what it lacks comes from the packaged one."""

from collections.abc import Mapping
from dataclasses import dataclass

FANG, KAI, SONG, HEI, TITLE = "仿宋_GB2312", "楷体_GB2312", "宋体", "黑体", "方正小标宋简体"
NARROW = "Times New Roman"  # ten columns of rates fit
LINE = 28.95  # points; Word counts in twentieths


@dataclass(frozen=True)
class Style:
    """How the packaged template sets it. `exact`: line pitch in points; `left`, `indent`, `right` in characters."""

    name: str
    face: str = FANG
    latin: str = ""  # another face for digits and Latin letters
    size: float = 16.0
    exact: float = LINE
    align: str = "left"
    left: float = 0.0
    indent: float = 0.0  # of the first line, from `left`
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    colour: str = ""
    keep: bool = False  # with what follows


PARAGRAPHS: Mapping[str, Style] = {
    "body": Style("应报正文", indent=2),
    "plain": Style("应报顶格"),
    "issuer": Style(
        "应报发文机关标志", TITLE, size=36, exact=44, align="center", before=99.2, colour="FF0000"
    ),
    "number": Style("应报发文字号", align="center", before=58, after=50),
    "title": Style("应报标题", TITLE, size=22, align="center"),
    "basis": Style("应报依据", KAI, align="center", after=LINE),
    "attached": Style("应报附件说明", left=6.2, indent=-4.2, before=LINE),
    "further": Style("应报附件说明续", left=6.2, indent=-1.2),
    "only": Style("应报单个附件", left=5, indent=-3, before=LINE),
    "signed": Style("应报署名", align="right", right=3, before=2 * LINE, keep=True),
    "day": Style("应报日期", align="right", right=4),
    "annex_number": Style("应报附件号", HEI, keep=True),
    "annex_title": Style("应报附件标题", TITLE, size=22, align="center", after=8, keep=True),
    "caption": Style("应报图表标题", HEI, size=12, exact=20, align="center", before=6, keep=True),
    "cell": Style("应报表格", SONG, NARROW, 9, 13, "center"),
    "words": Style("应报表格文字", SONG, NARROW, 9, 13),
    "heading": Style("应报表头", HEI, NARROW, 9, 12, "center"),
    "note": Style("应报表注", SONG, NARROW, 9, 12),
    "picture": Style("应报图片", SONG, size=10, exact=0, align="center", after=12),
    "break": Style("应报分节", SONG, size=1, exact=1),
}
CHARACTERS: Mapping[str, Style] = {
    "level_1": Style("应报一级标题", HEI),
    "level_2": Style("应报二级标题", KAI),
}
EVERY: Mapping[str, Style] = {**PARAGRAPHS, **CHARACTERS}

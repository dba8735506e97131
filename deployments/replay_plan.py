"""What ten counties and the city did in the demo's campaign, and when: made up, but as it goes.

Three counties are worth following: 城中区 is on time, 柳江区 late and sent back, 柳城县 silent.
"""

from datetime import date
from typing import NamedTuple

from tasks.sample.filled import Habit

CITY, CLERK = "市卫生健康委", "县区经办人"
FIRST_DAY, LAST_DAY = date(2024, 7, 1), date(2026, 1, 31)
ISSUE_DAY = date(2024, 7, 15)
NOTICE_DAY = date(2024, 9, 9)  # every baseline stands
CITY_FREEZES, CITY_REASON = date(2024, 8, 30), "逾期未返回，按下发清单冻结，未核对的单位保留"


SUMMARIES = ("summary-2024", "summary-2025")
DRAFTS = {2024: date(2024, 12, 2), 2025: date(2025, 11, 3)}  # before the first county hands its summary in
PLANS_OF = "2025-11"  # the month whose work plans are printed as well


class Handing(NamedTuple):
    """A workbook handed in: on which day, how much of it is filled in, in whose habit."""

    day: date
    share: float = 1.0
    habit: Habit = Habit.PLAIN


class Ways(NamedTuple):
    """How one county goes about its tasks. Monthly answers come so many days from the due day; None: never."""

    verification: tuple[Handing, ...] = ()
    sent_back: tuple[date, str] | None = None
    accepted: date | None = None
    extended: tuple[date, date, str] | None = None  # on which day, until when, why
    monthly: int | None = 0
    summaries: tuple[tuple[date, ...], ...] = ()  # the days on which each year's summary is handed in
    summary_sent_back: tuple[date, str] | None = None  # the first year's
    contact: str | None = None  # who answers for the county


OBJECTION_DAY = date(2025, 6, 3)  # the city holds the last approval to be wrong (M07)
OBJECTION_WHY = "接害总人数与专项治理现场检测的人数不符，请复核"


def august(day: int, share: float = 1.0, habit: Habit = Habit.PLAIN) -> Handing:
    return Handing(date(2024, 8, day), share, habit)


WAYS = {
    "450202": Ways(  # 城中区
        (august(7),),
        accepted=date(2024, 8, 12),
        monthly=-1,
        summaries=((date(2024, 12, 10),), (date(2025, 11, 10),)),
        contact="韦敏",
    ),
    "450203": Ways(  # 鱼峰区: on the very day
        (august(9),),
        accepted=date(2024, 8, 13),
        monthly=0,
        summaries=((date(2024, 12, 13),), (date(2025, 11, 14),)),
        contact="覃勇",
    ),
    "450204": Ways(  # 柳南区: in two parts
        (august(8, 0.6), august(14)),
        accepted=date(2024, 8, 19),
        monthly=2,
        summaries=((date(2024, 12, 16),), (date(2025, 11, 17),)),
        contact="莫丽",
    ),
    "450205": Ways(  # 柳北区: codes typed anew, sent back, once more
        (august(6, habit=Habit.NUMBERED), august(20, habit=Habit.SHUFFLED)),
        sent_back=(date(2024, 8, 8), "有几家停产单位与乡镇上报的不一致，请复核后重新报送"),
        accepted=date(2024, 8, 23),
        monthly=-1,
        summaries=(
            (
                date(2024, 12, 12),
                date(2024, 12, 23),
            ),
            (date(2025, 11, 12),),
        ),
        summary_sent_back=(date(2024, 12, 18), "缺少下属企业集团的情况，请补充"),
        contact="黄海燕",
    ),
    "450206": Ways(  # 柳江区: late, sent back, late again
        (august(16), august(27)),
        sent_back=(date(2024, 8, 19), "无危害因素的单位没有写明依据，请补充"),
        accepted=date(2024, 8, 29),
        monthly=4,
        summaries=((date(2024, 12, 27),), (date(2025, 11, 28),)),
        contact="梁志强",
    ),
    "450222": Ways(monthly=None),  # 柳城县: silent, and nobody named
    "450223": Ways(  # 鹿寨县
        (august(9, habit=Habit.MOVED),),
        accepted=date(2024, 8, 14),
        monthly=0,
        summaries=((date(2024, 12, 13),), (date(2025, 11, 13),)),
        contact="蓝秀",
    ),
    "450224": Ways(  # 融安县
        (august(5, habit=Habit.MOVED),),
        accepted=date(2024, 8, 9),
        monthly=-1,
        summaries=((date(2024, 12, 6),), (date(2025, 11, 7),)),
        contact="潘国荣",
    ),
    "450225": Ways(  # 融水: bit by bit
        (Handing(date(2024, 7, 31), 0.3, Habit.TRIMMED), august(7, 0.7, Habit.TRIMMED), august(12)),
        accepted=date(2024, 8, 16),
        monthly=1,
        summaries=((date(2024, 12, 15),), (date(2025, 11, 15),)),
        contact="贾艳",
    ),
    "450226": Ways(  # 三江: more time granted
        (august(22),),
        extended=(date(2024, 8, 6), date(2024, 8, 23), "连日暴雨，部分乡镇道路中断"),
        accepted=date(2024, 8, 26),
        monthly=1,
        summaries=((date(2024, 12, 30),), (date(2025, 12, 3),)),
        contact="吴永生",
    ),
}

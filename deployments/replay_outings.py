"""Who goes out in the demo's counties, when, and to how many: made up, but each county in its way."""

from datetime import date
from typing import NamedTuple

from deployments.replay_plan import WAYS
from models.fieldwork import Publicity, Reason, Work


class Outing(NamedTuple):
    """Some months of field work told in one go. The sheets are fetched on a day on which the month's lists come in."""

    works: tuple[Work, ...]
    fetched: date
    batches: tuple[date, ...]  # trainings; whoever goes out starts with the first of them
    back: date


class Zeal(NamedTuple):
    """How a county goes about it."""

    outings: tuple[Outing, ...] = ()
    turnout: float = 0.0  # of the units on the list, who comes to a training
    visited: float = 0.0  # of the units on the list, in the order of work
    acts: int = 0  # of publicity


# few sheets, each of some months: taking a workbook in costs a fifth of a second
OCTOBER, MARCH, MAY = date(2024, 10, 8), date(2025, 3, 3), date(2025, 5, 6)
AUTUMN = (date(2024, 10, 21),)
QUARTERS = (date(2025, 3, 10), date(2025, 5, 12), date(2025, 7, 7))
EAGER = Zeal(
    (
        Outing((Work.TRAINING, Work.VISIT), OCTOBER, AUTUMN, date(2024, 11, 18)),
        Outing((Work.TRAINING, Work.REASON), MARCH, QUARTERS, date(2025, 7, 21)),
    ),
    turnout=0.45,
    visited=0.4,
    acts=2,
)
PUNCTUAL = Zeal(
    (
        Outing((Work.VISIT,), OCTOBER, AUTUMN, date(2024, 12, 16)),
        Outing((Work.TRAINING,), MARCH, QUARTERS[:2], date(2025, 5, 19)),
    ),
    turnout=0.35,
    visited=0.5,
    acts=2,
)
SLOW = Zeal(
    (Outing((Work.TRAINING,), MAY, (date(2025, 6, 9), date(2025, 9, 1)), date(2025, 9, 15)),),
    turnout=0.3,
    acts=1,
)
FAR = Zeal(acts=1)  # the mountains: a word at the market, and no more yet
SILENT = Zeal()

ABSENT = 0.15  # asked to a training, and did not come
ASKED = 0.6  # who says why nothing is declared
REASONS = {
    Reason.UNABLE: 0.35,
    Reason.ACCOUNT: 0.2,
    Reason.REFUSES: 0.15,
    Reason.DISPUTED: 0.12,
    Reason.LOST: 0.1,
    Reason.OTHER: 0.08,
}
OTHERWISE = "正在办理搬迁"
GUIDES = ("李医师", "周工", "陆科长")
PLACES = ("政府礼堂", "疾控中心会议室", "工业园区会议中心")
ACTS = (
    (date(2025, 4, 25), Publicity.WEEK, "《职业病防治法》宣传周广场咨询"),
    (date(2024, 11, 11), Publicity.FIVE, "申报政策进企业、进园区"),
)
REFERRAL_DAY, REFERRED_WHY = date(2025, 10, 9), "经告知、培训和入户指导仍拒不申报"


def zeal_of(county: str) -> Zeal:
    """As it answers the months: ahead of time, on the very day, a day late, later, or never."""
    monthly = WAYS[county].monthly
    if monthly is None:
        return SILENT
    return {-1: EAGER, 0: PUNCTUAL, 1: FAR}.get(monthly, SLOW)

"""When employers may be written to: 8:00–20:00 of working days (issue 4). Offices' own reminders have their own hours."""

from datetime import datetime, time

from models.campaign_parts import Calendar
from models.rules.working_days import ONE_DAY, is_working_day, on_or_after

OPENS, CLOSES = time(8), time(20)
NOTICE = "notice"  # the purpose of messages that keep to these hours


def is_quiet(moment: datetime, calendar: Calendar) -> bool:
    """`moment` by the local clock."""
    return not (OPENS <= moment.time() < CLOSES and is_working_day(moment.date(), calendar))


def next_open(moment: datetime, calendar: Calendar) -> datetime:
    """`moment`, or the first after it that is not quiet."""
    if not is_quiet(moment, calendar):
        return moment
    day = moment.date() if moment.time() < OPENS else moment.date() + ONE_DAY
    return datetime.combine(on_or_after(day, calendar), OPENS, moment.tzinfo)


def day_began(moment: datetime) -> datetime:
    return datetime.combine(moment.date(), time.min, moment.tzinfo)

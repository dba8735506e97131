"""Acceptance: every reminder of three counties from 2024-07-01 to 2026-01-31, worked out by hand from the calendar.

Days off on which nothing goes out, besides Saturdays and Sundays, as the State Council announced them:
2024  09-15…09-17 (Mid-Autumn, 17th Tuesday), 10-01…10-07 (National Day, 7th Monday); worked: Sat 09-14, Sun 09-29, Sat 10-12
2025  01-01 (Wed), 01-28 (Tue)…02-04 (Tue), 04-04 (Fri)…04-06, 05-01 (Thu)…05-05 (Mon), 05-31…06-02 (Mon),
      10-01 (Wed)…10-08 (Wed); worked: Sun 01-26, Sat 02-08, Sun 04-27, Sun 09-28, Sat 10-11
2026  01-01 (Thu)…01-03; worked: Sun 01-04
A line is (day, obligation, rungs). Up to the due day a rung goes out on the working day before, afterwards on the next.
"""

from datetime import date, timedelta

from models.rules.ladder import SENT_BACK

Line = tuple[str, str, tuple[int, ...]]
LAST = date(2026, 1, 31)

# ── on time: hands in on the last day but one, or on the day; answers every month on the day before it is due ──
ON_TIME: list[Line] = [
    ("2024-07-26", "verification", (-14,)),
    ("2024-08-02", "verification", (-7,)),
    ("2024-08-06", "verification", (-3,)),
    ("2024-08-08", "verification", (-1,)),  # returned that day, after the tick
    ("2024-11-29", "summary-2024", (-14,)),  # 12-01 is a Sunday
    ("2024-12-06", "summary-2024", (-7,)),  # 12-08 is a Sunday
    ("2024-12-12", "summary-2024", (-3,)),
    ("2024-12-13", "summary-2024", (-1, 0)),  # due on Sunday 12-15: both meet on Friday; returned that day
    ("2025-10-31", "summary-2025", (-14,)),  # 11-01 is a Saturday
    ("2025-11-07", "summary-2025", (-7,)),  # 11-08 is a Saturday; returned on 11-10
    # due on the 3rd working day, open from the 1st: -3 counts only where it goes out on the 1st or later
    ("2024-09-03", "monthly-2024-08", (-1,)),
    ("2024-10-09", "monthly-2024-09", (-1,)),
    ("2024-11-01", "monthly-2024-10", (-3,)),  # due 11-05: 11-02 is a Saturday
    ("2024-11-04", "monthly-2024-10", (-1,)),
    ("2024-12-03", "monthly-2024-11", (-1,)),
    ("2025-01-03", "monthly-2024-12", (-3, -1)),  # due Monday 01-06: 01-05 is a Sunday
    ("2025-02-06", "monthly-2025-01", (-1,)),
    ("2025-03-04", "monthly-2025-02", (-1,)),
    ("2025-04-02", "monthly-2025-03", (-1,)),
    ("2025-05-07", "monthly-2025-04", (-1,)),
    ("2025-06-04", "monthly-2025-05", (-1,)),
    ("2025-07-02", "monthly-2025-06", (-1,)),
    ("2025-08-01", "monthly-2025-07", (-3,)),  # due 08-05: 08-02 is a Saturday
    ("2025-08-04", "monthly-2025-07", (-1,)),
    ("2025-09-02", "monthly-2025-08", (-1,)),
    ("2025-10-10", "monthly-2025-09", (-1,)),  # due on the worked Saturday 10-11
    ("2025-11-04", "monthly-2025-10", (-1,)),
    ("2025-12-02", "monthly-2025-11", (-1,)),
    (
        "2026-01-05",
        "monthly-2025-12",
        (-1,),
    ),  # due Tuesday 01-06: -3 is 01-03, and back to 12-31, not yet open
]

# ── late: returns after the due day, is sent back, is granted more time; answers every month on the day after ──
LATE: list[Line] = [
    ("2024-07-26", "verification", (-14,)),
    ("2024-08-02", "verification", (-7,)),
    ("2024-08-06", "verification", (-3,)),
    ("2024-08-08", "verification", (-1,)),
    ("2024-08-09", "verification", (0,)),
    ("2024-08-12", "verification", (1, 3)),  # 08-10 is a Saturday; returned 08-14, sent back Thursday 08-15
    ("2024-08-16", "verification", (7, SENT_BACK)),  # the send-back is told together with a week overdue
    # extended on Monday 08-19 until Friday 08-30; -14 was 08-16
    ("2024-08-23", "verification", (-7,)),
    ("2024-08-27", "verification", (-3,)),
    ("2024-08-29", "verification", (-1,)),  # returned that day
    ("2024-11-29", "summary-2024", (-14,)),
    ("2024-12-06", "summary-2024", (-7,)),
    ("2024-12-12", "summary-2024", (-3,)),
    ("2024-12-13", "summary-2024", (-1, 0)),
    ("2024-12-16", "summary-2024", (1,)),
    ("2024-12-18", "summary-2024", (3,)),  # returned 12-20, sent back Friday 2025-01-24
    ("2025-01-26", "summary-2024", (42, SENT_BACK)),  # the worked Sunday: 12-15 and 42 days
    ("2025-02-05", "summary-2024", (49,)),  # 02-02 lies in Spring Festival; returned 02-06
    ("2025-10-31", "summary-2025", (-14,)),
    ("2025-11-07", "summary-2025", (-7,)),
    ("2025-11-12", "summary-2025", (-3,)),  # that day extended until Saturday 11-22
    ("2025-11-14", "summary-2025", (-7,)),  # 11-15 is a Saturday; -14 (11-08) was before
    ("2025-11-19", "summary-2025", (-3,)),
    ("2025-11-21", "summary-2025", (-1, 0)),
    ("2025-11-24", "summary-2025", (1,)),  # 11-23 is a Sunday; returned that day
    ("2024-09-03", "monthly-2024-08", (-1,)),
    ("2024-09-04", "monthly-2024-08", (0,)),
    ("2024-09-05", "monthly-2024-08", (1,)),
    ("2024-10-09", "monthly-2024-09", (-1,)),
    ("2024-10-10", "monthly-2024-09", (0,)),
    ("2024-10-11", "monthly-2024-09", (1,)),
    ("2024-11-01", "monthly-2024-10", (-3,)),
    ("2024-11-04", "monthly-2024-10", (-1,)),
    ("2024-11-05", "monthly-2024-10", (0,)),
    ("2024-11-06", "monthly-2024-10", (1,)),
    ("2024-12-03", "monthly-2024-11", (-1,)),
    ("2024-12-04", "monthly-2024-11", (0,)),
    ("2024-12-05", "monthly-2024-11", (1,)),
    ("2025-01-03", "monthly-2024-12", (-3, -1)),
    ("2025-01-06", "monthly-2024-12", (0,)),
    ("2025-01-07", "monthly-2024-12", (1,)),
    ("2025-02-06", "monthly-2025-01", (-1,)),
    ("2025-02-07", "monthly-2025-01", (0,)),
    ("2025-02-08", "monthly-2025-01", (1,)),  # a worked Saturday
    ("2025-03-04", "monthly-2025-02", (-1,)),
    ("2025-03-05", "monthly-2025-02", (0,)),
    ("2025-03-06", "monthly-2025-02", (1,)),
    ("2025-04-02", "monthly-2025-03", (-1,)),
    ("2025-04-03", "monthly-2025-03", (0,)),
    ("2025-04-07", "monthly-2025-03", (1, 3)),  # Qingming from the 4th to the 6th
    ("2025-05-07", "monthly-2025-04", (-1,)),
    ("2025-05-08", "monthly-2025-04", (0,)),
    ("2025-05-09", "monthly-2025-04", (1,)),
    ("2025-06-04", "monthly-2025-05", (-1,)),
    ("2025-06-05", "monthly-2025-05", (0,)),
    ("2025-06-06", "monthly-2025-05", (1,)),
    ("2025-07-02", "monthly-2025-06", (-1,)),
    ("2025-07-03", "monthly-2025-06", (0,)),
    ("2025-07-04", "monthly-2025-06", (1,)),
    ("2025-08-01", "monthly-2025-07", (-3,)),
    ("2025-08-04", "monthly-2025-07", (-1,)),
    ("2025-08-05", "monthly-2025-07", (0,)),
    ("2025-08-06", "monthly-2025-07", (1,)),
    ("2025-09-02", "monthly-2025-08", (-1,)),
    ("2025-09-03", "monthly-2025-08", (0,)),
    ("2025-09-04", "monthly-2025-08", (1,)),
    ("2025-10-10", "monthly-2025-09", (-1,)),
    ("2025-10-11", "monthly-2025-09", (0,)),
    ("2025-10-13", "monthly-2025-09", (1,)),  # 10-12 is a Sunday off
    ("2025-11-04", "monthly-2025-10", (-1,)),
    ("2025-11-05", "monthly-2025-10", (0,)),
    ("2025-11-06", "monthly-2025-10", (1,)),
    ("2025-12-02", "monthly-2025-11", (-1,)),
    ("2025-12-03", "monthly-2025-11", (0,)),
    ("2025-12-04", "monthly-2025-11", (1,)),
    ("2026-01-05", "monthly-2025-12", (-1,)),
    ("2026-01-06", "monthly-2025-12", (0,)),
    ("2026-01-07", "monthly-2025-12", (1,)),
]

# ── silent: what goes out until a week overdue, and then every week by the table of moved days below ──
SILENT: list[Line] = [
    ("2024-07-26", "verification", (-14,)),
    ("2024-08-02", "verification", (-7,)),
    ("2024-08-06", "verification", (-3,)),
    ("2024-08-08", "verification", (-1,)),
    ("2024-08-09", "verification", (0,)),
    ("2024-08-12", "verification", (1, 3)),
    ("2024-08-16", "verification", (7,)),
    ("2024-11-29", "summary-2024", (-14,)),
    ("2024-12-06", "summary-2024", (-7,)),
    ("2024-12-12", "summary-2024", (-3,)),
    ("2024-12-13", "summary-2024", (-1, 0)),
    ("2024-12-16", "summary-2024", (1,)),
    ("2024-12-18", "summary-2024", (3,)),
    ("2024-12-23", "summary-2024", (7,)),
    ("2025-10-31", "summary-2025", (-14,)),
    ("2025-11-07", "summary-2025", (-7,)),
    ("2025-11-12", "summary-2025", (-3,)),
    ("2025-11-14", "summary-2025", (-1, 0)),
    ("2025-11-17", "summary-2025", (1,)),
    ("2025-11-18", "summary-2025", (3,)),
    ("2025-11-24", "summary-2025", (7,)),
    ("2024-09-03", "monthly-2024-08", (-1,)),
    ("2024-09-04", "monthly-2024-08", (0,)),
    ("2024-09-05", "monthly-2024-08", (1,)),
    ("2024-09-09", "monthly-2024-08", (3,)),  # 09-07 is a Saturday
    ("2024-09-11", "monthly-2024-08", (7,)),
    ("2024-10-09", "monthly-2024-09", (-1,)),
    ("2024-10-10", "monthly-2024-09", (0,)),
    ("2024-10-11", "monthly-2024-09", (1,)),
    ("2024-10-14", "monthly-2024-09", (3,)),  # 10-13 is a Sunday
    ("2024-10-17", "monthly-2024-09", (7,)),
    ("2024-11-01", "monthly-2024-10", (-3,)),
    ("2024-11-04", "monthly-2024-10", (-1,)),
    ("2024-11-05", "monthly-2024-10", (0,)),
    ("2024-11-06", "monthly-2024-10", (1,)),
    ("2024-11-08", "monthly-2024-10", (3,)),
    ("2024-11-12", "monthly-2024-10", (7,)),
    ("2024-12-03", "monthly-2024-11", (-1,)),
    ("2024-12-04", "monthly-2024-11", (0,)),
    ("2024-12-05", "monthly-2024-11", (1,)),
    ("2024-12-09", "monthly-2024-11", (3,)),  # 12-07 is a Saturday
    ("2024-12-11", "monthly-2024-11", (7,)),
    ("2025-01-03", "monthly-2024-12", (-3, -1)),
    ("2025-01-06", "monthly-2024-12", (0,)),
    ("2025-01-07", "monthly-2024-12", (1,)),
    ("2025-01-09", "monthly-2024-12", (3,)),
    ("2025-01-13", "monthly-2024-12", (7,)),
    ("2025-02-06", "monthly-2025-01", (-1,)),
    ("2025-02-07", "monthly-2025-01", (0,)),
    ("2025-02-08", "monthly-2025-01", (1,)),
    ("2025-02-10", "monthly-2025-01", (3,)),
    ("2025-02-14", "monthly-2025-01", (7,)),
    ("2025-03-04", "monthly-2025-02", (-1,)),
    ("2025-03-05", "monthly-2025-02", (0,)),
    ("2025-03-06", "monthly-2025-02", (1,)),
    ("2025-03-10", "monthly-2025-02", (3,)),  # 03-08 is a Saturday
    ("2025-03-12", "monthly-2025-02", (7,)),
    ("2025-04-02", "monthly-2025-03", (-1,)),
    ("2025-04-03", "monthly-2025-03", (0,)),
    ("2025-04-07", "monthly-2025-03", (1, 3)),
    ("2025-04-10", "monthly-2025-03", (7,)),
    ("2025-05-07", "monthly-2025-04", (-1,)),
    ("2025-05-08", "monthly-2025-04", (0,)),
    ("2025-05-09", "monthly-2025-04", (1,)),
    ("2025-05-12", "monthly-2025-04", (3,)),  # 05-11 is a Sunday
    ("2025-05-15", "monthly-2025-04", (7,)),
    ("2025-06-04", "monthly-2025-05", (-1,)),
    ("2025-06-05", "monthly-2025-05", (0,)),
    ("2025-06-06", "monthly-2025-05", (1,)),
    ("2025-06-09", "monthly-2025-05", (3,)),  # 06-08 is a Sunday
    ("2025-06-12", "monthly-2025-05", (7,)),
    ("2025-07-02", "monthly-2025-06", (-1,)),
    ("2025-07-03", "monthly-2025-06", (0,)),
    ("2025-07-04", "monthly-2025-06", (1,)),
    ("2025-07-07", "monthly-2025-06", (3,)),  # 07-06 is a Sunday
    ("2025-07-10", "monthly-2025-06", (7,)),
    ("2025-08-01", "monthly-2025-07", (-3,)),
    ("2025-08-04", "monthly-2025-07", (-1,)),
    ("2025-08-05", "monthly-2025-07", (0,)),
    ("2025-08-06", "monthly-2025-07", (1,)),
    ("2025-08-08", "monthly-2025-07", (3,)),
    ("2025-08-12", "monthly-2025-07", (7,)),
    ("2025-09-02", "monthly-2025-08", (-1,)),
    ("2025-09-03", "monthly-2025-08", (0,)),
    ("2025-09-04", "monthly-2025-08", (1,)),
    ("2025-09-08", "monthly-2025-08", (3,)),  # 09-06 is a Saturday
    ("2025-09-10", "monthly-2025-08", (7,)),
    ("2025-10-10", "monthly-2025-09", (-1,)),
    ("2025-10-11", "monthly-2025-09", (0,)),
    ("2025-10-13", "monthly-2025-09", (1,)),
    ("2025-10-14", "monthly-2025-09", (3,)),
    ("2025-10-20", "monthly-2025-09", (7,)),  # 10-18 is a Saturday
    ("2025-11-04", "monthly-2025-10", (-1,)),
    ("2025-11-05", "monthly-2025-10", (0,)),
    ("2025-11-06", "monthly-2025-10", (1,)),
    ("2025-11-10", "monthly-2025-10", (3,)),  # 11-08 is a Saturday
    ("2025-11-12", "monthly-2025-10", (7,)),
    ("2025-12-02", "monthly-2025-11", (-1,)),
    ("2025-12-03", "monthly-2025-11", (0,)),
    ("2025-12-04", "monthly-2025-11", (1,)),
    ("2025-12-08", "monthly-2025-11", (3,)),  # 12-06 is a Saturday
    ("2025-12-10", "monthly-2025-11", (7,)),
    ("2026-01-05", "monthly-2025-12", (-1,)),
    ("2026-01-06", "monthly-2025-12", (0,)),
    ("2026-01-07", "monthly-2025-12", (1,)),
    ("2026-01-09", "monthly-2025-12", (3,)),
    ("2026-01-13", "monthly-2025-12", (7,)),
]

# Fourteen days overdue and then every week: the first of these days, on the weekday of the due day
WEEKLY = {
    "verification": "2024-08-23",  # Fridays
    "summary-2024": "2024-12-29",  # Sundays
    "summary-2025": "2025-11-29",  # Saturdays
    "monthly-2024-08": "2024-09-18",  # Wednesdays
    "monthly-2024-09": "2024-10-24",  # Thursdays
    "monthly-2024-10": "2024-11-19",  # Tuesdays
    "monthly-2024-11": "2024-12-18",  # Wednesdays
    "monthly-2024-12": "2025-01-20",  # Mondays
    "monthly-2025-01": "2025-02-21",  # Fridays
    "monthly-2025-02": "2025-03-19",  # Wednesdays
    "monthly-2025-03": "2025-04-17",  # Thursdays
    "monthly-2025-04": "2025-05-22",  # Thursdays
    "monthly-2025-05": "2025-06-19",  # Thursdays
    "monthly-2025-06": "2025-07-17",  # Thursdays
    "monthly-2025-07": "2025-08-19",  # Tuesdays
    "monthly-2025-08": "2025-09-17",  # Wednesdays
    "monthly-2025-09": "2025-10-25",  # Saturdays
    "monthly-2025-10": "2025-11-19",  # Wednesdays
    "monthly-2025-11": "2025-12-17",  # Wednesdays
    "monthly-2025-12": "2026-01-20",  # Tuesdays
}
# Weekdays off, and the day on which work begins again
MOVED = {
    "2024-10-01": "2024-10-08",
    "2024-10-02": "2024-10-08",
    "2024-10-03": "2024-10-08",
    "2024-10-04": "2024-10-08",
    "2025-01-01": "2025-01-02",
    "2025-01-28": "2025-02-05",
    "2025-01-29": "2025-02-05",
    "2025-01-30": "2025-02-05",
    "2025-01-31": "2025-02-05",
    "2025-02-03": "2025-02-05",
    "2025-02-04": "2025-02-05",
    "2025-04-04": "2025-04-07",
    "2025-05-01": "2025-05-06",
    "2025-05-02": "2025-05-06",
    "2025-05-05": "2025-05-06",
    "2025-06-02": "2025-06-03",
    "2025-10-01": "2025-10-09",
    "2025-10-02": "2025-10-09",
    "2025-10-03": "2025-10-09",
    "2025-10-06": "2025-10-09",
    "2025-10-07": "2025-10-09",
    "2025-10-08": "2025-10-09",
    "2026-01-01": "2026-01-04",
    "2026-01-02": "2026-01-04",
    # Sundays before a Monday off, and Sundays that are worked themselves
    "2025-01-26": "2025-01-26",
    "2025-02-02": "2025-02-05",
    "2025-04-27": "2025-04-27",
    "2025-05-04": "2025-05-06",
    "2025-06-01": "2025-06-03",
    "2025-09-28": "2025-09-28",
    "2025-10-05": "2025-10-09",
    "2026-01-04": "2026-01-04",
    # the one Saturday before a worked Sunday
    "2026-01-03": "2026-01-04",
}
SATURDAY = 5


def silent() -> list[Line]:
    """With the weekly ones. Two weeks of one obligation that move to one day are one reminder."""
    lines = list(SILENT)
    for key, first in WEEKLY.items():
        told: dict[str, tuple[int, ...]] = {}
        day, rung = date.fromisoformat(first), 14
        while day <= LAST:
            monday = day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day
            on = MOVED.get(str(day), str(monday))
            if on <= str(LAST):
                told[on] = (*told.get(on, ()), rung)
            day, rung = day + timedelta(days=7), rung + 7
        lines += [(on, key, rungs) for on, rungs in told.items()]
    return lines

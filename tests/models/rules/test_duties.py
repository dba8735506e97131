"""What the campaign file says is owed: the third working day of each next month, by hand from the calendar (1.6)."""

from datetime import date

from models.rules.duties import duties, monthly_key
from tests.make_targets import campaign_on_file, campaign_with

MONTHLY = {
    "2024-08": "2024-09-04",
    "2024-09": "2024-10-10",  # 10-08, 10-09 and 10-10 after National Day
    "2024-10": "2024-11-05",
    "2024-11": "2024-12-04",
    "2024-12": "2025-01-06",
    "2025-01": "2025-02-07",  # Spring Festival ends on 02-04
    "2025-02": "2025-03-05",
    "2025-03": "2025-04-03",
    "2025-04": "2025-05-08",
    "2025-05": "2025-06-05",
    "2025-06": "2025-07-03",
    "2025-07": "2025-08-05",
    "2025-08": "2025-09-03",
    "2025-09": "2025-10-11",  # 10-09, 10-10 and the worked Saturday
    "2025-10": "2025-11-05",
    "2025-11": "2025-12-03",
    "2025-12": "2026-01-06",  # Sunday 01-04 is worked
}


def test_months_are_answered_in_the_next_one() -> None:
    monthly = {duty.key: duty for duty in duties(campaign_on_file()) if duty.kind == "monthly"}
    assert {key: str(duty.due) for key, duty in monthly.items()} == {
        f"monthly-{month}": due for month, due in MONTHLY.items()
    }
    assert monthly["monthly-2024-12"].opens == date(2025, 1, 1)
    assert monthly_key(date(2024, 12, 31)) == "monthly-2024-12"


def test_the_campaigns_own_duties_come_from_its_file() -> None:
    found = {duty.key: (str(duty.opens), str(duty.due)) for duty in duties(campaign_on_file())}
    assert found["verification"] == ("2024-07-01", "2024-08-09")
    assert found["summary-2025"] == ("2025-10-15", "2025-11-15")


def test_the_city_may_owe_something_itself() -> None:
    own = {"key": "plan", "name": "实施方案", "opens": date(2024, 7, 1), "due": date(2024, 7, 31)}
    campaign = campaign_with(obligations=[own | {"owed_by": "city", "owed_to": "county"}])
    assert next(iter(duties(campaign))).by_city

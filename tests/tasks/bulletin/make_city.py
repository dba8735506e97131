"""Two counties at work: a baseline in both, August published, then September's changes."""

from datetime import date

from models.campaign import Campaign
from models.database import session
from models.target import SnapshotKind
from tasks.assessments import freeze_month
from tasks.membership import remove
from tasks.snapshots import freeze_lists
from tests.make_targets import DAY, campaign_on_file, declare, make_known

LIUJIANG, LIUBEI = "450206", "450205"
CUT, LATE = date(2024, 9, 30), date(2024, 10, 12)
WAITING_SINCE = date(2024, 9, 18)


def make_city() -> Campaign:
    """柳江: four works, one declares in September, one is removed on the last day; 柳北: two, one waits for approval."""
    campaign = campaign_on_file()
    with session() as db:
        units = {name: make_known(db, name=name, name_key=name) for name in ("甲厂", "乙厂", "丙厂", "丁厂")}
        units |= {
            name: make_known(db, name=name, name_key=name, county=LIUBEI, industry="3031", headcount=9)
            for name in ("=戊厂", "己厂")
        }
        declare(db, make_known(db, name="早报的厂", name_key="早报的厂"))
    for kind in SnapshotKind:
        freeze_lists(campaign, kind, DAY, by="张三")
    freeze_month(campaign, "2024-08", on=LATE, by="张三")
    with session() as db:
        declare(db, units["甲厂"], from_on=date(2024, 9, 24))
        declare(db, units["己厂"], from_on=None, filed_on=WAITING_SINCE)
    remove(campaign, "乙厂", reason="no_hazard", note=None, by="李四", on=CUT)
    return campaign

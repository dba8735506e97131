"""The main job step by step at a given size: every list taken in, linked, targets computed, read and refreshed.

    .venv/bin/python -m benchmarks.whole --employers 20000 200000 1000000

Reading the computed table of all counties stands beside the same figures by a live join of employers, links and
standing approvals. Times of one run; reads are the median of seven.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.intake import installation, say
from benchmarks.measure import Measured, measured
from models.campaign import Campaign
from models.database import session, writing
from models.queries.county_totals import county_totals
from models.reference import industries
from models.rules.sectors import sector_table
from tasks.campaigns import open_campaign
from tasks.intake_files import ingest_one
from tasks.linking import link_declarations
from tasks.manifest import orders_of
from tasks.sample import make_sample
from tasks.targets import find_targets, refresh_targets

AS_OF = date(2024, 8, 9)
SEED = 4754
READS = 7

LIVE = """
SELECT e.county, coalesce(i.sector, ''), count(DISTINCT e.id) AS units,
       count(DISTINCT e.id) FILTER (WHERE s.entry IS NOT NULL) AS declared
FROM employer AS e
LEFT JOIN bench_sector AS i ON i.code = e.industry
LEFT JOIN link AS l ON l.employer_id = e.id AND l.ended_at IS NULL AND l.verdict = 'sure'
LEFT JOIN standing AS s ON s.entry = l.entry AND s.from_on <= :day AND (s.to_on IS NULL OR s.to_on > :day)
WHERE e.merged_into IS NULL AND e.ended_at IS NULL
  AND (i.sector IS NOT NULL OR EXISTS (
      SELECT 1 FROM placement AS p JOIN record AS r ON r.id = p.record_id
      WHERE p.employer_id = e.id AND p.ended_at IS NULL AND (r.programme IS NOT NULL OR r.hazards IS NOT NULL)))
  AND coalesce(e.state, '') NOT IN ('注销', '迁出')
  AND NOT (coalesce(e.state, '') IN ('停产', '吊销') AND e.state_on + make_interval(months => 6) < :day)
GROUP BY 1, 2
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--employers", type=int, nargs="+", default=[20_000])
    for employers in parser.parse_args().employers:
        with tempfile.TemporaryDirectory(prefix="yingbao-bench-") as folder:
            _run(Path(folder), employers)


def _run(folder: Path, employers: int) -> None:
    say(f"\n== {employers:,} employers, {employers * 3 // 10:,} declarations ==")
    campaign = open_campaign("liuzhou-2024-2025")
    make_sample(folder / "sample", employers=employers, seed=SEED, formats="csv")
    with installation(folder / "home"):
        figures = [take_in_all(folder / "sample", campaign)]
        with measured("link all declarations") as linked:
            link_declarations(campaign)
        with measured("compute targets of all counties: full build") as built:
            find_targets(campaign, AS_OF)
        with measured("the same again: nothing changed") as again:
            find_targets(campaign, AS_OF)
        figures += [linked, built, again, _refreshed(campaign)]
        for figure in figures:
            say(figure.line())
        _reads(campaign)


def take_in_all(sample: Path, campaign: Campaign) -> Measured:
    with measured("take in all lists, units settled") as figure:
        for order in orders_of(sample, "bench"):
            ingest_one(order, campaign)
    return figure


def _refreshed(campaign: Campaign) -> Measured:
    """Every fiftieth unit touched, as after a month's changes."""
    with writing(rehearse=True) as db:
        lay_changed(db)
        with measured("refresh 2 % of the targets") as figure:
            refresh_targets(db, campaign, AS_OF, "changed")
    return figure


def _reads(campaign: Campaign) -> None:
    with session() as db:
        lay_sectors(db, campaign)
        db.execute(text("SET LOCAL work_mem = '256MB'"))
        computed = median_of(lambda: county_totals(db, campaign))
        live = median_of(lambda: db.execute(text(LIVE), {"day": AS_OF}).all())
    say(f"read computed targets of all counties     {computed * 1000:8.1f} ms")
    say(f"the same by a live join                   {live * 1000:8.1f} ms   ratio {live / computed:.0f}")


def lay_changed(db: Session) -> None:
    changed = "SELECT id AS employer_id FROM employer WHERE id % 50 = 0"
    db.execute(text(f"CREATE TEMP TABLE changed ON COMMIT DROP AS {changed}"))


def lay_sectors(db: Session, campaign: Campaign) -> None:
    """The sector of every industry code, for the live joins."""
    db.execute(text("CREATE TEMP TABLE bench_sector (code text PRIMARY KEY, sector text) ON COMMIT DROP"))
    rows = [
        {"code": one.code, "sector": one.sector}
        for one in sector_table(campaign.sectors, industries()["code"])
    ]
    db.execute(text("INSERT INTO bench_sector VALUES (:code, :sector)"), rows)
    db.execute(text("ANALYZE bench_sector"))


def median_of(read: Callable[[], object]) -> float:
    times = []
    for _ in range(READS):
        start = time.perf_counter()
        read()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()

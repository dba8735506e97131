"""A process that takes in one list: says when it is ready, starts when told, and may be killed at any moment."""

import sys
from datetime import date
from pathlib import Path

from models.database import engine
from models.inbound import Kind
from tasks.campaigns import open_campaign
from tasks.intake import ingest
from tasks.order import Order

if __name__ == "__main__":
    campaign = open_campaign("liuzhou-2024-2025")
    order = Order(Path(sys.argv[1]), Kind.REGISTRY, "test", data_date=date(2024, 6, 30))
    engine().connect().close()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    ingest(order, campaign)

"""A worker that sends a round of notices: starts when told, and stops dead at the step asked for."""

import sys
from pathlib import Path
from typing import Any

from models.actions import notice_rounds, notice_sending, outbox
from models.database import engine
from tasks.notice_rounds import posting, printing, sending
from tasks.notice_rounds.delivering import deliver_all
from tasks.notice_rounds.printing import Paper
from tests.campaign.outbox_child import say, stopping
from tests.make_notices import CAMPAIGN

# where → the module that calls it, and its name there
PLACES: dict[str, tuple[Any, str]] = {
    "claim": (notice_sending, "claim_place"),
    "booklets": (printing, "print_booklets"),
    "keep": (printing, "keep_file"),
    "printed": (notice_sending, "printed"),
    "letters": (posting, "print_letters"),
    "message": (posting, "put_message"),
    "put": (notice_sending, "put"),
    "close": (notice_rounds, "close_if_done"),
    "outbox claim": (outbox, "claim_next"),
    "outbox finish": (outbox, "finish"),
}
FIRST_CALL = ("claim", "booklets", "letters", "close", "put")


def stop_at(step: str) -> None:
    moment, _, what = step.partition(" ")
    if what not in PLACES:
        return
    module, name = PLACES[what]
    calls = 1 if what in FIRST_CALL else 2
    setattr(module, name, stopping(getattr(module, name), before=moment == "before", at=calls))


if __name__ == "__main__":
    stop_at(sys.argv[1])
    engine().connect().close()
    say("ready")
    sys.stdin.readline()
    done = sum(step.done.letters for step in sending.send_batches(CAMPAIGN, 1, Paper(Path(sys.argv[2]))))
    list(deliver_all())
    say(str(done))

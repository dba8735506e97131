"""How fast notices may leave now: quiet hours of the campaign's calendar, limits of this installation (issue 4)."""

from models import clock
from models.database import session
from models.outbox import ChannelKind
from models.queries.outbox import shut_to_notices, waiting_notices
from models.rules.quiet_hours import day_began, is_quiet
from models.rules.sending import Limit, Pace
from models.settings import Settings
from tasks.campaigns import open_campaign


def pace_now(settings: Settings) -> Pace | None:
    """None: no notice waits that would leave the machine, so nothing needs to be held back."""
    with session() as db:
        waiting = waiting_notices(db)
    if not settings.deliver or not set(waiting) - {ChannelKind.FOLDER}:
        return None
    moment = clock.now()
    limits: dict[str, Limit] = {
        ChannelKind.MAIL: Limit(settings.mail_per_minute, settings.mail_per_day),
        ChannelKind.SMS: Limit(settings.sms_per_minute, settings.sms_per_day),
    }
    quiet = is_quiet(moment, open_campaign(settings.campaign).calendar)
    return Pace(quiet, limits, day_began(moment))


def held_notices(settings: Settings) -> list[str]:
    """Why notices still wait, channel by channel."""
    pace = pace_now(settings)
    if pace is None:
        return []
    with session() as db:
        waiting, shut = waiting_notices(db), shut_to_notices(db, pace)
    return [f"{waiting[channel]} 条告知在等：{why}" for channel, why in shut.items() if waiting.get(channel)]

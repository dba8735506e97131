"""Tell whoever runs the installation that something failed, once (issue 3)."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy.exc import OperationalError

from models import clock
from models.actions.outbox import DOMAIN, put_message
from models.database import session
from models.errors import EnvironmentTrouble
from models.outbox import ChannelKind
from models.rules.routes import Route
from models.rules.sending import LEASE
from models.settings import Settings, get_settings
from notices.channels.channel import Letter
from notices.channels.folder import FolderChannel
from tasks.outbox import deliver_waiting

OFFICE, PURPOSE, NAME = "operator", "failure", "系统管理员"


def tell_operator(subject: str, body: str, key: str, *, lease: timedelta = LEASE) -> None:
    """By mail or into the folder; the same `key` a second time says nothing. Without a database: into the folder."""
    settings = get_settings()
    route = _route(settings)
    try:
        with session() as db:
            put = put_message(
                db,
                key=f"{OFFICE}:{key}",
                campaign=settings.campaign,
                office=OFFICE,
                purpose=PURPOSE,
                channel=route.channel,
                addressee=route.addressee,
                subject=subject,
                body=body,
            )
    except (EnvironmentTrouble, OperationalError):
        _into_folder(settings, subject, body, key)
        return
    if put:
        deliver_waiting(key=f"{OFFICE}:{key}", lease=lease)


def _route(settings: Settings) -> Route:
    if settings.deliver and settings.operator_mail:
        return Route(ChannelKind.MAIL, settings.operator_mail)
    return Route(ChannelKind.FOLDER, settings.operator_mail or NAME)


def _into_folder(settings: Settings, subject: str, body: str, key: str) -> None:
    number = uuid5(NAMESPACE_URL, f"{OFFICE}:{key}")
    folder = FolderChannel(settings.outbox_folder)
    folder.send(Letter(f"<{number}@{DOMAIN}>", OFFICE, NAME, subject, body, clock.now()))

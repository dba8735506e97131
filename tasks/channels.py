"""The channels this installation may use now (C30)."""

from email.utils import parseaddr

from models.errors import EnvironmentTrouble
from models.outbox import ChannelKind
from models.settings import PREFIX, Settings
from notices.channels.bot import BotChannel
from notices.channels.channel import Channel
from notices.channels.folder import FolderChannel
from notices.channels.mail import MailChannel


def open_channels(settings: Settings) -> dict[str, Channel]:
    """By kind of message. Redirected, robots' messages go by mail; not to be sent now is what is missing here."""
    channels: dict[str, Channel] = {ChannelKind.FOLDER: FolderChannel(settings.outbox_folder)}
    if not settings.deliver:
        return channels
    if not missing_for_mail(settings):
        channels[ChannelKind.MAIL] = _mail(settings)
    if not settings.redirect_to:
        channels[ChannelKind.BOT] = BotChannel(settings.bot_gateway, settings.smtp_timeout)
    elif ChannelKind.MAIL in channels:
        channels[ChannelKind.BOT] = channels[ChannelKind.MAIL]
    return channels


def missing_for_mail(settings: Settings) -> EnvironmentTrouble | None:
    """Why mail cannot be sent although delivery is on."""
    if not settings.deliver:
        return None
    lacks = [name for name in ("smtp_host", "mail_from") if not getattr(settings, name)]
    if lacks:
        names = "、".join(f"{PREFIX}{name}".upper() for name in lacks)
        return EnvironmentTrouble("E1431", f"投递已打开，但没有设置 {names}，邮件仍在等待。")
    address = parseaddr(settings.mail_from or "")[1]
    if "@" not in address or not address.isascii():
        return EnvironmentTrouble("E1431", f"{PREFIX}MAIL_FROM 不是邮件地址：{settings.mail_from}。")
    return None


def _mail(settings: Settings) -> MailChannel:
    return MailChannel(
        host=settings.smtp_host or "",
        sender=settings.mail_from or "",
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password,
        timeout=settings.smtp_timeout,
    )

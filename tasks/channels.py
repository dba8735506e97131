"""The channels this installation may use now (C30)."""

from email.utils import parseaddr

from models.errors import EnvironmentTrouble
from models.outbox import ChannelKind
from models.settings import PREFIX, Settings
from notices.channels.bot import BotChannel
from notices.channels.channel import Channel
from notices.channels.folder import FolderChannel
from notices.channels.mail import MailChannel
from notices.channels.sms import SmsChannel

SMS_WANTS = ("sms_key_id", "sms_key_secret", "sms_sign", "sms_template")


def open_channels(settings: Settings) -> dict[str, Channel]:
    """By kind of message. Redirected, everything goes by mail; not to be sent now is what is missing here."""
    channels: dict[str, Channel] = {ChannelKind.FOLDER: FolderChannel(settings.outbox_folder)}
    if not settings.deliver:
        return channels
    if not missing_for_mail(settings):
        channels[ChannelKind.MAIL] = _mail(settings)
    if not settings.redirect_to:
        channels[ChannelKind.BOT] = BotChannel(settings.bot_gateway, settings.smtp_timeout)
        if sms := _sms(settings):
            channels[ChannelKind.SMS] = sms
    elif ChannelKind.MAIL in channels:
        channels[ChannelKind.BOT] = channels[ChannelKind.SMS] = channels[ChannelKind.MAIL]
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


def missing_for_sms(settings: Settings) -> EnvironmentTrouble | None:
    """Why SMS cannot be sent although delivery is on."""
    if not settings.deliver or settings.redirect_to:
        return None
    lacks = [name for name in SMS_WANTS if not getattr(settings, name)]
    if not lacks:
        return None
    names = "、".join(f"{PREFIX}{name}".upper() for name in lacks)
    return EnvironmentTrouble("E1531", f"投递已打开，但没有设置 {names}，短信仍在等待。")


def _sms(settings: Settings) -> SmsChannel | None:
    if missing_for_sms(settings) or not settings.sms_key_secret:
        return None
    return SmsChannel(
        key_id=settings.sms_key_id or "",
        secret=settings.sms_key_secret,
        signature=settings.sms_sign or "",
        template=settings.sms_template or "",
        endpoint=settings.sms_endpoint,
        timeout=settings.sms_timeout,
    )


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

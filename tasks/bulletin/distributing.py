"""Send a bulletin to the counties: one message a county and way, however often it is asked for (C29, C30)."""

from pathlib import Path

from models import clock
from models.actions.outbox import put_message
from models.campaign import Campaign
from models.database import session
from models.queries.contacts import contacts
from models.rules.routes import Delivery, routes
from models.settings import get_settings
from tasks.contacts import keep_file

PURPOSE = "bulletin"


def distribute(campaign: Campaign, month: str, pdf: Path) -> int:
    """Into the outbox, the PDF with it. Returns how many messages were put that were not there before."""
    settings = get_settings()
    sha256 = keep_file(pdf)
    subject = f"{campaign.city.name}职业病危害项目申报扩面行动 {month} 进展情况通报"
    body = f"{subject}见附件。"
    with session() as db:
        people = contacts(db, campaign)
        delivery = Delivery(settings.deliver, settings.redirect_to, people.get(campaign.city.code))
        return sum(
            put_message(
                db,
                key=f"{PURPOSE}/{campaign.key}/{month}/{county}/{number}",
                campaign=campaign.key,
                office=county,
                purpose=PURPOSE,
                channel=way.channel,
                addressee=way.addressee,
                subject=subject,
                body=body,
                not_before=clock.now(),
                file=(sha256, pdf.name),
            )
            for county in campaign.county_names
            for number, way in enumerate(routes(people.get(county), delivery))
        )

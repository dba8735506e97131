"""What the papers of a declaration are made from, beside its document: its steps, its employer's mail, secret words."""

from typing import NamedTuple

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models.filing import DeclarationEvent

MAIL = text("""
    WITH RECURSIVE own(id) AS (
        SELECT CAST(:unit AS bigint) UNION SELECT e.id FROM employer e JOIN own ON e.merged_into = own.id
    )
    SELECT
        (SELECT a.address FROM notice_address a JOIN own ON own.id = a.employer_id
         WHERE a.channel = 'mail' AND a.ended_at IS NULL ORDER BY a.id DESC LIMIT 1) AS address,
        EXISTS (SELECT FROM do_not_contact d JOIN own ON own.id = d.employer_id
                WHERE d.ended_at IS NULL AND coalesce(d.channel, 'mail') = 'mail'
                AND (d.address IS NULL OR d.address IN (
                    SELECT a.address FROM notice_address a JOIN own o ON o.id = a.employer_id
                    WHERE a.channel = 'mail' AND a.ended_at IS NULL))) AS refused
""")
# outputs and units say nothing alone; a name of one character would blot out half the paper
PRODUCTS = text("""
    SELECT DISTINCT row ->> 'name' AS name
    FROM filed_declaration d JOIN declaration_version v ON v.declaration_id = d.id,
        jsonb_array_elements(CASE WHEN jsonb_typeof(v.form #> '{products,rows}') = 'array'
            THEN v.form #> '{products,rows}' ELSE '[]' END) AS row
    WHERE d.registrant_id = :registrant AND length(row ->> 'name') > 1
""")
REJECTED = text("""
    SELECT d.id, r.reviewer FROM filed_declaration d JOIN registrant r ON r.id = d.registrant_id
    WHERE d.state = '已驳回' AND d.source <> 'platform' AND (CAST(:county AS text) IS NULL OR r.reviewer = :county)
    ORDER BY r.reviewer, d.id
""")


class Mail(NamedTuple):
    """Where an employer takes mail; `refused`: it wants none."""

    address: str | None
    refused: bool


def events_of(db: Session, declaration: int) -> list[DeclarationEvent]:
    wanted = DeclarationEvent.declaration_id == declaration
    return list(db.scalars(select(DeclarationEvent).where(wanted).order_by(DeclarationEvent.number)))


def mail_of(db: Session, unit: int) -> Mail:
    """What was said of the unit, or of one it has taken over."""
    row = db.execute(MAIL, {"unit": unit}).one()
    return Mail(row.address, row.refused)


def product_names(db: Session, registrant: int) -> tuple[str, ...]:
    """Every product any version of the registrant's declarations named, the longest first."""
    found = db.scalars(PRODUCTS, {"registrant": registrant})
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def rejected(db: Session, county: str | None) -> list[int]:
    """Declarations that stand rejected, of one reviewing agency or of all."""
    return [row.id for row in db.execute(REJECTED, {"county": county})]

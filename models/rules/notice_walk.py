"""The order in which a booklet is handed out on foot: street by street, number by number (C11)."""

import re

STREET = re.compile(r"^(.*?(?:大道|大街|公路|路|街|巷|里|弄|道|村|屯|社区|园区|工业区|园|区))")
NUMBER = re.compile(r"(\d+)(?:[-之]\d+)*号")
LAST = 10**9


def street_and_number(address_key: str | None) -> tuple[str, int]:
    """Of an address in comparable form (region names gone, digits unified); what is not named comes last."""
    if not address_key:
        return ("\uffff", LAST)
    street = STREET.match(address_key)
    number = NUMBER.search(address_key)
    return (street[1] if street else address_key, int(number[1]) if number else LAST)

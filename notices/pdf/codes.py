"""The addresses of a letter as QR codes (A06)."""

from functools import cache

import segno

MODULE = 4  # pixels: sharp in print, and a few hundred bytes that a booklet holds once
QUIET = 2  # modules; the page is white around them


@cache
def qr_code(address: str) -> str:
    """A PNG as a data address, so that no page ever waits for a file."""
    return str(segno.make_qr(address, error="m").png_data_uri(scale=MODULE, border=QUIET))

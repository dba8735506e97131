"""Which automatic approvals a person looks at again: drawn by number, so that anybody can draw the same ones."""

import hashlib
from decimal import Decimal

SCALE = 2**64


def drawn(campaign: str, declaration: int, share: float) -> bool:
    """Decided by campaign and declaration alone; a bigger share only adds to those drawn before."""
    mark = hashlib.sha256(f"{campaign}:{declaration}".encode()).digest()[:8]
    return int.from_bytes(mark) < Decimal(str(share)) * SCALE

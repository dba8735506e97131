"""The hash of a frozen list: the same members with the same facts give the same one, anywhere, any time (C08)."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any


def fingerprint(members: Iterable[tuple[int, Mapping[str, Any]]]) -> str:
    """SHA-256 over one line a member, in the order of unit numbers: number, tab, facts as JSON with sorted keys."""
    digest = sha256()
    for employer_id, facts in members:
        line = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest.update(f"{employer_id}\t{line}\n".encode())
    return digest.hexdigest()

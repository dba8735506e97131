"""Conditions of SQL that ask what was known at an instant; every one asks for :known_at."""


def known(table: str) -> str:
    """Of links and placements."""
    return f"{table}.recorded_at <= :known_at AND ({table}.ended_at IS NULL OR {table}.ended_at > :known_at)"


def stood(table: str) -> str:
    """Of recorded field work: entered by then, and not withdrawn by then."""
    return f"{table}.recorded_at <= :known_at AND ({table}.withdrawn_at IS NULL OR {table}.withdrawn_at > :known_at)"

"""What a rule says of a case, in the few words a test compares."""

from collections.abc import Iterable

from models.rules.checking import Finding


def fields(findings: Iterable[Finding]) -> list[str]:
    return [finding.path for finding in findings]


def both_values(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """What stands there, and what it was held against."""
    return [(finding.found, finding.against) for finding in findings]

"""A rate from two integers, rounded half up only where it is printed (1.7)."""


def rate(done: int, whole: int) -> str:
    """Per cent with two decimals; — where there is nothing to divide by."""
    if whole == 0:
        return "—"
    hundredths = (done * 20_000 + whole) // (2 * whole)
    return f"{hundredths // 100}.{hundredths % 100:02d}%"

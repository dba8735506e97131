"""When two numbers of one unit's staff differ enough to ask. Our own reading: staff comes and goes."""

LEAST_PERSONS = 10  # a difference of fewer persons is nothing
LEAST_PERCENT = 30  # of the larger number


def far_apart(one: int, other: int) -> bool:
    difference = abs(one - other)
    return difference >= LEAST_PERSONS and difference * 100 >= LEAST_PERCENT * max(one, other)

"""How clerks write credit codes."""

import random

from tasks.sample.dirt.spoil import Recipe, becomes

FULL_WIDTH = {ord(c): ord(c) + 0xFEE0 for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
CONFUSED = str.maketrans("01", "OI")


def lower(code: str, _luck: random.Random) -> str:
    return code.lower()


def full_width(code: str, _luck: random.Random) -> str:
    return code.translate(FULL_WIDTH)


def padded(code: str, luck: random.Random) -> str:
    return luck.choice((f" {code}", f"{code} ", f"{code}\t", f"\u3000{code}"))


def letter_for_digit(code: str, luck: random.Random) -> str:
    """O for 0, I for 1: neither letter exists in a credit code."""
    places = [i for i, c in enumerate(code) if c in "01"]
    some = luck.sample(places, min(len(places), luck.choice((1, 1, 2, 9))))
    return "".join(c.translate(CONFUSED) if i in some else c for i, c in enumerate(code))


def transposed(code: str, luck: random.Random) -> str:
    i = luck.choice([i for i in range(6, len(code) - 1) if code[i] != code[i + 1]] or [6])
    return code[:i] + code[i + 1] + code[i] + code[i + 2 :]


def mistyped(code: str, luck: random.Random) -> str:
    i = luck.randrange(2, len(code))
    return code[:i] + luck.choice("0123456789ABCDEFGH") + code[i + 1 :]


def truncated(code: str, luck: random.Random) -> str:
    return code[: -luck.choice((1, 1, 2, 3))]


def repeated_digit(code: str, luck: random.Random) -> str:
    i = luck.randrange(3, len(code))
    return code[:i] + code[i] + code[i:]


def as_float(code: str, luck: random.Random) -> str:
    """A spreadsheet took the code for a number; codes with letters are cut instead."""
    return f"{float(code):.14E}" if code.isdigit() else truncated(code, luck)


def organisation_code(code: str, _luck: random.Random) -> str:
    """The nine-character code of before 2015, still on many rubber stamps."""
    return f"{code[8:16]}-{code[16]}"


NORMALISES: list[tuple[float, Recipe]] = [(0.05, lower), (0.015, full_width), (0.05, padded)]
DECLARED: list[tuple[float, Recipe]] = [
    (0.035, letter_for_digit), (0.035, transposed), (0.045, mistyped), (0.025, truncated), (0.01, repeated_digit),
    (0.025, as_float), (0.02, organisation_code), (0.055, becomes("")), (0.01, becomes("无")), (0.005, becomes("/")),
]  # fmt: skip
LISTED: list[tuple[float, Recipe]] = [
    (0.015, letter_for_digit), (0.015, transposed), (0.02, mistyped), (0.01, truncated), (0.02, as_float),
    (0.09, becomes("")), (0.02, becomes("无")), (0.01, organisation_code),
]  # fmt: skip
REGISTERED: list[tuple[float, Recipe]] = [
    (0.004, letter_for_digit),
    (0.003, mistyped),
    (0.004, becomes("\\n")),
]

"""The line index knows every key that tomllib reads, however the text is written."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from models.toml_lines import Place, lines_of_keys

CAMPAIGN = Path("deployments/campaigns/liuzhou-2024-2025.toml")

NASTY = '''\
# a = 1
a.b."c.d" = 1  # [no.table]
text = """
[not.a.table]
x = 1 \\""" " ""\\
"""
raw = \'\'\'# no comment ] \'\'\'
list = [ # [
  "]", { x = 1, y = [
    2, 3] },

  [4], 1979-05-27 07:32:00,  # ,
]
[ "表"."a b" ] # header
k = 'it"s'
[[rows]]
n = 1
[[rows.cells]]
v = 1
[[rows.cells]]
v = 2
[rows.more]
z = {}
[[rows]]
[[rows.cells]]
v = 3
'''

PLACES = [
    (("a", "b", "c.d"), 2),
    (("text",), 3),
    (("raw",), 7),
    (("list", 0), 9),
    (("list", 1, "x"), 9),
    (("list", 1, "y", 1), 10),
    (("list", 2, 0), 12),
    (("list", 3), 12),
    (("表", "a b"), 14),
    (("表", "a b", "k"), 15),
    (("rows", 0, "n"), 17),
    (("rows", 0, "cells", 1, "v"), 21),
    (("rows", 0, "more", "z"), 23),
    (("rows", 1), 24),
    (("rows", 1, "cells", 0, "v"), 26),
]


@pytest.mark.parametrize(("place", "line"), PLACES, ids=lambda value: str(value))
def test_line_of(place: Place, line: int) -> None:
    assert lines_of_keys(NASTY)[place] == line


def places(value: Any, at: Place = ()) -> Iterator[Place]:
    if at:
        yield at
    if isinstance(value, dict):
        for key, part in value.items():
            yield from places(part, (*at, key))
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield from places(part, (*at, index))


@pytest.mark.parametrize(
    "text", [NASTY, CAMPAIGN.read_text("utf-8"), "", "x=[]"], ids=["刁钻", "真文件", "空", "空列表"]
)
def test_every_place_of_the_values_and_no_other(text: str) -> None:
    assert set(lines_of_keys(text)) == set(places(tomllib.loads(text)))


def test_lines_of_the_real_file_hold_their_keys() -> None:
    text = CAMPAIGN.read_text("utf-8")
    written = text.splitlines()
    for place, line in lines_of_keys(text).items():
        if isinstance(place[-1], str):
            assert place[-1] in written[line - 1]

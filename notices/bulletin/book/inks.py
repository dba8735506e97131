"""Formats of the workbook's cells, made once per book."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

BASE = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
BOX = BASE | {"border": 1, "border_color": "#7F7F7F"}
RATE, POINTS, WHOLE = "0.00", "+0.00;-0.00;0.00", "0"


@dataclass(frozen=True)
class Inks:
    book: Any

    def _made(self, **given: Any) -> Any:
        return self.book.add_format(BOX | given)

    @cached_property
    def title(self) -> Any:
        return self.book.add_format(BASE | {"font_name": "黑体", "font_size": 16, "align": "center"})

    @cached_property
    def heading(self) -> Any:
        look = {"font_name": "黑体", "align": "center", "text_wrap": True, "bg_color": "#DDEBF7"}
        return self._made(**look)

    @cached_property
    def words(self) -> Any:
        return self._made(num_format="@", text_wrap=True)

    @cached_property
    def count(self) -> Any:
        return self._made(align="center", num_format=WHOLE)

    @cached_property
    def typed(self) -> Any:
        """An integer as counted: formulas rest on it."""
        return self._made(align="center", num_format=WHOLE, bg_color="#FFF9E5")

    @cached_property
    def rate(self) -> Any:
        return self._made(align="center", num_format=RATE)

    @cached_property
    def points(self) -> Any:
        return self._made(align="center", num_format=POINTS)

    @cached_property
    def day(self) -> Any:
        return self._made(align="center", num_format="yyyy-mm-dd")

    @cached_property
    def note(self) -> Any:
        return self.book.add_format(BASE | {"text_wrap": True, "valign": "top"})

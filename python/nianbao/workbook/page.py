"""What every sheet is made from, and how one cell is written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from ..errors import OutputError
from ..figures import show
from ..form import Form
from ..places import SheetPlace
from ..wording import width
from .contents import Contents, Entry
from .layout import Layout
from .styles import Styles
from .verdicts import Standing

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


Box = tuple[int, int, int, int]
"""First row and column, last row and column, counted from 0."""
CELL_LIMIT = 32767
"""Characters that a cell holds in Excel."""
LINE, _TALLEST = 15, 409
"""Points of one line of 10.5 pt text, and of the tallest row in Excel."""
SMALL = 1.2
"""How much more of the 9 pt text of lists goes in a column."""
DIGITS = 15
"""Digits of a number that a cell holds in Excel."""


class TooLongError(OutputError):
    """A paragraph that no cell can hold."""

    def __init__(self, sheet: str, row: int) -> None:
        super().__init__(f"{sheet}第{row}行", f"有一段文字超过 {CELL_LIMIT} 字，一个单元格放不下", "请先分段")


@dataclass(frozen=True, slots=True)
class Page:
    """What every sheet is made from."""

    book: Workbook
    styles: Styles
    layout: Layout
    contents: Contents
    standings: tuple[Standing, ...]

    @property
    def form(self) -> Form:
        """The edition."""
        return self.contents.form

    def write(self, sheet: Worksheet, place: SheetPlace, entry: Entry, style: str) -> None:
        """Write text as text, a number as exactly as a cell can hold it, a blank as a blank."""
        write(sheet, place.row - 1, place.column - 1, entry, self.styles[style])

    def compute(self, sheet: Worksheet, place: SheetPlace, formula: str, entry: Entry, style: str) -> None:
        """Write a formula and what it comes to; previews on phones show what is stored."""
        stored = "" if entry is None else entry if isinstance(entry, str) else number(entry)
        sheet.write_formula(place.row - 1, place.column - 1, formula, self.styles[style], stored)

    def merge(self, sheet: Worksheet, place: SheetPlace, columns: int, style: str) -> SheetPlace:
        """Join `columns` cells from `place` on, which is then written as one."""
        row, column = place.row - 1, place.column - 1
        if columns > 1:
            sheet.join((row, column, row, column + columns - 1), self.styles[style])
        return place

    def across(self, sheet: Worksheet, box: Box, text: str | None, style: str) -> None:
        """Write a text that takes all of `box`; None where something else will be written there."""
        if box[:2] != box[2:]:
            sheet.join(box, self.styles[style])
        if text is not None:
            write(sheet, *box[:2], text, self.styles[style])


def write(sheet: Worksheet, row: int, column: int, entry: Entry, style: Format) -> None:
    """Write one cell, counted from 0; text is never taken for a formula or a link."""
    if entry is None or entry == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(entry, str):
        if len(entry) > CELL_LIMIT:
            raise TooLongError(sheet.get_name(), row + 1)
        sheet.write_string(row, column, entry, style)
    elif len(Decimal(entry).as_tuple().digits) > DIGITS:
        sheet.write_string(row, column, show(Decimal(entry)), style)  # Excel would round it
    else:
        sheet.write_number(row, column, number(entry), style)


def height(text: str, columns: float, points: float = LINE) -> float:
    """Points that `text` needs, wrapped in a column of that many characters, a line being `points` high."""
    if 2.1 * len(text) <= columns and "\n" not in text:
        return points * 1.4  # one line, whatever is in it
    lines = sum(max(1, ceil(1.05 * width(line) / columns)) for line in text.split("\n"))
    return min(_TALLEST, points * (lines + 0.4))


def number(value: Decimal | int) -> int | float:
    """`value` as a spreadsheet stores it."""
    return int(value) if value == int(value) else float(value)

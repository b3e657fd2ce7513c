"""What every sheet is made from, and how one cell is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

from ..errors import OutputError
from ..figures import show
from ..form import Form
from ..places import SheetPlace
from ..rules import Outcome, Verdict, all_assertions
from ..wording import width
from .contents import Contents, Entry
from .layout import Layout
from .styles import Styles

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


CELL_LIMIT = 32767
"""Characters that a cell holds in Excel."""
LINE, _TALLEST = 15, 409
"""Points of one line of 10.5 pt text, and of the tallest row in Excel."""
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

    @property
    def form(self) -> Form:
        """The edition."""
        return self.contents.form

    @property
    def verdicts(self) -> list[Verdict]:
        """How every assertion stands, in the order of the rules."""
        return [assertion.verdict(self.contents.report.values) for assertion in all_assertions(self.form)]

    def write(self, sheet: Worksheet, place: SheetPlace, entry: Entry, style: str) -> None:
        """Write text as text, a number as exactly as a cell can hold it, a blank as a blank."""
        write(sheet, place.row - 1, place.column - 1, entry, self.styles[style])


def write(sheet: Worksheet, row: int, column: int, entry: Entry, style: Format) -> None:
    """Write one cell, counted from 0; text is never taken for a formula or a link."""
    if entry is None or entry == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(entry, str):
        if len(entry) > CELL_LIMIT:
            raise TooLongError(sheet.get_name(), row + 1)
        sheet.write_string(row, column, entry, style)
    elif isinstance(entry, Decimal) and len(entry.as_tuple().digits) > DIGITS:
        sheet.write_string(row, column, show(entry), style)  # Excel would round it
    else:
        sheet.write_number(row, column, number(entry), style)


def height(text: str, columns: float) -> float:
    """Points that `text` needs, wrapped in a column of that many characters; spreadsheets grow no row on load."""
    lines = sum(max(1, ceil(1.05 * width(line) / columns)) for line in text.split("\n"))
    return min(_TALLEST, LINE * (lines + 0.4))


def number(value: Decimal | int) -> int | float:
    """`value` as a spreadsheet stores it."""
    return int(value) if value == int(value) else float(value)


def status(verdicts: Sequence[Verdict]) -> str:
    """The line that sums up the checks, as the formula on 勾稽校验 computes it."""
    found = [verdict.outcome for verdict in verdicts]
    return f"共 {len(found)} 条：" + "，".join(f"{outcome} {found.count(outcome)} 条" for outcome in Outcome)

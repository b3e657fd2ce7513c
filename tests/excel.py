"""Changes to a workbook as Excel makes them: cells, merges and every formula move along; openpyxl moves cells only."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from typing import Any, Literal, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import MergedCell
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Axis = Literal["row", "column"]
Rewrite = Callable[[str, str, str], tuple[str, str]]
"""Makes the sheet (as written) and the cells of a reference from its sheet's name, its sheet as written, its cells."""
_END = re.compile(r"(\$?)([A-Z]+)(\$?)(\d+)")


class Change(NamedTuple):
    """`number` lines inserted before line `at`, or removed from there on where that is negative."""

    axis: Axis
    at: int
    number: int

    def line(self, line: int) -> int | None:
        """Where a line goes, None if it is removed."""
        if line < self.at:
            return line
        return None if line < self.at - self.number else line + self.number

    def stretch(self, first: int, last: int) -> tuple[int, int] | None:
        """What becomes of the lines from `first` to `last`, None if all are removed."""
        left = [there for line in range(first, last + 1) if (there := self.line(line))]
        return (left[0], left[-1]) if left else None


def insert(book: Workbook, sheet: str, axis: Axis, at: int, count: int = 1) -> None:
    """Insert lines that look as the line before them does."""
    page, change = book[sheet], Change(axis, at, count)
    looks = [cell._style for cell in _line(page, axis, at - 1)] if at > 1 else []  # noqa: SLF001 - a look as a whole
    _move(page, change, page.insert_rows if axis == "row" else page.insert_cols)
    for number in range(at, at + count):
        for cell, look in zip(_line(page, axis, number), looks, strict=False):
            cell._style = copy(look)  # noqa: SLF001
    _adjust(book, sheet, change)


def delete(book: Workbook, sheet: str, axis: Axis, at: int, count: int = 1) -> None:
    """Remove lines; what referred to them refers to nothing."""
    page, change = book[sheet], Change(axis, at, -count)
    _move(page, change, page.delete_rows if axis == "row" else page.delete_cols)
    _adjust(book, sheet, change)


def duplicate(book: Workbook, sheet: str, row: int) -> None:
    """Insert a copy of `row` below it."""
    insert(book, sheet, "row", row + 1)
    page = book[sheet]
    for cell in page[row]:
        copied = page.cell(row + 1, cell.column)
        if not isinstance(copied, MergedCell):
            copied.value = cell.value


def rename(book: Workbook, sheet: str, name: str) -> None:
    """Rename a sheet, in formulas too."""
    book[sheet].title = name
    _rewrite(book, lambda on, mark, cells: (f"'{name}'", cells) if on == sheet else (mark, cells))


def drop(book: Workbook, sheet: str) -> None:
    """Delete a sheet; formulas lose it."""
    del book[sheet]
    _rewrite(book, lambda on, mark, cells: ("#REF", cells) if on == sheet else (mark, cells))


def _line(page: Worksheet, axis: Axis, number: int) -> list[Any]:
    if axis == "row":
        return [page.cell(number, column) for column in range(1, page.max_column + 1)]
    return [page.cell(row, number) for row in range(1, page.max_row + 1)]


def _move(page: Worksheet, change: Change, move: Callable[..., None]) -> None:
    boxes = [each.bounds for each in page.merged_cells.ranges]
    for box in boxes:
        page.unmerge_cells(range_string=_range(*box))
    move(change.at, abs(change.number))
    for cell in (cell for row in page.iter_rows() for cell in row if cell.hyperlink):
        cell.hyperlink.ref = cell.coordinate
    for left, top, right, bottom in boxes:
        rows = change.stretch(top, bottom) if change.axis == "row" else (top, bottom)
        columns = change.stretch(left, right) if change.axis == "column" else (left, right)
        if rows and columns and (rows[0] < rows[1] or columns[0] < columns[1]):
            page.merge_cells(range_string=_range(columns[0], rows[0], columns[1], rows[1]))


def _range(left: int, top: int, right: int, bottom: int) -> str:
    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"


def _adjust(book: Workbook, sheet: str, change: Change) -> None:
    def adjusted(on: str, mark: str, cells: str) -> tuple[str, str]:
        first, _, last = cells.partition(":")
        return mark, _shifted(first, last or first, change, single=not last) if on == sheet else cells

    _rewrite(book, adjusted)


def _shifted(first: str, last: str, change: Change, *, single: bool) -> str:
    ends = [_END.fullmatch(end) for end in (first, last)]
    lines = [int(end[4]) if change.axis == "row" else column_index_from_string(end[2]) for end in ends if end]
    moved = change.stretch(*lines)
    if moved is None:
        return "#REF!"
    texts = []
    for end, line in zip(ends, moved, strict=True):
        assert end
        column, row = (end[2], str(line)) if change.axis == "row" else (get_column_letter(line), end[4])
        texts.append(f"{end[1]}{column}{end[3]}{row}")
    return texts[0] if single else ":".join(texts)


def _rewrite(book: Workbook, change: Rewrite) -> None:
    """Every reference in every formula, as `change` makes it."""
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    tokens = Tokenizer(cell.value).items
                    cell.value = "=" + "".join(_rewritten(token, page.title, change) for token in tokens)


def _rewritten(token: Token, own: str, change: Rewrite) -> str:
    text: str = token.value
    if token.type != Token.OPERAND or token.subtype != Token.RANGE or "#" in text:
        return text
    sheet, _, cells = text.rpartition("!")
    mark, new = change(sheet.strip("'") or own, sheet, cells)
    return f"{mark}!{new}" if mark else new

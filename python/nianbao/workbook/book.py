"""A new workbook: locked in structure, dated alike, its cells stored as they are given.  The same cells give the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellNumberTuple, Worksheet

from .page import Box

_CREATED = datetime(2021, 9, 26, tzinfo=UTC).replace(tzinfo=None)  # any fixed date gives equal bytes

# Column widths are counted in digits of the default font; this one, or one as wide, is on every Chinese system.
_FONT = {"font_name": "宋体", "font_size": 11}


class _Worksheet(Worksheet):  # type: ignore[misc]
    """A sheet that takes cells as they are: named by row and column from 0, and no formula of arrays among them.

    XlsxWriter would try what else they may be, and search every formula for the functions of the last ten years.
    """

    def write_blank(self, row: int, column: int, _: None, style: Format) -> None:
        """Store a cell that holds nothing."""
        self._put(row, column, CellBlankTuple(style))

    def write_number(self, row: int, column: int, number: float, style: Format) -> None:
        """Store a number."""
        self._put(row, column, CellNumberTuple(number, style))

    def write_formula(self, row: int, column: int, formula: str, style: Format, value: str | float) -> None:
        """Store a formula and what it comes to."""
        self._put(row, column, CellFormulaTuple(self._prepare_formula(formula), style, value))

    def fill(self, box: Box, style: Format) -> None:
        """Store cells that hold nothing and look the same."""
        top, left, bottom, right = box
        blank = CellBlankTuple(style)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                self._put(row, column, blank)

    def join(self, box: Box, style: Format) -> None:
        """Merge cells; where a format has borders, or can be typed into, each of them needs it."""
        self.merge.append(list(box))
        if style.bottom or not style.locked:
            self.fill(box, style)

    def _put(self, row: int, column: int, cell: object) -> None:
        self._check_dimensions(row, column)
        self.table[row][column] = cell

    def _prepare_formula(self, formula: str, *_: object, **__: object) -> str:
        return formula.removeprefix("=")  # none has a function newer than Excel 2010 to be renamed


class _Workbook(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook whose structure is locked: sheets cannot be renamed, moved or deleted by accident."""

    worksheet_class = _Worksheet

    def _write_calc_pr(self) -> None:
        # Excel recalculates on load whatever program saved the file last.
        self._xml_empty_tag("calcPr", [("calcId", 191029), ("fullCalcOnLoad", "1")])

    def _write_book_views(self) -> None:
        self._xml_empty_tag("workbookProtection", [("lockStructure", "1")])
        super()._write_book_views()


def new_book(target: BytesIO, title: str, subject: str) -> xlsxwriter.Workbook:
    """An empty workbook that is written to `target` when closed."""
    options: dict[str, Any] = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = _Workbook(
        target, options | {"default_format_properties": dict(_FONT)}
    )  # XlsxWriter changes what it is given
    book.set_properties({"title": title, "subject": subject, "created": _CREATED})
    return book

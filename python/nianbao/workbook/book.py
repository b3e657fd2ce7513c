"""A new workbook: locked in structure, dated alike, its cells stored as they are given.  The same cells give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellNumberTuple, Worksheet

from .page import Box
from .streamed import MARK, Plain, Rows, cells, part

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

    def stream(self, row: int, entries: Sequence[Plain], styles: Sequence[Format], height: float) -> None:
        """Write a whole row at once, below those that were streamed before; it is kept as text, deflated.

        A hundredth of the memory of cells, and a tenth of the time.  Other rows stand above and below the streamed ones.
        """
        if self._streamed is None:
            self._streamed, self._first = Rows(), row
        self.set_row(row, height)
        self._check_dimensions(row, len(entries) - 1)
        shown = [style._get_xf_index() for style in styles]  # noqa: SLF001 - the library has no other way
        text = cells(self.get_name(), row + 1, entries, shown, self.str_table._get_shared_string_index)  # noqa: SLF001
        self._streamed.add(f"{self._row_tag(row, len(entries))}{text}</row>")

    _streamed: Rows | None = None
    _first = 0
    """The first streamed row."""
    fh: StringIO
    dim_rowmin: int
    dim_rowmax: int

    def _row_tag(self, row: int, width: int) -> str:
        kept, self.fh = self.fh, StringIO()
        self._write_row(row, f"1:{width}", self.row_info[row])
        tag, self.fh = self.fh.getvalue(), kept
        return str(tag)

    def _write_rows(self) -> None:
        if self._streamed is None:
            super()._write_rows()
            return
        first, last = self.dim_rowmin, self.dim_rowmax
        self.dim_rowmax = self._first - 1
        super()._write_rows()
        self.fh.write(MARK)
        self.dim_rowmin, self.dim_rowmax = self._first + len(self._streamed), last
        super()._write_rows()
        self.dim_rowmin = first

    def _put(self, row: int, column: int, cell: object) -> None:
        self._check_dimensions(row, column)
        self.table[row][column] = cell

    def _prepare_formula(self, formula: str, *_: object, **__: object) -> str:
        return formula.removeprefix("=")  # none has a function newer than Excel 2010 to be renamed


class _Workbook(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook whose structure is locked: sheets cannot be renamed, moved or deleted by accident."""

    worksheet_class = _Worksheet

    def close(self) -> None:
        """Write the file, rows that were streamed last."""
        streamed = {
            f"xl/worksheets/sheet{number}.xml": sheet._streamed  # noqa: SLF001 - of our own class
            for number, sheet in enumerate(self.worksheets(), start=1)
            if sheet._streamed is not None  # noqa: SLF001
        }
        super().close()
        if streamed:
            _put_in(self.filename, streamed)

    def _write_calc_pr(self) -> None:
        # Excel recalculates on load whatever program saved the file last.
        self._xml_empty_tag("calcPr", [("calcId", 191029), ("fullCalcOnLoad", "1")])

    def _write_book_views(self) -> None:
        self._xml_empty_tag("workbookProtection", [("lockStructure", "1")])
        super()._write_book_views()


def _put_in(target: BytesIO, streamed: Mapping[str, Rows]) -> None:
    """Put streamed rows into a finished file, one part after the other."""
    with ZipFile(BytesIO(target.getvalue())) as done:
        target.seek(0)
        target.truncate()
        with ZipFile(target, "w", ZIP_DEFLATED) as made:
            for info in done.infolist():
                entry = ZipInfo(info.filename, info.date_time)
                entry.compress_type = ZIP_DEFLATED
                with made.open(entry, "w") as written:
                    for piece in part(done.read(info), streamed.get(info.filename)):
                        written.write(piece)


def new_book(target: BytesIO, title: str, subject: str) -> xlsxwriter.Workbook:
    """An empty workbook that is written to `target` when closed."""
    options: dict[str, Any] = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = _Workbook(
        target, options | {"default_format_properties": dict(_FONT)}
    )  # XlsxWriter changes what it is given
    book.set_properties({"title": title, "subject": subject, "created": _CREATED})
    return book

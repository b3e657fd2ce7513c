"""Drives one LibreOffice as `uno_driver` does, with any number of workbooks open, for the xlwings engine in `engine`.

What is done goes to the workbook with the number named first.  Formulas come and go as Excel writes them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any

import uno_driver
from uno_driver import CONTENT, FAILING, properties, uno
from uno_excel_names import ERRORS_BY_NUMBER

EXCEL_A1 = 1
"""com.sun.star.sheet.AddressConvention.XL_A1."""
TEXT = "@"
CURRENCY, FIGURE = 8, 1
"""com.sun.star.util.NumberFormat.CURRENCY, com.sun.star.sheet.CellFlags.VALUE."""
STYLES = "xl/styles.xml"
MONEY = re.compile(r'formatCode="[^"]*(?:[¥￥€£]|\$(?!-))|numFmtId="(?:[5-8]|3[7-9]|4[0-4])"')
"""A format of its own, or one of Excel's, that shows figures as money."""
MANY = 50
"""Cells that are worth to be looked at before they are typed."""
Box = tuple[int, int, int, int]
"""Top, left, bottom, right, counted from 1."""
_OUTSIDE_TEXTS = re.compile(r'("(?:[^"]|"")*")')


def swapped(formula: str, old: str, new: str) -> str:
    """`formula` with another sign between arguments, texts left alone."""
    parts = _OUTSIDE_TEXTS.split(formula)
    return "".join(part if part.startswith('"') else part.replace(old, new) for part in parts)


def is_moneyless(path: str) -> bool:
    """Whether a workbook has no number format for money; only of one in .xlsx that is known beforehand."""
    if not path or not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as package:
        return STYLES in package.namelist() and MONEY.search(package.read(STYLES).decode()) is None


class Driver(uno_driver.Driver):
    """A LibreOffice with several workbooks open, by number."""

    def __init__(self, soffice: str, profile: str) -> None:
        super().__init__(soffice, profile)
        self._open: dict[int, Any] = {}
        self._money: dict[tuple[int, str], list[Any]] = {}
        self._moneyless: set[int] = set()

    # workbooks

    def load(self, path: str) -> int:
        """Open the workbook at a path, or a new one; its number."""
        url = uno.systemPathToFileUrl(path) if path else "private:factory/scalc"
        number = max(self._open, default=0) + 1
        if is_moneyless(path):
            self._moneyless.add(number)
        self._open[number] = self._desktop.loadComponentFromURL(url, "_blank", 0, properties(Hidden=False))
        return number

    def close_book(self, book: int) -> None:
        """Close a workbook and forget what was changed."""
        self._money.clear()
        self._moneyless.discard(book)
        self._open.pop(book).close(True)  # noqa: FBT003 - UNO knows no names

    def store(self, book: int, path: str) -> None:
        """Save a workbook as .xlsx."""
        filtered = properties(FilterName="Calc MS Excel 2007 XML")
        self._open[book].storeToURL(uno.systemPathToFileUrl(path), filtered)

    def names(self, book: int) -> list[str]:
        """The names of the sheets."""
        return list(self._open[book].Sheets.ElementNames)

    def add_sheet(self, book: int, name: str, at: int) -> None:
        """Insert a sheet at a position counted from 0."""
        self._open[book].Sheets.insertNewByName(name, at)

    def delete_sheet(self, book: int, name: str) -> None:
        """Delete a sheet."""
        self._money.clear()
        self._open[book].Sheets.removeByName(name)

    def rename_sheet(self, book: int, name: str, new: str) -> None:
        """Give a sheet another name."""
        self._money.clear()
        self._open[book].Sheets.getByName(name).Name = new

    def visible(self, book: int, name: str) -> bool:
        """Whether a sheet is shown."""
        return bool(self._sheet(book, name).IsVisible)

    def hide_sheet(self, book: int, name: str, hidden: bool) -> None:  # noqa: FBT001 - what it is about
        """Hide a sheet, or show it."""
        self._sheet(book, name).IsVisible = not hidden

    # protection

    def protected_sheet(self, book: int, name: str) -> bool:
        """Whether a sheet is protected."""
        return bool(self._sheet(book, name).isProtected())

    def protect(self, book: int, name: str, password: str) -> None:
        """Protect a sheet."""
        self._sheet(book, name).protect(password)

    def unprotect(self, book: int, name: str, password: str) -> bool:
        """Take the protection off a sheet; whether the password was the right one."""
        try:
            self._sheet(book, name).unprotect(password)
        except uno.getClass("com.sun.star.lang.IllegalArgumentException"):
            return False
        return not self._sheet(book, name).isProtected()

    def locks(self, book: int, name: str, box: Box) -> list[bool]:
        """Whether cells are locked: both answers may occur."""
        cells = self._box(book, name, box)
        looks = cells.getUniqueCellFormatRanges()
        return sorted({bool(look.CellProtection.IsLocked) for look in looks})

    # cells

    def _sheet(self, book: int, name: str) -> Any:  # noqa: ANN401 - whatever UNO gives
        return self._open[book].Sheets.getByName(name)

    def _box(self, book: int, name: str, box: Box) -> Any:  # noqa: ANN401 - whatever UNO gives
        top, left, bottom, right = box
        return self._sheet(book, name).getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1)

    def used(self, book: int, name: str) -> Box:
        """The cells of a sheet that are in use."""
        cursor = self._sheet(book, name).createCursor()
        cursor.gotoStartOfUsedArea(False)  # noqa: FBT003 - UNO knows no names
        cursor.gotoEndOfUsedArea(True)  # noqa: FBT003 - UNO knows no names
        at = cursor.RangeAddress
        return at.StartRow + 1, at.StartColumn + 1, at.EndRow + 1, at.EndColumn + 1

    def get(self, book: int, name: str, box: Box) -> list[list[float | str]]:
        """The values of cells; a formula that comes to an error as Excel shows it."""
        cells = self._box(book, name, box)
        rows = [list(row) for row in cells.getDataArray()]
        for cell in cells.queryFormulaCells(FAILING).Cells:
            at = cell.CellAddress
            rows[at.Row + 1 - box[0]][at.Column + 1 - box[1]] = ERRORS_BY_NUMBER.get(
                cell.getError(), f"Err:{cell.getError()}"
            )
        return rows

    def put(self, book: int, name: str, box: Box, rows: list[list[float | str | None]]) -> None:
        """Type figures and texts, formulas among them; an apostrophe says that what follows is a text."""
        top, left, _, _ = box
        if self._is_plain(book, name, box, rows):
            texts = [
                ["" if entry is None else entry[1:] if isinstance(entry, str) else entry for entry in row]
                for row in rows
            ]
            self._box(book, name, box).setDataArray(tuple(map(tuple, texts)))
            return
        for down, row in enumerate(rows):
            for right, entry in enumerate(row):
                at = (top + down, left + right)
                self._type(book, self._box(book, name, (*at, *at)).getCellByPosition(0, 0), entry)
        if any(isinstance(entry, str) and not entry.startswith(("'", "=")) for row in rows for entry in row):
            self._money.pop((book, name), None)  # what is typed like money is formatted so
            self._moneyless.discard(book)

    def _is_plain(self, book: int, name: str, box: Box, rows: list[list[float | str | None]]) -> bool:
        """Whether figures and texts, many and nothing else, go into cells that take them as they are: much quicker."""
        many = len(rows) * len(rows[0]) >= MANY
        if not many or any(isinstance(entry, str) and not entry.startswith("'") for row in rows for entry in row):
            return False
        number = self._box(book, name, box).NumberFormat
        return number is not None and self._format(book, number).FormatString != TEXT

    def _type(self, book: int, cell: Any, entry: float | str | None) -> None:  # noqa: ANN401 - whatever UNO gives
        if entry is None or entry == "":
            cell.clearContents(CONTENT)
        elif not isinstance(entry, str):
            # A number that is typed into a text cell is text.
            is_text = self._format(book, cell.NumberFormat).FormatString == TEXT
            cell.setString(f"{entry:g}") if is_text else cell.setValue(entry)
        elif entry.startswith("'"):
            cell.setString(entry[1:])
        elif entry.startswith("="):
            cell.setTokens(self._parser(book).parseFormula(swapped(entry[1:], ",", ";"), cell.CellAddress))
        else:
            cell.setFormula(entry)  # as if typed: "2023" becomes a number, "1-2" a date

    def _format(self, book: int, number: int) -> Any:  # noqa: ANN401 - whatever UNO gives
        return self._open[book].NumberFormats.getByKey(number)

    def number_format(self, book: int, name: str, box: Box) -> str:
        """The number format of cells that have all the same."""
        return str(self._format(book, self._box(book, name, box).NumberFormat).FormatString)

    def currencies(self, book: int, name: str, box: Box) -> list[tuple[int, int]]:
        """The cells with a figure that is shown as money, by row and column from 0."""
        found = list[tuple[int, int]]()
        for look in self._money_in(book, name):
            places = (cell.CellAddress for cell in look.queryContentCells(FIGURE).Cells)
            found += [(at.Row + 1, at.Column + 1) for at in places]
        top, left, bottom, right = box
        return [(row - top, column - left) for row, column in found if top <= row <= bottom and left <= column <= right]

    def _money_in(self, book: int, name: str) -> list[Any]:
        """The ranges of a sheet that are formatted as money; kept, because to look takes longer than all else."""
        if book in self._moneyless:
            return []
        if (book, name) not in self._money:
            looks = self._box(book, name, self.used(book, name)).getUniqueCellFormatRanges()
            self._money[book, name] = [look for look in looks if self._format(book, look.NumberFormat).Type & CURRENCY]
        return self._money[book, name]

    def _parser(self, book: int) -> Any:  # noqa: ANN401 - whatever UNO gives
        parser = self._open[book].createInstance("com.sun.star.sheet.FormulaParser")
        parser.CompileEnglish, parser.FormulaConvention = True, EXCEL_A1
        return parser

    def formulas(self, book: int, name: str, box: Box) -> Iterator[list[str]]:
        """What was typed into cells, as text."""
        cells, parser = self._box(book, name, box), self._parser(book)
        for row, line in enumerate(cells.getFormulaArray()):
            yield [self._formula(parser, cells, typed, row, column) for column, typed in enumerate(line)]

    @staticmethod
    def _formula(parser: Any, cells: Any, typed: str, row: int, column: int) -> str:  # noqa: ANN401 - whatever UNO gives
        if not typed.startswith("="):
            return typed.removeprefix("'")
        cell = cells.getCellByPosition(column, row)
        return "=" + swapped(parser.printFormula(cell.getTokens(), cell.CellAddress), ";", ",")

    def note(self, book: int, name: str, row: int, column: int, text: str) -> None:
        """Put a note on a cell."""
        at = self._box(book, name, (row, column, row, column)).getCellByPosition(0, 0).CellAddress
        self._sheet(book, name).Annotations.insertNew(at, text)

    def insert_rows(self, book: int, name: str, row: int, count: int) -> None:
        """Insert rows above one."""
        self._sheet(book, name).Rows.insertByIndex(row - 1, count)

    # looks, and what is in view

    def style(self, book: int, name: str, box: Box, **looks: object) -> None:
        """Set properties of cells, under the names of UNO."""
        self._money.pop((book, name), None)
        self._moneyless -= {book} if "NumberFormat" in looks else set()
        cells = self._box(book, name, box)
        for look, value in looks.items():
            setattr(cells, look, value)

    def widen(self, book: int, name: str, column: int, width: int) -> None:
        """Set the width of a column, in hundredths of a millimetre."""
        self._sheet(book, name).Columns.getByIndex(column - 1).Width = width

    def fit_rows(self, book: int, name: str, first: int, last: int) -> None:
        """Make rows as high as their texts need."""
        self._sheet(book, name).getCellRangeByPosition(0, first - 1, 0, last - 1).Rows.OptimalHeight = True

    def show(self, book: int, name: str) -> None:
        """Bring a sheet into view."""
        self._open[book].CurrentController.setActiveSheet(self._sheet(book, name))

    def in_view(self, book: int) -> str:
        """The name of the sheet in view."""
        return str(self._open[book].CurrentController.ActiveSheet.Name)

    def select(self, book: int, name: str, box: Box) -> None:
        """Select cells."""
        self._open[book].CurrentController.select(self._box(book, name, box))

    def selected(self, book: int) -> tuple[str, Box]:
        """The cells that are selected."""
        at = self._open[book].getCurrentSelection().RangeAddress
        name = self._open[book].Sheets.getByIndex(at.Sheet).Name
        return name, (at.StartRow + 1, at.StartColumn + 1, at.EndRow + 1, at.EndColumn + 1)


if __name__ == "__main__":
    uno_driver.main(Driver)

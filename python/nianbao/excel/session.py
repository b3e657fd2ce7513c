"""A workbook that is open in Excel, as the commands see it.  Nothing else touches xlwings' objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from decimal import Decimal
from pathlib import Path

import xlwings as xw

from ..errors import InputError
from ..places import SheetPlace
from ..workbook.cellmap import words
from ..workbook.layout import runs
from ..workbook.names import PASSWORD
from ..workbook.sheets import Rows, Sheets
from .dialogs import TITLE, AppleDialogs, Dialogs, dialogs
from .pages import Entry, Page, fill, typed_in
from .protection import is_locked, opened_sheet, opened_structure
from .state import Typed

MOST_ROWS, MOST_COLUMNS = 5000, 256
"""What of a sheet is read: far more than a report takes, far less than a sheet that is formatted to its last row."""
_LONGEST_STATUS = 255
_TEXT = "@"


class Session:
    """One open workbook; `password` is what its sheets may be locked with."""

    def __init__(self, book: xw.Book, password: str = PASSWORD) -> None:
        self._book, self._password = book, password
        self._known: dict[str, xw.Sheet] = {}

    @classmethod
    def caller(cls) -> Session:
        """The workbook that the button was pressed on."""
        return cls(xw.Book.caller())

    @property
    def book(self) -> xw.Book:
        """The workbook itself, to be handed on."""
        return self._book

    @property
    def name(self) -> str:
        """What the workbook is called."""
        return self._book.name

    @property
    def path(self) -> Path | None:
        """The file of the workbook; None if it was never saved, or lies where no path leads."""
        with suppress(xw.XlwingsError, OSError):
            path = Path(self._book.fullname)
            return path if path.is_file() else None
        return None

    @property
    def key(self) -> str:
        """What tells this workbook from others: its file, or while it has none its name in this run of Excel."""
        return str(self.path or f"{self._book.app.pid} {self.name}")

    def saved(self) -> bytes:
        """The file of the workbook as it was last saved; b"" if there is none that can be read."""
        with suppress(OSError):
            return self.path.read_bytes() if self.path else b""
        return b""

    def has_open(self, path: Path) -> bool:
        """Whether a file is one of the open workbooks, which nobody can write over."""
        with suppress(xw.XlwingsError, OSError):
            return any(Path(book.fullname) == path for book in self._book.app.books)
        return False

    @property
    def ask(self) -> Dialogs | AppleDialogs:
        """Dialogs over the workbook."""
        return dialogs(self._book.app.api)

    # what stands in it

    def sheets(self) -> Sheets:
        """The sheets as they are now, each read in one go when first asked for."""
        return Sheets([sheet.name for sheet in self._book.sheets], self._values, self.name)

    def _values(self, name: str) -> Rows:
        sheet = self._sheet(name)
        last = sheet.used_range.last_cell
        cells = sheet.range((1, 1), (min(last.row, MOST_ROWS), min(last.column, MOST_COLUMNS)))
        rows: list[list[object]] = cells.options(ndim=2, err_to_str=True).value
        if any(isinstance(value, Decimal) for row in rows for value in row):
            # Cells in a currency format come with four decimals; what they hold may have more.
            rows = [list(row) for row in cells.api.Value2]
        return _trimmed(rows)

    def typed(self, places: Iterable[SheetPlace]) -> dict[SheetPlace, Typed]:
        """What was typed into each cell; cells of sheets that are gone are left out."""
        there = set(self._names())
        found: dict[SheetPlace, Typed] = {}
        for first, last in runs(place for place in places if place.sheet in there):
            cells = self._range(first, last)
            formulas, values = (_flat(said) for said in (cells.formula, cells.options(err_to_str=True).value))
            found |= {
                place: Typed(formula, is_formula=True)
                if formula.startswith("=") and formula != value
                else _constant(value)
                for place, formula, value in zip(_between(first, last), map(str, formulas), values, strict=True)
            }
        return found

    def selected(self) -> SheetPlace:
        """The cell that is selected."""
        cell = self._book.app.selection
        return SheetPlace(cell.sheet.name, cell.row, cell.column) if cell else SheetPlace(self.active, 1, 1)

    @property
    def active(self) -> str:
        """The name of the sheet in view."""
        return str(self._book.sheets.active.name)

    # what is changed in it

    def write(self, entries: Mapping[SheetPlace, Entry]) -> None:
        """Write cells; where they are locked, the protection comes off their sheet for that moment."""
        with ExitStack() as stack:
            opened: set[str] = set()
            for first, last in runs(entries):
                cells = self._range(first, last)
                if first.sheet not in opened and is_locked(cells.api):
                    stack.enter_context(self._opened(first.sheet))
                    opened.add(first.sheet)
                values = [typed_in(entries[place]) for place in _between(first, last)]
                if cells.number_format == _TEXT and any(isinstance(value, float) for value in values):
                    cells.number_format = "General"  # a number in a text cell is text, which sums pass over
                cells.value = [values] if first.row == last.row else [[value] for value in values]

    def _opened(self, name: str) -> AbstractContextManager[None]:
        return opened_sheet(self._sheet(name).api, name, self._password)

    def put(self, page: Page, after: str) -> None:
        """Make a sheet, in place of one of its name, behind the sheet `after`."""
        with opened_structure(self._book.api, self.name):
            self._delete(page.name)
            before = self._book.sheets[after if after in self._names() else 0]
            fill(self._book.sheets.add(page.name, after=before), page)

    def remove(self, name: str) -> None:
        """Delete a sheet, if there is one of that name."""
        if name in self._names():
            with opened_structure(self._book.api, self.name):
                self._delete(name)

    def _delete(self, name: str) -> None:
        if name in self._names():
            self._known.pop(name, self._book.sheets[name]).delete()

    def _names(self) -> list[str]:
        return [sheet.name for sheet in self._book.sheets]

    # what the person sees

    def can_show(self, place: SheetPlace) -> bool:
        """Whether a cell is on a sheet that is there and not hidden."""
        return place.sheet in self._names() and bool(self._sheet(place.sheet).visible)

    def select(self, place: SheetPlace) -> None:
        """Take the person to a cell."""
        self._sheet(place.sheet).activate()
        self._range(place, place).select()

    def status(self, text: str) -> None:
        """Say something in the status bar; "" gives it back to Excel."""
        self._book.app.status_bar = text[:_LONGEST_STATUS] or False

    def tell(self, text: str) -> None:
        """Say something that has to be confirmed."""
        self._book.app.alert(text, TITLE, "ok", "info")

    def warn(self, text: str) -> None:
        """Say what went wrong."""
        self._book.app.alert(text, TITLE, "ok", "critical")

    def confirm(self, question: str) -> bool:
        """Ask for a yes or no."""
        return self._book.app.alert(question, TITLE, "yes_no", "info") == "yes"

    def open(self, path: Path) -> Session:
        """Open another workbook beside this one; InputError if one of its name is open already."""
        try:
            return Session(self._book.app.books.open(str(path)))
        except (OSError, ValueError, xw.XlwingsError) as error:
            raise InputError(path.name, "已经写好，但同名的工作簿正开着", f"请关掉它，再打开 {path}") from error

    def activate(self) -> None:
        """Bring the workbook back into view."""
        self._book.activate()

    def show(self, page: Page) -> None:
        """A new workbook, never saved, with one sheet."""
        book = self._book.app.books.add()
        sheet = book.sheets[0]
        sheet.name = page.name
        fill(sheet, page)

    @contextmanager
    def busy(self, text: str) -> Iterator[None]:
        """Say what is being done until it is done, or something else is said."""
        app = self._book.app
        self.status(text)
        with app.properties(screen_updating=False):
            yield
        if app.status_bar == text:
            self.status("")

    def _range(self, first: SheetPlace, last: SheetPlace) -> xw.Range:
        return self._sheet(first.sheet).range((first.row, first.column), (last.row, last.column))

    def _sheet(self, name: str) -> xw.Sheet:
        """A sheet, looked up once: every question to Excel takes its time."""
        if name not in self._known:
            if name not in self._names():
                raise InputError(self.name, f"缺少工作表“{name}”", "请不要改名或删除工作表")
            self._known[name] = self._book.sheets[name]
        return self._known[name]


def around(cell: xw.Range) -> tuple[Rows, int, int]:
    """The values of the sheet that a cell stands on, and the row and column of the cell in them."""
    return Session(cell.sheet.book).sheets()[cell.sheet.name], cell.row, cell.column


def _trimmed(rows: list[list[object]]) -> Rows:
    """`rows` without the blank ones below and right of all that is written: a sheet may be formatted to its end."""
    written = [
        (at, max(n for n, value in enumerate(row) if value is not None))
        for at, row in enumerate(rows)
        if any(each is not None for each in row)
    ]
    if not written:
        return []
    width = 1 + max(last for _, last in written)
    return [row[:width] for row in rows[: written[-1][0] + 1]]


def _flat(said: object) -> list[object]:
    """The cells of a run, whatever shape xlwings gives it."""
    rows = said if isinstance(said, (list, tuple)) else [said]
    return [each for row in rows for each in (row if isinstance(row, (list, tuple)) else [row])]


def _constant(value: object) -> Typed:
    return Typed(value if isinstance(value, (int, float)) else words(value))


def _between(first: SheetPlace, last: SheetPlace) -> list[SheetPlace]:
    """The places of a run, which goes to the right or downwards."""
    if first.row == last.row:
        return [first._replace(column=column) for column in range(first.column, last.column + 1)]
    return [first._replace(row=row) for row in range(first.row, last.row + 1)]

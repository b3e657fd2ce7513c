"""An xlwings engine over a real LibreOffice: the commands of the ribbon run in it as they do in Excel.

It refuses what Excel refuses: to change locked cells of a protected sheet in any way, or the sheets of a protected
workbook.  Message boxes and dialogs are answered by the test, and recorded.  Only what the commands use is there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlwings as xw
from excel_api import Application, BookApi, RangeApi, Refused, SheetApi, Unanswered, locks
from uno_excel_names import ERRORS
from uno_office import Office, running
from xlwings import base_classes, utils

from nianbao.places import letters

_EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones
TOP = 1
"""com.sun.star.table.CellVertJustify2.TOP."""
_WIDTH = 200
"""Hundredths of a millimetre that one character of a column's width takes, nearly."""
Box = tuple[int, int, int, int]


class Engine:
    """What xlwings asks of an engine."""

    name, type = "LibreOffice", "desktop"

    def __init__(self, office: Office) -> None:
        self.apps = Apps(App(self, office))

    @staticmethod
    def clean_value_data(
        data: Sequence[Sequence[Any]], _: object, empty_as: object, number_builder: Any, err_to_str: bool
    ) -> list[list[Any]]:
        """Values as Python has them."""

        def clean(value: Any) -> Any:
            if value == "" or (value in ERRORS and not err_to_str):
                return empty_as
            return number_builder(value) if number_builder and isinstance(value, float) else value

        return [[clean(value) for value in row] for row in data]

    @staticmethod
    def prepare_xl_data_element(x: Any, _: object) -> Any:
        """One value as LibreOffice takes it."""
        return (x - _EPOCH).total_seconds() / 86400 if isinstance(x, dt.datetime) else x


class Apps(base_classes.Apps):
    """The one LibreOffice."""

    def __init__(self, app: App) -> None:
        self._app = app

    def keys(self) -> list[int]:
        return [self._app.pid]

    def __iter__(self) -> Iterator[App]:
        return iter([self._app])

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> App:
        return self._app


class App(base_classes.App):
    """A LibreOffice: `alerts` are the message boxes that were shown, `answers` what is said to those that ask, in order.

    `reads` are the ranges whose values were read.
    """

    pid, hwnd, version, visible = 1, 1, "16.0", True
    screen_updating = display_alerts = enable_events = interactive = True

    # xlwings' base classes have properties without setters under these names.
    engine: Any = None
    books: Any = None

    def __init__(self, engine: Engine, office: Office) -> None:
        self.engine, self._ask = engine, office.ask
        self.alerts: list[str] = []
        self.answers: list[object] = []
        self.reads: list[str] = []
        self.status: list[str] = []
        self.books = Books(self)

    def ask(self, command: str, *arguments: object, **named: object) -> Any:
        return self._ask(command, *arguments, **named)

    def activate(self, steal_focus: bool = False) -> None:
        pass

    def answer(self, question: str) -> Any:
        """What the test says to a question."""
        self.alerts.append(question)
        if not self.answers:
            raise Unanswered(question)
        return self.answers.pop(0)

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: object) -> object:
        del title, mode, callback
        if buttons != "ok":
            return self.answer(prompt)
        self.alerts.append(prompt)
        return "ok"

    @property
    def api(self) -> Application:
        return Application(self)

    @property
    def selection(self) -> Range:
        book = self.books.active
        name, box = self.ask("selected", book.number)
        return Range(Sheet(book, name), tuple(box))

    @property
    def status_bar(self) -> object:
        return self.status[-1] if self.status else False

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self.status.append("" if value is False else str(value))


class Books(base_classes.Books):
    """The open workbooks, the last one in view."""

    app: Any = None

    def __init__(self, app: App) -> None:
        self.app = app
        self._books: list[Book] = []

    @property
    def active(self) -> Book:
        return self._books[-1]

    def __len__(self) -> int:
        return len(self._books)

    def __iter__(self) -> Iterator[Book]:
        return iter(self._books)

    def __call__(self, key: int | str) -> Book:
        if isinstance(key, int):
            return self._books[key - 1]
        for book in self._books:
            if key.lower() in {book.name.lower(), book.fullname.lower()}:
                return book
        raise KeyError(key)

    def add(self) -> Book:
        return self._opened("")

    def open(self, fullname: str, *_: object, **__: object) -> Book:
        return self._opened(str(fullname))

    def _opened(self, path: str) -> Book:
        book = Book(self, self.app.ask("load", path), path)
        self._books.append(book)
        return book

    def closed(self, book: Book) -> None:
        self._books.remove(book)

    def raised(self, book: Book) -> None:
        self._books.remove(book)
        self._books.append(book)


class Book(base_classes.Book):
    """One open workbook: `structure` says that its sheets are locked, `allowed` what each protected sheet allows."""

    def __init__(self, books: Books, number: int, path: str) -> None:
        self._books, self.number, self.path = books, number, path
        self.structure, self.allowed = locks(path) if path else (False, {})

    @property
    def app(self) -> Any:
        return self._books.app

    def ask(self, command: str, *arguments: object, **named: object) -> Any:
        return self.app.ask(command, self.number, *arguments, **named)

    @property
    def name(self) -> str:
        return Path(self.path).name if self.path else f"工作簿{self.number}"

    @property
    def fullname(self) -> str:
        return self.path or self.name

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def api(self) -> BookApi:
        return BookApi(self)

    def activate(self) -> None:
        self._books.raised(self)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        assert password is None
        self.path = str(path or self.path)
        self.ask("store", self.path)

    def close(self) -> None:
        self.ask("close_book")
        self._books.closed(self)


class Sheets(base_classes.Sheets):
    """The sheets of a workbook."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def _names(self) -> list[str]:
        names: list[str] = self._book.ask("names")
        return names

    @property
    def active(self) -> Sheet:
        return Sheet(self._book, self._book.ask("in_view"))

    def __call__(self, key: int | str) -> Sheet:
        names = self._names()
        if isinstance(key, str) and key not in names:
            raise xw.NoSuchObjectError(key)
        return Sheet(self._book, key if isinstance(key, str) else names[key - 1])

    def __len__(self) -> int:
        return len(self._names())

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self._book, name) for name in self._names())

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        assert before is None
        assert name is not None
        self._book.sheets.refuse_if_locked()
        names = self._names()
        self._book.ask("add_sheet", name, names.index(after.name) + 1 if after else len(names))
        sheet = Sheet(self._book, name)
        sheet.activate()
        return sheet

    def refuse_if_locked(self) -> None:
        if self._book.structure:
            raise Refused("the structure of the workbook is protected")


class Sheet(base_classes.Sheet):
    """One sheet."""

    def __init__(self, book: Book, name: str) -> None:
        self._book, self._name = book, name

    def ask(self, command: str, *arguments: object, **named: object) -> Any:
        return self._book.ask(command, self._name, *arguments, **named)

    @property
    def book(self) -> Book:
        return self._book

    @property
    def name(self) -> str:
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self._book.sheets.refuse_if_locked()
        self.ask("rename_sheet", value)
        self._name = value

    @property
    def api(self) -> SheetApi:
        return SheetApi(self)

    @property
    def index(self) -> int:
        return [sheet.name for sheet in self._book.sheets].index(self._name) + 1

    def range(self, first: Any, last: Any = None) -> Range:
        if isinstance(first, str):
            first, last = utils.a1_to_tuples(first)  # type: ignore[no-untyped-call]
        if isinstance(first, Range):
            first, last = first.box[:2], (last or first).box[2:]
        return Range(self, (*first, *(last or first)))

    @property
    def used_range(self) -> Range:
        return Range(self, tuple(self.ask("used")))

    @property
    def visible(self) -> bool:
        return bool(self.ask("visible"))

    @visible.setter
    def visible(self, value: bool) -> None:
        self.ask("hide_sheet", not value)

    def activate(self) -> None:
        if not self.visible:
            raise Refused(f"{self._name} is hidden")
        self.ask("show")

    def delete(self) -> None:
        self._book.sheets.refuse_if_locked()
        self.ask("delete_sheet")

    def refuse_if_locked(self, box: Box) -> None:
        if self.ask("protected_sheet") and True in self.ask("locks", box):
            raise Refused(f"{self._name}: locked cells of a protected sheet")


class Range(base_classes.Range):
    """A rectangle of cells."""

    sheet: Any = None

    def __init__(self, sheet: Sheet, box: Box) -> None:
        self.sheet, self.box = sheet, box
        self.options: Mapping[str, object] = {}

    @property
    def row(self) -> int:
        return self.box[0]

    @property
    def column(self) -> int:
        return self.box[1]

    @property
    def shape(self) -> tuple[int, int]:
        top, left, bottom, right = self.box
        return bottom - top + 1, right - left + 1

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, *at: int) -> Range:
        width = self.shape[1]
        row, column = at if len(at) > 1 else ((at[0] - 1) // width + 1, (at[0] - 1) % width + 1)
        place = (self.row + row - 1, self.column + column - 1)
        return Range(self.sheet, (*place, *place))

    @property
    def api(self) -> RangeApi:
        return RangeApi(self)

    @property
    def has_array(self) -> bool:
        return False

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        assert not external
        rows, columns = "$" * row_absolute, "$" * column_absolute
        first, last = (f"{columns}{letters(c)}{rows}{r}" for r, c in (self.box[:2], self.box[2:]))
        return first if first == last else f"{first}:{last}"

    @property
    def address(self) -> str:
        return self.get_address(True, True, False)

    @property
    def raw_value(self) -> list[list[Any]]:
        self.sheet.book.app.reads.append(f"{self.sheet.name}!{self.get_address(False, False, False)}")
        values: list[list[Any]] = self.sheet.ask("get", self.box)
        for row, column in self.sheet.ask("currencies", self.box):
            # Excel gives what is formatted as money with four decimals, whatever more there is.
            values[row][column] = Decimal(f"{values[row][column]:.4f}")
        return values

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        rows, columns = self.shape
        self._put(value if isinstance(value, (list, tuple)) else [[value] * columns] * rows)

    @property  # type: ignore[misc]
    def formula(self) -> Any:
        self.sheet.book.app.reads.append(f"{self.sheet.name}!{self.get_address(False, False, False)}")
        said: list[list[str]] = self.sheet.ask("formulas", self.box)
        return said[0][0] if len(self) == 1 else tuple(map(tuple, said))

    def _put(self, rows: Sequence[Sequence[Any]]) -> None:
        box = (self.row, self.column, self.row + len(rows) - 1, self.column + len(rows[0]) - 1)
        self.sheet.refuse_if_locked(box)
        self.sheet.ask("put", box, rows)

    def _style(self, **looks: object) -> None:
        self.sheet.refuse_if_locked(self.box)
        self.sheet.ask("style", self.box, **looks)

    @property
    def color(self) -> object:
        return None

    @color.setter
    def color(self, value: tuple[int, int, int]) -> None:
        red, green, blue = value
        self._style(CellBackColor=red << 16 | green << 8 | blue)

    @property
    def wrap_text(self) -> object:
        return None

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self._style(IsTextWrapped=value)

    @property
    def vertical_alignment(self) -> object:
        return None

    @vertical_alignment.setter
    def vertical_alignment(self, value: str) -> None:
        assert value == "top"
        self._style(VertJustify=TOP)

    @property
    def number_format(self) -> str:
        return str(self.sheet.ask("number_format", self.box))

    @number_format.setter
    def number_format(self, value: str) -> None:
        assert value == "General"
        self._style(NumberFormat=0)

    @property
    def font(self) -> Font:
        return Font(self)

    @property
    def column_width(self) -> object:
        return None

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.sheet.refuse_if_locked(self.box)
        self.sheet.ask("widen", self.column, round(value * _WIDTH))

    def autofit(self, axis: str | None = None) -> None:
        assert axis == "r"
        self.sheet.ask("fit_rows", self.row, self.box[2])

    def add_note(self, text: str) -> None:
        self.sheet.refuse_if_locked(self.box)
        self.sheet.ask("note", self.row, self.column, text)

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        assert (shift, copy_origin) == ("down", "format_from_left_or_above")
        if self.sheet.api.ProtectContents:
            raise Refused(f"{self.sheet.name}: rows of a protected sheet")
        self.sheet.ask("insert_rows", self.row, self.shape[0])

    def select(self) -> None:
        if not self.sheet.visible:
            raise Refused(f"{self.sheet.name} is hidden")
        self.sheet.book.activate()
        self.sheet.ask("select", self.box)


class Font:
    """The font of cells."""

    def __init__(self, cells: Range) -> None:
        self._cells = cells

    @property
    def bold(self) -> object:
        return None

    @bold.setter
    def bold(self, value: bool) -> None:
        self._cells._style(CharWeight=150.0 if value else 100.0)  # noqa: SLF001 - a part of it


@contextmanager
def excel() -> Iterator[xw.App]:
    """A LibreOffice that xlwings takes for Excel; nothing is left behind, whatever happens."""
    with (
        TemporaryDirectory(prefix="nianbao-profile-", ignore_cleanup_errors=True) as profile,
        running(Path(profile), "uno_excel.py") as office,
    ):
        impl = Engine(office)
        engine = xw.Engine(impl=impl)
        xw.engines.add(engine)
        engine.activate()
        yield xw.App(impl=impl.apps[1])

"""Somebody at a spreadsheet program, for the tests of the ribbon: `engine` has LibreOffice stand in for Excel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
import xlwings as xw
from engine import App

from nianbao.excel import ribbon
from nianbao.places import SheetPlace
from nianbao.report import Report
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents
from nianbao.workbook.layout import runs


class Desk:
    """Somebody at a spreadsheet program: opens workbooks, presses buttons, answers dialogs, reads what is said."""

    def __init__(self, app: xw.App, folder: Path) -> None:
        self.app, self.folder = app, folder
        self._impl: App = app.impl

    def open(self, name: str, data: bytes) -> xw.Book:
        (self.folder / name).write_bytes(data)
        return self.app.books.open(str(self.folder / name))

    def press(self, button: str, book: xw.Book, *answers: object) -> list[str]:
        """What is said while a button is pressed and its questions are answered."""
        self._impl.alerts.clear()
        self._impl.reads.clear()
        self._impl.answers[:] = answers
        ribbon.run(button, book)
        assert self._impl.answers == []
        assert not self.status.startswith("正在")
        return list(self._impl.alerts)

    @property
    def reads(self) -> list[str]:
        return list(self._impl.reads)

    @property
    def status(self) -> str:
        return self._impl.status[-1]

    @property
    def at(self) -> SheetPlace:
        cell = self.app.selection
        assert cell is not None
        return SheetPlace(cell.sheet.name, cell.row, cell.column)

    @property
    def newest(self) -> xw.Book:
        return self.app.books[-1]


@contextmanager
def at_desk(excel: xw.App, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk whose files are in `folder`; everything is closed in the end."""
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(folder / "home"))
    yield Desk(excel, folder)
    for book in list(excel.books):
        book.close()


def ours(report: Report) -> bytes:
    return build_workbook(Contents(report))


def value(book: xw.Book, at: SheetPlace) -> object:
    return book.sheets[at.sheet].range((at.row, at.column)).value


def typed(book: xw.Book, at: SheetPlace) -> str:
    """What was typed into a cell."""
    return str(book.sheets[at.sheet].range(at.a1).formula)


def enter(book: xw.Book, entries: Mapping[SheetPlace, object]) -> None:
    for first, last in runs(sorted(entries)):
        cells = book.sheets[first.sheet].range((first.row, first.column), (last.row, last.column))
        row = [entries[each] for each in sorted(entries) if first <= each <= last]
        cells.value = row if first.row == last.row else [[entry] for entry in row]


def names(book: xw.Book) -> list[str]:
    return [sheet.name for sheet in book.sheets]

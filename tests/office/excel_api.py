"""Excel's own objects, as pywin32 gives them, over the engine in `engine`: dialogs, protection, locked cells."""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from engine import App, Book, Range, Sheet

ALLOWED = {
    "AllowFormattingCells": "formatCells",
    "AllowFormattingColumns": "formatColumns",
    "AllowFormattingRows": "formatRows",
    "AllowInsertingColumns": "insertColumns",
    "AllowInsertingRows": "insertRows",
    "AllowInsertingHyperlinks": "insertHyperlinks",
    "AllowDeletingColumns": "deleteColumns",
    "AllowDeletingRows": "deleteRows",
    "AllowSorting": "sort",
    "AllowFiltering": "autoFilter",
    "AllowUsingPivotTables": "pivotTables",
}
"""What a protected sheet may allow, in Excel's words and in those of its files."""


class Refused(Exception):  # noqa: N818 - what Excel calls 0x800A03EC
    """Excel would not do this."""


class Unanswered(Exception):  # noqa: N818 - not an error of the program
    """A dialog opened that the test has no answer for."""


class Application:
    """Excel's own object: its dialogs."""

    def __init__(self, app: App) -> None:
        self._app = app

    def InputBox(self, prompt: str, title: str, default: str) -> object:
        del title
        said = self._app.answer(prompt)
        return default if said is None else said

    def GetOpenFilename(self, kinds: str, number: int, title: str) -> object:
        del kinds, number
        return self._app.answer(title)

    def GetSaveAsFilename(self, name: str, kinds: str, number: int, title: str) -> object:
        del kinds, number
        said = self._app.answer(title)
        return str(Path(said) / name) if isinstance(said, Path) and said.is_dir() else said

    def FileDialog(self, kind: int) -> FolderDialog:
        del kind
        return FolderDialog(self._app)


class FolderDialog:
    """Excel's dialog for a folder."""

    Title = ""

    def __init__(self, app: App) -> None:
        self._app = app

    def Show(self) -> int:
        self._said = self._app.answer(self.Title)
        return -1 if isinstance(self._said, str) else 0

    def SelectedItems(self, number: int) -> object:
        assert number == 1
        return self._said


def locks(path: str) -> tuple[bool, dict[str, dict[str, bool]]]:
    """Whether the structure of the workbook in a file is locked, and what its protected sheets allow, by name."""
    with suppress(BadZipFile), ZipFile(path) as package:
        book = package.read("xl/workbook.xml").decode()
        names = [unescape(name) for name in re.findall(r'<sheet [^>]*?name="([^"]+)"', book)]
        sheets = (package.read(f"xl/worksheets/sheet{n}.xml").decode() for n in range(1, len(names) + 1))
        tags = (re.search(r"<sheetProtection [^>]*>", xml) for xml in sheets)
        allowed = {
            name: {word: f'{attribute}="0"' in tag[0] for word, attribute in ALLOWED.items()}
            for name, tag in zip(names, tags, strict=True)
            if tag
        }
        return 'lockStructure="1"' in book, allowed
    return False, {}


class BookApi:
    """Excel's own object: the protection of the structure."""

    ProtectWindows = False

    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def ProtectStructure(self) -> bool:
        return self._book.structure

    def Unprotect(self, password: str) -> None:
        assert password == ""
        self._book.structure = False

    def Protect(self, password: str, structure: bool, windows: bool) -> None:
        assert (password, windows) == ("", False)
        self._book.structure = structure


class SheetApi:
    """Excel's own object: the protection of a sheet."""

    ProtectDrawingObjects = ProtectScenarios = True

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    @property
    def ProtectContents(self) -> bool:
        return bool(self._sheet.ask("protected_sheet"))

    @property
    def Protection(self) -> Any:
        allowed = self._sheet.book.allowed.get(self._sheet.name, dict.fromkeys(ALLOWED, False))
        return type("Protection", (), allowed)

    def Unprotect(self, password: str) -> None:
        # Excel takes any password where there is none; LibreOffice does not.
        if not (self._sheet.ask("unprotect", "") or self._sheet.ask("unprotect", password)):
            raise Refused("wrong password")

    def Protect(
        self, password: str, drawings: bool, contents: bool, scenarios: bool, by_hand: bool, *allowed: bool
    ) -> None:
        assert (drawings, contents, scenarios, by_hand) == (True, True, True, False)
        self._sheet.book.allowed[self._sheet.name] = dict(zip(ALLOWED, allowed, strict=True))
        self._sheet.ask("protect", password)


class RangeApi:
    """Excel's own object: whether cells are locked (None for some and some), and their exact values."""

    def __init__(self, cells: Range) -> None:
        self._cells = cells

    @property
    def Value2(self) -> tuple[tuple[Any, ...], ...]:
        rows = self._cells.sheet.ask("get", self._cells.box)
        return tuple(tuple(None if value == "" else value for value in row) for row in rows)

    @property
    def Locked(self) -> bool | None:
        (*some, last) = self._cells.sheet.ask("locks", self._cells.box)
        return None if some else bool(last)

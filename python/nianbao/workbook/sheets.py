"""The cells of a workbook, wherever they come from; those of any spreadsheet file come through calamine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from typing import Any

import python_calamine as calamine

from ..errors import LOCKED, InputError
from ..places import SheetPlace

Rows = Sequence[Sequence[Any]]
_DAMAGED = ("不是能读的工作簿，或已损坏", "请用表格软件打开后另存为 .xlsx")


class Sheets:
    """The cells of a workbook, each sheet read once, when first asked for: `load` gives its rows from A1 on.

    `source` is what the workbook is called.
    """

    def __init__(self, names: Sequence[str], load: Callable[[str], Rows], source: str) -> None:
        self.names, self.source = tuple(names), source
        self._load, self._read = load, dict[str, Rows]()

    def __getitem__(self, name: str) -> Rows:
        if name not in self.names:
            raise InputError(self.source, f"缺少工作表“{name}”", "请不要改名或删除工作表；可用模板重新填写")
        if name not in self._read:
            self._read[name] = self._load(name)
        return self._read[name]

    def at(self, place: SheetPlace) -> object:
        """The value of one cell, None where nothing stands."""
        rows = self[place.sheet]
        inside = place.row <= len(rows) and place.column <= len(rows[place.row - 1])
        value: object = rows[place.row - 1][place.column - 1] if inside else None
        return None if value == "" else value


def open_sheets(data: bytes, source: str) -> Sheets:
    """The sheets of any spreadsheet file; InputError if it cannot be opened.

    Damaged .xls files may take the process down: whoever has one from elsewhere tries it out in another first.
    """
    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    except calamine.PasswordError as error:
        raise InputError(source, *LOCKED) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise InputError(source, *_DAMAGED) from error
    return Sheets(book.sheet_names, partial(_rows, book, source), source)


def _rows(book: calamine.CalamineWorkbook, source: str, name: str) -> Rows:
    try:
        return book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (calamine.CalamineError, ValueError) as error:
        raise InputError(source, f"工作表“{name}”损坏，读不出来", "请重新导出或改用备份") from error

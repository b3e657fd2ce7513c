"""The cells of a workbook, wherever they come from; those of any spreadsheet file come through calamine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from io import BytesIO
from types import MappingProxyType
from typing import Any

import python_calamine as calamine

from ..errors import LOCKED, InputError
from ..places import SheetPlace

Rows = Sequence[Sequence[Any]]
_NO_ROWS: Rows = ()
_NO_STAMP: Mapping[str, str] = MappingProxyType({})
_DAMAGED = ("不是能读的工作簿，或已损坏", "请用表格软件打开后另存为 .xlsx")


class Sheets:
    """The cells of a workbook, each sheet read once, when first asked for: `load` gives its rows from A1 on.

    `source` is what the workbook is called, `stamp` what its file says of itself in the properties that ours have.
    """

    def __init__(
        self, names: Sequence[str], load: Callable[[str], Rows], source: str, stamp: Mapping[str, str] = _NO_STAMP
    ) -> None:
        self.names, self.source, self.stamp = tuple(names), source, stamp
        self._load, self._read = load, dict[str, Rows]()

    def __getitem__(self, name: str) -> Rows:
        if name in self._read:
            return self._read[name]
        if name not in self.names:
            raise InputError(self.source, f"缺少工作表“{name}”", "请不要改名或删除工作表；可用模板重新填写")
        rows = self._read[name] = self._load(name)
        return rows

    def at(self, place: SheetPlace) -> object:
        """The value of one cell, None where nothing stands."""
        sheet, row, column = place
        rows = self._read.get(sheet)
        try:
            value: object = (self[sheet] if rows is None else rows)[row - 1][column - 1]
        except IndexError:
            return None
        return None if value == "" else value

    def values(self, places: Iterable[SheetPlace]) -> list[object]:
        """What stands at each of `places`, None or "" where nothing does; quicker than one by one."""
        found: list[object] = []
        name, rows = "", _NO_ROWS
        for sheet, row, column in places:
            if sheet != name:
                name, rows = sheet, self[sheet]
            try:
                found.append(rows[row - 1][column - 1])
            except IndexError:
                found.append(None)
        return found

    def below(self, place: SheetPlace) -> list[object]:
        """What stands from `place` on downwards, to the end of the sheet."""
        sheet, row, column = place
        return [line[column - 1] if len(line) >= column else None for line in self[sheet][row - 1 :]]


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

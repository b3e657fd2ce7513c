"""Finds the list of units in a spreadsheet or CSV file, by the heads of its columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import NamedTuple
from unicodedata import normalize

from ..errors import InputError
from ..importing.files import guard_book
from ..importing.limits import guard_text, in_megabytes, limits
from ..importing.sniff import SHEETS, Kind, decoded, kind
from ..places import LinePlace, Place, SheetPlace
from ..workbook.cellmap import words
from ..workbook.roster import COLUMNS, SHEET
from ..workbook.sheets import Rows, open_sheets

NAME, CODE, ALIASES, KIND, SUPERIOR, COUNTED, CONTACT, TELEPHONE, DEADLINE = (each.head.rstrip("*") for each in COLUMNS)
_HEADS = (NAME, CODE, ALIASES, KIND, SUPERIOR, COUNTED, CONTACT, TELEPHONE, DEADLINE)
_NEEDED = tuple(each.head.rstrip("*") for each in COLUMNS if each.head.endswith("*"))
_NAMED = frozenset({Kind.XLSB, Kind.OLD_XLS, Kind.XML_SHEET, Kind.ENCRYPTED, Kind.DAMAGED, Kind.EMPTY})
"""What is no roster, but is told what it is and how to make one of it."""
_SAVE = "请用 Excel 或 WPS 另存为 .xlsx，或另存为 .csv"


class Table(NamedTuple):
    """The list: where each column stands, its rows with their numbers, and the heads of columns that are not used.

    `sheet` is "" for a text file, `columns` count from 0.
    """

    sheet: str
    columns: Mapping[str, int]
    rows: tuple[tuple[int, Sequence[object]], ...]
    unused: tuple[str, ...]

    def value(self, row: Sequence[object], head: str) -> object:
        """What stands in `row` under `head`, None if nothing does."""
        column = self.columns.get(head, len(row))
        return row[column] if column < len(row) else None

    def place(self, number: int, head: str) -> Place:
        """Where the cell of row `number` under `head` is."""
        return SheetPlace(self.sheet, number, self.columns[head] + 1) if self.sheet else LinePlace(number)


def find_table(data: bytes, source: str) -> Table:
    """The one list of units in `data`; InputError if it has none, or several."""
    grids = dict(_grids(data, source))
    found = {sheet: row for sheet, grid in grids.items() if (row := _head_row(grid)) is not None}
    if not found:
        heads = "、".join(f"“{head}”" for head in _NEEDED)
        raise InputError(source, f"没有找到名册的表头（同一行里要有{heads}各列）", "请用模板里的单位名册.xlsx 填写")
    if len(found) > 1 and SHEET not in found:
        what = f"有几张工作表都像名册（{'、'.join(found)}）"
        raise InputError(source, what, f"请只留一张，或把要用的一张改名为“{SHEET}”")
    sheet = SHEET if SHEET in found else next(iter(found))
    return _table(sheet, grids[sheet], found[sheet], source)


def _table(sheet: str, grid: Rows, at: int, source: str) -> Table:
    heads = [_head(value) for value in grid[at]]
    twice = [head for head in _HEADS if heads.count(head) > 1]
    if twice:
        raise InputError(source, f"第{at + 1}行的表头“{twice[0]}”出现几次", "请只留一列")
    columns = {head: heads.index(head) for head in _HEADS if head in heads}
    rows = [(number, row) for number, row in enumerate(grid[at + 1 :], start=at + 2)]
    used = tuple((number, row) for number, row in rows if _says_something(row, columns))
    return Table(sheet, columns, used, tuple(head for head in heads if head and head not in _HEADS))


def _says_something(row: Sequence[object], columns: Mapping[str, int]) -> bool:
    return any(words(row[column]).strip() for column in columns.values() if column < len(row))


def _head_row(grid: Rows) -> int | None:
    """The row, counted from 0, that has every head that is needed."""
    return next((at for at, row in enumerate(grid) if {_head(value) for value in row}.issuperset(_NEEDED)), None)


def _head(value: object) -> str:
    return "".join(normalize("NFKC", words(value)).replace("*", "").split())


def _grids(data: bytes, source: str) -> Iterator[tuple[str, Rows]]:
    """The cells of every sheet by its name; those of a text file under the name ""."""
    if len(data) > limits().size:
        raise InputError(source, f"文件超过 {in_megabytes(limits().size)}，不像一份名册", "请检查是否选错文件")
    found = kind(data)
    if found in SHEETS:
        guard_book(data, source, found)
        sheets = open_sheets(data, source)
        yield from ((name, sheets[name]) for name in sheets.names)
    elif found is Kind.TEXT:
        text = decoded(data) or ""
        guard_text([text], source)
        yield "", _rows(text, source)
    else:
        raise InputError(source, *_refusal(found, data))


def _refusal(found: Kind, data: bytes) -> tuple[str, str]:
    from ..importing.refusals import refusal

    return refusal(found, data) if found in _NAMED else ("不是表格文件，不能当名册", _SAVE)


def _rows(text: str, source: str) -> Rows:
    """The records of a CSV file, parted by what parts its heads."""
    head = next((line for line in text.splitlines() if NAME in line), "")
    delimiter = max(",\t;", key=head.count)
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError(source, "引号不成对，或有一格太长，后面的各行读不出来", _SAVE) from error

"""Where something stands: a cell of a sheet, or a line of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from .errors import NianbaoError

_A1 = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


class SheetPlace(NamedTuple):
    """One cell of one sheet, rows and columns counted from 1."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """``D6``."""
        return f"{letters(self.column)}{self.row}"

    @property
    def absolute(self) -> str:
        """``$D$6``."""
        return f"${letters(self.column)}${self.row}"

    def __str__(self) -> str:
        return f"{self.sheet}!{self.a1}"


class LinePlace(NamedTuple):
    """One line of a text file, counted from 1."""

    line: int

    def __str__(self) -> str:
        return f"第{self.line}行"


class PagePlace(NamedTuple):
    """One line of a page of a document, both counted from 1."""

    page: int
    line: int

    def __str__(self) -> str:
        return f"第{self.page}页第{self.line}行"


class ParagraphPlace(NamedTuple):
    """One paragraph of a document, counted from 1, those of tables left out."""

    number: int

    def __str__(self) -> str:
        return f"第{self.number}段"


class TablePlace(NamedTuple):
    """One cell of one table of a document, all counted from 1; `page` 0 where documents know no pages."""

    table: int
    row: int
    cell: int
    page: int = 0

    def __str__(self) -> str:
        page = f"第{self.page}页" if self.page else ""
        return f"{page}表{self.table}第{self.row}行第{self.cell}格"


Place = SheetPlace | LinePlace | PagePlace | ParagraphPlace | TablePlace


@cache
def letters(column: int) -> str:
    """1 → A, 27 → AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def span(places: Sequence[Place]) -> str:
    """Where several cells stand: ``三、依申请公开!D7:I29`` where they fill a block, else the first, 等."""
    (first, *more) = places
    if not more or not all(isinstance(place, SheetPlace) for place in places):
        return str(first)
    cells = [place for place in places if isinstance(place, SheetPlace)]
    rows, columns = [cell.row for cell in cells], [cell.column for cell in cells]
    top = SheetPlace(cells[0].sheet, min(rows), min(columns))
    last = SheetPlace(cells[0].sheet, max(rows), max(columns))
    one_sheet = {cell.sheet for cell in cells} == {top.sheet}
    whole = one_sheet and (last.row - top.row + 1) * (last.column - top.column + 1) == len(set(cells))
    return f"{top}:{last.a1}" if whole else f"{first} 等"


def sheet_place(sheet: str, a1: str) -> SheetPlace:
    """The place that `a1` names on `sheet`."""
    match = _A1.fullmatch(a1)
    if match is None:
        raise NianbaoError(f"“{a1}”不是单元格地址。")
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return SheetPlace(sheet, int(match[2]), column)

"""A workbook as openpyxl opens it: per sheet what stands in every cell, what is locked, what is merged."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from .alignment import Grid, Spot, strips
from .parts import LISTS, UNTOLD, blank_file, structure
from .spelling import squeezed

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

Box = tuple[int, int, int, int]
"""First row and column, last row and column."""
_ROWS, _COLUMNS = 3000, 200
"""How far cells are looked at: a stray format may reach to the last row there is."""


class Page(NamedTuple):
    """One sheet, by cell: constants, formulas as written, what can be typed into; and what is merged."""

    visible: bool
    protected: bool
    constants: Mapping[Spot, str | float]
    formulas: Mapping[Spot, str]
    unlocked: frozenset[Spot]
    merges: frozenset[Box]

    def fixed(self) -> dict[Spot, str]:
        """The formulas nobody may type over."""
        return {spot: formula for spot, formula in self.formulas.items() if spot not in self.unlocked}

    def texts(self) -> dict[Spot, str]:
        """The constants that are words."""
        return {spot: text for spot, text in self.constants.items() if isinstance(text, str)}

    def labels(self) -> dict[Spot, str]:
        """The texts nobody may type over."""
        return {spot: text for spot, text in self.texts().items() if spot not in self.unlocked}

    def grid(self, labels: Mapping[Spot, str]) -> Grid:
        """Rows and columns with `labels`; they are of a kind if they hold formulas, or cells to fill."""
        words = {spot: squeezed(text) for spot, text in labels.items()}
        kinds = dict.fromkeys(self.unlocked, "entry") | dict.fromkeys(self.fixed(), "formula")
        found = []
        for axis in (0, 1):
            along = {spot[axis]: kind for spot, kind in sorted(kinds.items(), key=lambda item: item[1])}
            found.append(strips(words, axis, along, max([*along, *(spot[axis] for spot in labels)], default=0)))
        return Grid(*found)


class Opened(NamedTuple):
    """The sheets of a workbook that are no lists, and whether their order is locked."""

    pages: Mapping[str, Page]
    protected: bool


def opened(data: bytes) -> Opened:
    """The workbook in `data`."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl cannot keep it need not keep
        book: Workbook = openpyxl.load_workbook(BytesIO(data))
    found = structure(data)
    untold = found is not None and found.application.startswith(UNTOLD)
    pages = {sheet.title: _page(sheet) for sheet in book.worksheets if sheet.title not in LISTS}
    return Opened(pages, untold or bool(book.security and book.security.lockStructure))


@cache
def blank(edition: str) -> Opened:
    """The blank workbook of `edition`."""
    return opened(blank_file(edition))


def _page(sheet: Worksheet) -> Page:
    constants, formulas, unlocked = dict[Spot, str | float](), dict[Spot, str](), set[Spot]()
    for spot, cell in _cells(sheet):
        if not cell.protection.locked:
            unlocked.add(spot)
        if cell.data_type == "f":
            formulas[spot] = f"={getattr(cell.value, 'text', cell.value).removeprefix('=')}"
        elif cell.value not in {None, ""}:
            constants[spot] = cell.value
    merges = frozenset((each.min_row, each.min_col, each.max_row, each.max_col) for each in sheet.merged_cells.ranges)
    visible, protected = sheet.sheet_state == "visible", bool(sheet.protection.sheet)
    return Page(visible, protected, constants, formulas, frozenset(unlocked), merges)


def _cells(sheet: Worksheet) -> Iterator[tuple[Spot, Cell]]:
    """The cells of `sheet` but for those that others cover."""
    from openpyxl.cell import MergedCell

    for row in sheet.iter_rows(max_row=min(sheet.max_row, _ROWS), max_col=min(sheet.max_column, _COLUMNS)):
        yield from (((cell.row, cell.column), cell) for cell in row if not isinstance(cell, MergedCell))

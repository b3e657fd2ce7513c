"""The statutory tables anywhere on the sheets of a workbook that is none of ours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, groupby

from ..places import SheetPlace
from ..reading import Reading
from ..workbook.cellmap import words
from ..workbook.names import FAIR, RESULTS
from ..workbook.sheets import Rows, Sheets
from .assemble import Part
from .grid import Cell, Grid, is_labelled, quoted
from .tables import read_tables, refuse_two_versions

_MADE = frozenset({RESULTS, FAIR})
"""Sheets that say again what others say."""


def read_spreadsheet(sheets: Sheets, in_doubt: int | None = None) -> Reading:
    """The report on `sheets`; InputError if they have no statutory table.

    The year `in_doubt` decides on the edition where neither a label nor a title does.
    """
    parts = {name: tuple(_parts(_grid(name, sheets[name]))) for name in sheets.names if name not in _MADE}
    reading = read_tables(chain.from_iterable(parts.values()), sheets.source, in_doubt)
    tables = [(name, [part for part in found if not isinstance(part, Cell)]) for name, found in parts.items()]
    if sum(bool(grids) for _, grids in tables) > 1:
        refuse_two_versions(tables, reading)
    return reading


def _grid(name: str, values: Rows) -> Grid:
    return tuple(
        tuple(Cell(words(value), SheetPlace(name, row, column)) for column, value in enumerate(line, start=1))
        for row, line in enumerate(values, start=1)
    )


def _parts(grid: Grid) -> Iterator[Part]:
    """Tables, which blank rows part from others, and the lines of text between them."""
    last = 0
    for is_blank, rows in groupby(grid, key=lambda row: all(cell.is_blank for cell in row)):
        block = tuple(rows)
        last += len(block)
        if is_blank:
            continue
        if is_labelled(block):
            # A table printed across that nobody has filled ends with a blank row.
            yield (*block, *grid[last : last + 1])
        else:
            yield from (Cell(quoted(row), row[0].place) for row in block)

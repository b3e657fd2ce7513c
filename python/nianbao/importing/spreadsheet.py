"""The statutory tables anywhere on the sheets of a workbook that is none of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from itertools import chain, groupby

from ..errors import InputError
from ..form import CellKey
from ..formfile import load_form
from ..places import SheetPlace
from ..reading import Reading
from ..report import Values
from ..wording import table_name
from ..workbook.cellmap import words
from ..workbook.names import RESULTS
from ..workbook.sheets import Rows, Sheets
from .assemble import Part
from .grid import Cell, Grid, is_labelled, quoted
from .tables import read_tables


def read_spreadsheet(sheets: Sheets, in_doubt: int | None = None) -> Reading:
    """The report on `sheets`; InputError if they have no statutory table.

    The year `in_doubt` decides on the edition where neither a label nor a title does.
    """
    parts = {name: tuple(_parts(_grid(name, sheets[name]))) for name in sheets.names if name != RESULTS}
    reading = read_tables(chain.from_iterable(parts.values()), sheets.source, in_doubt)
    _refuse_two_versions(reading, parts)
    return reading


def _refuse_two_versions(reading: Reading, parts: Mapping[str, Sequence[Part]]) -> None:
    """InputError if two sheets have the same table and say different things: this year's and last year's, say."""
    tables = {name: [part for part in found if not isinstance(part, Cell)] for name, found in parts.items()}
    if sum(map(bool, tables.values())) < 2:  # noqa: PLR2004 - two sheets
        return
    said: dict[str, tuple[str, Values]] = {}
    for name, grids in tables.items():
        for key, values in _by_table(grids, reading).items():
            other, before = said.setdefault(key, (name, values))
            if before != values:
                which = f"“{table_name(reading.form, key)}”在工作表“{other}”和“{name}”里都有，数不一样"
                raise InputError(reading.source, which, "请只留要用的一份")


def _by_table(grids: Sequence[Grid], reading: Reading) -> dict[str, Values]:
    """The figures of one sheet, by table."""
    found: dict[str, dict[CellKey, Decimal | None]] = {}
    with suppress(InputError):
        year = reading.report.year or load_form(reading.report.edition).first_year
        for cell, value in read_tables(grids, reading.source, year).report.values.items():
            found.setdefault(cell.table, {})[cell] = value
    return dict(found)


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

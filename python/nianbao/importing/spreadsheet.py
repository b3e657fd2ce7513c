"""Finds the statutory tables anywhere on the sheets of a workbook that is none of ours.

A sheet knows its columns: a figure belongs to the header above it, whatever stands beside the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from ..form import Form, Line, Table
from ..formfile import load_form
from ..places import SheetPlace
from ..reading import Reading
from ..workbook.cellmap import words
from ..workbook.sheets import Rows, Sheets
from .assemble import Part, assemble
from .chapters import read_title
from .grid import Cell, Grid, Row, quoted
from .labelled import Labelled, labelled
from .labels import edition_of, labels_of, normal, spellings


def read_spreadsheet(sheets: Sheets, in_doubt: int | None = None) -> Reading:
    """The report on `sheets`; InputError if they have no statutory table.

    The year `in_doubt` decides on the edition where neither a label nor a title does.
    """
    grids = [_grid(name, sheets[name]) for name in sheets.names]
    rows = [row for grid in grids for row in grid]
    year = read_title([quoted(row) for row in rows]).year or in_doubt
    form = load_form(edition_of((normal(cell.text) for row in rows for cell in row), year, sheets.source))
    return assemble((part for grid in grids for part in _parts(form, grid)), sheets.source, in_doubt)


def _grid(name: str, values: Rows) -> Grid:
    return tuple(
        tuple(Cell(words(value), SheetPlace(name, row, column)) for column, value in enumerate(line, start=1))
        for row, line in enumerate(values, start=1)
    )


def _parts(form: Form, grid: Grid) -> Iterator[Part]:
    """Tables, which blank rows part from others, and the lines of text between them."""
    for is_blank, rows in groupby(grid, key=lambda row: all(cell.is_blank for cell in row)):
        if is_blank:
            continue
        block = tuple(rows)
        if any(normal(cell.text) in labels_of(form).every for row in block for cell in row):
            yield tuple(_tidied(form, grid, block))
        else:
            yield from filter(None, map(quoted, block))


class _Above(NamedTuple):
    """What stands above a row: the labels over each column, and the columns that a table printed across fills."""

    labels: Mapping[int, frozenset[str]]
    across: tuple[int, ...]


def _tidied(form: Form, grid: Grid, block: Grid) -> Iterator[Row]:
    """The rows of a block without what stands beside the table, every figure in the place that the form gives it."""
    above = _Above({}, ())
    for row in _with_blank_row(grid, block):
        if found := labelled(form, row):
            yield _figures_of(found[0], above) if len(found) == 1 else row
            above = above._replace(across=())
        elif above.across and not any(cell.is_words for cell in row):
            yield _at(row, above.across)
        else:
            yield _heads(form, row)
            above = _after(form, above, row)


def _with_blank_row(grid: Grid, block: Grid) -> Iterator[Row]:
    """`block`, and the row below it: a table printed across that nobody has filled ends with a blank row."""
    yield from block
    last = block[-1][0].place
    if isinstance(last, SheetPlace) and last.row < len(grid):
        yield grid[last.row]


def _heads(form: Form, row: Row) -> Row:
    """The labels of the form in a row; another row as it stands."""
    known = tuple(cell if normal(cell.text) in labels_of(form).every else cell._replace(text="") for cell in row)
    return known if any(cell.text for cell in known) else row


def _after(form: Form, above: _Above, row: Row) -> _Above:
    """What stands above the row below `row`."""
    written = {at: normal(cell.text) for at, cell in enumerate(row) if not cell.is_blank}
    if any(label in labels_of(form).titles for label in written.values()):
        return _Above({}, ())
    empty: frozenset[str] = frozenset()
    labels = {**above.labels, **{at: above.labels.get(at, empty) | {label} for at, label in written.items()}}
    return _Above(labels, _across(form, labels))


def _across(form: Form, labels: Mapping[int, frozenset[str]]) -> tuple[int, ...]:
    """The columns under a header that names every cell of a table printed across, in the order of the form."""
    for table in form.tables.values():
        due = [spellings(column) for _ in table.rows for column in table.columns]
        heads = [at for at in sorted(labels) if labels[at] & frozenset().union(*due)]
        fits = len(heads) == len(due) and all(labels[at] & names for at, names in zip(heads, due, strict=True))
        if table.printed == "across" and fits:
            return tuple(heads)
    return ()


def _figures_of(found: Labelled, above: _Above) -> Row:
    """The label and the figures under the header, padded as the form prints them; the row as it stands where that fails."""
    places = _columns(found.table, above)
    if not places or _is_mixed(found, places):
        return found.row
    blank = Cell("")
    padded = [blank] * found.lead
    for at, column in sorted((at, column) for column, at in places.items()):
        padded += [found.row[at], *[blank] * (column.span - 1)]
    return (found.row[found.at], *padded)


def _columns(table: Table, above: _Above) -> Mapping[Line, int]:
    """Where each column of `table` stands; nothing unless that is certain of all."""
    under = {
        column: [at for at, labels in above.labels.items() if labels & spellings(column)] for column in table.columns
    }
    return {column: at for column, (at,) in under.items()} if all(len(at) == 1 for at in under.values()) else {}


def _is_mixed(found: Labelled, places: Mapping[Line, int]) -> bool:
    """Whether a figure stands between the label and the last column under no header, or the row ends too early."""
    last = max(places.values())
    if last >= len(found.row) or min(places.values()) <= found.at:
        return True
    return any(found.row[at].is_figure for at in range(last) if at not in places.values())


def _at(row: Row, places: Sequence[int]) -> Row:
    """The cells of a row at `places`; all of it where a figure stands between them."""
    between = (cell for at, cell in enumerate(row[: places[-1]]) if at not in places)
    if any(cell.is_figure for cell in between) or places[-1] >= len(row):
        return row
    return tuple(row[at] for at in places)

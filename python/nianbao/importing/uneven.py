"""Reads tables without the rows whose figures may belong to another column or row: those are told instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ..checks.reading import r02_refused
from ..findings import Finding
from ..formfile import EDITIONS, load_form
from ..reading import Reading
from .assemble import Part
from .grid import Cell, Grid, Row, quoted
from .labelled import labelled
from .tables import read_tables, refuse_two_versions

_TOO_MANY = "的格子比表头多，分不清各数在哪一列"
_OVER_COLUMNS = "有一格占了几列，分不清各数在哪一列"
_OVER_ROWS = "有一格占了几行，分不清各数在哪一行"


def read_even_rows(parts: Iterable[Part], grids: Sequence[Grid], source: str) -> Reading:
    """The report that `parts` make without the rows of `grids`, the statutory tables among them, that cannot be used."""
    left_out = {row: why for grid in grids for row, why in _uneven(grid)}
    even = (part if isinstance(part, Cell) else tuple(row for row in part if row not in left_out) for part in parts)
    reading = read_tables(even, source)
    if any(finding.cells for finding in reading.findings):
        refuse_two_versions([("", [grid]) for grid in grids], reading)
    refused = (_refused(row, why, reading) for row, why in left_out.items())
    return reading._replace(findings=(*reading.findings, *refused))


def _refused(row: Row, why: str, reading: Reading) -> Finding:
    form = load_form(reading.report.edition)
    lines = labelled(form, row)
    where = lines[0].where(form) if lines else "法定表格"
    place = next((cell.place for cell in row if not cell.is_blank), None)
    cells = tuple(cell for line in lines for cell in line.cells)
    return r02_refused(where, quoted(row), why, place, cells)


def _uneven(grid: Grid) -> Iterator[tuple[Row, str]]:
    """The rows that cannot be used, each with why, in the user's words; a row may come twice."""
    yield from _off_the_header(grid)
    yield from ((row, _OVER_ROWS) for row in _over_rows(grid))


def _off_the_header(grid: Grid) -> Iterator[tuple[Row, str]]:
    """The rows with figures that do not fit under the header above them: a cell too many, or one over two columns."""
    width, heads, is_header = 0, frozenset[int](), False
    for row in grid:
        if any(cell.is_figure for cell in row):
            is_header = False
            if 0 < width < len(row):
                yield row, _TOO_MANY
            elif any(_is_reached(row, at) for at in heads):
                yield row, _OVER_COLUMNS
        else:
            written = frozenset(at for at, cell in enumerate(row) if not cell.is_blank)
            if len(written) > 1:
                width = max(width, len(row))
                heads = written | (heads if is_header else frozenset())
            is_header = len(written) > 1


def _is_reached(row: Row, at: int) -> bool:
    """Whether the cell of a figure reaches over position `at` from the left."""
    if at >= len(row) or row[at].place is not None:
        return False
    return next((cell.is_figure for cell in reversed(row[:at]) if cell.place is not None), False)


def _over_rows(grid: Grid) -> Iterator[Row]:
    """The rows of the form that share the cell of a figure with another row; one that holds nothing else is none."""
    rows = [row for row in grid if any(not cell.is_blank for cell in row)]
    placed = [cell for row in rows for cell in row if cell.place]
    times = Counter(cell.place for cell in placed)
    shared = {cell.place for cell in placed if times[cell.place] > 1 and cell.is_figure}
    for row in rows if shared else ():
        known = chain.from_iterable(labelled(load_form(edition), row) for edition in EDITIONS)
        # Left of the label stands no figure of the form but the row's number.
        if any(cell.place in shared for each in known for cell in each.after):
            yield row

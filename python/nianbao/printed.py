"""The printed geometry of a chapter's tables: every cell with its merges, labels and values alike.

Workbook and DOCX draw from this; neither knows a label or a merge of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from .form import CellKey, Chapter, Table

Role = Literal["title", "corner", "head", "label", "value"]


class PrintedCell(NamedTuple):
    """One cell of the printed grid, counted from 0; `height` and `width` in grid cells; `key` for values."""

    row: int
    column: int
    height: int
    width: int
    text: str
    role: Role
    key: CellKey | None = None


class _Run(NamedTuple):
    """A label over a stretch of lines: at `level`, over `levels` levels, from line `start` for `length` lines."""

    level: int
    levels: int
    start: int
    length: int
    text: str


@cache
def printed(chapter: Chapter) -> tuple[PrintedCell, ...]:
    """The tables of `chapter`, one below the other, row by row."""
    cells: list[PrintedCell] = []
    top = 0
    for table in chapter.tables:
        cells += _table(table, top)
        top = max(cell.row + cell.height for cell in cells)
    return tuple(sorted(cells))


@cache
def grid_size(chapter: Chapter) -> tuple[int, int]:
    """Rows and columns of the printed grid."""
    cells = printed(chapter)
    return max(c.row + c.height for c in cells), max(c.column + c.width for c in cells)


def head_rows(chapter: Chapter) -> int:
    """How many rows stand above the first row of values of a chapter with one table."""
    return min(cell.row for cell in printed(chapter) if cell.role == "value")


@cache
def label_columns(table: Table) -> int:
    """How many grid columns the row labels take; none where the rows stand side by side."""
    return 0 if table.printed == "across" else max(len(row.path) for row in table.rows)


def _table(table: Table, top: int) -> Iterator[PrintedCell]:
    left = label_columns(table)
    paths, spans = _heads(table)
    width = left + sum(spans)
    if table.title:
        yield PrintedCell(top, 0, 1, width, table.title, "title")
        top += 1
    levels = max(len(path) for path in paths)
    first = top + levels + bool(table.banner)
    if table.corner:
        yield PrintedCell(top, 0, first - top, left, table.corner, "corner")
    if table.banner:
        yield PrintedCell(top, left, 1, width - left, table.banner, "head")
    for run in _runs(paths, levels):
        column, across = left + sum(spans[: run.start]), sum(spans[run.start : run.start + run.length])
        yield PrintedCell(first - levels + run.level, column, run.levels, across, run.text, "head")
    if left:
        for run in _runs([row.path for row in table.rows], left):
            yield PrintedCell(first + run.start, run.level, run.length, run.levels, run.text, "label")
    for number, key in enumerate(table.cells()):
        down, line = (0, number) if table.printed == "across" else divmod(number, len(table.columns))
        yield PrintedCell(first + down, left + sum(spans[:line]), 1, spans[line], "", "value", key)


def _heads(table: Table) -> tuple[list[tuple[str, ...]], list[int]]:
    """The label path and the width of each column of values."""
    if table.printed == "across":
        pairs = [((*row.path, *column.path), column.span) for row in table.rows for column in table.columns]
    else:
        pairs = [(column.path, column.span) for column in table.columns]
    return [path for path, _ in pairs], [span for _, span in pairs]


def _runs(paths: Sequence[tuple[str, ...]], levels: int) -> Iterator[_Run]:
    """The labels over a sequence of lines: equal beginnings joined, a last label reaching the last level."""
    for level in range(levels):
        start = 0
        while start < len(paths):
            path = paths[start][: level + 1]
            end = start + 1
            while end < len(paths) and len(path) > level and paths[end][: level + 1] == path:
                end += 1
            if len(path) > level:
                deepest = len(paths[start]) == level + 1
                yield _Run(level, levels - level if deepest else 1, start, end - start, path[level])
            start = end

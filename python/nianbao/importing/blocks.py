"""Documents as their files nest them: paragraphs, and tables whose cells hold paragraphs and tables again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import count
from typing import NamedTuple

from ..errors import InputError
from ..formfile import EDITIONS, load_form
from ..places import ParagraphPlace, TablePlace
from ..reading import Reading
from .assemble import Part
from .chapters import read_title
from .grid import Cell, Row, is_statutory
from .labels import labels_of, normal
from .text import read_text
from .uneven import read_even_rows

WIDEST = 256
"""Positions of the widest row that is kept; the widest of the form has fifteen."""
LARGEST = 200_000
"""Positions of all tables of a document; a report has well under a thousand."""
PICTURE = "〔图片〕"
"""Stands for a cell with a picture and no text: it is not blank, and no figure either."""
_LONGEST_TITLE = 60
_BLANK = Cell("")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_STRUCK = "\u0336"


class Box(NamedTuple):
    """One cell of a table: what stands in it, how many columns and rows it covers, and whether it is the cell above."""

    blocks: tuple[Block, ...] = ()
    width: int = 1
    height: int = 1
    goes_on: bool = False

    @property
    def text(self) -> str:
        """All that stands in it, line by line."""
        return "\n".join(block if isinstance(block, str) else block.text for block in self.blocks)


class Boxes(NamedTuple):
    """A table, row by row; a cell stands once, in its first row."""

    rows: tuple[tuple[Box, ...], ...]

    @property
    def text(self) -> str:
        """All that stands in it, line by line."""
        return "\n".join(" ".join(box.text for box in row) for row in self.rows)


Block = str | Boxes
"""A paragraph, its lines parted by line feeds, or a table."""


def raised(text: str) -> str:
    """`text` set as a superscript: 5² is not 52."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """`text` set as a subscript."""
    return text.translate(_LOWERED)


def struck(text: str) -> str:
    """`text` struck through: it does not count as figures any more, but nothing says that it is gone."""
    return "".join(f"{letter}{_STRUCK}" if letter.strip() else letter for letter in text)


def span(number: str | None) -> int:
    """What an attribute says of the columns or rows of a cell, within reason; 1 where it says nothing."""
    digits = (number or "").strip()
    return max(1, int(digits[:6])) if digits.isascii() and digits.isdigit() else 1


def read_blocks(blocks: Iterable[Block], source: str) -> Reading:
    """The report that `blocks` make; `source` is what the file is called.  InputError without a statutory table."""
    try:
        return read_parts(tuple(parts(blocks, source)), source)
    except RecursionError as error:
        raise nested_too_deep(source) from error


def nested_too_deep(source: str) -> InputError:
    """What is said of a file whose tables stand in tables without end."""
    return InputError(source, "表格一层套一层，套得太深", "请只留年报的部分")


def read_parts(found: Sequence[Part], source: str) -> Reading:
    """The report that the parts of a document make; its tables may be mere text, the cells parted by tabs."""
    grids = [part for part in found if not isinstance(part, Cell) and is_statutory(part)]
    if any(len(grid) > 1 for grid in grids):
        return read_even_rows(found, grids, source)
    return read_text("\n".join(line for part in found for line in _lines(part)), source)


def parts(blocks: Iterable[Block], source: str) -> Iterator[Part]:
    """The paragraphs and tables of a document, each with its place; InputError if there are too many cells."""
    paragraphs, tables, room = count(1), count(1), LARGEST
    for block in _unfolded(blocks):
        if isinstance(block, str):
            yield from _paragraph(block, paragraphs)
            continue
        rows: list[Row] = []
        for row in _rows(block, next(tables)):
            room -= len(row)
            if room < 0:
                raise InputError(source, "表格太大，不像一份年报", "请只留年报的部分")
            rows.append(row)
        yield tuple(rows)


def _unfolded(blocks: Iterable[Block]) -> Iterator[Block]:
    """`blocks` with what stands in tables that only arrange a page."""
    for block in blocks:
        if isinstance(block, str) or not _is_layout(block):
            yield block
        else:
            yield from _unfolded(inner for row in block.rows for box in row for inner in box.blocks)


def _is_layout(table: Boxes) -> bool:
    """Whether a table only arranges what stands in it: another table of the form, or paragraphs below each other."""
    if _is_layout_of_tables(table):
        return True
    return all(len(row) <= 1 for row in table.rows) and not _is_of_form(table)


def _is_layout_of_tables(table: Boxes) -> bool:
    inner = (block for row in table.rows for box in row for block in box.blocks if not isinstance(block, str))
    return any(_is_of_form(block) or _is_layout_of_tables(block) for block in inner)


def _is_of_form(table: Boxes) -> bool:
    return is_statutory([tuple(Cell(box.text) for box in row) for row in table.rows])


def _paragraph(text: str, numbers: Iterator[int]) -> Iterator[Part]:
    """The lines of a paragraph; a title on several lines stays whole."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        return
    place = ParagraphPlace(next(numbers))
    if len(lines) > 1 and len(text) <= _LONGEST_TITLE and read_title([text]).paragraphs:
        yield Cell(text, place)
        return
    for line in lines:
        # A title above a table rather than in it; beside it a blank, as everywhere in a table with all its positions.
        cell = Cell(line, place)
        yield ((cell, _BLANK),) if len(line) <= _LONGEST_TITLE and normal(line) in _titles() else cell


@cache
def _titles() -> frozenset[str]:
    return frozenset(title for edition in EDITIONS for title in labels_of(load_form(edition)).titles)


def _rows(table: Boxes, number: int) -> Iterator[Row]:
    """The rows of a table with all their positions."""
    row: Row = ()
    covered: Mapping[int, int] = {}
    for at, boxes in enumerate(table.rows, 1):
        row, covered = _row(boxes, row, covered, TablePlace(number, at, 0))
        yield row


def _row(
    boxes: Iterable[Box], above: Row, covered: Mapping[int, int], place: TablePlace
) -> tuple[Row, Mapping[int, int]]:
    """One row, and how many rows below it, by column, its cells and those above still cover.

    Cells are counted as one sees them.  Where a cell begins, the rows that it reaches into have its place and a blank.
    """
    row: list[Cell] = []
    waiting, seen, last = iter(boxes), 0, max(covered, default=-1)
    below = {column: rows - 1 for column, rows in covered.items() if rows > 1}
    while len(row) < WIDEST:
        column = len(row)
        if column in covered:
            seen += above[column].place is not None
            row.append(_BLANK._replace(place=above[column].place))
        elif box := next(waiting, None):
            seen += 1
            width = _free(column, box.width, covered)
            begins = above[column].place if box.goes_on and column < len(above) else place._replace(cell=seen)
            row += [Cell(box.text, begins), *[_BLANK] * (width - 1)]
            if box.height > 1:
                below |= dict.fromkeys(range(column, column + width), box.height - 1)
        elif column < last:
            row.append(_BLANK)
        else:
            break
    return tuple(row), below


def _free(column: int, width: int, covered: Mapping[int, int]) -> int:
    """How many of `width` positions from `column` on no cell above covers."""
    within = range(column, min(column + width, WIDEST))
    return next((at for at in within if at in covered), within.stop) - column


def _lines(part: Part) -> Iterator[str]:
    if isinstance(part, Cell):
        yield part.text
    else:
        yield from ("\t".join(" ".join(cell.text.split()) for cell in row) for row in part)

"""Tables as a page draws them: cells between lines, some merged, some open, some of them mere lines under a text."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import groupby, pairwise, takewhile
from typing import NamedTuple

from ...places import TablePlace
from ..grid import Cell, Grid, Row
from ..labels import all_labels, normal
from .glyphs import Glyph, lines_of

Bounds = tuple[float, float, float, float]
"""Left, top, right and bottom of a cell."""

_NEAR = 4.0
"""How far apart, in points, lines of one table that belong together may stand."""
_TOUCHING = 0.1
"""What part of their size lies at most between two characters of one number."""
_NEXT, _GAP = 0.45, 0.2
"""Of a number, the next character begins at least so far on, in parts of a width, and leaves at most such a gap, of a size."""
_SMALLER, _LARGER = 0.8, 1.6
"""How many times the size of another of its digits, or of the usual one of the table, a digit has at least and at most."""
_SIGNS = frozenset(".,+-．，＋－−–—减少增加万亿元")
"""What a number is written with besides digits."""
_RUN_ON, _UNEVEN = "（与邻格连在一起）", "（数字大小不一、有空隙或重叠）"


class Box(NamedTuple):
    """A cell in the first of its rows: its left and right edges, its text, its place."""

    left: float
    right: float
    cell: Cell


class Piece(NamedTuple):
    """What of a table stands on one page, in one go."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    rows: tuple[tuple[Box, ...], ...]

    def holds(self, glyph: Glyph) -> bool:
        """Whether `glyph` stands in the table."""
        return self.left <= glyph.across <= self.right and self.top <= glyph.down <= self.bottom

    def goes_on(self, other: Piece) -> bool:
        """Whether `other`, with nothing between, is more of the same table on the next page."""
        shift = max(abs(self.left - other.left), abs(self.right - other.right))
        return other.page == self.page + 1 and shift <= 2 * _NEAR


class _Area(NamedTuple):
    """A cell, and the rows and columns that it covers: from the first, up to the second of each."""

    bounds: Bounds
    rows: tuple[int, int]
    columns: tuple[int, int]


def grid_of(pieces: Sequence[Piece]) -> Grid:
    """The table that `pieces` make, with every position of every row."""
    starts = edges(box.left for piece in pieces for row in piece.rows for box in row)
    return reduce(_joined, (tuple(_row(row, starts) for row in piece.rows) for piece in pieces))


def _joined(above: Grid, below: Grid) -> Grid:
    """Two pieces as one: headers that the second page repeats left out, a row that the page break parted made whole."""
    both = zip(above, below, strict=False)
    new = below[sum(1 for _ in takewhile(lambda rows: _is_repeated(*rows), both)) :]
    if new and _is_parted(above[-1], new[0]):
        return (*above[:-1], tuple(map(_whole, above[-1], new[0])), *new[1:])
    return above + new


def _is_repeated(before: Row, after: Row) -> bool:
    same = [cell.text for cell in before] == [cell.text for cell in after]
    return same and not any(cell.is_figure for cell in after)


def _is_parted(upper: Row, lower: Row) -> bool:
    """Whether two rows make a label of the form that neither has, and have no figures to mix up."""
    pairs = [(one, other) for one, other in zip(upper, lower, strict=True) if not (one.is_blank or other.is_blank)]
    parted = any(_is_label(_whole(*pair)) and not any(map(_is_label, pair)) for pair in pairs)
    return parted and not any(cell.is_figure for pair in pairs for cell in pair)


def _whole(upper: Cell, lower: Cell) -> Cell:
    return lower if upper.is_blank else upper._replace(text=upper.text + lower.text)


def _is_label(cell: Cell) -> bool:
    return normal(cell.text) in all_labels()


def _row(boxes: Iterable[Box], starts: Sequence[float]) -> Row:
    at = {_nearest(starts, box.left): box.cell for box in boxes}
    return tuple(at.get(number, Cell("")) for number in range(len(starts)))


def pieces_of(cells: Sequence[Bounds], glyphs: Sequence[Glyph], page: int, number: int) -> Iterator[Piece]:
    """The table that `cells` draw, as table `number` of `page`; in pieces where a line of text parts it.

    Some documents draw lines under their text: what covers the whole width and is no label is text, not a row.
    """
    columns = edges(edge for left, _, right, _ in cells for edge in (left, right))
    downs = edges(edge for _, top, _, bottom in cells for edge in (top, bottom))
    areas = [_area(cell, downs, columns) for cell in cells]
    areas += _open(areas, downs, columns)
    texts = _texts(_inside(areas, glyphs, downs, columns))
    rows = [[area for area in sorted(areas, key=_column) if area.rows[0] == at] for at in range(len(downs) - 1)]
    boxes = [_boxes(row, texts, TablePlace(number, at, 0, page)) for at, row in enumerate(rows, 1)]
    whole = (0, len(columns) - 1)
    kept = [not (len(row) == 1 and row[0].columns == whole and _is_text(texts[row[0]])) for row in rows]
    for is_kept, run in groupby(range(len(rows)), key=kept.__getitem__):
        if is_kept:
            at = list(run)
            bounds = columns[0], downs[at[0]], columns[-1], downs[at[-1] + 1]
            yield Piece(page, *bounds, tuple(boxes[each] for each in at))


def edges(found: Iterable[float]) -> list[float]:
    """The edges that `found` shows, those that belong together as one."""
    runs: list[list[float]] = []
    for edge in sorted(found):
        if runs and edge - runs[-1][0] <= _NEAR:
            runs[-1].append(edge)
        else:
            runs.append([edge])
    return [sum(run) / len(run) for run in runs]


def _nearest(places: Sequence[float], edge: float) -> int:
    return min(range(len(places)), key=lambda at: abs(places[at] - edge))


def _area(bounds: Bounds, downs: Sequence[float], columns: Sequence[float]) -> _Area:
    left, top, right, bottom = bounds
    return _Area(
        bounds, (_nearest(downs, top), _nearest(downs, bottom)), (_nearest(columns, left), _nearest(columns, right))
    )


def _column(area: _Area) -> int:
    return area.columns[0]


def _open(areas: Iterable[_Area], downs: Sequence[float], columns: Sequence[float]) -> Iterator[_Area]:
    """The positions that no cell covers: a line of theirs is missing, often at the edge of a page."""
    covered = {(row, column) for area in areas for row in range(*area.rows) for column in range(*area.columns)}
    for row, (top, bottom) in enumerate(pairwise(downs)):
        for column, (left, right) in enumerate(pairwise(columns)):
            if (row, column) not in covered:
                yield _Area((left, top, right, bottom), (row, row + 1), (column, column + 1))


def _inside(
    areas: Iterable[_Area], glyphs: Iterable[Glyph], downs: Sequence[float], columns: Sequence[float]
) -> dict[_Area, list[Glyph]]:
    """The characters in each cell."""
    found: dict[_Area, list[Glyph]] = {area: [] for area in areas}
    at = {(row, column): area for area in found for row in range(*area.rows) for column in range(*area.columns)}
    for glyph in glyphs:
        if area := at.get((bisect(downs, glyph.down) - 1, bisect(columns, glyph.across) - 1)):
            found[area].append(glyph)
    return found


def _texts(inside: Mapping[_Area, Sequence[Glyph]]) -> dict[_Area, str]:
    """The text of each cell; what looks like one number and is none, or part of one, is marked."""
    texts = {area: "\n".join(line.text for line in lines_of(found)) for area, found in inside.items()}
    written = {area: [each for each in found if _is_written(each)] for area, found in inside.items()}
    sizes = sorted(glyph.size for found in written.values() for glyph in found)
    for area, found in written.items():
        if found and Cell(texts[area]).is_figure and _is_uneven(found, _LARGER * sizes[len(sizes) // 2]):
            texts[area] += _UNEVEN
    for one, ends in written.items():
        for other, starts in written.items():
            if one.columns[1] == other.columns[0] and _run_on(ends, starts):
                texts |= {area: f"{texts[area].removesuffix(_RUN_ON)}{_RUN_ON}" for area in (one, other)}
    return texts


def _is_written(glyph: Glyph) -> bool:
    """Whether numbers are written with a character."""
    return glyph.text.isdigit() or glyph.text in _SIGNS


def _is_uneven(written: Iterable[Glyph], largest: float) -> bool:
    """Whether characters are of more than one number: a note's sign, a stamp, a figure under another, the next column's."""
    found = sorted(written, key=lambda glyph: glyph.x0)
    sizes = [glyph.size for glyph in found]
    return (
        min(sizes) < _SMALLER * max(sizes)
        or max(sizes) > largest
        or any(
            not _NEXT * _width(one) <= after.x0 - one.x0 <= _width(one) + _GAP * one.size
            for one, after in pairwise(found)
        )
    )


def _width(glyph: Glyph) -> float:
    return glyph.x1 - glyph.x0


def _run_on(ends: Iterable[Glyph], starts: Sequence[Glyph]) -> bool:
    """Whether a character of a number in one cell touches one in the next, a digit being among them."""
    return any(
        abs(one.down - other.down) < one.size / 2
        and other.x0 - one.x1 < _TOUCHING * one.size
        and (one.text.isdigit() or other.text.isdigit())
        for one in ends
        for other in starts
    )


def _is_text(text: str) -> bool:
    """Whether what stands over the whole width is no row: nothing, or words that are no label."""
    cell = Cell(text)
    return cell.is_blank or not (cell.is_figure or _is_label(cell))


def _boxes(row: Iterable[_Area], texts: dict[_Area, str], start: TablePlace) -> tuple[Box, ...]:
    return tuple(
        Box(area.bounds[0], area.bounds[2], Cell(texts[area], start._replace(cell=at)))
        for at, area in enumerate(row, 1)
    )

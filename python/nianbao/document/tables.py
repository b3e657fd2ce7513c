"""The statutory tables as Word tables: the printed geometry with exact merges and fixed widths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from ..figures import show
from ..form import CellKey, Chapter
from ..printed import PrintedCell, grid_size, head_rows, printed
from .ooxml import TWIPS, Element, node, paragraph, run

# In twips: the text block is 156 mm wide.
_TEXT_WIDTH = 8844
_MARGIN, _MARGIN_ABOVE = 40, 15
_THICK, _THIN = 8, 4
# In ems: a digit of Times New Roman is half as wide as it is high, one of a font in its place is wider.
_DIGIT = 0.56
_HALF_POINTS = 2
_SMALLEST = 2

Values = Mapping[CellKey, Decimal | None]


class _Look(NamedTuple):
    """How a chapter's table is set: column widths and least row height in twips, styles, font size in points.

    A text above the table of at most `room` lines shares its page.
    """

    widths: tuple[int, ...]
    height: int
    head: str = "head"
    label: str = "head"
    number: str = "number"
    size: int = 12
    room: int = 0


# Table three: the headings over the companies break after every second character, 自然人 stays on one line.
_LOOKS: Mapping[str, _Look] = {
    "disclosure": _Look((2706, 2046, 2046, 2046), 420),
    "requests": _Look(
        (640, 1370, 2624, 640, 570, 570, 570, 570, 570, 720),
        260,
        head="small_head",
        label="small_label",
        number="small_number",
        size=9,
        room=5,
    ),
    "review": _Look((*[589] * 14, 598), 480, room=5),
}


def statutory_table(chapter: Chapter, values: Values) -> Element:
    """The tables of `chapter` as one Word table that stays on one page; blank cells stay blank."""
    look = _LOOKS[chapter.key]
    rows = _rows(chapter)
    heads = head_rows(chapter) if len(chapter.tables) == 1 else 0
    table = node("tbl", _properties(chapter), node("tblGrid", *(node("gridCol", w=width) for width in look.widths)))
    for number, row in enumerate(rows):
        cells = (_cell(cell, number, look, values, kept=number < len(rows) - 1) for cell in row)
        table.append(node("tr", _row_properties(look, head=number < heads), *cells))
    return table


def room_beside(chapter: Chapter) -> int:
    """The most lines that a text above the chapter's table may have to share its page."""
    return _LOOKS[chapter.key].room


def _rows(chapter: Chapter) -> list[list[PrintedCell]]:
    """The cells that every row of the grid touches, merged cells again in each."""
    rows: list[list[PrintedCell]] = [[] for _ in range(grid_size(chapter)[0])]
    for cell in printed(chapter):
        for row in range(cell.row, cell.row + cell.height):
            rows[row].append(cell)
    return [sorted(row, key=lambda cell: cell.column) for row in rows]


def _properties(chapter: Chapter) -> Element:
    edges = {"top": _THICK, "left": _THICK, "bottom": _THICK, "right": _THICK, "insideH": _THIN, "insideV": _THIN}
    lines = (node(edge, val="single", sz=size, space=0, color="auto") for edge, size in edges.items())
    sides = {"top": _MARGIN_ABOVE, "left": _MARGIN, "bottom": _MARGIN_ABOVE, "right": _MARGIN}
    margins = (node(side, w=width, type="dxa") for side, width in sides.items())
    return node(
        "tblPr",
        node("tblW", w=_TEXT_WIDTH, type="dxa"),
        node("jc", val="center"),
        node("tblBorders", *lines),
        node("tblLayout", type="fixed"),
        node("tblCellMar", *margins),
        node("tblCaption", val=chapter.heading),
    )


def _row_properties(look: _Look, *, head: bool) -> Element:
    repeated = [node("tblHeader")] if head else []
    return node("trPr", node("cantSplit"), node("trHeight", val=look.height, hRule="atLeast"), *repeated)


def _cell(cell: PrintedCell, row: int, look: _Look, values: Values, *, kept: bool) -> Element:
    width = sum(look.widths[cell.column : cell.column + cell.width])
    if cell.key is not None:
        style, runs = look.number, _number(show(values.get(cell.key)), width, look.size)
    else:
        style = look.label if cell.role == "label" and cell.height == 1 else look.head
        runs = [run(cell.text)] if row == cell.row else []
    properties = node("tcPr", node("tcW", w=width, type="dxa"), *_merges(cell, row), node("vAlign", val="center"))
    keep = [node("keepNext")] if kept else []
    return node("tc", properties, paragraph(style, *runs, properties=keep))


def _merges(cell: PrintedCell, row: int) -> Iterator[Element]:
    if cell.width > 1:
        yield node("gridSpan", val=cell.width)
    if cell.height > 1:
        yield node("vMerge", val="restart" if row == cell.row else "continue")


def _number(text: str, width: int, size: int) -> list[Element]:
    """The run of a number, set smaller than `size` where its column is too narrow."""
    if not text:
        return []
    room = int((width - 2 * _MARGIN) / TWIPS / (_DIGIT * len(text)) * _HALF_POINTS)
    if room >= size * _HALF_POINTS:
        return [run(text)]
    half_points = max(room, _SMALLEST)
    return [run(text, node("sz", val=half_points), node("szCs", val=half_points))]

"""The statutory tables as Word tables: the printed geometry with exact merges and fixed widths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from ..figures import show
from ..form import CellKey, Chapter
from ..printed import PrintedCell, grid_size, head_rows, printed
from .ooxml import HALF_POINTS, TWIPS, Element, node, paragraph, run, w
from .sections import PAGE_WIDTH
from .stylesheet import TextStyle

# In twips.
_MARGIN, _MARGIN_ABOVE = 40, 15
_THICK, _THIN = 8, 4
# In ems: a digit of Times New Roman is half as wide as it is high, one of a font in its place is wider.
_DIGIT = 0.56
_SMALLEST = 2

Values = Mapping[CellKey, Decimal | None]


class _Look(NamedTuple):
    """How a chapter's table is set: column widths on the page of an official document and least row height in twips, styles.

    A text above the table of at most `room` lines shares its page.
    """

    widths: tuple[int, ...]
    height: int
    head: str = "head"
    label: str = "head"
    number: str = "number"
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
        room=5,
    ),
    "review": _Look((*[589] * 14, 598), 480, room=5),
}


class _Setting(NamedTuple):
    """What a table is set with: its columns' widths in twips, and the styles of headings, row labels and figures."""

    widths: tuple[int, ...]
    head: TextStyle
    label: TextStyle
    number: TextStyle


def statutory_table(chapter: Chapter, values: Values, styles: Mapping[str, TextStyle], width: int) -> Element:
    """The tables of `chapter` as one Word table, `width` twips wide, that stays on one page; blank cells stay blank."""
    look = _LOOKS[chapter.key]
    used = (styles[name] for name in (look.head, look.label, look.number))
    setting = _Setting(_scaled(look.widths, width), *used)
    table = deepcopy(_frame(chapter, setting))
    for cell, element in zip(chain.from_iterable(_rows(chapter)), table.iter(w("tc")), strict=True):
        if cell.key is not None:
            element[-1].extend(_number(show(values.get(cell.key)), _width(cell, setting), setting.number.half_points))
    return table


@lru_cache(maxsize=16)
def _frame(chapter: Chapter, setting: _Setting) -> Element:
    """The table without its figures: for copies, since making it takes longer than all the rest of a document."""
    rows, look = _rows(chapter), _LOOKS[chapter.key]
    heads = head_rows(chapter) if len(chapter.tables) == 1 else 0
    columns = (node("gridCol", w=each) for each in setting.widths)
    table = node("tbl", _properties(chapter, sum(setting.widths)), node("tblGrid", *columns))
    for number, row in enumerate(rows):
        cells = (_cell(cell, number, setting, kept=number < len(rows) - 1) for cell in row)
        table.append(node("tr", _row_properties(look, head=number < heads), *cells))
    return table


def _scaled(widths: Sequence[int], width: int) -> tuple[int, ...]:
    """`widths`, made for the page of an official document, for lines of `width`."""
    edges = [round(edge * width / PAGE_WIDTH) for edge in accumulate(widths, initial=0)]
    return tuple(right - left for left, right in pairwise(edges))


def room_beside(chapter: Chapter) -> int:
    """The most lines that a text above the chapter's table may have to share its page."""
    return _LOOKS[chapter.key].room


@lru_cache(maxsize=16)
def _rows(chapter: Chapter) -> list[list[PrintedCell]]:
    """The cells that every row of the grid touches, merged cells again in each."""
    rows: list[list[PrintedCell]] = [[] for _ in range(grid_size(chapter)[0])]
    for cell in printed(chapter):
        for row in range(cell.row, cell.row + cell.height):
            rows[row].append(cell)
    return [sorted(row, key=lambda cell: cell.column) for row in rows]


def _properties(chapter: Chapter, width: int) -> Element:
    edges = {"top": _THICK, "left": _THICK, "bottom": _THICK, "right": _THICK, "insideH": _THIN, "insideV": _THIN}
    lines = (node(edge, val="single", sz=size, space=0, color="auto") for edge, size in edges.items())
    sides = {"top": _MARGIN_ABOVE, "left": _MARGIN, "bottom": _MARGIN_ABOVE, "right": _MARGIN}
    margins = (node(side, w=margin, type="dxa") for side, margin in sides.items())
    return node(
        "tblPr",
        node("tblW", w=width, type="dxa"),
        node("jc", val="center"),
        node("tblBorders", *lines),
        node("tblLayout", type="fixed"),
        node("tblCellMar", *margins),
        node("tblCaption", val=chapter.heading),
    )


def _row_properties(look: _Look, *, head: bool) -> Element:
    repeated = [node("tblHeader")] if head else []
    return node("trPr", node("cantSplit"), node("trHeight", val=look.height, hRule="atLeast"), *repeated)


def _cell(cell: PrintedCell, row: int, setting: _Setting, *, kept: bool) -> Element:
    is_row_label = cell.role == "label" and cell.height == 1
    style = setting.number if cell.key is not None else setting.label if is_row_label else setting.head
    down = "" if cell.height == 1 else "restart" if row == cell.row else "continue"
    element = deepcopy(_empty(_width(cell, setting), cell.width, down, style.key, kept=kept))
    if cell.text and row == cell.row:
        element[-1].append(run(cell.text))
    return element


@lru_cache(maxsize=128)
def _empty(width: int, columns: int, down: str, style: str, *, kept: bool) -> Element:
    """A cell with nothing in it: for copies too, since most cells of a table are alike."""
    merges = [node("gridSpan", val=columns)] if columns > 1 else []
    merges += [node("vMerge", val=down)] if down else []
    keep = [node("keepNext")] if kept else []
    return node(
        "tc",
        node("tcPr", node("tcW", w=width, type="dxa"), *merges, node("vAlign", val="center")),
        paragraph(style, properties=keep),
    )


def _width(cell: PrintedCell, setting: _Setting) -> int:
    return sum(setting.widths[cell.column : cell.column + cell.width])


def _number(text: str, width: int, size: int) -> list[Element]:
    """The run of a number, set smaller than `size` half-points where its column is too narrow."""
    if not text:
        return []
    room = int((width - 2 * _MARGIN) / TWIPS / (_DIGIT * len(text)) * HALF_POINTS)
    if room >= size:
        return [run(text)]
    half_points = max(room, _SMALLEST)
    return [run(text, node("sz", val=half_points), node("szCs", val=half_points))]

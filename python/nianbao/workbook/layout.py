"""Where everything of a report stands in its workbook.  Knows A1, not Excel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ..form import INTRO, SIGNATURE, CellKey, Chapter, Form
from ..places import SheetPlace, letters
from ..printed import grid_size, printed
from ..totals import definitions
from .names import COVER

TABLE_ROW = 4
"""The first row of the tables on their sheets."""
TEXT_ROW = 7
"""The first row of a chapter's paragraphs on the text sheets."""
INTRO_ROW = 4
AGENCY, YEAR, MODE, SIGNED, DATED = (SheetPlace(COVER, row, 3) for row in range(4, 9))
"""The fields of the cover: 单位名称, 报告年度, 合计方式, 落款单位, 成文日期."""


@dataclass(frozen=True)
class Layout:
    """The places of one edition, all counted from 1.

    `cells`: every printed cell.  `typed`: the 核对数 cell of each total.  `notes`: the one cell that
    holds a text: what an office adds to a chapter of tables, the introduction, the signature.  `paragraphs`: the first of
    the cells, one below the other, that hold a chapter's paragraphs.
    """

    cells: Mapping[CellKey, SheetPlace]
    typed: Mapping[CellKey, SheetPlace]
    notes: Mapping[str, SheetPlace]
    paragraphs: Mapping[str, SheetPlace]

    def named(self) -> Iterator[tuple[str, SheetPlace]]:
        """Every place with the name it has in the cell map of the workbook."""
        yield from (("agency", AGENCY), ("year", YEAR), ("totals", MODE))
        yield from ((str(cell), place) for cell, place in self.cells.items())
        yield from ((f"typed/{cell}", place) for cell, place in self.typed.items())
        yield from ((f"texts/{key}", place) for key, place in (*self.notes.items(), *self.paragraphs.items()))


@cache
def lay_out(form: Form) -> Layout:
    """The places of `form`, which has no source-only rows."""
    cells: dict[CellKey, SheetPlace] = {}
    notes, paragraphs = {}, {}
    for chapter in form.chapters:
        if chapter.tables:
            cells |= _places(chapter)
            notes[chapter.key] = SheetPlace(chapter.sheet, below(chapter) + 3, 1)
        else:
            paragraphs[chapter.key] = SheetPlace(chapter.sheet, TEXT_ROW, 1)
    notes[INTRO] = SheetPlace(form.chapters[0].sheet, INTRO_ROW, 1)
    notes |= dict(zip(SIGNATURE, (SIGNED, DATED), strict=True))
    return Layout(cells, _typed(form, cells), notes, paragraphs)


def below(chapter: Chapter) -> int:
    """The row below the tables of `chapter` where 核对数 cells of columns stand."""
    return TABLE_ROW + grid_size(chapter)[0] + 1


def beside(chapter: Chapter) -> int:
    """The column right of the tables of `chapter` where 核对数 cells of rows stand."""
    return grid_size(chapter)[1] + 2


def _places(chapter: Chapter) -> dict[CellKey, SheetPlace]:
    return {
        cell.key: SheetPlace(chapter.sheet, TABLE_ROW + cell.row, 1 + cell.column)
        for cell in printed(chapter)
        if cell.key is not None
    }


def _typed(form: Form, cells: Mapping[CellKey, SheetPlace]) -> dict[CellKey, SheetPlace]:
    places = {}
    for cell, assertion in definitions(form).items():
        chapter, place = form.chapter_of[cell.table], cells[cell]
        if assertion.rule.for_each == "row" and assertion.table.printed == "down":
            places[cell] = place._replace(column=beside(chapter))
        else:
            places[cell] = place._replace(row=below(chapter))
    return places


def refer(places: Iterable[SheetPlace], sheet: str, *, fixed: bool = False) -> list[str]:
    """References to `places` as seen from `sheet`, neighbours joined: ``D6``, ``D8:D28``, ``'封面'!D6``."""
    runs: list[list[SheetPlace]] = []
    for place in places:
        if runs and _extends(runs[-1], place):
            runs[-1].append(place)
        else:
            runs.append([place])
    return [_reference(run[0], run[-1], sheet, fixed=fixed) for run in runs]


def _extends(run: list[SheetPlace], place: SheetPlace) -> bool:
    steps = {(b.row - a.row, b.column - a.column) for a, b in pairwise([*run, place])}
    return place.sheet == run[0].sheet and len(steps) == 1 and steps <= {(1, 0), (0, 1)}


def _reference(first: SheetPlace, last: SheetPlace, sheet: str, *, fixed: bool) -> str:
    ends = [place.absolute if fixed else place.a1 for place in (first, last)]
    prefix = "" if first.sheet == sheet else f"'{first.sheet}'!"
    return prefix + (ends[0] if first == last else ":".join(ends))


def column_range(sheet: str, column: int, first: int, last: int) -> str:
    """``'分单位'!D5:D16``."""
    return f"'{sheet}'!{letters(column)}{first}:{letters(column)}{last}"

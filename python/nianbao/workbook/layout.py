"""Where everything of a report stands in its workbook.  Knows A1, not Excel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby

from ..form import INTRO, SIGNATURE, CellKey, Chapter, Form, is_last_year
from ..places import SheetPlace, letters
from ..printed import grid_size, printed
from ..report import PARTICULARS, Fee
from ..rules import Assertion, all_continuity
from ..totals import definitions
from .margins import TABLE_ROW, margins, sideways
from .names import COVER
from .names import EXPLANATIONS as EXPLANATIONS_SHEET

TEXT_ROW, PARAGRAPHS = 7, 100
"""The first row of a chapter's paragraphs on the text sheets, and how many rows there are for them."""
INTRO_ROW = 4
_FIRST_FIELD = 5
_FIELDS = ("agency", "year", *PARTICULARS, "totals", *SIGNATURE)
FIELDS: Mapping[str, SheetPlace] = {
    name: SheetPlace(COVER, row, 3) for row, name in enumerate(_FIELDS, start=_FIRST_FIELD)
}
"""The fields of the cover by name, one below the other."""
AGENCY, YEAR, MODE = (FIELDS[name] for name in ("agency", "year", "totals"))
EXPLAINED_ROW, EXPLANATIONS = 5, 30
"""The first row of 出错说明, and how many explanations there is room for."""
_STATE_COLUMN = {"disclosure": 2, "requests": 3, "review": 3}
_FEE_ROW, FEE_COLUMN = 4, 4


@dataclass(frozen=True, eq=False)
class Layout:
    """The places of one edition, all counted from 1.

    `cells`: every printed cell.  `typed`: the 核对数 cell of each total.  `last`: last year's figures, by the keys that
    `last_year` gives.  `filling`: by chapter, the choice of the filling state, and `closed`: a cell that says 1 once
    blanks are declared to be zero.  `notes`: the one cell that holds a text: what an office adds to a chapter of tables,
    the introduction, the signature.  `paragraphs`: the first of the cells, one below the other, that hold a chapter's
    paragraphs.  `fee`: by the fields of `Fee`.
    """

    cells: Mapping[CellKey, SheetPlace]
    typed: Mapping[CellKey, SheetPlace]
    last: Mapping[CellKey, SheetPlace]
    filling: Mapping[str, SheetPlace]
    closed: Mapping[str, SheetPlace]
    notes: Mapping[str, SheetPlace]
    paragraphs: Mapping[str, SheetPlace]
    fee: Mapping[str, SheetPlace]

    @cached_property
    def closed_on(self) -> Mapping[str, SheetPlace]:
        """`closed`, by the name of the sheet."""
        return {place.sheet: place for place in self.closed.values()}

    @cached_property
    def _figures(self) -> Mapping[CellKey, SheetPlace]:
        return {**self.cells, **self.last}

    def at(self, cell: CellKey) -> SheetPlace:
        """The place of a figure of either year."""
        return self._figures[cell]

    def named(self) -> Iterator[tuple[str, SheetPlace]]:
        """Every place that is read back, with the name it has in the cell map of the workbook."""
        yield from ((name, FIELDS[name]) for name in _FIELDS if name not in SIGNATURE)
        yield from ((str(cell), place) for cell, place in (*self.cells.items(), *self.last.items()))
        yield from ((f"typed/{cell}", place) for cell, place in self.typed.items())
        yield from ((f"filling/{chapter}", place) for chapter, place in self.filling.items())
        yield from ((f"texts/{key}", place) for key, place in (*self.notes.items(), *self.paragraphs.items()))
        yield from ((f"fee/{name}", place) for name, place in self.fee.items())
        yield "explanations", EXPLAINED


EXPLAINED = SheetPlace(EXPLANATIONS_SHEET, EXPLAINED_ROW, 2)
"""Where the first explanation says what it is about; reason, name and date stand right of it."""


@cache
def lay_out(form: Form) -> Layout:
    """The places of `form`, which has no source-only rows."""
    with_tables = [chapter for chapter in form.chapters if chapter.tables]
    cells = {cell: place for chapter in with_tables for cell, place in _places(chapter).items()}
    filling = {each.key: SheetPlace(each.sheet, 1, _STATE_COLUMN[each.key]) for each in with_tables}
    closed = {each.key: SheetPlace(each.sheet, 1, grid_size(each)[1] + 1) for each in with_tables}
    notes = {each.key: SheetPlace(each.sheet, margins(form, each).note_row, 1) for each in with_tables}
    notes[INTRO] = SheetPlace(form.chapters[0].sheet, INTRO_ROW, 1)
    notes |= {key: FIELDS[key] for key in SIGNATURE}
    paragraphs = {each.key: SheetPlace(each.sheet, TEXT_ROW, 1) for each in form.chapters if not each.tables}
    return Layout(cells, _typed(form, cells), _last(form, cells), filling, closed, notes, paragraphs, _fee(form))


def _places(chapter: Chapter) -> dict[CellKey, SheetPlace]:
    return {
        cell.key: SheetPlace(chapter.sheet, TABLE_ROW + cell.row, 1 + cell.column)
        for cell in printed(chapter)
        if cell.key is not None
    }


def _typed(form: Form, cells: Mapping[CellKey, SheetPlace]) -> dict[CellKey, SheetPlace]:
    return {
        cell: _in_margin(cells[cell], assertion, *_typed_lines(form, assertion))
        for cell, assertion in definitions(form).items()
    }


def _typed_lines(form: Form, assertion: Assertion) -> tuple[int | None, int | None]:
    found = margins(form, form.chapter_of[assertion.table.key])
    return found.typed_column, found.typed_row


def _last(form: Form, cells: Mapping[CellKey, SheetPlace]) -> dict[CellKey, SheetPlace]:
    places = {}
    for assertion in all_continuity(form):
        found = margins(form, form.chapter_of[assertion.table.key])
        beside = cells[assertion.cells[0]]
        for cell in filter(is_last_year, assertion.cells):
            column, row = found.last_columns.get(cell.column), found.last_rows.get(cell.row)
            places[cell] = _in_margin(beside, assertion, column, row)
    return places


def _in_margin(place: SheetPlace, assertion: Assertion, column: int | None, row: int | None) -> SheetPlace:
    """The place in the margin on the line of `place` that `assertion` is about."""
    return place._replace(column=column or 0) if sideways(assertion) else place._replace(row=row or 0)


def _fee(form: Form) -> dict[str, SheetPlace]:
    return {
        name: SheetPlace(chapter.sheet, row, FEE_COLUMN)
        for chapter in form.chapters
        if chapter.fee
        for row, name in enumerate(Fee._fields, start=_FEE_ROW)
    }


def refer(places: Iterable[SheetPlace], sheet: str, *, fixed: bool = False) -> list[str]:
    """References to `places` as seen from `sheet`, neighbours joined: ``D6``, ``D8:D28``, ``'封面'!D6``."""
    return [
        reference(first, sheet, fixed=fixed) + (f":{_address(last, fixed=fixed)}" if last != first else "")
        for first, last in runs(places)
    ]


def runs(places: Iterable[SheetPlace]) -> Iterator[tuple[SheetPlace, SheetPlace]]:
    """The first and the last of neighbours, to the right or below, that follow one another in `places`."""
    found: list[list[SheetPlace]] = []
    for place in places:
        if found and _extends(found[-1], place):
            found[-1].append(place)
        else:
            found.append([place])
    return ((run[0], run[-1]) for run in found)


def reference(place: SheetPlace, sheet: str, *, fixed: bool = False) -> str:
    """The reference to one place."""
    return ("" if place.sheet == sheet else f"'{place.sheet}'!") + _address(place, fixed=fixed)


def rectangles(places: Iterable[SheetPlace]) -> list[str]:
    """`places` of one sheet as blocks: ``D5:I28``; runs side by side, equal ones below one another joined."""
    rows: dict[int, list[int]] = {}
    for place in places:
        rows.setdefault(place.row, []).append(place.column)
    blocks: list[tuple[int, int, list[int]]] = []
    for row, columns in sorted(rows.items()):
        for run in _runs(sorted(columns)):
            above = next((block for block in blocks if block[1:] == (row - 1, run)), None)
            if above is not None:
                blocks.remove(above)
            blocks.append((above[0] if above else row, row, run))
    return [f"{letters(run[0])}{first}:{letters(run[-1])}{last}" for first, last, run in sorted(blocks)]


def _runs(columns: Sequence[int]) -> Iterator[list[int]]:
    for _, run in groupby(enumerate(columns), lambda pair: pair[1] - pair[0]):
        yield [column for _, column in run]


def _extends(run: list[SheetPlace], place: SheetPlace) -> bool:
    """Whether `place` is the next cell of `run`, to the right or below."""
    sheet, row, column = run[-1]
    step = (place.row - row, place.column - column)
    if place.sheet != sheet or step not in {(0, 1), (1, 0)}:
        return False
    return len(run) == 1 or (row - run[-2].row, column - run[-2].column) == step


def _address(place: SheetPlace, *, fixed: bool) -> str:
    return place.absolute if fixed else place.a1


def column_range(sheet: str, column: int, first: int, last: int) -> str:
    """``'分单位'!D5:D16``."""
    return f"'{sheet}'!{letters(column)}{first}:{letters(column)}{last}"

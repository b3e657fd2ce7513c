"""How far a report has come, in words: the line on the cover, and the filling state above each table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..form import CellKey, Chapter, Form
from ..places import SheetPlace
from ..printed import grid_size
from ..report import Filling, Report, Totals
from ..totals import definitions
from .formulas import missing_formula
from .layout import AGENCY, MODE, YEAR, Layout, rectangles, reference
from .names import CHECKS
from .page import Page
from .verdicts import BROKEN, EXPLAINED, HINT, Standing

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

COMPLETE = "齐全"
COUNTS = SheetPlace(CHECKS, 1, 11)
"""The first of the cells, side by side, that hold the numbers of `Status`."""
STATUS = SheetPlace(CHECKS, 2, 1)
"""The cell that says `Status` in words."""
_OF_CHAPTERS = COUNTS._replace(column=COUNTS.column + 6)
"""The first of the cells that hold the numbers of each chapter, two side by side: blanks, figures against its state."""


class Status(NamedTuple):
    """Numbers of blank cells, broken rules, figures typed where all was declared zero, hints, explained findings."""

    missing: int
    broken: int
    contrary: int
    hints: int
    explained: int

    @property
    def is_complete(self) -> bool:
        """Whether the report may go out."""
        return self.missing == self.broken == self.contrary == 0

    def __str__(self) -> str:
        open_ = [f"{label} {number} 处" for label, number in zip(_LABELS[:3], self[:3], strict=True) if number]
        rest = [f"{label} {number} 处" for label, number in zip(_LABELS[3:], self[3:], strict=True) if number]
        return "；".join([*(open_ or [COMPLETE]), *rest])


_LABELS = ("未填", "不平", "填报状态不符", "提示", "已说明")


def status(form: Form, report: Report, standings: Sequence[Standing]) -> Status:
    """How far `report` has come."""
    chapters = [chapter for chapter in form.chapters if chapter.tables]
    missing = sum(blank(form, report, chapter) for chapter in chapters)
    shown = [standing.shown for standing in standings]
    return Status(
        missing + (not report.agency) + (report.year is None),
        shown.count(BROKEN),
        sum(contrary(form, report, chapter) for chapter in chapters),
        shown.count(HINT),
        shown.count(EXPLAINED),
    )


@cache
def entries(form: Form, chapter: Chapter) -> tuple[CellKey, ...]:
    """The cells of `chapter` that are not computed."""
    return tuple(cell for table in chapter.tables for cell in table.cells() if cell not in definitions(form))


@cache
def entry_blocks(form: Form, layout: Layout, chapter: Chapter) -> tuple[str, ...]:
    """Where `entries` stand on their sheet."""
    return tuple(rectangles(layout.cells[cell] for cell in entries(form, chapter)))


@cache
def _totals(form: Form, chapter: Chapter) -> tuple[CellKey, ...]:
    return tuple(cell for table in chapter.tables for cell in table.cells() if cell in definitions(form))


def blank(form: Form, report: Report, chapter: Chapter) -> int:
    """How many cells of `chapter` still have to be filled."""
    cells = entries(form, chapter) + (_totals(form, chapter) if report.totals is Totals.TYPED else ())
    return blank_among(report, chapter, cells)


def blank_among(report: Report, chapter: Chapter, cells: Iterable[CellKey]) -> int:
    """How many of `cells` of `chapter` still have to be filled."""
    if report.filling.get(chapter.key, Filling.OPEN) is not Filling.OPEN:
        return 0
    return sum(report.values.get(cell) is None for cell in cells)


def contrary(form: Form, report: Report, chapter: Chapter) -> int:
    """How many figures were typed in `chapter` although all of it was declared to be zero."""
    if report.filling.get(chapter.key) is not Filling.ALL_ZERO:
        return 0
    return sum(bool(report.values.get(cell)) for cell in entries(form, chapter))


def status_formulas(form: Form, outcomes: str) -> tuple[str, ...]:
    """The formulas of the numbers of `Status` for 勾稽校验, where `outcomes` is the range of its outcomes."""
    missing, contradictions = zip(*(counts(form, each) for each in form.chapters if each.tables), strict=True)
    agency, year = (reference(field, CHECKS, fixed=True) for field in (AGENCY, YEAR))
    words = [f'=COUNTIF({outcomes},"{word}")' for word in (BROKEN, HINT, EXPLAINED)]
    blanks, against = ("+".join(place.a1 for place in places) for places in (missing, contradictions))
    return (f'={blanks}+({agency}="")+({year}="")', words[0], f"={against}", words[1], words[2])


def counts(form: Form, chapter: Chapter) -> tuple[SheetPlace, SheetPlace]:
    """Where 勾稽校验 counts what is blank in `chapter`, and the figures against its filling state."""
    number = [each for each in form.chapters if each.tables].index(chapter)
    column = _OF_CHAPTERS.column + 2 * number
    return _OF_CHAPTERS._replace(column=column), _OF_CHAPTERS._replace(column=column + 1)


@cache
def count_formulas(form: Form, layout: Layout, chapter: Chapter) -> tuple[str, str]:
    """The formulas of `counts`."""
    return f"={_blank_formula(form, layout, chapter)}", f"={_contrary_formula(form, layout, chapter)}"


def status_formula() -> str:
    """The formula of a status in words, from the numbers on 勾稽校验."""
    cells = [f"'{CHECKS}'!{COUNTS._replace(column=COUNTS.column + number).absolute}" for number in range(len(_LABELS))]
    said = [f'IF({cell}>0,"；{label} "&{cell}&" 处","")' for label, cell in zip(_LABELS, cells, strict=True)]
    clean = "+".join(cells[:3])
    return f'=IF({clean}=0,"{COMPLETE}",MID({"&".join(said[:3])},2,99))&{"&".join(said[3:])}'


def complete_formula() -> str:
    """True while the report may go out, from the numbers on 勾稽校验."""
    first, last = COUNTS, COUNTS._replace(column=COUNTS.column + 2)
    return f"SUM('{CHECKS}'!{first.absolute}:{last.absolute})=0"


def _blank_formula(form: Form, layout: Layout, chapter: Chapter) -> str:
    closed, mode = reference(layout.closed[chapter.key], CHECKS), reference(MODE, CHECKS, fixed=True)
    ranges = ",".join(_on(chapter, entry_blocks(form, layout, chapter)))
    missing = missing_formula(ranges, len(entries(form, chapter)), closed)
    if totals := _totals(form, chapter):
        typed = [layout.typed[cell] for cell in totals]
        more = missing_formula(",".join(_on(chapter, rectangles(typed))), len(typed), closed)
        missing = f'{missing}+IF({mode}="{Totals.TYPED}",{more},0)'
    return missing


def _contrary_formula(form: Form, layout: Layout, chapter: Chapter) -> str:
    state = reference(layout.filling[chapter.key], CHECKS)
    blocks = _on(chapter, entry_blocks(form, layout, chapter))
    counted = "+".join(f'COUNTIF({block},"{sign}0")' for block in blocks for sign in "<>")
    return f'IF({state}="{Filling.ALL_ZERO}",{counted},0)'


def _on(chapter: Chapter, blocks: Iterable[str]) -> list[str]:
    """Blocks of the sheet of `chapter` as seen from 勾稽校验."""
    return [f"'{chapter.sheet}'!{block}" for block in blocks]


def add_state(page: Page, sheet: Worksheet, chapter: Chapter, widths: Sequence[float]) -> None:
    """The row above the table: what the office says of blanks, and how many there are."""
    layout, report, columns = page.layout, page.contents.report, grid_size(chapter)[1]
    place, closed = layout.filling[chapter.key], layout.closed[chapter.key]
    state = report.filling.get(chapter.key, Filling.OPEN)
    across = next(n for n in range(1, len(widths)) if sum(widths[place.column - 1 : place.column - 1 + n]) >= _CHOICE)
    sheet.set_row(0, 24)
    page.write(sheet, page.merge(sheet, place._replace(column=1), place.column - 1, "column"), "填报状态", "column")
    page.write(sheet, page.merge(sheet, place, across, "choice"), state.value, "choice")
    after = place._replace(column=place.column + across)
    page.compute(
        sheet,
        page.merge(sheet, after, columns - after.column + 1, "told"),
        _state_formula(page, chapter),
        _state_text(page, chapter),
        "told",
    )
    choice = place.a1
    is_closed = f"=IF(OR({','.join(f'{choice}={quoted}' for quoted in _CLOSED)}),1,0)"
    page.compute(sheet, closed, is_closed, int(state is not Filling.OPEN), "hidden")
    sheet.data_validation(place.a1, _CHOICES)


_CHOICE = 20
"""Characters that a choice of filling state is wide."""
_CLOSED = tuple(f'"{each}"' for each in Filling if each is not Filling.OPEN)
_CHOICES = {
    "validate": "list",
    "source": [each.value for each in Filling],
    "input_title": "填报状态",
    "input_message": "没有一件的选“全表为0”，不用逐格填 0；有数的填完后选“已填完，其余空白为0”。",
    "error_title": "填报状态",
    "error_message": "请从三种状态中选一种。",
}


def _state_text(page: Page, chapter: Chapter) -> str:
    form, report = page.form, page.contents.report
    if typed := contrary(form, report, chapter):
        return f"选的是“{Filling.ALL_ZERO}”，却有 {typed} 格填了数，请改正"
    if report.filling.get(chapter.key, Filling.OPEN) is not Filling.OPEN:
        return "空格按 0 计"
    missing = blank(form, report, chapter)
    return f"还有 {missing} 格未填" if missing else "已填齐"


def _state_formula(page: Page, chapter: Chapter) -> str:
    missing, typed = (reference(place, chapter.sheet) for place in counts(page.form, chapter))
    closed = page.layout.closed[chapter.key].a1
    blocks = entry_blocks(page.form, page.layout, chapter)
    deleted = f"{len(entries(page.form, chapter))}-COUNTA({','.join(blocks)})"
    zeros = f'"空格按 0 计"&IF({deleted}>0,"（有 "&({deleted})&" 格被清空，打印前请补填 0）","")'
    filled = f'IF({closed}=1,{zeros},"已填齐")'
    still = f'IF({missing}>0,"还有 "&{missing}&" 格未填",{filled})'
    wrong = f'"选的是“{Filling.ALL_ZERO}”，却有 "&{typed}&" 格填了数，请改正"'
    return f"=IF({typed}>0,{wrong},{still})"

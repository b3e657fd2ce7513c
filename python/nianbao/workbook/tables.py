"""The statutory tables, each on its sheet with the geometry of the printed form."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ..form import CellKey, Chapter, Kind
from ..places import SheetPlace
from ..printed import PrintedCell, grid_size, head_rows, printed
from ..report import Filling
from ..totals import definitions
from .beside import add_margins
from .formulas import broken_formula, total_formula, zero_formula
from .layout import AGENCY, YEAR, rectangles, reference, runs
from .limits import limits
from .margins import TABLE_ROW, concerning, margins
from .notes import add_notes
from .page import LINE, Page, height
from .status import add_state
from .verdicts import BROKEN, broken_word

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


WIDTHS: dict[str, tuple[float, ...]] = {
    "disclosure": (26, 20, 18, 18),
    "requests": (5, 12, 34, *[8.5] * 7),
    "review": (8.0,) * 15,
}
_TITLE, _HINT = 32, 255
"""Characters that Excel shows of an input hint's title and text."""


def add_tables(page: Page, chapter: Chapter) -> None:
    """The sheet of a chapter of tables."""
    sheet = page.book.add_worksheet(chapter.sheet)
    rows, columns = grid_size(chapter)
    for column, width in enumerate(WIDTHS[chapter.key]):
        sheet.set_column(column, column, width)
    add_state(page, sheet, chapter, WIDTHS[chapter.key])
    sheet.set_row(1, 28)
    page.across(sheet, (1, 0, 1, columns - 1), chapter.heading, "heading")
    _add_caption(page, sheet, columns)
    for row, points in enumerate(row_heights(chapter, WIDTHS[chapter.key]), start=TABLE_ROW - 1):
        sheet.set_row(row, points)
    for cell in printed(chapter):
        _add_printed(page, sheet, cell)
    _add_hints(page, sheet, chapter)
    add_margins(page, sheet, chapter)
    _mark_broken(page, sheet, chapter)
    marked = any(page.form.chapter_of[key.table] is chapter for key in page.contents.marks)
    last_column = margins(page.form, chapter).mark_column if marked else columns
    down, right = add_notes(page, sheet, chapter)
    last = (TABLE_ROW - 1 + rows + down, max(last_column, columns + right))
    _set_up_print(page, sheet, last, landscape=chapter.key == "review")
    sheet.repeat_rows(1, TABLE_ROW - 2 + (head_rows(chapter) if len(chapter.tables) == 1 else 0))
    sheet.freeze_panes(TABLE_ROW - 1 + (head_rows(chapter) if len(chapter.tables) == 1 else 0), 0)


def _add_caption(page: Page, sheet: Worksheet, columns: int) -> None:
    """Whose figures these are, printed above the table; page headers cannot follow the cover."""
    agency, year = (reference(field, sheet.get_name()) for field in (AGENCY, YEAR))
    formula = f'="填报单位："&{agency}&IF({year}="","","　　"&{year}&"年度")'
    report = page.contents.report
    said = f"填报单位：{report.agency}" + ("" if report.year is None else f"　　{report.year}年度")
    page.compute(
        sheet, page.merge(sheet, SheetPlace(sheet.get_name(), 3, 1), columns, "caption"), formula, said, "caption"
    )


def row_heights(chapter: Chapter, widths: tuple[float, ...], line: float = LINE) -> list[float]:
    """Row heights in points: room for every label that stands in one row."""
    heights = [2.0 * line if chapter.key != "requests" else 1.5 * line] * grid_size(chapter)[0]
    for cell in printed(chapter):
        if cell.height == 1 and cell.text:
            across = sum(widths[cell.column : cell.column + cell.width])
            heights[cell.row] = max(heights[cell.row], height(cell.text, across, line))
    return heights


def _set_up_print(page: Page, sheet: Worksheet, last: tuple[int, int], *, landscape: bool) -> None:
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.print_area(1, 0, last[0] - 1, last[1] - 1)
    sheet.center_horizontally()
    sheet.set_header(f"&R&9{page.form.title}")
    sheet.set_footer("&C&9第 &P 页，共 &N 页")


def _add_printed(page: Page, sheet: Worksheet, cell: PrintedCell) -> None:
    row, column = TABLE_ROW - 1 + cell.row, cell.column
    style = PRINTED_STYLES.get(cell.role, "head")
    if cell.key is not None:
        style = "given" if cell.key in definitions(page.form) or cell.key in page.contents.formulas else "entry"
    text = cell.text if cell.key is None else None
    page.across(sheet, (row, column, row + cell.height - 1, column + cell.width - 1), text, style)
    if cell.key is not None:
        _add_value(page, sheet, cell.key)


PRINTED_STYLES = {"title": "block", "corner": "head", "head": "head", "label": "label"}
"""The look of printed labels, by their role."""


def _add_value(page: Page, sheet: Worksheet, key: CellKey) -> None:
    place, value = page.layout.cells[key], page.contents.report.values.get(key)
    if key in definitions(page.form):
        page.compute(sheet, place, total_formula(definitions(page.form)[key], page.layout), value, "given")
    elif key in page.contents.formulas:
        page.compute(sheet, place, page.contents.formulas[key], value, "given")
    elif value is None or (value == 0 and _is_closed(page, key)):
        page.compute(sheet, place, zero_formula(key, page.layout), value, "entry")
    else:
        page.write(sheet, place, value, "entry")


def _is_closed(page: Page, key: CellKey) -> bool:
    chapter = page.form.chapter_of[key.table].key
    return page.contents.report.filling.get(chapter, Filling.OPEN) is not Filling.OPEN


def _add_hints(page: Page, sheet: Worksheet, chapter: Chapter) -> None:
    """What belongs in each entry cell, and what it may not hold; one rule for neighbours that share both."""
    entries = [key for table in chapter.tables for key in table.cells() if _is_entry(page, key)]
    for (label, kind, hint), keys in groupby(entries, lambda key: _advice(page, key)):
        rule = limits(kind) | ({"input_title": label[:_TITLE], "input_message": hint[:_HINT]} if hint else {})
        for first, last in runs(page.layout.cells[key] for key in keys):
            sheet.data_validation(first.row - 1, first.column - 1, last.row - 1, last.column - 1, rule)
    if entries:
        # Excel would mark each entry cell that still holds its formula for zero with a green corner.
        sheet.ignore_errors({"formula_unlocked": " ".join(rectangles(page.layout.cells[key] for key in entries))})


def _is_entry(page: Page, key: CellKey) -> bool:
    return key not in definitions(page.form) and key not in page.contents.formulas


def _advice(page: Page, key: CellKey) -> tuple[str, Kind, str]:
    table = page.form.tables[key.table]
    line = page.form.column(key) if table.printed == "across" else page.form.row(key)
    return line.label, page.form.kind(key), page.form.hint(key)


def _mark_broken(page: Page, sheet: Worksheet, chapter: Chapter) -> None:
    """Paint the cells of every assertion that does not hold: errors red, hints amber."""
    for assertion in concerning(page.form, chapter):
        ranges = rectangles(page.layout.at(cell) for cell in assertion.cells)
        look = page.styles["wrong" if broken_word(assertion) == BROKEN else "doubtful"]
        formula = broken_formula(assertion, page.layout, chapter.sheet)
        rule = {"type": "formula", "criteria": formula, "format": look, "multi_range": " ".join(ranges)}
        sheet.conditional_format(ranges[0], rule)

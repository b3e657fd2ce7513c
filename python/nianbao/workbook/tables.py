"""The statutory tables, each on its sheet with the geometry of the printed form."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..form import CellKey, Chapter
from ..places import SheetPlace
from ..printed import PrintedCell, grid_size, head_rows, printed
from ..report import Totals
from ..rules import all_assertions
from ..totals import definitions
from .formulas import broken_formula, total_formula
from .layout import TABLE_ROW, below, beside, refer
from .page import LINE, Page, height, number, write
from .texts import add_note

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


_WIDTHS: dict[str, tuple[float, ...]] = {
    "disclosure": (26, 18, 18, 18),
    "requests": (5, 12, 34, *[8.5] * 7),
    "review": (8.0,) * 15,
}
_KINDS: dict[str, dict[str, Any]] = {
    "count": {
        "validate": "integer",
        "criteria": ">=",
        "value": 0,
        "error_message": "请填不小于 0 的整数（件数），没有发生的填 0。",
    },
    "change": {
        "validate": "integer",
        "criteria": "between",
        "minimum": -(10**9),
        "maximum": 10**9,
        "error_message": "请填整数：增加填正数，减少填负数，没有变化填 0。",
    },
    "amount": {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "error_message": "请填不小于 0 的金额，单位：万元，不写“元”“万”等字。",
    },
}


def add_tables(page: Page, chapter: Chapter) -> None:
    """The sheet of a chapter of tables."""
    sheet = page.book.add_worksheet(chapter.sheet)
    rows, columns = grid_size(chapter)
    for column, width in enumerate(_WIDTHS[chapter.key]):
        sheet.set_column(column, column, width)
    sheet.set_column(columns, columns, 2)
    sheet.set_column(columns + 1, columns + 1, 12)
    sheet.set_row(0, 32)
    sheet.merge_range(0, 0, 0, columns - 1, chapter.heading, page.styles["heading"])
    hint = "浅黄格填数，没有发生的填 0；灰格自动计算。变红的格子不平衡，说明见“勾稽校验”。"
    sheet.merge_range(1, 0, 1, columns - 1, hint, page.styles["note"])
    for row, points in enumerate(_heights(chapter), start=TABLE_ROW - 1):
        sheet.set_row(row, points)
    for cell in printed(chapter):
        _add_printed(page, sheet, cell)
    _add_typed(page, sheet, chapter)
    for key, mark in page.contents.marks.items():
        if page.form.chapter_of[key.table] is chapter:
            page.write(sheet, page.layout.cells[key]._replace(column=beside(chapter)), mark, "name")
    add_note(page, sheet, chapter.key, columns, "本章其他文字说明（可不填）：")
    _mark_broken(page, sheet, chapter)
    marked = any(page.form.chapter_of[key.table] is chapter for key in page.contents.marks)
    _set_up_print(
        sheet, TABLE_ROW - 1 + rows, beside(chapter) if marked else columns, landscape=chapter.key == "review"
    )
    sheet.freeze_panes(TABLE_ROW - 1 + (head_rows(chapter) if len(chapter.tables) == 1 else 0), 0)


def _heights(chapter: Chapter) -> list[float]:
    """Row heights in points: room for every label that stands in one row."""
    widths, heights = _WIDTHS[chapter.key], [float(2 * LINE)] * grid_size(chapter)[0]
    for cell in printed(chapter):
        if cell.height == 1:
            across = sum(widths[cell.column : cell.column + cell.width])
            heights[cell.row] = max(heights[cell.row], height(cell.text, across))
    return heights


def _set_up_print(sheet: Worksheet, rows: int, columns: int, *, landscape: bool) -> None:
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, rows - 1, columns - 1)
    sheet.center_horizontally()


def _add_printed(page: Page, sheet: Worksheet, cell: PrintedCell) -> None:
    row, column = TABLE_ROW - 1 + cell.row, cell.column
    style = {"title": "block", "corner": "head", "head": "head", "label": "label"}.get(cell.role)
    if cell.key is not None:
        style = "given" if cell.key in definitions(page.form) or cell.key in page.contents.formulas else "entry"
    if cell.height > 1 or cell.width > 1:
        last = (row + cell.height - 1, column + cell.width - 1)
        sheet.merge_range(row, column, *last, cell.text, page.styles[style or "head"])
    else:
        write(sheet, row, column, cell.text, page.styles[style or "head"])
    if cell.key is not None:
        _add_value(page, sheet, cell.key, style or "entry")


def _add_value(page: Page, sheet: Worksheet, key: CellKey, style: str) -> None:
    place, value = page.layout.cells[key], page.contents.report.values.get(key)
    if key in definitions(page.form):
        formula = total_formula(definitions(page.form)[key], page.layout)
        _write_formula(page, sheet, place, formula, value)
    elif key in page.contents.formulas:
        _write_formula(page, sheet, place, page.contents.formulas[key], value)
    else:
        page.write(sheet, place, value, style)
        _validate(page, sheet, place, key)


def _write_formula(page: Page, sheet: Worksheet, place: SheetPlace, formula: str, value: Decimal | None) -> None:
    stored = "" if value is None else number(value)
    sheet.write_formula(place.row - 1, place.column - 1, formula, page.styles["given"], stored)


def _validate(page: Page, sheet: Worksheet, place: SheetPlace, key: CellKey) -> None:
    sheet.data_validation(place.a1, {"ignore_blank": True, "error_title": "填写有误", **_KINDS[page.form.kind(key)]})


def _add_typed(page: Page, sheet: Worksheet, chapter: Chapter) -> None:
    """核对数: where an office types its totals, outside the printed area."""
    cells = [key for key in page.layout.typed if page.form.chapter_of[key.table] is chapter]
    if not cells:
        return
    heads = {SheetPlace(chapter.sheet, below(chapter), 1)}
    if any(page.layout.typed[key].column == beside(chapter) for key in cells):
        heads.add(SheetPlace(chapter.sheet, TABLE_ROW, beside(chapter)))
    for head in heads:
        page.write(sheet, head, "核对数", "name")
    hint = f"“合计方式”选“{Totals.TYPED}”时，按台账把合计填在核对数格里。"
    sheet.write_string(below(chapter), 0, hint, page.book.add_format({"font_name": "宋体", "font_size": 9}))
    typed = page.contents.report.totals is Totals.TYPED
    for key in cells:
        place, value = page.layout.typed[key], page.contents.report.values.get(key) if typed else None
        if key in page.contents.formulas:
            _write_formula(page, sheet, place, page.contents.formulas[key], value)
        else:
            page.write(sheet, place, value, "entry")
            _validate(page, sheet, place, key)


def _mark_broken(page: Page, sheet: Worksheet, chapter: Chapter) -> None:
    """Paint the cells of every assertion that does not hold."""
    for assertion in all_assertions(page.form):
        if assertion.table in chapter.tables:
            formula = broken_formula(assertion, page.layout, chapter.sheet)
            ranges = refer((page.layout.cells[cell] for cell in assertion.cells), chapter.sheet)
            look = {"type": "formula", "criteria": formula, "format": page.styles["wrong"]}
            sheet.conditional_format(ranges[0], look | {"multi_range": " ".join(ranges)})

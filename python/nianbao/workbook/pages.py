"""The sheets people fill: cover, statutory tables, chapter texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from math import ceil
from typing import TYPE_CHECKING, Any

from ..errors import OutputError
from ..figures import show
from ..form import CellKey, Chapter, Form
from ..places import SheetPlace
from ..printed import PrintedCell, grid_size, head_rows, printed
from ..report import INTRO, Totals
from ..rules import Outcome, Verdict, all_assertions
from ..totals import definitions
from .contents import Contents, Entry
from .formulas import broken_formula, total_formula
from .layout import AGENCY, MODE, TABLE_ROW, TEXT_ROW, YEAR, Layout, below, beside, refer
from .names import CHECKS, COVER, GUIDE
from .styles import Styles

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


class TooLongError(OutputError):
    """A paragraph that no cell can hold."""

    def __init__(self, sheet: str, row: int) -> None:
        super().__init__(f"{sheet}第{row}行：有一段文字超过 {CELL_LIMIT} 字，一个单元格放不下。请先分段。")


CELL_LIMIT = 32767
"""Characters that a cell holds in Excel."""
DIGITS = 15
"""Digits of a number that a cell holds in Excel."""
_TEXT_WIDTH, _SPARE_ROWS = 90, 30
_WIDTHS: dict[str, tuple[float, ...]] = {
    "disclosure": (26, 18, 18, 18),
    "requests": (5, 9, 31, *[8.5] * 7),
    "review": (8.0,) * 15,
}
_LINE = 15
"""Points that one line of 10.5 pt text takes."""
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


@dataclass(frozen=True, slots=True)
class Page:
    """What every sheet is made from."""

    book: Workbook
    styles: Styles
    layout: Layout
    contents: Contents

    @property
    def form(self) -> Form:
        """The edition."""
        return self.contents.form

    @property
    def verdicts(self) -> list[Verdict]:
        """How every assertion stands, in the order of the rules."""
        return [assertion.verdict(self.contents.report.values) for assertion in all_assertions(self.form)]

    def write(self, sheet: Worksheet, place: SheetPlace, entry: Entry, style: str) -> None:
        """Write text as text, a number as exactly as a cell can hold it, a blank as a blank."""
        write(sheet, place.row - 1, place.column - 1, entry, self.styles[style])


def write(sheet: Worksheet, row: int, column: int, entry: Entry, style: Format) -> None:
    """Write one cell, counted from 0; text is never taken for a formula or a link."""
    if entry is None or entry == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(entry, str):
        if len(entry) > CELL_LIMIT:
            raise TooLongError(sheet.get_name(), row + 1)
        sheet.write_string(row, column, entry, style)
    elif isinstance(entry, Decimal) and len(entry.as_tuple().digits) > DIGITS:
        sheet.write_string(row, column, show(entry), style)  # Excel would round it
    else:
        sheet.write_number(row, column, number(entry), style)


def number(value: Decimal | int) -> int | float:
    """`value` as a spreadsheet stores it."""
    return int(value) if value == int(value) else float(value)


def status(verdicts: Sequence[Verdict]) -> str:
    """The line that sums up the checks, as the formula on 勾稽校验 computes it."""
    found = [verdict.outcome for verdict in verdicts]
    return f"共 {len(found)} 条：" + "，".join(f"{outcome} {found.count(outcome)} 条" for outcome in Outcome)


def add_cover(page: Page) -> None:
    """封面: who, which year, how totals come about, how the checks stand, and where everything is."""
    sheet, report = page.book.add_worksheet(COVER), page.contents.report
    sheet.set_column(0, 0, 3)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 2, 46)
    sheet.set_column(3, 3, 58)
    sheet.set_row(0, 40)
    sheet.merge_range(0, 1, 0, 3, page.form.title, page.styles["title"])
    version = f"版式：{page.form.edition}（{page.form.authority}），供 {_years(page.form)} 年度报告使用"
    sheet.merge_range(1, 1, 1, 3, version, page.styles["note"])
    fields: tuple[tuple[str, SheetPlace, Entry, str, str], ...] = (
        ("单位名称", AGENCY, report.agency, "field", "填全称，与公章一致。"),
        ("报告年度", YEAR, report.year, "choice", "填四位年份，如 2023。"),
        (
            "合计方式",
            MODE,
            report.totals.value,
            "choice",
            f"“{Totals.AUTOMATIC}”：合计由表格算出；“{Totals.TYPED}”：合计按台账填在核对数格里，用来核对明细。",
        ),
    )
    for label, place, entry, style, hint in fields:
        sheet.set_row(place.row - 1, 30)
        page.write(sheet, place._replace(column=2), label, "column")
        page.write(sheet, place, entry, style)
        page.write(sheet, place._replace(column=4), hint, "note")
    _validate_cover(sheet, page)
    sheet.set_row(7, 30)
    sheet.write_string(7, 1, "校验情况", page.styles["column"])
    sheet.write_formula(7, 2, f"='{CHECKS}'!$A$2", page.styles["given"], status(page.verdicts))
    sheet.write_string(7, 3, f"逐条结果见“{CHECKS}”。", page.styles["note"])
    _contents_list(sheet, page)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.set_selection(AGENCY.a1)


def _years(form: Form) -> str:
    return f"{form.first_year}—{form.last_year}" if form.last_year else f"{form.first_year} 年起各"


def _validate_cover(sheet: Worksheet, page: Page) -> None:
    form = page.form
    last = form.last_year or 2099
    wrong_year = f"请填四位年份。本版式供 {form.first_year} 至 {form.last_year or '今后各'} 年度使用。"
    sheet.data_validation(
        YEAR.a1,
        {
            "validate": "integer",
            "criteria": "between",
            "minimum": form.first_year,
            "maximum": last,
            "error_title": "报告年度",
            "error_message": wrong_year,
        },
    )
    modes = {
        "validate": "list",
        "source": [mode.value for mode in Totals],
        "error_title": "合计方式",
        "error_message": "请从两种方式中选一种。",
    }
    sheet.data_validation(MODE.a1, modes)


def _contents_list(sheet: Worksheet, page: Page) -> None:
    notes = {chapter.sheet: chapter.heading for chapter in page.form.chapters}
    notes |= {CHECKS: "每一条勾稽关系：两边各是多少、差多少、✓ ✗ 或未填", GUIDE: "怎么填、颜色是什么意思、各条规则"}
    notes |= {listing.sheet: listing.title for listing in page.contents.listings}
    sheet.write_string(9, 1, "目录", page.styles["column"])
    for row, (name, note) in enumerate(notes.items(), start=10):
        sheet.write_url(row, 1, f"internal:'{name}'!A1", page.styles["link"], name)
        sheet.merge_range(row, 2, row, 3, note, page.styles["text"])


def add_chapters(page: Page) -> None:
    """One sheet for each chapter, in the order of the form."""
    sheets = {chapter.key: page.book.add_worksheet(chapter.sheet) for chapter in page.form.chapters}
    for chapter in page.form.chapters:
        sheet = sheets[chapter.key]
        if chapter.tables:
            _add_tables(page, sheet, chapter)
        else:
            _add_text(page, sheet, chapter)
    for assertion in all_assertions(page.form):
        key = page.form.chapter_of[assertion.table.key].key
        _mark_broken(
            page,
            sheets[key],
            [page.layout.cells[cell] for cell in assertion.cells],
            broken_formula(assertion, page.layout, sheets[key].get_name()),
        )


def _mark_broken(page: Page, sheet: Worksheet, places: list[SheetPlace], formula: str) -> None:
    ranges = refer(places, sheet.get_name())
    sheet.conditional_format(
        ranges[0],
        {"type": "formula", "criteria": formula, "format": page.styles["wrong"], "multi_range": " ".join(ranges)},
    )


def _add_tables(page: Page, sheet: Worksheet, chapter: Chapter) -> None:
    rows, columns = grid_size(chapter)
    for column, width in enumerate(_WIDTHS[chapter.key]):
        sheet.set_column(column, column, width)
    sheet.set_column(columns, columns, 2)
    sheet.set_column(columns + 1, columns + 1, 12)
    sheet.set_row(0, 32)
    sheet.merge_range(0, 0, 0, columns - 1, chapter.heading, page.styles["heading"])
    hint = "浅黄格填数，没有发生的填 0；灰格自动计算。变红的格子不平衡，说明见“勾稽校验”。"
    sheet.merge_range(1, 0, 1, columns - 1, hint, page.styles["note"])
    for row, height in enumerate(_heights(chapter)):
        sheet.set_row(TABLE_ROW - 1 + row, height)
    for cell in printed(chapter):
        _add_printed(page, sheet, cell)
    _add_typed(page, sheet, chapter)
    _add_note(page, sheet, chapter.key, columns, "本章其他文字说明（可不填）：")
    _set_up_print(sheet, TABLE_ROW - 1 + rows, columns, landscape=chapter.key == "review")
    sheet.freeze_panes(TABLE_ROW - 1 + (head_rows(chapter) if len(chapter.tables) == 1 else 0), 0)


def _heights(chapter: Chapter) -> list[float]:
    """Row heights in points: room for every label that stands in one row."""
    widths, heights = _WIDTHS[chapter.key], [float(2 * _LINE)] * grid_size(chapter)[0]
    for cell in printed(chapter):
        if cell.height == 1:
            across = sum(widths[cell.column : cell.column + cell.width])
            lines = ceil(2.2 * len(cell.text) / across)  # a Chinese character is two columns wide
            heights[cell.row] = max(heights[cell.row], _LINE * (lines + 0.6))
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


def _add_note(page: Page, sheet: Worksheet, key: str, columns: int, label: str) -> None:
    """One wide cell for a few lines of text."""
    place = page.layout.notes[key]
    page.write(sheet, place._replace(row=place.row - 1), label, "name")
    text = page.contents.report.texts.get(key, "")
    style = page.styles["paragraph"]
    if columns > 1:
        sheet.merge_range(place.row - 1, 0, place.row - 1, columns - 1, "", style)
    page.write(sheet, place, text, "paragraph")
    sheet.set_row(place.row - 1, min(400, max(60, 15 * sum(1 + len(line) // 45 for line in text.split("\n")))))


def _add_text(page: Page, sheet: Worksheet, chapter: Chapter) -> None:
    """A chapter of text: one paragraph a row."""
    sheet.set_column(0, 0, _TEXT_WIDTH)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, chapter.heading, page.styles["heading"])
    hint = f"从第 {TEXT_ROW} 行起一段一行；可从 Word 里整段复制后直接粘贴到第 {TEXT_ROW} 行。"
    sheet.write_string(1, 0, hint, page.styles["note"])
    if chapter is page.form.chapters[0]:
        label = "报告开头的说明（可不填，不填时按格式自动生成）："
        _add_note(page, sheet, INTRO, 1, label)
    page.write(sheet, SheetPlace(chapter.sheet, TEXT_ROW - 1, 1), "正文：", "name")
    for row, paragraph in enumerate(_with_spare(page.contents.report.texts.get(chapter.key, "")), start=TEXT_ROW - 1):
        write(sheet, row, 0, paragraph, page.styles["paragraph"])
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(TEXT_ROW - 1, 0)


def _with_spare(text: str) -> Iterator[str]:
    return chain(text.split("\n"), [""] * _SPARE_ROWS)

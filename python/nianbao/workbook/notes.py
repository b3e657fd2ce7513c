"""What a unit gets back to put right: comments at its cells, numbers in the margin, and the sheet 待办."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any

from ..findings import Severity
from ..form import Chapter
from ..places import SheetPlace
from ..printed import grid_size
from ..wording import width
from .contents import Note
from .margins import TABLE_ROW
from .names import TODO
from .page import LINE, SMALL, Page, height

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Numbered = Sequence[tuple[int, Note]]
"""Notes with their numbers, which begin at 1."""
_CIRCLED = 20
"""Numbers that every Chinese font has in a circle."""
_COMMENT, _TALLEST, _LETTER, _LINE = 330, 640, 6.2, 16
"""Pixels of a comment: its width, the most of its height, half a Chinese character, a line."""
_BROADEST = 4
"""Numbers side by side in the margin before they are shrunk."""
_HEADS = ("序号", "程度", "编号", "位置（点击转到）", "表、行、列", "问题和改法", "处理情况（请填写）")
_WIDTHS = (6, 7, 7, 18, 30, 58, 24)
_HEAD_ROW = 5
_HOW = (
    "点“位置”转到要改的格。表旁标的①②③与这里的序号相同，光标停在那一格上可以看到说明。"
    "处理后在最后一列写明怎么改的；核对无误的，写明理由。退回时没有改动任何数和文字。"
)


def numeral(number: int) -> str:
    """``①``; from 21 on ``（21）``."""
    return chr(ord("①") + number - 1) if number <= _CIRCLED else f"（{number}）"


def tally(notes: Iterable[Note]) -> str:
    """``错误 2 处，提醒 1 处``."""
    found = [note.severity for note in notes]
    return "，".join(f"{each.label} {found.count(each)} 处" for each in Severity if each in found)


def written(day: date) -> str:
    """``2025年1月20日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def add_notes(page: Page, sheet: Worksheet, chapter: Chapter) -> tuple[int, int]:
    """The notes on the tables of `chapter`; how many rows below and columns right of these their numbers take."""
    noted = _by_cell(page, chapter)
    if not noted:
        return 0, 0
    for place, notes in noted.items():
        sheet.write_comment(place.row - 1, place.column - 1, *_comment(notes))
    across = chapter.tables[0].printed == "across"
    beside = _beside(noted, chapter, across=across)
    for place, notes in beside.items():
        # A number that its format shows as ① is no text: what is locked is as in the template still, and proves it.
        sheet.write_number(place.row - 1, place.column - 1, notes[0][0], _look(page, notes))
    if across:
        return 1, 0
    column, most = grid_size(chapter)[1], max(map(len, beside.values()))
    sheet.set_column(column, column, 2.5 * min(most, _BROADEST) + 1)
    return 0, 1


def _by_cell(page: Page, chapter: Chapter) -> Mapping[SheetPlace, Numbered]:
    found: dict[SheetPlace, list[tuple[int, Note]]] = {}
    for number, note in enumerate(page.contents.notes.items, start=1):
        for place in note.cells:
            if place.sheet == chapter.sheet:
                found.setdefault(place, []).append((number, note))
    return found


def _comment(notes: Numbered) -> tuple[str, dict[str, Any]]:
    """The text of one comment, and its size."""
    text = "\n".join(f"{numeral(number)} {note.severity.label}：{note.said}" for number, note in notes)
    lines = sum(max(1, ceil(width(line) * _LETTER / (_COMMENT - 16))) for line in text.split("\n"))
    tall = min(_TALLEST, _LINE * (lines + 1))
    return text, {"width": _COMMENT, "height": tall, "font_name": "宋体", "font_size": 9}


def _beside(noted: Mapping[SheetPlace, Numbered], chapter: Chapter, *, across: bool) -> Mapping[SheetPlace, Numbered]:
    """Where the numbers of the cells stand: right of the rows, below the columns of a table printed across."""
    rows, columns = grid_size(chapter)
    found: dict[SheetPlace, dict[int, Note]] = {}
    for place, notes in noted.items():
        beside = place._replace(row=TABLE_ROW + rows) if across else place._replace(column=columns + 1)
        found.setdefault(beside, {}).update(notes)
    return {place: sorted(notes.items()) for place, notes in found.items()}


def _look(page: Page, notes: Numbered) -> Format:
    shown = "".join(numeral(number) for number, _ in notes)
    look = {"font_name": "宋体", "font_size": 12, "bold": True, "font_color": "#C00000", "shrink": True}
    return page.book.add_format(look | {"valign": "vcenter", "align": "center", "num_format": f'"{shown}"'})


def add_todo(page: Page) -> None:
    """The sheet 待办, which the workbook opens with."""
    sheet, last = page.book.add_worksheet(TODO), len(_HEADS) - 1
    for column, wide in enumerate(_WIDTHS):
        sheet.set_column(column, column, wide)
    sheet.set_row(0, 32)
    page.across(sheet, (0, 0, 0, last), TODO, "heading")
    for row, (text, style) in enumerate(zip(_lead(page), ("name", "name", "note"), strict=True), start=1):
        page.across(sheet, (row, 0, row, last), text, style)
        sheet.set_row(row, max(1.4 * LINE, height(text, SMALL * sum(_WIDTHS))))
    for column, head in enumerate(_HEADS):
        sheet.write_string(_HEAD_ROW - 1, column, head, page.styles["column"])
    sheet.set_row(_HEAD_ROW - 1, 1.6 * LINE)
    for number, note in enumerate(page.contents.notes.items, start=1):
        _add_row(page, sheet, number, note)
    _set_up(sheet)


def _lead(page: Page) -> tuple[str, str, str]:
    """Whose report it is and what is asked of it."""
    report, notes = page.contents.report, page.contents.notes
    which = f"　　第 {said} 轮报送" if (said := report.particulars.get("round", "")) else ""
    due = f"　　截止日期：{written(notes.deadline)}" if notes.deadline else ""
    asked = "。错误必须改正；提醒请核对，有错就改。"
    return f"{report.name}{which}{due}", f"共 {len(notes.items)} 处：{tally(notes.items)}{asked}", _HOW


def _add_row(page: Page, sheet: Worksheet, number: int, note: Note) -> None:
    row, place = _HEAD_ROW + number, note.place
    texts = (numeral(number), note.severity.label, note.rule, str(place or ""), note.where, note.what, "")
    styles = ("told_small", "told_small", "verdict", "listed", "listed", "listed", "field")
    for column, (text, style) in enumerate(zip(texts, styles, strict=True), start=1):
        page.write(sheet, SheetPlace(TODO, row, column), text, style)
    if place:
        column = texts.index(str(place))
        sheet.write_url(row - 1, column, f"internal:'{place.sheet}'!{place.a1}", page.styles["listed_link"], str(place))
    tall = max(height(text, SMALL * wide) for text, wide in zip(texts, _WIDTHS, strict=True))
    sheet.set_row(row - 1, max(2 * LINE, tall))


def _set_up(sheet: Worksheet) -> None:
    sheet.freeze_panes(_HEAD_ROW, 0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD_ROW - 1)
    sheet.set_footer("&C&9第 &P 页，共 &N 页")
    sheet.activate()

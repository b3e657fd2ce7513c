"""The chapters of text, and the cells for further words on the sheets of tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from ..form import INTRO, Chapter
from ..places import SheetPlace
from .layout import TEXT_ROW
from .page import LINE, Page, height, write

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


_TEXT_WIDTH, _SPARE_ROWS = 72, 24


def add_note(page: Page, sheet: Worksheet, key: str, columns: int, label: str) -> None:
    """One wide cell for a few lines of text."""
    place = page.layout.notes[key]
    page.write(sheet, place._replace(row=place.row - 1), label, "name")
    text = page.contents.report.texts.get(key, "")
    style = page.styles["paragraph"]
    if columns > 1:
        sheet.merge_range(place.row - 1, 0, place.row - 1, columns - 1, "", style)
    page.write(sheet, place, text, "paragraph")
    sheet.set_row(place.row - 1, max(4 * LINE, height(text, _TEXT_WIDTH)))


def add_text(page: Page, chapter: Chapter) -> None:
    """The sheet of a chapter of text: one paragraph a row."""
    sheet = page.book.add_worksheet(chapter.sheet)
    sheet.set_column(0, 0, _TEXT_WIDTH)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, chapter.heading, page.styles["heading"])
    hint = f"从第 {TEXT_ROW} 行起一段一行；可从 Word 里整段复制后直接粘贴到第 {TEXT_ROW} 行。"
    sheet.write_string(1, 0, hint, page.styles["note"])
    if chapter is page.form.chapters[0]:
        label = "报告开头的说明（可不填，不填时按格式自动生成）："
        add_note(page, sheet, INTRO, 1, label)
    page.write(sheet, SheetPlace(chapter.sheet, TEXT_ROW - 1, 1), "正文：", "name")
    for row, paragraph in enumerate(_with_spare(page.contents.report.texts.get(chapter.key, "")), start=TEXT_ROW - 1):
        write(sheet, row, 0, paragraph, page.styles["paragraph"])
        if paragraph:
            sheet.set_row(row, height(paragraph, _TEXT_WIDTH))
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.freeze_panes(TEXT_ROW - 1, 0)


def _with_spare(text: str) -> Iterator[str]:
    return chain(text.split("\n"), [""] * _SPARE_ROWS)

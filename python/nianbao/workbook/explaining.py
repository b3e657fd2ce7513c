"""出错说明: where an office says why what does not balance is so all the same."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from ..places import letters
from .checksheet import about_column, open_list, room
from .layout import EXPLAINED, EXPLAINED_ROW
from .names import EXPLANATIONS as SHEET
from .page import LINE, Page
from .verdicts import EXPLAINED as IS_EXPLAINED

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_HEADS = ("序号", "问题（从下拉列表里选）", "说明原因", "填写人", "日期", "现状")
_WIDTHS = (6, 48, 48, 10, 12, 18)
LAPSED, NO_REASON = "已失效：数已改动", "请写明原因"
_HINT = (
    "核对后确认数字没错、又确实不平的，在这里选出问题、写明原因，“勾稽校验”和封面即显示“已说明”。"
    "选出的问题里带着当时的数；数一改动，说明就失效，要重新选、重新写。"
)


def add_explanations(page: Page) -> None:
    """The sheet 出错说明."""
    sheet = page.book.add_worksheet(SHEET)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 32)
    page.across(sheet, (0, 0, 0, len(_WIDTHS) - 1), SHEET, "heading")
    sheet.set_row(1, 2.4 * LINE)
    page.across(sheet, (1, 0, 1, len(_WIDTHS) - 1), _HINT, "note")
    for column, head in enumerate(_HEADS):
        sheet.write_string(EXPLAINED_ROW - 2, column, head, page.styles["column"])
    current = {standing.about for standing in page.standings if standing.about}
    given = page.contents.report.explanations
    for number in range(room(page)):
        entries = given[number] if number < len(given) else ("", "", "", "")
        row = EXPLAINED_ROW + number
        sheet.set_row(row - 1, 2 * LINE)
        page.write(sheet, EXPLAINED._replace(row=row, column=1), number + 1, "head")
        for column, text in enumerate(entries, start=EXPLAINED.column):
            page.write(sheet, EXPLAINED._replace(row=row, column=column), text, "field")
        state = EXPLAINED._replace(row=row, column=len(_HEADS))
        page.compute(sheet, state, _state_formula(page, row), _state(entries[0], entries[1], current), "told_small")
    _finish(page, sheet)


def _finish(page: Page, sheet: Worksheet) -> None:
    last = EXPLAINED_ROW + room(page) - 1
    choices = {
        "validate": "list",
        "source": open_list(page),
        "error_title": "问题",
        "error_message": "请从下拉列表里选；列表里是“勾稽校验”现在还没有说明的 ✗ 和提示。",
    }
    sheet.data_validation(f"{EXPLAINED.a1}:{letters(EXPLAINED.column)}{last}", choices)
    sheet.freeze_panes(EXPLAINED_ROW - 1, 0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(EXPLAINED_ROW - 2)


def _state_formula(page: Page, row: int) -> str:
    about, reason = (f"{letters(EXPLAINED.column + n)}{row}" for n in range(2))
    still = f"SUMPRODUCT(--({about_column(page)}={about}))>0"
    return f'=IF({about}="","",IF({still},IF({reason}="","{NO_REASON}","{IS_EXPLAINED}"),"{LAPSED}"))'


def _state(about: str, reason: str, current: Collection[str]) -> str:
    if not about:
        return ""
    if about not in current:
        return LAPSED
    return IS_EXPLAINED if reason else NO_REASON

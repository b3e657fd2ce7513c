"""Builds the blank roster of units, which a city or county office fills once and keeps."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from .book import new_book
from .page import LINE
from .styles import Styles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SHEET = "名册"
KINDS = ("本级", "部门", "乡镇街道", "县区", "垂直")
"""What a unit is to the office that adds up; 垂直 units report up a line of their own."""
COUNTED = ("是", "否")
HEAD_ROW = 3
"""The row of the column heads; units stand below it, one a row."""
_LAST = HEAD_ROW + 400 - 1
"""The last row that is made ready, counted from 0."""
_ONCE = (0, 1)
"""The columns whose entries stand in the roster once: name and code."""
_TITLE = "单位名册"
_NOTE = "一行一个单位。带 * 的必填。可以从自己的名单里整列复制后“选择性粘贴—数值”；用不完的行留空即可。"


class Column(NamedTuple):
    """A column of the roster: its head, its width in characters, what belongs in it, what it may hold (any if empty)."""

    head: str
    width: int
    hint: str
    choices: tuple[str, ...] = ()
    style: str = "field"


COLUMNS = (
    Column("单位名称*", 32, "填单位全称，与报告标题、封面上的写法一致。"),
    Column("统一代码", 22, "填 18 位统一社会信用代码；填了就先按代码认单位，改名也认得出。"),
    Column("曾用名/简称", 30, "报表里可能出现的其他写法，几个之间用顿号“、”隔开。"),
    Column("类别*", 12, "从下拉列表里选一种；垂直管理的单位（税务、气象等）选“垂直”。", KINDS, "choice"),
    Column("上级", 24, "逐级汇总时填上一级单位的名称；直接报给本办公室的留空。"),
    Column("计入汇总*", 12, "填“是”计入本级汇总；只在本级网站公布、不计入的填“否”。", COUNTED, "choice"),
    Column("联系人", 12, "负责填报的人，催报时用；不会写进汇总表和公开的文件。"),
    Column("电话", 16, "联系人的电话；不会写进汇总表和公开的文件。"),
    Column("截止日期", 14, "这个单位报送的最后一天，如 2027-1-20；留空则不判断是否逾期。", (), "day"),
)


def blank_roster() -> bytes:
    """The bytes of the blank roster, unlocked: rows are sorted, pasted and deleted in it."""
    target = BytesIO()
    book = new_book(target, _TITLE, "")
    styles, sheet = Styles(book), book.add_worksheet(SHEET)
    sheet.set_row(0, 2 * LINE)
    sheet.write_string(0, 0, _TITLE, styles["name"])
    sheet.write_string(1, 0, _NOTE, styles["small"])
    for number, column in enumerate(COLUMNS):
        _add_column(sheet, styles, number, column)
    for number in _ONCE:
        repeated = {"type": "duplicate", "format": styles["wrong"]}
        sheet.conditional_format(HEAD_ROW, number, _LAST, number, repeated)
    sheet.freeze_panes(HEAD_ROW, 1)
    sheet.autofilter(HEAD_ROW - 1, 0, _LAST, len(COLUMNS) - 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW - 1)
    sheet.set_footer("&C&9第 &P 页，共 &N 页")
    sheet.set_selection(HEAD_ROW, 0, HEAD_ROW, 0)
    book.close()
    return target.getvalue()


def _add_column(sheet: Worksheet, styles: Styles, number: int, column: Column) -> None:
    sheet.set_column(number, number, column.width)
    sheet.write_string(HEAD_ROW - 1, number, column.head, styles["column"])
    sheet.fill((HEAD_ROW, number, _LAST, number), styles[column.style])
    rule = {"validate": "list", "source": list(column.choices)} if column.choices else {"validate": "any"}
    rule |= {"input_title": column.head.rstrip("*"), "input_message": column.hint}
    sheet.data_validation(HEAD_ROW, number, _LAST, number, rule | {"error_message": "请从下拉列表里选一种。"})

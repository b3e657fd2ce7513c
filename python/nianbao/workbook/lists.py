"""The sheets people read: 填表说明, and plain lists."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from ..formfile import EDITIONS
from ..places import SheetPlace
from ..report import Report
from ..rules import load_continuity, load_rules
from .book import new_book
from .contents import Cell, Contents, Formula, Listing
from .layout import lay_out
from .names import GUIDE
from .page import LINE, SMALL, Page, height, write
from .styles import Styles

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_A3 = 8
_ONE_PAGE = 13
"""Columns of a list that are shrunk to the width of one page; a wider list goes over several."""


def add_guide(page: Page) -> None:
    """填表说明: how to fill the form, what the colours mean, which rules hold."""
    sheet = page.book.add_worksheet(GUIDE)
    sheet.set_column(0, 0, _GUIDE_WIDTH)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, "填表说明", page.styles["heading"])
    for row, (text, style) in enumerate(LEGEND, start=1):
        sheet.write_string(row, 0, text, page.styles[style])
    rules = [
        f"{rule.id} {rule.says}。{rule.remedy}。"
        for rule in (*load_rules(page.form.edition), *load_continuity(page.form.edition))
    ]
    for row, text in enumerate((*_ADVICE, "勾稽关系：", *dict.fromkeys(rules)), start=len(LEGEND) + 2):
        sheet.write_string(row, 0, text, page.styles["text"])
        sheet.set_row(row, height(text, _GUIDE_WIDTH))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


_GUIDE_WIDTH = 72
LEGEND = (
    ("浅黄格：填写。", "legend_entry"),
    ("灰格：自动计算，已锁定。", "legend_given"),
    ("红格并加粗：不平（✗），两边的数和差额写在表旁和“勾稽校验”里。", "legend_wrong"),
    ("深红格白字：疑似只填错的一格，表下写着应填的数。", "legend_culprit"),
    ("橙格：提示，请核对，不一定有错。", "legend_doubtful"),
)
"""What the colours mean; each is also said by a word or a mark beside the table."""
_ADVICE = (
    "1. 先填“封面”的单位名称和报告年度，再依次填各章（按 Tab 键按表的顺序走）。数据截至报告年度 12 月 31 日。",
    "2. 不必逐格填 0：一件也没有的表，在表上方“填报状态”选“全表为0”；有数的表填完数后选“已填完，其余空白为0”，空格立即显示并按 0 计算。不要填“/”“无”。",
    "3. 表三每一件申请只按一种结果计一次；部分公开的只计入（二），不再计入其他各项。",
    "4. 合计默认自动计算。单位另有台账合计的，在封面把“合计方式”改为“手工填报”，把台账合计填在表边的“核对数”里，明细与台账不符时立即能看出来。",
    "5. “勾稽校验”里 ✓ 是平衡，✗ 是不平（两边的数和差额列在旁边），提示是请核对，未填是还有空格，已说明是在“出错说明”里写了原因。封面显示“齐全”再报送。",
    "6. 工作表保护用来防止误改格式，不是保密；行高列宽可以直接调整。密码：nianbao。",
    "7. 确实改不了的不平（例如机构划转造成与上年不衔接），在“出错说明”里选中这一条并写明原因；数字改动后，原来的说明自动失效，需要重写。",
    "8. “正式报告”按各表自动生成全文，可以打印，也可以复制到 WPS 文字或 Word；封面没有“齐全”之前，页首写着“草稿”。",
    "9. 收费金额以万元为单位，保留实际小数；信息处理费写在第六章，以元为单位，不填在表二。",
)


def list_workbook(listing: Listing) -> bytes:
    """The bytes of a workbook that holds a list and nothing else, unlocked: people sort it, and write into it."""
    target, edition = BytesIO(), EDITIONS[-1]
    book = new_book(target, listing.title, "")
    nothing = Contents(Report(edition, None, ""))
    add_listing(Page(book, Styles(book), lay_out(nothing.form), nothing, ()), listing)
    book.close()
    return target.getvalue()


def add_listing(page: Page, listing: Listing) -> None:
    """A list: title, note, header rows, rows, and what is below them."""
    sheet = page.book.add_worksheet(listing.sheet)
    for column, width in enumerate(listing.widths):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, listing.title, page.styles["list_title"])
    sheet.write_string(1, 0, listing.note, page.styles["small"])
    _add_rows(page, sheet, listing, 2, listing.heads)
    _add_body(page, sheet, listing)
    _add_rows(page, sheet, listing, listing.last_row + 1, listing.foot)
    sheet.freeze_panes(listing.first_row - 1, listing.frozen)
    _add_tools(page, sheet, listing)
    _set_up_print(sheet, listing)


def _add_body(page: Page, sheet: Worksheet, listing: Listing) -> None:
    """The rows of the list itself, which may be thousands."""
    columns = range(len(listing.widths))
    looks = [page.styles["field" if column in listing.opened else "row"] for column in columns]
    blank = ("",) * len(columns)
    for row, entries in enumerate((*listing.rows, *[blank] * listing.spare), start=listing.first_row - 1):
        sheet.stream(row, entries, looks, _row_height(entries, listing.widths))


def _add_rows(page: Page, sheet: Worksheet, listing: Listing, first: int, rows: Sequence[Sequence[Cell]]) -> None:
    """`rows` from row `first` (counted from 0) on."""
    style = page.styles["column" if first < listing.first_row - 1 else "row"]
    for row, entries in enumerate(rows, start=first):
        sheet.set_row(row, _row_height(entries, listing.widths))
        for column, entry in enumerate(entries):
            if isinstance(entry, Formula):
                page.compute(sheet, SheetPlace(listing.sheet, row + 1, column + 1), entry.text, entry.value, "row")
            else:
                write(sheet, row, column, entry, style)


def _add_tools(page: Page, sheet: Worksheet, listing: Listing) -> None:
    """What helps to use the list: a filter, choices, words that stand out."""
    first, last, right = listing.first_row - 1, listing.last_row - 1, len(listing.widths) - 1
    if listing.filtered and last >= first:
        sheet.autofilter(first - 1, 0, last, right)
    for column, choices in listing.opened.items():
        if choices and last >= first:
            rule = {"validate": "list", "source": list(choices), "error_message": "请从下拉列表里选一种。"}
            sheet.data_validation(first, column, last, column, rule)
    for words, style in listing.tones.items() if last >= first else ():
        rule = {"type": "text", "criteria": "begins with", "value": words, "format": page.styles[style]}
        sheet.conditional_format(first, 0, last, right, rule)


def _set_up_print(sheet: Worksheet, listing: Listing) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.repeat_rows(2, listing.first_row - 2)
    if listing.filtered:  # such lists go over several pages
        sheet.set_footer("&C&9第 &P 页，共 &N 页")
    if len(listing.widths) <= _ONE_PAGE:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_paper(_A3)
        sheet.set_print_scale(60)
        sheet.repeat_columns(0, max(listing.frozen, 1) - 1)


def _row_height(entries: Sequence[Cell], widths: Sequence[int]) -> float:
    texts = ((entry, most) for entry, most in zip(entries, widths, strict=True) if isinstance(entry, str))
    return max((height(text, SMALL * most) for text, most in texts), default=LINE)

"""The sheets people read: 勾稽校验, 填表说明, and plain lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..places import SheetPlace, letters
from ..rules import Assertion, Outcome, Verdict, all_assertions, load_rules
from ..wording import line_name, table_name
from .contents import Entry, Listing
from .formulas import check_formulas
from .names import CHECKS, GUIDE
from .page import LINE, Page, height, number, status, write
from .styles import COMPUTED, ENTRY

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_CHECK_HEADS = ("序号", "编号", "表", "行或列", "勾稽关系", "左边", "右边", "相差", "结果")
_CHECK_WIDTHS = (6, 7, 24, 32, 34, 11, 11, 11, 8)
_FIRST = 4
_SMALL = 1.2
"""How much more of the 9 pt text of lists goes in a column."""
_A3 = 8
_ONE_PAGE = 12
"""Columns of a list that are shrunk to the width of one page; a wider list goes over several."""
_LEFT, _RIGHT, _GAP, _OUTCOME = 6, 7, 8, 9


def add_checks(page: Page) -> None:
    """勾稽校验: every assertion with both sides, the gap, and ✓, ✗ or 未填."""
    sheet = page.book.add_worksheet(CHECKS)
    for column, (head, width) in enumerate(zip(_CHECK_HEADS, _CHECK_WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, head, page.styles["column"])
    sheet.set_row(0, 32)
    sheet.merge_range(0, 0, 0, len(_CHECK_HEADS) - 1, "勾稽校验", page.styles["heading"])
    unrolled = tuple(zip(all_assertions(page.form), page.verdicts, strict=True))
    for count, (assertion, verdict) in enumerate(unrolled, start=1):
        _add_assertion(page, sheet, count, assertion, verdict)
    _add_status(page, sheet, len(unrolled))
    last = _FIRST - 2 + len(unrolled)
    for outcome, style in zip(Outcome, ("right", "wrong", "blank"), strict=True):
        rule = {"type": "cell", "criteria": "==", "value": f'"{outcome}"', "format": page.styles[style]}
        sheet.conditional_format(_FIRST - 1, _OUTCOME - 1, last, _OUTCOME - 1, rule)
    sheet.freeze_panes(_FIRST - 1, 0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)


def _add_assertion(page: Page, sheet: Worksheet, count: int, assertion: Assertion, verdict: Verdict) -> None:
    row = _FIRST - 2 + count
    rule, places = assertion.rule, [SheetPlace(CHECKS, row + 1, column) for column in (_LEFT, _RIGHT, _GAP)]
    first = page.layout.cells[assertion.cells[0]]
    words = (rule.id, table_name(page.form, assertion.table.key))
    write(sheet, row, 0, count, page.styles["listed"])
    for column, text in enumerate(words, start=1):
        write(sheet, row, column, text, page.styles["listed"])
    line = line_name(assertion.table, rule.for_each, assertion.line)
    sheet.set_row(row, max(height(line, _SMALL * _CHECK_WIDTHS[3]), height(rule.says, _SMALL * _CHECK_WIDTHS[4])))
    sheet.write_url(row, 3, f"internal:'{first.sheet}'!{first.a1}", page.styles["listed"], line)
    write(sheet, row, 4, rule.says, page.styles["listed"])
    outcome, left, right = verdict
    gap = None if left is None or right is None else left - right
    stored = ["" if side is None else number(side) for side in (left, right, gap)]
    formulas = check_formulas(assertion, page.layout, CHECKS, places)
    for column, formula, value in zip(range(_LEFT - 1, _OUTCOME), formulas, [*stored, outcome.value], strict=True):
        sheet.write_formula(row, column, formula, page.styles["verdict"], value)


def _add_status(page: Page, sheet: Worksheet, count: int) -> None:
    outcomes = f"{letters(_OUTCOME)}{_FIRST}:{letters(_OUTCOME)}{_FIRST - 1 + count}"
    counts = '&"，'.join(f'{outcome} "&COUNTIF({outcomes},"{outcome}")&" 条"' for outcome in Outcome)
    sheet.merge_range(1, 0, 1, len(_CHECK_HEADS) - 1, "", page.styles["name"])
    sheet.write_formula(1, 0, f'="共 {count} 条：{counts}', page.styles["name"], status(page.verdicts))


def add_guide(page: Page) -> None:
    """填表说明: how to fill the form, what the colours mean, which rules hold."""
    sheet = page.book.add_worksheet(GUIDE)
    sheet.set_column(0, 0, _GUIDE_WIDTH)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, "填表说明", page.styles["heading"])
    legend: tuple[tuple[str, dict[str, Any]], ...] = (
        ("浅黄格：填写。", {"bg_color": ENTRY}),
        ("灰格：自动计算，已锁定。", {"bg_color": COMPUTED}),
        (
            "红格并加粗：不平衡，具体差多少见“勾稽校验”。",
            {"bg_color": "#FFC7CE", "font_color": "#9C0006", "bold": True},
        ),
    )
    for row, (text, look) in enumerate(legend, start=1):
        sheet.write_string(
            row, 0, text, page.book.add_format({"font_name": "宋体", "font_size": 10.5, "border": 1, **look})
        )
    rules = [f"{rule.id} {rule.says}。{rule.remedy}。" for rule in load_rules(page.form.edition)]
    for row, text in enumerate((*_ADVICE, "勾稽关系：", *dict.fromkeys(rules)), start=len(legend) + 2):
        sheet.write_string(row, 0, text, page.styles["text"])
        sheet.set_row(row, height(text, _GUIDE_WIDTH))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


_GUIDE_WIDTH = 72
_ADVICE = (
    "1. 先填“封面”的单位名称和报告年度，再依次填各章。数据截至报告年度 12 月 31 日。",
    "2. 没有发生的项目填 0，不要空着，也不要填“/”“无”。成片填 0：选中这些格，键入 0，按 Ctrl+Enter。",
    "3. 表三每一件申请只按一种结果计一次；部分公开的只计入（二），不再计入其他各项。",
    "4. 合计默认自动计算。单位另有台账合计的，在封面把“合计方式”改为“手工填报”，把台账合计填在表边的“核对数”里，明细与台账不符时立即能看出来。",
    "5. “勾稽校验”里 ✓ 是平衡，✗ 是不平衡（两边的数和差额列在旁边），未填是还有空格。全部为 ✓ 再报送。",
    "6. 工作表保护用来防止误改格式，不是保密；确需调整列宽可直接拖动。密码：nianbao。",
    "7. 收费金额以万元为单位，保留实际小数；信息处理费写在第六章，以元为单位，不填在表二。",
)


def add_listing(page: Page, listing: Listing) -> None:
    """A plain list: title, note, header rows, rows."""
    sheet = page.book.add_worksheet(listing.sheet)
    for column, width in enumerate(listing.widths):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, listing.title, page.styles["name"])
    sheet.write_string(1, 0, listing.note, page.book.add_format({"font_name": "宋体", "font_size": 9}))
    for row, head in enumerate(listing.heads, start=2):
        _add_row(page, listing, row, head, "column")
    for row, entries in enumerate(listing.rows, start=listing.first_row - 1):
        _add_row(page, listing, row, entries, "listed")
    sheet.freeze_panes(listing.first_row - 1, listing.frozen)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.repeat_rows(2, listing.first_row - 2)
    if len(listing.widths) <= _ONE_PAGE:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_paper(_A3)
        sheet.set_print_scale(60)
        sheet.repeat_columns(0, max(listing.frozen, 1) - 1)


def _add_row(page: Page, listing: Listing, row: int, entries: Sequence[Entry], style: str) -> None:
    sheet = page.book.get_worksheet_by_name(listing.sheet)
    for column, entry in enumerate(entries):
        write(sheet, row, column, entry, page.styles[style])
    texts = ((entry, most) for entry, most in zip(entries, listing.widths, strict=True) if isinstance(entry, str))
    sheet.set_row(row, max((height(text, _SMALL * most) for text, most in texts), default=LINE))

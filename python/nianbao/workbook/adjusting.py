"""The sheet 调整数 of a summary: what the office adds to the sums of its units, or puts in their place, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from ..form import CellKey, Form
from ..places import SheetPlace
from ..totals import definitions
from .adjusted import (
    CONFIRMED_ROW,
    NO_NUMBER,
    NO_REASON,
    ROWS,
    TOTAL,
    UNKNOWN,
    added_to,
    adjustable,
    first_adjustment,
    named_cell,
    position,
    to_confirm,
)
from .contents import Adjusting, Adjustment, Entry, Unread
from .names import ADJUSTMENTS
from .page import SMALL, Page, height

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = (46, 14, 12, 40, 12, 14, 14, 3, 46, 12)
_LISTED, _ADJUSTED = 9, 10
"""The columns of the list of all cells: their names, and what is added to each."""
_CONFIRM_HEADS = ("位置", "各单位之和", "核定数", "依据", "核定人", "日期", "状态")
_ADJUST_HEADS = ("位置", "各单位之和", "调整数", "原因", "填写人", "日期", "状态")
_DONE, CONFIRMED = "已计入", "已核"
UNCONFIRMED = "待核"
"""What stands beside a sum that the office has not confirmed."""
_CHOOSE, _TYPE, _EXPLAIN = "请从列表选位置", "请填数字", "请写原因"
_ASKED = {UNKNOWN: _CHOOSE, TOTAL: _CHOOSE, NO_NUMBER: _TYPE, NO_REASON: _EXPLAIN}
"""What a row is asked for that cannot be followed, by the reason why."""


@cache
def _listed(form: Form) -> Mapping[CellKey, int]:
    """The row of every cell in the list of all cells: those that can be adjusted stand together, for people to choose from."""
    chosen = adjustable(form)
    rest = (cell for cell in form.cells if cell not in frozenset(chosen))
    return {cell: row for row, cell in enumerate((*chosen, *rest), start=CONFIRMED_ROW)}


def adjusted_by(cell: CellKey, form: Form) -> str:
    """The place on the sheet that says what is added to `cell`: ``'调整数'!$J$5``."""
    place = SheetPlace(ADJUSTMENTS, _listed(form)[cell], _ADJUSTED)
    return f"'{ADJUSTMENTS}'!{place.absolute}"


def confirmed_mark(cell: CellKey, form: Form) -> str:
    """The formula of the word beside a sum to be confirmed."""
    place = SheetPlace(ADJUSTMENTS, CONFIRMED_ROW + to_confirm(form).index(cell), 3)
    return f'=IF(ISNUMBER(\'{ADJUSTMENTS}\'!{place.absolute}),"{CONFIRMED}","{UNCONFIRMED}")'


def add_adjusting(page: Page, adjusting: Adjusting) -> None:
    """The sheet 调整数."""
    sheet, form = page.book.add_worksheet(ADJUSTMENTS), page.form
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, "核定数和调整数", page.styles["list_title"])
    sheet.write_string(1, 0, _NOTE, page.styles["small"])
    cells = to_confirm(form)
    _heads(page, sheet, CONFIRMED_ROW - 1, _CONFIRM_HEADS)
    unread = {each.row: each for each in adjusting.unread}
    confirmed = {each.cell: each for each in adjusting.confirmed}
    for row, cell in enumerate(cells, start=CONFIRMED_ROW):
        given = unread.get(row) or confirmed.get(cell)
        _line(page, sheet, row, (position(cell, form, page.layout), given), adjusting)
    first = first_adjustment(form)
    _heads(page, sheet, first - 1, _ADJUST_HEADS)
    adjustments = iter(adjusting.adjustments)
    for row in range(first, first + ROWS):
        each = unread.get(row) or next(adjustments, None)
        _line(page, sheet, row, (_name(each, page), each), adjusting)
    _list_cells(page, sheet, adjusting)
    _restrict(sheet, form)
    sheet.freeze_panes(3, 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, first + ROWS - 2, 6)


def _name(given: Adjustment | Unread | None, page: Page) -> str | None:
    """What stands in the first column of an adjustment."""
    if isinstance(given, Adjustment):
        return position(given.cell, page.form, page.layout)
    return given.name if given else None


_NOTE = (
    "上面：规章、规范性文件由各单位相加可能重复，与司法行政部门核对后填“核定数”。下面：其他各格要改的，"
    "从下拉列表选位置，填要加（减填负数）的数和原因；合计自动跟着变。重新汇总时都会保留。"
)


def _heads(page: Page, sheet: Worksheet, row: int, heads: Sequence[str]) -> None:
    for column, head in enumerate(heads):
        sheet.write_string(row - 1, column, head, page.styles["column"])


def _line(
    page: Page, sheet: Worksheet, row: int, line: tuple[str | None, Adjustment | Unread | None], adjusting: Adjusting
) -> None:
    """One figure to be confirmed, or one adjustment."""
    name, given = line
    form, fixed = page.form, row < first_adjustment(page.form) - 1
    cell = to_confirm(form)[row - CONFIRMED_ROW] if fixed else named_cell(name, form)
    entries: tuple[Entry, ...] = (given.amount, given.reason, given.by, given.date) if given else (None,) * 4
    place = SheetPlace(ADJUSTMENTS, row, 1)
    page.write(sheet, place, name, "label" if fixed else "choice")
    stated = (adjusting.sums.get(cell) or Decimal(0)) if cell else None
    formula = f"=SUM({adjusting.ranges[cell]})" if fixed and cell else _looked_up(row, form)
    page.compute(sheet, place._replace(column=2), formula, stated, "given")
    for column, (entry, style) in enumerate(zip(entries, ("entry", "field", "field", "field"), strict=True), start=3):
        page.write(sheet, place._replace(column=column), entry, style)
    word = CONFIRMED if fixed else _DONE
    state = _ASKED[given.why] if isinstance(given, Unread) else word if given else UNCONFIRMED if fixed else ""
    page.compute(sheet, place._replace(column=7), _state(row, word, form, fixed=fixed), state, "verdict")
    sheet.set_row(row - 1, height(given.reason if given else "", SMALL * _WIDTHS[3]))


def _looked_up(row: int, form: Form) -> str:
    """The sum of the units in the cell that an adjustment names: what the statutory cell shows but for adjustments."""
    names, sums = (_column(column, form) for column in (_LISTED, _ADJUSTED + 1))
    return f'=IF(A{row}="","",IFERROR(INDEX({sums},MATCH(A{row},{names},0)),""))'


def _state(row: int, word: str, form: Form, *, fixed: bool) -> str:
    if fixed:
        return f'=IF(ISNUMBER(C{row}),"{word}",IF(C{row}="","{UNCONFIRMED}","{_TYPE}"))'
    known = f"ISERROR(MATCH(A{row},{_choices(form)},0))"
    return (
        f'=IF(AND(A{row}="",C{row}="",D{row}=""),"",IF({known},"{_CHOOSE}",'
        f'IF(NOT(ISNUMBER(C{row})),"{_TYPE}",IF(D{row}="","{_EXPLAIN}","{word}"))))'
    )


def _column(column: int, form: Form) -> str:
    """The cells of a column of the list of all cells."""
    first, last = (SheetPlace("", row, column) for row in (CONFIRMED_ROW, CONFIRMED_ROW + len(form.cells) - 1))
    return f"{first.absolute}:{last.absolute}"


def _choices(form: Form) -> str:
    """The names of the cells that can be adjusted."""
    return f"$I${CONFIRMED_ROW}:$I${CONFIRMED_ROW + len(adjustable(form)) - 1}"


def _list_cells(page: Page, sheet: Worksheet, adjusting: Adjusting) -> None:
    """Every cell with what is added to it, and with its sum, for the formulas of this and of the statutory sheets."""
    form, added = page.form, added_to(adjusting.adjustments, page.form)
    confirmed = {each.cell: each.amount - (adjusting.sums.get(each.cell) or 0) for each in adjusting.confirmed}
    _heads_at = ("各格（供选择）", "调整合计", "各单位之和")
    for column, head in enumerate(_heads_at, start=_LISTED - 1):
        sheet.write_string(CONFIRMED_ROW - 2, column, head, page.styles["column"])
    for cell, row in _listed(form).items():
        place = SheetPlace(ADJUSTMENTS, row, _LISTED)
        page.write(sheet, place, position(cell, form, page.layout), "listed")
        value = confirmed.get(cell, added.get(cell))
        page.compute(sheet, place._replace(column=_ADJUSTED), _added_formula(cell, page, adjusting), value, "verdict")
        page.compute(
            sheet,
            place._replace(column=_ADJUSTED + 1),
            f"=SUM({adjusting.ranges[cell]})",
            adjusting.sums.get(cell) or Decimal(0),
            "verdict",
        )


def _added_formula(cell: CellKey, page: Page, adjusting: Adjusting) -> str:
    """What is added to `cell`: of a total what is added to its addends, "" for nothing."""
    form, first = page.form, first_adjustment(page.form)
    if cell in to_confirm(form):
        entry = f"$C${CONFIRMED_ROW + to_confirm(form).index(cell)}"
        return f'=IF(ISNUMBER({entry}),{entry}-SUM({adjusting.ranges[cell]}),"")'
    if cell in definitions(form):
        rows = [_listed(form)[each] for each in definitions(form)[cell].cells[1:]]
        cells = ",".join(f"J{row}" for row in rows)
        return f'=IF(COUNT({cells})=0,"",SUM({cells}))'
    names, amounts, states = (f"${column}${first}:${column}${first + ROWS - 1}" for column in "ACG")
    own = f"I{_listed(form)[cell]}"
    counted = f'({names}={own})*({states}="{_DONE}")'
    return f'=IF(SUMPRODUCT({counted})=0,"",SUMPRODUCT({counted},{amounts}))'


def _restrict(sheet: Worksheet, form: Form) -> None:
    """Only cells of the form, and numbers."""
    first = first_adjustment(form)
    last = first + ROWS - 1
    source = f"={_choices(form)}"
    advice = "请从下拉列表里选位置；合计不用调整，会自动跟着变。"
    sheet.data_validation(f"A{first}:A{last}", {"validate": "list", "source": source, "error_message": advice})
    number = {"validate": "decimal", "criteria": "between", "minimum": -1e12, "maximum": 1e12}
    number |= {"error_message": "请填数字；减少填负数。"}
    sheet.data_validation(f"C{first}:C{last}", number)
    sheet.data_validation(f"C{CONFIRMED_ROW}:C{CONFIRMED_ROW + len(to_confirm(form)) - 1}", number | {"minimum": 0})

"""Table three by kinds of applicants: totals without a breakdown, breakdowns without a total, too many of no kind.

Blanks that are told here need something else than a zero; V02, which asks for zeros, leaves them out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from ..figures import show
from ..findings import Finding, Severity
from ..form import CellKey, Form
from ..reading import Reading
from ..report import Totals, Values
from ..thresholds import Thresholds
from ..totals import definitions
from ..wording import cells_name, line_name, table_name

_TABLE, _TOTAL = "requests", "total"
_SUMMED = (_TABLE, "review")
"""The tables whose totals are the sums of cells beside or above them."""
_SHOWN = 4
"""Totals whose values are named one by one."""
_OTHERS = ("outcome.other.rest", "outcome.other")
"""The row for what fits in no other one, in the edition of 2021 and in that of 2019."""


def b04_no_total(reading: Reading, form: Form) -> Iterator[Finding]:
    """表三、表四明细已填的，总计没有留空。"""
    for table in _SUMMED if (found := blank_totals(reading, form)) else ():
        if not (cells := tuple(cell for cell in found if cell.table == table)):
            continue
        values = reading.report.values
        due = [(cell, each) for cell in cells if (each := definitions(form)[cell].due(values)) is not None]
        where = cells_name(form, cells)
        named = "、".join(f"{_line(form, cell)} {show(each)}" for cell, each in due[:_SHOWN])
        sums = f"按已填的明细相加：{named}{'等' if len(due) > _SHOWN else ''}。" if due else ""
        message = f"{where}有 {len(cells)} 格合计没有填，明细已填。{sums}请补填，或用“nianbao fill”一次补齐。"
        yield Finding("B04", Severity.WARNING, message, cells, subject=where)


def b05_no_breakdown(reading: Reading, form: Form) -> Iterator[Finding]:
    """表三填了总计的，各类申请人没有留空（总计不为 0 的为错误）。"""
    if not (cells := blank_breakdown(reading, form)):
        return
    values, rows = reading.report.values, list(dict.fromkeys(cell.row for cell in cells))
    counted = [row for row in rows if values.get(CellKey(_TABLE, row, _TOTAL))]
    where = cells_name(form, cells)
    advice = f"其中 {len(counted)} 行的总计不是 0，请按申请登记台账分到各类申请人" if counted else ""
    zeros = "总计是 0 的行，各类申请人也请填 0（选中这些格，键入 0，按 Ctrl+Enter 一次填完）"
    told = "；".join(filter(None, (advice, zeros if len(counted) < len(rows) else "")))
    message = f"{where}没有填，共 {len(cells)} 格，只填了总计。{told}。"
    yield Finding("B05", Severity.ERROR if counted else Severity.WARNING, message, cells, subject=where)


def b08_many_others(reading: Reading, form: Form, thresholds: Thresholds) -> Iterator[Finding]:
    """办理结果归入“其他”的不多（不超过 5 件，或不超过一成）。"""
    values, results = reading.report.values, CellKey(_TABLE, "outcome.total", _TOTAL)
    row = next(row for row in form.tables[_TABLE].known_rows if row.key in _OTHERS)
    cell = CellKey(_TABLE, row.key, _TOTAL)
    others, total = values.get(cell), values.get(results)
    if others is None or total is None:
        return
    if others <= thresholds.other_pieces or not total * thresholds.other_share < others <= total:
        return
    share = (others / total * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    where = table_name(form, _TABLE) + line_name(form.tables[_TABLE], "row", row)
    message = (
        f"{where}：{show(others)} 件，占办理结果 {show(total)} 件的 {show(share)}%，超过 {show(thresholds.other_share * 100)}%，"
        "偏多。请逐件核对能否归入前面各项；确实归不进的，请写明是哪些情形。"
    )
    yield Finding("B08", Severity.WARNING, message, (cell, results), subject=where)


def told_otherwise(reading: Reading, form: Form) -> frozenset[CellKey]:
    """The blank cells that B04 and B05 tell of."""
    return frozenset((*blank_totals(reading, form), *blank_breakdown(reading, form)))


def blank_totals(reading: Reading, form: Form) -> tuple[CellKey, ...]:
    """The totals left blank beside filled addends, if zero will not do for all of them."""
    blank = _blank(reading)
    if reading.report.totals is Totals.AUTOMATIC or not blank:
        return ()
    found = (cell for table in _SUMMED for cell in _blank_totals(reading.report.values, blank, form, table))
    return tuple(sorted(found, key=form.order.__getitem__))


def _blank_totals(values: Values, blank: frozenset[CellKey], form: Form, table: str) -> Collection[CellKey]:
    addends = {
        cell: each.cells[1:] for cell, each in definitions(form).items() if cell.table == table and cell in blank
    }
    found: set[CellKey] = set()
    for cell, of in addends.items():  # addends that are totals come before their sum
        if any(each in found or values.get(each) is not None for each in of):
            found.add(cell)
    zero_will_do = not any(values.get(each) for cell in found for each in addends[cell])
    return () if zero_will_do else found


def blank_breakdown(reading: Reading, form: Form) -> tuple[CellKey, ...]:
    """The applicants left blank beside a filled total: in every row, or in rows whose total is not 0.

    Beside rows with a breakdown, a row of 0 without one is only a row with blanks.
    """
    values, parts = reading.report.values, _breakdowns(form)
    if not (blank := _blank(reading)):
        return ()
    alone = {total: of for total, of in parts.items() if values.get(total) is not None and blank.issuperset(of)}
    noted = reading.noted
    none_at_all = all(values.get(cell) is None and cell not in noted for of in parts.values() for cell in of)
    return tuple(cell for total, of in alone.items() if none_at_all or values[total] for cell in of)


@cache
def _breakdowns(form: Form) -> Mapping[CellKey, tuple[CellKey, ...]]:
    """The applicants of every row, by its total."""
    applicants = [column.key for column in form.tables[_TABLE].columns if column.key != _TOTAL]
    return {
        CellKey(_TABLE, row.key, _TOTAL): tuple(CellKey(_TABLE, row.key, key) for key in applicants)
        for row in form.tables[_TABLE].rows
    }


def _blank(reading: Reading) -> frozenset[CellKey]:
    """The blank cells of tables three and four, those left out that reading spoke of."""
    blank = [cell for cell, value in reading.report.values.items() if value is None and cell.table in _SUMMED]
    return frozenset(blank) - reading.noted if blank else frozenset()


def _line(form: Form, total: CellKey) -> str:
    """The row of a total; for one that stands in no column of totals, its column too."""
    table = form.tables[total.table]
    row = line_name(table, "row", form.row(total))
    return row if total.column == _TOTAL else row + line_name(table, "column", form.column(total))

"""This year's figures beside last year's: what cannot be, what has moved much, and what has not moved at all.

Both years' cells have the same key where they mean the same, table two only within one edition of the form: a decision
was reported otherwise before 2021.  Figures of last year that are not known are no zeros: nothing is said of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ..figures import show
from ..findings import Finding, Severity
from ..form import CellKey, Chapter, Form
from ..formfile import edition_for
from ..reading import Reading
from ..report import Report, Values
from ..thresholds import Thresholds
from ..wording import cell_name, line_name, table_name

_DECISIONS = frozenset({"decisions", "charged"})
"""Columns of table two that tell what was done, or charged, in the year."""
_TABLES = ("licensing", "enforcement", "fees")
_RECEIVED = CellKey("requests", "received", "total")
_ENOUGH = 4
"""Digits that have to agree before equal tables are a sign of copying: one request granted in both years is common."""
_STOCK = frozenset({"in_force", "public", "items_last_year", "pending", "total"})
"""Columns that stay as they are where nothing happens, or follow from others."""
_FOLLOWING = frozenset({"received", "brought_forward", "outcome.total", "carried_forward"})
"""Rows of table three of the same sort."""


def a03_repealed(reading: Reading, form: Form) -> Iterator[Finding]:
    """本年废止件数不多于上年现行有效件数加本年制发件数。"""
    last = reading.report.last
    for row in form.tables["documents"].rows:
        issued, repealed, before = (
            values.get(CellKey("documents", row.key, column))
            for values, column in (
                (reading.report.values, "issued"),
                (reading.report.values, "repealed"),
                (last, "in_force"),
            )
        )
        if issued is None or repealed is None or before is None or repealed <= before + issued:
            continue
        where = table_name(form, "documents") + line_name(form.tables["documents"], "row", row)
        message = (
            f"{where}：本年废止 {show(repealed)}，上年现行有效 {show(before)} 加本年制发 {show(issued)} 只有 "
            f"{show(before + issued)}，多废止了 {show(repealed - before - issued)}。"
            "只能废止已有的文件，请核对废止的件数，以及上年报告的现行有效件数。"
        )
        cells = (CellKey("documents", row.key, "issued"), CellKey("documents", row.key, "repealed"))
        yield Finding("A03", Severity.WARNING, message, cells, repealed, before + issued, subject=where)


def a14_moved_much(reading: Reading, form: Form, thresholds: Thresholds) -> Iterator[Finding]:
    """表二的处理决定数量、收费金额与上年相差不大（不超过 3 倍，或不到 20 件、20 万元）。"""
    report = reading.report
    for cell in _decisions(form) if report.last and _same_edition(report) else ():
        yield from _moved("A14", form, report, cell, thresholds)


def y03_requests_moved(reading: Reading, form: Form, thresholds: Thresholds) -> Iterator[Finding]:
    """本年新收申请总数与上年相差不大（不超过 3 倍，或不到 20 件）。"""
    yield from _moved("Y03", form, reading.report, _RECEIVED, thresholds)


def y04_same_table(reading: Reading, form: Form) -> Iterator[Finding]:
    """有数的表没有与上年完全相同（两年都是 0 的不算）。"""
    report = reading.report
    for chapter in form.chapters if report.last else ():
        if chapter.tables and (_same_edition(report) or chapter.key != "disclosure"):
            yield from _same(form, chapter, report.values, report.last)


def _decisions(form: Form) -> Iterator[CellKey]:
    for table in _TABLES:
        yield from (cell for cell in form.cells_of[table] if cell.column in _DECISIONS)


def _same_edition(report: Report) -> bool:
    """Whether last year's report is of the same edition of the form."""
    return report.year is not None and edition_for(report.year - 1) == report.edition


def _moved(rule: str, form: Form, report: Report, cell: CellKey, thresholds: Thresholds) -> Iterator[Finding]:
    value, last = report.values.get(cell), report.last.get(cell)
    if value is None or last is None:
        return
    less, more = sorted((value, last))
    if less < 0 or more <= less * thresholds.moved_times or more - less < thresholds.moved_pieces:
        return
    is_money, where = form.kind(cell) == "amount", cell_name(form, cell)
    times = f"超过 {show(thresholds.moved_times)} 倍，" if less else ""
    message = (
        f"{where}：本年 {show(value)}，上年 {show(last)}，{'多' if value > last else '少'} {show(more - less)}{' 万元' if is_money else ' 件'}，"
        f"{times}变化很大。请对照台账核对，{'单位（万元）' if is_money else '统计口径'}也要与上年一致；没有填错的，请写明变化的原因。"
    )
    yield Finding(rule, Severity.WARNING, message, (cell,), value, last, subject=where)


def _same(form: Form, chapter: Chapter, values: Values, last: Mapping[CellKey, Decimal]) -> Iterator[Finding]:
    cells = [cell for table in chapter.tables for cell in form.cells_of[table.key]]
    if any(cell not in last or values.get(cell) != last[cell] for cell in cells):
        return
    flow = tuple(cell for cell in cells if last[cell] and cell.column not in _STOCK and cell.row not in _FOLLOWING)
    if sum(_digits(last[cell]) for cell in flow) >= _ENOUGH:
        filled = sum(bool(last[cell]) for cell in cells)
        message = (
            f"{chapter.sheet}：全表与上年报告完全相同，其中 {filled} 个数不是 0。"
            "请核对是否把上年的数留在了表里；确实相同的，请写明已经核对。"
        )
        yield Finding("Y04", Severity.WARNING, message, flow, subject=chapter.sheet)


def _digits(value: Decimal) -> int:
    """The digits of `value` that can agree by copying only: not its zeros at the end."""
    return len(value.normalize().as_tuple().digits)

"""Opening figures: what this year's report takes over from last year's."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .errors import InputError
from .form import CellKey, Form, Line
from .report import Report
from .rules import Opening, cell_on, load_openings, side


def opening_values(last: Report, form: Form, year: int, source: str) -> dict[CellKey, Decimal]:
    """The opening figures of a report for `year`; InputError if `last` is not last year's report.

    Across the change of the form in 2021 only what both editions have is taken over.
    """
    if last.year != year - 1:
        raise InputError(
            source, f"是 {last.year or '未填年份'} 年度的报告，不是 {year - 1} 年度", "请指定上一年度的报告"
        )
    return {cell: value for opening in load_openings(form.edition) for cell, value in _opened(opening, last)}


def _opened(opening: Opening, last: Report) -> Iterator[tuple[CellKey, Decimal]]:
    name = opening.equation.defines
    for line in opening.table.lines(opening.for_each):

        def cell(term: str, line: Line = line) -> CellKey:
            return cell_on(opening.table, opening.for_each, line, term)

        value = side(opening.equation.right, lambda term: last.values.get(cell(term)))
        if value is not None and name is not None:
            yield cell(name), value

"""Opening figures: what this year's report takes over from last year's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from .checks.structure import b07_left_behind
from .errors import InputError
from .findings import Finding
from .form import CellKey, Form, Line
from .report import Report
from .rules import Opening, cell_on, load_openings, side
from .totals import computed, definitions


class Opened(NamedTuple):
    """Opening figures by cell of this year, and totals of last year that they do not add up to."""

    values: Mapping[CellKey, Decimal]
    findings: tuple[Finding, ...]


def open_year(last: Report, form: Form, year: int, source: str) -> Opened:
    """What a report for `year` takes over; InputError if `last` is not last year's report.

    Across the change of the form in 2021 only what both editions have is taken over.  Totals are not:
    the workbook computes them.
    """
    if last.year != year - 1:
        raise InputError(
            source, f"是 {last.year or '未填年份'} 年度的报告，不是 {year - 1} 年度", "请指定上一年度的报告"
        )
    opened = {cell: value for each in load_openings(form.edition) for cell, value in _opened(each, last)}
    values = {cell: value for cell, value in opened.items() if cell not in definitions(form)}
    totals = computed(values, form)
    return Opened(
        values,
        tuple(
            b07_left_behind(cell, value, totals[cell], form)
            for cell, value in opened.items()
            if cell in totals and totals[cell] != value
        ),
    )


def _opened(opening: Opening, last: Report) -> Iterator[tuple[CellKey, Decimal]]:
    for line in opening.table.lines(opening.for_each):

        def cell(term: str, line: Line = line) -> CellKey:
            return cell_on(opening.table, opening.for_each, line, term)

        value = side(opening.equation.right, lambda term: last.values.get(cell(term)))
        if value is not None:
            yield cell(opening.fills), value

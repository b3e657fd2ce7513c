"""Opening figures: what this year's report takes over from last year's."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .equation import expand
from .errors import InputError
from .form import CellKey, Form, Line, Table
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
    return {cell: value for opening in load_openings(form.edition) for cell, value in _opened(opening, form, last)}


def _opened(opening: Opening, form: Form, last: Report) -> Iterator[tuple[CellKey, Decimal]]:
    name = opening.equation.defines
    for table in (form.tables[key] for key in opening.tables):
        equation = expand(opening.equation, _names(table, opening), "opening")
        for line in table.lines(opening.for_each):

            def last_year(term: str, table: Table = table, line: Line = line) -> Decimal | None:
                return last.values.get(cell_on(table, opening.for_each, line, term))

            value = side(equation.right, last_year)
            if value is not None and name is not None:
                yield cell_on(table, opening.for_each, line, name), value


def _names(table: Table, opening: Opening) -> Iterator[str]:
    return (line.key for line in table.lines("column" if opening.for_each == "row" else "row"))

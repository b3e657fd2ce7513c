"""Opening figures: what this year's report takes over from last year's."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from .checks.structure import b07_left_behind
from .errors import InputError
from .findings import Finding
from .form import LAST_YEAR, CellKey, Form, is_last_year, last_year
from .formfile import EDITIONS, edition_for
from .report import Report, Totals
from .rules import all_continuity
from .totals import computed, definitions


class Opened(NamedTuple):
    """What a new year begins with.

    `values`: opening figures by cell of this year.  `last`: by cell of last year, the figures that continuity rules
    compare with.  `findings`: totals of last year that the opening figures do not add up to.
    """

    values: Mapping[CellKey, Decimal]
    last: Mapping[CellKey, Decimal]
    findings: tuple[Finding, ...]


def empty_report(year: int, agency: str) -> Report:
    """What `agency` begins to fill for `year`; InputError if there is no form for that year."""
    edition = edition_for(year)
    if edition is None:
        what = "早于统一格式" if year < LAST_YEAR else "不像一个年份"
        raise InputError(f"{year} 年度", what, f"本工具用于 {EDITIONS[0]} 年度及以后的年报")
    return Report(edition, year, agency, totals=Totals.AUTOMATIC)


def refuse_other_year(last: Report, year: int, source: str) -> None:
    """InputError, naming `source`, if `last` is not the report of the year before `year`."""
    if last.year != year - 1:
        what = f"是 {last.year or '未填年份'} 年度的报告，不是 {year - 1} 年度"
        raise InputError(source, what, "请指定上一年度的报告")


def open_year(last: Report, form: Form, year: int, source: str) -> Opened:
    """What a report for `year` takes over; InputError if `last` is not last year's report.

    Across the change of the form in 2021 only what both editions have is taken over.  Totals are not:
    the workbook computes them.
    """
    refuse_other_year(last, year, source)
    before = {last_year(cell): value for cell, value in last.values.items() if value is not None}
    opened = {
        assertion.cells[0]: value
        for assertion in all_continuity(form)
        if assertion.opens and (value := assertion.due(before)) is not None
    }
    values = {cell: value for cell, value in opened.items() if cell not in definitions(form)}
    totals = computed(values, form)
    return Opened(
        values,
        _compared(last, form),
        tuple(
            b07_left_behind(cell, value, totals[cell], form)
            for cell, value in opened.items()
            if cell in totals and totals[cell] != value
        ),
    )


def _compared(last: Report, form: Form) -> Mapping[CellKey, Decimal]:
    """The figures of `last` that a continuity rule of `form` names."""
    named = {cell for assertion in all_continuity(form) for cell in assertion.cells if is_last_year(cell)}
    return {cell: value for cell, value in last.values.items() if value is not None and last_year(cell) in named}

"""Totals: what the balance rules define, computed in the order of their dependence."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from .errors import FormFileError
from .form import CellKey, Form
from .report import Report, Totals, Values
from .rules import RULES_FILE, Assertion, all_assertions


class Filled(NamedTuple):
    """A report with its blank totals computed: what was written, and stated totals that differ (stated, computed)."""

    report: Report
    written: Mapping[CellKey, Decimal]
    differing: Mapping[CellKey, tuple[Decimal, Decimal]]


@cache
def definitions(form: Form) -> Mapping[CellKey, Assertion]:
    """What computes each total, addends before sums; FormFileError for a cycle.

    A cell that two rules define (the corner of table three) belongs to the first.
    """
    return in_order(all_assertions(form))


def in_order(unrolled: tuple[Assertion, ...]) -> Mapping[CellKey, Assertion]:
    """The defining assertions among `unrolled`, sorted by dependence; FormFileError for a cycle."""
    defining: dict[CellKey, Assertion] = {}
    for assertion in unrolled:
        if (cell := assertion.defines) is not None:
            defining.setdefault(cell, assertion)
    needs = {cell: [c for c in a.cells if c in defining and c != cell] for cell, a in defining.items()}
    for cell, assertion in defining.items():
        if cell in assertion.cells[1:]:
            raise FormFileError(RULES_FILE, f"{cell} 由自己算出")
    try:
        return {cell: defining[cell] for cell in TopologicalSorter(needs).static_order()}
    except CycleError as error:
        raise FormFileError(RULES_FILE, f"合计互相依赖：{' → '.join(map(str, error.args[1]))}") from error


def computed(values: Values, form: Form) -> dict[CellKey, Decimal | None]:
    """Every total of `form`, computed from what is not a total; None where an addend is blank."""
    known, totals = dict(values), definitions(form)
    for cell, assertion in totals.items():  # in this order no stated total is read
        known[cell] = assertion.due(known)
    return {cell: known[cell] for cell in totals}


def fill(report: Report, form: Form) -> Filled:
    """Compute blank totals whose addends are all known; stated ones stand, and are compared."""
    known = dict(report.values)
    written: dict[CellKey, Decimal] = {}
    differing: dict[CellKey, tuple[Decimal, Decimal]] = {}
    for cell, assertion in definitions(form).items():
        stated, value = known.get(cell), assertion.due(known)
        if value is None:
            continue
        if stated is None:
            known[cell] = written[cell] = value
        elif stated != value:
            differing[cell] = (stated, value)
    return Filled(report._replace(values=known), written, differing)


def settled(report: Report, form: Form) -> Report:
    """`report` as a workbook can hold it: stated totals that a computed one would replace stay typed."""
    if report.totals is Totals.TYPED:
        return report
    derived = computed(report.values, form)
    stated = {cell: report.values.get(cell) for cell in derived}
    if any(value is not None and value != derived[cell] for cell, value in stated.items()):
        return report._replace(totals=Totals.TYPED)
    return report._replace(values={**report.values, **derived})

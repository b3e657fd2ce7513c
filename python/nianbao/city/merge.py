"""Adds up the reports of many units, cell by cell, in exact decimals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from ..check import Checked
from ..checks.merging import g02_unconfirmed, g03_repeated, g03_unnamed, g05_other_period, g09_own_summary
from ..errors import InputError
from ..findings import Finding
from ..form import CellKey, Form
from ..formfile import load_form
from ..reading import Reading
from ..report import Report, Totals
from ..workbook.contents import carried

Period = tuple[int | None, str]
"""Year and edition: only reports that share both can be added up."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One file of the merge; `problem` is why it is not counted, None if it is."""

    checked: Checked
    problem: Finding | None

    @property
    def told(self) -> Checked:
        """The file with everything found in it, `problem` first."""
        found = self.checked.findings
        if self.problem is None or self.problem in found:
            return self.checked
        return self.checked._replace(findings=(self.problem, *found))

    @property
    def report(self) -> Report | None:
        """What the file holds, None where it could not be read."""
        return self.checked.reading.report if self.checked.reading else None


@dataclass(frozen=True, slots=True)
class Merged:
    """The sum of the counted units.

    `frame` has one row per counted unit and one column per printed cell, holding Decimal or None.
    """

    report: Report
    units: tuple[Unit, ...]
    frame: pd.DataFrame

    @property
    def counted(self) -> tuple[Unit, ...]:
        """The units that make up the sum, in the order of `frame`."""
        return tuple(unit for unit in self.units if unit.problem is None)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the sum as a whole."""
        return g02_unconfirmed(self.report, load_form(self.report.edition))

    @property
    def checked(self) -> list[Checked]:
        """Every file with what was found in it, the reason why it is not counted first."""
        return [unit.told for unit in self.units]


def merge(checked: Sequence[Checked], agency: str) -> Merged:
    """Add up what was read, of one year and edition; InputError if no year prevails or nothing can be counted.

    `agency` names the city: a summary under that name is its own earlier one; without a name every
    summary may be, and none is counted.
    """
    period = _prevailing([each.reading for each in checked if each.reading])
    problems = [_unfit(each, agency, period) for each in checked]
    fit = [each for each, problem in zip(checked, problems, strict=True) if problem is None]
    names = Counter(each.reading.report.agency for each in fit if each.reading)
    units = tuple(
        Unit(each, problem or _repeated(each, names)) for each, problem in zip(checked, problems, strict=True)
    )
    reports = [unit.report for unit in units if unit.problem is None and unit.report]
    if not reports:
        name, why = next((unit.checked.file.name, unit.problem.message) for unit in units if unit.problem)
        raise InputError(name, "没有一份报表能计入汇总", why.removesuffix("。"))
    form = load_form(period[1])
    frame = _frame(reports, form)
    return Merged(Report(form.edition, period[0], agency, _sums(frame, form), totals=Totals.TYPED), units, frame)


def _prevailing(readings: Sequence[Reading]) -> Period:
    reports = [reading.report for reading in readings]
    found = Counter((report.year, report.edition) for report in reports if report.year is not None).most_common(2)
    if not found:
        raise InputError("汇总", "没有一份报表写明年度", "请在各工作簿的封面填写报告年度")
    if len(found) > 1 and found[0][1] == found[1][1]:
        both = "、".join(_period_name(period) for period, _ in found)
        what = f"{both}各有 {found[0][1]} 份，无法判断汇总哪一种"
        raise InputError("汇总", what, "请把不同年度的报表分放在不同文件夹")
    return found[0][0]


def _period_name(period: Period) -> str:
    return f"{period[0]} 年度（{period[1]} 版式）" if period[0] else "没有填写年度"


def _unfit(checked: Checked, agency: str, period: Period) -> Finding | None:
    """Why this file cannot be counted, whatever the others are."""
    if checked.reading is None:
        return checked.findings[0]
    report = checked.reading.report
    own = (report.year, report.edition)
    if own != period:
        return g05_other_period(_period_name(own))
    if not report.agency:
        return g03_unnamed()
    if checked.reading.summary and agency in {"", report.agency}:
        return g09_own_summary()
    return None


def _repeated(checked: Checked, names: Counter[str]) -> Finding | None:
    name = checked.reading.report.agency if checked.reading else ""
    if names[name] > 1:
        return g03_repeated(name, names[name])
    return None


def _frame(reports: Sequence[Report], form: Form) -> pd.DataFrame:
    held = (carried(report).values for report in reports)
    rows = [[values.get(cell) for cell in form.cells] for values in held]
    return pd.DataFrame(rows, columns=pd.Index(map(str, form.cells)), dtype=object)


def _sums(frame: pd.DataFrame, form: Form) -> Mapping[CellKey, Decimal | None]:
    """Every column added up; None where no unit has a figure."""
    figures = {cell: frame[str(cell)].dropna() for cell in form.cells}
    return {cell: sum(column, Decimal(0)) if len(column) else None for cell, column in figures.items()}

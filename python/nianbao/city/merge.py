"""Adds up the reports of many units, cell by cell, in exact decimals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from ..check import Checked
from ..errors import InputError
from ..findings import Finding, Severity
from ..form import CellKey, Form
from ..formfile import load_form
from ..reading import Reading
from ..report import Report, Totals
from ..workbook.contents import carried

Kind = tuple[int | None, str]
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
        return tuple(_unconfirmed(self.report, load_form(self.report.edition)))

    @property
    def checked(self) -> list[Checked]:
        """Every file with what was found in it, the reason why it is not counted first."""
        return [unit.told for unit in self.units]


def merge(checked: Sequence[Checked], agency: str) -> Merged:
    """Add up what was read, of one year and edition; InputError if no year prevails.

    `agency` names the city: a summary under that name, or under none, is its own earlier one.
    """
    kind = _prevailing([each.reading for each in checked if each.reading])
    problems = [_unfit(each, agency, kind) for each in checked]
    fit = [each for each, problem in zip(checked, problems, strict=True) if problem is None]
    names = Counter(each.reading.report.agency for each in fit if each.reading)
    units = tuple(
        Unit(each, problem or _repeated(each, names)) for each, problem in zip(checked, problems, strict=True)
    )
    frame = _frame([unit.report for unit in units if unit.problem is None and unit.report], load_form(kind[1]))
    return Merged(Report(kind[1], kind[0], agency, _sums(frame), totals=Totals.TYPED), units, frame)


def _prevailing(readings: Sequence[Reading]) -> Kind:
    kinds = Counter((reading.report.year, reading.report.edition) for reading in readings).most_common(2)
    if len(kinds) > 1 and kinds[0][1] == kinds[1][1]:
        both = "、".join(f"{_kind_name(kind)}" for kind, _ in kinds)
        what = f"{both}各有 {kinds[0][1]} 份，无法判断汇总哪一种"
        raise InputError("汇总", what, "请把不同年度的报表分放在不同文件夹")
    return kinds[0][0]


def _kind_name(kind: Kind) -> str:
    return f"{kind[0] or '未填年份'} 年度（{kind[1]} 版式）"


def _unfit(checked: Checked, agency: str, kind: Kind) -> Finding | None:
    """Why this file cannot be counted, whatever the others are."""
    if checked.reading is None:
        return checked.findings[0]
    report = checked.reading.report
    if (report.year, report.edition) != kind:
        return _left_out("G05", f"是{_kind_name((report.year, report.edition))}，与多数报表不同")
    if not report.agency:
        return _left_out("G03", "没有填写单位名称，不知道是哪个单位")
    if checked.reading.summary and report.agency == agency:
        return _left_out("G09", "是本级的汇总表，计入会重复")
    return None


def _repeated(checked: Checked, names: Counter[str]) -> Finding | None:
    name = checked.reading.report.agency if checked.reading else ""
    if names[name] > 1:
        return _left_out("G03", f"“{name}”交来 {names[name]} 份，无法判断用哪一份，都没有计入")
    return None


def _left_out(rule: str, why: str) -> Finding:
    return Finding(rule, Severity.ERROR, f"没有计入汇总：{why}。请核对文件后重新汇总。")


def _unconfirmed(report: Report, form: Form) -> list[Finding]:
    """Sums that are not yet figures of the city: the same document may be counted by several units (G02)."""
    cells = tuple(cell for cell in form.cells if not form.row(cell).additive and report.values.get(cell))
    if not cells:
        return []
    message = "规章和规范性文件是各单位之和，联合发文可能重复计算，已标“待核”。请与司法行政部门核对后确定。"
    return [Finding("G02", Severity.WARNING, message, cells)]


def _frame(reports: Sequence[Report], form: Form) -> pd.DataFrame:
    held = (carried(report).values for report in reports)
    rows = [[values.get(cell) for cell in form.cells] for values in held]
    return pd.DataFrame(rows, columns=pd.Index(map(str, form.cells)), dtype=object)


def _sums(frame: pd.DataFrame) -> Mapping[CellKey, Decimal | None]:
    """Every column added up; None where no unit has a figure."""
    sums: dict[CellKey, Decimal | None] = {}
    for name, column in frame.items():
        figures = column.dropna()
        sums[CellKey(*str(name).split("/"))] = sum(figures, Decimal(0)) if len(figures) else None
    return sums

"""Adds up the reports of many units, cell by cell, in exact decimals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from ..check import Checked
from ..checks.merging import g02_unconfirmed, g10_carried, g11_accepted, g11_totals
from ..figures import show
from ..findings import Finding, Severity, State
from ..form import CellKey, Form, last_year
from ..formfile import load_form
from ..report import Fee, Report, Totals, Values
from ..rules import Assertion, all_continuity
from ..totals import computed, definitions
from ..wording import cell_name
from ..workbook.adjusted import added_to, to_confirm
from ..workbook.contents import Adjusting, carried
from .handed import Handed, Intake

_NAMED = 12
"""How many units a finding names."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The sum of what came in.

    `frame` has one row per unit that is added up, in the order of `counted`, and one column per printed cell, holding Decimal or
    None; `sums` are its columns added up, `report` what the office makes of them.  `said`: what the office wrote on 调整数.
    `before`: last year's report of the city, and the units' shares in it, where it is known.
    """

    report: Report
    intake: Intake
    frame: pd.DataFrame
    sums: Values
    said: Adjusting
    before: Report | None = None
    shares: Mapping[str, Values] | None = None

    @property
    def counted(self) -> tuple[Handed, ...]:
        """The files that make up the sum, in the order of the roster, or of the files where there is none."""
        return _ordered(self.intake)

    @property
    def shown(self) -> tuple[Handed, ...]:
        """The files whose figures stand beside the sum without being part of it."""
        return tuple(each for each in self.intake.handed if each.shown)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the whole: who is missing, what is to be confirmed, what does not fit together."""
        form = load_form(self.report.edition)
        confirmed = {each.cell for each in self.said.confirmed}
        return (
            *self.intake.findings,
            *g02_unconfirmed(self.sums, [cell for cell in to_confirm(form) if cell not in confirmed]),
            *_off_totals(self, form),
            *_not_carried(self, form),
        )

    @property
    def checked(self) -> list[Checked]:
        """Every file with what was found in it, the reason why it is not added up first."""
        return [each.told for each in self.intake.handed]


def merge(
    intake: Intake,
    agency: str,
    said: Adjusting,
    before: Report | None = None,
    shares: Mapping[str, Values] | None = None,
) -> Merged:
    """Add up what was taken in, as the report of `agency`."""
    year, edition = intake.period
    form = load_form(edition)
    added = _ordered(intake)
    frame = _frame([each.report for each in added if each.report], form)
    sums = _sums(frame, form)
    report = Report(
        edition,
        year,
        agency,
        _adjusted(sums, said, form),
        totals=Totals.TYPED,
        fee=_fee(added),
        last=_compared(before, form),
    )
    return Merged(report, intake, frame, sums, said, before, shares)


def _ordered(intake: Intake) -> tuple[Handed, ...]:
    order = {member: number for number, member in enumerate(intake.members)}
    added = [each for each in intake.handed if each.is_added]
    return tuple(sorted(added, key=lambda each: order[each.member] if each.member else 0))


def figures_of(report: Report, form: Form) -> tuple[Decimal | None, ...]:
    """The figures of one unit, by the cells of `form`."""
    values = dict(report.values.items())
    if any(cell in values for source, _ in form.source_rows for cell in source):
        values = dict(carried(report).values)
    return tuple(map(values.get, form.cells))


def _frame(reports: Sequence[Report], form: Form) -> pd.DataFrame:
    rows = [figures_of(report, form) for report in reports]
    return pd.DataFrame(rows, columns=pd.Index(map(str, form.cells)), dtype=object)


def _sums(frame: pd.DataFrame, form: Form) -> Values:
    """Every column added up; None where no unit has a figure."""
    figures = {cell: frame[str(cell)].dropna() for cell in form.cells}
    return {cell: sum(column, Decimal(0)) if len(column) else None for cell, column in figures.items()}


def _adjusted(sums: Values, said: Adjusting, form: Form) -> Values:
    added = added_to(said.adjustments, form)
    changed = {cell: (sums[cell] or Decimal(0)) + (value or 0) for cell, value in added.items()}
    return {**sums, **changed, **{each.cell: each.amount for each in said.confirmed}}


def _fee(added: Sequence[Handed]) -> Fee:
    """The processing fees of all units; not said while no unit says whether it charged any."""
    fees = [each.report.fee for each in added if each.report]
    pieces, yuan = (
        [figure for figure in column if figure is not None] for column in zip(*(fee[1:] for fee in fees), strict=True)
    )
    said = {fee.charged for fee in fees}
    charged = True if True in said else False if False in said else None
    return Fee(charged, *(sum(column, Decimal(0)) if column else None for column in (pieces, yuan)))


def _compared(before: Report | None, form: Form) -> Mapping[CellKey, Decimal]:
    """The figures of last year that rules compare with this year's."""
    if before is None or before.year is None:
        return {}
    from ..opening import open_year

    return open_year(before, form, before.year + 1, before.agency).last


def _off_totals(merged: Merged, form: Form) -> Iterator[Finding]:
    """Totals of the sum that are not what their addends come to, with the units whose own totals are off."""
    addends = {cell: value for cell, value in merged.sums.items() if cell not in definitions(form)}
    due = computed(addends, form)
    for cell, total in due.items():
        stated = merged.sums[cell]
        if total is not None and stated is not None and total != stated:
            off = [each for each in merged.counted if each.report and _is_off(each.report, cell, form)]
            found = g11_totals(cell, cell_name(form, cell), stated, total, _few([each.agency for each in off]))
            yield g11_accepted(found) if off and all(map(_is_accepted, off)) else found


def _is_accepted(handed: Handed) -> bool:
    """Whether the errors of a file are all explained."""
    states = {each.state for each in handed.checked.findings if each.severity is Severity.ERROR}
    return states == {State.EXPLAINED}


def _is_off(report: Report, cell: CellKey, form: Form) -> bool:
    values = carried(report).values
    due = computed({key: value for key, value in values.items() if key not in definitions(form)}, form)[cell]
    return values.get(cell) != due


def _not_carried(merged: Merged, form: Form) -> Iterator[Finding]:
    """Figures that are taken over from last year, where the units together did not."""
    if merged.before is None:
        return
    before = {last_year(cell): value for cell, value in merged.before.values.items()}
    for assertion in all_continuity(form):
        cell = assertion.cells[0]
        due, found = assertion.due(before), merged.report.values.get(cell)
        if assertion.opens and due is not None and found is not None and due != found:
            yield g10_carried(cell_name(form, cell), due, found, _few([*_broken_chains(merged, assertion)]))


def _broken_chains(merged: Merged, assertion: Assertion) -> Iterator[str]:
    """The units that did not take over what they had last year, those that came or went among them."""
    if not merged.shares:
        return
    here = dict(zip([each.agency for each in merged.counted], merged.frame[str(assertion.cells[0])], strict=True))
    for unit in dict.fromkeys((*merged.shares, *here)):
        before = {last_year(key): value for key, value in merged.shares.get(unit, {}).items()}
        had, has = assertion.due(before) or Decimal(0), here.get(unit) or Decimal(0)
        if had != has:
            last = f"上年 {show(had)}" if unit in merged.shares else "上年没有这个单位"
            yield f"{unit}{last}，{f'今年填 {show(has)}' if unit in here else '今年没有计入'}"


def _few(names: Sequence[str]) -> list[str]:
    return [*names[:_NAMED], *([f"等共 {len(names)} 个"] if len(names) > _NAMED else [])]

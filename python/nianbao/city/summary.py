"""The summary workbook: the statutory sheets as live sums over one row per unit, and what the office works with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ..form import CellKey, Form
from ..formfile import load_form
from ..report import Report
from ..wording import table_name
from ..workbook.adjusted import to_confirm
from ..workbook.adjusting import CONFIRMED, UNCONFIRMED, adjusted_by, confirmed_mark
from ..workbook.build import build_workbook
from ..workbook.contents import Cell, Contents, Entry, Formula, Listing
from ..workbook.layout import column_range
from ..workbook.names import PLACES, SUMMARY, UNITS
from .board import Position, board, log
from .changes import Changes
from .changes import listing as listed_changes
from .charts import charts_of
from .gathered import gaps, gathered
from .handed import Handed
from .letterbox import letterbox
from .merge import Merged, figures_of
from .questions import questions
from .results import results
from .units import ADDED, FEE, LEAD, RECEIVED, SHOWN


class Story(NamedTuple):
    """What a summary tells beside its figures: how far the units have come, what moved, the office's own report, the day."""

    positions: tuple[Position, ...]
    today: date
    changes: Changes | None = None
    own: Report | None = None


def build_summary(merged: Merged, report: Report, story: Story) -> bytes:
    """The bytes of the summary workbook; `report` is the sum with what the office wrote in the summary before."""
    form = load_form(report.edition)
    units = _units(merged, form)
    last = units.first_row + max(len(merged.counted), 1) - 1
    ranges = {
        cell: column_range(UNITS, len(LEAD) + 1 + number, units.first_row, last)
        for number, cell in enumerate(form.cells)
    }
    return build_workbook(
        Contents(
            report,
            formulas={cell: _sum_formula(merged, cell, ranges[cell], form) for cell in form.cells},
            marks={cell: Formula(confirmed_mark(cell, form), _mark(cell, merged)) for cell in to_confirm(form)},
            listings=tuple(_listings(merged, units, story, form)),
            kind=SUMMARY,
            charts=charts_of(report, _received(merged), merged.before),
            adjusting=merged.said._replace(ranges=ranges, sums=merged.sums),
        )
    )


def _listings(merged: Merged, units: Listing, story: Story, form: Form) -> list[Listing]:
    """The sheets behind the statutory ones, in the order in which they are worked with."""
    found, year = story.positions, merged.report.year or 0
    written = [(each.report, each.name) for each in merged.counted if each.report]
    return [
        board(found, story.today),
        questions(merged.intake.handed, found, merged.intake.decisions),
        *results(merged.checked),
        letterbox(found, year, story.today),
        units,
        *([listed_changes(story.changes, form)] if story.changes else []),
        *([gaps(story.own, merged.report.values, form)] if story.own else []),
        gathered([report for report, _ in written], [name for _, name in written]),
        log(merged.intake.handed),
    ]


def _sum_formula(merged: Merged, cell: CellKey, cells: str, form: Form) -> str:
    """The sum of one column of 分单位 and of what is added to it; blank while all are blank.

    Free of binary dust, but to all decimals that stand in it.
    """
    added = adjusted_by(cell, form)
    exact = [figure for figure in (merged.sums.get(cell), merged.report.values.get(cell)) if figure is not None]
    return f'=IF(COUNT({cells},{added})=0,"",ROUND(SUM({cells},{added}),{max([PLACES, *map(_decimals, exact)])}))'


def _decimals(figure: Decimal) -> int:
    exponent = figure.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _mark(cell: CellKey, merged: Merged) -> str:
    return CONFIRMED if any(each.cell == cell for each in merged.said.confirmed) else UNCONFIRMED


def _received(merged: Merged) -> list[tuple[str, Decimal | None]]:
    return list(zip([each.agency for each in merged.counted], merged.frame[str(RECEIVED)], strict=True))


def _units(merged: Merged, form: Form) -> Listing:
    """分单位: those that are added up, one below the other, then those that are only shown; sums by kind below."""
    added = zip(merged.counted, merged.frame.itertuples(index=False), strict=True)
    rows = [(ADDED, each, tuple(figures)) for each, figures in added]
    rows += [(SHOWN, each, figures_of(each.report, form)) for each in merged.shown if each.report]
    entries = tuple(_unit(number, *row) for number, row in enumerate(rows, start=1))
    listing = Listing(
        UNITS,
        UNITS,
        f"计入汇总的 {len(merged.counted)} 个单位，一行一个单位，一列一格；二、三、四各表的数都由这里相加得出。"
        + (f"另有 {len(merged.shown)} 个单位只列出、不相加。" if merged.shown else ""),
        _heads(form),
        (6, 10, 28, 28, 8, *[9] * (len(form.cells) + len(FEE))),
        entries,
        frozen=3,
        filtered=True,
    )
    return listing._replace(foot=tuple(_subtotals(listing, merged)))


def _unit(number: int, added: str, handed: Handed, figures: Sequence[Decimal | None]) -> tuple[Entry, ...]:
    fee = handed.report.fee if handed.report else None
    kind = handed.member.kind if handed.member else ""
    return (
        number,
        kind,
        handed.agency,
        handed.name,
        added,
        *figures,
        *((fee.pieces, fee.yuan) if fee else (None, None)),
    )


def _subtotals(units: Listing, merged: Merged) -> Iterator[tuple[Cell, ...]]:
    """One row of sums for each kind of units that are added up, and one for all."""
    if not merged.counted:
        return
    first, last = units.first_row, units.first_row + len(merged.counted) - 1
    kinds = column_range(UNITS, LEAD.index("类别") + 1, first, last)
    present = dict.fromkeys(kind for each in merged.counted if each.member and (kind := each.member.kind))
    for kind in (*(present if len(present) > 1 else ()), ""):
        rows = [row[len(LEAD) :] for row in units.rows[: len(merged.counted)] if kind in {"", row[1]}]
        cells = []
        for number in range(len(LEAD) + 1, len(units.widths) + 1):
            column = column_range(UNITS, number, first, last)
            formula = f'=SUMIF({kinds},"{kind}",{column})' if kind else f"=SUM({column})"
            figures = [value for row in rows if isinstance(value := row[number - len(LEAD) - 1], Decimal)]
            cells.append(Formula(formula, sum(figures, Decimal(0))))
        yield ("", kind, "小计" if kind else "合计", "", "", *cells)


def _heads(form: Form) -> tuple[tuple[str, ...], ...]:
    """Three header rows over the figures: table, row, column."""
    tables = [table_name(form, cell.table) for cell in form.cells]
    rows, columns = ([line(cell).label for cell in form.cells] for line in (form.row, form.column))
    blank, end = ("",) * len(LEAD), ("",) * len(FEE)
    return (
        (*blank, *_changes(tables), *end),
        (*blank, *rows, *end),
        (*LEAD, *columns, *FEE),
    )


def _changes(texts: list[str]) -> list[str]:
    """`texts`, repetitions left blank."""
    return [text if number == 0 or texts[number - 1] != text else "" for number, text in enumerate(texts)]

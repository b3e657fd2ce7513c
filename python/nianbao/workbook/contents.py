"""What goes into a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from ..form import CellKey, Form
from ..formfile import load_form
from ..reading import Reading
from ..report import Report
from ..totals import settled
from .names import RECORD, REPORT, SUMMARY

Entry = str | Decimal | int | None


class Listing(NamedTuple):
    """A plain list on a sheet of its own: `heads` are its header rows, `widths` in characters."""

    sheet: str
    title: str
    note: str
    heads: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Entry, ...], ...]
    frozen: int = 0

    @property
    def first_row(self) -> int:
        """The sheet row, counted from 1, of the first of `rows`."""
        return 3 + len(self.heads)


class Contents(NamedTuple):
    """One report as a workbook shows it.

    `formulas` compute cells that are otherwise typed (a summary's sums); `marks` stand beside the rows of
    cells that need a second look; `listings` are further sheets.
    """

    report: Report
    formulas: Mapping[CellKey, str] = MappingProxyType({})
    marks: Mapping[CellKey, str] = MappingProxyType({})
    listings: tuple[Listing, ...] = ()
    kind: str = REPORT

    @property
    def form(self) -> Form:
        """The edition of the report, as printed."""
        return load_form(self.report.edition)


def of_reading(reading: Reading) -> Contents:
    """The workbook of an imported report: with a sheet that records where it came from."""
    kind = SUMMARY if reading.summary else REPORT
    return Contents(carried(reading.report), listings=(record(reading),), kind=kind)


def carried(report: Report) -> Report:
    """`report` as the printed form holds it.

    A source-only row goes to the last of the rows it stands for, whose others stay blank; totals that
    would be recomputed away stay typed.
    """
    form = load_form(report.edition)
    placed = {_placed(cell, form): value for cell, value in report.values.items()}
    return settled(report._replace(values=placed), form)


def _placed(cell: CellKey, form: Form) -> CellKey:
    if not form.row(cell).source_only:
        return cell
    under = [row.key for row in form.tables[cell.table].rows if row.key.startswith(f"{cell.row}.")]
    return cell._replace(row=under[-1])


def record(reading: Reading) -> Listing:
    """The 导入记录 sheet: what was read with a remark, with its place and raw text."""
    rows = tuple(
        (finding.rule, finding.severity.label, reading.where(finding), finding.message) for finding in reading.findings
    )
    return Listing(
        RECORD,
        "导入记录",
        f"来源：{reading.source}。以下各处请对照原文核对；没有列出的数字按原文照录。",
        (("编号", "类别", "原文位置", "说明"),),
        (8, 8, 14, 90),
        rows or (("", "", "", "没有需要说明的地方。"),),
    )

"""What goes into a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from ..findings import Severity
from ..form import CellKey, Form
from ..formfile import load_form
from ..places import SheetPlace
from ..reading import Reading
from ..report import Report, Values
from ..totals import settled
from .names import ADJUSTMENTS, RECORD, REPORT, SUMMARY


class Formula(NamedTuple):
    """A formula that spreadsheets compute, and what it comes to now."""

    text: str
    value: str | Decimal | int | None


Entry = str | Decimal | int | None
Cell = Entry | Formula


class Listing(NamedTuple):
    """A list on a sheet of its own: `heads` are its header rows, `widths` in characters.

    `foot`: rows below the list, a blank one between.  `filtered`: whether its rows can be filtered.  `opened`: columns
    (from 0) that people write into, with the words they choose from, if any; `spare` blank rows follow for that.
    `tones`: the styles of cells that begin with certain words.
    """

    sheet: str
    title: str
    note: str
    heads: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Entry, ...], ...]
    frozen: int = 0
    foot: tuple[tuple[Cell, ...], ...] = ()
    filtered: bool = False
    opened: Mapping[int, tuple[str, ...]] = MappingProxyType({})
    spare: int = 0
    tones: Mapping[str, str] = MappingProxyType({})

    @property
    def first_row(self) -> int:
        """The sheet row, counted from 1, of the first of `rows`."""
        return 3 + len(self.heads)

    @property
    def last_row(self) -> int:
        """The sheet row of the last of `rows`, or of the spare ones below them."""
        return self.first_row + len(self.rows) + self.spare - 1


class Note(NamedTuple):
    """One thing that a unit is asked to put right.

    `where` names its row, column or text, "" where it concerns none; `message` says all of it.  `place` is where the
    sheet 待办 leads to, None for nowhere; `cells` are those that show it as a comment.
    """

    rule: str
    severity: Severity
    where: str
    message: str
    place: SheetPlace | None = None
    cells: tuple[SheetPlace, ...] = ()

    @property
    def what(self) -> str:
        """`message` for those who read `where` beside it."""
        return self.message.removeprefix(self.where).removeprefix("：")

    @property
    def said(self) -> str:
        """All of it for those who read nothing else."""
        if not self.where or self.message.startswith(self.where):
            return self.message
        return f"{self.where}：{self.message}"


class Notes(NamedTuple):
    """What a unit gets back, in the order of its numbers, and until when it is to hand in again."""

    items: tuple[Note, ...] = ()
    deadline: date | None = None


class Plotted(NamedTuple):
    """A figure of a chart, None where it is blank; `cells` are those of the report that it is the sum of, if any."""

    value: Decimal | None
    cells: tuple[CellKey, ...] = ()


class Chart(NamedTuple):
    """A chart and the table that it is drawn from: `heads` name its series, `rows` have a figure of each by `labels`.

    `lying`: the bars lie on their side; `apart`: the last is the rest of all others.
    """

    title: str
    note: str
    heads: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[tuple[Plotted, ...], ...]
    lying: bool = False
    apart: bool = False

    @property
    def says_something(self) -> bool:
        """Whether there is anything to draw."""
        return any(figure.value for figures in self.rows for figure in figures)


class Adjustment(NamedTuple):
    """What the office adds to the sum of a cell (may be negative), or puts in its place, with its reason."""

    cell: CellKey
    amount: Decimal
    reason: str
    by: str = ""
    date: str = ""


class Unread(NamedTuple):
    """A row of 调整数 that cannot be followed, as the office wrote it, and why."""

    row: int
    name: str
    amount: Entry
    reason: str
    by: str
    date: str
    why: str

    def __str__(self) -> str:
        return f"{ADJUSTMENTS}第{self.row}行“{self.name}”：{self.why}"


class Adjusting(NamedTuple):
    """What the sheet 调整数 shows: the figures of the units by cell, as a range and as their sum, and what the office says of them.

    `unread` stays where it was written until the office has mended it.
    """

    ranges: Mapping[CellKey, str] = MappingProxyType({})
    sums: Values = MappingProxyType({})
    confirmed: tuple[Adjustment, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    unread: tuple[Unread, ...] = ()


class Contents(NamedTuple):
    """One report as a workbook shows it.

    `formulas` compute cells that are otherwise typed (a summary's sums); `marks` stand beside the rows of
    cells that need a second look; `listings` are further sheets; `notes` are what a unit gets back to put right;
    `charts` stand together on one sheet; `adjusting` is what the office makes of the sums of a summary.
    """

    report: Report
    formulas: Mapping[CellKey, str] = MappingProxyType({})
    marks: Mapping[CellKey, Formula] = MappingProxyType({})
    listings: tuple[Listing, ...] = ()
    kind: str = REPORT
    notes: Notes = Notes()
    charts: tuple[Chart, ...] = ()
    adjusting: Adjusting | None = None

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
    placed = {printed_cell(cell, form): value for cell, value in report.values.items()}
    return settled(report._replace(values=placed), form)


def printed_cell(cell: CellKey, form: Form) -> CellKey:
    """`cell`, or the printed one that `carried` puts its figure into."""
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

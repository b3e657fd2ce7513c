"""The summary workbook: the statutory sheets as live sums over one row per unit."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from ..findings import Severity
from ..form import Form
from ..formfile import load_form
from ..wording import table_name
from ..workbook.build import build_workbook
from ..workbook.contents import Contents, Entry, Listing
from ..workbook.layout import column_range
from ..workbook.names import FILES, PLACES, SUMMARY, UNITS
from .merge import Merged, Unit

LEAD = ("序号", "单位", "文件")
"""What stands before the figures of a unit."""
UNCONFIRMED = "待核"


def build_summary(merged: Merged) -> bytes:
    """The bytes of the summary workbook."""
    form = load_form(merged.report.edition)
    units = _units(merged, form)
    first = units.first_row
    return build_workbook(
        Contents(
            merged.report,
            formulas={
                cell: _sum_formula(merged.frame, str(cell), len(LEAD) + 1 + number, first)
                for number, cell in enumerate(form.cells)
            },
            marks={cell: UNCONFIRMED for cell in form.cells if not form.row(cell).additive},
            listings=(units, _files(merged)),
            kind=SUMMARY,
        )
    )


def _sum_formula(frame: pd.DataFrame, name: str, column: int, first: int) -> str:
    """The sum of one column of 分单位, free of binary dust but to all decimals that stand in it; blank while all are blank."""
    figures = [figure for figure in frame[name] if figure is not None]
    cells = column_range(UNITS, column, first, first + max(len(frame), 1) - 1)
    return f'=IF(COUNT({cells})=0,"",ROUND(SUM({cells}),{max([PLACES, *map(_decimals, figures)])}))'


def _decimals(figure: Decimal) -> int:
    exponent = figure.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _units(merged: Merged, form: Form) -> Listing:
    rows = zip(merged.counted, merged.frame.itertuples(index=False), strict=True)
    return Listing(
        UNITS,
        "分单位",
        f"计入汇总的 {len(merged.counted)} 个单位，一行一个单位，一列一格；二、三、四各表的数都由这里相加得出。",
        _heads(form),
        (6, 28, 28, *[9] * len(form.cells)),
        tuple(
            (number, unit.report.agency if unit.report else "", unit.checked.file.name, *figures)
            for number, (unit, figures) in enumerate(rows, start=1)
        ),
        frozen=len(LEAD),
    )


def _heads(form: Form) -> tuple[tuple[str, ...], ...]:
    """Three header rows over the figures: table, row, column."""
    tables = [table_name(form, cell.table) for cell in form.cells]
    rows, columns = ([line(cell).label for cell in form.cells] for line in (form.row, form.column))
    blank = ("",) * len(LEAD)
    return ((*blank, *_changes(tables)), (*blank, *rows), (*LEAD, *columns))


def _changes(texts: list[str]) -> list[str]:
    """`texts`, repetitions left blank."""
    return [text if number == 0 or texts[number - 1] != text else "" for number, text in enumerate(texts)]


def _files(merged: Merged) -> Listing:
    return Listing(
        FILES,
        "文件清单",
        f"共 {len(merged.units)} 个文件，计入 {len(merged.counted)} 个。",
        (("序号", "文件", "单位", "年度", "计入汇总", "错误", "提醒", "问题"),),
        (6, 32, 28, 8, 9, 7, 7, 90),
        tuple(_file(number, unit) for number, unit in enumerate(merged.units, start=1)),
        frozen=2,
    )


def _file(number: int, unit: Unit) -> tuple[Entry, ...]:
    findings = unit.told.findings
    counts = (sum(each.severity is severity for each in findings) for severity in (Severity.ERROR, Severity.WARNING))
    report = unit.report
    return (
        number,
        unit.checked.file.name,
        report.agency if report else "",
        report.year if report else None,
        "否" if unit.problem else "是",
        *counts,
        "\n".join(f"{each.rule} {each.message}" for each in findings if each.severity is not Severity.INFO),
    )

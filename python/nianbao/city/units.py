"""The units of a summary, read back from its sheet 分单位."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..document.facts import Unit
from ..figures import read_figure
from ..form import CellKey, Form
from ..workbook.cellmap import words
from ..workbook.names import STATUS, UNITS
from ..workbook.sheets import Sheets

LEAD = ("序号", "类别", "单位", "文件", "计入")
"""What stands before the figures of a unit."""
FEE = ("信息处理费件数", "信息处理费元")
"""What stands behind them: 件 and 元."""
ADDED, SHOWN = "是", "只列出"
"""Whether the figures of a unit are part of the sum."""
DUE = "应计入"
"""What heads the column of 填报状态 that says whether a unit is to be added up."""
RECEIVED = CellKey("requests", "received", "total")


class Row(NamedTuple):
    """A unit with the file that its figures come from, and whether they are added up; `fee`: 件 and 元."""

    agency: str
    kind: str
    file: str
    added: bool
    values: Mapping[CellKey, Decimal | None]
    fee: tuple[Decimal | None, Decimal | None]


def rows_of(sheets: Sheets, form: Form) -> tuple[Row, ...]:
    """Every unit of a summary; none without the sheet 分单位."""
    return tuple(_rows(sheets[UNITS], form)) if UNITS in sheets.names else ()


def _rows(rows: Sequence[Sequence[object]], form: Form) -> Iterator[Row]:
    heads = next((number for number, row in enumerate(rows) if tuple(row[: len(LEAD)]) == LEAD), len(rows))
    for row in rows[heads + 1 :]:
        padded = [*row, *[None] * (len(LEAD) + len(form.cells) + len(FEE) - len(row))]
        kind, agency, file, added = map(words, padded[1 : len(LEAD)])
        if added not in {ADDED, SHOWN}:
            continue  # sums below the units
        known = [read_figure(figure, "change").value for figure in padded[len(LEAD) :]]
        values = dict(zip(form.cells, known, strict=False))
        pieces, yuan = known[len(form.cells) : len(form.cells) + len(FEE)]
        yield Row(agency, kind, file, added == ADDED, values, (pieces, yuan))


def units_of(sheets: Sheets, form: Form) -> tuple[Unit, ...]:
    """Every unit that a summary adds up, with the applications it received."""
    return tuple(Unit(row.agency, row.values[RECEIVED]) for row in rows_of(sheets, form) if row.added)


def expected_in(sheets: Sheets) -> int | None:
    """How many units a summary was to add up, by its sheet 填报状态; None where no roster said so."""
    rows = sheets[STATUS] if STATUS in sheets.names else []
    at = next((list(row).index(DUE) for row in rows if DUE in row), None)
    due = [row[at] for row in rows if at is not None and len(row) > at]
    return due.count(ADDED) if ADDED in due else None

"""The units of a summary, read back from its sheet 分单位."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..document.facts import Unit
from ..form import CellKey, Form
from ..workbook.names import UNITS
from ..workbook.sheets import Sheets
from .summary import LEAD

_RECEIVED = CellKey("requests", "received", "total")
_AGENCY = LEAD.index("单位")


def units_of(sheets: Sheets, form: Form) -> tuple[Unit, ...]:
    """Every unit that a summary adds up, with the applications it received; none without the sheet 分单位."""
    return tuple(_units(sheets[UNITS], form)) if UNITS in sheets.names else ()


def _units(rows: Sequence[Sequence[object]], form: Form) -> Iterator[Unit]:
    column = len(LEAD) + form.cells.index(_RECEIVED)
    heads = next((number for number, row in enumerate(rows) if tuple(row[: len(LEAD)]) == LEAD), len(rows))
    for row in rows[heads + 1 :]:
        if len(row) > column and row[_AGENCY]:
            figure = row[column]
            yield Unit(str(row[_AGENCY]), Decimal(str(figure)) if isinstance(figure, (int, float)) else None)

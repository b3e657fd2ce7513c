"""Reads the report in an open workbook: one of ours, or any that holds the statutory tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from ..errors import InputError
from ..form import CellKey, Form
from ..importing.spreadsheet import read_spreadsheet
from ..places import SheetPlace
from ..reading import Reading
from ..report import Totals
from ..workbook.alteration.functions import addin_functions, calls_addin, told
from ..workbook.alteration.spelling import shape
from ..workbook.cellmap import CellMap, is_ours
from ..workbook.formulas import zero_formula
from ..workbook.layout import lay_out
from ..workbook.read import read_live
from .session import Session
from .state import Typed


class Found(NamedTuple):
    """The report in an open workbook, in one of ours where everything stands, and the cells that call the add-in."""

    reading: Reading
    cells: CellMap | None
    functions: tuple[SheetPlace, ...] = ()

    @property
    def form(self) -> Form:
        """The form as the workbook prints it."""
        return self.reading.form

    @property
    def ours(self) -> CellMap:
        """Where everything stands; InputError if the workbook is none of ours."""
        if self.cells is None:
            raise InputError(
                self.reading.source, "不是用本工具模板填写的工作簿", "请先用“导入已有报告”转成本工具的工作簿"
            )
        return self.cells

    @property
    def places(self) -> Mapping[CellKey, SheetPlace]:
        """Where the figures stand."""
        return {cell: place for cell, place in self.reading.places.items() if isinstance(place, SheetPlace)}

    @property
    def total_places(self) -> Mapping[CellKey, SheetPlace]:
        """Where totals are typed: in ours the 核对数 cells; InputError where the workbook computes them itself."""
        if self.cells is None:
            return self.places
        if self.reading.report.totals is Totals.AUTOMATIC:
            raise InputError(
                self.reading.source,
                "合计方式是自动合计，合计由表格算出，不用填",
                "要以台账合计为准的，请在封面把“合计方式”改为手工填报",
            )
        named = {cell: self.cells.find(f"typed/{cell}") for cell in self.places}
        return {cell: place for cell, place in named.items() if place}

    def is_blank(self, typed: Typed) -> bool:
        """Whether nobody typed anything: a blank cell of ours shows zero by a formula once zeros are declared."""
        if typed.is_formula:
            return self.cells is not None and shape(str(typed.what)) == shape(
                zero_formula(self.form.cells[0], lay_out(self.form))
            )
        return typed.what == ""


def last_report_year() -> int:
    """The year that reports are written on today."""
    return datetime.now(UTC).astimezone().year - 1


def read_book(session: Session) -> Found:
    """The report in the workbook as it is now; InputError if it has no statutory table.

    Formulas that call the add-in are seen only once they were saved.
    """
    sheets = session.sheets()
    if not is_ours(sheets):
        return Found(read_spreadsheet(sheets, last_report_year()), None)
    saved = session.saved()
    reading, cells = read_live(sheets, saved)
    typed = session.typed(addin_functions(saved))
    functions = tuple(place for place, each in typed.items() if each.is_formula and calls_addin(str(each.what)))
    return Found(reading._replace(findings=(*reading.findings, *told(functions))), cells, functions)

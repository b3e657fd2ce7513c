"""Workbooks in tests: as openpyxl sees them, as people edit them, and what they show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

import openpyxl
from openpyxl import Workbook

from nianbao.places import SheetPlace
from nianbao.reading import Reading
from nianbao.report import Report
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents
from nianbao.workbook.read import read_workbook
from nianbao.workbook.sheets import Sheets, open_sheets


def built(report: Report) -> Workbook:
    """The workbook of `report` as openpyxl sees it: formulas, merges, locks."""
    return openpyxl.load_workbook(BytesIO(build_workbook(Contents(report))))


def edited(report: Report, change: Callable[[Workbook], None], *, stored: bool = False) -> Reading:
    """The workbook of `report`, changed and saved by openpyxl (which drops stored values unless `stored`), read."""
    return read_workbook(_edited(report, change, stored=stored), "x.xlsx")


def edited_bytes(report: Report, place: SheetPlace, entry: object) -> bytes:
    """The file of the workbook of `report` after somebody typed `entry`."""

    def type_in(book: Workbook) -> None:
        book[place.sheet][place.a1] = entry

    return _edited(report, type_in, stored=False)


def _edited(report: Report, change: Callable[[Workbook], None], *, stored: bool) -> bytes:
    book = openpyxl.load_workbook(BytesIO(build_workbook(Contents(report))), data_only=stored)
    change(book)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def typed_in(report: Report, entries: Mapping[SheetPlace, object], *, stored: bool = False) -> Reading:
    """The workbook of `report`, read after people typed (or, for None, deleted) `entries`."""

    def type_in(book: Workbook) -> None:
        for place, entry in entries.items():
            book[place.sheet][place.a1] = entry

    return edited(report, type_in, stored=stored)


def shown(report: Report) -> Sheets:
    """What the workbook of `report` shows before anybody recalculates it."""
    return open_sheets(build_workbook(Contents(report)), "x.xlsx")


def rewritten(reading: Reading) -> Reading:
    """What reads back from a workbook of what was read."""
    return read_workbook(build_workbook(Contents(reading.report)), reading.source)

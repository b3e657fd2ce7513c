"""Builds a locked workbook.  The same contents give the same bytes."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ..report import Report, Totals
from .checksheet import add_checks
from .contents import Contents
from .cover import add_cover
from .explaining import add_explanations
from .fair import add_fair
from .layout import lay_out
from .lists import add_guide, add_listing
from .names import FINGERPRINT, FINGERPRINTS, META, PASSWORD, STAMP, TEMPLATE_VERSION
from .page import Page
from .styles import Styles
from .tables import add_tables
from .texts import add_text
from .verdicts import standings

_CREATED = datetime(2021, 9, 26, tzinfo=UTC).replace(tzinfo=None)  # any fixed date gives equal bytes

# Column widths are counted in digits of the default font; this one, or one as wide, is on every Chinese system.
_FONT = {"default_format_properties": {"font_name": "宋体", "font_size": 11}}


class _Worksheet(Worksheet):  # type: ignore[misc]
    """A sheet whose formulas are written as they are: none has a function newer than Excel 2010 to be renamed."""

    def _prepare_formula(self, formula: str, *_: object, **__: object) -> str:
        return formula.removeprefix("=")


class _Workbook(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook whose structure is locked: sheets cannot be renamed, moved or deleted by accident."""

    worksheet_class = _Worksheet

    def _write_calc_pr(self) -> None:
        # Excel recalculates on load whatever program saved the file last.
        self._xml_empty_tag("calcPr", [("calcId", 191029), ("fullCalcOnLoad", "1")])

    def _write_book_views(self) -> None:
        self._xml_empty_tag("workbookProtection", [("lockStructure", "1")])
        super()._write_book_views()


def build_workbook(contents: Contents) -> bytes:
    """The bytes of the .xlsx file that shows `contents`."""
    target = BytesIO()
    options: dict[str, Any] = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False} | _FONT
    book = _Workbook(target, options)
    report, form = contents.report, contents.form
    book.set_properties({"title": form.title, "subject": report.name, "created": _CREATED})
    for name, value in _stamp(form.edition, contents.kind):
        book.set_custom_property(name if name == STAMP else f"{STAMP}.{name}", value)
    page = Page(book, Styles(book), lay_out(form), contents, standings(form, report))
    add_cover(page)
    for chapter in form.chapters:
        (add_tables if chapter.tables else add_text)(page, chapter)
    add_checks(page)
    add_explanations(page)
    add_fair(page)
    add_guide(page)
    for listing in contents.listings:
        add_listing(page, listing)
    _add_meta(page)
    for sheet in book.worksheets():
        sheet.protect(PASSWORD, {"format_columns": True, "format_rows": True})
    book.close()
    return target.getvalue()


def blank_workbook(edition: str) -> bytes:
    """The blank template of `edition`."""
    return build_workbook(Contents(Report(edition, None, "", totals=Totals.AUTOMATIC)))


def _add_meta(page: Page) -> None:
    """The hidden cell map: the edition, and where each key of the form stands."""
    sheet = page.book.add_worksheet(META)
    sheet.hide()
    named = ((name, str(place)) for name, place in page.layout.named())
    for row, entry in enumerate((*_stamp(page.form.edition, page.contents.kind), *named)):
        sheet.write_row(row, 0, entry)


def _stamp(edition: str, kind: str) -> tuple[tuple[str, str], ...]:
    """What tells that a workbook is ours, and how it looked before anybody altered it."""
    return ((STAMP, TEMPLATE_VERSION), ("edition", edition), ("kind", kind), (FINGERPRINT, FINGERPRINTS[edition]))

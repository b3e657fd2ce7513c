"""Builds a locked workbook.  The same contents give the same bytes."""

from __future__ import annotations

from io import BytesIO

from ..report import Report, Totals
from .adjusting import add_adjusting
from .book import new_book
from .charts import add_charts
from .checksheet import add_checks
from .contents import Contents
from .cover import add_cover
from .explaining import add_explanations
from .fair import add_fair
from .layout import EXPLANATIONS, lay_out
from .lists import add_guide, add_listing
from .names import CHARTS, FINGERPRINT, FINGERPRINTS, META, PASSWORD, STAMP, TEMPLATE_VERSION
from .notes import add_todo
from .page import Page
from .styles import Styles
from .tables import add_tables
from .texts import add_text
from .verdicts import standings


def build_workbook(contents: Contents) -> bytes:
    """The bytes of the .xlsx file that shows `contents`."""
    target = BytesIO()
    report, form = contents.report, contents.form
    book = new_book(target, form.title, report.name)
    for name, value in _stamp(contents):
        book.set_custom_property(name if name == STAMP else f"{STAMP}.{name}", value)
    page = Page(book, Styles(book), lay_out(form), contents, standings(form, report))
    add_cover(page)
    if contents.notes.items:
        add_todo(page)
    for chapter in form.chapters:
        (add_tables if chapter.tables else add_text)(page, chapter)
    add_checks(page)
    add_explanations(page)
    add_fair(page)
    add_guide(page)
    if contents.adjusting is not None:
        add_adjusting(page, contents.adjusting)
    for listing in contents.listings:
        add_listing(page, listing)
    if contents.charts:
        add_charts(page, contents.charts)
    _add_meta(page)
    for sheet in book.worksheets():
        # Charts can be copied and changed: they are for others' documents.
        movable = {"objects": sheet.get_name() == CHARTS}
        filtered = {"autofilter": sheet.get_name() in {each.sheet for each in contents.listings if each.filtered}}
        sheet.protect(PASSWORD, {"format_columns": True, "format_rows": True, **movable, **filtered})
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
    for row, (name, value) in enumerate((*_stamp(page.contents), *named)):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)


def _stamp(contents: Contents) -> tuple[tuple[str, str], ...]:
    """What tells that a workbook is ours, and how it looked before anybody altered it."""
    edition, kind = contents.form.edition, contents.kind
    fingerprint = FINGERPRINTS[edition] if _is_like_template(contents) else ""
    return ((STAMP, TEMPLATE_VERSION), ("edition", edition), ("kind", kind), (FINGERPRINT, fingerprint))


def _is_like_template(contents: Contents) -> bool:
    """Whether all that is locked is as in the blank workbook: no sums over units, no further rows for explanations."""
    return not contents.formulas and len(contents.report.explanations) <= EXPLANATIONS

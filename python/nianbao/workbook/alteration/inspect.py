"""What was changed in a workbook beside its figures, told by comparing it with a blank one.

A workbook that a program only saved again has no changes, whatever it did to styles, widths or the spelling of formulas.
"""

from __future__ import annotations

from collections.abc import Iterator
from zipfile import BadZipFile

from ...checks.tampering import (
    s05_table_missing,
    v10_not_comparable,
    v10_sheet_added,
    v10_sheet_hidden,
    v10_sheet_missing,
    v10_sheet_renamed,
    v10_structure_unprotected,
    v10_unprotected,
)
from ...findings import Finding
from ...form import Form
from ...places import SheetPlace
from ..layout import lay_out
from .changes import Names, cell_changes
from .locate import same_sheets
from .matched import Matched, line_changes, match
from .opened import Opened, blank, opened
from .spelling import squeezed

_UNREADABLE = (AttributeError, BadZipFile, IndexError, KeyError, TypeError, ValueError)
"""What openpyxl raises at files that other programs read."""


def explain(data: bytes, form: Form) -> tuple[Finding, ...]:
    """Every change to the workbook in `data`, an .xlsx file made from the current template of `form`."""
    try:
        found = opened(data)
    except _UNREADABLE:
        return (v10_not_comparable(),)
    return tuple(_compared(blank(form.edition), found, form))


def _compared(template: Opened, found: Opened, form: Form) -> Iterator[Finding]:
    names = same_sheets(_words(template), _words(found))
    tables = {chapter.sheet for chapter in form.chapters if chapter.tables}
    matches = {
        name: match(names[name], page, found.pages[names[name]], is_table=name in tables)
        for name, page in template.pages.items()
        if name in names
    }
    context = Names(names, len(names) < len(template.pages) or any(each.is_moved for each in matches.values()))
    if template.protected and not found.protected:
        yield v10_structure_unprotected()
    for name in template.pages:
        if name in matches and matches[name].lines.rows:
            yield from _on_sheet(matches[name], name, context, form)
        else:
            yield (s05_table_missing if name in tables else v10_sheet_missing)(name)
    for name in found.pages:
        if name not in names.values():
            yield v10_sheet_added(SheetPlace(name, 1, 1))


def _on_sheet(matched: Matched, name: str, names: Names, form: Form) -> Iterator[Finding]:
    top = matched.at((1, 1))
    if matched.name != name:
        yield v10_sheet_renamed(top, name)
    if matched.before.visible and not matched.after.visible:
        yield v10_sheet_hidden(top)
    if matched.before.protected and not matched.after.protected:
        yield v10_unprotected(top)
    yield from line_changes(matched)
    filled = [(place.row, place.column) for _, place in lay_out(form).named() if place.sheet == name]
    yield from cell_changes(matched, names, filled)


def _words(book: Opened) -> dict[str, set[str]]:
    return {name: {squeezed(text) for text in page.texts().values()} for name, page in book.pages.items()}

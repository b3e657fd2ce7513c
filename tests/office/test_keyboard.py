"""A clerk fills the locked template by keyboard alone: Tab goes the form's way, and only what is to be filled can be.

Tab is LibreOffice's own command for it on protected sheets (``.uno:JumpToNextUnprotected``), typing its own
``.uno:EnterString``; both heed protection as the keys do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
from uno_office import Book, Office, Value, needs_bridge

from builders import AGENCY, YEARS, cell, changed, zero_report
from nianbao.check import check
from nianbao.findings import Severity
from nianbao.form import CellKey, Chapter, Form
from nianbao.formfile import load_form
from nianbao.places import SheetPlace, sheet_place
from nianbao.reading import Reading
from nianbao.report import Fee, Filling, Report, Totals
from nianbao.totals import computed, definitions
from nianbao.workbook.build import blank_workbook
from nianbao.workbook.layout import EXPLAINED, EXPLANATIONS, FIELDS, PARAGRAPHS, lay_out
from nianbao.workbook.names import CHARGES, COVER
from nianbao.workbook.read import read_workbook
from nianbao.workbook.status import COMPLETE

pytestmark = [needs_bridge, pytest.mark.office]

WALKED = 40
"""Cells of a sheet without tables that are walked; after some fifty blank rows LibreOffice begins anew."""
MOST = 12
"""Cells that a clerk who has nothing to report may have to touch."""
FAR = 20
"""As often as a clerk has to press Tab on the way from one of them to the next, at most."""
TEXTS = {
    "overview": "本年度加强政府信息公开工作。",
    "problems": "公开不够及时，下一年度改进。",
    "other": "无其他需要报告的事项。",
}


def blank(edition: str, folder: Path) -> Path:
    """The blank template, in a file."""
    path = folder / "template.xlsx"
    path.write_bytes(blank_workbook(edition))
    return path


@pytest.fixture
def template(edition: str, office: Office, tmp_path: Path) -> Iterator[Book]:
    """The blank template, open."""
    with office.opened(blank(edition, tmp_path)) as book:
        yield book


def entered(form: Form, chapter: Chapter) -> list[CellKey]:
    """The cells of a chapter that are typed, in the order in which the form prints them."""
    return [cell for table in chapter.tables for cell in table.cells() if cell not in definitions(form)]


def to_fill(form: Form) -> dict[str, list[SheetPlace]]:
    """By sheet, what is there to be filled, row by row and from left to right."""
    layout = lay_out(form)
    places = [*FIELDS.values(), *layout.filling.values(), *layout.typed.values(), *layout.fee.values()]
    places += [layout.cells[cell] for chapter in form.chapters for cell in entered(form, chapter)]
    places += [place for key, place in layout.notes.items() if place not in FIELDS.values()]
    places += [place._replace(row=place.row + n) for place in layout.paragraphs.values() for n in range(PARAGRAPHS)]
    explained = product(range(EXPLANATIONS), range(4))
    places += [EXPLAINED._replace(row=EXPLAINED.row + n, column=EXPLAINED.column + m) for n, m in explained]
    return {sheet: sorted(each for each in places if each.sheet == sheet) for sheet in {each.sheet for each in places}}


def walk(book: Book, sheet: str, steps: int) -> list[SheetPlace]:
    """Where Tab takes the cursor from the top of a sheet."""
    book.go(SheetPlace(sheet, 1, 1))
    cells = [SheetPlace(sheet, 1, 1)] if "A1" in book.unlocked(sheet) else []
    return cells + [sheet_place(sheet, cell) for cell in book.tab(steps)]


def test_tab_goes_through_all_that_is_to_be_filled_in_the_order_of_the_form(edition: str, template: Book) -> None:
    form = load_form(edition)
    for sheet, places in to_fill(form).items():
        if len(places) > 2 * WALKED and not any(each.sheet == sheet and each.tables for each in form.chapters):
            assert walk(template, sheet, WALKED) == places[:WALKED]
        else:
            assert walk(template, sheet, len(places) + 1) == [*places, places[0]], "after the last cell, the first"
    for chapter in form.chapters:
        if chapter.tables:
            cells = {lay_out(form).cells[cell]: cell for cell in entered(form, chapter)}
            assert [cells[place] for place in to_fill(form)[chapter.sheet] if place in cells] == entered(form, chapter)


def unlocked(book: Book, sheet: str) -> set[SheetPlace]:
    """The cells of a sheet that are not locked; those that a merged cell covers are among them."""
    found = set()
    for block in book.unlocked(sheet):
        first, _, last = block.partition(":")
        (_, top, left), (_, bottom, right) = sheet_place(sheet, first), sheet_place(sheet, last or first)
        found |= {SheetPlace(sheet, *place) for place in product(range(top, bottom + 1), range(left, right + 1))}
    return found


def test_every_sheet_is_protected_and_leaves_open_what_is_to_be_filled(edition: str, template: Book) -> None:
    form = load_form(edition)
    for sheet in template.sheets:
        wanted = set(to_fill(form).get(sheet, []))
        assert template.is_protected(sheet)
        assert wanted <= unlocked(template, sheet)
        assert bool(wanted) == bool(unlocked(template, sheet))


def test_every_entry_cell_takes_a_figure(edition: str, template: Book) -> None:
    form, layout = load_form(edition), lay_out(load_form(edition))
    examples = {"count": Decimal(7), "change": Decimal(-3), "amount": Decimal("0.85")}
    cells = [cell for chapter in form.chapters for cell in entered(form, chapter)]
    figures = {layout.cells[cell]: examples[form.kind(cell)] for cell in cells}
    figures |= {place: Decimal(7) for place in layout.typed.values()}
    assert template.write(figures) == []
    assert template.read(figures) == [float(figure) for figure in figures.values()]


def test_every_locked_cell_refuses(edition: str, template: Book) -> None:
    layout = lay_out(load_form(edition))
    locked = {*layout.last.values(), *map(layout.cells.__getitem__, layout.typed)}
    for sheet in template.sheets:
        locked |= {SheetPlace(sheet, *place) for place in template.values(sheet)} - unlocked(template, sheet)
    assert template.write(dict.fromkeys(locked, 7)) == list(locked)


def test_what_is_typed_into_a_total_is_refused(edition: str, office: Office, tmp_path: Path) -> None:
    layout = lay_out(load_form(edition))
    totals = [layout.cells[cell] for cell in layout.typed]
    with office.opened(blank(edition, tmp_path), hidden=False) as book:
        for place in totals:
            book.go(place)
            book.type("7")
        assert book.read(totals) == [""] * len(totals)


class Filled(NamedTuple):
    """A template that was filled: how it reads back, and what its cover says, before it was saved and after."""

    reading: Reading
    told: list[Value]


def filled(report: Report, typed: Mapping[SheetPlace, str], office: Office, folder: Path) -> Filled:
    """The blank template of the edition of `report` with the words of `typed` entered by keyboard."""
    status = [SheetPlace(COVER, 3, 3)]
    with office.opened(blank(report.edition, folder)) as book:
        for sheet in book.sheets:
            type_in(book, {place: typed[place] for place in sorted(typed) if place.sheet == sheet})
        told = book.read(status)
        saved = book.saved(folder / "filled.xlsx")
    with office.opened(folder / "filled.xlsx") as book:
        return Filled(read_workbook(saved, "filled.xlsx"), told + book.read(status))


def type_in(book: Book, typed: Mapping[SheetPlace, str]) -> None:
    """Go through a sheet by Tab, from the first of its cells that can be filled, and type into those that are to be."""
    first = True
    for place, words in typed.items():
        if first:
            book.go(place._replace(row=1, column=1))
        first = False
        assert book.tab_to(place, FAR)
        book.type(words)


def nothing_to_report(edition: str) -> tuple[Report, dict[SheetPlace, str]]:
    """A report of nothing but zeros, and what is typed for it."""
    form, layout = load_form(edition), lay_out(load_form(edition))
    texts = {key: words for key, words in TEXTS.items() if not layout.fee or key != "other"}
    report = zero_report(edition, totals=Totals.AUTOMATIC)._replace(
        texts=texts,
        filling={each.key: Filling.ALL_ZERO for each in form.chapters if each.tables},
        fee=Fee(charged=False if layout.fee else None),
    )
    typed = {FIELDS["agency"]: AGENCY, FIELDS["year"]: str(YEARS[edition])}
    typed |= {layout.paragraphs[key]: words for key, words in texts.items()}
    typed |= {layout.filling[key]: state.value for key, state in report.filling.items()}
    return report, typed | ({layout.fee["charged"]: CHARGES[False]} if layout.fee else {})


def confirm(expected: Report, typed: Mapping[SheetPlace, str], office: Office, folder: Path) -> None:
    reading, told = filled(expected, typed, office, folder)
    assert reading.report == expected
    assert [each for each in check(reading) if each.severity is Severity.ERROR] == []
    assert told == [COMPLETE, COMPLETE]
    assert len(typed) <= MOST


def test_nothing_to_report_is_said_in_few_cells(edition: str, office: Office, tmp_path: Path) -> None:
    report, typed = nothing_to_report(edition)
    assert len(typed) == 8
    confirm(report, typed, office, tmp_path)


def test_one_application_takes_two_cells_more(edition: str, office: Office, tmp_path: Path) -> None:
    report, typed = nothing_to_report(edition)
    form, layout = load_form(edition), lay_out(load_form(edition))
    one = {f"requests/{row}/natural_person": 1 for row in ("received", "outcome.granted")}
    report = changed(report, one)
    report = report._replace(
        values={**report.values, **computed(report.values, form)},
        filling={**report.filling, "requests": Filling.REST_ZERO},
    )
    typed |= {layout.filling["requests"]: Filling.REST_ZERO.value}
    typed |= {layout.cells[cell(path)]: "1" for path in one}
    confirm(report, typed, office, tmp_path)
    corner = cell("requests/received/total"), cell("requests/outcome.total/total")
    assert [report.values[each] for each in corner] == [1, 1]

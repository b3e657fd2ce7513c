"""哪一格填错了: a slip of the hand typed into the open workbook is named by its own formulas, as Python names it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from uno_office import Book, Office, needs_bridge

from builders import AGENCY, APPLICANTS, YEARS, cell, changed, plus
from nianbao.figures import show
from nianbao.form import CellKey
from nianbao.formfile import load_form
from nianbao.places import SheetPlace
from nianbao.report import Filling, Report, Totals, Values, declared
from nianbao.totals import computed
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents
from nianbao.workbook.culprits import culprit_text
from nianbao.workbook.layout import lay_out
from nianbao.workbook.margins import margins
from nianbao.workbook.verdicts import standings
from test_suspects import planted

pytestmark = [needs_bridge, pytest.mark.office]

BOOKS, SINGLE, SEVERAL = 3, 50, 20
"""How many sound reports of each edition slips are planted in; how many times one slip, and two to six."""
ONE = "疑似只填错一格："


def sound(edition: str, chance: random.Random) -> Report:
    """A report whose table three balances, with small figures and large ones."""
    form = load_form(edition)
    values: dict[CellKey, Decimal | None] = {
        key: Decimal(
            chance.choice([0, 1, chance.randint(2, 9), chance.randint(10, 3000)]) if key.table == "requests" else 0
        )
        for key in form.cells
    }
    for column in APPLICANTS:
        received, brought, total, carried = (
            CellKey("requests", row, column)
            for row in ("received", "brought_forward", "outcome.total", "carried_forward")
        )
        values |= computed(values, form)
        values[brought] = Decimal(chance.randint(0, int(values[total] or 0)))
        values[received] = plus(values, [total, carried]) - plus(values, [brought])
    return Report(edition, YEARS[edition], AGENCY, values | computed(values, form), totals=Totals.TYPED)


class Sheet:
    """The sheet of table three of a sound report, into which wrong figures are typed and taken back."""

    def __init__(self, book: Book, report: Report) -> None:
        self._book, self.report = book, report
        self._form = load_form(report.edition)
        (self._chapter,) = (each for each in self._form.chapters if each.key == "requests")
        self._layout = lay_out(self._form)
        row = margins(self._form, self._chapter).culprit_row
        assert row is not None
        self._told = SheetPlace(self._chapter.sheet, row, 4)

    def says(self, wrong: Report) -> tuple[str, str]:
        """What the sheet says, and what Python says, while the figures of `wrong` stand in it."""
        slips = {cell: value for cell, value in wrong.values.items() if value != self.report.values[cell]}
        self._enter(slips)
        (told,) = self._book.read([self._told])
        self._enter({cell: self.report.values[cell] for cell in slips})
        closed = wrong._replace(values=declared(wrong.values, wrong.filling, self._form))
        expected = culprit_text(self._form, self._layout, closed, standings(self._form, closed), self._chapter)
        return str(told), expected

    def _enter(self, figures: Values) -> None:
        places = {self._layout.typed.get(cell, self._layout.cells[cell]): each for cell, each in figures.items()}
        assert self._book.write(places) == []

    def named(self, cell: CellKey, wrong: Decimal | None) -> str:
        """The sentence that names `cell` as the only one that is wrong."""
        row, column = self._form.row(cell).label, self._form.column(cell).label
        where = f"“{row}”行“{column}”列（{self._layout.cells[cell].a1}）"
        return f"{ONE}{where}，现填 {show(wrong)}，应为 {show(self.report.values[cell])}"


@contextmanager
def opened(report: Report, office: Office, folder: Path) -> Iterator[Sheet]:
    """The workbook of `report`, open."""
    path = folder / "sound.xlsx"
    path.write_bytes(build_workbook(Contents(report)))
    with office.opened(path) as book:
        yield Sheet(book, report)


@pytest.fixture
def sheet(edition: str, office: Office, tmp_path: Path) -> Iterator[Sheet]:
    """An open workbook of a sound report in mode 手工填报."""
    with opened(sound(edition, random.Random(1)), office, tmp_path) as sheet:
        yield sheet


def test_a_planted_slip_is_named_with_its_address_and_the_true_figure(
    edition: str, office: Office, tmp_path: Path
) -> None:
    slips = 0
    for number in range(BOOKS):
        with opened(sound(edition, random.Random(number)), office, tmp_path) as sheet:
            assert sheet.says(sheet.report) == ("", "")
            for wrong, where in planted(sheet.report, SINGLE, 1, number):
                named = [sheet.named(cell, wrong.values[cell]) for cell in where]
                assert sheet.says(wrong) == ("".join(named),) * 2
                slips += len(where)
    assert slips >= 100


def test_of_several_slips_none_is_named_as_the_only_one(edition: str, office: Office, tmp_path: Path) -> None:
    for number in range(BOOKS):
        with opened(sound(edition, random.Random(number)), office, tmp_path) as sheet:
            for wrong, where in planted(sheet.report, SEVERAL, 2 + 2 * number, number):
                told, expected = sheet.says(wrong)
                assert told == expected
                assert (ONE in told) == (len(where) == 1)


def test_of_two_slips_the_rows_and_columns_are_named(sheet: Sheet) -> None:
    form = load_form(sheet.report.edition)
    one, other = cell("requests/outcome.granted/company"), cell("requests/outcome.denied.other_law/law_firm")
    rows, columns = (
        [f"“{line.label}”{unit}" for line in lines]
        for unit, lines in (("行", (form.row(one), form.row(other))), ("列", (form.column(one), form.column(other))))
    )
    asked = f"请核对：{'、'.join(rows)} 与 {'、'.join(columns)}"
    figures = sheet.report.values
    for more in (plus(figures, [other]) + 4001, plus(figures, [other]) + 5002):  # by the same as the first, and by more
        slips = {str(one): str(plus(figures, [one]) + 4001), str(other): str(more)}
        assert sheet.says(changed(sheet.report, slips)) == (asked, asked)


def test_a_slip_beside_balances_that_are_broken_elsewhere_is_not_the_only_one(sheet: Sheet) -> None:
    moved = {"requests/received/company": 7, "requests/received/law_firm": -7}  # their row holds
    wrong = {path: str(plus(sheet.report.values, [cell(path)]) + more) for path, more in moved.items()}
    told, expected = sheet.says(changed(sheet.report, {**wrong, "requests/outcome.granted/natural_person": 4444}))
    assert told == expected
    assert told.startswith("请核对：“")


BLANKS = [
    ("outcome.granted/company", "outcome.granted/law_firm"),
    ("outcome.granted/company", "outcome.denied.inquiry/company"),
    ("outcome.total/company", "outcome.denied.inquiry/company"),
]


def test_a_blank_beside_a_slip_leaves_no_certainty(sheet: Sheet) -> None:
    for slip, blank in BLANKS:
        told, expected = sheet.says(changed(sheet.report, {f"requests/{slip}": 4444, f"requests/{blank}": None}))
        assert told == expected
        assert told.startswith("请核对：“")


def test_a_figure_that_was_deleted_where_blanks_are_zero_is_missed(
    edition: str, office: Office, tmp_path: Path
) -> None:
    report = sound(edition, random.Random(1))._replace(filling={"requests": Filling.REST_ZERO})
    lost = next(key for key in report.values if key.table == "requests" and report.values[key])
    with opened(report, office, tmp_path) as sheet:
        assert sheet.says(changed(report, {str(lost): None})) == (sheet.named(lost, Decimal(0)),) * 2

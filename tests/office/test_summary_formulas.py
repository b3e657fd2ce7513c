"""The summary's formulas, recalculated by LibreOffice, come to what Python stored, also after people typed into it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from lo import convert, needs_office
from stored import POISON, poisoned, stored
from test_validator import Validate, program, validate

from builders import cell
from cities import busy_city, busy_summary, handed_in, idle, summary_of, summed, unit
from nianbao.city.previous import Previous, read_previous
from nianbao.city.trace import trace
from nianbao.city.units import rows_of
from nianbao.formfile import EDITIONS, load_form
from nianbao.places import SheetPlace, sheet_place
from nianbao.workbook.adjusted import position, to_confirm
from nianbao.workbook.contents import Adjustment
from nianbao.workbook.layout import lay_out
from nianbao.workbook.names import ADJUSTMENTS, CHECKS, COVER, UNITS
from nianbao.workbook.sheets import open_sheets

pytestmark = [needs_office, pytest.mark.office]
__all__ = ["program", "validate"]

GRANTED = cell("requests/outcome.granted/company")
IN_FORCE = cell("documents/normative_document/in_force")
FORM = load_form("2021")
LAYOUT = lay_out(FORM)


def recalculated(folder: Path, books: Mapping[str, bytes]) -> dict[str, bytes]:
    """Each workbook as LibreOffice reckons and saves it, by name."""
    files = [folder / f"{name}.xlsx" for name in books]
    for file, data in zip(files, books.values(), strict=True):
        file.write_bytes(data)
    return {file.stem: file.read_bytes() for file in convert(files, "xlsx", folder)}


def typed(workbook: bytes, entries: Mapping[SheetPlace, object]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(workbook))
    for place, entry in entries.items():
        book[place.sheet][place.a1] = entry
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_formula_comes_to_what_is_stored(edition: str, tmp_path: Path) -> None:
    built = busy_summary(edition)
    done = recalculated(tmp_path, {"full": poisoned(built)})["full"]
    sheets = open_sheets(done, "x")
    differing = {
        str(place): (value, found)
        for place, value in stored(built).items()
        if not same(value, found := sheets.at(place)) and not (value == "" and place.sheet in WORKING)
    }
    assert differing == {}


WORKING = {CHECKS, COVER}
"""Sheets with numbers that only formulas look at: nothing is stored beside them."""


def same(value: float | str, found: object) -> bool:
    """Whether a stored and a reckoned result are one; binary dust is none."""
    if isinstance(value, str) or not isinstance(found, (int, float)):
        return str(value) == str(found if found is not None else "")
    return abs(value - found) < 1e-9 * max(1, abs(value)) and found != POISON


FIRST = 13
ENTRIES: Mapping[SheetPlace, object] = {
    sheet_place(ADJUSTMENTS, f"A{FIRST}"): position(GRANTED, FORM, LAYOUT),
    sheet_place(ADJUSTMENTS, f"C{FIRST}"): 5,
    sheet_place(ADJUSTMENTS, f"D{FIRST}"): "漏报",
    sheet_place(ADJUSTMENTS, f"A{FIRST + 1}"): position(GRANTED, FORM, LAYOUT),
    sheet_place(ADJUSTMENTS, f"C{FIRST + 1}"): 100,
    sheet_place(ADJUSTMENTS, f"A{FIRST + 2}"): position(cell("requests/received/total"), FORM, LAYOUT),
    sheet_place(ADJUSTMENTS, f"C{FIRST + 2}"): 7,
    sheet_place(ADJUSTMENTS, f"D{FIRST + 2}"): "合计不能调",
    sheet_place(ADJUSTMENTS, "C10"): 4,
}
"""An adjustment, one without a reason, one of a total, and a confirmed figure."""


@pytest.fixture(scope="module")
def before() -> bytes:
    return summary_of(summed([handed_in(unit("甲局")), handed_in(idle("乙局"))]))


@pytest.fixture(scope="module")
def after(before: bytes, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The summary after people typed into 调整数, and corrected a unit's figure on 分单位."""
    folder = tmp_path_factory.mktemp("typed")
    return recalculated(folder, {"summary": typed(before, ENTRIES)})["summary"]


def previous(data: bytes) -> Previous:
    return read_previous(data, "汇总.xlsx")


def test_what_is_typed_shows_in_the_statutory_sheets_at_once(before: bytes, after: bytes) -> None:
    old, new = (previous(each).reading.report.values for each in (before, after))
    moved = {str(key): (new[key] or 0) - (old[key] or 0) for key in FORM.cells if new[key] != old[key]}
    assert moved == {
        "documents/normative_document/in_force": -3,
        "requests/outcome.granted/company": 5,
        "requests/outcome.granted/total": 5,
        "requests/outcome.total/company": 5,
        "requests/outcome.total/total": 5,
    }


def test_what_the_sheet_counts_is_what_the_next_merge_counts(after: bytes) -> None:
    found = previous(after)
    assert found.said.adjustments == (Adjustment(GRANTED, Decimal(5), "漏报"),)
    assert [each.why for each in found.said.unread] == ["没有写原因", "这一格不在这里调整"]
    again = summed([handed_in(unit("甲局")), handed_in(idle("乙局"))], said=found.said)
    assert again.report.values == found.reading.report.values
    assert all(trace(found, key).due == trace(found, key).total for key in FORM.cells)


def test_marks_say_what_has_become_of_each_row(after: bytes) -> None:
    sheets = open_sheets(after, "x")
    states = [sheets.at(sheet_place(ADJUSTMENTS, f"G{row}")) for row in range(5, FIRST + 4)]
    assert states[:6] == ["待核"] * 5 + ["已核"]
    assert states[FIRST - 5 :] == ["已计入", "请写原因", "请从列表选位置", None]
    assert sheets.at(sheet_place(ADJUSTMENTS, f"B{FIRST}")) == 1
    marks = [row for row in sheets[LAYOUT.cells[IN_FORCE].sheet] if "已核" in row or "待核" in row]
    assert len(marks) == 2


def test_the_units_stay_readable_and_their_sums_right(after: bytes) -> None:
    sheets = open_sheets(after, "x")
    assert [row.agency for row in rows_of(sheets, FORM)] == ["甲局", "乙局"]
    total = next(row for row in sheets[UNITS] if "合计" in row[:4])
    assert total[5 + FORM.cells.index(GRANTED)] == 1


def test_a_figure_that_is_mended_on_the_list_of_units_moves_the_sum(before: bytes, tmp_path: Path) -> None:
    rows = open_sheets(before, "x")[UNITS]
    at = next(number for number, row in enumerate(rows, start=1) if row[2] == "乙局")
    place = SheetPlace(UNITS, at, 6 + FORM.cells.index(GRANTED))
    done = recalculated(tmp_path, {"mended": typed(before, {place: 40})})["mended"]
    assert previous(done).reading.report.values[GRANTED] == 41


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_validator_finds_nothing(edition: str, validate: Validate) -> None:
    assert validate("summary.xlsx", busy_summary(edition)) == []


def test_every_figure_of_the_busy_city_is_traced() -> None:
    found = previous(busy_summary("2021"))
    assert found.said.unread == busy_city("2021").said.unread
    assert found.said.confirmed[0].cell == to_confirm(FORM)[-1]
    assert all(trace(found, key).due == trace(found, key).total for key in FORM.cells)

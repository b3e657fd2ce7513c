"""What LibreOffice saved, in any of its formats, is read back as it was; and it did calculate."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest
from lo import NEVER, convert, needs_office
from stored import POISON, poisoned, stored
from test_live_texts import drawn

import excel
from builders import busy_report
from cities import summary_of, summed
from nianbao.check import Checked
from nianbao.demo import published_city
from nianbao.demo.family import draw_family
from nianbao.form import CellKey
from nianbao.formfile import EDITIONS
from nianbao.reading import Reading
from nianbao.report import Report
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents
from nianbao.workbook.read import read_closely, read_workbook
from test_tampering import REQUESTS, ROW, tampered

pytestmark = [needs_office, pytest.mark.office]
EACH = 3
"""Reports of each edition."""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Report, Path]]:
    """Random workbooks of both editions, with wrong values stored beside every formula."""
    folder, chance = tmp_path_factory.mktemp("books"), random.Random(20240131)
    reports = [drawn(edition, chance) for edition in EDITIONS for _ in range(EACH)]
    files = [folder / f"{number}.xlsx" for number in range(len(reports))]
    for report, file in zip(reports, files, strict=True):
        file.write_bytes(poisoned(build_workbook(Contents(report))))
    return list(zip(reports, files, strict=True))


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
def test_every_format_is_read_as_it_was(books: list[tuple[Report, Path]], suffix: str, tmp_path: Path) -> None:
    saved = convert([file for _, file in books], suffix, tmp_path)
    for (report, _), file in zip(books, saved, strict=True):
        reading = read_closely(file.read_bytes(), file.name)
        assert (reading.report, reading.findings) == (report, ())


def test_a_row_inserted_elsewhere_is_read_right_from_every_format(tmp_path: Path) -> None:
    file = tmp_path / "moved.xlsx"
    file.write_bytes(tampered(lambda book: excel.insert(book, REQUESTS, "row", ROW)))
    told = {"xlsx": "S03", "ods": "V10", "xls": "V10"}
    for suffix, rule in told.items():
        (saved,) = convert([file], suffix, tmp_path / suffix)
        reading = read_closely(saved.read_bytes(), saved.name)
        assert reading.report == busy_report()
        assert [each.rule for each in reading.findings] == [rule], reading.findings


def test_a_summary_recalculates_to_the_published_table(tmp_path: Path) -> None:
    published = published_city()
    units = [Checked(Path(each.agency), Reading("x", each), ()) for each in draw_family(published)]
    file = tmp_path / "summary.xlsx"
    file.write_bytes(poisoned(summary_of(summed(units, "示例市"))))
    (saved,) = convert([file], "xlsx", tmp_path)
    assert read_workbook(saved.read_bytes(), saved.name).report.values == published.values


def test_without_recalculation_the_poison_stays(tmp_path: Path) -> None:
    """The trap that the other tests would fall into: LibreOffice believes what is stored."""
    file = tmp_path / "poisoned.xlsx"
    file.write_bytes(poisoned(build_workbook(Contents(busy_report()))))
    (saved,) = convert([file], "xlsx", tmp_path, recalculate=NEVER)
    reading = read_workbook(saved.read_bytes(), saved.name)
    total = CellKey("requests", "received", "total")
    assert [finding.left for finding in reading.findings if total in finding.cells] == [Decimal(POISON)]
    assert POISON in stored(file.read_bytes()).values()

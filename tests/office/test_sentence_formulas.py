"""The sentences that the formulas of a workbook say, calculated by LibreOffice, are those that Python tells."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from lo import NEVER, convert, needs_office

from builders import YEARS, busy_report, zero_report
from nianbao.form import CellKey
from nianbao.formfile import EDITIONS, load_form
from nianbao.report import Report
from nianbao.sentences import generated, load_sentences
from nianbao.totals import computed
from nianbao.workbook.sentences import paragraph_formula

pytestmark = [needs_office, pytest.mark.office]

DRAWN = 12
POISON = "旧值"
AGENCY, YEAR, CONTACT, FIRST = "$A$1", "$A$2", "$A$3", 10
"""Where words stand on a sheet, and the row of the first figure."""
AMOUNTS = ("429.1", "75.394432", "0.000001", "0.1", "123456789.123456", "12")
COUNTS = (0, 0, 0, 0, 1, 1, 2, 3, 17, 10000, 1234567890123)

MUST_OCCUR = [
    "其中",
    "结果为",
    "结果均为",
    "，为",
    "，均为",
    "均为零",
    "请联系",
    "编制本年度",
    "本年减少",
    "本年增加",
    "没有办结",
    "0.000001万元",
    "429.1万元",
    "1234567890123件",
    '“甲”"乙"&A1',
]
"""Without these among the expected sentences, the draw would leave ways of the language untried."""


def drawn(edition: str, chance: random.Random) -> Report:
    """A report of small and large figures, with blanks or none, often with totals that add up."""
    form = load_form(edition)
    blank = chance.choice([0, 0, 0.02, 0.3])
    counts = chance.choice([COUNTS, COUNTS[:6], COUNTS[:5]])
    values: dict[CellKey, Decimal | None] = {}
    for cell in form.cells:
        figure = (
            chance.choice(AMOUNTS) if form.kind(cell) == "amount" and chance.random() < 0.7 else chance.choice(counts)
        )
        sign = chance.choice([1, -1]) if form.kind(cell) == "change" else 1
        values[cell] = None if chance.random() < blank else sign * Decimal(figure)
    if chance.random() < 0.7:
        values |= computed(values, form)
    agency = chance.choice(["示例市示例局", '“甲”"乙"&A1 局', ""])
    year = chance.choice([YEARS[edition], YEARS[edition], None])
    contact = chance.choice(["", "示例局办公室，0571-00000000"])
    return Report(edition, year, agency, values, particulars={"contact": contact})


def sparse(edition: str, chance: random.Random) -> Report:
    """A report of 0, except a few cells of 1 or 2: these come to sentences that dense figures never reach."""
    zero = zero_report(edition)
    totals = [cell for cell in zero.values if cell.column != "natural_person"]
    return zero._replace(
        values={**zero.values, **{chance.choice(totals): Decimal(chance.randint(1, 2)) for _ in range(6)}}
    )


def alone(edition: str, chance: random.Random) -> Report:
    """A report where everything concluded is of one kind, in table three and in table four."""
    zero, many = zero_report(edition), Decimal(chance.randint(1, 3))
    rows = [row.key for row in load_form(edition).tables["requests"].rows]
    outcome = chance.choice([row for row in rows if row.startswith("outcome.") and row != "outcome.total"])
    way = chance.choice([row.key for row in load_form(edition).tables["review"].rows])
    result = chance.choice(["upheld", "corrected", "other", "pending"])
    changes = {CellKey("requests", row, "total"): many for row in ("received", outcome, "outcome.total")}
    changes |= {CellKey("review", way, column): many for column in (result, "total")}
    return zero._replace(values={**zero.values, **changes})


def write(path: Path, reports: list[Report], chance: random.Random) -> None:
    """A sheet for each of `reports`: its words and figures (blanks empty, or ""), and the formulas with stale text."""
    book = xlsxwriter.Workbook(path)
    for number, report in enumerate(reports):
        _write(book.add_worksheet(str(number)), report, chance)
    book.close()


def _write(sheet: xlsxwriter.worksheet.Worksheet, report: Report, chance: random.Random) -> None:
    rows = {cell: FIRST + number for number, cell in enumerate(load_form(report.edition).cells)}
    for cell, row in rows.items():
        value = report.values[cell]
        if value is not None:
            sheet.write_number(f"A{row}", float(value))
        elif chance.random() < 0.5:
            sheet.write_formula(f"A{row}", '=""')
    sheet.write_string(AGENCY, report.agency)
    sheet.write_string(CONTACT, report.particulars.get("contact", ""))
    if report.year is not None:
        sheet.write_number(YEAR, report.year)
    words = {"agency": AGENCY, "year": YEAR, "contact": CONTACT}
    for row, sentences in enumerate(load_sentences(report.edition).values(), start=1):
        formula = paragraph_formula(sentences, lambda cell: f"A{rows[cell]}", words)
        sheet.write_formula(f"B{row}", formula, None, POISON)


def said(path: Path, reports: list[Report]) -> list[dict[str, str]]:
    """What stands in the cells of the formulas of a saved file."""
    book = openpyxl.load_workbook(path, data_only=True)
    return [
        {key: book[str(number)][f"B{row}"].value or "" for row, key in enumerate(load_sentences(each.edition), start=1)}
        for number, each in enumerate(reports)
    ]


def test_the_formulas_say_what_python_says(tmp_path: Path) -> None:
    chance = random.Random(20240131)
    reports = [make(edition, chance) for edition in EDITIONS for make in (drawn, sparse, alone) for _ in range(DRAWN)]
    reports += [make(edition) for edition in EDITIONS for make in (zero_report, busy_report)]
    write(tmp_path / "sentences.xlsx", reports, chance)
    (saved,) = convert([tmp_path / "sentences.xlsx"], "xlsx", tmp_path)
    expected = [generated(report) for report in reports]
    assert said(saved, reports) == expected
    told = "".join(text for texts in expected for text in texts.values())
    assert [words for words in MUST_OCCUR if words not in told] == []


def test_without_recalculation_the_stale_text_stays(tmp_path: Path) -> None:
    """The trap that the other test would fall into: LibreOffice believes what is stored."""
    write(tmp_path / "stale.xlsx", [busy_report()], random.Random(1))
    (saved,) = convert([tmp_path / "stale.xlsx"], "xlsx", tmp_path, recalculate=NEVER)
    assert set(said(saved, [busy_report()])[0].values()) == {POISON}

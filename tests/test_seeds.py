"""The five real reports: read exactly, told exactly what a reviewer would say, and the same as workbooks."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from builders import shared
from nianbao.check import check
from nianbao.form import CellKey
from nianbao.formfile import load_form
from nianbao.importing.files import read_bytes, read_file
from nianbao.reading import Reading
from nianbao.reportjson import to_data
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import of_reading

SEEDS = ("000", "001", "002", "003", "004")


def seed(number: str) -> Reading:
    """The report in the text of a seed."""
    (path,) = (shared() / "data" / "seeds").glob(f"{number}_*.txt")
    (reading,) = read_file(path)
    return reading


def key(number: str) -> dict[str, object]:
    """The figures beside it, as data."""
    data: dict[str, object] = json.loads((shared() / "data" / "seeds" / f"{number}.json").read_text("utf-8"))
    return data


def as_workbook(reading: Reading) -> Reading:
    """`reading` written as a workbook and read again."""
    (again,) = read_bytes(build_workbook(of_reading(reading)), "工作簿.xlsx")
    return again


def told(reading: Reading) -> list[tuple[str, str]]:
    """The rules that `check` finds broken, and how gravely."""
    return [(finding.rule, finding.severity.value) for finding in check(reading)]


@pytest.mark.parametrize("number", SEEDS)
def test_figures_edition_and_year_are_those_beside_the_text(number: str) -> None:
    data, expected = to_data(seed(number)), key(number)
    assert {name: data[name] for name in ("edition", "year", "tables")} == {
        name: expected[name] for name in ("edition", "year", "tables")
    }


@pytest.mark.parametrize("number", SEEDS)
def test_a_workbook_gives_them_again(number: str) -> None:
    reading = seed(number)
    form = load_form(reading.report.edition)
    again = as_workbook(reading)
    assert again.report.values == {cell: reading.report.values.get(cell) for cell in form.cells}
    assert (again.report.texts, again.report.agency, again.report.year) == (
        reading.report.texts,
        reading.report.agency,
        reading.report.year,
    )


# As a workbook a report has no headings, period or contact of its own to be judged, and what the source lacked is blank: table
# two as a whole, and the lost rows of table three as blocks.  What the documents themselves give is in `test_reviewed`.
EXPECTED_OF_WORKBOOK = {
    "000": [("N20", "warning"), ("A04", "error"), ("B05", "warning"), ("V02", "warning")],
    "001": [("N14", "warning")],
    "002": [("N14", "warning"), ("N17", "info"), ("N17", "info"), ("N20", "warning"), *[("V02", "warning")] * 2],
    "003": [("A11", "warning")],
    "004": [("M03", "error"), ("N14", "warning"), ("V01", "warning"), *[("V02", "warning")] * 3],
}


@pytest.mark.parametrize("number", SEEDS)
def test_findings_of_the_workbook(number: str) -> None:
    assert told(as_workbook(seed(number))) == EXPECTED_OF_WORKBOOK[number]


def test_conversions_are_noted_with_raw_text_and_line() -> None:
    first, second = (finding for finding in check(seed("003")) if finding.rule == "R04")
    assert "原文“减33”已读作 -33" in first.message
    assert "原文“429.1万”已读作 429.1（万元）" in second.message
    assert (seed("003").where(first), seed("003").where(second)) == ("第80行", "第123行")


def test_a_row_of_six_values_is_refused_and_not_placed() -> None:
    reading = seed("004")
    (refused,) = reading.findings
    assert (refused.rule, reading.where(refused)) == ("R02", "第37行")
    assert "应有 7 个数，实有 6 个" in refused.message
    assert not [cell for cell in reading.report.values if cell.row == "carried_forward"]


def test_missing_rows_are_named() -> None:
    (rows,) = [
        finding for finding in check(seed("004")) if finding.rule == "R03" and finding.cells[0].table == "requests"
    ]
    assert "“一、本年新收政府信息公开申请数量”至“3.补正后申请内容仍不明确”共15行" in rows.message


@pytest.mark.parametrize("change", [1, -1, 10])
def test_one_false_cell_of_table_three_is_named_by_row_and_column(change: int) -> None:
    reading = seed("003")
    form = load_form("2019")
    table = form.tables["requests"]
    for cell in table.cells():
        value = (reading.report.values[cell] or Decimal(0)) + change
        false = reading._replace(report=reading.report._replace(values={**reading.report.values, cell: value}))
        found = {finding.rule: finding for finding in check(false) if finding.rule in {"B01", "B02", "B03"}}
        assert set(found) == expected_rules(cell)
        for rule, finding in found.items():
            line = form.row(cell).label + "”行" if rule == "B02" else form.column(cell).label + "”列"
            assert f"“{line}" in finding.message
            assert cell in finding.cells
            assert abs(finding.difference or 0) == abs(change)


def expected_rules(cell: CellKey) -> set[str]:
    """The balances that one false cell breaks: its row's sum, and its column's outcomes or its column's balance."""
    ends = {"received", "brought_forward", "carried_forward"}
    columns = {"B01"} if cell.row in ends else {"B01", "B03"} if cell.row == "outcome.total" else {"B03"}
    return {"B02"} | columns

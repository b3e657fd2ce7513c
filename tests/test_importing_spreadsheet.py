"""The statutory tables on the sheets of any workbook."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import AGENCY, any_report, blank_report, busy_report, cell, changed
from nianbao.errors import InputError
from nianbao.importing.spreadsheet import read_spreadsheet
from nianbao.places import SheetPlace
from nianbao.report import Report
from plain import Grid, grids, place, sheets, title


def given_back(report: Report, **layout: Any) -> None:  # noqa: ANN401 - what `grids` takes
    reading = read_spreadsheet(sheets({"说明": title(report), **grids(report, **layout)}))
    assert reading.report.values == report.values
    assert (reading.report.agency, reading.report.year) == (report.agency, report.year)
    assert reading.findings == ()
    for key, at in reading.places.items():
        shift = {name: layout.get(name, 0) for name in ("down", "right")}
        assert at == place(report, key, **shift)


@pytest.mark.parametrize("layout", [{}, {"down": 3, "right": 2}, {"beside": True}], ids=str)
def test_figures_are_found_wherever_the_tables_stand(edition: str, layout: dict[str, Any]) -> None:
    given_back(busy_report(edition), **layout)
    given_back(blank_report(edition), **layout)


@given(data=st.data())
def test_any_figures_are_found(data: st.DataObject) -> None:
    edition = data.draw(st.sampled_from(["2019", "2021"]))
    drawn = data.draw(any_report(edition, absent=False))
    given_back(Report(edition, drawn.year, AGENCY, drawn.values), down=data.draw(st.integers(0, 3)))


def requests(report: Report) -> Grid:
    return grids(report)["三、依申请公开"]


def test_one_table_alone_is_enough_where_its_labels_tell_the_edition() -> None:
    reading = read_spreadsheet(sheets({"Sheet1": requests(busy_report())}))
    assert reading.report.edition == "2021"
    assert reading.report.year is None
    assert {key.table for key in reading.report.values} == {"requests"}
    assert reading.places[cell("requests/received/total")] == SheetPlace("Sheet1", 4, 10)


def test_a_year_decides_where_labels_do_not() -> None:
    review = sheets({"Sheet1": grids(busy_report())["四、复议诉讼"]})
    with pytest.raises(InputError, match="看不出用的是哪个版式"):
        read_spreadsheet(review)
    assert read_spreadsheet(review, 2020).report.edition == "2019"
    assert read_spreadsheet(review, 2023).report.edition == "2021"
    assert read_spreadsheet(review, 2023).report.year is None


def test_a_figure_under_no_header_is_not_taken_for_another() -> None:
    grid = requests(busy_report())
    for row in grid:
        row.insert(5, None)  # a column of the office's own, between those of the form
    grid[4][5] = 3.0
    reading = read_spreadsheet(sheets({"Sheet1": grid}))
    (finding,) = reading.findings
    assert finding.rule == "R02"
    assert "第二行" not in finding.message
    assert {key.row for key in finding.cells} == {"brought_forward"}
    found = {key: value for key, value in reading.report.values.items() if key.row != "brought_forward"}
    assert found == {key: value for key, value in busy_report().values.items() if key in found}


def test_columns_in_another_order_are_refused() -> None:
    grid = requests(busy_report())
    for row in grid:
        row[4], row[5] = row[5], row[4]
    reading = read_spreadsheet(sheets({"Sheet1": grid}))
    assert reading.report.values == {}
    assert {finding.rule for finding in reading.findings} == {"R02"}


def test_what_no_number_can_be_is_told_with_its_cell() -> None:
    grid = requests(changed(busy_report(), {"requests/received/company": None}))
    grid[3][4] = "若干"
    (finding,) = read_spreadsheet(sheets({"Sheet1": grid})).findings
    assert (finding.rule, finding.place) == ("R02", SheetPlace("Sheet1", 4, 5))
    assert "若干" in finding.message


@pytest.mark.parametrize(
    "grid", [[], [["姓名", "电话"], ["某某", 123.0]], [[None, None]]], ids=["empty", "other", "blank"]
)
def test_a_workbook_without_statutory_tables_is_refused(grid: Grid) -> None:
    with pytest.raises(InputError, match=r"没有找到法定表格|看不出用的是哪个版式"):
        read_spreadsheet(sheets({"Sheet1": grid}), 2023)

"""How published tables really look: each oddity is read right or reported, and spoils nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from builders import busy_report, cell
from nianbao.check import check_source
from nianbao.figures import show
from nianbao.importing.html import read_html
from nianbao.reading import Reading
from nianbao.report import Report
from plain import Grid, grids, place

COUNT, AMOUNT = "requests/received/natural_person", {"2019": "procurement/central/amount", "2021": "fees/fee/charged"}
CHANGE = "licensing/licence/change"


def page(report: Report, tables: Mapping[str, Grid]) -> bytes:
    """A web page with the tables as an office's editor leaves them; what is put into cells is markup."""
    rows = (
        "<tr>" + "".join(f"<td>{_shown(each)}</td>" for each in row) + "</tr>"
        for grid in tables.values()
        for row in grid
    )
    title = f"{report.agency}{report.year}年政府信息公开工作年度报告"
    return f'<html><meta charset="utf-8"><body><h1>{title}</h1><table>{"".join(rows)}</table></body></html>'.encode()


def _shown(content: object) -> str:
    if isinstance(content, float):
        return show(Decimal(f"{content:.15g}"))
    return "" if content is None else str(content)


def read(report: Report, tables: Mapping[str, Grid]) -> Reading:
    reading = read_html(page(report, tables), "x.html")
    return reading._replace(findings=check_source(reading))


def others_are_right(reading: Reading, report: Report, *paths: str) -> None:
    odd = {cell(path) for path in paths}
    found = {key: value for key, value in reading.report.values.items() if key not in odd}
    assert found == {key: value for key, value in report.values.items() if key not in odd and key in found}
    assert {key for key in report.values if key not in found and key not in odd} == set()


CELLS = [
    # what it is, edition, cell, what stands in it, the figure read ("" blank, None not taken), the rule that tells of it
    ("full-width spaces before digits (seed 000)", "2021", COUNT, "　　5", "5", ""),
    ("a space behind (p15)", "2021", COUNT, "0 ", "0", ""),
    ("a space before (p34)", "2021", COUNT, " 53", "53", ""),
    ("a blank that does not break (p27)", "2021", COUNT, "&nbsp;0", "0", ""),
    ("bare text beside a paragraph (f03)", "2021", COUNT, "<p>&nbsp;</p>77", "77", ""),
    ("a span for each character (f18)", "2021", COUNT, "<span>1</span><span>2</span>", "12", ""),
    ("a blank cell (p11)", "2021", COUNT, "", "", ""),
    ("blank lines around (p40)", "2021", COUNT, "<br><br>8<br>", "8", ""),
    ("a slash (p24)", "2021", COUNT, "/", "", "V03"),
    ("a hyphen (p07)", "2021", COUNT, "-", "", "V03"),
    ("a dash", "2021", COUNT, "—", "", "V03"),
    ("a word for nothing", "2021", COUNT, "无", "", "V03"),
    ("thousands", "2021", COUNT, "1,234", "1234", ""),
    ("full-width digits", "2021", COUNT, "１２", "12", ""),
    ("a measure word (p51)", "2021", COUNT, "12件", "12", "R04"),
    ("words (p27)", "2021", COUNT, "若干", None, "R02"),
    ("a question mark and a figure (p27)", "2021", COUNT, "? 0", None, "R02"),
    ("two figures on two lines (f02)", "2021", COUNT, "3<br>5", None, "R02"),
    ("two figures with a space", "2021", COUNT, "3 5", None, "R02"),
    ("a raised digit", "2021", COUNT, "5<sup>2</sup>", None, "R02"),
    ("a figure in words", "2021", COUNT, "三", None, "R02"),
    ("减33 (seed 003)", "2019", CHANGE, "减33", "-33", "R04"),
    ("a plus sign (p17)", "2019", CHANGE, "+2", "2", ""),
    ("a minus sign (p16)", "2019", CHANGE, "-11", "-11", ""),
    ("a true minus (f03)", "2019", CHANGE, "−18", "-18", ""),
    ("增2", "2019", CHANGE, "增2", "2", "R04"),
    ("429.1万 (seed 003)", "2019", AMOUNT["2019"], "429.1万", "429.1", "R04"),
    ("元 (f02)", "2019", AMOUNT["2019"], "75394432.52元", "7539.443252", "R04"),
    ("six decimals (f04)", "2021", AMOUNT["2021"], "24252.311082", "24252.311082", ""),
    ("a zero at the end (p36)", "2019", AMOUNT["2019"], "18.8710", "18.871", ""),
    ("what was bought (p32)", "2019", AMOUNT["2019"], "公务用车10辆", None, "R02"),
]


@pytest.mark.parametrize(
    ("edition", "path", "content", "figure", "rule"), [row[1:] for row in CELLS], ids=[row[0] for row in CELLS]
)
def test_cells(edition: str, path: str, content: str, figure: str | None, rule: str) -> None:
    report = busy_report(edition)
    tables, at = grids(report), place(report, cell(path))
    tables[at.sheet][at.row - 1][at.column - 1] = content
    reading = read(report, tables)
    told = [finding for finding in reading.findings if cell(path) in finding.cells and finding.rule != "R03"]
    assert [finding.rule for finding in told] == ([rule] if rule else [])
    if figure is None:
        assert cell(path) not in reading.report.values
    else:
        assert show(reading.report.values[cell(path)]) == figure
    others_are_right(reading, report, path)


LABELS = [
    # what it is, the label, how it is written
    ("a space inside (p53)", "规章", "规 章"),
    ("、 for . (f09)", "1.属于国家秘密", "1、属于国家秘密"),
    ("half a bracket (p09)", "（一）予以公开", "一)予以公开"),
    ("narrow brackets", "（七）总计", "(七)总计"),
    ("a header on two lines", "社会公益组织", "社会公益<br>组织"),
    ("a header of two paragraphs", "法律服务机构", "<p>法律服务</p><p>机构</p>"),
    ("one character a line (seed 002)", "三、本年度办理结果", "<br>".join("三、本年度办理结果")),
    ("the old name (p44)", "行政规范性文件", "规范性文件"),
    ("other quotation marks", "3.危及“三安全一稳定”", "3.危及&quot;三安全一稳定&quot;"),
]


@pytest.mark.parametrize(("label", "spelled"), [row[1:] for row in LABELS], ids=[row[0] for row in LABELS])
def test_labels(label: str, spelled: str) -> None:
    report = busy_report()
    tables = {
        name: [[spelled if content == label else content for content in row] for row in grid]
        for name, grid in grids(report).items()
    }
    reading = read(report, tables)
    assert reading.findings == ()
    assert reading.report.values == report.values


def test_a_label_that_nobody_knows_is_told_with_its_row() -> None:
    report = busy_report()
    tables = grids(report)
    for row in tables["三、依申请公开"]:
        row[:] = ["2.别的法规禁止公开" if content == "2.其他法律行政法规禁止公开" else content for content in row]
    reading = read(report, tables)
    assert any("2.别的法规禁止公开" in finding.message for finding in reading.findings if finding.rule == "R02")
    lost = [key for key in report.values if key.row == "outcome.denied.other_law"]
    assert not set(lost) & reading.report.values.keys()
    others_are_right(reading, report, *map(str, lost))


def test_a_row_that_the_form_does_not_have_is_told() -> None:
    report = busy_report("2019")
    tables = grids(report)
    sheet = tables["二、主动公开"]
    at = next(number for number, row in enumerate(sheet) if "规范性文件" in row)
    sheet.insert(at + 1, ["其他主动公开文件", 1.0, 2.0, 3.0, *[None] * (len(sheet[0]) - 4)])
    reading = read(report, tables)
    (finding,) = reading.findings
    assert finding.rule == "R02"
    assert "其他主动公开文件 1 2 3" in finding.message
    assert reading.report.values == report.values

"""The charts of a summary: what is drawn, from which figures, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from lo import convert, needs_office
from lxml import etree

from builders import Value, balanced, blank_report, busy_report, cell, changed, zero_report
from nianbao.city.charts import MOST_NAMED, charts_of
from nianbao.formfile import EDITIONS, load_form
from nianbao.report import Report
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Chart, Contents
from nianbao.workbook.layout import lay_out
from nianbao.workbook.names import CHARTS
from nianbao.workbook.sheets import Sheets, open_sheets

UNITS = (("甲局", Decimal(3)), ("乙局", Decimal(14)), ("丙局", Decimal(0)))
RESULTS, APPLICANTS, MOST, YEARS, DISPUTES = range(5)


def units(*figures: int | None) -> list[tuple[str, Value]]:
    return [(f"第{n}局", None if figure is None else Decimal(figure)) for n, figure in enumerate(figures, start=1)]


def last_year(report: Report) -> Report:
    assert report.year
    return changed(report, {"requests/received/total": 8})._replace(year=report.year - 1)


def figures(chart: Chart) -> dict[str, tuple[Decimal | int | None, ...]]:
    return {label: tuple(each.value for each in row) for label, row in zip(chart.labels, chart.rows, strict=True)}


def counts(chart: Chart) -> dict[str, int | None]:
    return {label: None if figure is None else int(figure) for label, (figure,) in figures(chart).items()}


def drawn(report: Report, known: Sequence[tuple[str, Value]] = UNITS, last: Report | None = None) -> bytes:
    return build_workbook(Contents(report, charts=charts_of(report, known, last)))


def parts(data: bytes, start: str) -> list[etree._Element]:
    with ZipFile(BytesIO(data)) as package:
        return [etree.fromstring(package.read(name)) for name in package.namelist() if name.startswith(start)]


def categories(chart: etree._Element) -> list[tuple[str | None, ...]]:
    """The labels that each series of a chart remembers."""
    return [tuple(label.text for label in each.iterfind(".//{*}v")) for each in chart.iterfind(".//{*}cat")]


def sheet_xml(data: bytes, name: str) -> etree._Element:
    return parts(data, f"xl/worksheets/sheet{names(data).index(name) + 1}.xml")[0]


def names(data: bytes) -> list[str | None]:
    (book,) = parts(data, "xl/workbook.xml")
    return [sheet.get("name") for sheet in book.iterfind(".//{*}sheet")]


def texts(data: bytes) -> list[str]:
    return [str(entry) for row in open_sheets(data, "x.xlsx")[CHARTS] for entry in row if entry not in {"", None}]


def beside(sheets: Sheets) -> dict[str, object]:
    """What stands right of every text of the sheet."""
    return {entry: right for row in sheets[CHARTS] for entry, right in pairwise(row) if isinstance(entry, str)}


@pytest.mark.parametrize("edition", EDITIONS)
def test_results_are_counted_by_kind_whatever_the_edition_has_under_them(edition: str) -> None:
    chart = charts_of(busy_report(edition), UNITS, None)[RESULTS]
    assert counts(chart) == {
        "（一）予以公开": 6,
        "（二）部分公开": 2,
        "（三）不予公开": 2,
        "（四）无法提供": 4,
        "（五）不予处理": 2,
        "（六）其他处理": 2,
    }
    assert {key.column for row in chart.rows for key in row[0].cells} == {"total"}


@given(balanced())
def test_results_add_up_to_their_total(report: Report) -> None:
    chart = charts_of(report, (), None)[RESULTS]
    results = (figure or 0 for figure in counts(chart).values())
    assert sum(results) == report.values[cell("requests/outcome.total/total")]


def test_a_sum_is_blank_while_one_of_its_figures_is() -> None:
    report = changed(busy_report(), {"requests/outcome.denied.internal/total": None})
    assert counts(charts_of(report, UNITS, None)[RESULTS])["（三）不予公开"] is None


def test_applicants_are_those_of_new_applications() -> None:
    chart = charts_of(busy_report(), UNITS, None)[APPLICANTS]
    assert counts(chart) == {
        "自然人": 9,
        "商业企业": 1,
        "科研机构": 1,
        "社会公益组织": 2,
        "法律服务机构": 3,
        "其他": 1,
    }


def test_disputes_by_case_and_outcome() -> None:
    chart = charts_of(busy_report(), UNITS, None)[-1]
    assert chart.heads == ("结果维持", "结果纠正", "其他结果", "尚未审结")
    assert figures(chart) == {"行政复议": (3, 1, 0, 2), "未经复议直接起诉": (1, 0, 0, 0), "复议后起诉": (0, 0, 1, 1)}


@pytest.mark.parametrize(
    ("known", "bars", "said"),
    [
        (units(1, 3, 2), {"第2局": 3, "第3局": 2, "第1局": 1}, ""),
        (units(*range(12, 0, -1)), {f"第{n}局": 13 - n for n in range(1, 11)} | {"其余 2 个单位合计": 3}, ""),
        (units(*[5] * 11), {f"第{n}局": 5 for n in range(1, 11)} | {"其余 1 个单位合计": 5}, ""),
        (units(0, 4, 0), {"第2局": 4}, "其余 2 个单位没有收到申请"),
        (units(None, 4), {"第2局": 4}, "1 个单位没有填"),
        (units(0, None), {}, "没有"),
        ([], {}, ""),
    ],
)
def test_the_units_with_most_applications(known: list[tuple[str, Value]], bars: dict[str, int], said: str) -> None:
    chart = charts_of(busy_report(), known, None)[MOST]
    assert list(counts(chart).items()) == list(bars.items())
    assert said in chart.note
    assert chart.apart == any(label.startswith("其余") for label in bars)
    assert len(bars) <= MOST_NAMED + 1


def test_both_years_stand_side_by_side_where_last_year_is_known() -> None:
    report = busy_report()
    chart = charts_of(report, UNITS, last_year(report))[YEARS]
    assert chart.heads == ("2022年", "2023年")
    assert figures(chart) == {"本年新收": (8, 17), "本年办结": (18, 18), "结转下年": (2, 2)}
    assert [[bool(each.cells) for each in row] for row in chart.rows] == [[False, True]] * 3
    assert len(charts_of(report, UNITS, None)) == len(charts_of(report, UNITS, report)) - 1


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_chart_is_in_the_workbook_with_its_figures(edition: str) -> None:
    report = busy_report(edition)
    charts = charts_of(report, UNITS, last_year(report))
    found = parts(drawn(report, last=last_year(report)), "xl/charts/chart")
    assert len(found) == len(charts) == 5
    for chart, xml in zip(charts, found, strict=True):
        assert "".join(map(str, xml.xpath("//*[local-name()='title']//text()"))).strip() == chart.title
        cached = [[float(v.text or "") for v in each.iterfind(".//{*}v")] for each in xml.iterfind(".//{*}val")]
        assert cached == [[float(figure or 0) for figure in column] for column in zip(*figures(chart).values())]  # noqa: B905
        assert all(labels == chart.labels for labels in categories(xml))


def test_series_that_stand_side_by_side_are_filled_in_different_ways() -> None:
    for xml in parts(drawn(busy_report(), last=last_year(busy_report())), "xl/charts/chart"):
        looks = [etree.tostring(each[0]) for each in xml.iterfind(".//{*}ser/{*}spPr")]
        assert len(set(looks)) == len(looks)
        assert all(each.get("val") == "1" for each in xml.iterfind(".//{*}ser/{*}dLbls/{*}showVal"))


@pytest.mark.parametrize("report", [zero_report(), blank_report()], ids=["zero", "blank"])
def test_charts_of_nothing_are_told_instead_of_drawn(report: Report) -> None:
    data = drawn(report, units(0, None), blank_report())
    assert parts(data, "xl/charts/chart") == []
    assert sum("没有画图" in text for text in texts(data)) == 5
    assert "2023年新收申请的申请人（单位：件）" in texts(data)


def test_only_what_is_nothing_is_left_out() -> None:
    report = changed(zero_report(), {"review/reconsideration/pending": 1})
    data = drawn(report, [])
    assert len(parts(data, "xl/charts/chart")) == 1
    assert sum("没有画图" in text for text in texts(data)) == 3


def test_a_workbook_without_charts_has_no_sheet_for_them() -> None:
    assert CHARTS not in names(build_workbook(Contents(busy_report())))


def test_the_figures_stand_beside_the_charts_and_blanks_stay_blank() -> None:
    report = changed(busy_report(), {"requests/received/company": None})
    shown = beside(open_sheets(drawn(report), "x.xlsx"))
    assert (shown["自然人"], shown["商业企业"], shown["（四）无法提供"], shown["乙局"]) == (9, "", 4, 14)


def test_names_are_texts_whatever_they_look_like() -> None:
    known = ["=1+1", "https://x.example", "<&>局", "某" * 60]
    data = drawn(busy_report(), [(name, Decimal(5)) for name in known])
    assert set(known) <= set(texts(data))
    assert categories(parts(data, "xl/charts/chart")[MOST]) == [tuple(known)]


def test_charts_can_be_taken_out_but_cells_stay_locked() -> None:
    data = drawn(busy_report())
    locks = {name: sheet_xml(data, name).find("{*}sheetProtection") for name in (CHARTS, "封面")}
    assert {name: lock is not None and lock.get("objects") for name, lock in locks.items()} == {
        CHARTS: None,
        "封面": "1",
    }
    assert all(lock is not None and lock.get("sheet") == "1" for lock in locks.values())


@pytest.mark.parametrize(("last", "pages"), [(None, 2), (busy_report(), 3)])
def test_two_charts_stand_on_a_page(last: Report | None, pages: int) -> None:
    assert len(sheet_xml(drawn(busy_report(), last=last), CHARTS).findall(".//{*}brk")) == pages - 1


def test_the_same_charts_give_the_same_bytes() -> None:
    assert drawn(busy_report()) == drawn(busy_report())


@needs_office
@pytest.mark.office
def test_tables_of_charts_follow_the_figures(tmp_path: Path) -> None:
    for edition in EDITIONS:
        book = openpyxl.load_workbook(BytesIO(drawn(busy_report(edition))))
        places = lay_out(load_form(edition)).cells
        new = {"requests/outcome.unavailable.not_held/total": 40, "requests/received/company": None}
        for path, figure in new.items():
            place = places[cell(path)]
            book[place.sheet][place.a1] = figure
        book.save(tmp_path / f"{edition}.xlsx")
    for done in convert([tmp_path / f"{edition}.xlsx" for edition in EDITIONS], "xlsx", tmp_path / "office"):
        shown = beside(open_sheets(done.read_bytes(), "x.xlsx"))
        assert (shown["（四）无法提供"], shown["商业企业"], shown["（一）予以公开"], shown["乙局"]) == (40, "", 6, 14)

"""V rules."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from builders import blank_report, busy_report, cell, changed, hybrid, without, zero_report
from nianbao.checks.applicants import b04_no_total, b05_no_breakdown
from nianbao.checks.values import (
    ALL_ZERO,
    v01_blank_in_disclosure,
    v02_blank_block,
    v03_placeholder,
    v04_count,
    v05_change,
    v06_amount,
)
from nianbao.figures import read_figure
from nianbao.findings import Finding, Severity
from nianbao.form import CellKey, Form
from nianbao.formfile import load_form
from nianbao.places import LinePlace
from nianbao.reading import Reading
from nianbao.report import Report, Totals
from nianbao.totals import definitions


def reading(report: Report, *noted: str) -> tuple[Reading, Form]:
    """What a check takes: `report`, with a finding of reading about each of the cells `noted`."""
    findings = tuple(Finding("R02", Severity.ERROR, "认不准", (cell(path),)) for path in noted)
    return Reading("某.docx", report, findings), load_form(report.edition).holding(report.values)


def blanks(report: Report, *noted: str) -> Iterator[Finding]:
    """What is told of blanks, those that need something else than a zero (B04, B05) included."""
    for rule in (v01_blank_in_disclosure, v02_blank_block, b04_no_total, b05_no_breakdown):
        yield from rule(*reading(report, *noted))


def told(findings: Iterator[Finding]) -> list[tuple[str, str, int]]:
    return [(each.rule, each.severity.value, len(each.cells)) for each in findings]


@pytest.mark.parametrize("report", [busy_report(), busy_report("2019"), hybrid(busy_report()), zero_report()])
def test_a_complete_report_has_no_blanks(report: Report) -> None:
    assert list(blanks(report)) == []


@pytest.mark.parametrize(
    ("blank", "message"),
    [
        (
            ["fees/fee/charged"],
            "二、主动公开 第二十条第（八）项“行政事业性收费”行、“本年收费金额（单位：万元）”列有 1 格没有填。",
        ),
        (
            ["documents/regulation/issued", "documents/regulation/repealed", "documents/normative_document/repealed"],
            "二、主动公开 第二十条第（一）项“规章”“行政规范性文件”行、“本年制发件数”“本年废止件数”列有 3 格没有填。",
        ),
    ],
)
def test_v01_names_the_blank_cells_of_table_two(blank: list[str], message: str) -> None:
    (finding,) = blanks(changed(busy_report(), dict.fromkeys(blank)))
    assert finding == Finding("V01", Severity.WARNING, f"{message}{ALL_ZERO}。", tuple(map(cell, blank)))


def test_v02_is_one_finding_for_each_block_that_touches() -> None:
    rows = ("outcome.declined.published", "outcome.declined.excessive", "outcome.declined.reissue")
    block = [f"requests/{row}/{column}" for row in rows for column in ("natural_person", "company")]
    alone = "requests/received/law_firm"
    review = ["review/reconsideration/total", "review/litigation.direct/upheld"]
    found = list(blanks(changed(busy_report(), dict.fromkeys([*block, alone, *review]))))
    assert told(iter(found)) == [*[("V02", "warning", size) for size in (1, 6, 1)], ("B04", "warning", 1)]
    assert found[1].message == (
        "三、依申请公开“3.要求提供公开出版物”“4.无正当理由大量反复申请”“5.要求行政机关确认或重新出具已获取信息”行、"
        "“自然人”“商业企业”列有 6 格没有填。没有发生的请填 0（选中这些格，键入 0，按 Ctrl+Enter 一次填完）。"
    )
    assert found[1].cells == tuple(map(cell, block))


@pytest.mark.parametrize(("edition", "disclosure", "requests"), [("2019", 22, 161), ("2021", 10, 175)])
def test_a_whole_blank_table_is_told_once_and_is_an_error_in_three_and_four(
    edition: str, disclosure: int, requests: int
) -> None:
    found = list(blanks(blank_report(edition)))
    assert told(iter(found)) == [("V01", "warning", disclosure), ("V02", "error", requests), ("V02", "error", 15)]
    assert found[1].message == (
        "三、依申请公开整张表没有填。请填写；没有发生的请填 0（选中这些格，键入 0，按 Ctrl+Enter 一次填完）。"
    )


def test_a_blank_table_with_computed_totals_is_blank_all_the_same() -> None:
    report = blank_report(totals=Totals.AUTOMATIC)
    assert told(blanks(report)) == [("V01", "warning", 10), ("V02", "error", 144), ("V02", "error", 12)]


def test_a_blank_total_is_told_only_where_totals_are_typed() -> None:
    totals = dict.fromkeys(map(str, definitions(load_form("2021"))))
    report = changed(busy_report(), totals)
    assert told(blanks(report)) == [("B04", "warning", 31), ("B04", "warning", 3)]
    assert list(blanks(report._replace(totals=Totals.AUTOMATIC))) == []


def test_a_blank_that_reading_spoke_of_is_not_told_twice() -> None:
    pair = ("requests/received/company", "requests/received/law_firm")
    report = changed(busy_report(), dict.fromkeys(pair))
    assert [each.cells for each in blanks(report, pair[0])] == [(cell(pair[1]),)]
    assert list(blanks(report, *pair)) == []


def test_what_the_source_lacks_is_not_blank() -> None:
    assert list(blanks(without(busy_report(), "requests/", "fees/"))) == []


def test_blanks_of_a_hybrid_report_are_those_of_its_single_row() -> None:
    report = changed(hybrid(busy_report()), {"requests/outcome.other/company": None})
    assert [each.cells for each in blanks(report)] == [(cell("requests/outcome.other/company"),)]


@pytest.mark.parametrize(
    ("edition", "path", "severity"),
    [
        ("2021", "requests/outcome.denied.security/company", Severity.ERROR),
        ("2021", "review/reconsideration/upheld", Severity.ERROR),
        ("2021", "fees/fee/charged", Severity.WARNING),
        ("2021", "licensing/licence/decisions", Severity.WARNING),
        ("2019", "licensing/licence/decisions", Severity.WARNING),
        ("2019", "procurement/central/amount", Severity.WARNING),
    ],
)
def test_v03_is_an_error_where_a_balance_waits_for_the_number(edition: str, path: str, severity: Severity) -> None:
    form, key = load_form(edition), cell(path)
    finding = v03_placeholder(key, read_figure(" — ", "count"), form, LinePlace(3))
    assert (finding.rule, finding.severity, finding.cells, finding.place) == ("V03", severity, (key,), LinePlace(3))
    assert finding.message.endswith("：填的是“—”，不是数字。没有发生的请填 0。")


def test_v03_in_the_single_row_of_a_hybrid_report_is_an_error() -> None:
    form = load_form("2021").holding(hybrid(busy_report()).values)
    finding = v03_placeholder(cell("requests/outcome.other/company"), read_figure("/", "count"), form, None)
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("value", "shown"), [("-1", "-1"), ("1.5", "1.5"), ("-0.5", "-0.5"), ("0", None), ("7.0", None), (None, None)]
)
def test_v04_counts_are_whole_and_not_negative(value: str | None, shown: str | None) -> None:
    report = changed(zero_report(), {"requests/received/company": value})
    found = list(v04_count(*reading(report)))
    if shown is None:
        assert found == []
    else:
        message = (
            f"三、依申请公开“一、本年新收政府信息公开申请数量”行“商业企业”列：{shown} 不是不小于 0 的整数。"
            "请核对后填写件数。"
        )
        assert found == [Finding("V04", Severity.ERROR, message, (cell("requests/received/company"),))]


@pytest.mark.parametrize(("value", "misfits"), [("-33", 0), ("2", 0), ("0", 0), (None, 0), ("-1.5", 1)])
def test_v05_changes_are_whole_and_may_be_negative(value: str | None, misfits: int) -> None:
    report = changed(zero_report("2019"), {"licensing/licence/change": value})
    found = list(v05_change(*reading(report)))
    assert len(found) == misfits
    assert list(v04_count(*reading(report))) == []
    for finding in found:
        assert (finding.rule, finding.severity) == ("V05", Severity.ERROR)
        assert finding.message == (
            "二、主动公开 第二十条第（五）项“行政许可”行“本年增/减”列：-1.5 不是整数。增加填正数，减少填负数。"
        )


@pytest.mark.parametrize(
    ("edition", "path", "value", "misfits"),
    [
        ("2021", "fees/fee/charged", "429.1", 0),
        ("2021", "fees/fee/charged", "0", 0),
        ("2021", "fees/fee/charged", None, 0),
        ("2021", "fees/fee/charged", "-0.01", 1),
        ("2019", "procurement/central/amount", "24252.311082", 0),
        ("2019", "procurement/central/amount", "-0.01", 1),
    ],
)
def test_v06_amounts_are_not_negative(edition: str, path: str, value: str | None, misfits: int) -> None:
    report = changed(zero_report(edition), {path: value})
    found = list(v06_amount(*reading(report)))
    assert len(found) == misfits
    assert list(v04_count(*reading(report))) == []
    for finding in found:
        assert (finding.rule, finding.severity, finding.cells) == ("V06", Severity.WARNING, (cell(path),))
        assert finding.message.endswith("列：-0.01 小于 0。请核对金额（单位：万元）。")


def test_single_values_of_a_source_only_row_are_checked_too() -> None:
    key: CellKey = cell("requests/outcome.other/company")
    report = changed(hybrid(busy_report()), {str(key): "-1"})
    assert [each.cells for each in v04_count(*reading(report))] == [(key,)]

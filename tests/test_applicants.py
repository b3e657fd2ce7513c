"""Table three by kinds of applicants."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import (
    APPLICANTS,
    any_report,
    blank_report,
    busy_report,
    cell,
    changed,
    hybrid,
    shared,
    without,
    zero_report,
)
from nianbao.check import check, check_figures
from nianbao.checks.applicants import b04_no_total, b05_no_breakdown, b08_many_others
from nianbao.checks.values import v02_blank_block
from nianbao.findings import Finding, Severity
from nianbao.form import CellKey
from nianbao.formfile import load_form
from nianbao.importing.files import read_file
from nianbao.reading import Reading
from nianbao.report import Report, Totals
from nianbao.thresholds import STANDARD, Thresholds
from nianbao.totals import definitions

E, W = Severity.ERROR, Severity.WARNING
ROWS = [row.key for row in load_form("2021").tables["requests"].rows]
TOTALS = [f"requests/{row}/total" for row in ROWS]
BREAKDOWN = [f"requests/{row}/{column}" for row in ROWS for column in APPLICANTS]


def found(report: Report, *noted: str) -> list[Finding]:
    """What B04, B05 and V02 say of `report`, where reading spoke of the cells `noted`."""
    refused = tuple(Finding("R02", E, "认不准", (cell(path),)) for path in noted)
    reading = Reading("某.docx", report, refused)
    form = reading.form
    return [*b04_no_total(reading, form), *b05_no_breakdown(reading, form), *v02_blank_block(reading, form)]


def told(report: Report, *noted: str) -> list[tuple[str, Severity, int]]:
    return [(each.rule, each.severity, len(each.cells)) for each in found(report, *noted)]


def blank(report: Report, *paths: str) -> Report:
    return changed(report, dict.fromkeys(paths))


@pytest.mark.parametrize("report", [busy_report(), busy_report("2019"), zero_report(), hybrid(busy_report())])
def test_a_complete_report_is_silent(report: Report) -> None:
    assert told(report) == []


def test_b04_names_the_total_and_what_it_would_be() -> None:
    (finding,) = found(blank(busy_report(), "requests/received/total"))
    assert finding.message == (
        "三、依申请公开“一、本年新收政府信息公开申请数量”行、“总计”列有 1 格合计没有填，明细已填。"
        "按已填的明细相加：“一、本年新收政府信息公开申请数量”行 17。请补填，或用“nianbao fill”一次补齐。"
    )
    assert (finding.rule, finding.severity, finding.cells) == ("B04", W, (cell("requests/received/total"),))


def test_b04_is_one_finding_for_all_totals_left_out() -> None:
    assert told(blank(busy_report(), *TOTALS)) == [("B04", W, 25)]
    every = [str(key) for key in definitions(load_form("2021")) if key.table == "requests"]
    (finding,) = found(blank(busy_report(), *every))
    assert len(finding.cells) == 31
    assert finding.message.count("”行") >= 4
    assert "等。请补填" in finding.message


def test_b04_names_the_column_of_a_total_below_results() -> None:
    (finding,) = found(blank(busy_report(), "requests/outcome.total/company"))
    assert "“（七）总计”行“商业企业”列 2。" in finding.message


def test_b04_asks_for_a_total_whose_addends_are_not_all_known() -> None:
    report = blank(busy_report(), "requests/received/total", "requests/received/company")
    first, second = found(report)
    assert "按已填的明细相加" not in first.message
    assert [(each.rule, len(each.cells)) for each in (first, second)] == [("B04", 1), ("V02", 1)]


@pytest.mark.parametrize(
    ("report", "rules"),
    [
        (blank(zero_report(), *TOTALS), [("V02", W, 25)]),  # zeros will do
        (blank(busy_report(), *TOTALS)._replace(totals=Totals.AUTOMATIC), []),
        (without(busy_report(), *TOTALS), []),
        (blank_report(), [("V02", E, 175), ("V02", E, 15)]),
        (blank(busy_report(), *TOTALS, *BREAKDOWN), [("V02", E, 175)]),
        (blank(zero_report(), "review/reconsideration/total"), [("V02", W, 1)]),
    ],
)
def test_b04_leaves_the_rest_to_v02(report: Report, rules: list[tuple[str, Severity, int]]) -> None:
    assert told(report) == rules


def test_b04_of_table_four_says_what_the_results_come_to() -> None:
    (finding,) = found(blank(busy_report(), "review/reconsideration/total"))
    assert finding.message == (
        "四、复议诉讼“行政复议”部分、“总计”列有 1 格合计没有填，明细已填。按已填的明细相加：“行政复议”部分 6。"
        "请补填，或用“nianbao fill”一次补齐。"
    )


def test_b04_a_total_that_reading_spoke_of_is_not_blank() -> None:
    assert told(blank(busy_report(), "requests/received/total"), "requests/received/total") == []


def test_b05_a_table_with_nothing_but_totals() -> None:
    (zeros,) = found(blank(zero_report(), *BREAKDOWN))
    assert zeros.message == (
        "三、依申请公开“一、本年新收政府信息公开申请数量”至“四、结转下年度继续办理”共25行、“自然人”至“其他”共6列没有填，"
        "共 150 格，只填了总计。总计是 0 的行，各类申请人也请填 0（选中这些格，键入 0，按 Ctrl+Enter 一次填完）。"
    )
    assert (zeros.rule, zeros.severity, len(zeros.cells)) == ("B05", W, 150)
    (busy,) = found(blank(busy_report(), *BREAKDOWN))
    assert (busy.rule, busy.severity, len(busy.cells)) == ("B05", E, 150)
    assert "只填了总计。其中 13 行的总计不是 0，请按申请登记台账分到各类申请人；总计是 0 的行" in busy.message


def test_b05_of_a_few_rows_is_about_those_that_count_something() -> None:
    rows = [f"requests/{row}/{column}" for row in ("received", "outcome.denied.internal") for column in APPLICANTS]
    first, second = found(blank(busy_report(), *rows))
    assert (first.rule, first.severity, {key.row for key in first.cells}) == ("B05", E, {"received"})
    assert "总计是 0 的行" not in first.message
    assert (second.rule, {key.row for key in second.cells}) == ("V02", {"outcome.denied.internal"})


@pytest.mark.parametrize(
    ("report", "noted", "rules"),
    [
        (blank(busy_report(), *BREAKDOWN[:5]), (), [("V02", W, 5)]),  # one of six is filled
        (blank(busy_report(), *BREAKDOWN[:6]), BREAKDOWN[:1], [("V02", W, 5)]),
        (blank(busy_report(), *BREAKDOWN[:6], TOTALS[0]), (), [("V02", W, 7)]),
        (blank(zero_report(), *BREAKDOWN), BREAKDOWN[:1], [("V02", W, 149)]),
        (without(busy_report(), *BREAKDOWN), (), []),
        (blank(zero_report(), *BREAKDOWN[:6]), (), [("V02", W, 6)]),  # a row with blanks
    ],
)
def test_b05_leaves_the_rest_to_v02(
    report: Report, noted: tuple[str, ...], rules: list[tuple[str, Severity, int]]
) -> None:
    assert told(report, *noted) == rules


def test_a_merge_is_told_of_both() -> None:
    for report, rule in ((blank(busy_report(), *TOTALS), "B04"), (blank(zero_report(), *BREAKDOWN), "B05")):
        assert [each.rule for each in check_figures(Reading("某", report))] == [rule]


@given(st.sampled_from(("2019", "2021")).flatmap(any_report))
def test_every_blank_of_tables_three_and_four_is_told_exactly_once(report: Report) -> None:
    counts: Counter[CellKey] = Counter(key for each in found(report) for key in each.cells)
    assert set(counts.values()) <= {1}
    blanks = {key for key, value in report.values.items() if value is None}
    assert set(counts) == {key for key in blanks if key.table in {"requests", "review"}}


def others(report: Report, thresholds: Thresholds = STANDARD) -> list[Finding]:
    reading = Reading("某", report)
    return list(b08_many_others(reading, reading.form, thresholds))


@pytest.mark.parametrize(
    ("row", "edition", "count", "results", "is_told"),
    [
        ("outcome.other.rest", "2021", 354, 3521, True),
        ("outcome.other.rest", "2021", 291, 3486, False),
        ("outcome.other.rest", "2021", 6, 59, True),
        ("outcome.other.rest", "2021", 6, 60, False),  # a tenth
        ("outcome.other.rest", "2021", 5, 5, False),
        ("outcome.other.rest", "2021", 0, 0, False),
        ("outcome.other.rest", "2021", 20, 10, False),  # the balance does not hold
        ("outcome.other.rest", "2021", None, 10, False),
        ("outcome.other.rest", "2021", 20, None, False),
        ("outcome.other.not_amended", "2021", 354, 3521, False),  # says what it is
        ("outcome.other", "2019", 20, 100, True),
        ("outcome.other", "2019", 4, 21, False),
    ],
)
def test_b08_few_results_are_of_no_kind(
    row: str, edition: str, count: int | None, results: int | None, *, is_told: bool
) -> None:
    paths = {f"requests/{row}/total": count, "requests/outcome.total/total": results}
    found = others(changed(zero_report(edition), paths))
    assert [(each.rule, each.severity, [str(key) for key in each.cells]) for each in found] == (
        [("B08", W, list(paths))] if is_told else []
    )


def test_b08_says_how_many_they_are() -> None:
    paths = {"requests/outcome.other.rest/total": 354, "requests/outcome.total/total": 3521}
    (finding,) = others(changed(zero_report(), paths))
    assert finding.message == (
        "三、依申请公开“3.其他”行：354 件，占办理结果 3521 件的 10.1%，超过 10%，偏多。"
        "请逐件核对能否归入前面各项；确实归不进的，请写明是哪些情形。"
    )


def test_b08_is_silent_of_the_single_row_of_a_hybrid_report_and_of_what_is_not_there() -> None:
    paths = {"requests/outcome.other.rest/total": 354, "requests/outcome.total/total": 3521}
    assert others(hybrid(changed(zero_report(), paths))) == []
    assert others(without(busy_report(), "requests/")) == []


def test_b08_an_office_may_say_how_many_are_many() -> None:
    paths = {"requests/outcome.other.rest/total": 4, "requests/outcome.total/total": 100}
    report = changed(zero_report(), paths)
    assert others(report) == []
    assert others(report, Thresholds(other_share=Decimal("0.03"), other_pieces=Decimal(3)))


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("seeds/000_*.txt", [("B05", W), ("V02", W)]),
        ("seeds/001_*.txt", []),
        ("seeds/002_*.txt", [("V02", W), ("V02", W)]),
        ("seeds/003_*.txt", []),
        ("seeds/004_*.txt", [("V02", W)]),
        ("reports/*.json", []),
        ("reports/hongze_2023.*", []),
    ],
)
def test_real_reports(name: str, rules: list[tuple[str, Severity]]) -> None:
    for path in (shared() / "data").glob(name):
        for reading in read_file(path):
            findings = [each for each in check(reading) if each.rule in {"B04", "B05", "B08", "V02"}]
            assert [(each.rule, each.severity) for each in findings] == rules, path


def test_a_real_report_breaks_no_rule_of_tables_three_and_four() -> None:
    (reading,) = read_file(shared() / "data" / "reports" / "suqian_2023.json")
    assert not [each for each in check(reading) if each.rule[0] in "BC"]

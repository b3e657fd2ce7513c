"""The check as a whole, and what its balance findings say."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import (
    any_report,
    balanced,
    blank_report,
    busy_report,
    cell,
    changed,
    hybrid,
    without,
    zero_report,
)
from nianbao.check import check, counted, open_errors
from nianbao.findings import Finding, Severity
from nianbao.form import CellKey
from nianbao.formfile import load_form
from nianbao.reading import Reading
from nianbao.report import Report

B01_REMEDY = "请按申请登记台账核对本列的新收、上年结转、（七）总计、结转下年度四个数。"
MESSAGES = [
    (
        "2021",
        {"documents/normative_document/in_force": 0},
        "A01",
        "error",
        (
            "二、主动公开 第二十条第（一）项“行政规范性文件”行：「现行有效件数不少于本年制发件数减本年废止件数」不成立，"
            "现行有效 0，制发减废止 1，前者比后者少 1。请按文件台账核对本行三个数。"
        ),
    ),
    (
        "2021",
        {"documents/normative_document/in_force": 1},
        "A01",
        "warning",
        (
            "二、主动公开 第二十条第（一）项“行政规范性文件”行：「现行有效件数一般不少于本年制发件数」不成立，"
            "现行有效 1，本年制发 2，前者比后者少 1。请核对；确有当年制发又当年废止的，请在报告中说明。"
        ),
    ),
    (
        "2019",
        {"documents/normative_document/public": 1},
        "A07",
        "error",
        (
            "二、主动公开 第二十条第（一）项“规范性文件”行：「对外公开总数量不少于本年新公开数量」不成立，"
            "对外公开总数量 1，本年新公开数量 2，前者比后者少 1。请按文件台账核对本行。"
        ),
    ),
    (
        "2019",
        {"fees/fee/change": -5},
        "A10",
        "error",
        (
            "二、主动公开 第二十条第（八）项“行政事业性收费”行：「上一年项目数量加本年增/减不小于0」不成立，"
            "上一年项目数量加本年增/减 -2，下限 0，前者比后者少 2。请核对本行的项目数量和增减数（减少的填负数）。"
        ),
    ),
    (
        "2021",
        {"requests/received/natural_person": 14, "requests/received/total": 22},
        "B01",
        "error",
        (
            "三、依申请公开“自然人”列：「第一项加第二项之和，等于第三项加第四项之和」不成立，"
            f"第一项加第二项 16，第三项加第四项 11，前者比后者多 5。{B01_REMEDY}"
        ),
    ),
    (
        "2021",
        {"requests/carried_forward/total": 0},
        "B02",
        "error",
        (
            "三、依申请公开“四、结转下年度继续办理”行：「总计等于自然人与各类法人或其他组织之和」不成立，"
            "总计 0，六类申请人之和 2，前者比后者少 2。请核对本行各数。"
        ),
    ),
    (
        "2021",
        {"requests/outcome.granted/company": 3, "requests/outcome.granted/total": 8},
        "B03",
        "error",
        (
            "三、依申请公开“商业企业”列：「（七）总计等于（一）至（六）各项办理结果之和」不成立，"
            "（七）总计 2，各项办理结果之和 4，前者比后者少 2。"
            "请核对本列各项办理结果；区分处理的只计入（二）部分公开，不重复计。"
        ),
    ),
    (
        "2021",
        {"review/litigation.reviewed/total": 12},
        "C03",
        "error",
        (
            "四、复议诉讼“复议后起诉”部分：「总计等于结果维持、结果纠正、其他结果、尚未审结之和」不成立，"
            "总计 12，四种结果之和 2，前者比后者多 10。请按复议、诉讼台账核对这五个数。"
        ),
    ),
]


def found(report: Report, *noted: Finding) -> tuple[Finding, ...]:
    return check(Reading("某.xlsx", report, noted))


@pytest.mark.parametrize("report", [busy_report(), busy_report("2019"), zero_report(), zero_report("2019")])
def test_a_sound_report_has_no_findings(report: Report) -> None:
    assert found(report) == ()


@pytest.mark.parametrize(("edition", "changes", "rule", "severity", "message"), MESSAGES)
def test_a_balance_finding_says_where_which_how_much_and_what_to_do(
    edition: str, changes: dict[str, int | str | None], rule: str, severity: str, message: str
) -> None:
    findings = found(changed(busy_report(edition), changes))
    first = next(each for each in findings if each.rule == rule)
    assert (first.rule, first.severity.value, first.message) == (rule, severity, message)
    assert first.left is not None
    assert first.right is not None
    assert first.difference == first.left - first.right


def test_money_is_shown_to_its_last_decimal() -> None:
    report = changed(busy_report(), {"review/reconsideration/total": "6.50"})
    messages = [each.message for each in found(report) if each.rule == "C01"]
    assert len(messages) == 1
    assert "总计 6.5，四种结果之和 6，前者比后者多 0.5。" in messages[0]


def test_of_one_rule_on_one_line_only_the_gravest_is_told() -> None:
    report = changed(busy_report(), {"documents/normative_document/in_force": 0, "documents/regulation/issued": 1})
    assert [(each.rule, each.severity.value) for each in found(report)] == [("A01", "error"), ("A01", "error")]


def test_one_wrong_cell_of_a_column_and_a_row_is_two_findings_in_the_order_of_the_form() -> None:
    rules = [each.rule for each in found(changed(busy_report(), {"requests/outcome.granted/company": 3}))]
    assert rules == ["B02", "B03"]


def test_findings_of_reading_are_kept_and_sorted_with_the_others() -> None:
    broken = changed(busy_report(), {"review/litigation.reviewed/total": 12, "documents/regulation/issued": 1})
    file = Finding("R06", Severity.WARNING, "旧模板")
    figure = Finding("R04", Severity.INFO, "换算", (cell("requests/received/company"),))
    assert [each.rule for each in found(broken, figure, file)] == ["R06", "A01", "R04", "C03"]


def test_a_cell_that_reading_refused_is_told_once() -> None:
    key = cell("requests/outcome.denied.security/company")
    refused = Finding("R02", Severity.ERROR, "认不准", (key,))
    assert found(changed(busy_report(), {str(key): None}), refused) == (refused,)
    assert found(without(busy_report(), str(key)), refused) == (refused,)


@pytest.mark.parametrize("row", ["outcome.other.rest", "outcome.other"])
def test_a_hybrid_report_may_have_a_refused_figure_among_its_other_outcomes(row: str) -> None:
    key = cell(f"requests/{row}/total")
    refused = Finding("R02", Severity.ERROR, "认不准", (key,))
    report = without(hybrid(busy_report()), str(key))
    assert refused in found(report, refused)


def test_the_single_row_of_a_hybrid_report_may_be_refused_as_a_whole() -> None:
    columns = load_form("2021").tables["requests"].columns
    row = tuple(CellKey("requests", "outcome.other", column.key) for column in columns)
    refused = Finding("R02", Severity.ERROR, "有 2 个数，应为 7 个", row)
    told = found(without(busy_report(), "requests/outcome.other."), refused)
    assert {each.rule for each in told} == {"R02", "S04"}
    assert refused in told


def test_findings_of_a_hybrid_report_stand_in_its_order() -> None:
    report = changed(hybrid(busy_report()), {"requests/outcome.other/total": 9, "review/litigation.reviewed/total": 12})
    assert [each.rule for each in found(report)] == ["B03", "B02", "S04", "C03"]


def test_a_hybrid_report_is_asked_for_nothing_of_the_three_rows() -> None:
    report = hybrid(busy_report())
    assert [each.rule for each in found(report)] == ["S04"]
    wrong = changed(report, {"requests/outcome.other/company": 1})
    assert {each.rule for each in found(wrong)} == {"B02", "B03", "S04"}


def test_a_source_that_lacks_cells_is_not_found_sound() -> None:
    """One column alone breaks no balance: every other cell is missing, and somebody must say so."""
    applicants = [column.key for column in load_form("2021").tables["requests"].columns[1:]]
    rows = load_form("2021").tables["requests"].rows
    report = without(zero_report(), *(f"requests/{row.key}/{column}" for row in rows for column in applicants))
    assert open_errors(found(report)) > 0


def test_a_blank_report_is_told_in_three_sentences() -> None:
    assert [(each.rule, each.severity.value) for each in found(blank_report())] == [
        ("V01", "warning"),
        ("V02", "error"),
        ("V02", "error"),
    ]


def test_an_empty_reading_lacks_every_table(edition: str) -> None:
    rules = Counter(each.rule for each in found(Report(edition, 2023 if edition == "2021" else 2020, "")))
    assert rules == {"R03": len(load_form(edition).tables)}


@given(st.sampled_from(("2019", "2021")).flatmap(balanced))
@settings(max_examples=10)
def test_a_balanced_report_has_no_findings(report: Report) -> None:
    assert found(report) == ()


@given(st.sampled_from(("2019", "2021")).flatmap(any_report))
@settings(max_examples=20)
def test_any_report_is_checked_without_raising(report: Report) -> None:
    form = load_form(report.edition)
    missing = {key for key in form.cells if key not in report.values}
    findings = found(report)
    assert all(each.message.endswith("。") and "None" not in each.message for each in findings)
    assert all(len(each.cells) == len(set(each.cells)) for each in findings)
    assert missing <= {key for each in findings for key in each.cells if each.rule == "R03"}
    positions = [min((form.order[key] for key in each.cells), default=-1) for each in findings]
    assert positions == sorted(positions)


@given(st.sampled_from(("2019", "2021")).flatmap(any_report))
@settings(max_examples=10)
def test_every_blank_is_told_exactly_once(report: Report) -> None:
    told: Counter[CellKey] = Counter(key for each in found(report) if each.rule in {"V01", "V02"} for key in each.cells)
    assert set(told.values()) <= {1}
    assert set(told) == {key for key, value in report.values.items() if value is None}


def test_counts() -> None:
    findings = found(changed(blank_report(), {"fees/fee/charged": -1}))
    assert counted(findings) == {Severity.ERROR: 2, Severity.WARNING: 4, Severity.INFO: 0}
    assert open_errors(findings) == 2
    assert (counted(()), open_errors(())) == (dict.fromkeys(Severity, 0), 0)

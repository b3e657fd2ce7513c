"""The check as a whole, and what its balance findings say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import (
    AGENCY,
    EMPOWERED,
    MOST,
    any_report,
    balanced,
    blank_report,
    busy_report,
    cell,
    changed,
    compared,
    hybrid,
    plus,
    without,
    zero_report,
)
from nianbao.check import check, counted, open_errors
from nianbao.findings import Finding, Severity
from nianbao.form import CellKey
from nianbao.formfile import load_form
from nianbao.reading import Reading
from nianbao.report import Filling, Report, Totals

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
            "若只填错一格，应是“四、结转下年度继续办理”行“总计”列，现填 0，应为 2。"
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
            "若只填错两格，应是“（一）予以公开”行“商业企业”列（现填 3，应为 1）和“（一）予以公开”行“总计”列（现填 8，应为 6）。"
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


CONTINUITY = [
    (
        "2021",
        {"requests/carried_forward/company": 4},
        "B07",
        "warning",
        (
            "三、依申请公开“商业企业”列：「上年结转等于上年报告的结转下年度继续办理」不成立，"
            "上年结转 1，上年报告结转下年度 4，前者比后者少 3。请核对；机构调整等原因造成不同的，请写明原因。"
        ),
    ),
    (
        "2021",
        {"documents/normative_document/in_force": 4},
        "A02",
        "warning",
        (
            "二、主动公开 第二十条第（一）项“行政规范性文件”行：「现行有效件数一般等于上年现行有效件数加本年制发、减本年废止」不成立，"
            "现行有效 7，上年现行有效加制发减废止 5，前者比后者多 2。请核对；有失效、清理、机构划转等情况的，请写明原因。"
        ),
    ),
    (
        "2019",
        {"documents/normative_document/public": 10},
        "A08",
        "info",
        (
            "二、主动公开 第二十条第（一）项“规范性文件”行：「对外公开总数量一般不少于上年」不成立，"
            "对外公开总数量 9，上年对外公开总数量 10，前者比后者少 1。请核对；有清理、废止的，请写明原因。"
        ),
    ),
    (
        "2019",
        {"enforcement/penalty/items_last_year": 19, "enforcement/penalty/change": -1},
        "A09",
        "warning",
        (
            "二、主动公开 第二十条第（六）项“行政处罚”行：「上一年项目数量等于上年报告的上一年项目数量加本年增/减」不成立，"
            "上一年项目数量 20，上年报告推算的项目数量 18，前者比后者多 2。请核对；目录有调整的，请写明原因。"
        ),
    ),
]


UNUSUAL = ("A11", "A12", "A15", "B08")
"""Rules that ask about figures that may be right: those that are drawn at random look odd to them now and then."""


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


def after(report: Report, last: Mapping[str, int]) -> Report:
    """`report` beside the figures of last year's that `last` names by path."""
    return report._replace(last={cell(path): Decimal(figure) for path, figure in last.items()})


@pytest.mark.parametrize(("edition", "last", "rule", "severity", "message"), CONTINUITY)
def test_what_does_not_follow_from_last_year_is_told(
    edition: str, last: dict[str, int], rule: str, severity: str, message: str
) -> None:
    (finding,) = found(after(busy_report(edition), last))
    assert (finding.rule, finding.severity.value, finding.message) == (rule, severity, message)
    assert set(finding.cells) <= set(load_form(edition).cells)
    assert finding.cells


def test_what_follows_from_last_year_is_not_told(edition: str) -> None:
    form, report = load_form(edition), busy_report(edition)
    nothing: dict[CellKey, Decimal | None] = dict.fromkeys(form.cells, Decimal(0))
    last = {key: report.values[key] or Decimal(0) for key in compared(edition)}
    for row in ("regulation", "normative_document") if edition == "2021" else ():
        key = CellKey("documents", row, "in_force")
        last[key] -= plus(report.values, [key._replace(column="issued")])
        last[key] += plus(report.values, [key._replace(column="repealed")])
    for key in list(last):
        if key.row == "carried_forward":
            last[key] = plus(report.values, [key._replace(row="brought_forward")])
        if key.column == "change":
            last[key] = Decimal(0)
    assert found(report._replace(last=last)) == ()
    rules = {each.rule for each in found(report._replace(last=dict.fromkeys(last, Decimal(MOST))))}
    assert rules == ({"A02", "B07"} if edition == "2021" else {"A08", "A09", "B07"})
    assert found(Report(edition, report.year, AGENCY, nothing, last=dict.fromkeys(last, Decimal(0)))) == ()


def test_only_what_is_known_of_both_years_is_compared() -> None:
    report = after(busy_report(), {"requests/carried_forward/company": 4, "documents/regulation/in_force": 0})
    assert [each.rule for each in found(changed(report, {"requests/brought_forward/company": None}))] == ["V02"]
    assert found(busy_report()._replace(last={})) == ()


def test_figures_where_all_was_declared_zero_are_told_with_their_number() -> None:
    zero = zero_report()._replace(filling={"review": Filling.ALL_ZERO, "requests": Filling.REST_ZERO})
    assert found(zero) == ()
    busy = changed(
        zero, {"review/reconsideration/upheld": 2, "review/reconsideration/total": 2, "licensing/licence/decisions": 3}
    )
    (finding,) = found(busy)
    assert (finding.rule, finding.severity) == ("V14", Severity.ERROR)
    assert set(map(str, finding.cells)) == {"review/reconsideration/upheld", "review/reconsideration/total"}
    assert finding.message == (
        "四、复议诉讼：填报状态选的是“全表为0”，却填了 2 个不为 0 的数。"
        "确有发生的，请把填报状态改为“已填完，其余空白为0”；没有的，请删去这些数。"
    )
    (computed,) = found(busy._replace(totals=Totals.AUTOMATIC))
    assert [str(key) for key in computed.cells] == ["review/reconsideration/upheld"]


def test_the_other_filling_states_allow_figures() -> None:
    chapters = ("disclosure", "requests", "review")
    for state in (Filling.OPEN, Filling.REST_ZERO):
        assert found(busy_report()._replace(filling=dict.fromkeys(chapters, state))) == ()


def test_money_is_shown_to_its_last_decimal() -> None:
    report = changed(busy_report(), {"review/reconsideration/total": "6.50"})
    messages = [each.message for each in found(report) if each.rule == "C01"]
    assert len(messages) == 1
    assert "总计 6.5，四种结果之和 6，前者比后者多 0.5。" in messages[0]


def test_of_one_rule_on_one_line_only_the_gravest_is_told() -> None:
    broken = changed(busy_report(), {"documents/normative_document/in_force": 0, "documents/regulation/issued": 1})
    report = broken._replace(particulars=EMPOWERED)
    assert [(each.rule, each.severity.value) for each in found(report)] == [("A01", "error"), ("A01", "error")]


def test_one_wrong_cell_of_a_column_and_a_row_is_two_findings_in_the_order_of_the_form() -> None:
    rules = [each.rule for each in found(changed(busy_report(), {"requests/outcome.granted/company": 3}))]
    assert rules == ["B02", "B03"]


def test_the_one_cell_that_mends_all_is_named_by_each_finding_it_mends() -> None:
    wrong = changed(busy_report(), {"requests/outcome.total/company": 20, "review/litigation.reviewed/total": 12})
    hint = "若只填错一格，应是“（七）总计”行“商业企业”列，现填 20，应为 2。"
    findings = found(wrong)
    assert [(each.rule, each.message.endswith(f"。{hint}")) for each in findings] == [
        ("B01", True),
        ("B03", True),
        ("B02", True),
        ("C03", False),
    ]
    total = (cell("requests/outcome.total/company"), Decimal(2))
    assert all([(suspect.cell, suspect.value) for suspect in each.suspects] == [total] for each in findings[:3])


def test_two_cells_that_mend_all_are_given_with_the_findings_they_lie_in_and_named_by_each() -> None:
    wrong = {"requests/outcome.granted/company": 3, "requests/outcome.denied.other_law/law_firm": 9}
    findings = found(changed(busy_report(), wrong))
    assert [[str(suspect.cell) for suspect in each.suspects] for each in findings] == [
        ["requests/outcome.granted/company"],
        ["requests/outcome.granted/company"],
        ["requests/outcome.denied.other_law/law_firm"],
        ["requests/outcome.denied.other_law/law_firm"],
    ]
    hint = (
        "若只填错两格，应是“（一）予以公开”行“商业企业”列（现填 3，应为 1）"
        "和“2.其他法律行政法规禁止公开”行“法律服务机构”列（现填 9，应为 0）。"
    )
    assert all(each.message.endswith(f"。{hint}") for each in findings)


def test_cells_in_question_are_given_but_not_said_where_they_are_too_many() -> None:
    (finding,) = found(changed(busy_report(), {"review/litigation.reviewed/total": 12}))
    assert {suspect.cell for suspect in finding.suspects} == set(finding.cells)
    assert len(finding.suspects) == 5
    assert finding.message.endswith("前者比后者多 10。请按复议、诉讼台账核对这五个数。")


def test_a_cell_of_table_four_is_named_by_its_block() -> None:
    (finding,) = found(
        changed(zero_report(text="review\nreconsideration 1 1 1 1 4"), {"review/reconsideration/total": 2})
    )
    assert finding.message.endswith("。可能是“行政复议”部分“总计”列（现填 2，应为 4）。")


def test_findings_of_reading_are_kept_and_sorted_with_the_others() -> None:
    broken = changed(busy_report(), {"review/litigation.reviewed/total": 12, "documents/regulation/issued": 1})
    broken = broken._replace(particulars=EMPOWERED)
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
def test_of_a_balanced_report_only_what_is_unusual_is_told(report: Report) -> None:
    findings = found(report._replace(particulars=EMPOWERED))
    assert {(each.rule, each.severity) for each in findings} <= {(rule, Severity.WARNING) for rule in UNUSUAL}


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
    blank = [each for each in found(report) if each.rule in {"V01", "V02", "B04", "B05"}]
    told: Counter[CellKey] = Counter(key for each in blank for key in each.cells)
    assert set(told.values()) <= {1}
    assert set(told) == {key for key, value in report.values.items() if value is None}


def test_counts() -> None:
    findings = found(changed(blank_report(), {"fees/fee/charged": -1}))
    assert counted(findings) == {Severity.ERROR: 2, Severity.WARNING: 4, Severity.INFO: 0}
    assert open_errors(findings) == 2
    assert (counted(()), open_errors(())) == (dict.fromkeys(Severity, 0), 0)

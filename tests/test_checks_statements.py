"""N08: what an office says did not happen, against tables three and four."""

from __future__ import annotations

from decimal import Decimal

import pytest

from builders import busy_report, cell, changed, shared, zero_report
from nianbao.checks.statements import n08_claims
from nianbao.findings import Finding, Severity
from nianbao.importing.files import read_file
from nianbao.reading import Reading
from nianbao.report import Report

OFFICE, GOVERNMENT = "示例市水利局", "示例县人民政府"
RECEIVED = "requests/received/total"
# 3 applications; one review and two lawsuits
CASES = """
requests
received            3 0 0 0 0 0 3
review
reconsideration     1 0 0 0 1
litigation.direct   0 1 0 1 2
"""


def found(text: str, report: Report, agency: str = OFFICE, key: str = "overview") -> list[Finding]:
    report = report._replace(agency=agency, texts={key: text})
    reading = Reading("年报.xlsx", report)
    return list(n08_claims(reading, reading.form))


REFUTED = [
    "2023年我局未收到政府信息公开申请。",
    "2023 年度，未收到公民、法人和其他组织提出的政府信息公开申请。",
    "（二）依申请公开情况：全年没有收到政府信息公开申请，",
    "今年没有政府信息公开申请件，也未收到有关投诉。",
    "本年度无政府信息公开申请、行政复议和行政诉讼。",
    "2023年，收到政府信息公开申请0件。",
    "本机关共收到依申请公开政府信息申请数量为０件，按规定保存台账。",
    "全年收到0件政府信息公开申请；",
    "市水利局尚未收到要求公开政府信息的申请。",
    "依申请公开零申请。",
    "畅通网上、信函等渠道，本年度未收到政府信息公开申请。",
    "2022年收到2件，2023年未收到政府信息公开申请。",
    "4.2023年我局未收到任何政府信息公开申请",
]
HONEST = [
    "",
    "2023年我局收到政府信息公开申请3件。",
    "未收到企业提出的政府信息公开申请。",
    "2023年未收到信函申请。",
    "网站平台未收到政府信息公开申请。",
    "其中下属单位未收到政府信息公开申请。",
    "信函申请方面，未收到政府信息公开申请。",
    "上半年，未收到政府信息公开申请。",
    "2022年未收到政府信息公开申请。",
    "截至6月，我局未收到政府信息公开申请。",
    "如未收到政府信息公开申请，应在系统内填0。",
    "未收到政府信息公开申请的单位应零报告。",
    "未收到新的政府信息公开申请。",
    "没有政府信息公开申请超期答复的情况。",
    "未收到要求更正政府信息的申请。",
    "市教育局未收到政府信息公开申请。",
    "不予公开政府信息申请0件。",
    "结转下年度政府信息公开申请0件。",
    "未收到政府信息公开申请补正材料。",
    "规范依申请公开办理，做到超期零申请。",
    "受理举报0件。",
]


@pytest.mark.parametrize("text", REFUTED)
def test_no_applications_though_there_were(text: str) -> None:
    (finding,) = found(text, zero_report(text=CASES))[:1]
    assert (finding.rule, finding.severity) == ("N08", Severity.ERROR)
    assert finding.cells == (cell(RECEIVED),)
    assert (finding.left, finding.right) == (Decimal(0), Decimal(3))
    assert "“总计”列填的是 3 件" in finding.message
    assert not found(text, changed(zero_report(), {"requests/brought_forward/total": 2}))


@pytest.mark.parametrize("text", HONEST)
def test_what_is_not_about_all_applications(text: str) -> None:
    assert not [each for each in found(text, zero_report(text=CASES)) if each.severity is Severity.ERROR]


def test_blank_and_absent_cells_refute_nothing() -> None:
    text = "2023年我局未收到政府信息公开申请，未发生行政复议、行政诉讼。"
    assert not found(text, changed(zero_report(), {RECEIVED: None, "review/reconsideration/total": None}))
    assert not found(text, zero_report()._replace(values={}))


@pytest.mark.parametrize(
    ("agency", "text", "is_refuted"),
    [
        (GOVERNMENT, "2023年我县未收到政府信息公开申请。", True),
        (GOVERNMENT, "2023年全县未收到政府信息公开申请。", True),
        (GOVERNMENT, "2023年本机关未收到政府信息公开申请。", False),
        (GOVERNMENT, "县水利局未收到政府信息公开申请。", False),
        (OFFICE, "2023年全县未收到政府信息公开申请。", False),
        (OFFICE, "我局未收到政府信息公开申请。", True),
        ("", "未收到政府信息公开申请。", True),
        ("无锡市水利局", "无锡市水利局收到政府信息公开申请，", False),
        ("无锡市水利局", "无锡市水利局收到政府信息公开申请0件，", True),
    ],
)
def test_whose_applications_are_meant(agency: str, text: str, *, is_refuted: bool) -> None:
    assert bool(found(text, zero_report(text=CASES), agency)) is is_refuted


DISPUTES = [
    # a sentence, and the cells with cases that speak against it
    ("未发生因政府信息公开引起的行政复议、行政诉讼。", ["reconsideration/upheld", "litigation.direct/corrected"]),
    ("2023年没有因政府信息公开被申请行政复议。", ["reconsideration/upheld"]),
    (
        "未收到有关政府信息公开事务的行政复议申请，没有发生行政诉讼。",
        ["reconsideration/upheld", "litigation.direct/corrected"],
    ),
    ("全年因政府信息公开工作提起行政诉讼0件。", ["litigation.direct/corrected"]),
    ("行政复议均为0件。", ["reconsideration/upheld"]),
    ("行政诉讼案件2件，均获维持。", ["litigation.direct/corrected"]),
    ("没有被纠正的行政诉讼案件。", ["litigation.direct/corrected"]),
    ("发生行政诉讼2件，没有败诉案件。", ["litigation.direct/corrected"]),
    ("行政诉讼案件2件，被纠正0件。", ["litigation.direct/corrected"]),
    ("未发生被撤销的行政诉讼案件", ["litigation.direct/corrected"]),
    ("无行政诉讼被纠正情况。", ["litigation.direct/corrected"]),
    ("2023年未发生行政复议被纠正的情况。", []),
    ("行政复议案件1件，均获维持。", []),
    ("未收到新的行政复议申请。", []),
    ("2022年未发生行政复议。", []),
    ("未发生因行政处罚引起的行政复议。", []),
    ("申请人未申请行政复议。", []),
    ("未经复议直接起诉0件。", []),
    ("未审结行政诉讼0件。", []),
    ("其中某分局未发生行政复议。", []),
    ("上年行政诉讼案件2件，均获维持。", []),
    ("行政诉讼案件2件，已审结的均获维持，另1件被纠正。", ["litigation.direct/corrected"]),
    ("网站秩序均维持良好，未影响行政诉讼。", []),
    ("加强行政复议、行政诉讼应诉工作。", []),
    ("落实《行政复议法》，无不作为现象。", []),
]


@pytest.mark.parametrize(("text", "cells"), DISPUTES)
def test_disputes(text: str, cells: list[str]) -> None:
    findings = found(text, zero_report(text=CASES))
    assert [f"{each.cells[0].row}/{each.cells[0].column}" for each in findings] == cells
    assert all(each.severity is Severity.WARNING and "原文：“" in each.message for each in findings)
    assert not found(text, zero_report())


def test_cases_that_were_pending_last_year_are_nothing_new() -> None:
    report = zero_report(text="review\nreconsideration 1 0 0 0 1\nlitigation.direct 1 0 0 1 2")
    assert len(found("未发生行政复议、行政诉讼。", report)) == 2
    pending = {cell(f"review/{row}/pending"): Decimal(1) for row in ("reconsideration", "litigation.direct")}
    report = report._replace(last=pending)
    (left,) = found("未发生行政复议、行政诉讼。", report)
    assert left.right == 2


UPHELD = [
    ("行政复议案件6件，均获维持。", 3),
    ("行政复议案件6件，已审结的均获维持。", 1),
    ("行政复议案件3件，均获维持。", 0),
    ("行政复议案件6件，其中县政府受理的全部维持。", 0),
]


@pytest.mark.parametrize(("text", "others"), UPHELD)
def test_pending_cases_are_not_upheld(text: str, others: int) -> None:
    """Six reviews: three upheld, one corrected, two pending."""
    assert sum(int(each.right or 0) for each in found(text, busy_report())) == others


def test_a_total_that_stands_alone_counts() -> None:
    report = zero_report(text="review\nreconsideration . . . . 4")
    (finding,) = found("未发生行政复议。", report)
    assert finding.cells == (cell("review/reconsideration/total"),)


def test_lines_of_a_printed_page_are_read_together() -> None:
    text = "2023年我局认真办理依申请公开，通过企业途径\n未收到政府信息公开申请。"
    assert not found(text, zero_report(text=CASES))
    text = "2023年我局按照条例规定办理，本年度未收到政府信息\n公开申请。"
    assert found(text, zero_report(text=CASES))


def test_real_reports_say_what_their_tables_say() -> None:
    for path in [*shared().glob("data/*/*.txt"), *shared().glob("data/*/*.pdf")]:
        for reading in read_file(path):
            assert not list(n08_claims(reading, reading.form)), path

"""R rules."""

from __future__ import annotations

from decimal import Decimal

import pytest

from builders import Value, blank_report, busy_report, cell, hybrid, report, without, zero_report
from nianbao.checks.reading import (
    of_figure,
    r01_unreadable,
    r02_refused,
    r03_missing,
    r04_converted,
    r05_stored_total,
    r06_not_current,
)
from nianbao.errors import InputError
from nianbao.figures import read_figure
from nianbao.findings import Finding, Severity
from nianbao.form import CellKey
from nianbao.formfile import load_form
from nianbao.places import LinePlace
from nianbao.reading import Reading
from nianbao.report import Report

FORM = load_form("2021")
PLACE = LinePlace(12)
FEE, RECEIVED = cell("fees/fee/charged"), cell("requests/received/company")


def missing(read: Report, *findings: Finding) -> list[Finding]:
    form = load_form(read.edition).holding(read.values)
    return list(r03_missing(Reading("某", read, findings), form))


def test_r01_says_why_and_what_to_do() -> None:
    finding = r01_unreadable(InputError("某.docx", "文件已加密", "请解除密码后再试"))
    assert (finding.rule, finding.severity) == ("R01", Severity.ERROR)
    assert finding.message == "读不出来：文件已加密。请解除密码后再试。"


def test_r02_quotes_the_source() -> None:
    finding = r02_refused("三、依申请公开“2.重复申请”行", "1 2 3", "有 3 个数，应为 7 个", PLACE, (RECEIVED,))
    assert (finding.rule, finding.severity, finding.cells, finding.place) == ("R02", Severity.ERROR, (RECEIVED,), PLACE)
    assert finding.message == (
        "三、依申请公开“2.重复申请”行：原文“1 2 3”有 3 个数，应为 7 个，没有采用。请对照原文手工填写。"
    )


@pytest.mark.parametrize("read", [busy_report(), busy_report("2019"), blank_report(), hybrid(busy_report())])
def test_r03_is_content_with_every_row_blank_ones_included(read: Report) -> None:
    assert missing(read) == []


@pytest.mark.parametrize(
    ("lacking", "what", "cells"),
    [
        (("requests/carried_forward/",), "三、依申请公开的“四、结转下年度继续办理”行", 7),
        (
            ("requests/outcome.denied.",),
            "三、依申请公开的“1.属于国家秘密”至“8.属于行政查询事项”共8行",
            56,
        ),
        (
            ("requests/received/", "requests/outcome.total/", "requests/carried_forward/"),
            "三、依申请公开的“一、本年新收政府信息公开申请数量”行、“（七）总计”至“四、结转下年度继续办理”共2行",
            21,
        ),
        (("requests/",), "三、依申请公开整张表", 175),
        (("fees/",), "二、主动公开 第二十条第（八）项整张表", 1),
        (("review/litigation.direct/",), "四、复议诉讼的“未经复议直接起诉”行", 5),
    ],
)
def test_r03_names_the_rows_and_tables_that_are_missing(lacking: tuple[str, ...], what: str, cells: int) -> None:
    (finding,) = missing(without(busy_report(), *lacking))
    assert (finding.rule, finding.severity) == ("R03", Severity.ERROR)
    assert finding.message == f"来源里缺少{what}。请找到原表补齐，没有发生的填 0。"
    assert len(finding.cells) == cells


def test_r03_tells_of_a_missing_column() -> None:
    """A source without 总计, or with one cell of a row only, lacks cells that no other rule would miss."""
    columns = without(busy_report(), *(f"requests/{row.key}/total" for row in FORM.tables["requests"].rows))
    (finding,) = missing(columns)
    assert finding.rule == "R03"
    assert {key.column for key in finding.cells} == {"total"}
    assert len(finding.cells) == 25
    assert "“总计”列" in finding.message


def test_r03_tells_of_a_missing_cell() -> None:
    (finding,) = missing(without(busy_report(), "requests/received/company"))
    assert finding.cells == (RECEIVED,)
    assert "“一、本年新收政府信息公开申请数量”行" in finding.message
    assert "“商业企业”列" in finding.message


def test_r03_is_one_finding_a_table() -> None:
    found = missing(Report("2021", 2023, "某局"))
    assert [finding.cells[0].table for finding in found] == list(FORM.tables)


def test_r03_does_not_repeat_what_reading_said() -> None:
    row = tuple(CellKey("requests", "carried_forward", column.key) for column in FORM.tables["requests"].columns)
    refused = r02_refused("某行", "1 2 3", "有 3 个数，应为 7 个", PLACE, row)
    assert missing(without(busy_report(), "requests/carried_forward/"), refused) == []


@pytest.mark.parametrize("lacking", [(), ("requests/carried_forward/",)])
def test_r03_does_not_ask_a_hybrid_report_for_the_three_rows(lacking: tuple[str, ...]) -> None:
    found = missing(without(hybrid(busy_report()), *lacking))
    assert [{key.row for key in finding.cells} for finding in found] == [{"carried_forward"}] * len(lacking)


@pytest.mark.parametrize(
    ("key", "raw", "message"),
    [
        (
            RECEIVED,
            " 3件",
            "三、依申请公开“一、本年新收政府信息公开申请数量”行“商业企业”列：原文“3件”已读作 3。请核对是否正确。",
        ),
        (
            FEE,
            "75394432.52元",
            (
                "二、主动公开 第二十条第（八）项“行政事业性收费”行“本年收费金额（单位：万元）”列："
                "原文“75394432.52元”已读作 7539.443252（万元）。请核对是否正确。"
            ),
        ),
    ],
)
def test_r04_shows_what_a_figure_was_read_as(key: CellKey, raw: str, message: str) -> None:
    figure = read_figure(raw, FORM.kind(key))
    finding = r04_converted(key, figure, FORM, PLACE)
    assert finding == Finding("R04", Severity.INFO, message, (key,), place=PLACE)


def test_r05_shows_a_stored_total_beside_the_computed_one() -> None:
    key, other, empty = (cell(f"review/{row}/total") for row in FORM_ROWS)
    stored: dict[CellKey, Value] = {key: Decimal(6), other: Decimal(9), empty: None}
    computed = {key: Decimal(5), empty: Decimal(0)}
    unsaved, wrong = r05_stored_total(stored, computed, FORM)
    assert unsaved.message == (
        "1 个合计格没有保存计算结果（多为其他程序另存所致），已按公式重新计算。用表格软件打开再保存一次即可。"
    )
    assert unsaved.cells == (empty,)
    assert wrong.message == (
        "四、复议诉讼“行政复议”部分“总计”列：文件里保存的是 6，按公式应为 5，相差 1，已按公式采用。"
        "请用表格软件打开，重新计算后保存。"
    )
    assert (wrong.rule, wrong.severity, wrong.cells) == ("R05", Severity.WARNING, (key,))
    assert (wrong.left, wrong.right, wrong.difference) == (Decimal(6), Decimal(5), Decimal(1))
    assert list(r05_stored_total(stored, {}, FORM)) == []


FORM_ROWS = ("reconsideration", "litigation.direct", "litigation.reviewed")


def test_r06_offers_the_current_template() -> None:
    finding = r06_not_current("不是本工具生成的工作簿")
    assert (finding.rule, finding.severity) == ("R06", Severity.WARNING)
    assert finding.message == "不是本工具生成的工作簿。请用“nianbao import 本文件 -o 新文件”转入当前模板。"


@pytest.mark.parametrize(
    ("raw", "rule"),
    [("3", None), ("", None), ("　", None), ("3件", "R04"), ("/", "V03"), ("1 2", "R02"), ("减3", "R02")],
)
def test_reading_a_figure_gives_rise_to_its_finding(raw: str, rule: str | None) -> None:
    finding = of_figure(RECEIVED, read_figure(raw, "count"), FORM, PLACE)
    if rule is None:
        assert finding is None
    else:
        assert finding
        assert (finding.rule, finding.cells, finding.place) == (rule, (RECEIVED,), PLACE)
        assert f"“{raw}”" in finding.message


def test_a_refused_figure_is_quoted() -> None:
    finding = of_figure(RECEIVED, read_figure("1\n2", "count"), FORM, None)
    assert finding
    assert finding.message == (
        "三、依申请公开“一、本年新收政府信息公开申请数量”行“商业企业”列：原文“1 2”认不准是哪个数，没有采用。"
        "请对照原文手工填写。"
    )


def test_a_report_of_one_table_lacks_the_others() -> None:
    only = report("review\nreconsideration 0 0 0 0 0\nlitigation.direct 0 0 0 0 0\nlitigation.reviewed 0 0 0 0 0")
    assert len(missing(only)) == 5
    assert missing(zero_report()) == []

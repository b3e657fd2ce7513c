"""This year's figures beside last year's."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from builders import busy_report, cell, changed, rows, shared, without, zero_report
from nianbao.check import check
from nianbao.checks.yearly import a03_repealed, a14_moved_much, y03_requests_moved, y04_same_table
from nianbao.findings import Finding, Severity
from nianbao.form import CellKey
from nianbao.formfile import load_form
from nianbao.importing.files import read_file
from nianbao.reading import Reading
from nianbao.report import Report
from nianbao.thresholds import STANDARD, Thresholds

RECEIVED = "requests/received/total"
LICENCE = "licensing/licence/decisions"


def known(report: Report) -> dict[CellKey, Decimal]:
    """The figures of `report`, as next year's report knows them."""
    return {key: value for key, value in report.values.items() if value is not None}


def after(report: Report, last: Report | Mapping[str, int | str]) -> Reading:
    """`report`, with all that is known of last year, or with a few figures of it by path."""
    figures = known(last) if isinstance(last, Report) else {cell(key): Decimal(value) for key, value in last.items()}
    return Reading("某.xlsx", report._replace(last=figures))


def repealed(reading: Reading) -> list[Finding]:
    return list(a03_repealed(reading, reading.form))


def moved(reading: Reading, thresholds: Thresholds = STANDARD) -> list[Finding]:
    form = reading.form
    return [*a14_moved_much(reading, form, thresholds), *y03_requests_moved(reading, form, thresholds)]


def same(reading: Reading) -> list[Finding]:
    return list(y04_same_table(reading, reading.form))


@pytest.mark.parametrize(
    ("issued", "gone", "before", "told"),
    [
        (2, 9, 7, False),  # all of them
        (2, 10, 7, True),
        (0, 1, 0, True),
        (0, 0, 0, False),
        (None, 10, 7, False),
        (2, None, 7, False),
    ],
)
def test_a03_no_more_is_repealed_than_there_was(
    issued: int | None, gone: int | None, before: int, *, told: bool
) -> None:
    this = {"documents/normative_document/issued": issued, "documents/normative_document/repealed": gone}
    found = repealed(after(changed(busy_report(), this), {"documents/normative_document/in_force": before}))
    assert bool(found) == told


def test_a03_tells_both_sides_and_the_gap() -> None:
    this = changed(busy_report(), {"documents/normative_document/repealed": 12})
    (finding,) = repealed(after(this, {"documents/normative_document/in_force": 7}))
    assert finding.message == (
        "二、主动公开 第二十条第（一）项“行政规范性文件”行：本年废止 12，上年现行有效 7 加本年制发 2 只有 9，多废止了 3。"
        "只能废止已有的文件，请核对废止的件数，以及上年报告的现行有效件数。"
    )
    assert (finding.severity, finding.left, finding.right) == (Severity.WARNING, Decimal(12), Decimal(9))
    assert [key.column for key in finding.cells] == ["issued", "repealed"]


def test_a03_is_silent_where_last_year_is_not_known_or_of_the_other_edition() -> None:
    this = changed(busy_report(), {"documents/normative_document/repealed": 99})
    assert repealed(after(this, {})) == []
    assert repealed(after(this._replace(year=2021), busy_report("2019"))) == []
    assert repealed(after(busy_report("2019"), busy_report("2019"))) == []


@pytest.mark.parametrize(
    ("this", "last", "told"),
    [
        (70, 21, True),
        (21, 70, True),
        (63, 21, False),  # three times, not more
        (64, 21, True),
        (29, 9, True),  # twenty more
        (28, 9, False),
        (0, 25, True),
        (25, 0, True),
        (19, 0, False),
        (0, 0, False),
        (500, 500, False),
        (None, 25, False),
    ],
)
@pytest.mark.parametrize(("path", "rule"), [(RECEIVED, "Y03"), (LICENCE, "A14"), ("fees/fee/charged", "A14")])
def test_what_has_moved_much_is_told(path: str, rule: str, this: int | None, last: int, *, told: bool) -> None:
    found = moved(after(changed(zero_report(), {path: this}), {path: last}))
    assert [(each.rule, each.severity, each.cells) for each in found] == (
        [(rule, Severity.WARNING, (cell(path),))] if told else []
    )
    for each in found:
        assert [each.left, each.right] == [Decimal(this or 0), Decimal(last)]


def test_the_messages_tell_both_years_and_the_gap() -> None:
    changes: dict[str, int | str | None] = {RECEIVED: 70, LICENCE: 0, "fees/fee/charged": "429.1"}
    last = {RECEIVED: 21, LICENCE: 42, "fees/fee/charged": 12}
    licence, fee, received = moved(after(changed(zero_report(), changes), last))
    assert received.message == (
        "三、依申请公开“一、本年新收政府信息公开申请数量”行“总计”列：本年 70，上年 21，多 49 件，超过 3 倍，变化很大。"
        "请对照台账核对，统计口径也要与上年一致；没有填错的，请写明变化的原因。"
    )
    assert "本年 0，上年 42，少 42 件，变化很大。" in licence.message
    assert "本年 429.1，上年 12，多 417.1 万元，超过 3 倍，变化很大。请对照台账核对，单位（万元）也要" in fee.message
    assert received.subject == "三、依申请公开“一、本年新收政府信息公开申请数量”行“总计”列"


def test_an_office_may_say_how_much_is_much() -> None:
    reading = after(changed(zero_report(), {RECEIVED: 40}), {RECEIVED: 20})
    assert moved(reading) == []
    (finding,) = moved(reading, Thresholds(moved_times=Decimal("1.5"), moved_pieces=Decimal(10)))
    assert "超过 1.5 倍" in finding.message


def test_what_is_not_known_of_last_year_has_not_moved() -> None:
    assert moved(after(changed(zero_report(), {RECEIVED: 900, LICENCE: 900}), {})) == []
    assert moved(after(without(zero_report(), "licensing/", "requests/"), {RECEIVED: 900, LICENCE: 900})) == []


@pytest.mark.parametrize(
    ("edition", "year", "told"), [("2019", 2020, True), ("2021", 2021, False), ("2021", 2022, True)]
)
def test_decisions_are_compared_within_one_edition_only(edition: str, year: int, *, told: bool) -> None:
    report = changed(zero_report(edition), {LICENCE: 900, RECEIVED: 900})._replace(year=year)
    found = moved(after(report, {LICENCE: 10, RECEIVED: 10}))
    assert [each.rule for each in found] == (["A14"] if told else []) + ["Y03"]


def test_items_and_stocks_are_no_decisions() -> None:
    this = changed(zero_report("2019"), {"licensing/licence/items_last_year": 900, "documents/regulation/public": 900})
    assert moved(after(this, zero_report("2019"))) == []


def test_without_a_year_nothing_of_table_two_is_compared() -> None:
    reading = after(changed(zero_report(), {LICENCE: 900})._replace(year=None), {LICENCE: 10})
    assert moved(reading) == []


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_y04_a_busy_report_that_is_last_years_is_told_table_by_table(edition: str) -> None:
    report = busy_report(edition)
    found = same(after(report, report))
    assert [(each.severity, each.subject) for each in found] == [
        (Severity.WARNING, sheet) for sheet in ("二、主动公开", "三、依申请公开", "四、复议诉讼")
    ]
    assert not any(key.column in {"total", "in_force", "public", "pending"} for each in found for key in each.cells)


def test_y04_says_how_many_figures_are_the_same() -> None:
    report = zero_report("2021", "review\nreconsideration 12 3 40 2 57")
    (finding,) = same(after(report, report))
    assert finding.message == (
        "四、复议诉讼：全表与上年报告完全相同，其中 5 个数不是 0。"
        "请核对是否把上年的数留在了表里；确实相同的，请写明已经核对。"
    )
    assert [key.column for key in finding.cells] == ["upheld", "corrected", "other"]


ONE_REQUEST = "requests\nreceived 1 0 0 0 0 0 1\noutcome.granted 1 0 0 0 0 0 1\noutcome.total 1 0 0 0 0 0 1"
LEFT_OVER = "requests\nbrought_forward 12345 0 0 0 0 0 12345\ncarried_forward 12345 0 0 0 0 0 12345"
STOCK = "documents\nnormative_document 0 0 12345\nreview\nlitigation.direct 0 0 0 12345 12345"


@pytest.mark.parametrize(
    "text", ["", ONE_REQUEST, LEFT_OVER, STOCK, "licensing\nlicence 550", "licensing\nlicence 55500"]
)
def test_y04_is_silent_where_equal_tables_are_likely(text: str) -> None:
    report = zero_report("2021", text)
    assert same(after(report, report)) == []


@pytest.mark.parametrize("text", ["licensing\nlicence 9487", "licensing\nlicence 121\nenforcement\npenalty 7"])
def test_y04_four_digits_are_no_accident(text: str) -> None:
    report = zero_report("2021", text)
    assert [each.subject for each in same(after(report, report))] == ["二、主动公开"]


def test_y04_one_figure_that_differs_is_enough() -> None:
    report = busy_report()
    other = changed(
        report, {"fees/fee/charged": 1, "requests/carried_forward/other_body": 1, "review/reconsideration/total": 7}
    )
    assert same(after(other, report)) == []


@pytest.mark.parametrize("path", ["fees/fee/charged", "requests/received/company", "review/reconsideration/other"])
def test_y04_is_silent_of_a_table_that_is_not_known_whole(path: str) -> None:
    report, sheet = busy_report(), load_form("2021").chapter_of[cell(path).table].sheet
    last = {key: value for key, value in known(report).items() if key != cell(path)}
    for reading in (after(changed(report, {path: None}), report), Reading("某", report._replace(last=last))):
        assert sheet not in {each.subject for each in same(reading)}


def test_y04_compares_table_two_within_one_edition_only() -> None:
    report = busy_report()._replace(year=2021)
    assert [each.subject for each in same(after(report, report))] == ["三、依申请公开", "四、复议诉讼"]


def test_both_editions_know_the_rows_that_do_not_flow() -> None:
    for edition in ("2019", "2021"):
        keys = {str(key) for key in load_form(edition).cells}
        assert {RECEIVED, "requests/brought_forward/total", "requests/carried_forward/total"} <= keys
    assert rows(ONE_REQUEST)


# 平潭: exact figures of four years.


def of_pingtan(year: int) -> Report:
    (reading,) = read_file(shared() / "data" / "reports" / f"pingtan_{year}.json")
    return reading.report


CONTINUITY = {"A02", "A03", "A08", "A09", "B07", "Y04"}


@pytest.mark.parametrize(
    ("year", "told"),
    [
        (2020, []),
        (2021, [("Y03", 70, 21)]),  # table two is of the new edition
        (2022, [("A14", 10690, 2293), ("A14", 0, 42)]),
    ],
)
def test_real_reports_after_the_year_before(year: int, told: list[tuple[str, int, int]]) -> None:
    found = check(after(of_pingtan(year), of_pingtan(year - 1)))
    moves = [(each.rule, int(each.left or 0), int(each.right or 0)) for each in found if each.rule in {"A14", "Y03"}]
    assert moves == told
    assert [each.rule for each in found if each.rule in CONTINUITY] == []


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        ("requests/brought_forward/natural_person", 2, "B07"),
        ("documents/normative_document/in_force", 699, "A02"),
        ("documents/normative_document/repealed", 800, "A03"),
    ],
)
def test_real_reports_with_a_break_are_told(path: str, value: int, rule: str) -> None:
    found = check(after(changed(of_pingtan(2022), {path: value}), of_pingtan(2021)))
    assert rule in [each.rule for each in found]


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [("enforcement/penalty/items_last_year", 2000, "A09"), ("documents/normative_document/public", 80, "A08")],
)
def test_real_reports_of_the_old_edition_with_a_break_are_told(path: str, value: int, rule: str) -> None:
    found = check(after(changed(of_pingtan(2020), {path: value}), of_pingtan(2019)))
    assert rule in [each.rule for each in found]


def test_real_reports_that_are_last_years_are_told() -> None:
    report = of_pingtan(2021)
    found = same(after(report._replace(year=2022), report))
    assert [each.subject for each in found] == ["二、主动公开", "三、依申请公开", "四、复议诉讼"]

"""汇总: every cell is the exact sum of the units, and what does not fit together is told."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import any_report, blank_report, busy_report, cell, changed, hybrid, plus, shared, zero_report
from cities import (
    decision,
    earlier,
    handed_in,
    idle,
    member,
    roster,
    summary_of,
    summed,
    taken,
    unit,
)
from nianbao.check import Checked, check
from nianbao.city.accepting import explained
from nianbao.city.decisions import Choice
from nianbao.city.merge import Merged, merge
from nianbao.city.previous import carried_over
from nianbao.demo import PUBLISHED, published_city
from nianbao.demo.family import UNITS, draw_family
from nianbao.findings import Finding, State
from nianbao.form import CellKey
from nianbao.formfile import load_form
from nianbao.reading import Reading
from nianbao.report import Explanation, Fee, Report, Values
from nianbao.reportjson import parse
from nianbao.workbook.contents import Adjusting
from nianbao.workbook.read import read_workbook

WRONG = {"requests/received/total": 99}


def merged(*reports: Report) -> Merged:
    """The sum of `reports`, as units of different names."""
    return summed([handed_in(each._replace(agency=f"单位{n}")) for n, each in enumerate(reports)])


def found(of: Merged, rule: str) -> list[Finding]:
    """What is told of the whole by one rule."""
    return [each for each in of.findings if each.rule == rule]


def told(of: Report) -> set[tuple[str, State]]:
    """What a check of the summary says."""
    return {(each.rule, each.state) for each in check(Reading("x", of)) if each.severity.value == "error"}


@settings(max_examples=10)
@given(st.lists(any_report("2021", absent=False), min_size=1, max_size=4))
def test_every_cell_is_the_exact_sum_of_what_was_filled(reports: list[Report]) -> None:
    total = merged(*reports).report
    for key in load_form("2021").cells:
        filled = [value for each in reports if (value := each.values[key]) is not None]
        assert total.values[key] == (sum(filled, Decimal(0)) if filled else None)


def test_decimals_stay_exact() -> None:
    cents = changed(zero_report(), {"fees/fee/charged": "0.1"})
    total = merged(cents, cents, changed(cents, {"fees/fee/charged": "0.000001"}))
    assert total.report.values[cell("fees/fee/charged")] == Decimal("0.200001")
    assert earlier(total).reading.report.values[cell("fees/fee/charged")] == Decimal("0.200001")


def test_blank_everywhere_stays_blank() -> None:
    total = merged(blank_report(), blank_report())
    assert set(total.report.values.values()) == {None}
    assert set(earlier(total).reading.report.values.values()) == {None}


def test_a_hybrid_report_is_counted_in_the_last_of_its_three_rows() -> None:
    total = merged(hybrid(busy_report()), busy_report()).report
    three = [cell(f"requests/outcome.other.{row}/total") for row in ("not_amended", "fee_unpaid", "rest")]
    assert plus(total.values, three) == 4
    assert total.values[three[2]] == 3


# A family whose sum is a published table.


def test_the_family_is_drawn_alike_every_time_and_balances() -> None:
    published = published_city()
    assert draw_family(published) == draw_family(published)
    for each in draw_family(published):
        assert {finding.rule for finding in check(Reading("x", each))} <= {"B08"}  # as drawn, one unit has many others
        assert each.agency.startswith("示例市")
    assert PUBLISHED.startswith("宿迁市")


def test_the_family_adds_up_to_the_published_table() -> None:
    published = published_city()
    total = summed([handed_in(each) for each in draw_family(published)])
    assert len(total.counted) == len(UNITS) == 12
    assert total.report.values == published.values
    again = read_workbook(summary_of(total), "汇总.xlsx")
    assert again.report.values == published.values
    assert check(again) == ()


FAMILY = draw_family(published_city())
EXPECTED: Mapping[CellKey, Decimal | None] = published_city().values


@settings(max_examples=8)
@given(st.permutations(range(12)), st.booleans())
def test_neither_the_order_nor_the_names_of_the_files_matter(order: list[int], renamed: bool) -> None:  # noqa: FBT001
    names = [f"新建文件夹/报表({at}).xlsx" if renamed else "" for at in range(12)]
    files = [handed_in(FAMILY[at], name) for at, name in zip(order, names, strict=True)]
    known = roster(*(member(each.agency) for each in FAMILY))
    total = summed(files, roster=known)
    assert total.report.values == EXPECTED
    assert [each.agency for each in total.counted] == [each.agency for each in FAMILY]


@settings(max_examples=8)
@given(st.permutations(range(5)))
def test_the_order_of_the_files_decides_nothing(order: list[int]) -> None:
    """Rounds, copies, questions: what becomes of a file depends on the others, never on which came first."""
    rounds = [
        handed_in(unit("甲局", round="1"), "甲1.xlsx"),
        handed_in(unit("甲局", {"fees/fee/charged": 1}, round="2"), "甲2.xlsx"),
        handed_in(unit("乙局", {"fees/fee/charged": 2}, round="1"), "乙1.xlsx"),
        handed_in(unit("乙局", {"fees/fee/charged": 3}, round="1"), "乙2.xlsx"),
        handed_in(unit("丙局"), "丙.xlsx"),
    ]
    first, other = taken(rounds), taken([rounds[at] for at in order])
    assert {each.name: each.is_added for each in first.handed} == {each.name: each.is_added for each in other.handed}


@settings(max_examples=3)
@given(st.lists(st.integers(0, 2), min_size=12, max_size=12))
def test_a_family_split_over_two_levels_comes_to_the_same(counties: list[int]) -> None:
    """Towns in the summaries of their counties, as workbooks, and those in that of the city."""
    files = []
    for number in sorted({*counties}):
        towns = [handed_in(each) for each, at in zip(FAMILY, counties, strict=True) if at == number]
        county = summed(towns, f"第{number}县")
        reading = read_workbook(summary_of(county), f"第{number}县汇总.xlsx")
        assert reading.summary
        files.append(Checked(handed_in(county.report).file, reading, check(reading)))
    total = summed(files)
    assert len(total.counted) == len(files)
    assert total.report.values == EXPECTED


def published_tables() -> list[Report]:
    folder = shared() / "data" / "reports"
    parsed = (parse(path.read_text("utf-8"), path.name) for path in sorted(folder.glob("*.json")))
    form = {edition: load_form(edition) for edition in ("2019", "2021")}
    reports = [reading.report for readings in parsed for reading in readings]
    return [each for each in reports if all(each.values.get(key) is not None for key in form[each.edition].cells)]


def test_families_of_other_published_tables_add_up_to_them() -> None:
    tables = [each for each in published_tables() if each.edition == "2021"]
    for table in islice(tables, 3):
        total = summed([handed_in(each) for each in draw_family(table)])
        addends = {key: value for key, value in table.values.items() if key.column != "total"}
        assert {key: total.report.values[key] for key in addends} == addends


# What is told of the whole.


def test_documents_are_to_be_confirmed() -> None:
    (finding,) = found(merged(busy_report()), "G02")
    assert finding.severity.value == "warning"
    assert {key.table for key in finding.cells} == {"documents"}
    assert "联合发文可能重复计算" in finding.message
    assert found(merged(zero_report()), "G02") == []


def test_a_wrong_total_of_a_unit_shows_in_the_summary_with_its_name() -> None:
    total = merged(changed(busy_report(), WRONG), busy_report())
    (finding,) = found(total, "G11")
    assert finding.is_open_error
    assert "各单位填的合计之和 116，按各格相加应为 34，相差 82。合计不符的单位：单位0。" in finding.message
    assert {rule for rule, _ in told(total.report)} == {"B01", "B02"}


def test_of_many_units_a_few_are_named() -> None:
    wrong = [changed(zero_report(), {"requests/received/total": 1}) for _ in range(14)]
    (finding,) = found(merged(*wrong), "G11")
    assert "单位11、等共 14 个。" in finding.message


def accepted(*reports: Report) -> Merged:
    """The sum of `reports`, the first of them taken as it is by decision."""
    files = [handed_in(each) for each in reports]
    return summed(files, decisions=[decision(Choice.ACCEPT, f"{reports[0].agency}.xlsx")])


def test_what_is_wrong_with_accepted_figures_is_explained_in_the_summary() -> None:
    total = accepted(unit("甲局", WRONG), unit("乙局"))
    (finding,) = found(total, "G11")
    assert finding.state is State.EXPLAINED
    assert "请退回" not in finding.message
    report = explained(total.report, total.counted)
    assert told(total.report) == {("B01", State.OPEN), ("B02", State.OPEN)}
    assert told(report) == {("B01", State.EXPLAINED), ("B02", State.EXPLAINED)}
    assert {each.reason for each in report.explanations} == {"按决定照原数计入：甲局的报表本来不平。"}


def test_what_another_unit_has_of_it_is_not() -> None:
    total = accepted(unit("甲局", WRONG), unit("乙局", {"requests/received/total": 20}))
    (finding,) = found(total, "G11")
    assert finding.state is State.OPEN
    assert told(explained(total.report, total.counted)) == {("B01", State.OPEN), ("B02", State.OPEN)}


def test_gaps_that_point_both_ways_are_explained_together() -> None:
    files = [handed_in(unit(name, {"requests/received/total": at})) for name, at in (("甲局", 20), ("乙局", 16))]
    total = summed(files, decisions=[decision(Choice.ACCEPT, unit=name) for name in ("甲局", "乙局")])
    report = explained(total.report, total.counted)
    assert {state for _, state in told(report)} == {State.EXPLAINED}


def test_explanations_of_what_no_longer_is_go_and_those_of_people_stay() -> None:
    total = accepted(unit("甲局", WRONG), unit("乙局"))
    own = Explanation("B03 三、一：1 对 2", "我写的")
    first = explained(total.report._replace(explanations=(own,)), total.counted)
    assert len(first.explanations) == 3
    assert explained(first, total.counted) == first
    mended = summed([handed_in(unit("甲局")), handed_in(unit("乙局"))])
    again = explained(mended.report._replace(explanations=first.explanations), mended.counted)
    assert again.explanations == (own,)


def last_year(**units: int) -> tuple[Report, dict[str, Values]]:
    """Last year's summary, and what each unit carried forward in it."""
    carried = "requests/carried_forward"
    reports = {name: idle(name, {f"{carried}/company": n, f"{carried}/total": n}) for name, n in units.items()}
    before = merge(taken([handed_in(each) for each in reports.values()]), "示例市", Adjusting()).report
    return before._replace(year=2022), {name: each.values for name, each in reports.items()}


def carrying(*units: tuple[str, int], before: tuple[Report, dict[str, Values]]) -> list[Finding]:
    brought = "requests/brought_forward"
    files = [handed_in(idle(name, {f"{brought}/company": n, f"{brought}/total": n})) for name, n in units]
    return found(merge(taken(files), "示例市", Adjusting(), *before), "G10")


def test_what_was_carried_over_from_last_year_is_compared() -> None:
    before = last_year(甲局=3, 乙局=2)
    assert carrying(("甲局", 3), ("乙局", 2), before=before) == []
    findings = carrying(("甲局", 1), ("乙局", 2), before=before)
    assert len(findings) == 2
    assert (
        "各单位上年结转之和 3，上年汇总的结转下年度继续办理 5，前者比后者少 2。差在：甲局上年 3，今年填 1。"
        in findings[0].message
    )


def test_units_that_came_or_went_are_named_where_figures_were_not_carried_over() -> None:
    findings = carrying(("乙局", 2), ("丙局", 4), before=last_year(甲局=3, 乙局=2))
    assert "差在：甲局上年 3，今年没有计入；丙局上年没有这个单位，今年填 4。" in findings[0].message


def test_last_years_report_need_not_be_a_summary() -> None:
    before, _ = last_year(甲局=3)
    findings = carrying(("甲局", 1), before=(before, {}))
    assert "差在" not in findings[0].message


NONE = Fee(charged=False)


def charged(pieces: int, yuan: int | str) -> Fee:
    return Fee(charged=True, pieces=Decimal(pieces), yuan=Decimal(yuan))


@pytest.mark.parametrize(
    ("fees", "sum_of"),
    [
        ([charged(2, "30.5"), charged(1, 10)], charged(3, "40.5")),
        ([NONE, Fee()], NONE),
        ([Fee(), Fee()], Fee()),
        ([NONE, charged(1, 9), Fee()], charged(1, 9)),
    ],
)
def test_processing_fees_are_added(fees: list[Fee], sum_of: Fee) -> None:
    total = merged(*(zero_report()._replace(fee=each) for each in fees))
    assert total.report.fee == sum_of
    assert earlier(total).reading.report.fee == sum_of


def test_what_the_office_wrote_in_the_summary_before_stays() -> None:
    total = accepted(unit("甲局", WRONG), unit("乙局"))
    written = total.report._replace(
        texts={"overview": "开头", "problems": "问题"},
        particulars={"contact": "李四", "round": "2"},
        explanations=(Explanation("B09 三、一：1 对 2", "原因"),),
    )
    before = earlier(total)
    before = before._replace(reading=before.reading._replace(report=written))
    carried = carried_over(total.report, before)
    assert (carried.texts, carried.particulars) == (written.texts, written.particulars)
    assert carried.explanations == written.explanations
    assert carried.values == total.report.values
    assert carried_over(total.report, None) == total.report

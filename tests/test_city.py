"""The city: sums of many reports, and the summary workbook."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import any_report, blank_report, busy_report, cell, changed, hybrid, plus, zero_report
from nianbao.check import Checked, check
from nianbao.checks.reading import r01_unreadable
from nianbao.city.merge import Merged, merge
from nianbao.city.summary import build_summary
from nianbao.demo import PUBLISHED, published_city
from nianbao.demo.family import UNITS, draw_family
from nianbao.errors import InputError
from nianbao.findings import Finding
from nianbao.formfile import load_form
from nianbao.importing.files import read_bytes
from nianbao.reading import Reading
from nianbao.report import Report, Totals
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import of_reading
from nianbao.workbook.names import FILES
from nianbao.workbook.read import read_workbook
from nianbao.workbook.sheets import open_sheets


def checked(report: Report, name: str = "", *, summary: bool = False) -> Checked:
    """`report` as a checked file."""
    reading = Reading(name or f"{report.agency}.xlsx", report, summary=summary)
    return Checked(Path(reading.source), reading, check(reading))


def merged(*reports: Report) -> Merged:
    """The sum of `reports`, as units of different names."""
    return merge([checked(each._replace(agency=f"单位{n}")) for n, each in enumerate(reports)], "示例市")


def problems(of: Merged) -> list[Finding]:
    """Why files are not counted."""
    return [unit.problem for unit in of.units if unit.problem]


def summary(of: Merged) -> Reading:
    """The summary workbook, read back."""
    return read_workbook(build_summary(of), "汇总.xlsx")


def test_the_family_adds_up_to_the_published_table() -> None:
    published = published_city()
    family = draw_family(published)
    total = merge([checked(each) for each in family], "示例市")
    assert len(total.counted) == len(UNITS) == 12
    assert total.report.values == published.values
    assert summary(total).report.values == published.values
    assert check(summary(total)) == ()


def test_the_family_is_drawn_alike_every_time_and_balances() -> None:
    published = published_city()
    assert draw_family(published) == draw_family(published)
    for unit in draw_family(published):
        assert check(Reading("x", unit)) == ()
        assert unit.agency.startswith("示例市")
    assert PUBLISHED.startswith("宿迁市")


@settings(max_examples=10)
@given(st.lists(any_report("2021", absent=False), min_size=1, max_size=4))
def test_every_cell_is_the_exact_sum_of_what_was_filled(reports: list[Report]) -> None:
    total = merged(*reports).report
    for key in load_form("2021").cells:
        filled = [value for each in reports if (value := each.values[key]) is not None]
        assert total.values[key] == (sum(filled, Decimal(0)) if filled else None)


def test_the_order_of_the_files_does_not_matter() -> None:
    units = [checked(each) for each in draw_family(published_city())]
    assert merge(units[::-1], "").report == merge(units, "").report


def test_decimals_stay_exact() -> None:
    cents = changed(zero_report(), {"fees/fee/charged": "0.1"})
    total = merged(cents, cents, changed(cents, {"fees/fee/charged": "0.000001"}))
    assert total.report.values[cell("fees/fee/charged")] == Decimal("0.200001")
    assert summary(total).report.values[cell("fees/fee/charged")] == Decimal("0.200001")


def test_blank_everywhere_stays_blank() -> None:
    total = merged(blank_report(), blank_report())
    assert set(total.report.values.values()) == {None}
    assert set(summary(total).report.values.values()) == {None}


def test_a_wrong_total_of_a_unit_shows_in_the_summary() -> None:
    wrong = changed(busy_report(), {"requests/received/total": 99})
    rules = {finding.rule for finding in check(summary(merged(wrong, busy_report())))}
    assert rules == {"B01", "B02"}


def test_a_hybrid_report_is_counted_in_the_last_of_its_three_rows() -> None:
    total = merged(hybrid(busy_report()), busy_report()).report
    three = [cell(f"requests/outcome.other.{row}/total") for row in ("not_amended", "fee_unpaid", "rest")]
    assert plus(total.values, three) == 4
    assert total.values[three[2]] == 3


def test_a_unit_that_came_twice_is_not_counted() -> None:
    total = merge(
        [
            checked(busy_report(), "a.xlsx"),
            checked(zero_report(), "b.xlsx"),
            checked(zero_report()._replace(agency="另一局")),
        ],
        "",
    )
    assert [unit.report.agency for unit in total.counted if unit.report] == ["另一局"]
    first = total.checked[0].findings[0]
    assert (first.rule, first.is_open_error) == ("G03", True)
    assert "“示例市示例局”交来 2 份" in first.message


def test_another_year_is_not_counted() -> None:
    reports = [busy_report()._replace(agency=name) for name in "甲乙"]
    total = merge([*(checked(each) for each in reports), checked(busy_report()._replace(agency="丙", year=2022))], "")
    assert len(total.counted) == 2
    assert "2022 年度（2021 版式），与多数报表不同" in problems(total)[0].message


def test_no_year_prevails() -> None:
    reports = [busy_report()._replace(agency="甲"), busy_report()._replace(agency="乙", year=2022)]
    with pytest.raises(InputError, match="无法判断汇总哪一种"):
        merge([checked(each) for each in reports], "")


def test_a_unit_without_a_name_is_not_counted() -> None:
    total = merge([checked(busy_report()), checked(busy_report()._replace(agency=""), "无名.xlsx")], "")
    assert problems(total)[0].message == "没有计入汇总：没有填写单位名称，不知道是哪个单位。请核对文件后重新汇总。"


def test_the_citys_own_summary_is_not_counted_again_but_a_countys_is() -> None:
    own = checked(busy_report()._replace(agency="示例市"), summary=True)
    county = checked(busy_report()._replace(agency="示例县"), summary=True)
    total = merge([own, county, checked(busy_report())], "示例市")
    assert [finding.rule for finding in problems(total)] == ["G09"]
    assert len(total.counted) == 2


def test_documents_are_to_be_confirmed() -> None:
    (finding,) = merged(busy_report()).findings
    assert (finding.rule, finding.severity.value) == ("G02", "warning")
    assert {key.table for key in finding.cells} == {"documents"}


def test_the_list_of_files_says_what_was_wrong() -> None:
    broken = changed(busy_report(), {"requests/received/total": 99})._replace(agency="甲局")
    lost = Checked(
        Path("坏.xlsx"), None, (r01_unreadable(InputError("坏.xlsx", "文件加了打开密码", "请去掉密码后另存")),)
    )
    total = merge([checked(broken), lost, checked(busy_report())], "")
    rows = open_sheets(build_summary(total), "x")[FILES][3:]
    assert [(row[1], row[4], row[5]) for row in rows] == [
        ("甲局.xlsx", "是", 2),
        ("坏.xlsx", "否", 1),
        ("示例市示例局.xlsx", "是", 0),
    ]
    assert "B01" in rows[0][7]
    assert "文件加了打开密码" in rows[1][7]


def test_a_summary_is_a_workbook_like_any_other() -> None:
    reading = summary(merged(busy_report(), busy_report()))
    assert reading.summary
    assert (reading.report.agency, reading.report.totals) == ("示例市", Totals.TYPED)


def test_without_a_name_no_summary_is_counted() -> None:
    own = checked(busy_report()._replace(agency="示例市"), summary=True)
    total = merge([own, checked(busy_report())], "")
    assert [finding.rule for finding in problems(total)] == ["G09"]


def test_an_imported_summary_is_still_a_summary() -> None:
    (again,) = read_bytes(build_workbook(of_reading(summary(merged(busy_report())))), "x.xlsx")
    assert again.summary


def test_units_without_a_year_do_not_outvote_one_with() -> None:
    lost = [checked(busy_report()._replace(agency=name, year=None)) for name in "甲乙"]
    total = merge([*lost, checked(busy_report())], "")
    assert total.report.year == 2023
    assert [finding.message for finding in problems(total)] == [
        "没有计入汇总：没有填写年度，与多数报表不同。请核对文件后重新汇总。"
    ] * 2
    with pytest.raises(InputError, match="没有一份报表写明年度"):
        merge(lost, "")


def test_nothing_to_count_is_no_summary() -> None:
    twice = [checked(busy_report(), "a.xlsx"), checked(zero_report(), "b.xlsx")]
    with pytest.raises(InputError, match=r"没有一份报表能计入汇总。.*[^。]。$"):
        merge(twice, "")
    with pytest.raises(InputError, match="没有一份报表写明年度"):
        merge([], "")


def test_a_summary_saved_without_results_is_told() -> None:
    book = openpyxl.load_workbook(BytesIO(build_summary(merged(busy_report()))))
    saved = BytesIO()
    book.save(saved)
    findings = check(read_workbook(saved.getvalue(), "x.xlsx"))
    assert [finding.rule for finding in findings] == ["R05"]
    assert "读不出数。请用表格软件打开再保存一次。" in findings[0].message

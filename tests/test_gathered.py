"""文字汇编 and 差额表: the units' texts side by side, the office's own figures against the sum."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import AGENCY, balanced, busy_report, changed, hybrid, texts, without, zero_report
from nianbao.city.gathered import UNWRITTEN, fitting, gaps, gathered
from nianbao.formfile import EDITIONS, load_form
from nianbao.report import PARTICULARS, Report
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents, Listing
from nianbao.workbook.names import GATHERED
from nianbao.workbook.page import CELL_LIMIT
from nianbao.workbook.sheets import open_sheets

COUNTED = "共比较 {} 格：{}。"


def unit(agency: str, **chapters: str) -> Report:
    return Report("2021", 2023, agency, texts=chapters)


def compare(own: Report, other: Report) -> Listing:
    return gaps(own, other.values, load_form(own.edition))


def told(listing: Listing) -> dict[tuple[object, ...], tuple[object, ...]]:
    """Figures and remark of each row, by its row and column."""
    return {row[1:3]: row[3:] for row in listing.rows}


def units_in_cells(text: str) -> int:
    """Characters as Excel counts them."""
    return len(text.encode("utf-16-le")) // 2


def test_chapters_stand_side_by_side_one_row_a_unit() -> None:
    listing = gathered([unit("甲局", overview="一\n二", other="六"), unit("乙局", problems=" \n五 ")])
    assert listing.heads == (("单位", "一、总体情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"),)
    assert listing.rows == (("甲局", "一\n二", UNWRITTEN, "六"), ("乙局", UNWRITTEN, "五", UNWRITTEN))
    assert listing.note.startswith("2 个单位")
    assert len(listing.widths) == len(listing.heads[0])


def test_no_unit_no_row() -> None:
    assert gathered([]).rows == ()
    assert GATHERED in open_sheets(build_workbook(Contents(busy_report(), listings=(gathered([]),))), "x").names


@pytest.mark.parametrize("edition", EDITIONS)
def test_nothing_personal_gets_in(edition: str) -> None:
    report = busy_report(edition)._replace(particulars=dict.fromkeys(PARTICULARS, "某人 13800000000"))
    assert "某人" not in str(gathered([report]))


@given(st.lists(texts("2021"), min_size=1, max_size=4))
def test_every_chapter_that_was_written_is_there(written: list[dict[str, str]]) -> None:
    rows = gathered([unit("甲局", **each) for each in written]).rows
    for each, row in zip(written, rows, strict=True):
        assert row == ("甲局", *(each.get(key, UNWRITTEN) for key in ("overview", "problems", "other")))


@pytest.mark.parametrize("letter", ["字", "𠮷", "a"])
@pytest.mark.parametrize("more", [-1, 0, 1, 50])
def test_what_no_cell_holds_is_cut_and_told(letter: str, more: int) -> None:
    text = letter * (CELL_LIMIT // units_in_cells(letter) + more)
    fits = units_in_cells(text) <= CELL_LIMIT
    kept = fitting(text, "甲局.xlsx")
    assert (kept == text) == fits
    assert units_in_cells(kept) <= CELL_LIMIT
    assert kept.startswith(letter * (len(text) - 100))
    assert fits or kept.endswith("全文见“甲局.xlsx”）")


@pytest.mark.parametrize(("files", "source"), [((), "甲局"), (("甲局的年报.docx",), "甲局的年报.docx")])
def test_a_cut_names_the_file_that_has_all(files: tuple[str, ...], source: str) -> None:
    listing = gathered([unit("甲局", overview="字" * (CELL_LIMIT + 1))], files)
    assert f"全文见“{source}”" in str(listing.rows[0][1])
    build_workbook(Contents(busy_report(), listings=(listing,)))


@pytest.mark.parametrize(("letters", "said"), [(900, False), (3000, True)])
def test_rows_too_high_to_show_all_are_told(letters: int, said: bool) -> None:  # noqa: FBT001
    listing = gathered([unit("甲局", overview="字" * letters), unit("乙局", overview="字")])
    assert ("其中 1 行" in listing.note) == said


@given(balanced())
def test_equal_figures_have_no_gap(report: Report) -> None:
    listing = compare(report, report)
    assert listing.rows[0][0] == "没有差额。"
    assert COUNTED.format(len(report.values), f"相同 {len(report.values)} 格") in listing.note


def test_a_gap_tells_place_both_figures_and_the_difference() -> None:
    own = changed(busy_report(), {"fees/fee/charged": "429.100001", "requests/outcome.denied.internal/company": 3})
    listing = compare(own, busy_report())
    assert listing.rows == (
        ("二、主动公开 第二十条第（八）项", "行政事业性收费", "本年收费金额（单位：万元）", Decimal("429.100001"), Decimal("429.1"), Decimal("0.000001"), ""),
        ("三、依申请公开", "（三）不予公开　5.属于三类内部事务信息", "法人或其他组织　商业企业", Decimal(3), Decimal(0), Decimal(3), ""),
    )  # fmt: skip
    assert f"“{AGENCY} 2023 年度”" in listing.note
    assert "不同 2 格" in listing.note


@pytest.mark.parametrize(
    ("own", "sums", "figures", "remark"),
    [
        (None, 0, (None, 0, None), "报告未填"),
        (0, None, (0, None, None), "各单位未填"),
        (2, 5, (2, 5, -3), ""),
    ],
)
def test_a_blank_is_told_and_is_no_zero(
    own: int | None, sums: int | None, figures: tuple[int | None, ...], remark: str
) -> None:
    at = "review/reconsideration/pending"
    listing = compare(changed(zero_report(), {at: own}), changed(zero_report(), {at: sums}))
    assert told(listing) == {("行政复议", "尚未审结"): (*figures, remark)}
    assert ("只有一边有数 1 格" in listing.note) == (None in figures)


def test_blanks_on_both_sides_are_counted_only() -> None:
    both = changed(zero_report(), {"review/reconsideration/pending": None})
    listing = compare(both, both)
    assert listing.rows[0][0] == "没有差额。"
    assert "两边都未填 1 格" in listing.note


def test_a_cell_that_the_report_lacks_is_not_called_unfilled() -> None:
    own = without(zero_report(), "fees/")
    assert [row[-1] for row in compare(own, zero_report()).rows] == ["报告没有这一格"]


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        ({}, {}),
        ({"requests/outcome.other.rest/total": 7}, {("三、本年度办理结果　（六）其他处理", "总计"): (2, 8, -6, "")}),
        (
            {"requests/outcome.other.rest/total": None},
            {("三、本年度办理结果　（六）其他处理", "总计"): (2, None, None, "各单位未填")},
        ),
    ],
)
def test_a_row_printed_for_several_is_held_against_their_sum(
    change: Mapping[str, int | None], rows: dict[tuple[object, ...], tuple[object, ...]]
) -> None:
    listing = compare(hybrid(busy_report()), changed(busy_report(), change))
    found = told(listing)
    assert found == rows if rows else listing.rows[0][0] == "没有差额。"


def test_figures_survive_exactly() -> None:
    at = "fees/fee/charged"
    big = "123456789012345678.123456"
    listing = compare(changed(busy_report(), {at: big}), changed(busy_report(), {at: "0.000001"}))
    assert listing.rows[0][5] == Decimal(big) - Decimal("0.000001")
    rows = open_sheets(build_workbook(Contents(busy_report(), listings=(listing,))), "x")[listing.sheet]
    assert big in rows[listing.first_row - 1]

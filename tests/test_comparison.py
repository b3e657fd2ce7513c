"""Two reports cell by cell and text by text."""

from __future__ import annotations

import pytest

from builders import busy_report, cell, changed, hybrid, without
from nianbao.comparison import cells_compared, compare
from nianbao.errors import InputError
from nianbao.reading import Reading
from nianbao.report import Report

TEXTS = {"overview": "本年度加强政府信息公开工作，取得成效。", "other": "无。"}


def read(report: Report, source: str = "公布.docx") -> Reading:
    return Reading(source, report)


ONE = read(busy_report()._replace(texts=TEXTS), "某局.xlsx")


def test_equal_reports_do_not_differ() -> None:
    assert compare(ONE, read(ONE.report)) == ()
    assert cells_compared(ONE, read(ONE.report)) == 200


def test_every_changed_figure_is_told_with_both() -> None:
    other = changed(
        ONE.report, {"requests/received/company": 3, "fees/fee/charged": None, "review/reconsideration/total": "7"}
    )
    fee, received, total = compare(ONE, read(other))
    assert [each.rule for each in (fee, received, total)] == ["P02"] * 3
    assert received.message == (
        "三、依申请公开“一、本年新收政府信息公开申请数量”行“商业企业”列：某局.xlsx是 1，公布.docx是 3，相差 -2。请核对哪一处对，改正另一处。"
    )
    assert [received.left, received.right] == [1, 3]
    assert received.cells == (cell("requests/received/company"),)
    assert "某局.xlsx是 429.1，公布.docx是 空格。" in fee.message
    assert total.difference == -1


def test_cells_that_one_lacks_are_told_by_blocks() -> None:
    lacking = read(without(ONE.report, "review"))
    (finding,) = compare(ONE, lacking)
    assert finding.message.endswith("：公布.docx里没有，某局.xlsx里有。请核对。")
    assert len(finding.cells) == 15
    (finding,) = compare(lacking, ONE)
    assert finding.message.endswith("：公布.docx里没有，某局.xlsx里有。请核对。")


def test_what_could_not_be_read_is_not_told_to_be_missing() -> None:
    from nianbao.checks.reading import r02_refused

    cells = tuple(key for key in ONE.report.values if key.table == "review")
    unread = Reading(
        "公布.pdf", without(ONE.report, "review"), (r02_refused("四、复议诉讼", "0 0", "应有 15 个数", None, cells),)
    )
    assert compare(ONE, unread) == ()


@pytest.mark.parametrize("turned", [False, True])
def test_a_row_that_one_prints_for_three_of_the_other_is_told(*, turned: bool) -> None:
    mixed = read(hybrid(ONE.report), "混排.pdf")
    three, whole = compare(mixed, ONE) if turned else compare(ONE, mixed)
    assert three.message.endswith("列：混排.pdf里没有，某局.xlsx里有。请核对。")
    assert {key.row for key in three.cells} == {f"outcome.other.{row}" for row in ("not_amended", "fee_unpaid", "rest")}
    assert whole.message.endswith("列：某局.xlsx里没有，混排.pdf里有。请核对。")
    assert {key.row for key in whole.cells} == {"outcome.other"}


SAME = [("本年度加强政府信息公开工作，\n取得成效。", True), ("本年度　加强政府信息公开工作，取得成效。", True)]
OTHER = [
    (
        "本年度加强政务信息公开工作，取得成效。",
        "第 7 个字起不同：某局.xlsx是“本年度加强政府信息公开工作，取得成效。”，公布.docx是“本年度加强政务信息",
    ),
    ("", "第 1 个字起不同：某局.xlsx是“本年度加强政府信息公开工作，取得成效。”，公布.docx是空的"),
    ("本年度加强政府信息公开工作，取得成效。又及。", "第 20 个字起不同"),
]


@pytest.mark.parametrize("text", [text for text, _ in SAME])
def test_spaces_and_line_ends_are_no_difference(text: str) -> None:
    assert compare(ONE, read(ONE.report._replace(texts={**TEXTS, "overview": text}))) == ()


@pytest.mark.parametrize(("text", "said"), OTHER)
def test_texts_are_quoted_where_they_begin_to_differ(text: str, said: str) -> None:
    (finding,) = compare(ONE, read(ONE.report._replace(texts={**TEXTS, "overview": text})))
    assert finding.message.startswith("“一、总体情况”的文字从")
    assert said in finding.message


def test_another_edition_is_not_compared() -> None:
    with pytest.raises(InputError, match=r"公布.docx：是 2019 版式，某局.xlsx 是 2021 版式，不能逐格比较"):
        compare(ONE, read(busy_report("2019")))


TITLES = [
    # year and agency of the other, what is said to differ
    (2022, ONE.report.agency, ["标题（年度）的文字从第 4 个字起不同：某局.xlsx是“2023”，公布.docx是“2022”。请核对。"]),
    (2023, "别的局", ["标题（单位名称）的文字从第 1 个字起不同"]),
    (None, "", []),
    (2023, f"某省{ONE.report.agency}", []),
    (2023, ONE.report.agency[3:], []),
]


@pytest.mark.parametrize(("year", "agency", "said"), TITLES, ids=str)
def test_another_year_or_office_is_told(year: int | None, agency: str, said: list[str]) -> None:
    found = compare(ONE, read(ONE.report._replace(year=year, agency=agency)))
    assert [finding.rule for finding in found] == ["P02"] * len(said)
    for finding, start in zip(found, said, strict=True):
        assert finding.message.startswith(start)

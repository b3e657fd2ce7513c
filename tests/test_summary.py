"""The summary workbook: what stands on its sheets, and that it is a workbook like any other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from builders import busy_report, cell, changed
from cities import (
    TODAY,
    decision,
    handed_in,
    idle,
    member,
    roster,
    summary_of,
    summed,
    unit,
    unreadable,
)
from nianbao.check import check
from nianbao.city.board import positions
from nianbao.city.decisions import Choice
from nianbao.city.merge import Merged
from nianbao.city.results import results
from nianbao.city.summary import Story, build_summary
from nianbao.city.units import rows_of
from nianbao.findings import Finding, Severity
from nianbao.formfile import load_form
from nianbao.importing.files import read_bytes
from nianbao.report import Fee, Totals
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Adjusting, Adjustment, of_reading
from nianbao.workbook.names import (
    ADJUSTMENTS,
    BY_RULE,
    BY_UNIT,
    CHARTS,
    DECISIONS,
    FILES,
    GAPS,
    GATHERED,
    LETTERS,
    STATUS,
    UNITS,
)
from nianbao.workbook.page import CELL_LIMIT
from nianbao.workbook.read import read_workbook
from nianbao.workbook.sheets import Sheets, open_sheets

FORM = load_form("2021")
ROSTER = roster(
    member("市政府办", "本级"),
    member("甲局", deadline=date(2024, 1, 20)),
    member("乙局", deadline=date(2024, 1, 20)),
    member("丙局"),
    member("示例县", "县区"),
    member("税务局", "垂直", counted=False),
)
FEE = Fee(charged=True, pieces=Decimal(2), yuan=Decimal("60.5"))


def of_all() -> Merged:
    """A sum with something of everything that can happen."""
    return summed(
        [
            handed_in(unit("市政府办", round="1")._replace(fee=FEE), digest="1" * 64),
            handed_in(unit("甲局", {"requests/received/total": 99}, round="2"), digest="2" * 64),
            handed_in(unit("示例县"), digest="3" * 64),
            handed_in(unit("税务局"), digest="4" * 64),
            unreadable("坏.xlsx"),
        ],
        roster=ROSTER,
        decisions=[decision(Choice.NO_REPORT, unit="丙局", reason="已撤并")],
    )


@pytest.fixture(scope="module")
def merged() -> Merged:
    return of_all()


@pytest.fixture(scope="module")
def book(merged: Merged) -> bytes:
    return summary_of(merged)


@pytest.fixture(scope="module")
def sheets(book: bytes) -> Sheets:
    return open_sheets(book, "汇总.xlsx")


def column(sheets: Sheets, name: str, head: str, heads: int = 2) -> list[object]:
    """What stands below one head of a list."""
    rows = sheets[name]
    at = rows[heads].index(head)
    return [row[at] for row in rows[heads + 1 :] if any(row)]


def test_its_sheets_stand_in_the_order_of_the_work(sheets: Sheets) -> None:
    names = [STATUS, DECISIONS, ADJUSTMENTS, BY_UNIT, BY_RULE, LETTERS, UNITS, GATHERED, CHARTS, FILES]
    assert set(names) <= set(sheets.names)
    assert GAPS not in sheets.names


def test_the_board_says_how_far_each_unit_has_come(sheets: Sheets) -> None:
    states = dict(zip(column(sheets, STATUS, "单位"), column(sheets, STATUS, "状态"), strict=True))
    assert states == {
        "市政府办": "已报",
        "甲局": "有错",
        "乙局": "未报",
        "丙局": "已说明",
        "示例县": "已报",
        "税务局": "已报",
    }
    assert sheets[STATUS][1][0] == (
        "名册里 6 个单位，应计入 4 个：已报 3，已说明 1，有错 1，退回 0，未报 1。截至 2024-02-01。"
    )
    assert dict(zip(states, column(sheets, STATUS, "逾期天数"), strict=True)) == {
        **dict.fromkeys(states, ""),
        "甲局": 12,
        "乙局": 12,
    }
    assert dict(zip(states, column(sheets, STATUS, "轮次"), strict=True))["甲局"] == "2"


def test_every_file_is_on_the_list_with_its_fingerprint(sheets: Sheets) -> None:
    assert column(sheets, FILES, "文件") == ["市政府办.xlsx", "甲局.xlsx", "示例县.xlsx", "税务局.xlsx", "坏.xlsx"]
    assert column(sheets, FILES, "计入汇总") == ["是", "是", "是", "只列出", "否"]
    assert column(sheets, FILES, "文件指纹（SHA-256）")[:4] == [digit * 64 for digit in "1234"]
    told = column(sheets, FILES, "问题")
    assert "B01" in str(told[1])
    assert "G08" in str(told[3])
    assert "文件加了打开密码" in str(told[4])


def test_the_units_stand_below_each_other_with_sums_by_kind(sheets: Sheets, merged: Merged) -> None:
    rows = rows_of(sheets, FORM)
    assert [(row.agency, row.kind, row.added) for row in rows] == [
        ("市政府办", "本级", True),
        ("甲局", "部门", True),
        ("示例县", "县区", True),
        ("税务局", "垂直", False),
    ]
    assert rows[0].values == busy_report().values
    assert [row.fee for row in rows] == [(2, Decimal("60.5")), *[(None, None)] * 3]
    foot = sheets[UNITS][-4:]
    assert [row[1:3] for row in foot] == [["本级", "小计"], ["部门", "小计"], ["县区", "小计"], ["", "合计"]]
    total = dict(zip(FORM.cells, foot[-1][5:], strict=False))
    assert total[cell("requests/received/total")] == 17 + 99 + 17
    assert [row[5 + FORM.cells.index(cell("requests/received/total"))] for row in foot] == [17, 99, 17, 133]
    assert merged.report.fee == FEE


def test_results_stand_by_unit_and_by_rule(sheets: Sheets) -> None:
    units = [str(each).split()[0] for each in column(sheets, BY_UNIT, "单位")]
    assert set(units) == {"坏.xlsx", "甲局", "税务局", "市政府办"}
    shown = zip(units, column(sheets, BY_UNIT, "编号"), column(sheets, BY_UNIT, "状态"), strict=True)
    assert [each[1:] for each in shown if each[0] == "市政府办"] == [("F03", "试行规则，供参考")]
    rules = dict(zip(column(sheets, BY_RULE, "编号"), column(sheets, BY_RULE, "单位"), strict=True))
    assert str(rules["B01"]).startswith("甲局")
    assert {"B01", "B02", "G08", "R01"} <= set(rules)


def test_letters_remind_those_that_are_missing_and_return_what_is_wrong(sheets: Sheets) -> None:
    told = list(zip(column(sheets, LETTERS, "单位"), column(sheets, LETTERS, "类别"), strict=True))
    assert told == [("全部未报单位", "催报"), ("乙局", "催报"), ("甲局", "退回")]


def test_it_is_a_workbook_like_any_other(book: bytes) -> None:
    reading = read_workbook(book, "汇总.xlsx")
    assert reading.summary
    assert (reading.report.agency, reading.report.totals) == ("示例市", Totals.TYPED)
    assert {each.rule for each in check(reading) if each.is_open_error} == {"B01", "B02"}


def test_an_imported_summary_is_still_a_summary(book: bytes) -> None:
    (again,) = read_bytes(build_workbook(of_reading(read_workbook(book, "汇总.xlsx"))), "x.xlsx")
    assert again.summary


def test_a_summary_saved_without_results_is_told(book: bytes) -> None:
    saved = BytesIO()
    openpyxl.load_workbook(BytesIO(book)).save(saved)
    findings = check(read_workbook(saved.getvalue(), "x.xlsx"))
    assert "R05" in {finding.rule for finding in findings}
    assert any("读不出数。请用表格软件打开再保存一次。" in finding.message for finding in findings)


def test_without_a_roster_it_has_no_kinds_and_no_subtotals() -> None:
    sheets = open_sheets(summary_of(summed([handed_in(unit("甲局")), handed_in(unit("乙局"))])), "x")
    assert [row[2] for row in sheets[UNITS][6:] if row[2]] == ["乙局", "合计"]


def test_one_unit_is_a_summary_too() -> None:
    reading = read_workbook(summary_of(summed([handed_in(unit("甲局"))])), "x")
    assert reading.report.values == busy_report().values


def test_the_offices_own_figures_are_held_against_the_sum(merged: Merged) -> None:
    own = changed(merged.report, {"fees/fee/charged": 1})
    story = Story(positions(merged.intake, {}), TODAY, own=own)
    sheets = open_sheets(build_summary(merged, merged.report, story), "x")
    assert "不同 1 格" in str(sheets[GAPS][1][0])


HOSTILE = ("=1+1", "+86", "-1", "@SUM(A1)", '=HYPERLINK("example.org")', "{=1}", "'甲局", "＝1+1")


def named(names: Sequence[str]) -> bytes:
    """A summary where files, units, texts and decisions bear `names`."""
    files = [
        handed_in(idle(name)._replace(texts={"overview": name, "problems": name}), f"{name}.xlsx") for name in names
    ]
    said = [
        decision(Choice.LEAVE, f"{names[0]}.xlsx", reason=names[0]),
        decision(Choice.LEAVE, unit=f"{names[1]}办", reason=names[1]),
    ]
    adjustment = Adjustment(cell("fees/fee/charged"), Decimal(1), names[0], names[1], names[2])
    return summary_of(summed(files, names[0], decisions=said, said=Adjusting(adjustments=(adjustment,))))


def test_no_name_becomes_a_formula_or_a_link() -> None:
    hostile, plain = named(HOSTILE), named([f"{at}号局" for at in range(len(HOSTILE))])
    assert formulas(hostile) == formulas(plain)
    sheets = open_sheets(hostile, "x")
    assert column(sheets, UNITS, "单位", 4)[: len(HOSTILE) - 1] == [*HOSTILE[1:]]
    assert column(sheets, FILES, "文件") == [f"{name}.xlsx" for name in HOSTILE]


def formulas(workbook: bytes) -> list[bytes]:
    """The formulas and the links of a workbook, but for their targets inside it."""
    with ZipFile(BytesIO(workbook)) as package:
        parts = [package.read(name) for name in package.namelist()]
    return sorted(found for part in parts for found in re.findall(rb"<f[ >].*?</f>|TargetMode=.External.", part))


def test_a_text_that_no_cell_holds_is_cut_and_says_where_the_rest_is() -> None:
    """A hopeless file, or a rule that thousands of units break, must not keep the others from their summary."""
    many = [f"某某市某某区某某街道办事处{number}" for number in range(2200)]
    hopeless = handed_in(unit("甲局"))._replace(
        findings=tuple(Finding("R02", Severity.ERROR, f"第{at}格{'读不出数字，请核对原文。' * 9}") for at in range(400))
    )
    wrong = handed_in(idle("乙局"))._replace(findings=(Finding("R02", Severity.ERROR, "读不出数字。"),))
    assert wrong.reading
    files = [wrong._replace(file=Path(name), reading=wrong.reading._replace(report=idle(name))) for name in many]
    known = roster(member("甲局", "本级"), *map(member, many))
    hard = open_sheets(summary_of(summed([hopeless], roster=known)), "x")
    assert str(column(hard, FILES, "问题")[0]).endswith(f"全文见“{BY_UNIT}”）")
    letters = column(hard, LETTERS, "文字")
    assert str(letters[0]).endswith(f"全文见“{STATUS}”）")
    assert str(letters[-1]).endswith(f"全文见“{BY_UNIT}”）")
    _, rules = results(files)
    assert str(rules.rows[0][-1]).endswith(f"全文见“{BY_UNIT}”）")
    assert all(len(str(entry)) <= CELL_LIMIT for entry in rules.rows[0])

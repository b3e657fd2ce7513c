"""The group 汇总 of the ribbon at work in a real spreadsheet program: out, back, added up, asked about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
import xlwings as xw
from desk import Desk, at_desk, enter, names, ours, typed, value
from uno_office import needs_bridge

from builders import busy_report, cell, changed
from cities import handed_in, summary_of, summed
from nianbao.city.previous import read_previous
from nianbao.commands.judging import check_files
from nianbao.formfile import load_form
from nianbao.importing.files import read_file
from nianbao.places import SheetPlace
from nianbao.report import Report
from nianbao.totals import definitions, fill
from nianbao.workbook.contents import Adjusting, Adjustment
from nianbao.workbook.layout import lay_out
from nianbao.workbook.names import ADJUSTMENTS, STATUS
from plain import grids, title, xlsx

pytestmark = [needs_bridge, pytest.mark.office]
TRACE = "数字来源"
CITY = "示例市"
GRANTED = cell("requests/outcome.granted/company")
REQUESTS = "三、依申请公开"
ADDED = Adjustment(GRANTED, Decimal(2), "补报", "张三", "2024-02-01")
READS = 40
"""Ranges that a question about an open summary may read: each one is a round trip to Excel."""


@pytest.fixture
def desk(excel: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with at_desk(excel, tmp_path, monkeypatch) as somebody:
        yield somebody


def unit(name: str, changes: Mapping[str, int] | None = None) -> Report:
    """The report of one office, whose totals are right."""
    form, report = load_form("2021"), changed(busy_report()._replace(agency=name), changes or {})
    blanks = dict.fromkeys(map(str, definitions(form)), None)
    return fill(changed(report, blanks), form).report


UNITS = (
    unit("甲局"),
    unit("乙局", {"requests/received/company": 4, "requests/outcome.granted/company": 4}),
    unit("丙局"),
)


def place(key: str = "") -> SheetPlace:
    """Where a figure stands."""
    return lay_out(load_form("2021")).cells[cell(key) if key else GRANTED]


def folder_of(desk: Desk, *reports: Report) -> Path:
    """A folder with a workbook of each report."""
    folder = desk.folder / "各单位"
    folder.mkdir(exist_ok=True)
    for each in reports:
        (folder / f"{each.agency}.xlsx").write_bytes(ours(each))
    return folder


def summary() -> bytes:
    """The summary of UNITS, with something added by hand."""
    said = Adjusting(adjustments=(ADDED,))
    return summary_of(summed([handed_in(each, digest=str(n) * 64) for n, each in enumerate(UNITS)], CITY, said=said))


def other_book(desk: Desk) -> xw.Book:
    """A workbook that holds no report."""
    return desk.open("别的.xlsx", xlsx({"Sheet1": [["别的"]]}))


def select(book: xw.Book, at: SheetPlace) -> None:
    book.sheets[at.sheet].activate()
    book.sheets[at.sheet].range(at.a1).select()


# 下发


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """A roster of four units."""
    file = tmp_path / "名册.csv"
    file.write_text("单位名称,类别,计入汇总\n甲局,部门,是\n乙局,部门,是\n丙局,部门,是\n丁局,部门,是\n", "utf-8")
    return file


def test_every_unit_of_the_roster_gets_a_workbook(desk: Desk, roster: Path) -> None:
    last, out = folder_of(desk, UNITS[0]), desk.folder / "下发"
    out.mkdir()
    said = desk.press("issue_reports", other_book(desk), str(roster), "2024", "yes", "no", str(last), str(out))
    assert said[0] == "单位名册："
    assert said[4] == "2023 年度的年报在哪个文件夹："
    told, where, *findings = said[-1].split("\n")
    assert told == "下发 4 个单位的工作簿，上年的数已带入 1 个单位。"
    assert where == f"写在 {out}"
    assert any("丁局：没有找到 2023 年度的报告" in each for each in findings)
    (reading,) = read_file(out / "甲局2024年度政府信息公开工作年度报告.xlsx")
    pending = UNITS[0].values[cell("requests/carried_forward/total")]
    assert reading.report.values[cell("requests/brought_forward/total")] == pending


def test_last_year_may_be_one_file_or_none(desk: Desk, roster: Path) -> None:
    book, out = other_book(desk), str(desk.folder / "下发")
    (last,) = folder_of(desk, UNITS[0]).iterdir()
    said = desk.press("issue_reports", book, str(roster), "2024", "yes", "yes", str(last), out)
    assert said[-1].startswith("下发 4 个单位的工作簿，上年的数已带入 1 个单位。")
    said = desk.press("issue_reports", book, str(roster), "2024", "no", out, "no")
    assert said[-1] == f"{out} 里已经有文件，同名的会被覆盖。继续吗？"
    said = desk.press("issue_reports", book, str(roster), "2024", "no", out, "yes")
    assert said[-1].startswith("下发 4 个单位的工作簿，上年的数已带入 0 个单位。")


# 合并下级报表


def test_a_summary_that_is_replaced_keeps_what_the_office_wrote(desk: Desk) -> None:
    folder, target = folder_of(desk, *UNITS), desk.folder / "汇总.xlsx"
    target.write_bytes(summary())
    said = desk.press("merge_reports", other_book(desk), str(folder), CITY, "no", str(target), "yes")
    assert said[-2] == f"{target} 已经存在。要覆盖吗？"
    assert said[-1].startswith("共 3 份：错误 0 处")
    assert read_previous(target.read_bytes(), "").said.adjustments == (ADDED,)
    assert value(desk.newest, place()) == 1 + 4 + 1 + 2


def test_a_summary_in_view_is_gone_on_from(desk: Desk, roster: Path) -> None:
    folder = folder_of(desk, *UNITS[:2], unit("丙局", {"documents/regulation/issued": 3}))
    book = desk.open("示例市汇总.xlsx", summary())
    said = desk.press("merge_reports", book, "yes", str(folder), CITY, "yes", str(roster), desk.folder)
    assert said[0] == "打开的“示例市汇总.xlsx”是汇总表。要沿用里面的决定、调整数和文字吗？"
    assert desk.newest.name == "示例市汇总2.xlsx"
    assert read_previous((desk.folder / "示例市汇总2.xlsx").read_bytes(), "").said.adjustments == (ADDED,)
    lines = said[-1].split("\n")
    assert lines[0].startswith("共 3 份：")
    assert lines[1].startswith("与上次汇总相比：1 个单位的数不同，汇总表变了 1 格")
    assert lines[2].startswith("  丙局：")
    assert any("没有收到能读的报表：丁局" in line for line in lines), "who is missing is told"


def test_what_is_not_saved_in_it_is_told(desk: Desk) -> None:
    book = desk.open("示例市汇总.xlsx", summary())
    row = next(n for n, line in enumerate(book.sheets[ADJUSTMENTS].used_range.value, start=1) if "补报" in line)
    enter(book, {SheetPlace(ADJUSTMENTS, row, 3): 7})
    *_, said = desk.press("merge_reports", book, "yes", "no")
    assert said == "“示例市汇总.xlsx”里的决定、调整数或文字有改动，还没有保存，带不过去。不要这些改动，继续吗？"
    assert len(desk.reads) <= READS
    (asked, folder) = desk.press("merge_reports", book, "no", None)
    assert folder == "各单位的年报在哪个文件夹："
    book.save()
    (asked, folder) = desk.press("merge_reports", book, "yes", None)
    assert asked.startswith("打开的“示例市汇总.xlsx”是汇总表。")


def test_an_open_workbook_is_not_written_over(desk: Desk) -> None:
    book = desk.open("示例市汇总.xlsx", summary())
    before = (desk.folder / "示例市汇总.xlsx").read_bytes()
    target = str(desk.folder / "示例市汇总.xlsx")
    *_, said = desk.press("merge_reports", book, "no", str(folder_of(desk, *UNITS)), CITY, "no", target)
    assert said.startswith("示例市汇总.xlsx：正开着，不能覆盖。请换一个文件名，或关掉它再做一次。")
    assert (desk.folder / "示例市汇总.xlsx").read_bytes() == before


# 填报状态


def test_how_far_the_units_have_come_is_told(desk: Desk) -> None:
    book = desk.open("汇总.xlsx", summary())
    (said,) = desk.press("show_status", book)
    assert "3 个单位：已报 3，已说明 0，有错 0，退回 0，未报 0。" in said
    assert desk.at == SheetPlace(STATUS, 1, 1)


@pytest.mark.parametrize("button", ["show_status", "trace_figure"])
@pytest.mark.parametrize("data", [ours(unit("甲局")), xlsx({"说明": title(unit("甲局")), **grids(unit("甲局"))})])
def test_only_a_summary_is_asked_about(desk: Desk, button: str, data: bytes) -> None:
    (said,) = desk.press(button, desk.open("年报.xlsx", data))
    assert said.startswith("年报.xlsx：不是汇总表。请先打开用“合并下级报表”生成的汇总工作簿，再按一次。")


# 生成退回件


def test_what_has_to_be_put_right_goes_back(desk: Desk) -> None:
    folder, out = folder_of(desk, *UNITS, unit("丁局", {"requests/outcome.granted/company": 99})), desk.folder / "退回"
    said = desk.press("return_reports", other_book(desk), str(folder), CITY, "no", str(out))
    assert said[-1].split("\n")[1] == f"退回 1 个单位，共 3 个文件，写在 {out}"
    assert {each.parent.name for each in out.rglob("*.*")} == {"丁局"}
    assert sorted(each.suffix for each in out.rglob("*.*")) == [".docx", ".txt", ".xlsx"]
    assert not list(desk.folder.glob("*汇总*")), "no summary is made"


def test_nothing_goes_back_where_all_is_right(desk: Desk) -> None:
    folder, out = folder_of(desk, *UNITS), desk.folder / "退回"
    said = desk.press("return_reports", other_book(desk), str(folder), CITY, "no", str(out))
    assert said[-1].split("\n")[1] == "没有要退回的单位。"
    assert not out.exists()


# 数字来源


def traced(book: xw.Book) -> list[list[object]]:
    """The rows of 数字来源 below its head, without their numbers."""
    rows: list[list[object]] = book.sheets[TRACE].used_range.options(ndim=2).value
    return [row[1:] for row in rows[4:]]


def test_a_figure_is_traced_to_units_and_files(desk: Desk) -> None:
    book = desk.open("汇总.xlsx", summary())
    select(book, place())
    assert desk.press("trace_figure", book) == []
    assert len(desk.reads) <= READS
    name = f"{REQUESTS}“（一）予以公开”行“商业企业”列"
    assert traced(book) == [
        ["乙局", 4, "相加", "乙局.xlsx", "1" * 64, None],
        ["甲局", 1, "相加", "甲局.xlsx", "0" * 64, None],
        ["丙局", 1, "相加", "丙局.xlsx", "2" * 64, None],
        ["调整数", 2, "相加", None, None, f"{name}：补报（张三，2024-02-01）"],
    ]
    sheet = book.sheets[TRACE]
    assert [sheet.range(at).value for at in ("A2", "A3")] == [
        f"{name}：8（点击转到 {place()}）",
        "3 个单位之和 6，调整 2。",
    ]
    assert typed(book, SheetPlace(TRACE, 2, 1)).startswith(f"=HYPERLINK(\"#'{REQUESTS}'!{place().a1}\"")
    assert book.impl.structure, "locked again"

    select(book, place("documents/regulation/issued"))
    desk.press("trace_figure", book)
    assert names(book).count(TRACE) == 1
    assert {row[3] for row in traced(book)} == {"甲局.xlsx", "乙局.xlsx", "丙局.xlsx"}


def test_what_is_no_figure_is_not_traced(desk: Desk) -> None:
    book = desk.open("汇总.xlsx", summary())
    select(book, SheetPlace(REQUESTS, 1, 1))
    (said,) = desk.press("trace_figure", book)
    assert said.startswith(f"汇总.xlsx：选中的 {REQUESTS}!A1 不是法定表格里的数。请在汇总表的法定表格里选中一个数")
    assert TRACE not in names(book)


def test_an_offices_own_sheet_of_that_name_is_not_lost(desk: Desk) -> None:
    book = desk.open("汇总.xlsx", summary())
    book.impl.structure = False
    book.sheets.add(TRACE, after=book.sheets[0]).range("A1").value = "'自己记的"
    select(book, place())
    (said,) = desk.press("trace_figure", book)
    assert said.startswith(f"工作表“{TRACE}”：不是本工具写的，或表头改动过。请改名或删去，再按“{TRACE}”。")
    assert book.sheets[TRACE].range("A1").value == "自己记的"


def test_a_traced_summary_is_no_other_summary(desk: Desk) -> None:
    book = desk.open("汇总.xlsx", summary())
    (before,) = check_files([Path(book.fullname)])
    select(book, place())
    desk.press("trace_figure", book)
    book.save()
    (after,) = check_files([Path(book.fullname)])
    assert [each.message for each in after.findings] == [each.message for each in before.findings]

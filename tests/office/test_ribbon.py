"""The buttons of the ribbon at work in a real spreadsheet program: `engine` has LibreOffice stand in for Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings as xw
from desk import Desk, at_desk, enter, names, ours, typed, value
from docx import Document
from engine import App
from excel_api import Refused, Unanswered
from uno_office import needs_bridge

from books import edited_bytes
from builders import AGENCY, YEARS, blank_report, busy_report, cell, changed, zero_report
from nianbao.document.article import compose
from nianbao.document.docx import write_docx
from nianbao.excel import ribbon, state
from nianbao.excel.protection import opened_sheet, opened_structure
from nianbao.form import this_year
from nianbao.formfile import load_form
from nianbao.importing.files import read_file
from nianbao.places import SheetPlace
from nianbao.report import Filling, Report, Totals
from nianbao.totals import computed, definitions
from nianbao.workbook.layout import EXPLAINED, FIELDS, lay_out
from nianbao.workbook.names import PASSWORD, RESULTS
from plain import grids, place, title, xlsx

pytestmark = [needs_bridge, pytest.mark.office]
READS = 12
"""Ranges that a check of an open workbook may read: each one is a round trip to Excel."""
WRONG = {"requests/outcome.granted/company": 99}


@pytest.fixture
def desk(excel: xw.App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with at_desk(excel, tmp_path, monkeypatch) as somebody:
        yield somebody


UNTABLED = ("overview", "problems", "other")
"""The chapters without a table: nobody but the office can write them."""


def listed(book: xw.Book) -> list[list[object]]:
    """The rows of 审核结果 below its head."""
    rows: list[list[object]] = book.sheets[RESULTS].used_range.options(ndim=2).value
    return rows[4:]


def figures(report: Report) -> dict[SheetPlace, float]:
    """Where the figures of `report` are typed, and what is typed."""
    layout = lay_out(load_form(report.edition))
    return {
        layout.cells[key]: float(number)
        for key, number in report.values.items()
        if number is not None and key not in definitions(load_form(report.edition))
    }


def test_a_year_from_new_workbook_to_document(edition: str, desk: Desk) -> None:
    """New → fill → check → next → explain → fill totals → undo → merge → report."""
    layout, year = lay_out(load_form(edition)), YEARS[edition]
    start = desk.open("别的.xlsx", xlsx({"Sheet1": [["别的"]]}))
    assert desk.press("new_report", start, AGENCY, str(year), desk.folder) == [
        "单位全称（与公章一致）：",
        "报告年度（四位年份）：",
        "新建年报，保存为：",
    ]
    book = desk.newest
    assert book.name == f"{AGENCY}{year}年度政府信息公开工作年度报告.xlsx"
    assert [value(book, FIELDS[field]) for field in ("agency", "year")] == [AGENCY, year]

    report = changed(busy_report(edition), WRONG)
    enter(book, figures(report))
    enter(book, {FIELDS["totals"]: Totals.TYPED.value})
    totals = {layout.typed[key]: float(busy_report(edition).values[key] or 0) for key in layout.typed}
    left_out = layout.typed[cell("requests/received/total")]
    enter(book, {at: number for at, number in totals.items() if at != left_out})

    assert desk.press("check_all", book) == []
    assert len(desk.reads) <= READS
    rules = [row[2] for row in listed(book)]
    assert {"B02", "B03"} <= set(rules)
    wrong = layout.cells[cell("requests/outcome.granted/company")]
    broken = next(row for row in listed(book) if row[2] == "B02")
    assert broken[8:10] == [wrong.a1, 1]
    assert broken[5:8] == [6, 104, -98]

    visited = set()
    for _ in rules:
        desk.press("next_problem", book)
        visited.add(desk.at)
        assert desk.status.startswith("第 ")
    assert wrong in visited

    row = 5 + listed(book).index(broken)
    book.sheets[RESULTS].range((row, 11)).value = "'=机构划转"
    assert desk.press("explain", book) == ["写进“出错说明” 1 条。"]
    assert value(book, EXPLAINED._replace(column=3)) == "=机构划转"
    assert [row[1] for row in listed(book) if row[2] == "B02"] == ["已说明"]

    assert desk.press("fill_totals", book)[0].startswith("填入合计 1 处，与计算不符 ")
    assert value(book, left_out) == value(book, layout.cells[cell("requests/received/total")]) == 17
    assert desk.press("undo", book) == ["已撤销“填合计”，恢复 1 格。"]
    assert value(book, left_out) is None

    enter(book, {wrong: 1, left_out: 17})
    desk.press("check_all", book)
    assert [row for row in listed(book) if row[1] == "错误"] == []
    book.save()
    merged_and_written(desk, book, edition)


def merged_and_written(desk: Desk, book: xw.Book, edition: str) -> None:
    returns = desk.folder / "各单位"
    returns.mkdir()
    (returns / "一.xlsx").write_bytes(Path(book.fullname).read_bytes())
    (returns / "二.xlsx").write_bytes(ours(zero_report(edition)._replace(agency="另一个局")))
    said = desk.press("merge_reports", book, str(returns), "示例市", "no", desk.folder)
    assert said[-1].startswith("共 2 份：错误 0 处")
    summary = desk.newest
    assert summary.name == "示例市汇总.xlsx"
    assert value(summary, lay_out(load_form(edition)).cells[cell("requests/received/total")]) == 17
    document = desk.folder / "报告.docx"
    enter(book, dict.fromkeys(lay_out(load_form(edition)).paragraphs.values(), "已写好。"))
    assert desk.press("write_document", book, str(document)) == ["报告保存为：", f"已写入 {document}"]
    assert document.read_bytes().startswith(b"PK")


def test_pressing_finds_the_workbook_in_view(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(zero_report()))
    book.set_mock_caller()
    ribbon.press("check_all")
    assert RESULTS in names(book)


def test_last_years_figures_are_taken_into_locked_and_open_cells(edition: str, desk: Desk) -> None:
    layout, year = lay_out(load_form(edition)), YEARS[edition]
    before = busy_report(edition)._replace(year=year - 1)
    (desk.folder / "去年.xlsx").write_bytes(ours(before))
    here = blank_report(edition, Totals.AUTOMATIC)
    opening = cell("requests/brought_forward/natural_person")
    book = desk.open("今年.xlsx", ours(changed(here, {"requests/brought_forward/company": 7})))
    allowed = dict(book.impl.allowed)
    said = desk.press("take_last_year", book, str(desk.folder / "去年.xlsx"))
    assert said[0] == f"{year - 1} 年度的报告："
    assert "已填 7，上年是 0，没有改动。" in said[1]
    assert value(book, layout.cells[opening]) == 1
    told = {at: before.values[this_year(key)] for key, at in layout.last.items()}
    assert {at: value(book, at) for at in told} == {at: float(number or 0) for at, number in told.items()}
    assert all(sheet.api.ProtectContents for sheet in book.sheets)
    assert book.impl.allowed == allowed
    assert allowed["封面"]["AllowFormattingColumns"]
    assert not allowed["封面"]["AllowInsertingRows"]
    desk.press("undo", book)
    assert value(book, layout.cells[opening]) is None
    assert typed(book, layout.cells[opening]).startswith("=IF(")


def test_last_year_may_be_a_word_file(desk: Desk) -> None:
    before = busy_report("2021")._replace(year=2022)
    (desk.folder / "去年.docx").write_bytes(write_docx(compose(before)))
    book = desk.open("今年.xlsx", ours(blank_report("2021", Totals.AUTOMATIC)))
    said = desk.press("take_last_year", book, str(desk.folder / "去年.docx"))
    assert said[0] == "2022 年度的报告："
    layout = lay_out(load_form("2021"))
    told = {at: float(before.values[this_year(key)] or 0) for key, at in layout.last.items()}
    assert {at: value(book, at) for at in told} == told
    assert value(book, layout.cells[cell("requests/brought_forward/natural_person")]) == 1


def test_another_years_report_is_refused(desk: Desk) -> None:
    (desk.folder / "前年.xlsx").write_bytes(ours(zero_report()._replace(year=2020, edition="2021")))
    book = desk.open("今年.xlsx", ours(blank_report()))
    *_, said = desk.press("take_last_year", book, str(desk.folder / "前年.xlsx"))
    assert said.startswith("前年.xlsx：是 2020 年度的报告，不是 2022 年度。请指定上一年度的报告。")


@pytest.mark.parametrize(
    ("name", "write"), [("旧.xlsx", ours), ("旧.docx", lambda report: write_docx(compose(report)))]
)
def test_a_report_in_another_format_is_imported(name: str, write: Callable[[Report], bytes], desk: Desk) -> None:
    edition = "2021"
    book = desk.open("别的.xlsx", xlsx({"Sheet1": [["别的"]]}))
    (desk.folder / name).write_bytes(write(busy_report(edition)))
    assert desk.press("import_report", book, str(desk.folder / name), desk.folder)[-1] == f"已导入 {name}。"
    assert desk.newest.name == "旧（导入）.xlsx"
    (reading,) = read_file(desk.folder / "旧（导入）.xlsx")
    assert reading.report.values == busy_report(edition).values


def states(book: xw.Book, edition: str) -> list[object]:
    return [value(book, at) for at in lay_out(load_form(edition)).filling.values()]


def test_the_rest_is_declared_zero_where_one_looks(edition: str, desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(blank_report(edition, Totals.AUTOMATIC)))
    book.sheets["三、依申请公开"].activate()
    (question,) = desk.press("rest_zero", book, "yes")
    assert question.startswith("三、依申请公开：没有填的格都按 0 计")
    assert states(book, edition) == [Filling.OPEN, Filling.REST_ZERO, Filling.OPEN]
    assert value(book, lay_out(load_form(edition)).cells[cell("requests/received/total")]) == 0
    (again,) = desk.press("rest_zero", book)
    assert again.startswith("填报状态：这里已经声明空白为 0")
    book.sheets["封面"].activate()
    desk.press("rest_zero", book, "yes")
    assert set(states(book, edition)) == {Filling.REST_ZERO}
    desk.press("undo", book)
    desk.press("undo", book)
    assert set(states(book, edition)) == {Filling.OPEN}


def test_a_no_changes_nothing(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(blank_report()))
    desk.press("rest_zero", book, "no")
    assert set(states(book, "2021")) == {Filling.OPEN}


CANCELLED = [
    ("new_report", [False]),
    ("new_report", [AGENCY, "2023", False]),
    ("take_last_year", [False]),
    ("import_report", [False]),
    ("issue_reports", [False]),
    ("issue_reports", ["名册.csv", "2024", "yes", "no", None]),
    ("merge_reports", [None]),
    ("return_reports", ["各单位", "示例市", "yes", False]),
    ("write_document", ["yes", False]),
]


@pytest.mark.parametrize(("button", "answers"), CANCELLED)
def test_a_dialog_left_stops_quietly(desk: Desk, button: str, answers: list[object]) -> None:
    book = desk.open("年报.xlsx", ours(changed(busy_report(), WRONG)))
    before = sorted(desk.folder.iterdir())
    said = desk.press(button, book, *answers)
    assert len(said) == len(answers), "nothing but the questions"
    assert sorted(desk.folder.iterdir()) == before
    assert desk.status == ""


def test_a_file_that_exists_is_replaced_only_if_wanted(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(busy_report()._replace(texts=dict.fromkeys(UNTABLED, "已写好。"))))
    target = desk.folder / "报告.docx"
    target.write_bytes(b"mine")
    assert desk.press("write_document", book, str(target), "no")[-1] == f"{target} 已经存在。要覆盖吗？"
    assert target.read_bytes() == b"mine"
    assert desk.press("write_document", book, str(target), "yes")[-1] == f"已写入 {target}"
    assert target.read_bytes() != b"mine"


def test_no_document_while_errors_are_open_but_a_draft(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(changed(busy_report(), WRONG)))
    (question,) = desk.press("write_document", book, "no")
    assert question.startswith("不能生成正式报告：\n还有 2 处错误，点“全部审核”查看。\n“一、总体情况”：还没有写（")
    assert question.endswith("\n要先生成一份草稿吗？")
    said = desk.press("write_document", book, "yes", desk.folder)
    assert said[-1].endswith("年政府信息公开工作年度报告（草稿）.docx")


def test_problems_are_walked_both_ways_and_round(desk: Desk) -> None:
    slips = {"requests/received/natural_person": None, "documents/regulation/issued": None}
    book = desk.open("年报.xlsx", ours(changed(busy_report(), slips)))
    layout = lay_out(load_form("2021"))
    desk.press("check_all", book)
    first, second = desk.at, None
    assert first == layout.cells[cell("documents/regulation/issued")]
    desk.press("next_problem", book)
    second = desk.at
    assert second == layout.cells[cell("requests/received/natural_person")]
    desk.press("next_problem", book)
    assert desk.at == first
    desk.press("previous_problem", book)
    assert desk.at == second
    book.sheets[RESULTS].activate()
    book.sheets[RESULTS].range("A5").select()
    desk.press("next_problem", book)
    assert desk.at == second, "from the row that is selected"


def test_what_is_right_is_said(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(busy_report()))
    assert desk.press("check_all", book) == ["没有发现需要处理的问题。"]
    assert listed(book) == []


def test_results_are_asked_for_before_they_are_there(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(busy_report()))
    for button in ("next_problem", "previous_problem", "explain"):
        (said,) = desk.press(button, book)
        assert said.startswith("年报.xlsx：还没有审核过。请先点“全部审核”。")


def test_reasons_survive_another_check_and_are_not_thrown_away_unasked(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(changed(busy_report(), WRONG)))
    desk.press("check_all", book)
    assert desk.press("explain", book)[0].startswith("请在“审核结果”最后一列写明原因（现在是 K5）")
    book.sheets[RESULTS].range("K5").value = "'机构划转"
    desk.press("check_all", book)
    assert listed(book)[0][10] == "机构划转"
    (question,) = desk.press("clear_results", book, "no")
    assert question.startswith("有 1 条原因还没有写进“出错说明”")
    assert RESULTS in names(book)
    desk.press("clear_results", book, "yes")
    assert RESULTS not in names(book)
    assert book.impl.structure, "the structure of the workbook is locked again"


def test_a_reason_for_other_figures_is_refused(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(changed(busy_report(), WRONG)))
    desk.press("check_all", book)
    book.sheets[RESULTS].range("K5").value = "'机构划转"
    enter(book, {lay_out(load_form("2021")).cells[cell("requests/outcome.granted/company")]: 98})
    (said,) = desk.press("explain", book)
    assert said.startswith("写进“出错说明” 0 条。\n第 1 条：数已改动，说明没有采用。")


def test_what_can_only_be_mended_cannot_be_explained(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(changed(busy_report(), {"requests/received/natural_person": None})))
    desk.press("check_all", book)
    book.sheets[RESULTS].range("K5").value = "'不想填"
    assert "第 1 条（V02）：这类问题只能改正，不能说明。" in desk.press("explain", book)[0]


def test_a_check_keeps_the_workbook_as_the_template_has_it(desk: Desk) -> None:
    from nianbao.commands.judging import check_files

    book = desk.open("年报.xlsx", ours(busy_report()))
    desk.press("check_all", book)
    book.save(str(desk.folder / "存.xlsx"))
    (checked,) = check_files([desk.folder / "存.xlsx"])
    assert checked.findings == ()


def test_functions_of_the_add_in_are_fixed_as_values_if_wanted(desk: Desk) -> None:
    layout = lay_out(load_form("2021"))
    at = layout.cells[cell("requests/received/natural_person")]
    data = edited_bytes(busy_report(), at, "=IFERROR(NB_EXPECTED(E7),9)")
    book = desk.open("年报.xlsx", data)
    (question,) = desk.press("check_all", book, "no")
    assert question.startswith("有 1 格用了加载项的函数（NB_ 开头）")
    assert [row[3] for row in listed(book) if "加载项的函数" in str(row[4])] == [str(at)]
    desk.press("check_all", book, "yes")
    assert (typed(book, at), value(book, at)) == ("9", 9)
    assert [row for row in listed(book) if "加载项的函数" in str(row[4])] == []
    assert desk.press("undo", book) == ["已撤销“固定为数值”，恢复 1 格。"]
    assert "NB_EXPECTED" in typed(book, at).upper()


def test_an_error_of_a_function_is_not_fixed_as_a_value(desk: Desk) -> None:
    at = lay_out(load_form("2021")).cells[cell("requests/received/natural_person")]
    book = desk.open("年报.xlsx", edited_bytes(busy_report(), at, "=NB_EXPECTED(E7)"))
    assert desk.press("check_all", book) == []
    assert "NB_EXPECTED" in typed(book, at).upper()
    assert [row[2] for row in listed(book) if row[3] == str(at)] == ["V10", "R02"]


# 填合计


def totals_blank(report: Report) -> Report:
    totals = definitions(load_form(report.edition))
    return report._replace(values={key: None if key in totals else number for key, number in report.values.items()})


def test_totals_of_any_workbook_are_filled_and_taken_back(edition: str, desk: Desk) -> None:
    report = totals_blank(busy_report(edition))
    wrong = cell("requests/received/total")
    report = changed(report, {str(wrong): 20})
    sheets = {"说明": title(report), **grids(report, down=2, right=1, beside=True)}
    book = desk.open("自制.xlsx", xlsx(sheets))
    due = {key: number for key, number in computed(report.values, load_form(edition)).items() if key != wrong}
    said = desk.press("fill_totals", book)
    assert said[-1].startswith(f"填入合计 {len(due)} 处，与计算不符 1 处。")
    at = place(report, wrong, down=2, right=1)
    assert any(str(at) in row[1] and "填的是 20，应为 17，没有改动" in row[1] for row in lines(desk))
    assert desk.app.books.active == book, "the list does not stay in front"
    for key, number in due.items():
        assert value(book, place(report, key, down=2, right=1)) == float(number or 0), str(key)
    assert value(book, at) == 20
    assert desk.press("undo", book) == [f"已撤销“填合计”，恢复 {len(due)} 格。"]
    assert {value(book, place(report, key, down=2, right=1)) for key in due} == {None}


def lines(desk: Desk) -> list[list[str]]:
    """The list that is too long for a message."""
    listing = next(book for book in desk.app.books if names(book) == ["清单"])
    rows: list[list[str]] = listing.sheets[0].used_range.options(ndim=2).value
    return rows[1:]


def test_a_pasted_table_is_enough(desk: Desk) -> None:
    report = totals_blank(busy_report())
    book = desk.open("粘贴.xlsx", xlsx({"Sheet1": grids(report)["三、依申请公开"]}))
    due = [key for key in definitions(load_form("2021")) if key.table == "requests"]
    assert desk.press("fill_totals", book)[-1].startswith(f"填入合计 {len(due)} 处，与计算不符 0 处。")


def test_formulas_are_never_written_over(desk: Desk) -> None:
    report = totals_blank(busy_report())
    at = place(report, cell("requests/received/total"))
    named = {"说明": title(report), **grids(report)}
    named[at.sheet][at.row - 1][at.column - 1] = '=IF(A1="",B1&"","")'
    book = desk.open("自制.xlsx", xlsx(named))
    desk.press("fill_totals", book)
    assert typed(book, at).startswith("=IF(")
    assert any(str(at) in row[1] and "是公式，没有改动" in row[1] for row in lines(desk))


def test_totals_that_the_workbook_computes_are_left_to_it(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(blank_report("2021", Totals.AUTOMATIC)))
    (said,) = desk.press("fill_totals", book)
    assert said.startswith("年报.xlsx：合计方式是自动合计，合计由表格算出，不用填。")


def test_what_people_changed_since_is_not_undone(desk: Desk) -> None:
    report = totals_blank(busy_report())
    book = desk.open("自制.xlsx", xlsx({"说明": title(report), **grids(report)}))
    desk.press("fill_totals", book)
    at = place(report, cell("requests/received/total"))
    enter(book, {at: 5})
    said = desk.press("undo", book)
    assert said[0].endswith(f"\n{at}　后来改动过，没有恢复。")
    assert value(book, at) == 5
    (again,) = desk.press("undo", book)
    assert again.startswith("自制.xlsx：没有可以撤销的操作。")


# what clerks do besides


def unprotected(book: xw.Book, name: str) -> xw.Sheet:
    """A sheet whose protection was taken off by hand."""
    book.sheets[name].api.Unprotect(PASSWORD)
    return book.sheets[name]


REQUESTS = "三、依申请公开"


def test_rows_inserted_and_not_saved_move_figures_with_their_labels(desk: Desk) -> None:
    edition = "2021"
    before = busy_report(edition)._replace(year=YEARS[edition] - 1)
    (desk.folder / "去年.xlsx").write_bytes(ours(before))
    book = desk.open("今年.xlsx", ours(changed(busy_report(edition), {"requests/brought_forward/company": None})))
    at = lay_out(load_form(edition)).cells[cell("requests/brought_forward/company")]
    unprotected(book, REQUESTS).range((at.row, 1)).insert("down")
    desk.press("check_all", book)
    assert {row[2] for row in listed(book)} == {"V02", "V10"}
    assert [row[3] for row in listed(book) if row[2] == "V02"] == [str(at._replace(row=at.row + 1))]
    assert ["还没有保存" in str(row[4]) for row in listed(book) if row[2] == "V10"] == [True]
    desk.press("take_last_year", book, str(desk.folder / "去年.xlsx"))
    assert value(book, at) is None
    assert value(book, at._replace(row=at.row + 1)) == 0


def test_a_renamed_sheet_is_read_and_told(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(changed(busy_report(), WRONG)))
    book.impl.structure = False
    book.sheets[REQUESTS].name = "表三"
    desk.press("check_all", book)
    assert {row[3] for row in listed(book) if row[2] == "B02"} == {"表三!D9:J9"}
    book.sheets["表三"].name = REQUESTS
    desk.press("next_problem", book)
    assert desk.at.sheet == RESULTS, "the problem's sheet is gone: its row is shown instead"


def test_a_problem_on_a_hidden_sheet_is_shown_on_the_list(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(changed(busy_report(), WRONG)))
    book.sheets[REQUESTS].visible = False
    assert desk.press("check_all", book) == []
    assert desk.at.sheet == RESULTS


def test_an_offices_own_sheet_of_that_name_is_left_alone(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(busy_report()))
    book.impl.structure = False
    book.sheets.add(RESULTS, after=book.sheets[0]).range("A1").value = "'同意上报"
    for button in ("check_all", "next_problem", "clear_results"):
        (said,) = desk.press(button, book)
        assert said.startswith("工作表“审核结果”：不是本工具写的，或表头改动过。请改名或删去，再点“全部审核”。")
    assert book.sheets[RESULTS].range("A1").value == "同意上报"


def test_a_reason_whose_problem_is_gone_is_not_thrown_away_unasked(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(changed(busy_report(), WRONG)))
    desk.press("check_all", book)
    book.sheets[RESULTS].range("K5").value = "'机构划转"
    enter(book, {lay_out(load_form("2021")).cells[cell("requests/outcome.granted/company")]: 1})
    (question,) = desk.press("check_all", book, "no")
    assert question.startswith("写好的原因“机构划转”，对应的问题现在没有了")
    assert listed(book)[0][10] == "机构划转"
    desk.press("check_all", book, "yes")
    assert listed(book) == []


def test_a_summary_is_checked_as_the_command_line_checks_it(desk: Desk) -> None:
    edition = "2021"
    from nianbao.commands.judging import check_files

    start = desk.open("年报.xlsx", ours(busy_report(edition)))
    desk.press("merge_reports", start, str(desk.folder), "示例市", "no", desk.folder)
    summary = desk.newest
    (checked,) = check_files([Path(summary.fullname)])
    desk.press("check_all", summary)
    assert [row[2] for row in listed(summary)] == [finding.rule for finding in checked.findings]


def test_words_are_not_written_over(desk: Desk) -> None:
    report = totals_blank(busy_report())
    words = {"received": "约17", "brought_forward": "/", "outcome.granted": "待核"}
    named = {"说明": title(report), **grids(report)}
    places = {place(report, cell(f"requests/{row}/total")): text for row, text in words.items()}
    for at, text in places.items():
        named[at.sheet][at.row - 1][at.column - 1] = text
    book = desk.open("自制.xlsx", xlsx(named))
    desk.press("fill_totals", book)
    assert {at: value(book, at) for at in places} == places
    for at, text in places.items():
        assert any(row[1] == f"{at}　填的是“{text}”，不是数，没有改动。" for row in lines(desk))


def test_declared_zeros_are_blanks_that_last_year_may_fill(desk: Desk) -> None:
    (desk.folder / "去年.xlsx").write_bytes(ours(busy_report()._replace(year=2022)))
    book = desk.open("今年.xlsx", ours(blank_report("2021", Totals.AUTOMATIC)))
    desk.press("rest_zero", book, "yes")
    said = desk.press("take_last_year", book, str(desk.folder / "去年.xlsx"))
    assert "没有改动" not in said[1]
    assert value(book, lay_out(load_form("2021")).cells[cell("requests/brought_forward/natural_person")]) == 1


def test_what_was_written_before_a_failure_can_be_taken_back(desk: Desk) -> None:
    (desk.folder / "去年.xlsx").write_bytes(ours(busy_report()._replace(year=2022)))
    book = desk.open("年报.xlsx", ours(blank_report("2021", Totals.AUTOMATIC)))
    sheet, layout = unprotected(book, REQUESTS), lay_out(load_form("2021"))
    sheet.impl.ask("protect", "别的")
    *_, said = desk.press("take_last_year", book, str(desk.folder / "去年.xlsx"))
    assert said.startswith("工作表“三、依申请公开”：加了别的保护密码")
    opening = layout.cells[cell("requests/brought_forward/natural_person")]
    assert value(book, opening) == 1
    (undone,) = desk.press("undo", book)
    assert undone.startswith("已撤销“从上年提取”")
    assert "没有恢复" not in undone
    assert value(book, opening) is None


def test_a_sheet_that_is_gone_does_not_stop_the_undoing_of_others(desk: Desk) -> None:
    report = totals_blank(busy_report())
    book = desk.open("自制.xlsx", xlsx({"说明": title(report), **grids(report)}))
    desk.press("fill_totals", book)
    book.sheets["四、复议诉讼"].delete()
    (said,) = desk.press("undo", book)
    assert said.count("后来改动过，没有恢复") == 3
    assert value(book, place(report, cell("requests/received/total"))) is None


def test_another_unsaved_workbook_is_not_undone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    report = totals_blank(busy_report())
    book = desk.app.books.add()
    name = book.sheets[0].name
    book.sheets[0].range("A1").value = texts(report)
    assert desk.press("fill_totals", book)[-1].startswith("填入合计 31 处")
    monkeypatch.setattr(App, "pid", 2)
    (said,) = desk.press("undo", book)
    assert said.startswith(f"{book.name}：没有可以撤销的操作。")
    assert book.sheets[name].range("J4").value == 17


def texts(report: Report) -> list[list[object]]:
    """Table three as somebody types it, texts behind an apostrophe."""
    return [[f"'{entry}" if isinstance(entry, str) else entry for entry in row] for row in grids(report)[REQUESTS]]


def test_a_workbook_of_that_name_is_open_already(desk: Desk) -> None:
    (desk.folder / "别处").mkdir()
    book = desk.open("示例市汇总.xlsx", ours(busy_report()))
    (desk.folder / "各单位").mkdir()
    (desk.folder / "各单位" / "一.xlsx").write_bytes(ours(busy_report()))
    *_, said = desk.press("merge_reports", book, str(desk.folder / "各单位"), "示例市", "no", desk.folder / "别处")
    assert said.startswith("示例市汇总.xlsx：已经写好，但同名的工作簿正开着。请关掉它，再打开 ")


def test_a_reason_of_the_offices_own_is_not_written_over(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(changed(busy_report(), WRONG)))
    own = EXPLAINED._replace(column=EXPLAINED.column + 1)
    enter(book, {own: "自己写的说明"})
    desk.press("check_all", book)
    book.sheets[RESULTS].range((5 + [row[2] for row in listed(book)].index("B02"), 11)).value = "'机构划转"
    desk.press("explain", book)
    assert value(book, own) == "自己写的说明"
    assert value(book, own._replace(row=own.row + 1)) == "机构划转"


def test_two_versions_of_a_table_are_not_mixed(desk: Desk) -> None:
    report = totals_blank(busy_report())
    named = {"说明": title(report), **grids(report)}
    named["去年"] = grids(changed(report, {"requests/received/company": 5}))[REQUESTS]
    book = desk.open("自制.xlsx", xlsx(named))
    (said,) = desk.press("fill_totals", book)
    assert said.startswith(
        "自制.xlsx：“三、依申请公开”在工作表“三、依申请公开”和“去年”里都有，数不一样。请只留要用的一份。"
    )


def test_a_sheet_locked_without_a_password_gets_none(desk: Desk) -> None:
    report = totals_blank(busy_report())
    book = desk.open("自制.xlsx", xlsx({"说明": title(report), **grids(report)}))
    sheet = book.sheets[REQUESTS].impl
    sheet.ask("protect", "")
    assert desk.press("fill_totals", book)[-1].startswith("填入合计 34 处")
    assert sheet.ask("protected_sheet")
    assert sheet.ask("unprotect", "")


def test_totals_in_text_cells_are_numbers(desk: Desk) -> None:
    report = totals_blank(busy_report())
    book = desk.open("自制.xlsx", xlsx({"说明": title(report), **grids(report)}, text_cells=True))
    desk.press("fill_totals", book)
    assert value(book, place(report, cell("requests/received/total"))) == 17


def test_money_is_exact_whatever_its_format(desk: Desk) -> None:
    report = changed(busy_report(), {"fees/fee/charged": "0.123456"})
    named = {"说明": title(report), **grids(report)}
    book = desk.open("自制.xlsx", xlsx(named, money=place(report, cell("fees/fee/charged"))))
    (desk.folder / "出").mkdir()
    desk.press("write_document", book, "yes", desk.folder / "出")
    (document,) = (desk.folder / "出").iterdir()
    assert "0.123456" in "".join(each.text for table in Document(str(document)).tables for each in table._cells)  # noqa: SLF001


# 帮助, and what goes wrong


def test_rules_and_version_are_told(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(busy_report()))
    desk.press("show_rules", book)
    rows = desk.newest.sheets["规则说明"].used_range.value
    assert rows[0][0] == "编号"
    assert len(rows) > 50
    (said,) = desk.press("show_version", book)
    assert xw.__version__ in said
    assert str(state.log_file()) in said


NEEDS_OURS = ["rest_zero", "take_last_year"]


@pytest.mark.parametrize("button", NEEDS_OURS)
def test_other_workbooks_are_refused_where_ours_are_needed(desk: Desk, button: str) -> None:
    book = desk.open("自制.xlsx", xlsx({"说明": title(busy_report()), **grids(busy_report())}))
    (said,) = desk.press(button, book)
    assert said.startswith("自制.xlsx：不是用本工具模板填写的工作簿。请先用“导入已有报告”转成本工具的工作簿。")


@pytest.mark.parametrize("button", ["check_all", "fill_totals", "write_document"])
def test_a_workbook_without_tables_is_said_to_have_none(desk: Desk, button: str) -> None:
    book = desk.open("别的.xlsx", xlsx({"Sheet1": [["别的"]]}))
    (said,) = desk.press(button, book)
    message, _, record = said.partition("\n\n")
    assert message.startswith("别的.xlsx：没有找到法定表格。")
    assert "\n" not in message
    assert record == f"运行记录：{state.log_file()}"
    assert message in state.log_file().read_text("utf-8")


def test_whatever_goes_wrong_is_one_message_and_a_record(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: xw.Book) -> None:
        raise ZeroDivisionError("一\n二")

    monkeypatch.setitem(ribbon.BUTTONS, "undo", ribbon.Button("撤销", broken))
    book = desk.open("年报.xlsx", ours(busy_report()))
    (said,) = desk.press("undo", book)
    assert said.startswith("程序内部出错（ZeroDivisionError：一 二）。请把这一行和运行记录报告给维护者。")
    assert "Traceback" in state.log_file().read_text("utf-8")
    assert desk.app.screen_updating


# what the engine refuses, so that these tests cannot pass where Excel would fail


def test_locked_cells_refuse_everything(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(busy_report()))
    sheet = book.sheets["三、依申请公开"]
    locked = sheet.range(lay_out(load_form("2021")).cells[cell("requests/received/total")].a1)
    changes: list[Callable[[], object]] = [
        lambda: setattr(locked, "value", 1),
        lambda: setattr(locked, "color", (1, 2, 3)),
        lambda: setattr(locked.font, "bold", True),
        lambda: setattr(locked, "wrap_text", True),
        lambda: locked.impl.add_note("x"),
        lambda: locked.insert("down"),
        lambda: book.sheets.add("新"),
        sheet.delete,
        lambda: setattr(sheet, "name", "新"),
    ]
    for change in changes:
        with pytest.raises(Refused):
            change()
    assert sheet.range("D7").value == 9
    sheet.range("D7").value = 10
    assert sheet.range("D7").value == 10


def test_a_question_without_answer_fails_a_test(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(blank_report()))
    with pytest.raises(Unanswered):
        desk.app.impl.answer("？")
    assert book.name == "年报.xlsx"


def test_protection_comes_back_when_writing_fails(desk: Desk) -> None:
    book = desk.open("年报.xlsx", ours(busy_report()))
    sheet = book.sheets["三、依申请公开"]
    states: list[bool] = []

    def fail(locked: bool) -> None:  # noqa: FBT001 - what is looked at
        states.append(locked)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), opened_sheet(sheet.api, sheet.name, PASSWORD):
        fail(sheet.api.ProtectContents)
    with pytest.raises(ZeroDivisionError), opened_structure(book.api, book.name):
        fail(book.impl.structure)
    assert states == [False, False]
    assert sheet.api.ProtectContents
    assert book.impl.structure


def test_another_password_is_said_to_be_in_the_way(desk: Desk) -> None:
    (desk.folder / "去年.xlsx").write_bytes(ours(busy_report()._replace(year=2022)))
    book = desk.open("年报.xlsx", ours(blank_report("2021", Totals.AUTOMATIC)))
    sheet = book.sheets["三、依申请公开"].impl
    sheet.ask("unprotect", PASSWORD)
    sheet.ask("protect", "别的")
    *_, said = desk.press("take_last_year", book, str(desk.folder / "去年.xlsx"))
    assert said.startswith("工作表“三、依申请公开”：加了别的保护密码，写不进去。请先在“审阅”里撤销保护。")

"""退回: what a unit gets back shows what is wrong and where, and changes nothing but the round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

import excel
from builders import ASPECTS, any_report, busy_report, cell, changed, hybrid, without, zero_report
from nianbao.check import Checked, check
from nianbao.city.asking import Return
from nianbao.city.returned import LETTER, returned_files
from nianbao.findings import Finding, Severity
from nianbao.formfile import EDITIONS, load_form
from nianbao.reading import Reading
from nianbao.report import Explanation, Report, Totals
from nianbao.workbook.alteration.parts import fingerprint, structure
from nianbao.workbook.build import build_workbook
from nianbao.workbook.contents import Contents, carried
from nianbao.workbook.layout import lay_out
from nianbao.workbook.names import FINGERPRINTS, RECORD, TODO
from nianbao.workbook.read import read_closely

TODAY, DUE = date(2024, 1, 10), date(2024, 1, 20)
FORM = load_form("2021")
CELLS = lay_out(FORM).cells
DISCLOSURE, REQUESTS, REVIEW = "二、主动公开", "三、依申请公开", "四、复议诉讼"
ASKED = Finding("V99", Severity.ERROR, "请改。")


def back(report: Report, name: str = "甲局.xlsx", *, found: tuple[Finding, ...] | None = None) -> Return:
    """The workbook of `report`, as it was read and checked, to go back."""
    reading = read_closely(build_workbook(Contents(carried(report))), name)
    return Return(Checked(Path(name), reading, check(reading) if found is None else found), DUE)


def copy_of(what: Return) -> bytes:
    """The workbook that goes back."""
    files = returned_files([what], TODAY)
    return next(data for name, data in files.items() if name.endswith(".xlsx"))


def opened(what: Return) -> Workbook:
    return openpyxl.load_workbook(BytesIO(copy_of(what)))


def comments(book: Workbook) -> dict[str, dict[str, str]]:
    """The comments of each sheet that has any, by address."""
    found = {
        sheet.title: {each.coordinate: each.comment.text for row in sheet.iter_rows() for each in row if each.comment}
        for sheet in book.worksheets
    }
    return {sheet: texts for sheet, texts in found.items() if texts}


def margin(book: Workbook, sheet: str) -> dict[str, str]:
    """The numbers in the margin of a sheet of tables, as they are shown."""
    formats = {each.coordinate: each.number_format for row in book[sheet].iter_rows() for each in row}
    return {at: shown.strip('"\\') for at, shown in formats.items() if "①" <= shown.strip('"\\')[:1] <= "⑳"}


def todo(book: Workbook) -> list[tuple[object, ...]]:
    """The lines of 待办 without the last column."""
    return [tuple(row[:-1]) for row in book[TODO].iter_rows(min_row=6, values_only=True)]


BROKEN = changed(
    busy_report()._replace(agency="甲局", totals=Totals.TYPED, particulars={"round": "1", "preparer": "张三"}),
    {
        "documents/normative_document/in_force": 0,
        "requests/received/law_firm": None,
        "requests/outcome.granted/company": 7,
        "review/reconsideration/total": 9,
    },
)


@given(st.sampled_from(EDITIONS).flatmap(lambda edition: any_report(edition, absent=False)))
def test_nothing_but_the_round_is_other_than_it_was(report: Report) -> None:
    reading = Reading("甲局.xlsx", report, ours=True)
    cells = tuple(load_form(report.edition).cells[::40])
    found = tuple(Finding("V99", Severity.ERROR, f"请改第 {n} 处。", (each,)) for n, each in enumerate(cells))
    copy = copy_of(Return(Checked(Path("甲局.xlsx"), reading, (*found, ASKED))))
    again = read_closely(copy, "x.xlsx")
    assert again.findings == ()
    assert again.report._replace(particulars={}) == carried(reading.report)._replace(particulars={})
    said = [{key: text for key, text in each.particulars.items() if key != "round"} for each in (again.report, report)]
    assert said[0] == said[1]
    made = structure(copy)
    assert made is not None
    assert fingerprint(made) == FINGERPRINTS[report.edition]


@pytest.mark.parametrize(("said", "then"), [("", "2"), ("1", "2"), ("２", "3"), ("9", "10"), ("再报", "2")])
def test_the_round_is_the_next_one(said: str, then: str) -> None:
    report = BROKEN._replace(particulars={"round": said} if said else {})
    files = returned_files([back(report)], TODAY)
    assert f"甲局/甲局2023年度政府信息公开工作年度报告（退回第{then}轮）.xlsx" in files
    assert read_closely(copy_of(back(report)), "x").report.particulars == {"round": then}


def test_each_finding_is_marked_at_the_cells_in_question() -> None:
    book = opened(back(BROKEN))
    place = {path: CELLS[cell(path)].a1 for path in ("requests/received/law_firm", "requests/outcome.granted/company")}
    lawyers, companies = place.values()
    marked = {sheet: {at: text[0] for at, text in texts.items()} for sheet, texts in comments(book).items()}
    assert marked == {
        DISCLOSURE: {"B7": "①", "C7": "①", "D7": "①"},
        REQUESTS: {lawyers: "⑤", companies: "②"},
        REVIEW: {"A7": "④", "B7": "④", "C7": "④", "D7": "④", "E7": "④"},
    }
    assert comments(book)[REQUESTS][companies].count("\n") == 1
    assert "\n③ 错误：三、依申请公开“商业企业”列：「（七）总计等于" in comments(book)[REQUESTS][companies]


def test_comments_are_nobodys_and_show_only_when_they_are_asked_for() -> None:
    with ZipFile(BytesIO(copy_of(back(BROKEN)))) as package:
        written = [package.read(name).decode() for name in package.namelist() if "comments" in name]
        drawn = [package.read(name).decode() for name in package.namelist() if name.endswith(".vml")]
    assert len(written) == len(drawn) == 3
    assert all("<authors><author></author></authors>" in each for each in written)
    assert not any("visibility:visible" in each or "<x:Visible/>" in each for each in drawn)


def test_the_numbers_stand_beside_the_rows_and_below_the_columns_and_are_printed() -> None:
    book = opened(back(BROKEN))
    assert margin(book, DISCLOSURE) == {"E7": "①"}
    assert margin(book, REQUESTS) == {"K7": "⑤", "K9": "②③"}
    assert margin(book, REVIEW) == dict.fromkeys(("A8", "B8", "C8", "D8", "E8"), "④")
    areas = [str(book[sheet].print_area).rpartition(":")[2] for sheet in (DISCLOSURE, REQUESTS, REVIEW)]
    assert areas == ["$E$17", "$K$31", "$O$8"]


def test_the_sheet_of_tasks_lists_all_of_them_worst_first_with_links() -> None:
    report = BROKEN._replace(texts={"overview": f"某某局今年公开了信息。{ASPECTS}"})
    book = opened(back(report))
    sheet = book[TODO]
    assert book.active.title == TODO
    assert [sheet["A2"].value, sheet["A3"].value] == [
        "甲局 2023 年度　　第 2 轮报送　　截止日期：2024年1月20日",
        "共 6 处：错误 5 处，提醒 1 处。错误必须改正；提醒请核对，有错就改。",
    ]
    assert [row[:5] for row in todo(book)] == [
        ("①", "错误", "V12", "一、总体情况!A7", "“一、总体情况”"),
        ("②", "错误", "A01", "二、主动公开!D7", "二、主动公开 第二十条第（一）项“行政规范性文件”行"),
        ("③", "错误", "B02", "三、依申请公开!E9", "三、依申请公开“（一）予以公开”行"),
        ("④", "错误", "B03", "三、依申请公开!E9", "三、依申请公开“商业企业”列"),
        ("⑤", "错误", "C01", "四、复议诉讼!A7", "四、复议诉讼“行政复议”部分"),
        (
            *("⑥", "提醒", "V02", "三、依申请公开!H7"),
            "三、依申请公开“一、本年新收政府信息公开申请数量”行、“法律服务机构”列",
        ),
    ]
    assert str(todo(book)[0][5]).startswith("留有“某某局”")
    assert str(todo(book)[1][5]).startswith("「现行有效件数不少于")
    links = [sheet.cell(row, 4).hyperlink.location for row in range(6, 12)]
    assert links[:3] == ["'一、总体情况'!A7", "'二、主动公开'!D7", "'三、依申请公开'!E9"]
    assert sheet.protection.sheet
    assert [each.protection.locked for each in sheet[6]] == [True] * 6 + [False]
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$5:$5", "landscape")
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)


def test_where_a_finding_concerns_many_cells_the_first_or_the_total_is_marked() -> None:
    blank = changed(busy_report(), {f"requests/{row.key}/other_body": None for row in FORM.tables["requests"].rows})
    assert [*comments(opened(back(blank)))[REQUESTS]] == [CELLS[cell("requests/received/other_body")].a1]
    column = tuple(each for each in FORM.cells if each.table == "requests" and each.column == "company")
    balance = next(each for each in check(Reading("x", BROKEN)) if each.rule == "B03")
    assert len(column) > len(balance.cells) > 6
    book = opened(back(BROKEN, found=(balance._replace(suspects=()),)))
    assert [*comments(book)[REQUESTS]] == [CELLS[cell("requests/outcome.total/company")].a1]


def test_a_row_that_only_the_source_has_is_marked_where_its_figures_went() -> None:
    reading = Reading("甲局.docx", without(hybrid(busy_report()), "requests/outcome.other."))
    (told,) = [each for each in check(reading) if each.rule == "S04"]
    book = opened(Return(Checked(Path("甲局.docx"), reading, (told,))))
    assert [*comments(book)[REQUESTS]] == [CELLS[cell("requests/outcome.other.rest/natural_person")].a1]


LEADING: list[tuple[str, str | None]] = [
    # what is said, where it leads
    ("“五、存在的主要问题及改进情况”：留有“待补充”。", "五、问题及改进!A7"),
    ("“三、收到和处理政府信息公开申请情况”：留有“待补充”。", "三、依申请公开!A40"),
    ("第一章之前：写的是“2021年”。", "一、总体情况!A4"),
    ("落款单位：写的单位是“乙局”。", "封面!C17"),
    ("封面“单位名称”：填的是“某某局”。", "封面!C5"),
    ("出错说明：“B01”现在没有这个问题。", "出错说明!B5"),
    ("别的。", None),
]


def test_what_is_said_of_texts_and_fields_leads_there() -> None:
    found = tuple(Finding("V99", Severity.ERROR, message) for message, _ in LEADING)
    book = opened(back(BROKEN, found=found))
    assert [row[3] for row in todo(book)] == [place for _, place in LEADING]
    assert comments(book) == {}


def test_what_has_no_year_leads_to_it() -> None:
    report = BROKEN._replace(year=None)
    book = opened(back(report))
    assert [row[3] for row in todo(book) if row[2] == "S02"] == ["封面!C6"]


def test_an_imported_report_comes_with_the_record_of_that() -> None:
    reading = Reading("甲局.docx", BROKEN, (Finding("R04", Severity.INFO, "已读作 3。"),))
    assert RECORD in opened(Return(Checked(Path("甲局.docx"), reading, check(reading)))).sheetnames
    assert RECORD not in opened(back(BROKEN)).sheetnames


def test_each_unit_has_a_folder_with_workbook_draft_and_letter() -> None:
    files = returned_files([back(BROKEN)], TODAY)
    stem = "甲局/甲局2023年度政府信息公开工作年度报告"
    assert [*files] == [f"{stem}（退回第2轮）.xlsx", f"{stem}（草稿）.docx", f"甲局/{LETTER}"]
    letter = files[f"甲局/{LETTER}"]
    assert letter.startswith(b"\xef\xbb\xbf\xe7\x94\xb2")
    assert "甲局2023年度政府信息公开工作年度报告（退回第2轮）.xlsx”上修改".encode() in letter
    assert letter.count(b"\r\n") == letter.count(b"\n")


def test_who_has_nothing_to_do_gets_nothing() -> None:
    assert returned_files([back(busy_report(), found=())], TODAY) == {}


def test_a_file_that_cannot_be_read_comes_back_as_a_letter() -> None:
    checked = Checked(Path("乙局.pdf"), None, (Finding("R01", Severity.ERROR, "读不出来：已加密。请去掉密码。"),))
    files = returned_files([Return(checked), Return(checked, name="乙局：二")], TODAY)
    assert [*files] == [f"乙局/{LETTER}", f"乙局：二/{LETTER}"]
    assert "已加密" in files[f"乙局/{LETTER}"].decode("utf-8-sig")


def test_a_summary_comes_back_as_a_letter() -> None:
    reading = Reading("县.xlsx", BROKEN._replace(agency="某县"), summary=True, ours=True)
    assert [*returned_files([Return(Checked(Path("县.xlsx"), reading, (ASKED,)))], TODAY)] == [f"某县/{LETTER}"]


def test_names_of_folders_are_safe_and_never_the_same() -> None:
    names = ["A局", "a局", "甲/乙", "甲_乙", "长" * 90, "  "]
    readings = [Reading("x.xlsx", BROKEN._replace(agency=name), ours=True, summary=True) for name in names]
    returns = [Return(Checked(Path("无名.xlsx"), each, (ASKED,))) for each in readings]
    folders = [name.split("/")[0] for name in returned_files(returns, TODAY)]
    assert folders == ["A局", "a局-2", "甲_乙", "甲_乙-2", "长" * 60, "未填单位名称"]


def test_a_report_on_the_wrong_edition_comes_back_on_the_right_one() -> None:
    wrong = back(busy_report("2019")._replace(year=2023, agency="甲局"))
    assert [each.severity for each in wrong.checked.findings if each.rule == "S02"] == [Severity.ERROR]
    again = read_closely(copy_of(wrong), "x.xlsx").report
    assert again.edition == "2021"
    assert again.values[cell("requests/received/total")] == 17
    letter = returned_files([wrong], TODAY)[f"甲局/{LETTER}"].decode("utf-8-sig")
    assert "原工作簿用的是 2019 版式，按年度应使用 2021 版式" in letter
    assert "应使用 2021 版式（" not in letter


def test_an_altered_workbook_comes_back_as_the_template_has_it() -> None:
    def insert(book: Workbook) -> None:
        excel.insert(book, REQUESTS, "row", 12)

    altered = _changed(build_workbook(Contents(BROKEN)), insert)
    reading = read_closely(altered, "甲局.xlsx")
    assert "S03" in {each.rule for each in reading.findings}
    files = returned_files([Return(Checked(Path("甲局.xlsx"), reading, check(reading)))], TODAY)
    copy = next(data for name, data in files.items() if name.endswith(".xlsx"))
    assert "S03" not in {row[2] for row in todo(openpyxl.load_workbook(BytesIO(copy)))}
    again = read_closely(copy, "x.xlsx")
    assert again.findings == ()
    assert again.report.values == BROKEN.values
    letter = files[f"甲局/{LETTER}"].decode("utf-8-sig")
    assert "原工作簿的版式与现行模板不同（1 处），退回的工作簿已恢复原样" in letter


def test_what_a_unit_does_with_its_copy_is_read_like_any_workbook() -> None:
    def mend(book: Workbook) -> None:
        book[REQUESTS][CELLS[cell("requests/outcome.granted/company")].a1] = 1
        book[TODO]["G6"] = "已改正"

    reading = read_closely(_changed(copy_of(back(BROKEN)), mend), "甲局.xlsx")
    assert {each.rule for each in reading.findings} <= {"R05"}
    assert reading.report.values[cell("requests/outcome.granted/company")] == 1

    def spoil(book: Workbook) -> None:
        book[REQUESTS]["A8"] = "二、别的"

    spoiled = read_closely(_changed(copy_of(back(BROKEN)), spoil), "甲局.xlsx")
    assert "S03" in {each.rule for each in spoiled.findings}


def test_explanations_stay_and_what_they_explain_is_not_asked_again() -> None:
    (broken,) = [each for each in check(Reading("x", BROKEN)) if each.rule == "C01"]
    about = f"C01 {broken.subject}：9 对 6"
    explained = BROKEN._replace(explanations=(Explanation(about, "机构划转", "张三", "1月5日"),))
    copy = copy_of(back(explained))
    assert read_closely(copy, "x").report.explanations == explained.explanations
    assert "C01" not in [row[2] for row in todo(openpyxl.load_workbook(BytesIO(copy)))]


def test_a_paragraph_that_no_cell_holds_does_not_keep_the_others_from_theirs() -> None:
    long = Reading("乙局.docx", zero_report()._replace(agency="乙局", texts={"overview": "长" * 40_000}))
    files = returned_files([Return(Checked(Path("乙局.docx"), long, (ASKED,))), back(BROKEN)], TODAY)
    assert [name for name in files if name.startswith("乙局")] == [f"乙局/{LETTER}"]
    assert "没有附上工作簿：一、总体情况第7行" in files[f"乙局/{LETTER}"].decode("utf-8-sig")
    assert len(files) == 4


def test_the_same_report_gives_the_same_bytes() -> None:
    one, other = (returned_files([back(BROKEN)], TODAY) for _ in range(2))
    assert one == other


def _changed(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    """`data` after somebody changed it with openpyxl."""
    book = openpyxl.load_workbook(BytesIO(data))
    change(book)
    target = BytesIO()
    book.save(target)
    return target.getvalue()

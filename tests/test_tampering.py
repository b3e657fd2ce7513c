"""Changes to a workbook beside its figures are each named once; what a program only saved again has none."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Protection

import excel
from books import edited_bytes
from builders import any_report, busy_report, cell, zero_report
from cities import summary_of, summed
from nianbao.check import Checked, check
from nianbao.form import Form
from nianbao.formfile import EDITIONS, load_form
from nianbao.places import SheetPlace
from nianbao.printed import printed
from nianbao.reading import Reading
from nianbao.report import Explanation, Filling, Report
from nianbao.workbook.alteration.parts import fingerprint, structure
from nianbao.workbook.build import blank_workbook, build_workbook
from nianbao.workbook.contents import Contents, of_reading
from nianbao.workbook.layout import AGENCY, EXPLANATIONS, lay_out
from nianbao.workbook.margins import TABLE_ROW
from nianbao.workbook.names import CHECKS, COVER, FINGERPRINT, FINGERPRINTS, GUIDE, META
from nianbao.workbook.read import read_closely, read_workbook

FORM = load_form("2021")
LAYOUT = lay_out(FORM)
REQUESTS, REVIEW, DISCLOSURE = "三、依申请公开", "四、复议诉讼", "二、主动公开"
TEXT = "五、问题及改进"
TOTAL = LAYOUT.cells[cell("requests/received/total")]


def label(text: str, form: Form = FORM) -> SheetPlace:
    """Where the first printed cell with `text` stands in the blank workbook."""
    return next(
        SheetPlace(chapter.sheet, TABLE_ROW + each.row, 1 + each.column)
        for chapter in form.chapters
        for each in printed(chapter)
        if each.text == text
    )


ROW = label("1.属于国家秘密").row


@cache
def filled(edition: str = "2021") -> bytes:
    return build_workbook(Contents(busy_report(edition)))


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def tampered(change: Callable[[Workbook], object], data: bytes | None = None) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data or filled()))
    change(book)
    return saved(book)


def put(place: SheetPlace, value: str | int | None) -> Callable[[Workbook], None]:
    """Writes `value` into one cell."""

    def change(book: Workbook) -> None:
        book[place.sheet][place.a1].value = value

    return change


def unlock(place: SheetPlace) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[place.sheet][place.a1].protection = Protection(locked=False)

    return change


def repeat(book: Workbook, *, differ: bool) -> None:
    excel.duplicate(book, REQUESTS, ROW)
    if differ:
        first = LAYOUT.cells[cell("requests/outcome.denied.state_secret/natural_person")]
        book[REQUESTS].cell(ROW + 1, first.column).value = 8


def insert_figure(book: Workbook) -> None:
    excel.insert(book, REQUESTS, "row", ROW)
    put(SheetPlace(REQUESTS, ROW, 5), 5544)(book)


def swap(book: Workbook) -> None:
    one, other = label("1.属于国家秘密"), label("2.其他法律行政法规禁止公开")
    page = book[REQUESTS]
    page[one.a1].value, page[other.a1].value = page[other.a1].value, page[one.a1].value


class Case(NamedTuple):
    """A change to the workbook, and all that must be said: rule, severity, where, and words of the message."""

    name: str
    change: Callable[[Workbook], object]
    told: tuple[tuple[str, str, str, str], ...]
    keeps_figures: bool = True


def case(name: str, change: Callable[[Workbook], object], *told: str, keeps_figures: bool = True) -> Case:
    rule, severity, where, words = told
    return Case(name, change, ((rule, severity, where, words),), keeps_figures)


SECRET, PERSON = label("1.属于国家秘密"), label("自然人")
CASES = [
    case(
        "row inserted",
        lambda b: excel.insert(b, REQUESTS, "row", ROW),
        "S03",
        "error",
        f"{REQUESTS}!A{ROW}",
        f"插入了第 {ROW} 行",
    ),
    case(
        "rows inserted",
        lambda b: excel.insert(b, REQUESTS, "row", ROW, 2),
        "S03",
        "error",
        f"{REQUESTS}!A{ROW}",
        f"插入了第 {ROW} 至 {ROW + 1} 行",
    ),
    case(
        "column inserted",
        lambda b: excel.insert(b, REQUESTS, "column", PERSON.column),
        "S03",
        "error",
        f"{REQUESTS}!D1",
        "插入了 D 列",
    ),
    case(
        "row removed",
        lambda b: excel.delete(b, REQUESTS, "row", ROW),
        "S03",
        "error",
        f"{REQUESTS}!A{ROW}",
        "删去了“1.属于国家秘密”行",
        keeps_figures=False,
    ),
    case(
        "row repeated", lambda b: repeat(b, differ=False), "S08", "info", f"{REQUESTS}!A{ROW + 1}", "数字相同，只计一次"
    ),
    case(
        "row repeated, other figures",
        lambda b: repeat(b, differ=True),
        "S09",
        "error",
        f"{REQUESTS}!A{ROW + 1}",
        "认不准用哪一行",
        keeps_figures=False,
    ),
    case(
        "cover row inserted",
        lambda b: excel.insert(b, COVER, "row", AGENCY.row),
        "V10",
        "error",
        f"{COVER}!A5",
        "插入了第 5 行",
    ),
    case(
        "label edited", put(SECRET, "1.属于秘密"), "S03", "warning", str(SECRET), "“1.属于国家秘密”被改成“1.属于秘密”"
    ),
    case("label deleted", put(SECRET, None), "S03", "warning", str(SECRET), "被删去"),
    case("total typed over", put(TOTAL, 9), "V10", "error", str(TOTAL), "被换成固定内容“9”"),
    case(
        "figure in an inserted row",
        insert_figure,
        "S03",
        "error",
        f"{REQUESTS}!A{ROW}",
        f"插入了第 {ROW} 行，里面的“5544”没有读取",
    ),
    case("total rewritten", put(TOTAL, "=SUM(D6:E6)"), "V10", "error", str(TOTAL), "被改成 =SUM(D6:E6)"),
    case("check removed", put(SheetPlace(CHECKS, 4, 6), None), "V10", "error", f"{CHECKS}!F4", "被删去"),
    case(
        "sheet renamed",
        lambda b: excel.rename(b, REQUESTS, "表三"),
        "V10",
        "warning",
        "表三!A1",
        f"“{REQUESTS}”被改名为“表三”",
    ),
    case("sheet removed", lambda b: excel.drop(b, GUIDE), "V10", "error", "", f"工作表“{GUIDE}”被删除"),
    case(
        "table removed",
        lambda b: excel.drop(b, REVIEW),
        "S05",
        "error",
        "",
        f"工作表“{REVIEW}”不见了",
        keeps_figures=False,
    ),
    case("sheet hidden", lambda b: setattr(b[TEXT], "sheet_state", "hidden"), "V10", "warning", f"{TEXT}!A1", "被隐藏"),
    case("sheet added", lambda b: b.create_sheet("备注"), "V10", "info", "备注!A1", "模板里没有工作表“备注”"),
    case(
        "sheet unprotected",
        lambda b: b[DISCLOSURE].protection.disable(),
        "V10",
        "warning",
        f"{DISCLOSURE}!A1",
        "被取消了保护",
    ),
    case(
        "structure unprotected", lambda b: setattr(b.security, "lockStructure", False), "V10", "warning", "", "结构保护"
    ),
    case("label unlocked", unlock(SECRET), "V10", "warning", str(SECRET), "被取消了锁定"),
    case(
        "cells merged",
        lambda b: b[REQUESTS].merge_cells(f"D{ROW}:E{ROW}"),
        "V10",
        "error",
        f"{REQUESTS}!D{ROW}",
        "合并成一格",
        keeps_figures=False,
    ),
    case("cells unmerged", lambda b: b[REQUESTS].unmerge_cells("A4:C6"), "V10", "error", f"{REQUESTS}!A4", "被拆开"),
    case(
        "words in a blank", put(SheetPlace(REQUESTS, 60, 3), "见附件"), "V10", "warning", f"{REQUESTS}!C60", "“见附件”"
    ),
]


def told(reading: Reading) -> list[tuple[str, str, str, str]]:
    """What reading says but for totals without saved results, for openpyxl saves none."""
    return [
        (each.rule, each.severity.value, str(each.place or ""), each.message)
        for each in reading.findings
        if each.rule != "R05"
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_change_is_told_once_by_name_and_place(case: Case) -> None:
    reading = read_closely(tampered(case.change), "x.xlsx")
    found = told(reading)
    assert [each[:3] for each in found] == [each[:3] for each in case.told], found
    assert all(words in message for (*_, words), (*_, message) in zip(case.told, found, strict=True)), found
    assert (reading.report == busy_report()) is case.keeps_figures


def test_several_changes_are_all_told() -> None:
    def change(book: Workbook) -> None:
        for name in ("label edited", "total typed over", "sheet added", "row inserted"):
            next(case for case in CASES if case.name == name).change(book)

    reading = read_closely(tampered(change), "x.xlsx")
    assert [rule for rule, *_ in told(reading)] == ["S03", "S03", "V10", "V10"]
    assert reading.report == busy_report()


def test_changed_places_are_told_as_two_edited_labels() -> None:
    found = told(read_closely(tampered(swap), "x.xlsx"))
    assert [(rule, "被改成" in message) for rule, _, _, message in found] == [("S03", True), ("S03", True)]


@pytest.mark.parametrize("name", ["row inserted", "column inserted", "sheet renamed", "cover row inserted"])
def test_what_was_moved_is_read_right_in_a_hurry_too(name: str) -> None:
    case = next(case for case in CASES if case.name == name)
    assert read_workbook(tampered(case.change), "x.xlsx").report.values == busy_report().values


def test_what_is_gone_is_missing_and_not_zero() -> None:
    report = busy_report()._replace(filling={"requests": Filling.REST_ZERO})
    gone = next(case for case in CASES if case.name == "row removed")
    reading = read_closely(tampered(gone.change, build_workbook(Contents(report))), "x.xlsx")
    missing = [each for each in check(reading) if each.rule == "R03"]
    assert [len(each.cells) for each in missing] == [7]
    assert "requests" not in reading.report.filling


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_fingerprint_on_record_is_that_of_the_template(edition: str) -> None:
    """Else after a change of the builder: write the new one into `names.FINGERPRINTS`."""
    blank = structure(blank_workbook(edition))
    assert blank
    assert fingerprint(blank) == FINGERPRINTS[edition]


@settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # shrinking takes many minutes
@given(st.sampled_from(EDITIONS).flatmap(any_report))
def test_the_fingerprint_of_a_workbook_is_that_of_its_template_whatever_it_holds(report: Report) -> None:
    for contents in (Contents(report), of_reading(Reading("原件.docx", report))):
        found = structure(build_workbook(contents))
        assert found
        assert fingerprint(found) == FINGERPRINTS[report.edition]


@pytest.mark.parametrize("edition", EDITIONS)
def test_nothing_is_told_of_a_workbook_that_openpyxl_saved(edition: str) -> None:
    assert told(read_closely(tampered(lambda _: None, filled(edition)), "x.xlsx")) == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_more_explanations_than_there_is_room_for_are_no_alteration(edition: str) -> None:
    said = tuple(Explanation(f"第 {number} 条", "机构划转") for number in range(EXPLANATIONS + 1))
    report = busy_report(edition)._replace(explanations=said)
    reading = read_closely(build_workbook(Contents(report)), "x.xlsx")
    assert (reading.report, told(reading)) == (report, [])


def test_a_summary_is_read_as_it_is() -> None:
    merged = summed([Checked(Path("甲局.xlsx"), Reading("甲局.xlsx", busy_report()), ())], "某市")
    assert told(read_closely(summary_of(merged), "x.xlsx")) == []


def test_a_formula_whose_result_nobody_saved_is_told_and_not_taken_for_zero() -> None:
    key = cell("requests/received/natural_person")
    data = tampered(put(LAYOUT.cells[key], "=3+4"), build_workbook(Contents(zero_report())))
    for read in (read_workbook, read_closely):
        reading = read(data, "x.xlsx")
        assert [(rule, where) for rule, _, where, _ in told(reading)] == [("R02", str(LAYOUT.cells[key]))]
        assert "“=3+4”是公式" in told(reading)[0][3]
        assert reading.report.values[key] is None


def test_another_build_of_the_template_is_not_compared_line_by_line() -> None:
    def change(book: Workbook) -> None:
        put(SECRET, "1.属于秘密")(book)
        next(row[1] for row in book[META].iter_rows() if row[0].value == FINGERPRINT).value = "00000000"

    assert [(rule, message[:7]) for rule, _, _, message in told(read_closely(tampered(change), "x.xlsx"))] == [
        ("V10", "版式与模板不同")
    ]


def test_functions_of_the_add_in_are_told() -> None:
    place = LAYOUT.cells[cell("requests/received/natural_person")]
    data = edited_bytes(busy_report(), place, "=IFERROR(NB_EXPECTED(E7),9)")
    found = [each for each in read_closely(data, "x.xlsx").findings if "加载项的函数" in each.message]
    assert [(each.rule, each.place) for each in found] == [("V10", place)]
    assert "选择性粘贴" in found[0].message
    assert [each for each in read_closely(filled(), "x.xlsx").findings if "加载项的函数" in each.message] == []

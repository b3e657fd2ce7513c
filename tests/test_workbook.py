"""The workbook: what is built reads back as it was, whatever saved it in between."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell

from books import built, edited, typed_in
from builders import any_report, blank_report, busy_report, cell, changed, zero_report
from nianbao.check import check
from nianbao.errors import InputError, OutputError
from nianbao.form import CellKey, Form
from nianbao.formfile import EDITIONS, load_form
from nianbao.places import SheetPlace
from nianbao.printed import printed
from nianbao.report import Report, Totals, declared
from nianbao.totals import definitions, settled
from nianbao.workbook.build import blank_workbook, build_workbook
from nianbao.workbook.contents import Contents, carried, of_reading
from nianbao.workbook.layout import (
    EXPLAINED,
    EXPLANATIONS,
    FIELDS,
    MODE,
    PARAGRAPHS,
    lay_out,
)
from nianbao.workbook.margins import TABLE_ROW
from nianbao.workbook.names import CHECKS, COVER, FAIR, GUIDE, META, PASSWORD, RECORD
from nianbao.workbook.names import EXPLANATIONS as EXPLANATIONS_SHEET
from nianbao.workbook.read import read_workbook
from nianbao.workbook.sheets import open_sheets

CHAPTERS = ("一、总体情况", "二、主动公开", "三、依申请公开", "四、复议诉讼", "五、问题及改进", "六、其他事项")
SHEETS = (COVER, *CHAPTERS, CHECKS, EXPLANATIONS_SHEET, FAIR, GUIDE)
any_edition = st.sampled_from(EDITIONS)


def nothing(_: Workbook) -> None:
    """No change."""


@settings(max_examples=25)
@given(any_edition.flatmap(lambda edition: any_report(edition, absent=False)))
def test_what_is_built_reads_back(report: Report) -> None:
    reading = read_workbook(build_workbook(Contents(report)), "x.xlsx")
    assert reading.report == report
    assert reading.findings == ()


@settings(max_examples=15)
@given(any_edition.flatmap(lambda edition: any_report(edition, absent=True)))
def test_what_was_not_in_the_source_becomes_blank(report: Report) -> None:
    form = load_form(report.edition)
    blanks = {key: report.values.get(key) for key in form.cells}
    expected = report._replace(values=declared(blanks, report.filling, form))
    assert read_workbook(build_workbook(Contents(report)), "x.xlsx").report == expected


@settings(max_examples=15)
@given(any_edition.flatmap(lambda edition: any_report(edition, absent=False)))
def test_computed_totals_read_back(report: Report) -> None:
    form = load_form(report.edition)
    open_totals = {key: value for key, value in report.values.items() if key not in definitions(form)}
    automatic = settled(report._replace(values=open_totals, totals=Totals.AUTOMATIC), form)
    reading = read_workbook(build_workbook(Contents(automatic)), "x.xlsx")
    assert reading.report == automatic
    assert reading.findings == ()


def test_totals_are_computed_where_no_value_is_stored(edition: str) -> None:
    report = busy_report(edition)._replace(totals=Totals.AUTOMATIC)
    reading = edited(report, nothing)
    assert reading.report == report
    (finding,) = reading.findings
    assert finding.rule == "R05"
    assert set(finding.cells) == set(definitions(load_form(edition)))
    assert "个合计格没有保存计算结果" in finding.message


def test_typed_totals_need_no_stored_value(edition: str) -> None:
    report = busy_report(edition)
    reading = edited(report, nothing)
    assert (reading.report, reading.findings) == (report, ())


def test_a_stored_total_that_differs_is_told_and_not_believed() -> None:
    total = cell("requests/received/total")
    report = busy_report()._replace(totals=Totals.AUTOMATIC)

    def overwrite(book: Workbook) -> None:
        book["三、依申请公开"][lay_out(load_form("2021")).cells[total].a1] = 99

    reading = edited(report, overwrite, stored=True)
    (finding,) = reading.findings
    assert (finding.rule, finding.cells, finding.left, finding.right) == ("R05", (total,), Decimal(99), Decimal(17))
    assert reading.report.values[total] == 17


@pytest.mark.parametrize(("typed", "told"), [(17, []), (18, ["B02"]), (None, [])])
def test_a_typed_figure_under_automatic_totals_is_checked(typed: int | None, told: list[str]) -> None:
    total = cell("requests/received/total")

    def type_in(book: Workbook) -> None:
        book["三、依申请公开"][lay_out(load_form("2021")).typed[total].a1] = typed

    reading = edited(busy_report()._replace(totals=Totals.TYPED), type_in)
    assert reading.report.values[total] == typed

    def automatic(book: Workbook) -> None:
        type_in(book)
        book[COVER][MODE.a1] = Totals.AUTOMATIC.value
        for key, place in lay_out(load_form("2021")).typed.items():
            if key != total:
                book[place.sheet][place.a1] = None

    reading = edited(busy_report(), automatic)
    findings = [finding for finding in reading.findings if "核对数" in finding.message]
    assert [finding.rule for finding in findings] == told
    assert all("核对数填的是 18，自动合计是 17，相差 1" in finding.message for finding in findings)
    assert reading.report.values[total] == 17


def test_sheets_stand_in_the_order_of_the_form(edition: str) -> None:
    book = built(zero_report(edition))
    assert tuple(book.sheetnames) == (*SHEETS, META)
    assert book[META].sheet_state == "hidden"
    assert book.security.lockStructure


def test_labels_and_merges_are_those_of_the_form(form: Form) -> None:
    book = built(blank_report(form.edition))
    for chapter in form.chapters:
        merges = {str(each) for each in book[chapter.sheet].merged_cells.ranges}
        for each in printed(chapter):
            top = book[chapter.sheet].cell(TABLE_ROW + each.row, 1 + each.column)
            assert each.key or top.value == each.text
            if each.height * each.width > 1:
                last = book[chapter.sheet].cell(top.row + each.height - 1, top.column + each.width - 1)
                assert f"{top.coordinate}:{last.coordinate}" in merges


def test_only_what_people_fill_is_unlocked(form: Form) -> None:
    book, layout = built(blank_report(form.edition)), lay_out(form)
    computed_or_taken_over = {layout.cells[key] for key in definitions(form)} | set(layout.last.values())
    expected = ({place for _, place in layout.named()} | set(FIELDS.values())) - computed_or_taken_over
    for place in layout.paragraphs.values():
        expected |= {place._replace(row=place.row + number) for number in range(PARAGRAPHS)}
    for number in range(EXPLANATIONS):
        expected |= {place_right_of(EXPLAINED._replace(row=EXPLAINED.row + number), by) for by in range(4)}
    unlocked = {
        (sheet.title, each.coordinate)
        for sheet in book
        for row in sheet
        for each in row
        if not isinstance(each, MergedCell) and not each.protection.locked
    }
    assert unlocked == {(place.sheet, place.a1) for place in expected}
    for sheet in book:
        assert sheet.protection.sheet
        assert sheet.protection.password == openpyxl.utils.protection.hash_password(PASSWORD)


def place_right_of(place: SheetPlace, columns: int) -> SheetPlace:
    """The place that many columns on."""
    return place._replace(column=place.column + columns)


def test_the_cell_map_names_every_key(form: Form) -> None:
    sheet = built(blank_report(form.edition))[META]
    named = {row[0]: row[1] for row in sheet.iter_rows(values_only=True)}
    assert named["edition"] == form.edition
    assert {str(key) for key in form.cells} <= set(named)
    assert named["requests/received/natural_person"] == "三、依申请公开!D7"


def test_same_contents_same_bytes(edition: str) -> None:
    assert build_workbook(Contents(busy_report(edition))) == build_workbook(Contents(busy_report(edition)))


def test_texts_are_never_formulas_or_links() -> None:
    hostile = "=1+1\n+2\n-3\n@x\nhttp://example.invalid\n{{7*7}} & <b> _x000D_ _x0041_ 𠮷😀"
    report = busy_report()._replace(agency="=HYPERLINK(1)", texts={"overview": hostile, "requests": hostile})
    reading = read_workbook(build_workbook(Contents(report)), "x.xlsx")
    assert reading.report == report
    sheet = built(report)["一、总体情况"]
    assert all(each.data_type == "s" for row in sheet.iter_rows(min_row=7, max_col=1) for each in row if each.value)


def test_more_paragraphs_than_rows_were_ready_for() -> None:
    text = "\n".join(f"第{number}段" for number in range(200)) + "\n\n隔一行"
    report = busy_report()._replace(texts={"problems": text})
    assert read_workbook(build_workbook(Contents(report)), "x.xlsx").report.texts == {"problems": text}


def test_a_paragraph_that_no_cell_holds_is_refused() -> None:
    with pytest.raises(OutputError, match="五、问题及改进第7行：有一段文字超过 32767 字"):
        build_workbook(Contents(busy_report()._replace(texts={"problems": "长" * 40000})))


def test_a_number_of_more_than_15_digits_is_kept() -> None:
    report = changed(zero_report(), {"licensing/licence/decisions": "12345678901234567890"})
    assert read_workbook(build_workbook(Contents(report)), "x.xlsx").report == report


def test_the_record_tells_what_was_read_with_a_remark() -> None:
    reading = read_workbook(build_workbook(Contents(busy_report())), "原件.xlsx")
    noted = reading._replace(findings=check(reading._replace(report=blank_report())))
    book = openpyxl.load_workbook(BytesIO(build_workbook(of_reading(noted))))
    cells = [value for row in book[RECORD].iter_rows(values_only=True) for value in row if value]
    assert "来源：原件.xlsx" in cells[1]
    assert "V02" in cells


def test_a_hybrid_row_is_placed_in_its_last_part() -> None:
    values = {key: value for key, value in busy_report().values.items() if ".other." not in key.row}
    single = {CellKey("requests", "outcome.other", column): Decimal(5) for column in ("natural_person", "total")}
    held = carried(busy_report()._replace(values={**values, **single}))
    assert held.values[cell("requests/outcome.other.rest/natural_person")] == 5
    assert cell("requests/outcome.other/total") not in held.values


def test_a_workbook_without_its_cell_map_is_not_ours() -> None:
    def remove(book: Workbook) -> None:
        del book[META]

    with pytest.raises(InputError, match="不是用本工具模板填写的工作簿"):
        edited(busy_report(), remove)


def test_another_template_version_is_told() -> None:
    def stamp(book: Workbook) -> None:
        book[META]["B1"] = "0"

    (finding,) = edited(busy_report(), stamp).findings
    assert finding.rule == "R06"


@pytest.mark.parametrize(
    ("entry", "value", "rule"),
    [
        ("12", 12, None),
        (" 1,234 ", 1234, None),
        ("3件", 3, "R04"),
        ("/", None, "V03"),
        ("1 2", None, "R02"),
        (True, None, "R02"),
    ],
)
def test_what_people_type(entry: object, value: int | None, rule: str | None) -> None:
    reading = typed_in(
        busy_report(), {lay_out(load_form("2021")).cells[cell("requests/received/natural_person")]: entry}
    )
    assert reading.report.values[cell("requests/received/natural_person")] == value
    assert [finding.rule for finding in reading.findings] == ([rule] if rule else [])


def test_blank_templates_are_blank_and_clean(edition: str) -> None:
    reading = read_workbook(blank_workbook(edition), "x.xlsx")
    assert set(reading.report.values.values()) == {None}
    assert (reading.report.year, reading.report.agency, reading.report.totals) == (None, "", Totals.AUTOMATIC)
    assert reading.findings == ()


def test_stored_verdicts_are_those_of_the_report() -> None:
    broken = changed(busy_report(), {"requests/received/total": 99})
    rows = open_sheets(build_workbook(Contents(broken)), "x")[CHECKS]
    wrong = [tuple(row[column] for column in (1, 5, 6, 7)) for row in rows if row[8] == "✗"]
    assert wrong == [("B01", 102.0, 20.0, 82.0), ("B02", 99.0, 17.0, 82.0)]
    assert Counter(row[8] for row in rows[3:]) == {"✓": 44, "✗": 2, "无上年数": 9}
    assert rows[1][0] == "不平 2 处"


def test_more_paragraphs_than_there_are_rows_for_are_kept(edition: str) -> None:
    said = "\n".join(f"（{number}）公开政府信息。" for number in range(3 * PARAGRAPHS))
    report = busy_report(edition)._replace(texts={"overview": said})
    assert read_workbook(build_workbook(Contents(report)), "x.xlsx").report.texts == {"overview": said}

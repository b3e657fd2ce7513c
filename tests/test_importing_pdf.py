"""Reports in PDFs: tables as pages draw them, text as lines break it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from builders import busy_report, cell, changed, shared
from nianbao.check import check
from nianbao.errors import InputError
from nianbao.form import CellKey
from nianbao.formfile import EDITIONS, load_form
from nianbao.importing.grid import Cell
from nianbao.importing.pdf import contents, read_pdf
from nianbao.importing.tables import read_tables
from nianbao.printed import head_rows, printed
from nianbao.reading import Reading
from nianbao.report import Report
from nianbao.reportjson import parse
from pdfs import (
    BOTTOM,
    LEADING,
    LEFT,
    RIGHT,
    ROW,
    TOP,
    WIDTHS,
    Mark,
    Picture,
    Rule,
    Text,
    boxed,
    pdf,
    report_pages,
    table_rows,
    text_lines,
)

LONG = "推进政府信息公开工作规范、有序、健康发展，回应社会关切；" * 4 + "完成全年任务。"
TALL = TOP + 9 * LEADING
"""Below the text that a test puts at the top of a page."""


def read(pages: Sequence[Sequence[Mark]]) -> Reading:
    """The report in a PDF of `pages`, in this very process."""
    return read_tables(contents(pdf(pages)).parts, "甲.pdf")


def paragraphs(*pages: Iterable[Mark]) -> list[str]:
    parts = contents(pdf([tuple(page) for page in pages])).parts
    return [part.text for part in parts if isinstance(part, Cell)]


def wrong(reading: Reading, report: Report) -> Mapping[CellKey, Decimal | None]:
    """The cells that were read, but not as they are."""
    return {key: value for key, value in reading.report.values.items() if value != report.values[key]}


def assert_right(reading: Reading, report: Report) -> None:
    """All cells, title and agency are as they were, and nothing else was found."""
    assert reading.findings == ()
    assert dict(reading.report.values) == dict(report.values)
    assert (reading.report.agency, reading.report.year) == (report.agency, report.year)
    assert dict(reading.report.texts) == {}


def test_a_published_report_of_mixed_edition_is_right_in_every_cell() -> None:
    file = shared() / "data" / "reports" / "hongze_2023.pdf"
    (key,) = parse(file.with_suffix(".json").read_text("utf-8"), "key")
    reading = read_pdf(file.read_bytes(), file.name)
    assert dict(reading.report.values) == dict(key.report.values)
    assert (reading.report.edition, reading.report.year, reading.findings) == ("2021", 2023, ())
    assert cell("requests/outcome.other/total") in reading.report.values
    assert "S04" in {finding.rule for finding in check(reading)}
    # The page draws a line under every line of this text.
    lines = reading.report.texts["overview"].split("\n")
    assert [line[:5] for line in lines[1:]] == [
        "（一）主动",
        "（二）依申",
        "（三）政府",
        "加强区政府",
        "（四）政府",
        "（五）政府",
    ]
    assert all(line.endswith("。") for line in lines)


@pytest.mark.parametrize("edition", EDITIONS)
@settings(max_examples=5, phases=[Phase.explicit, Phase.generate])
@given(start=st.floats(TOP, BOTTOM - ROW))
@example(start=BOTTOM - 2 * LEADING - ROW)  # the first title stands alone at the end of a page
def test_a_table_may_break_anywhere(edition: str, start: float) -> None:
    report = busy_report(edition)
    assert_right(read(report_pages(report, start)), report)


@pytest.mark.parametrize("edition", EDITIONS)
def test_blank_cells_stay_blank(edition: str) -> None:
    report = changed(busy_report(edition), dict.fromkeys(["requests/received/company", "review/reconsideration/total"]))
    assert_right(read(report_pages(report)), report)


def test_headers_that_a_page_repeats_do_not_count_again(edition: str) -> None:
    report = busy_report(edition)
    (chapter,) = (each for each in load_form(edition).chapters if each.key == "requests")
    heads, split = head_rows(chapter), 15
    upper = table_rows(printed(chapter), report.values, WIDTHS["requests"], range(split), TOP)
    again = table_rows(printed(chapter), report.values, WIDTHS["requests"], range(heads), TOP)
    lower = table_rows(printed(chapter), report.values, WIDTHS["requests"], range(split, 29), TOP + heads * ROW)
    (table,) = contents(pdf([[*upper], [*again, *lower]])).parts
    assert not isinstance(table, Cell)
    assert [row[0].text for row in table].count("一、本年新收政府信息公开申请数量") == 1
    assert sum("自然人" in (each.text for each in row) for row in table) == 1


def parted(label: str, rest: str) -> list[list[str]]:
    """The last rows of a table of which the last row has `label` on one page and `rest` on the next."""
    upper = [*_row(600, "第二十条第（五）项", ""), *_row(630, "信息内容", "本年处理决定数量"), *_row(660, label, "12")]
    (table,) = contents(pdf([upper, _row(TOP, rest, "")])).parts
    assert not isinstance(table, Cell)
    return [[each.text for each in row] for row in table[2:]]


def _row(top: float, label: str, figure: str) -> list[Mark]:
    return [*boxed(LEFT, top, 240, top + ROW, label), *boxed(240, top, 400, top + ROW, figure)]


def test_a_row_that_a_page_parts_is_whole_again() -> None:
    assert parted("行政", "许可") == [["行政许可", "12"]]
    # What no label of the form results from stays as it is.
    assert parted("其他", "许可") == [["其他", "12"], ["许可", ""]]
    assert parted("行政许可", "行政许可") == [["行政许可", "12"], ["行政许可", ""]]


def test_a_cell_whose_line_is_missing_is_still_a_cell() -> None:
    report = busy_report()
    pages = report_pages(report, BOTTOM - 2 * LEADING - ROW)
    (upper,) = {mark for mark in pages[1] if isinstance(mark, Rule) and mark[:2] == (LEFT, TOP) and mark.y1 == TOP}
    pages[1] = [mark for mark in pages[1] if mark != upper]
    assert_right(read(pages), report)


def test_a_watermark_across_the_page_is_no_text() -> None:
    report = busy_report()
    pages = report_pages(report)
    for page in pages:
        page += [Text(60 + at, 200 + at, f"{at} 88 内部资料", 20, slant=True) for at in range(0, 400, 40)]
    assert_right(read(pages), report)


def test_letters_printed_twice_to_look_bold_count_once() -> None:
    report = changed(busy_report(), {"requests/received/natural_person": 1122, "requests/received/total": 11})
    pages = report_pages(report)
    twice = [[*page, *(mark._replace(x=mark.x + 0.3) for mark in page if isinstance(mark, Text))] for page in pages]
    assert_right(read(twice), report)


@pytest.mark.parametrize(("figure", "fits"), [(12345678, True), (1234567890, False), (10**10 + 1, False)])
def test_a_number_that_runs_into_the_next_cell_is_refused(figure: int, *, fits: bool) -> None:
    report = changed(busy_report(), {"requests/received/natural_person": figure, "requests/received/company": 57})
    reading = read(report_pages(report))
    assert wrong(reading, report) == {}
    assert (cell("requests/received/company") in reading.report.values) is fits
    assert {finding.rule for finding in reading.findings} == (set() if fits else {"R02"})


NARROW = changed(busy_report(), {"requests/received/natural_person": 777777, "requests/received/company": None})
"""A report whose first figure of requests can be found on its page, and beside it a blank."""


def instead(*texts: Text) -> list[list[Mark]]:
    """The pages of `NARROW` with `texts`, which stand where they do from the start of its first figure, in its place."""
    pages = report_pages(NARROW)
    found = [(page, mark) for page in pages for mark in page if isinstance(mark, Text) and mark.text == "777777"]
    ((page, old),) = found
    page.remove(old)
    page += [text._replace(x=old.x + text.x, y=old.y + text.y) for text in texts]
    return pages


NO_NUMBERS = [
    # what stands in the cell and beyond its right border, 38 points on: none of it is a figure for certain
    ("digits over the border", [Text(30, 0, "1234", 8)]),
    ("a comma at the border", [Text(30, 0, "1,234", 8)]),
    ("a comma behind the border", [Text(34, 0, "1,234", 8)]),
    ("a sign before the border", [Text(34, 0, "-33", 8)]),
    ("a word before the border", [Text(30, 0, "减33", 8)]),
    ("a note's raised sign", [Text(0, 0, "9", 8), Text(4, 0, "2", 5)]),
    ("a figure that was painted over", [Text(0, 0, "9", 8), Text(1.5, 0, "5", 8)]),
    ("two figures side by side", [Text(0, 0, "12", 8), Text(10, 0, "34", 8)]),
    ("a stamp over a blank cell", [Text(-2, 0, "2024年8", 16)]),
]


@pytest.mark.parametrize("texts", [case[1] for case in NO_NUMBERS], ids=[case[0] for case in NO_NUMBERS])
def test_characters_that_may_be_of_several_numbers_are_refused(texts: Sequence[Text]) -> None:
    reading = read(instead(*texts))
    found = {key: value for key, value in wrong(reading, NARROW).items() if value is not None}
    assert found == {}
    assert {finding.rule for finding in reading.findings} == {"R02"}


@pytest.mark.parametrize("figure", ["1,234.5", "1111", "-17"])
def test_characters_of_one_number_are_read(figure: str) -> None:
    reading = read(instead(Text(2, 0, figure, 8)))
    assert reading.findings == ()
    assert reading.report.values[cell("requests/received/natural_person")] == Decimal(figure.replace(",", ""))


def test_figures_of_a_page_that_was_made_small_keep_every_digit() -> None:
    report = changed(busy_report(), {"licensing/licence/decisions": 2211})
    pages = [[_smaller(mark, 0.3) for mark in page] for page in report_pages(report)]
    assert read(pages).report.values[cell("licensing/licence/decisions")] == 2211


def _smaller(mark: Mark, part: float) -> Mark:
    match mark:
        case Text():
            return mark._replace(x=mark.x * part, y=mark.y * part, size=mark.size * part)
        case Rule():
            return Rule(*(each * part for each in mark))
        case _:
            return mark


def test_places_name_page_table_row_and_cell() -> None:
    report = busy_report()
    reading = read(report_pages(report))
    places = [
        str(reading.places[cell(f"{path}")])
        for path in ("licensing/licence/decisions", "review/reconsideration/upheld")
    ]
    assert places[0] == "第1页表1第7行第2格"
    assert re.fullmatch(r"第3页表2第4行第1格", places[1])


# What lines make: paragraphs, a line of text for each of a page.
TEXTS: list[tuple[str, list[list[Text]], list[str]]] = [
    ("wrapped", [[*text_lines([LONG, LONG])]], [LONG, LONG]),
    (
        "heading",
        [[*text_lines(["一、总体情况", LONG, "（一）主动公开", LONG])]],
        ["一、总体情况", LONG, "（一）主动公开", LONG],
    ),
    (
        "over a page break",
        [[*text_lines([LONG])][:2], [line._replace(y=line.y - 2 * LEADING) for line in [*text_lines([LONG])][2:]]],
        [LONG],
    ),
    (
        "no indents",
        [[*text_lines(["一、总体情况", "公" * 35 + "。", "二、主动公开政府信息情况"], indent=0)]],
        ["一、总体情况", "公" * 35 + "。", "二、主动公开政府信息情况"],
    ),
    ("words", [[*text_lines(["公" * 33 + "ABC", "DEF"], indent=0)]], ["公" * 33 + "ABC DEF"]),
    ("gap", [[Text(LEFT, TOP, "公" * 36), Text(LEFT, TOP + 60, "开")]], ["公" * 36, "开"]),
    ("sizes", [[Text(LEFT, TOP, "公" * 36), Text(LEFT, TOP + 24, "开", 16)]], ["公" * 36, "开"]),
    ("loose", [[Text(LEFT, TOP, "2023 年 共 12 34 件")]], ["2023年共12 34件"]),
]


@pytest.mark.parametrize(("pages", "expected"), [case[1:] for case in TEXTS], ids=[case[0] for case in TEXTS])
def test_lines_make_paragraphs_again(pages: list[list[Text]], expected: list[str]) -> None:
    assert paragraphs(*pages) == expected


def test_lines_under_a_text_make_no_table() -> None:
    lines = [*text_lines(["一、总体情况", LONG, LONG])]
    bounds = [TOP - 4 + at * LEADING for at in range(len(lines) + 1)]
    under = [Rule(LEFT - 2, y, RIGHT + 2, y) for y in bounds]
    sides = [Rule(x, bounds[0], x, bounds[-1]) for x in (LEFT - 2, RIGHT + 2)]
    assert paragraphs([*lines, *under, *sides]) == ["一、总体情况", LONG, LONG]


def test_a_frame_around_the_page_changes_nothing() -> None:
    report = busy_report()
    pages = [[*page, *boxed(20, 20, 575, 822)] for page in report_pages(report)]
    assert_right(read(pages), report)


@pytest.mark.parametrize("number", ["— 3 —", "-1-", "3/7", "第 3 页 共 7 页", "第3页", "3", "· 12 ·"])
def test_page_numbers_are_no_text(number: str) -> None:
    assert paragraphs([*text_lines([LONG]), Text(280, 790, number, 10)]) == [LONG]


@pytest.mark.parametrize(("y", "text"), [(790, "2023年"), (790, "无"), (400, "3"), (TOP + 60, "12")])
def test_other_lines_are(y: float, text: str) -> None:
    assert paragraphs([Text(LEFT, TOP, "公开"), Text(280, y, text)]) == ["公开", text]


def test_what_several_pages_bear_is_no_text() -> None:
    page = [
        Text(200, 40, "示例市人民政府 2024/1/8", 9),
        *text_lines(["开展工作。"]),
        Text(60, 800, "https://example.com", 9),
    ]
    assert paragraphs(page, page) == ["开展工作。", "开展工作。"]
    assert paragraphs(page) == ["示例市人民政府2024/1/8", "开展工作。", "https://example.com"]


REFUSED = [
    (
        "scan",
        pdf([[Picture()], [Picture()]]),
        "甲.pdf：是扫描件，没有文字层，读不出数。请提供 Word、网页或可复制文字的 PDF。",
    ),
    ("empty", pdf([[]]), "甲.pdf：是扫描件，没有文字层，读不出数。请提供 Word、网页或可复制文字的 PDF。"),
    ("no pages", pdf([]), "甲.pdf：是扫描件，没有文字层，读不出数。请提供 Word、网页或可复制文字的 PDF。"),
    ("locked", pdf([[Text(60, 200, "锁")]], locked=True), "甲.pdf：文件加了打开密码。请去掉密码后另存。"),
    (
        "unknown letters",
        pdf([[Text(60, 200, "公开")]]).replace(b"UniGB-UCS2-H", b"Identity-H  ").replace(b"(GB1)", b"(XX1)"),
        "甲.pdf：没有带上字体的编码，文字读出来是乱码。请提供 Word、网页或可复制文字的 PDF。",
    ),
    ("cut off", pdf(report_pages(busy_report()))[:600], "甲.pdf："),
    ("only a beginning", b"%PDF-1.7\n", "甲.pdf：文件损坏，读不下去。请重新取得这份文件。"),
    ("nonsense", b"%PDF-" + bytes(range(256)) * 40, "甲.pdf：文件损坏，读不下去。请重新取得这份文件。"),
    ("a letter", pdf([[Text(60, 200, "关于放假的通知")]]), "甲.pdf：没有找到法定表格。"),
    (
        "tables as pictures",
        pdf([[Text(60, 200, "公开")], [Picture()]]),
        "甲.pdf：没有找到法定表格；第2页是图片，没有文字层。",
    ),
]


@pytest.mark.parametrize(("data", "reason"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as error:
        read_pdf(data, "甲.pdf")
    assert str(error.value).startswith(reason)
    assert "\n" not in str(error.value)


def test_a_page_that_is_a_picture_is_told() -> None:
    report = busy_report()
    reading = read_pdf(pdf([*report_pages(report), [Picture()]]), "甲.pdf")
    (finding,) = reading.findings
    assert (finding.rule, str(finding.place)) == ("R02", "第4页第1行")
    assert finding.message == "第4页：原文“（整页图片）”没有文字层，读不出内容，没有采用。请对照原文手工填写。"
    assert_right(reading._replace(findings=()), report)


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    read_pdf(pdf(report_pages(busy_report())), "甲.pdf")
    assert list(tmp_path.iterdir()) == []

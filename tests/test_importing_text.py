from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import AGENCY, YEARS, any_report, busy_report, hybrid, published, rows, shared, zero_report
from nianbao.check import check
from nianbao.errors import InputError
from nianbao.figures import show
from nianbao.form import Chapter
from nianbao.formfile import EDITIONS, load_form
from nianbao.importing.text import read_text
from nianbao.places import LinePlace
from nianbao.printed import PrintedCell, grid_size, printed
from nianbao.report import Report
from nianbao.reportjson import parse

Written = list[list[str]]
"""The rows of one table, as cells."""
LAYOUTS = ("a cell a line", "a row a line")


def written(report: Report, chapter: Chapter, layout: str) -> Written:
    """The tables of a chapter; Word, which writes a cell a line, has merged cells but once in a row."""
    covering = {
        (row, column): cell
        for cell in printed(chapter)
        for row in range(cell.row, cell.row + cell.height)
        for column in range(cell.column, cell.column + cell.width)
    }
    height, width = grid_size(chapter)
    return [
        [
            content(report, covering[row, column]) if (row, column) == covering[row, column][:2] else ""
            for column in range(width)
            if layout == "a row a line" or column == covering[row, column].column
        ]
        for row in range(height)
    ]


def content(report: Report, cell: PrintedCell) -> str:
    return cell.text if cell.key is None else show(report.values[cell.key])


def laid_out(table: Written, layout: str) -> str:
    if layout == "a row a line":
        return "".join("\t".join(row) + "\n" for row in table)
    return "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in table)


def chapters(report: Report) -> tuple[Chapter, ...]:
    return load_form(report.edition).holding(report.values).chapters


def text_of(report: Report, layout: str) -> str:
    """A report as text: title, chapters, texts and tables."""
    parts = [f"{report.agency}{report.year}年政府信息公开工作年度报告\n", report.texts.get("intro", ""), "\n"]
    for chapter in chapters(report):
        table = laid_out(written(report, chapter, layout), layout) if chapter.tables else ""
        parts += [f"{chapter.heading}\n", report.texts.get(chapter.key, ""), f"\n{table}\n"]
    return "".join(parts)


def whole(report: Report, layout: str) -> Written:
    """The rows of all tables."""
    return [row for chapter in chapters(report) if chapter.tables for row in written(report, chapter, layout)]


# Real reports


def seed(number: str) -> tuple[str, str]:
    """The text of a seed, and the JSON that it should come to."""
    folder = shared() / "data" / "seeds"
    (path,) = folder.glob(f"{number}_*.txt")
    return path.read_text("utf-8"), (folder / f"{number}.json").read_text("utf-8")


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_figures_of_a_seed_are_exact(number: str, line_end: str) -> None:
    text, expected = seed(number)
    found = read_text("\ufeff" + text.replace("\n", line_end), "年报.txt")
    wanted = parse(expected, "年报.json")[0].report
    assert found.report.values == wanted.values
    assert (found.report.edition, found.report.year) == (wanted.edition, wanted.year)
    assert found.places.keys() == found.report.values.keys()


@pytest.mark.parametrize("number", ["000", "001", "002", "003"])
def test_the_agency_of_a_seed_is_that_of_its_title(number: str) -> None:
    text, expected = seed(number)
    assert read_text(text, "年报.txt").report.agency == parse(expected, "年报.json")[0].report.agency


def test_an_agency_is_never_completed_from_elsewhere() -> None:
    assert read_text(seed("004")[0], "年报.txt").report.agency == "市政务服务中心"


@pytest.mark.parametrize(
    ("number", "keys"),
    [
        ("000", ["intro", "overview", "problems", "other"]),
        ("001", ["overview", "disclosure", "problems", "other"]),
        ("002", ["intro", "overview", "problems", "signature", "date"]),
        ("003", ["intro", "overview", "problems", "other"]),
        ("004", ["intro", "overview", "problems", "other"]),
    ],
)
def test_the_texts_of_a_seed_go_to_their_chapters(number: str, keys: list[str]) -> None:
    texts = read_text(seed(number)[0], "年报.txt").report.texts
    assert list(texts) == keys
    assert "勾稽关系" not in "".join(texts.values())


def test_subheadings_of_a_seed_stay_in_their_chapter() -> None:
    texts = read_text(seed("003")[0], "年报.txt").report.texts
    assert texts["problems"].startswith("存在问题\n主动向社会公开")
    assert texts["other"] == "无"


@pytest.mark.parametrize("number", ["000", "001", "002"])
def test_a_clean_seed_is_read_without_findings(number: str) -> None:
    assert read_text(seed(number)[0], "年报.txt").findings == ()


def test_the_converted_figures_of_a_seed_are_said() -> None:
    findings = read_text(seed("003")[0], "年报.txt").findings
    assert [finding.rule for finding in findings] == ["R04", "R04"]
    assert "“减33”已读作 -33" in findings[0].message
    assert "“429.1万”已读作 429.1（万元）" in findings[1].message


def test_the_short_row_of_a_seed_is_quoted() -> None:
    found = read_text(seed("004")[0], "年报.txt")
    (finding,) = found.findings
    assert (finding.rule, finding.place, len(finding.cells)) == ("R02", LinePlace(37), 7)
    assert "原文“四、结转下年度继续办理 0 0 0 0 0 0”应有 7 个数，实有 6 个，没有采用" in finding.message
    missing = next(finding for finding in check(found) if finding.rule == "R03" and "三、依申请公开" in finding.message)
    assert not set(finding.cells) & set(missing.cells)


# Both layouts


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", LAYOUTS)
@given(data=st.data())
def test_any_figures_come_back_as_they_were_written(edition: str, layout: str, data: st.DataObject) -> None:
    report = published(data.draw(any_report(edition, absent=False)))._replace(agency=AGENCY, texts={})
    found = read_text(text_of(report, layout), "年报.txt")
    assert found.report == report
    assert found.findings == ()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_hybrid_report_comes_back(layout: str) -> None:
    report = hybrid(busy_report("2021"))
    assert read_text(text_of(report, layout), "年报.txt").report == report


@pytest.mark.parametrize("layout", LAYOUTS)
def test_texts_come_back_by_chapter(layout: str, edition: str) -> None:
    keys = ["intro", *(chapter.key for chapter in load_form(edition).chapters)]
    texts = {key: f"{key}的第一段。\n（一）第二段" for key in keys}
    report = zero_report(edition)._replace(texts=texts)
    assert read_text(text_of(report, layout), "年报.txt").report == report


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", LAYOUTS)
@given(data=st.data())
def test_rows_in_any_order_and_number_never_fill_a_wrong_cell(edition: str, layout: str, data: st.DataObject) -> None:
    report = data.draw(any_report(edition, absent=False))
    lines = whole(report, layout)
    shuffled = data.draw(st.permutations([*lines, *data.draw(st.lists(st.sampled_from(lines), max_size=10))]))
    assert_nothing_wrong(report, shuffled, layout)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", LAYOUTS)
@given(data=st.data())
def test_a_lost_or_additional_cell_never_fills_a_wrong_cell(edition: str, layout: str, data: st.DataObject) -> None:
    report = data.draw(any_report(edition, absent=False))
    lines = whole(report, layout)
    for number in data.draw(st.sets(st.integers(0, len(lines) - 1), max_size=8)):
        at = data.draw(st.integers(0, len(lines[number]) - 1))
        changed = [*lines[number][:at], "", *lines[number][at:]], [*lines[number][:at], *lines[number][at + 1 :]]
        lines[number] = data.draw(st.sampled_from(changed))
    assert_nothing_wrong(report, lines, layout)


def assert_nothing_wrong(report: Report, lines: Written, layout: str) -> None:
    """That what is read of `lines` is true of `report`, or nothing is read at all."""
    text = f"{report.year}年政府信息公开工作年度报告\n\n" + laid_out(lines, layout)
    try:
        found = read_text(text, "年报.txt").report
    except InputError:
        return
    assert found.edition == report.edition
    assert {cell: value for cell, value in found.values.items() if value != report.values[cell]} == {}


# Cells, rows and paragraphs

TITLE = "示例市示例局2023年政府信息公开工作年度报告\n"
HEADER = "\t第二十条第（五）项\n\n\t信息内容\n\t本年处理\n决定数量\n\n"
LICENCE = rows("licensing\nlicence 5")


def test_a_cell_may_go_on_on_the_next_lines() -> None:
    found = read_text(f"{TITLE}\n{HEADER}\t行\n政\n许\n可\n\t5\n", "年报.txt")
    assert found.report.values == LICENCE
    assert list(found.places.values()) == [LinePlace(13)]


def test_a_row_on_one_line_does_not_go_on() -> None:
    text = f"{TITLE}第二十条第（五）项\t\n信息内容\t本年处理决定数量\n行政许可\t5\n三、收到和处理政府信息公开申请情况\n说明。"
    report = read_text(text, "年报.txt").report
    assert report.values == LICENCE
    assert report.texts == {"requests": "说明。"}


def test_two_lines_of_figures_in_a_cell_are_not_one_figure() -> None:
    found = read_text(f"{TITLE}\n{HEADER}\t行政许可\n\t5\n6\n", "年报.txt")
    assert found.report.values == {}
    assert [finding.rule for finding in found.findings] == ["R02"]


def test_a_sentence_ends_a_row() -> None:
    report = read_text(f"{TITLE}\n{HEADER}\t行政许可\n\t5\n以上不含下属单位。\n", "年报.txt").report
    assert (report.values, report.texts) == (LICENCE, {"intro": "以上不含下属单位。"})


@pytest.mark.parametrize("start", ["\t", "\t\t", "说明：\t"])
def test_a_sentence_beside_a_table_is_text(start: str) -> None:
    report = read_text(f"{TITLE}{start}共公开12条。\n{HEADER}\t行政许可\n\t5\n", "年报.txt").report
    assert (report.values, report.texts) == (LICENCE, {"intro": f"{start.strip()} 共公开12条。".strip()})


def test_a_table_may_go_on_after_a_paragraph() -> None:
    report = read_text(f"{TITLE}\n{HEADER}- 3 -\n\n\t行政许可\n\t5\n", "年报.txt").report
    assert report.values == LICENCE


def test_paragraphs_that_begin_with_a_tab_are_text() -> None:
    body = "\t一、总体情况\n\t2023年，公开信息12条\n\t其中网站8条。\n\t联系电话：\t5550100\n"
    report = read_text(f"{TITLE}{body}\n二、主动公开政府信息情况\n{HEADER}\t行政许可\n\t5\n", "年报.txt").report
    assert report.values == LICENCE
    assert report.texts == {"overview": "2023年，公开信息12条\n其中网站8条。\n联系电话： 5550100"}


def test_other_tables_are_text() -> None:
    body = "一、总体情况\n渠道\t数量\n网站\t100\n\n二、主动公开政府信息情况\n"
    report = read_text(f"{TITLE}{body}{HEADER}\t行政许可\n\t5\n", "年报.txt").report
    assert report.texts == {"overview": "渠道 数量\n网站 100"}


def test_the_edition_follows_the_labels_before_the_year() -> None:
    found = read_text(text_of(zero_report("2019")._replace(year=2023), "a row a line"), "年报.txt")
    assert (found.report.edition, found.report.year) == ("2019", 2023)


@pytest.mark.parametrize("text", ["", "一封信。", "渠道\t数量\n网站\t100", TITLE, "一、总体情况\n\n无"])
def test_a_text_without_statutory_table_is_no_report(text: str) -> None:
    with pytest.raises(InputError, match=r"^信.txt：没有找到法定表格。请"):
        read_text(text, "信.txt")


WORDS = ["\t", "\n", "\n\n", "第二十条第（一）项", "信息内容", "规章", "本年制发件数", "（七）总计", "（六）其他处理", "行政复议",
         "行政诉讼", "结果维持", "总计", "0", "5", "减3", "/", "2023年政府信息公开工作年度报告", "一、总体情况", "1 2", "。"]  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map("".join)))
def test_any_text_is_a_report_or_refused(text: str) -> None:
    try:
        found = read_text(text, "年报.txt")
    except InputError:
        return
    assert found.report.edition in YEARS
    assert found.report.values.keys() <= load_form(found.report.edition).order.keys()
    check(found)

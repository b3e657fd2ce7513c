"""S01 and S03 of documents: headings and labels as written, and what only seems to be missing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from builders import busy_report, cell, shared
from nianbao.check import check
from nianbao.findings import Finding
from nianbao.importing.assemble import assemble
from nianbao.importing.files import read_file
from nianbao.importing.grid import Cell
from nianbao.importing.text import read_text
from nianbao.packed import slim
from nianbao.places import ParagraphPlace
from nianbao.reading import Reading

TITLE = "示例市示例局2023年政府信息公开工作年度报告"
HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
ONE, TWO, THREE, FOUR, FIVE, SIX = HEADINGS
TABLE = """第二十条第（一）项\t\t\t
信息内容\t本年制发件数\t本年废止件数\t现行有效件数
规章\t0\t0\t0
行政规范性文件\t2\t1\t7"""
TEXT = "今年的工作如期完成。"


def document(headings: Iterable[str], table: str = TABLE) -> str:
    """A report with a sentence below each of `headings`, and one table in its second chapter."""
    lines = [TITLE]
    for number, heading in enumerate(headings, 1):
        lines += [heading, table if number == 2 else TEXT]
    return "\n".join(lines)


def found(text: str, *rules: str) -> list[Finding]:
    return [each for each in check(read_text(text, "年报.txt")) if each.rule in rules]


def of_headings(*headings: str) -> list[tuple[str, str]]:
    return [(each.severity.value, each.message) for each in found(document(headings), "S01")]


AS_THEY_SHOULD_BE = [
    HEADINGS,
    ("一.总体情况", *HEADINGS[1:]),
    ("一． 总体 情况", *HEADINGS[1:]),
    ("一、总体情况：", *HEADINGS[1:]),
    (*HEADINGS[:3], "四、政府信息公开行政复议，行政诉讼情况", FIVE, SIX),
    (*HEADINGS[:3], "四、政府信息公开行政复议、行政\n诉讼情况", FIVE, SIX),  # wrapped
    (*HEADINGS[:5], "六、其他需要报告的事项 无其他需要报告的事项。"),  # with its text on the same line
    (*HEADINGS[:5], "六、其他需要报告的事项：今年没有收费。"),
]


@pytest.mark.parametrize("headings", AS_THEY_SHOULD_BE)
def test_headings_as_they_should_be_are_not_spoken_of(headings: tuple[str, ...]) -> None:
    assert of_headings(*headings) == []


@pytest.mark.parametrize("number", range(6))
def test_a_heading_that_is_missing_is_an_error(number: int) -> None:
    rest = [heading for at, heading in enumerate(HEADINGS) if at != number]
    ((severity, message),) = of_headings(*rest)
    assert severity == "error"
    assert f"没有读到“{HEADINGS[number]}”这一章" in message


def test_all_that_are_missing_are_one_finding() -> None:
    ((_, message),) = of_headings(ONE, TWO, THREE, FOUR)
    assert f"没有读到“{FIVE}”“{SIX}”这 2 章" in message


def test_that_the_introduction_lists_it_does_not_make_it_there() -> None:
    listed = "本报告由总体情况、存在的主要问题及改进情况、其他需要报告的事项等部分组成。"
    text = document(HEADINGS[:5]).replace(TITLE, f"{TITLE}\n{listed}")
    ((severity, message),) = [(each.severity.value, each.message) for each in found(text, "S01")]
    assert severity == "error"
    assert SIX in message


WORDED = [
    # what is written, instead of which heading, and words of the message
    ("一、总体概况", ONE, f"“一、总体概况”（第2行）应为“{ONE}”"),
    ("二、主动公开政府信息的情况", TWO, f"应为“{TWO}”"),
    ("五、存在的主要问题和改进措施", FIVE, f"“五、存在的主要问题和改进措施”（第13行）应为“{FIVE}”"),
    ("五、其他需要报告的事项", SIX, f"“五、其他需要报告的事项”（第15行）应为“{SIX}”"),
    ("存在的主要问题及改进情况", FIVE, "“存在的主要问题及改进情况”（第13行）没有编号"),
    # not recognised as a heading by the reader
    ("六、下一步打算", SIX, f"“六、下一步打算”（第15行）应为“{SIX}”"),
    ("第六部分 其他需要报告的事项", SIX, f"“第六部分其他需要报告的事项”（第15行）应为“{SIX}”"),
    ("六、其他事项：今年没有收费。", SIX, f"“六、其他事项”（第15行）应为“{SIX}”"),
    ("其他需要报告的事项：今年没有收费。", SIX, "“其他需要报告的事项”（第15行）没有编号"),
    ("一、政府信息公开总体情况", ONE, f"“一、政府信息公开总体情况”（第2行）应为“{ONE}”"),
]


@pytest.mark.parametrize(("written", "due", "words"), WORDED)
def test_a_heading_in_other_words_is_a_warning(written: str, due: str, words: str) -> None:
    ((severity, message),) = of_headings(*(written if each == due else each for each in HEADINGS))
    assert severity == "warning"
    assert words in message


def test_all_wordings_are_one_finding() -> None:
    ((severity, message),) = of_headings("工作概况", *(heading[2:] for heading in HEADINGS[1:]))
    assert severity == "warning"
    assert f"“工作概况”（第2行）应为“{ONE}”；“{TWO[2:]}”（第4行）“{THREE[2:]}”" in message
    assert message.count("没有编号") == 1


def test_headings_in_another_order_are_a_warning() -> None:
    ((severity, message),) = of_headings(ONE, TWO, THREE, FOUR, SIX, FIVE)
    assert severity == "warning"
    assert f"“{FIVE}”的次序不对" in message


def test_what_word_numbers_by_itself_may_have_its_number() -> None:
    """Numbers that Word prints are not in the text of a paragraph."""
    paragraphs = [TITLE, *(line for heading in HEADINGS for line in (heading[2:], TEXT))]
    table = tuple(tuple(map(Cell, line.split("\t"))) for line in TABLE.split("\n"))
    cells = [Cell(text, ParagraphPlace(number)) for number, text in enumerate(paragraphs, 1)]
    reading = assemble([*cells, table], "年报.docx")
    assert len(reading.headings) == len(HEADINGS)
    assert [each for each in check(reading) if each.rule == "S01"] == []


NOT_ASSESSABLE = [
    f"{TITLE}\n{TABLE}",
    f"{TITLE}\n{TWO}\n{TABLE}",  # the tables alone, with their chapters' headings
    f"{TITLE}\n{TWO}\n{TABLE}\n{THREE}\n{FOUR}",
    f"{TITLE}\n{TEXT}\n{TWO}\n{TABLE}\n五、存在的主要问题及改进情况 有的。六、其他需要报告的事项 无。",  # lines are lost
]


@pytest.mark.parametrize("text", NOT_ASSESSABLE)
def test_tables_and_lost_lines_say_nothing_of_headings(text: str) -> None:
    assert found(text, "S01") == []


def test_data_and_workbooks_say_nothing_of_headings() -> None:
    told = [each.rule for each in check(Reading("年报.json", busy_report()))]
    assert not {"S01", "S03"} & set(told)


LABELS = [
    # what is written instead of a label, and whether that is spoken of
    ("行政规范性文件", "规范性文件", "“规范性文件”（第8行）应为“行政规范性文件”"),
    ("本年制发件数", "本年发件", "“本年发件”（第6行）应为“本年制发件数”"),
    ("本年制发件数", "本年\u3000制发 件数", ""),
    ("现行有效件数", "现行有效件数（历史累计）", "“现行有效件数（历史累计）”（第6行）应为“现行有效件数”"),
]


@pytest.mark.parametrize(("label", "written", "words"), LABELS)
def test_labels_in_other_words(label: str, written: str, words: str) -> None:
    told = found(document(HEADINGS, TABLE.replace(label, written)), "S03")
    assert [words in each.message for each in told] == ([True] if words else [])


FEES = "第二十条第（八）项\t\t\t\n信息内容\t本年收费金额（单位：万元）\t\t\n行政事业性收费\t3\t\t"


@pytest.mark.parametrize(
    ("header", "is_told"),
    [
        ("本年收费金额（单位：万元）", False),
        ("本年收费金额", True),
        ("本年收费金额\n信息内容\t（单位：万元）", False),  # in two cells
    ],
)
def test_a_label_parted_over_two_cells_is_whole(header: str, is_told: bool) -> None:  # noqa: FBT001 - a case of the table
    table = FEES.replace("本年收费金额（单位：万元）", header)
    told = found(document(HEADINGS, f"{TABLE}\n{table}"), "S03")
    assert bool(told) == is_told


def test_the_unit_beside_a_label_is_no_other_wording() -> None:
    table = "第二十条第（九）项\t\t\n信息内容\t采购项目数量\t采购总金额（万元）\n政府集中采购\t2\t3\t"
    text = document(HEADINGS, table).replace("2023", "2020")
    assert cell("procurement/central/amount") in read_text(text, "x").report.values
    assert found(text, "S03") == []


def test_what_is_sent_to_another_process_has_been_checked() -> None:
    kept = slim(read_text(document(HEADINGS), "x"), ())
    assert (kept.headings, kept.labels) == ({}, {})


REAL = {
    "seeds/000": [],
    "seeds/001": [("S01", "warning")],
    "seeds/002": [("S01", "error"), ("S01", "warning")],
    "seeds/003": [("S01", "warning")],
    "seeds/004": [("S01", "error")],  # lost with the upper half of its table
    "reports/hongze_2023": [("S03", "warning")],
    "reports/pingtan_2020": [],
}


@pytest.mark.parametrize("name", REAL)
def test_real_reports(name: str) -> None:
    path = next(Path(shared(), "data").glob(f"{name}*.txt"))
    (reading,) = read_file(path)
    told = [(each.rule, each.severity.value) for each in check(reading) if each.rule in {"S01", "S03"}]
    assert told == REAL[name]

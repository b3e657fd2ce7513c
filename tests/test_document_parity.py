"""What was written is read back: a document that says anything else than its report does not go out."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given

from builders import any_report, busy_report, cell, zero_report
from nianbao.document.article import Article, Paragraph, compose
from nianbao.document.docx import write_docx
from nianbao.document.facts import known_numbers
from nianbao.document.html import write_html
from nianbao.document.parity import docx_differences, html_differences, invented, unwritten
from nianbao.findings import Finding
from nianbao.report import Report
from nianbao.workbook.contents import carried

TEXTS = {
    "overview": "（一）主动公开。认真落实各项要求。\n（二）依申请公开。按时答复。",
    "problems": "公开不够及时。",
    "other": "本年度未收取信息处理费。",
    "signature": "示例市示例局",
    "date": "2024年1月20日",
}


def written(report: Report) -> Article:
    return compose(carried(report))


def busy(edition: str = "2021") -> Article:
    return written(busy_report(edition)._replace(texts=TEXTS))


def edited(data: bytes, change: Callable[[str], str]) -> bytes:
    """A Word file with its text changed."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = change(content.decode()).encode()
            archive.writestr(name, content)
    return target.getvalue()


def of_docx(article: Article, data: bytes | None = None) -> tuple[Finding, ...]:
    return docx_differences(article, data or write_docx(article), "年报.docx")


def of_html(article: Article, data: bytes | None = None) -> tuple[Finding, ...]:
    return html_differences(article, data or write_html(article), "年报.html")


def test_what_was_written_is_what_was_meant(edition: str) -> None:
    for article in (busy(edition), written(zero_report(edition)), written(Report(edition, None, ""))):
        assert of_docx(article) == of_html(article) == ()


@given(any_report("2021"))
def test_it_is_so_whatever_the_report(report: Report) -> None:
    article = written(report)
    assert of_docx(article) == of_html(article) == ()


@pytest.mark.parametrize("agency", ["示例市第0", "<0", "示例市甲局2022年", "附件1：示例局"])
def test_a_name_that_runs_into_the_year_is_no_difference(agency: str) -> None:
    article = written(busy_report()._replace(agency=agency, texts=TEXTS))
    assert of_docx(article) == of_html(article) == ()


def test_a_changed_digit_is_named_by_its_cell() -> None:
    article = busy()
    received = cell("requests/received/natural_person")
    figure = f'<w:t xml:space="preserve">{article.report.values[received]}</w:t>'
    data = write_docx(article)

    def raised(text: str) -> str:
        at = text.index(figure, text.index("一、本年新收"))
        return text[:at] + figure.replace(str(article.report.values[received]), "99") + text[at + len(figure) :]

    (finding,) = of_docx(article, edited(data, raised))
    assert (finding.rule, finding.cells, str(finding.right)) == ("P02", (received,), "99")
    assert "“一、本年新收政府信息公开申请数量”行“自然人”列：工作簿是 9，年报.docx是 99" in finding.message


def test_a_changed_sentence_is_quoted() -> None:
    article = busy()
    (made,) = (block.text for block in article.parts["review"] if isinstance(block, Paragraph) and block.made)
    number = re.search(r"\d+件", made)
    assert number
    changed = edited(write_docx(article), lambda text: text.replace(made, made.replace(number[0], "98件", 1)))
    (finding,) = of_docx(article, changed)
    assert "这一段不在里面，或与工作簿不同：“2023年，" in finding.message
    (finding,) = of_html(article, write_html(article).replace("公开不够及时。".encode(), "公开及时。".encode()))
    assert "“公开不够及时。”" in finding.message


def test_what_stands_there_as_a_mere_hint_is_not_said() -> None:
    article = busy()
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"

    def as_hint(text: str) -> str:
        (paragraph,) = (each for each in re.findall(r"<w:p>.*?</w:p>", text) if "公开不够及时。" in each)
        return text.replace(paragraph, control.format(paragraph))

    (finding,) = of_docx(article, edited(write_docx(article), as_hint))
    assert "“公开不够及时。”" in finding.message


def test_paragraphs_in_another_order_are_told() -> None:
    article = busy()
    first, second = TEXTS["overview"].split("\n")
    swapped = write_html(article).decode().replace("认真落实各项要求", "甲").replace("按时答复", "认真落实各项要求")
    assert of_html(article, swapped.replace("甲", "按时答复").encode()) != ()
    assert first != second


def test_a_number_that_no_table_gives_is_told() -> None:
    report = carried(busy_report())
    article = compose(report)
    assert list(invented(article, known_numbers(report))) == []
    (told, *_) = invented(article, known_numbers(report) - {"17"})
    assert "生成的文字里的“17”不是由表格得出的" in told.message


def test_what_the_office_wrote_may_hold_any_number() -> None:
    report = carried(busy_report()._replace(texts={**TEXTS, "requests": "答复了4321件。"}))
    assert list(invented(compose(report), known_numbers(report))) == []


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_holes_are_told_by_chapter(edition: str) -> None:
    report = busy_report(edition)._replace(texts={"overview": "工作情况。"})
    assert [finding.message.partition("：")[0] for finding in unwritten(written(report))] == [
        "“五、存在的主要问题及改进情况”",
        "“六、其他需要报告的事项”",
    ]
    (cover, *_) = unwritten(written(Report(edition, None, "")))
    assert cover.message == "封面：还没有写（单位名称、年度）。请在工作簿里写好，再生成正式报告。"
    assert list(unwritten(busy(edition))) == []

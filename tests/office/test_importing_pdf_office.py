"""Reports that LibreOffice printed to PDF: from Word files of ours, and from web pages."""

from __future__ import annotations

import io
import random
from decimal import Decimal
from html import escape

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from lo import convert, needs_office
from test_live_texts import drawn

from builders import YEARS, busy_report
from nianbao.document.article import compose
from nianbao.document.docx import write_docx
from nianbao.figures import show
from nianbao.form import CellKey, Chapter
from nianbao.formfile import EDITIONS, load_form
from nianbao.importing.assemble import Part
from nianbao.importing.grid import Cell
from nianbao.importing.pdf import contents
from nianbao.importing.tables import read_tables
from nianbao.printed import grid_size, printed
from nianbao.report import Report
from nianbao.workbook.contents import carried

pytestmark = [needs_office, pytest.mark.office]
SENTENCES = "公开信息、回应关切", "建设平台，（一）加强管理", "培训3次；共计1,234人", "依规办理、按时答复"


def large(report: Report, chance: random.Random, most: int) -> Report:
    """`report` with figures so large that they hardly fit."""
    figures = {key: value if value is None else Decimal(chance.randrange(most)) for key, value in report.values.items()}
    return report._replace(values=figures)


def squeezed(text: str) -> str:
    """What remains certain of a text when its lines are joined: everything but blanks."""
    return "".join(text.split())


def texts(parts: tuple[Part, ...]) -> list[str]:
    return [squeezed(part.text) for part in parts if isinstance(part, Cell)]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Report, bytes, tuple[Part, ...]]]:
    """Random reports, their Word files, and what stands in the PDFs of these."""
    folder, chance = tmp_path_factory.mktemp("documents"), random.Random(20240131)
    reports = [
        large(drawn(edition, chance), chance, most) if most else drawn(edition, chance)._replace(year=YEARS[edition])
        for edition in EDITIONS
        for most in (0, 0, 10**6, 10**12)
    ]
    files = [folder / f"{number}.docx" for number in range(len(reports))]
    for report, file in zip(reports, files, strict=True):
        file.write_bytes(write_docx(compose(carried(report))))
    printed_ = convert(files, "pdf", folder)
    return [
        (report, file.read_bytes(), contents(pdf.read_bytes()).parts)
        for report, file, pdf in zip(reports, files, printed_, strict=True)
    ]


def test_every_cell_of_a_word_file_is_right(documents: list[tuple[Report, bytes, tuple[Part, ...]]]) -> None:
    for report, _, parts in documents:
        reading = read_tables(parts, "甲.pdf", YEARS[report.edition])
        assert dict(reading.report.values) == dict(report.values)
        assert reading.report.edition == report.edition
        assert reading.findings == ()


def test_every_paragraph_of_a_word_file_is_whole(documents: list[tuple[Report, bytes, tuple[Part, ...]]]) -> None:
    """Only what stands in the middle or on the right, a title or a signature, stays on the lines it is on."""
    for _, file, parts in documents:
        written = [each for each in Document(io.BytesIO(file)).paragraphs if each.text.strip()]
        found = texts(parts)
        assert "".join(found) == "".join(squeezed(each.text) for each in written)
        styles = [(each, each.style) for each in written]
        justify = WD_ALIGN_PARAGRAPH.JUSTIFY
        body = [each for each, style in styles if style and style.paragraph_format.alignment == justify]
        assert len(body) > 6
        assert [squeezed(each.text) for each in body if squeezed(each.text) not in found] == []


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Report, list[str], tuple[Part, ...]]]:
    """Reports, their paragraphs, and what stands in the PDFs of web pages of them: tables break where pages end."""
    folder, chance = tmp_path_factory.mktemp("pages"), random.Random(20240131)
    made = [(busy_report(edition), _paragraphs(chance, count)) for edition in EDITIONS for count in (3, 13, 31)]
    files = [folder / f"{number}.html" for number in range(len(made))]
    for file, (report, paragraphs) in zip(files, made, strict=True):
        file.write_text(_page(report, paragraphs), "utf-8")
    printed_ = convert(files, "pdf", folder)
    return [(*each, contents(pdf.read_bytes()).parts) for each, pdf in zip(made, printed_, strict=True)]


def test_every_cell_of_a_web_page_is_right(pages: list[tuple[Report, list[str], tuple[Part, ...]]]) -> None:
    for report, _, parts in pages:
        reading = read_tables(parts, "甲.pdf")
        assert dict(reading.report.values) == dict(report.values)
        assert (reading.findings, reading.report.agency, reading.report.year) == ((), report.agency, report.year)


def test_every_paragraph_of_a_web_page_is_whole(pages: list[tuple[Report, list[str], tuple[Part, ...]]]) -> None:
    for report, paragraphs, parts in pages:
        headings = {squeezed(chapter.heading) for chapter in load_form(report.edition).chapters}
        written = [text for text in texts(parts) if text not in headings and not text.endswith("年度报告")]
        assert written == paragraphs


def _paragraphs(chance: random.Random, count: int) -> list[str]:
    return [f"{'，'.join(chance.choices(SENTENCES, k=chance.randint(1, 30)))}。" for _ in range(count)]


def _page(report: Report, paragraphs: list[str]) -> str:
    """A report as a web page, its texts in chapter one, the labels that some offices write downwards written so."""
    # LibreOffice leaves out the first paragraph.
    body = [f"<p>.</p><p><b>{report.agency}{report.year}年政府信息公开工作年度报告</b></p>"]
    for chapter in load_form(report.edition).chapters:
        body.append(f"<p>{chapter.heading}</p>")
        body += [f"<p>{escape(text)}</p>" for text in paragraphs if chapter.key == "overview"]
        body += [_table(chapter, report)] if chapter.tables else []
    head = '<head><meta charset="utf-8"><title>年报</title></head>'
    return f"<!DOCTYPE html><html>{head}<body>{''.join(body)}</body></html>"


def _table(chapter: Chapter, report: Report) -> str:
    rows: list[list[str]] = [[] for _ in range(grid_size(chapter)[0])]
    for cell in printed(chapter):
        text = escape(cell.text) if cell.key is None else _figure(report, cell.key)
        down = "<br>".join(text) if text.startswith("三、") else text
        rows[cell.row].append(f'<td rowspan="{cell.height}" colspan="{cell.width}">{down}</td>')
    lines = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f'<table border="1" cellspacing="0" style="border-collapse:collapse">{lines}</table>'


def _figure(report: Report, key: CellKey) -> str:
    value = report.values[key]
    return "" if value is None else show(value)

from __future__ import annotations

import io
import time
import zipfile
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from builders import AGENCY, MOST, any_report, blank_report, busy_report, hybrid, shared, zero_report
from nianbao.document.article import Article, Paragraph, compose
from nianbao.document.docx import write_docx
from nianbao.figures import show
from nianbao.form import Chapter
from nianbao.formfile import load_form
from nianbao.printed import PrintedCell, grid_size, head_rows, printed
from nianbao.report import Report
from nianbao.reportjson import parse

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

HOSTILE = [
    "{{ 7*7 }}",
    "{% for x in y %}{{ x }}{% endfor %}",
    "{# 注释 #}",
    "A&B &amp; &#65;",
    "<w:br/><script>甲<乙",
    "]]>",
    "甲_x000D_乙",
    "𠮷野家😀👨‍👩‍👧",
    "=cmd|'/c calc'!A1",
    "甲  乙   丙",
    "\u202e倒写",
]

# The order in which the schema wants the children of an element that we write.
SCHEMA = {
    "pPr": "pStyle keepNext pageBreakBefore widowControl autoSpaceDE autoSpaceDN spacing ind contextualSpacing jc outlineLvl",
    "rPr": "rStyle rFonts spacing sz szCs highlight lang",
    "tblPr": "tblW jc tblBorders tblLayout tblCellMar tblCaption",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "sectPr": "footerReference pgSz pgMar",
    "style": "name basedOn qFormat pPr rPr",
    "settings": "evenAndOddHeaders characterSpacingControl compat",
    "font": "altName charset family",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
}


def part(content: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def body(content: bytes) -> etree._Element:
    found = part(content, "word/document.xml").find(f"{W}body")
    assert found is not None
    return found


def text(element: etree._Element) -> str:
    return "".join(run.text or "" for run in element.iter(f"{W}t"))


def lines(content: bytes) -> list[str]:
    return [text(paragraph) for paragraph in body(content).iterchildren(f"{W}p")]


def value(element: etree._Element, path: str) -> str | None:
    """The ``w:val`` of the element at ``a/b`` under `element`."""
    found = element.find("/".join(f"{W}{tag}" for tag in path.split("/")))
    return None if found is None else found.get(f"{W}val", "")


def tables(content: bytes) -> list[etree._Element]:
    return list(body(content).iterchildren(f"{W}tbl"))


class Cell(NamedTuple):
    """One cell of a Word table, merges resolved."""

    row: int
    column: int
    height: int
    width: int
    text: str


def grid(table: etree._Element) -> list[Cell]:
    cells: dict[tuple[int, int], Cell] = {}
    above: dict[int, tuple[int, int]] = {}
    for number, row in enumerate(table.iterchildren(f"{W}tr")):
        column = 0
        for cell in row.iterchildren(f"{W}tc"):
            width = int(value(cell, "tcPr/gridSpan") or 1)
            if value(cell, "tcPr/vMerge") == "continue":
                start = cells[above[column]]
                assert (start.width, text(cell)) == (width, "")
                cells[above[column]] = start._replace(height=start.height + 1)
            else:
                above[column] = (number, column)
                cells[number, column] = Cell(number, column, 1, width, text(cell))
            column += width
    return sorted(cells.values())


def expected(chapter: Chapter, filled: Report) -> list[Cell]:
    def words(cell: PrintedCell) -> str:
        return cell.text if cell.key is None else show(filled.values.get(cell.key))

    return [Cell(cell.row, cell.column, cell.height, cell.width, words(cell)) for cell in printed(chapter)]


def assert_tables_are(filled: Report) -> None:
    chapters = [chapter for chapter in load_form(filled.edition).chapters if chapter.tables]
    for table, chapter in zip(tables(write_docx(compose(filled))), chapters, strict=True):
        assert grid(table) == expected(chapter, filled)


def test_the_tables_are_the_printed_ones(edition: str) -> None:
    assert_tables_are(busy_report(edition))
    assert_tables_are(blank_report(edition))
    assert_tables_are(Report(edition, None, ""))


@settings(max_examples=15)
@given(st.sampled_from(["2019", "2021"]).flatmap(any_report))
def test_every_figure_is_at_its_place(filled: Report) -> None:
    assert_tables_are(filled)


def test_a_hybrid_report_prints_the_form_of_its_edition() -> None:
    assert_tables_are(hybrid(busy_report()))


@pytest.mark.parametrize(
    "name", ["seeds/000", "seeds/001", "seeds/002", "seeds/003", "seeds/004", "reports/suqian_2023"]
)
def test_published_reports(name: str) -> None:
    source = shared() / "data" / f"{name}.json"
    assert_tables_are(parse(source.read_text("utf-8"), source.name)[0].report)


def test_the_widths_of_a_table_are_those_of_the_page(edition: str) -> None:
    chapters = [chapter for chapter in load_form(edition).chapters if chapter.tables]
    for table, chapter in zip(tables(write_docx(compose(zero_report(edition)))), chapters, strict=True):
        widths = [int(column.get(f"{W}w", "")) for column in table.iter(f"{W}gridCol")]
        assert (len(widths), sum(widths)) == (grid_size(chapter)[1], 8844)
        for row in table.iterchildren(f"{W}tr"):
            cells = [int(width.get(f"{W}w", "")) for width in row.iter(f"{W}tcW")]
            assert sum(cells) == 8844


def test_rows_stay_whole_and_heads_repeat(edition: str) -> None:
    chapters = [chapter for chapter in load_form(edition).chapters if chapter.tables]
    for table, chapter in zip(tables(write_docx(compose(zero_report(edition)))), chapters, strict=True):
        rows = list(table.iterchildren(f"{W}tr"))
        assert all(value(row, "trPr/cantSplit") is not None for row in rows)
        repeated = [value(row, "trPr/tblHeader") is not None for row in rows]
        heads = head_rows(chapter) if len(chapter.tables) == 1 else 0
        assert repeated == [True] * heads + [False] * (len(rows) - heads)
        kept = [all(value(p, "pPr/keepNext") is not None for p in row.iter(f"{W}p")) for row in rows]
        assert kept == [True] * (len(rows) - 1) + [False]


@pytest.mark.parametrize(("number", "size"), [(0, None), (9999, None), (999999, "14"), (MOST, "5"), (10**80, "2")])
def test_long_numbers_are_set_smaller(number: int, size: str | None) -> None:
    filled = zero_report("2021", f"requests\nreceived 0 {number} 0 0 0 0 0")
    row = tables(write_docx(compose(filled)))[1].findall(f"{W}tr")[3]
    assert value(row.findall(f"{W}tc")[2], "p/r/rPr/sz") == size


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_text_comes_out_as_typed(typed: str) -> None:
    keys = ["intro", "signature", "date", *(chapter.key for chapter in load_form("2021").chapters)]
    content = write_docx(compose(Report("2021", 2023, typed, {}, dict.fromkeys(keys, typed))))
    assert lines(content).count(typed) == len(keys)
    assert lines(content)[0] == f"{typed}2023年政府信息公开工作年度报告"
    assert docx.Document(io.BytesIO(content)).core_properties.title == f"{typed}2023年政府信息公开工作年度报告"


def test_what_no_document_can_hold_is_left_out() -> None:
    assert "甲乙丙 丁" in lines(
        write_docx(compose(Report("2021", 2023, AGENCY, {}, {"overview": "甲\x00乙\ud800丙\t丁\ufffe"})))
    )


@settings(max_examples=15)
@given(any_report("2021"))
def test_every_typed_line_is_a_paragraph(filled: Report) -> None:
    found = lines(write_docx(compose(filled)))
    typed = [line for words in filled.texts.values() for line in words.split("\n") if line]
    assert [line for line in typed if line not in found] == []


def test_placeholders_are_highlighted(edition: str) -> None:
    article = compose(zero_report(edition))
    marked = [p for p in body(write_docx(article)).iterchildren(f"{W}p") if value(p, "r/rPr/highlight")]
    holes = [each.text for each in article.blocks if isinstance(each, Paragraph) and each.role == "placeholder"]
    assert [text(paragraph) for paragraph in marked] == holes
    assert len(holes) > 1


def test_signs_that_latin_fonts_have_too_are_set_in_chinese_ones() -> None:
    (run,) = (each for each in body(write_docx(article("甲“乙”——丙…"))).iter(f"{W}r") if text(each) == "甲“乙”——丙…")
    font = run.find(f"{W}rPr/{W}rFonts")
    assert font is not None
    assert font.get(f"{W}hint") == "eastAsia"


def article(overview: str) -> Article:
    return compose(Report("2021", 2023, AGENCY, {}, {"overview": overview}))


def test_a_run_in_heading_has_its_own_style() -> None:
    content = write_docx(compose(Report("2021", 2023, AGENCY, {}, {"overview": "（一）主动公开。全年公开若干条。"})))
    (paragraph,) = (p for p in body(content).iterchildren(f"{W}p") if text(p).startswith("（一）"))
    assert [(text(run), value(run, "rPr/rStyle")) for run in paragraph.iter(f"{W}r")] == [
        ("（一）主动公开。", "run_in"),
        ("全年公开若干条。", None),
    ]


def kept(filled: Report, heading: str) -> list[bool]:
    """Which paragraphs between `heading` and its table stay on a page with the next."""
    elements = list(body(write_docx(compose(filled))))
    start = next(number for number, element in enumerate(elements) if text(element) == heading)
    end = next(number for number in range(start, len(elements)) if elements[number].tag == f"{W}tbl")
    return [value(element, "pPr/keepNext") is not None for element in elements[start + 1 : end]]


@pytest.mark.parametrize(("length", "keeps"), [(100, True), (138, True), (139, False), (500, False)])
def test_a_short_text_shares_the_page_of_table_three(length: int, keeps: bool) -> None:  # noqa: FBT001 - a table's column
    filled = Report("2021", 2023, AGENCY, {}, {"requests": "申" * length, "disclosure": "公" * length})
    assert kept(filled, "三、收到和处理政府信息公开申请情况") == [keeps]
    assert kept(filled, "二、主动公开政府信息情况") == [False]


def test_a_text_keeps_its_distance_from_the_table_under_it() -> None:
    elements = list(body(write_docx(compose(busy_report()))))
    over = [above for above, below in pairwise(elements) if below.tag == f"{W}tbl"]
    gaps = [each.find(f"{W}pPr/{W}spacing") for each in over]
    assert [gap.get(f"{W}after") for gap in gaps if gap is not None] == ["80", "80", "80"]


def test_a_signature_does_not_stand_alone() -> None:
    texts = {"other": "没有其他事项。", "signature": "示例局", "date": "2024年1月20日"}
    paragraphs = list(body(write_docx(compose(Report("2021", 2023, AGENCY, {}, texts)))).iterchildren(f"{W}p"))[-3:]
    assert [value(paragraph, "pPr/keepNext") is not None for paragraph in paragraphs] == [True, True, False]


def test_the_page() -> None:
    section = docx.Document(io.BytesIO(write_docx(compose(zero_report())))).sections[0]
    assert (section.page_width, section.page_height) == (11906 * 635, 16838 * 635)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins if margin is not None] == [37, 35, 28, 26]
    assert section.footer.paragraphs[0].text == section.even_page_footer.paragraphs[0].text == "— 1 —"
    assert section.footer.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert section.even_page_footer.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.LEFT


def test_styles_have_names_and_fonts() -> None:
    content = write_docx(compose(zero_report()))
    styles = part(content, "word/styles.xml")
    names = {value(style, "name") for style in styles.iter(f"{W}style")}
    assert {"公文标题", "公文正文", "一级标题", "二级标题", "三级标题", "法定表文字", "法定表数字"} <= names
    fonts = {f.get(f"{W}name"): value(f, "altName") for f in part(content, "word/fontTable.xml").iter(f"{W}font")}
    for style in styles.iter(f"{W}style"):
        if style.get(f"{W}customStyle") and (font := style.find(f"{W}rPr/{W}rFonts")) is not None:
            assert fonts[font.get(f"{W}eastAsia")]
    body_style = next(s for s in styles.iter(f"{W}style") if s.get(f"{W}styleId") == "body")
    spacing = body_style.find(f"{W}pPr/{W}spacing")
    assert spacing is not None
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("579", "exact")
    indent = body_style.find(f"{W}pPr/{W}ind")
    assert indent is not None
    assert indent.get(f"{W}firstLineChars") == "200"


def test_spaces_are_kept() -> None:
    content = write_docx(compose(Report("2021", 2023, AGENCY, {}, {"overview": "（一）甲。 乙"})))
    footer = part(content, "word/footer_right.xml")
    for run in (*body(content).iter(f"{W}t"), *footer.iter(f"{W}t", f"{W}instrText")):
        assert run.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_every_style_in_use_is_defined() -> None:
    content = write_docx(
        compose(Report("2021", 2023, AGENCY, {}, {"overview": "（一）甲。乙\n（一）丙\n1.丁", "date": "今天"}))
    )
    defined = {style.get(f"{W}styleId") for style in part(content, "word/styles.xml").iter(f"{W}style")}
    used = {style.get(f"{W}val") for style in body(content).iter(f"{W}pStyle", f"{W}rStyle")}
    assert used <= defined


def test_nothing_tells_who_wrote_the_file_or_with_what() -> None:
    content = write_docx(compose(busy_report()))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert sorted(archive.namelist()) == [
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/core.xml",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/fontTable.xml",
            "word/footer_left.xml",
            "word/footer_right.xml",
            "word/settings.xml",
            "word/styles.xml",
        ]
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert not any(trace in everything for trace in (b"theme", b"python-docx", b"Normal.dotm", b"w:rsid"))
    properties = {etree.QName(child).localname: child.text for child in part(content, "docProps/core.xml")}
    assert properties == {
        "title": "示例市示例局2023年政府信息公开工作年度报告",
        "subject": "政府信息公开工作年度报告",
        "language": "zh-CN",
    }


def test_a_long_name_fits_the_properties() -> None:
    content = write_docx(compose(Report("2021", 2023, "局" * 400)))
    assert len(docx.Document(io.BytesIO(content)).core_properties.title) == 255


def test_the_same_report_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = write_docx(compose(busy_report()))
    later = time.localtime(time.time() + 10**8)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    assert write_docx(compose(busy_report())) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_elements_stand_in_the_order_of_the_schema() -> None:
    texts = {"overview": "（一）甲。乙\n（一）丙\n1.丁", "signature": "示例局", "date": "今天"}
    content = write_docx(
        compose(Report("2021", 2023, AGENCY, dict.fromkeys(load_form("2021").cells, Decimal(MOST)), texts))
    )
    for name in ("document", "styles", "settings", "fontTable", "footer_left", "footer_right"):
        for element in part(content, f"word/{name}.xml").iter(f"{W}*"):
            order = SCHEMA.get(etree.QName(element).localname, "").split()
            children = [etree.QName(child).localname for child in element]
            assert not order or children == sorted(children, key=order.index), etree.tostring(element)

"""Reports in Word files: ours, and what others make of the format."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import AGENCY, any_report, busy_report, cell, changed, texts
from markup import STRICT, Td, Trs, assert_nothing_wrong, docx, p, r, read_word, tables_of, tbl, word, zipped
from nianbao.document.article import compose
from nianbao.document.docx import write_docx
from nianbao.errors import InputError
from nianbao.form import SIGNATURE
from nianbao.formfile import EDITIONS, load_form
from nianbao.importing.chapters import chapter_paragraphs
from nianbao.importing.docx import read_docx
from nianbao.places import ParagraphPlace, TablePlace
from nianbao.reading import Reading
from nianbao.report import Report
from nianbao.workbook.contents import carried

TEXTS = {"overview": "总体。\n（一）主动公开", "problems": "问题。\n改进。", "other": "无"}


def busy(edition: str = "2021") -> Report:
    return busy_report(edition)._replace(texts=TEXTS)


def assert_read(reading: Reading, report: Report) -> None:
    assert reading.report == report
    assert reading.findings == ()


def with_tables(report: Report, write: Callable[[Trs], str]) -> str:
    return word(report, {key: write(rows) for key, rows in tables_of(report).items()})


def with_figure(written: str, key: str = "requests/received/company", report: Report | None = None) -> Reading:
    """What is read where the runs `written` stand in one cell."""
    marked = changed(report or busy(), {key: 987654})
    return read_word(word(marked).replace(r("987654"), written))


# Our own


def is_plain(report: Report) -> bool:
    """Whether no text is taken for a heading, so that each must come back where it stood."""
    form = load_form(report.edition)
    lines = [line for text in report.texts.values() for line in text.split("\n")]
    return not (chapter_paragraphs(lines, form).keys() - {"intro"})


@pytest.mark.parametrize("edition", EDITIONS)
@settings(max_examples=15)
@given(data=st.data())
def test_what_we_write_comes_back_in_every_cell_and_text(edition: str, data: st.DataObject) -> None:
    written = data.draw(texts(edition))
    report = data.draw(any_report(edition, absent=False))
    keys = {"intro", *(chapter.key for chapter in load_form(edition).chapters)}
    said = {key: written.get(key) or f"{key}的话。" for key in sorted(keys)}
    report = report._replace(agency=AGENCY, texts=said, fee=report.fee._replace(charged=None, pieces=None, yuan=None))
    reading = read_docx(write_docx(compose(carried(report))), "年报.docx")
    assert reading.report.values == report.values
    assert (reading.report.edition, reading.report.year) == (report.edition, report.year)
    assert reading.report.agency == AGENCY
    assert reading.findings == ()
    if is_plain(report):
        wanted = {key: "\n".join(filter(None, text.split("\n"))) for key, text in said.items()}
        assert {key: text for key, text in reading.report.texts.items() if key not in SIGNATURE} == wanted


def test_every_figure_and_text_has_its_place(edition: str) -> None:
    reading = read_docx(write_docx(compose(carried(busy(edition)))), "年报.docx")
    assert reading.places.keys() == reading.report.values.keys()
    assert reading.places[cell("requests/received/natural_person")] == TablePlace(2, 4, 2)
    assert reading.places[cell("requests/outcome.denied.state_secret/company")] == TablePlace(2, 8, 5)
    assert reading.text_places["overview"] == ParagraphPlace(4)


# Other people's tables


def layout(*contents: str) -> str:
    """A table that only arranges what stands in it."""
    return tbl([[Td(content) for content in contents]], lambda td: td.content + p())


def shape(content: str) -> str:
    """A text box as Word writes it: twice, for new programs and for old ones."""
    box = f"<w:txbxContent>{content}</w:txbxContent>"
    return p(
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def controlled(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def old_merges(rows: Trs) -> str:
    """Cells merged across as old programs did: the others are there and say so."""
    single = [[part for td in row for part in (td._replace(columns=1), *[Td("§")] * (td.columns - 1))] for row in rows]
    if any(td.rows > 1 for row in rows for td in row):
        return tbl(rows)
    continued = '<w:tcPr><w:hMerge w:val="continue"/></w:tcPr>' + p()
    return tbl(single).replace("<w:tcPr></w:tcPr>" + p(r("§")), continued)


BODIES: dict[str, Callable[[Report], str]] = {
    "vertical and horizontal merges": word,
    "columns before the table": lambda report: with_tables(report, lambda rows: tbl(rows, before=2)),
    "old merges": lambda report: with_tables(report, old_merges),
    "tables in a layout": lambda report: with_tables(report, lambda rows: layout(tbl(rows))),
    "all in a layout": lambda report: layout(word(report)),
    "all in layouts of layouts": lambda report: layout(p("左"), layout(layout(word(report)))).replace(p("左"), p()),
    "text boxes": lambda report: shape(word(report)),
    "tables in text boxes": lambda report: with_tables(report, lambda rows: shape(tbl(rows))),
    "content controls": lambda report: controlled(word(report)),
    "content controls around tables": lambda report: with_tables(report, lambda rows: controlled(tbl(rows))),
    "content controls around cells": lambda report: (
        word(report)
        .replace("<w:tc>", "<w:sdt><w:sdtContent><w:tc>")
        .replace("</w:tc>", "</w:tc></w:sdtContent></w:sdt>")
    ),
    "content controls around rows": lambda report: (
        word(report)
        .replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>")
        .replace("</w:tr>", "</w:tr></w:sdtContent></w:sdt>")
    ),
    "figures in nested tables": lambda report: with_tables(
        report,
        lambda rows: tbl(
            rows, lambda td: (tbl([[Td(td.content)]]) if td.is_figure else "") + p(td.content * (not td.is_figure))
        ),
    ),
    "a run for each character": lambda report: with_tables(
        report, lambda rows: tbl(rows, lambda td: p("".join(map(r, td.content))) if td.content else p())
    ),
    "a paragraph for each character of a label": lambda report: with_tables(
        report, lambda rows: tbl(rows, lambda td: p(td.content) if td.is_figure else "".join(map(p, td.content)))
    ),
    "line breaks in labels": lambda report: with_tables(
        report,
        lambda rows: tbl(
            rows, lambda td: p(td.content) if td.is_figure else p("<w:r><w:br/></w:r>".join(map(r, td.content)))
        ),
    ),
    "full-width spaces": lambda report: with_tables(report, lambda rows: tbl(rows, lambda td: p(f"　　{td.content} "))),
    "inserted by a colleague": lambda report: (
        word(report).replace("<w:r>", "<w:ins><w:r>").replace("</w:r>", "</w:r></w:ins>")
    ),
    "with what a colleague deleted": lambda report: word(report).replace(
        "</w:p>",
        "<w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>8</w:t></w:r></w:moveFrom></w:p>",
    ),
    "with rows that a colleague deleted": lambda report: word(report).replace(
        "</w:tbl>", "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    ),
    "with hidden text": lambda report: word(report).replace("</w:p>", r("9", "<w:vanish/>") + "</w:p>"),
    "with text that is not hidden after all": lambda report: word(report).replace(
        "<w:r>", "<w:r><w:rPr><w:vanish w:val='0'/><w:strike w:val='false'/></w:rPr>"
    ),
    "with footnotes and comments": lambda report: word(report).replace(
        "</w:p>", "<w:r><w:footnoteReference w:id='2'/><w:commentReference w:id='1'/></w:r></w:p>"
    ),
    "with soft hyphens and bookmarks": lambda report: word(report).replace(
        "</w:p>", "<w:bookmarkStart/><w:r><w:softHyphen/><w:lastRenderedPageBreak/></w:r></w:p>"
    ),
    "with a table of contents": lambda report: (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr><w:sdtContent>"
        f"{p('一、总体情况')}{p('五、存在的主要问题')}</w:sdtContent></w:sdt>{word(report)}"
    ),
    "with hints what to fill in": lambda report: word(report).replace(
        "</w:p>",
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击此处')}</w:sdtContent></w:sdt></w:p>",
    ),
    "the same table twice": lambda report: word(report) + tbl(tables_of(report)["requests"]),
}


@pytest.mark.parametrize("manner", BODIES)
def test_a_report_is_read_however_word_nests_it(edition: str, manner: str) -> None:
    report = busy(edition)
    assert_read(read_word(BODIES[manner](report)), report)


def field(instruction: str, result: str) -> str:
    marks = {kind: f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "separate", "end")}
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>" if "<" not in instruction else instruction
    return marks["begin"] + code + marks["separate"] + result + marks["end"]


FIGURES = [
    # the runs in the cell, the figure read, the rule of the finding
    (r("1") + r("2"), 12, ""),
    (field("=1+1", r("12")), 12, ""),
    (field(field("REF x", r("7")) + r("9"), r("12")), 12, ""),
    ("<w:fldSimple w:instr='x'>" + r("12") + "</w:fldSimple>", 12, ""),
    ("<w:hyperlink>" + r("12") + "</w:hyperlink>", 12, ""),
    ("<w:smartTag>" + r("12") + "</w:smartTag>", 12, ""),
    (f"<w:del>{r('9')}</w:del><w:ins>{r('12')}</w:ins>", 12, ""),
    ("<w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t></w:r>", None, "R02"),
    ("<w:r><w:noBreakHyphen/><w:t>12</w:t></w:r>", -12, "V04"),
    ("<w:r><w:ruby><w:rt>" + r("shí") + "</w:rt><w:rubyBase>" + r("12") + "</w:rubyBase></w:ruby></w:r>", 12, ""),
    ("<m:oMath><m:r><m:t>12</m:t></m:r></m:oMath>", 12, ""),
    (r("12") + r("1", "<w:vertAlign w:val='superscript'/>"), None, "R02"),
    (r("9", "<w:strike/>") + r("12"), None, "R02"),
    (r("1") + "<w:r><w:br/></w:r>" + r("2"), None, "R02"),
    (r("1") + "<w:r><w:tab/></w:r>" + r("2"), None, "R02"),
    (r("1") + "<w:r><w:sym w:font='Wingdings' w:char='F0A3'/></w:r>", None, "R02"),
    ("<w:r><w:drawing/></w:r>", None, "R02"),
    (r("十二"), None, "R02"),
    (r("/"), None, "V03"),
    (r("12件"), 12, "R04"),
    ("", None, ""),
]


@pytest.mark.parametrize(("written", "value", "rule"), FIGURES)
def test_a_figure_is_what_its_reader_sees(written: str, value: int | None, rule: str) -> None:
    reading = with_figure(written)
    key = cell("requests/received/company")
    assert reading.report.values.get(key) == value
    assert [finding.rule for finding in reading.findings] == [rule] * (rule not in {"", "V04"})
    others = {at: figure for at, figure in busy().values.items() if at != key}
    assert {at: figure for at, figure in reading.report.values.items() if at != key} == others


def test_a_table_goes_on_after_a_page_break(edition: str) -> None:
    report = busy(edition)
    rows = tables_of(report)["requests"]
    apart = tbl(rows).split("<w:tr>")
    broken = "<w:tr>".join(apart[:12]) + "</w:tbl>" + p() + "<w:tbl><w:tr>" + "<w:tr>".join(apart[12:])
    tables = {key: tbl(rows) for key, rows in tables_of(report).items()}
    assert_read(read_word(word(report, {**tables, "requests": broken})), report)


def test_two_reports_in_one_file_are_refused() -> None:
    other = changed(busy(), {"review/reconsideration/total": 8})
    with pytest.raises(InputError, match="“四、复议诉讼”的表不止一份，数不一样"):
        read_word(word(busy()) + word(other))


def test_tables_that_are_mere_text_are_read_as_such() -> None:
    body = word(busy(), {}) + "".join(
        p("<w:r><w:tab/></w:r>".join(r(td.content) for td in row))
        for row in tables_of(busy())["requests"]
        if row[0].content.startswith(("一、", "二、"))
    )
    reading = read_word(body)
    assert {key.row for key in reading.report.values} == {"received", "brought_forward"}
    assert reading.report.values.items() <= busy().values.items()


@given(data=st.data())
def test_a_cell_with_another_span_never_fills_a_wrong_cell(data: st.DataObject) -> None:
    report = busy(data.draw(st.sampled_from(EDITIONS)))
    key = data.draw(st.sampled_from(sorted(tables_of(report))))
    cells = tbl(tables_of(report)[key]).split("<w:tc>")
    at = data.draw(st.integers(1, len(cells) - 1))
    spanned = cells[at].replace("<w:tcPr>", f'<w:tcPr><w:gridSpan w:val="{data.draw(st.integers(2, 4))}"/>', 1)
    cells[at] = data.draw(st.sampled_from([spanned, "<w:p/></w:tc><w:tc>" + cells[at]]))
    tables = {each: tbl(rows) for each, rows in tables_of(report).items()}
    body = word(report, {**tables, key: "<w:tc>".join(cells)})
    assert_nothing_wrong(report, lambda: read_word(body))


# The file


def test_strict_open_xml_is_read() -> None:
    assert_read(read_docx(docx(word(busy()), space=STRICT), "年报.docx"), busy())


def test_the_text_may_have_another_name_in_the_archive() -> None:
    assert_read(read_docx(docx(word(busy()), name="word/document2.xml"), "年报.docx"), busy())


def encrypted() -> bytes:
    data = bytearray(docx(p("x")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 1)
    return bytes(data)


def bomb() -> bytes:
    return docx(f"<w:p>{' ' * (70 * 1024 * 1024)}</w:p>")


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "已损坏"),
    "no archive": (lambda: b"PK\x03\x04" + b"x" * 100, "已损坏"),
    "no text": (lambda: zipped({"a.txt": "x"}), "已损坏"),
    "broken text": (lambda: zipped({"word/document.xml": "<w:document"}), "已损坏"),
    "not Word": (lambda: zipped({"word/document.xml": "<a><body/></a>"}), "找不到正文"),
    "no tables": (lambda: docx(p("你好")), "没有找到法定表格"),
    "encrypted": (encrypted, "加了打开密码"),
    "entities": (
        lambda: docx(p("&a;"), declaration='<!DOCTYPE x [<!ENTITY a "aaaa">]>'),
        "不该有的文档类型声明|已损坏",
    ),
    "outside entity": (
        lambda: docx(p("&a;"), declaration='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "不该有的文档类型声明|已损坏",
    ),
    "deep": (lambda: docx("<w:p>" * 5_000 + "</w:p>" * 5_000), "已损坏|太深"),
    "deep tables": (
        lambda: docx("<w:tbl><w:tr><w:tc>" * 80 + p("总计") + "</w:tc></w:tr></w:tbl>" * 80),
        "太深|看不出|没有找到",
    ),
    "too long": (bomb, "超过 64 MB"),
    "absurd spans": (
        lambda: docx(
            "<w:tbl>"
            + '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr></w:tc></w:tr>' * 4_500
            + "</w:tbl>"
        ),
        "没有找到|太大",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_says_why(name: str) -> None:
    make, reason = REFUSED[name]
    with pytest.raises(InputError, match=reason) as caught:
        read_docx(make(), "年报.docx")
    assert "\n" not in str(caught.value)


@given(data=st.data())
def test_no_bytes_are_too_much(data: st.DataObject) -> None:
    whole = docx(word(busy())) if data.draw(st.booleans()) else write_small()
    at = data.draw(st.integers(0, len(whole)))
    cut = whole[:at] + data.draw(st.binary(max_size=8)) + whole[data.draw(st.integers(at, min(len(whole), at + 9))) :]
    try:
        read_docx(cut, "年报.docx")
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017 - any bytes may pass


def write_small() -> bytes:
    """A file with its text not compressed, where changes change the text."""
    target = BytesIO()
    with ZipFile(target, "w") as archive, ZipFile(BytesIO(docx(word(busy())))) as source:
        for name in source.namelist():
            archive.writestr(name, source.read(name))
    return target.getvalue()


def test_a_figure_over_two_rows_is_told() -> None:
    def merged(rows: Trs) -> str:
        if rows[3][0].content.startswith("一、"):
            rows[3][2] = rows[3][2]._replace(rows=2)
            del rows[4][2]
        return tbl(rows)

    reading = read_word(with_tables(busy(), merged))
    assert [finding.rule for finding in reading.findings] == ["R02", "R02"]
    assert all("有一格占了几行" in finding.message for finding in reading.findings)
    assert {key.row for finding in reading.findings for key in finding.cells} == {"received", "brought_forward"}

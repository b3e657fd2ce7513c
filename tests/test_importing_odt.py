"""Reports in OpenDocument texts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import AGENCY, any_report, busy_report, cell, changed, published
from markup import Td, Trs, assert_nothing_wrong, laid, tables_of, title_of, zipped
from nianbao.errors import InputError
from nianbao.formfile import EDITIONS, load_form
from nianbao.importing.odt import read_odt
from nianbao.places import TablePlace
from nianbao.reading import Reading
from nianbao.report import Report

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = {"office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing"}
TEXTS = {"overview": "总体。\n（一）主动公开", "problems": "问题。", "other": "无"}
STYLES = """<style:style style:name="hidden"><style:text-properties text:display="none"/></style:style>
<style:style style:name="up"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="gone"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="plain"><style:text-properties style:text-line-through-style="none"/></style:style>"""


def odt(body: str) -> bytes:
    """An OpenDocument text with nothing but a text."""
    spaces = " ".join(f'xmlns:{prefix}="{OASIS}{name}:1.0"' for prefix, name in SPACES.items())
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {spaces}><office:automatic-styles>{STYLES}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        }
    )


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def table(rows: Trs, content: Callable[[Td], str] = lambda td: p(td.content)) -> str:
    """Rows as a table, the positions that merged cells cover marked as such."""
    written = ""
    for row in laid(rows):
        cells = "".join(_cells(td, content, covered=covered) for td, covered in row)
        written += f"<table:table-row>{cells}</table:table-row>"
    return f"<table:table><table:table-column/>{written}</table:table>"


def _cells(td: Td, content: Callable[[Td], str], *, covered: bool) -> str:
    """A cell or what stands where one above covers its first position, and what stands at its others."""
    spans = f'table:number-columns-spanned="{td.columns}" table:number-rows-spanned="{td.rows}"'
    first = "<table:covered-table-cell/>" if covered else f"<table:table-cell {spans}>{content(td)}</table:table-cell>"
    repeated = f'<table:covered-table-cell table:number-columns-repeated="{td.columns - 1}"/>'
    return first + (repeated if td.columns > 1 else "")


def text(report: Report, write: Callable[[Trs], str] = table) -> str:
    tables = {key: write(rows) for key, rows in tables_of(report).items()}
    pieces = [f"<text:h>{title_of(report)}</text:h>"]
    for chapter in load_form(report.edition).chapters:
        pieces += [p(chapter.heading), *map(p, filter(None, report.texts.get(chapter.key, "").split("\n")))]
        pieces.append(tables.get(chapter.key, ""))
    return "".join(pieces)


def busy(edition: str = "2021") -> Report:
    return busy_report(edition)._replace(texts=TEXTS)


def read(body: str) -> Reading:
    return read_odt(odt(body), "年报.odt")


def assert_read(reading: Reading, report: Report) -> None:
    assert reading.report == report
    assert reading.findings == ()


def frame(content: str) -> str:
    return f"<draw:frame><draw:text-box>{content}</draw:text-box></draw:frame>"


def layout(content: str) -> str:
    return (
        f"<table:table><table:table-row><table:table-cell>{content}</table:table-cell></table:table-row></table:table>"
    )


BODIES: dict[str, Callable[[Report], str]] = {
    "plain": text,
    "in sections and lists": lambda report: (
        f"<text:section><text:list><text:list-item>{text(report)}</text:list-item></text:list></text:section>"
    ),
    "in a frame": lambda report: p(frame(text(report))),
    "tables in frames": lambda report: text(report, lambda rows: p(frame(table(rows)))),
    "tables in a layout": lambda report: text(report, lambda rows: layout(table(rows))),
    "all in a layout": lambda report: layout(text(report)),
    "header rows": lambda report: (
        text(report)
        .replace("<table:table-row>", "<table:table-header-rows><table:table-row>", 1)
        .replace("</table:table-row>", "</table:table-row></table:table-header-rows>", 1)
    ),
    "a span for each character": lambda report: text(
        report,
        lambda rows: table(rows, lambda td: p("".join(f"<text:span>{letter}</text:span>" for letter in td.content))),
    ),
    "spaces, tabs and line breaks": lambda report: (
        text(report)
        .replace("<text:p>", '<text:p>\n  <text:s text:c="3"/>')
        .replace("</text:p>", "<text:tab/><text:line-break/><text:soft-page-break/></text:p>")
    ),
    "changes tracked": lambda report: (
        f"<text:tracked-changes><text:changed-region><text:deletion>{p('五、存在的主要问题')}</text:deletion></text:changed-region>"
        f"</text:tracked-changes>{text(report)}"
    ).replace("</text:p>", "<text:change/></text:p>"),
    "notes": lambda report: text(report).replace(
        "</text:p>", f"<text:note><text:note-body>{p('9')}</text:note-body></text:note></text:p>"
    ),
    "comments": lambda report: text(report).replace(
        "</text:p>", f"<office:annotation>{p('9')}</office:annotation></text:p>"
    ),
    "hidden": lambda report: (
        f'<text:section text:display="none">{p("五、存在的主要问题")}</text:section>'
        + text(report).replace("</text:p>", '<text:span text:style-name="hidden">9</text:span></text:p>')
    ),
    "styles without effect": lambda report: text(report).replace("<text:p>", '<text:p text:style-name="plain">'),
    "a table of contents": lambda report: (
        f"<text:table-of-content>{p('五、存在的主要问题')}</text:table-of-content>{text(report)}"
    ),
}


@pytest.mark.parametrize("manner", BODIES)
def test_a_report_is_read_however_it_is_nested(edition: str, manner: str) -> None:
    assert_read(read(BODIES[manner](busy(edition))), busy(edition))


@pytest.mark.parametrize("edition", EDITIONS)
@settings(max_examples=15)
@given(data=st.data())
def test_any_figures_come_back_as_they_were_written(edition: str, data: st.DataObject) -> None:
    report = published(data.draw(any_report(edition, absent=False)))._replace(agency=AGENCY, texts=TEXTS)
    assert_read(read(text(report)), report)


def test_every_figure_has_its_place(edition: str) -> None:
    reading = read(text(busy(edition)))
    assert reading.places.keys() == reading.report.values.keys()
    assert reading.places[cell("requests/received/natural_person")] == TablePlace(2, 4, 2)
    assert reading.places[cell("requests/outcome.denied.state_secret/company")] == TablePlace(2, 8, 5)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1<text:span>2</text:span>", 12),
        ("1<text:s/>2", None),
        ("1<text:line-break/>2", None),
        ('12<text:span text:style-name="up">1</text:span>', None),
        ('<text:span text:style-name="gone">9</text:span>12', None),
        ("<draw:frame><draw:image/></draw:frame>", None),
    ],
)
def test_a_figure_is_what_its_reader_sees(written: str, value: int | None) -> None:
    key = cell("requests/received/company")
    reading = read(text(changed(busy(), {str(key): 987654})).replace("987654", written))
    assert reading.report.values.get(key) == value
    assert [finding.rule for finding in reading.findings] == ["R02"] * (value is None)


@given(data=st.data())
def test_a_cell_too_many_or_too_few_never_fills_a_wrong_cell(data: st.DataObject) -> None:
    report = busy(data.draw(st.sampled_from(EDITIONS)))
    cells = text(report).split("<table:table-cell ")
    at = data.draw(st.integers(1, len(cells) - 2))
    more, lost = [*cells[:at], 'table:style-name="x"/>', *cells[at:]], [*cells[:at], *cells[at + 1 :]]
    if not data.draw(st.booleans()) and "</table:table-row>" not in cells[at]:
        assert_nothing_wrong(report, lambda: read("<table:table-cell ".join(lost)))
    else:
        assert_nothing_wrong(report, lambda: read("<table:table-cell ".join(more)))


def test_a_header_cell_that_is_gone_shifts_no_figure(edition: str) -> None:
    report = busy(edition)
    cells = text(report).split("<table:table-cell ")
    (at,) = [at for at, each in enumerate(cells) if "法人或其他组织" in each]
    assert_nothing_wrong(report, lambda: read("<table:table-cell ".join([*cells[:at], *cells[at + 1 :]])))


REPEATED = '<table:table-row table:number-rows-repeated="999999999">{}</table:table-row>'.format(
    '<table:table-cell table:number-columns-repeated="999999999"><text:p>1</text:p></table:table-cell>'
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "已损坏"),
        (zipped({"content.xml": "<a/>"}), "找不到正文"),
        (zipped({"content.xml": "<a"}), "已损坏"),
        (zipped({"mimetype": "x"}), "已损坏"),
        (odt(p("你好")), "没有找到法定表格"),
        (odt(f"<table:table>{REPEATED * 100}</table:table>"), "表格太大"),
        (odt("<text:section>" * 9_000 + "</text:section>" * 9_000), "已损坏|太深"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_odt(data, "年报.odt")


def test_a_figure_over_two_rows_is_told() -> None:
    def merged(rows: Trs) -> str:
        if rows[3][0].content.startswith("一、"):
            rows[3][2] = rows[3][2]._replace(rows=2)
            del rows[4][2]
        return table(rows)

    reading = read(text(busy(), merged))
    assert [finding.rule for finding in reading.findings] == ["R02", "R02"]
    assert all("有一格占了几行" in finding.message for finding in reading.findings)
    assert {key.row for finding in reading.findings for key in finding.cells} == {"received", "brought_forward"}

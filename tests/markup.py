"""Reports in the markup that readers of documents meet: web pages, Word and OpenDocument files, made by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from nianbao.errors import InputError
from nianbao.figures import show
from nianbao.form import Chapter
from nianbao.formfile import load_form
from nianbao.importing.docx import read_docx
from nianbao.printed import grid_size, printed
from nianbao.reading import Reading
from nianbao.report import Report

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{declaration}<w:document xmlns:w="{space}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:body>{body}<w:sectPr/></w:body></w:document>'
)


class Td(NamedTuple):
    """One cell of a table as markup has it: its content, columns and rows."""

    content: str
    columns: int = 1
    rows: int = 1
    is_figure: bool = False

    def __str__(self) -> str:
        spans = (("colspan", self.columns), ("rowspan", self.rows))
        return f"<td{''.join(f' {name}={number}' for name, number in spans if number > 1)}>{self.content}</td>"


Trs = list[list[Td]]


def rows_of(report: Report, chapter: Chapter) -> Trs:
    """The tables of a chapter, a merged cell in its first row only."""
    rows: Trs = [[] for _ in range(grid_size(chapter)[0])]
    for cell in printed(chapter):
        text = cell.text if cell.key is None else show(report.values.get(cell.key))
        rows[cell.row].append(Td(escape(text), cell.width, cell.height, cell.key is not None))
    return rows


def tables_of(report: Report) -> dict[str, Trs]:
    """The tables of every chapter that has some."""
    chapters = load_form(report.edition).holding(report.values).chapters
    return {chapter.key: rows_of(report, chapter) for chapter in chapters if chapter.tables}


def table(rows: Iterable[Iterable[object]]) -> str:
    """Rows as a table of a web page."""
    lines = ("".join(map(str, row)) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def title_of(report: Report) -> str:
    """What stands above a report."""
    return f"{report.agency}{report.year}年政府信息公开工作年度报告"


def article(report: Report, tables: Mapping[str, str] | None = None) -> str:
    """The body of a report as a web page has it; `tables` by chapter."""
    given = {key: table(rows) for key, rows in tables_of(report).items()} if tables is None else tables
    pieces = [f"<h2>{title_of(report)}</h2>", *_paragraphs(report.texts.get("intro", ""))]
    for chapter in load_form(report.edition).chapters:
        pieces += [f"<p>{chapter.heading}</p>", *_paragraphs(report.texts.get(chapter.key, ""))]
        pieces.append(given.get(chapter.key, ""))
    return "\n".join(pieces)


def _paragraphs(text: str) -> list[str]:
    return [f"<p>{escape(line)}</p>" for line in text.split("\n") if line]


def page(body: str, head: str = '<meta charset="utf-8">') -> bytes:
    """A web page."""
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def p(*runs: str) -> str:
    """A paragraph of a Word file."""
    return f"<w:p>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of a Word file."""
    setting = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{setting}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tbl(rows: Trs, cell: Callable[[Td], str] = lambda td: p(td.content), before: int = 0) -> str:
    """Rows as a table of a Word file; `before`: grid columns left of it that no cell takes."""
    gap = f'<w:trPr><w:gridBefore w:val="{before}"/></w:trPr>' if before else ""
    written = "".join(
        f"<w:tr>{gap}{''.join(_tc(td, cell, covered=covered) for td, covered in row)}</w:tr>" for row in laid(rows)
    )
    return f"<w:tbl>{written}</w:tbl>"


def laid(rows: Trs) -> Iterator[Sequence[tuple[Td, bool]]]:
    """Each row with the cells that reach into it from above; of every cell, whether it is one of those."""
    width = sum(td.columns for td in rows[0])
    above: dict[int, tuple[Td, int]] = {}
    for row in rows:
        waiting, column, cells = iter(row), 0, []
        while column < width:
            td, left = above.pop(column) if column in above else (next(waiting), 0)
            cells.append((td, left > 0))
            if (left or td.rows) > 1:
                above[column] = (td, (left or td.rows) - 1)
            column += td.columns
        yield cells


def _tc(td: Td, cell: Callable[[Td], str], *, covered: bool) -> str:
    content = p() if covered else cell(td)
    merge = "continue" if covered else "restart" if td.rows > 1 else ""
    across = f'<w:gridSpan w:val="{td.columns}"/>' if td.columns > 1 else ""
    down = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f"<w:tc><w:tcPr>{across}{down}</w:tcPr>{content}</w:tc>"


def docx(body: str, *, space: str = W, declaration: str = "", name: str = "word/document.xml") -> bytes:
    """A Word file with nothing but a text."""
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        f'Target="{name}"/></Relationships>'
    )
    return zipped({"_rels/.rels": relations, name: _DOCUMENT.format(space=space, body=body, declaration=declaration)})


def zipped(parts: Mapping[str, str | bytes], method: int = ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    target = BytesIO()
    with ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def word(report: Report, tables: Mapping[str, str] | None = None) -> str:
    """The body of a report as a Word file has it; `tables` by chapter."""
    given = {key: tbl(rows) for key, rows in tables_of(report).items()} if tables is None else tables
    pieces = [p(title_of(report))]
    for chapter in load_form(report.edition).chapters:
        pieces += [p(chapter.heading), *map(p, filter(None, report.texts.get(chapter.key, "").split("\n")))]
        pieces.append(given.get(chapter.key, ""))
    return "".join(pieces)


def read_word(body: str) -> Reading:
    """What is read of a Word file with `body`."""
    return read_docx(docx(body), "年报.docx")


def assert_nothing_wrong(report: Report, read: Callable[[], Reading]) -> None:
    """That what `read` gives is true of `report`, or reported."""
    try:
        reading = read()
    except InputError:
        return
    found = reading.report.values
    wrong = {
        str(key): (value, report.values.get(key)) for key, value in found.items() if value != report.values.get(key)
    }
    assert wrong == {}
    missing = report.values.keys() - found.keys()
    assert not missing or reading.findings

"""Reads a report from a PDF with a text layer, in a process of its own: there is no telling what such a file does."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ..checks.reading import r02_refused
from ..errors import LOCKED, InputError
from ..findings import Finding
from ..places import PagePlace
from ..reading import Reading
from .assemble import Part
from .isolated import run
from .limits import Limits
from .pages.glyphs import Glyph, glyphs_of, lines_of
from .pages.joining import parts_of_pages
from .pages.page import Page, Placed
from .pages.ruled import Bounds, pieces_of
from .parcel import unpacked
from .tables import read_tables

if TYPE_CHECKING:
    import pdfplumber.page

_OTHERWISE = "请提供 Word、网页或可复制文字的 PDF"
_UNKNOWN = "(cid:"
"""How a character is written of which the file does not say what it is."""


class Contents(NamedTuple):
    """The paragraphs and tables of a document, and the numbers of the pages that are mere pictures."""

    parts: tuple[Part, ...]
    pictures: tuple[int, ...]


def read_pdf(data: bytes, source: str, allowed: Limits | None = None) -> Reading:
    """The report in a PDF; `source` is what the file is called.  InputError if it cannot be read or has no statutory table.

    A page that is a picture among others with text becomes a finding.
    """
    parts, pictures = cast("tuple[list[Any], list[int]]", run("pdf", data, source, allowed))
    try:
        reading = read_tables(unpacked(parts), source)
    except InputError as error:
        if not pictures:
            raise
        pages = "、".join(map(str, pictures))
        raise InputError(source, f"{error.what}；第{pages}页是图片，没有文字层", _OTHERWISE) from error
    return reading._replace(findings=(*reading.findings, *map(_picture, pictures)))


def _picture(page: int) -> Finding:
    return r02_refused(f"第{page}页", "（整页图片）", "没有文字层，读不出内容", PagePlace(page, 1))


def contents(data: bytes) -> Contents:
    """What stands in a PDF: whatever may go wrong does so here, InputError or not."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return _contents(document.pages)
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, (PDFEncryptionError, PDFPasswordIncorrect)):
            raise InputError("", *LOCKED) from error
        raise


def _contents(found: Iterable[pdfplumber.page.Page]) -> Contents:
    pages: list[Page] = []
    pictures: list[int] = []
    for each in found:
        glyphs = glyphs_of(each.chars)
        if any(glyph.text.strip() for glyph in glyphs):
            pages.append(_page(each, glyphs))
        elif each.images or each.curves:
            pictures.append(each.page_number)
        each.close()
    if not pages:
        raise InputError("", "是扫描件，没有文字层，读不出数", _OTHERWISE)
    if _is_garbled(pages):
        raise InputError("", "没有带上字体的编码，文字读出来是乱码", _OTHERWISE)
    return Contents(tuple(parts_of_pages(pages)), tuple(pictures))


def _is_garbled(pages: Iterable[Page]) -> bool:
    lines = [placed.line.text for page in pages for placed in page.lines]
    return 2 * sum(_UNKNOWN in line for line in lines) > len(lines)


def _page(page: pdfplumber.page.Page, glyphs: Sequence[Glyph]) -> Page:
    number = page.page_number
    tables = enumerate(_tables(page), 1)
    pieces = [piece for at, cells in tables for piece in pieces_of(cells, glyphs, number, at)]
    rest = (glyph for glyph in glyphs if not any(piece.holds(glyph) for piece in pieces))
    lines = (Placed(PagePlace(number, at), line) for at, line in enumerate(lines_of(rest), 1))
    return Page(float(page.width), float(page.height), tuple(lines), tuple(pieces))


def _tables(page: pdfplumber.page.Page) -> list[list[Bounds]]:
    """The cells of each table, from top to bottom; a page may have but one cell of a table."""
    finder = page.debug_tablefinder()
    tables: list[list[Bounds]] = [table.cells for table in finder.tables]
    known = {cell for cells in tables for cell in cells}
    return sorted([*tables, *([cell] for cell in finder.cells if cell not in known)], key=_upper_left)


def _upper_left(cells: Iterable[Bounds]) -> tuple[float, float]:
    return min((top, left) for left, top, _, _ in cells)

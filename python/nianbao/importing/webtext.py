"""The paragraphs and tables of a web page, as a browser shows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from .blocks import PICTURE, WIDEST, Block, Box, Boxes, lowered, raised, span, struck
from .xmlparts import Element

_BREAK = "\x04"
"""Parts paragraphs; like the other marks here, no page can have it in a text."""
_KEPT = {"\t": "\x01", "\n": "\x02", " ": "\x03"}
"""White space that stays as it is; any other is what the source of the page needed to look tidy."""
_LINE = _KEPT["\n"]
_TO_KEEP, _TO_SHOW = str.maketrans(_KEPT), str.maketrans({mark: sign for sign, mark in _KEPT.items()})
_MARKS = re.compile("[\x01-\x04]")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
# A line end of the source between two Chinese characters is no space.
_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}])[ \t\f]*[\r\n]\s*(?=[{_WIDE}])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.IGNORECASE)
_STRUCK_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_LOWERED_STYLE = re.compile(r"vertical-align\s*:\s*sub", re.IGNORECASE)
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "nav",
        "footer",
        "aside",
        "select",
        "button",
        "iframe",
        "object",
        "embed",
        "svg",
        "rt",
        "rp",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "section",
        "article",
        "header",
        "main",
        "blockquote",
        "center",
        "form",
        "fieldset",
        "address",
        "figure",
        "figcaption",
        "pre",
        "textarea",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "hr",
        "details",
        "summary",
    ]
)
_KEEPING = frozenset({"pre", "textarea"})
_SETTINGS: dict[str, Callable[[str], str]] = {
    "sup": raised,
    "sub": lowered,
    "s": struck,
    "strike": struck,
    "del": struck,
}
_TYPED = frozenset({"", "text", "number"})
_RUNNING = frozenset({"header", "footer"})
"""What LibreOffice calls the head and foot of the pages of a document that it saves as a web page."""
_SECTIONS = frozenset({"thead", "tbody", "tfoot"})
_CELLS = frozenset({"td", "th"})


def blocks(element: Element) -> Iterator[Block]:
    """The paragraphs and tables in `element`."""
    for is_text, pieces in groupby(_pieces(element, tables=True), key=lambda piece: isinstance(piece, str)):
        if is_text:
            yield from _paragraphs("".join(map(str, pieces)))
        else:
            yield from pieces


def lines(element: Element) -> list[str]:
    """All the text in `element`, line by line, cells of tables too."""
    text = "".join(str(piece) for piece in _pieces(element, tables=False))
    return [line for paragraph in _paragraphs(text) for line in paragraph.split("\n")]


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split(_BREAK):
        shown = _WHITE.sub(" ", _BETWEEN_WIDE.sub("", paragraph)).translate(_TO_SHOW)
        if shown.strip():
            yield shown.strip(" ")


def _pieces(element: Element, *, tables: bool, keeping: bool = False) -> Iterator[Block]:
    """Texts, with marks in them, and, if `tables`, tables."""
    yield _text(element.text, keeping=keeping)
    for child in element:
        if not _is_hidden(child):
            yield from _of(child, tables=tables, keeping=keeping)
        yield _text(child.tail, keeping=keeping)


def _of(element: Element, *, tables: bool, keeping: bool) -> Iterator[Block]:
    tag = str(element.tag)
    if tag == "br":
        yield _LINE
    elif tag == "input":
        yield element.get("value", "") if element.get("type", "").lower() in _TYPED else ""
    elif tag == "table" and tables:
        yield _BREAK
        for caption in element.iterchildren("caption"):
            yield from _pieces(caption, tables=tables)
        yield _BREAK
        yield _table(element)
    else:
        edge = _BREAK if tag in _BLOCKS else ""
        inner = _pieces(element, tables=tables, keeping=keeping or tag in _KEEPING)
        yield edge
        yield from _set(element, inner)
        yield edge


def _set(element: Element, pieces: Iterator[Block]) -> Iterator[Block]:
    """`pieces` as `element` shows them: raised, struck through."""
    style = element.get("style", "")
    setting = _SETTINGS.get(str(element.tag))
    if style and setting is None:
        styles = ((_STRUCK_STYLE, struck), (_RAISED_STYLE, raised), (_LOWERED_STYLE, lowered))
        setting = next((setting for pattern, setting in styles if pattern.search(style)), None)
    for piece in pieces:
        yield setting(piece) if setting and isinstance(piece, str) and piece != _BREAK else piece


def _text(text: str | None, *, keeping: bool) -> str:
    if not text:
        return ""
    plain = _MARKS.sub("", text)
    return plain.replace("\r\n", "\n").replace("\r", "\n").translate(_TO_KEEP) if keeping else plain


def _is_hidden(element: Element) -> bool:
    if element.tag in _SKIPPED or element.get("hidden") is not None or element.get("role") == "navigation":
        return True
    if element.get("title") in _RUNNING and element.tag == "div":
        return True
    style = element.get("style")
    return bool(style and _HIDDEN.search(style))


def _table(table: Element) -> Boxes:
    sections: list[list[list[Element]]] = [[]]
    for child in table:
        if child.tag in _SECTIONS:
            sections += [list(_rows(child)), []]
        elif child.tag in _CELLS or child.tag == "tr":
            sections[-1] += [_cells(child)] if child.tag == "tr" else [[child]]
        elif child.tag != "caption":
            sections[-1] += _rows(child)
    return Boxes(tuple(row for section in sections for row in _section(section)))


def _rows(parent: Element) -> Iterator[list[Element]]:
    """The cells of every row in a section of a table, whatever stands wrongly between them."""
    for child in parent:
        if child.tag == "tr":
            if not _is_hidden(child):
                yield _cells(child)
        elif child.tag in _CELLS:
            yield [child]
        elif child.tag != "table":
            yield from _rows(child)


def _cells(row: Element) -> list[Element]:
    cells: list[Element] = []
    for child in row:
        if child.tag in _CELLS:
            cells += [] if _is_hidden(child) else [child]
        elif child.tag != "table":
            cells += _cells(child)
    return cells


def _section(rows: list[list[Element]]) -> Iterator[tuple[Box, ...]]:
    """The rows of one section, out of which no cell reaches."""
    for number, row in enumerate(rows):
        left = len(rows) - number
        yield tuple(_box(cell, left) for cell in row)


def _box(cell: Element, left: int) -> Box:
    height = left if (cell.get("rowspan") or "").strip() == "0" else min(span(cell.get("rowspan")), left)
    found = Box(tuple(blocks(cell)), min(span(cell.get("colspan")), WIDEST), height)
    if not found.text.strip() and next(cell.iter("img"), None) is not None:
        return found._replace(blocks=(PICTURE,))
    return found

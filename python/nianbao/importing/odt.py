"""Reads a report from an OpenDocument text (.odt): what its reader sees, in the order in which it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from ..errors import InputError
from ..reading import Reading
from .blocks import PICTURE, WIDEST, Block, Box, Boxes, lowered, raised, read_blocks, span, struck
from .xmlparts import Element, Package

_KIND = "ODT 文件"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    "office": f"{{{_OASIS}office:1.0}}",
    "style": f"{{{_OASIS}style:1.0}}",
    "text": f"{{{_OASIS}text:1.0}}",
    "table": f"{{{_OASIS}table:1.0}}",
    "draw": f"{{{_OASIS}drawing:1.0}}",
}
_SPACES = re.compile(r"[ \t\r\n]+")
_STRIKES = frozenset({"", "none"})
_MOST_ROWS = 64
"""How often a row is repeated at most: a report has no two rows alike."""


def _q(name: str) -> str:
    """``text:p`` with its namespace."""
    prefix, _, local = name.partition(":")
    return f"{_PREFIXES[prefix]}{local}"


def _each(*names: str) -> frozenset[str]:
    return frozenset(map(_q, names))


_PARAGRAPHS = _each("text:p", "text:h")
_TABLE, _CELL, _COVERED = map(_q, ("table:table", "table:table-cell", "table:covered-table-cell"))
_ROWS = _each("table:table-header-rows", "table:table-rows", "table:table-row-group")
_SKIPPED = _each(
    "text:tracked-changes",
    "text:table-of-content",
    "text:note",
    "text:ruby-text",
    "text:hidden-text",
    "text:hidden-paragraph",
    "office:annotation",
    "office:forms",
    "text:sequence-decls",
    "text:variable-decls",
    "text:user-field-decls",
)
# What hangs on a paragraph rather than being part of it.
_SHAPES = _each("draw:frame", "draw:text-box", "draw:custom-shape", "draw:g", "draw:rect", "draw:a")
_SIGNS = {_q("text:tab"): "\t", _q("text:line-break"): "\n"}


class _Styles(NamedTuple):
    """What becomes of text in a style with a name: hidden, raised, struck through."""

    changes: Mapping[str, Callable[[str], str]]

    def set(self, element: Element, text: str) -> str:
        """`text` as the style of `element` shows it."""
        return self.changes.get(element.get(_q("text:style-name"), ""), str)(text)


def read_odt(data: bytes, source: str) -> Reading:
    """The report in an OpenDocument text; `source` is what the file is called.  InputError if it has none or cannot be read."""
    root = Package.of(data, source, _KIND).part("content.xml")
    body = root.find(f"{_q('office:body')}/{_q('office:text')}")
    if body is None:
        raise InputError(source, "不是 ODT 文字文档，找不到正文", "请用 WPS 或 LibreOffice 打开后另存为 .docx，再导入")
    return read_blocks(_blocks(body, _styles(root)), source)


def _styles(root: Element) -> _Styles:
    found: dict[str, Callable[[str], str]] = {}
    for style in root.iter(_q("style:style")):
        properties = style.find(_q("style:text-properties"))
        if properties is not None and (change := _change(properties)):
            found[style.get(_q("style:name"), "")] = change
    return _Styles(found)


def _change(properties: Element) -> Callable[[str], str] | None:
    position = properties.get(_q("style:text-position"), "")
    if properties.get(_q("text:display")) == "none":
        return lambda _: ""
    if properties.get(_q("style:text-line-through-style"), "") not in _STRIKES:
        return struck
    if position.startswith(("super", "sub")):
        return raised if position.startswith("super") else lowered
    return None


def _blocks(parent: Element, styles: _Styles) -> Iterator[Block]:
    """The paragraphs and tables in `parent`, whatever wraps them, text boxes below the paragraph that they hang on."""
    for element in parent:
        if element.tag in _PARAGRAPHS:
            yield styles.set(element, "".join(_pieces(element, styles)))
            yield from chain.from_iterable(_blocks(shape, styles) for shape in _shapes(element))
        elif element.tag == _TABLE:
            yield _table(element, styles)
        elif element.tag not in _SKIPPED and element.get(_q("text:display")) != "none":
            yield from _blocks(element, styles)


def _pieces(element: Element, styles: _Styles) -> Iterator[str]:
    yield _SPACES.sub(" ", element.text or "")
    for child in element:
        if child.tag == _q("text:s"):
            yield " " * span(child.get(_q("text:c")))
        elif child.tag in _SIGNS:
            yield _SIGNS[str(child.tag)]
        elif child.tag not in _SKIPPED and child.tag not in _SHAPES:
            yield styles.set(child, "".join(_pieces(child, styles)))
        yield _SPACES.sub(" ", child.tail or "")


def _shapes(element: Element) -> Iterator[Element]:
    """The frames in a paragraph, not those inside them."""
    for child in element:
        if child.tag in _SHAPES:
            yield child
        elif child.tag not in _SKIPPED:
            yield from _shapes(child)


def _table(table: Element, styles: _Styles) -> Boxes:
    return Boxes(tuple(chain.from_iterable(_row(row, styles) for row in _rows(table))))


def _rows(parent: Element) -> Iterator[Element]:
    for element in parent:
        if element.tag in _ROWS:
            yield from _rows(element)
        elif element.tag == _q("table:table-row"):
            yield element


def _row(row: Element, styles: _Styles) -> list[tuple[Box, ...]]:
    """A row, as often as it says that it is repeated."""
    boxes: list[Box] = []
    due = 0
    for cell in row.iterchildren(_CELL, _COVERED):
        times = min(span(cell.get(_q("table:number-columns-repeated"))), WIDEST)
        if cell.tag == _COVERED and due and boxes:
            taken = min(due, times)
            boxes[-1] = boxes[-1]._replace(width=boxes[-1].width + taken)
            due, times = due - taken, times - taken
        if cell.tag == _CELL:
            due = min(span(cell.get(_q("table:number-columns-spanned"))), WIDEST) - 1
        boxes += [Box(goes_on=True) if cell.tag == _COVERED else _box(cell, styles)] * times
    return [tuple(boxes)] * min(span(row.get(_q("table:number-rows-repeated"))), _MOST_ROWS)


def _box(cell: Element, styles: _Styles) -> Box:
    box = Box(tuple(_blocks(cell, styles)))
    if not box.text.strip() and next(cell.iter(_q("draw:image"), _q("draw:object")), None) is not None:
        return box._replace(blocks=(PICTURE,))
    return box

"""Reads a report from a Word file (.docx): what its reader sees, in the order in which it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, tee

from ..errors import InputError
from ..reading import Reading
from .blocks import PICTURE, Block, Box, Boxes, read_blocks, span
from .word import MAIN, STRICT, content, is_gone, text_of, value, w
from .xmlparts import Element, Package

_KIND = "Word 文件"
_DOCUMENT = "word/document.xml"
_RELATIONS = "_rels/.rels"
_PARAGRAPH, _TABLE, _ROW, _CELL, _SHAPE = map(w, ("p", "tbl", "tr", "tc", "txbxContent"))
_PICTURES = tuple(map(w, ("drawing", "pict", "object")))


def read_docx(data: bytes, source: str) -> Reading:
    """The report in a Word file; `source` is what the file is called.  InputError if it has none or cannot be read."""
    return read_blocks(_blocks(_body(data, source)), source)


def read_docx_and_lines(data: bytes, source: str) -> tuple[Reading, Iterator[str]]:
    """The report in a Word file, and all that its reader sees from top to bottom, recognised or not."""
    blocks, again = tee(_blocks(_body(data, source)))
    return read_blocks(blocks, source), (block if isinstance(block, str) else block.text for block in again)


def _body(data: bytes, source: str) -> Element:
    package = Package.of(data, source, _KIND)
    # Strict Open XML says the same under other names.
    body = package.part(_main_part(package), {STRICT: MAIN}).find(w("body"))
    if body is None:
        raise InputError(source, "不是常见的 Word 文件，找不到正文", "请用 Word 或 WPS 打开后另存为 .docx，再导入")
    return body


def _main_part(package: Package) -> str:
    """The part with the text: some programs give it another name."""
    if _DOCUMENT in package.names or _RELATIONS not in package.names:
        return _DOCUMENT
    targets = [
        relation.get("Target", "")
        for relation in package.part(_RELATIONS)
        if relation.get("Type", "").endswith("/officeDocument")
    ]
    return targets[0].lstrip("/") if targets else _DOCUMENT


def _blocks(parent: Element) -> Iterator[Block]:
    """The paragraphs and tables in `parent`, text boxes below the paragraph that they hang on."""
    for element in content(parent):
        if element.tag == _PARAGRAPH:
            yield text_of(element)
            yield from chain.from_iterable(map(_blocks, _shapes(element)))
        elif element.tag == _TABLE:
            yield _table(element)


def _shapes(paragraph: Element) -> Iterator[Element]:
    """The text boxes of a paragraph, not those inside them."""
    for shape in paragraph.iter(_SHAPE):
        above = []
        for ancestor in shape.iterancestors():
            if ancestor.tag == _PARAGRAPH:
                break
            above.append(ancestor)
        if ancestor is paragraph and not any(is_gone(each) for each in above):
            yield shape


def _table(table: Element) -> Boxes:
    rows: list[tuple[Box, ...]] = []
    above: Mapping[int, int] = {}
    for row in content(table):
        properties = row.find(w("trPr"))
        if row.tag == _ROW and (properties is None or properties.find(w("del")) is None):
            boxes, above = _row(row, above)
            rows.append(boxes)
    return Boxes(tuple(rows))


def _row(row: Element, above: Mapping[int, int]) -> tuple[tuple[Box, ...], Mapping[int, int]]:
    """The cells of a row under vertical merges `above`, by column, and the merges that it takes part in."""
    boxes = [*_gap(row, "gridBefore")]
    column = sum(box.width for box in boxes)
    merges: dict[int, int] = {}
    for cell in content(row):
        properties = cell.find(w("tcPr"))
        if cell.tag != _CELL or (properties is not None and properties.find(w("cellDel")) is not None):
            continue
        width = _number(properties, "gridSpan") or 1
        down, across = (_merge(properties, name) for name in ("vMerge", "hMerge"))
        goes_on = down == "continue" and above.get(column) == width
        is_covered = goes_on or (across == "continue" and bool(boxes))
        boxes.append(Box((), width, goes_on=goes_on) if is_covered else _box(cell, width))
        if down:
            merges[column] = width
        column += width
    return (*boxes, *_gap(row, "gridAfter")), merges


def _gap(row: Element, name: str) -> list[Box]:
    width = _number(row.find(w("trPr")), name)
    return [Box((), width)] if width else []


def _box(cell: Element, width: int) -> Box:
    box = Box(tuple(_blocks(cell)), width)
    if not box.text.strip() and next(cell.iter(*_PICTURES), None) is not None:
        return box._replace(blocks=(PICTURE,))
    return box


def _merge(properties: Element | None, name: str) -> str:
    """``restart``, ``continue`` or "" for no merged cell."""
    found = None if properties is None else properties.find(w(name))
    return "" if found is None else value(found) or "continue"


def _number(properties: Element | None, name: str) -> int:
    found = None if properties is None else properties.find(w(name))
    return 0 if found is None or value(found) == "0" else span(value(found))

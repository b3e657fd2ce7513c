"""How wide the text is where something stands on a page."""

from __future__ import annotations

from collections.abc import Iterator

from .ooxml import Element, path, w

PAGE_WIDTH = 8844
"""In twips, the 156 mm of an official document's lines."""
_CELL_MARGINS = 2 * 108
_COLUMN_SPACE = 720
_NARROWEST = 1000


def text_width(paragraph: Element, *, gutter_at_top: bool) -> int:
    """The width of the lines of `paragraph`, in twips: of its cell, else of a column of its page."""
    cell = next(paragraph.iterancestors(w("tc")), None)
    if cell is not None and (width := _cell_width(cell)):
        return max(width - _CELL_MARGINS, _NARROWEST)
    section = next(_sections(paragraph), None)
    return PAGE_WIDTH if section is None else max(_line_width(section, gutter_at_top=gutter_at_top), _NARROWEST)


def _cell_width(cell: Element) -> int:
    width = cell.find(path("tcPr/tcW"))
    return _twips(width, "w", 0) if width is not None and width.get(w("type")) == "dxa" else 0


def _sections(paragraph: Element) -> Iterator[Element]:
    """The section that `paragraph` is in, then those below."""
    inside = [each for each in (paragraph, *paragraph.iterancestors()) if each.tag != w("body")]
    for each in inside:
        for block in (each, *each.itersiblings()):
            yield from block.iter(w("sectPr"))


def _line_width(section: Element, *, gutter_at_top: bool) -> int:
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is None or margins is None:
        return PAGE_WIDTH
    sides = sum(_twips(margins, side, 0) for side in ("left", "right"))
    gutter = 0 if gutter_at_top else _twips(margins, "gutter", 0)
    return _column(section.find(w("cols")), _twips(size, "w", PAGE_WIDTH + sides) - sides - gutter)


def _column(columns: Element | None, width: int) -> int:
    number = 1 if columns is None else max(_twips(columns, "num", 1), 1)
    return (width - (number - 1) * _twips(columns, "space", _COLUMN_SPACE)) // number


def _twips(element: Element | None, name: str, default: int) -> int:
    """A measure of `element`; Word writes whole twips."""
    said = None if element is None else element.get(w(name))
    return int(said) if said is not None and said.lstrip("-").isdecimal() else default

"""Puts parts of the report in the place of their placeholders, and leaves whole what is around them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from .ooxml import Element, node, w
from .placeholders import Place

_PARAGRAPH, _TABLE, _SECTION = map(w, ("p", "tbl", "sectPr"))
_BLOCKS = frozenset({_PARAGRAPH, _TABLE, _SECTION, w("sdt")})
# What the schema has before a page break.
_FIRST = frozenset(map(w, ("pStyle", "keepNext", "keepLines")))


def fill(place: Place, elements: Sequence[Element]) -> None:
    """Put `elements` where `place` is; pictures, page breaks and the end of a section stay there."""
    parent = place.paragraph.getparent()
    if parent is None:
        return
    at = parent.index(place.paragraph)
    parent[at : at + 1] = _ended(place, _begun(place, elements))
    blocks = [each for each in parent if each.tag in _BLOCKS]
    for block, below in pairwise([*blocks, None]):
        if block is not None and block.tag == _TABLE and (below is None or below.tag in {_TABLE, _SECTION}):
            block.addnext(_unseen())
    if not blocks:
        parent.append(_unseen())


def _begun(place: Place, elements: Sequence[Element]) -> list[Element]:
    """`elements`, the first after what stood before the placeholder."""
    if not (place.before or place.starts_page):
        return list(elements)
    begun = [*([] if elements and elements[0].tag == _PARAGRAPH else [_unseen()]), *elements]
    properties = begun[0][0]
    if place.starts_page:
        properties.insert(len(list(takewhile(lambda each: each.tag in _FIRST, properties))), node("pageBreakBefore"))
    begun[0][1:1] = place.before
    return begun


def _ended(place: Place, elements: Sequence[Element]) -> list[Element]:
    """`elements`, the last before what stood after the placeholder."""
    section = place.section
    if not place.after and section is None:
        return list(elements)
    ended = [*elements, *([] if elements and elements[-1].tag == _PARAGRAPH else [_unseen()])]
    ended[-1].extend(place.after)
    if section is not None:
        ended[-1][0].append(section)
    return ended


def _unseen() -> Element:
    """A paragraph next to nothing high: Word wants one between two tables, below the last, and to hang things on."""
    line = node("spacing", before=0, after=0, line=20, lineRule="exact")
    return node("p", node("pPr", line, node("ind", firstLineChars=0, firstLine=0)))

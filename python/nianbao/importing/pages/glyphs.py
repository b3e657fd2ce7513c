"""The characters of a page, and the lines that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

_GAP = 0.3
"""What part of a character's size between two of them is a space."""
_SAME, _SAME_SMALL = 0.7, 0.08
"""About how far apart, in points and of small ones in parts of their size, characters stand from doubles that make them bold."""
_TILT = 0.05
# Justified lines and the space that word processors show between Chinese and figures are no text.
_LOOSE = re.compile(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])")


class Glyph(NamedTuple):
    """A character, its box from the upper left corner of the page, and the size of its font."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float

    @property
    def across(self) -> float:
        """Its middle, from the left."""
        return (self.x0 + self.x1) / 2

    @property
    def down(self) -> float:
        """Its middle, from the top."""
        return (self.top + self.bottom) / 2


class Line(NamedTuple):
    """A line of text and its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


def glyphs_of(chars: Iterable[dict[str, Any]]) -> list[Glyph]:
    """The characters that pdfplumber found, each once, without those of slanting watermarks."""
    seen: set[tuple[str, float, int, int]] = set()
    found = []
    for char in chars:
        glyph = Glyph(char["text"], char["x0"], char["top"], char["x1"], char["bottom"], char["size"] or 1.0)
        right, up = char["matrix"][:2]
        same = min(_SAME, _SAME_SMALL * glyph.size)
        column, row = round(glyph.x0 / same), round(glyph.top / same)
        near = {(glyph.text, same, column + across, row + down) for across in (-1, 0, 1) for down in (-1, 0, 1)}
        if seen.isdisjoint(near) and min(abs(right), abs(up)) <= _TILT * max(abs(right), abs(up)):
            seen.add((glyph.text, same, column, row))
            found.append(glyph)
    return found


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that `glyphs` make, from top to bottom."""
    return [_line(row) for row in _rows(glyphs) if any(glyph.text.strip() for glyph in row)]


def _rows(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.down):
        if row and glyph.down - row[0].down > min(glyph.size, row[0].size) / 2:
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _line(row: Sequence[Glyph]) -> Line:
    glyphs = sorted(row, key=lambda glyph: glyph.x0)
    inked = [glyph for glyph in glyphs if glyph.text.strip()]
    top, bottom = min(glyph.top for glyph in inked), max(glyph.bottom for glyph in inked)
    return Line(_text(glyphs), inked[0].x0, top, inked[-1].x1, bottom, max(glyph.size for glyph in inked))


def _text(glyphs: Sequence[Glyph]) -> str:
    text, end = "", glyphs[0].x0
    for glyph in glyphs:
        text += (" " if glyph.x0 - end > _GAP * glyph.size else "") + glyph.text
        end = glyph.x1
    return _LOOSE.sub("", " ".join(text.split()))

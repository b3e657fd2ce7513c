"""Paragraphs from lines, and tables from their pieces: what the width and the end of a page parted is one again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import pairwise
from typing import NamedTuple

from ..assemble import Part
from ..grid import Cell
from .glyphs import Line
from .page import Page, Placed, without_furniture
from .ruled import Piece, grid_of

_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．、](?!\d)")
_END = re.compile(r"[。！？…!?][”’）)]?$")
_STOP = re.compile(r"[。；：！？….;:!?][”’）)]?$")
_SHORT, _CLOSED = 4.5, 1.5
"""How many characters a line may lack and be full, what does not fit goes to the next as a whole; and at the end of a sentence."""
_INDENT = 0.8
"""From how many characters on a line is indented."""
_APART, _PITCH = 1.35, 2.4
"""How many times the usual distance, and how many times its size, a line is at most below the one before."""
_LARGEST_MARGIN = 1.2
"""How many times the left margin the right one is at most."""


class _Margins(NamedTuple):
    """Where lines of text begin and end, and how far below one another they usually stand."""

    left: float
    right: float
    pitch: float

    @classmethod
    def of(cls, pages: Iterable[Page]) -> _Margins:
        """What the longest lines show, if any is as long as the page allows."""
        shown = tuple(pages)
        found = [(page.width, *_ends(each)) for page in shown for each in page.content]
        left = min(left for _, left, _ in found)
        right = max(max(right, width - _LARGEST_MARGIN * left) for width, _, right in found)
        steps = Counter(round(after.line.top - line.line.top) for page in shown for line, after in pairwise(page.lines))
        return cls(left, right, max(steps, key=lambda step: (steps[step], -step), default=0))

    def is_full(self, line: Line) -> bool:
        """Whether a line ends where the next word did not fit any more."""
        return line.x1 + (_CLOSED if _END.search(line.text) else _SHORT) * line.size > self.right

    def is_indented(self, line: Line) -> bool:
        """Whether a line begins to the right of the others."""
        return line.x0 > self.left + _INDENT * line.size

    def is_next(self, line: Line, below: Line) -> bool:
        """Whether there is no more room between two lines than within a paragraph."""
        return below.top - line.top <= min(_APART * self.pitch, _PITCH * line.size)


def _ends(each: Placed | Piece) -> tuple[float, float]:
    return (each.left, each.right) if isinstance(each, Piece) else (each.line.x0, each.line.x1)


def parts_of_pages(pages: Sequence[Page]) -> Iterator[Part]:
    """The paragraphs and tables of a document, in order."""
    bare = [page for page in without_furniture(pages) if page.content]
    sizes = {round(page.width) for page in bare}
    margins = {size: _Margins.of(page for page in bare if round(page.width) == size) for size in sizes}
    begun: list[Placed | Piece] = []
    for page in bare:
        for each in page.content:
            if begun and not _goes_on(begun[0], begun[-1], each, margins[round(page.width)]):
                yield _part(begun)
                begun = []
            begun.append(each)
    if begun:
        yield _part(begun)


def _part(begun: Sequence[Placed | Piece]) -> Part:
    pieces = [each for each in begun if isinstance(each, Piece)]
    lines = [each for each in begun if isinstance(each, Placed)]
    return grid_of(pieces) if pieces else Cell(reduce(_joined, (line.text for _, line in lines)), lines[0].place)


def _goes_on(first: Placed | Piece, before: Placed | Piece, each: Placed | Piece, margins: _Margins) -> bool:
    """Whether `each` belongs to what begins with `first` and has come to `before`."""
    if isinstance(before, Piece) and isinstance(each, Piece):
        return before.goes_on(each)
    if isinstance(first, Placed) and isinstance(before, Placed) and isinstance(each, Placed):
        return _follows(before, each, margins) and (
            # Where paragraphs are indented, a line that is not goes on, however it begins.
            margins.is_indented(first.line) or not _begins(before.line.text, each.line.text)
        )
    return False


def _follows(before: Placed, after: Placed, margins: _Margins) -> bool:
    """Whether a line is full, and the next one, as large and right below it, not indented."""
    (place, line), (next_place, next_line) = before, after
    return (
        margins.is_full(line)
        and not margins.is_indented(next_line)
        and abs(line.size - next_line.size) < 1
        and (place.page != next_place.page or margins.is_next(line, next_line))
    )


def _begins(before: str, line: str) -> bool:
    """Whether a line after a whole sentence begins as headings and the parts of a text do."""
    return _NUMBERED.match(line) is not None and _STOP.search(before) is not None


def _joined(before: str, after: str) -> str:
    """Two lines as one: only words of letters or figures had a space between them."""
    space = " " if before[-1].isascii() and before[-1].isalnum() and after[0].isascii() else ""
    return before + space + after

"""A page, and what of it every page repeats."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...places import PagePlace
from .glyphs import Line
from .ruled import Piece

_NUMBER = re.compile(r"\W*第?\s*\d{1,3}\s*页?\W*(?:共?\s*\d{1,3}\s*页?)?\W*")
_MARGIN = 0.12
"""What part of the height of a page, at either end, holds page numbers and running heads."""
_ROOM = 0.8
"""How many times its size such a line stands off from the others."""

_FEWEST = 2
"""On how many pages a running head stands, and on at least one in three."""


class Placed(NamedTuple):
    """A line of text and where it stands."""

    place: PagePlace
    line: Line


class Page(NamedTuple):
    """The measures of a page, its lines of text, its tables."""

    width: float
    height: float
    lines: tuple[Placed, ...]
    pieces: tuple[Piece, ...]

    @property
    def content(self) -> list[Placed | Piece]:
        """Lines and tables, from top to bottom."""
        found: list[Placed | Piece] = [*self.lines, *self.pieces]
        return sorted(found, key=_top)

    @property
    def outer(self) -> tuple[Placed, ...]:
        """The lines in the upper and in the lower margin, apart from everything between."""
        head = _apart([each for each in self.content if _bottom(each) <= self.height * _MARGIN], self.content)
        feet = [each for each in reversed(self.content) if _top(each) >= self.height * (1 - _MARGIN)]
        return (*head, *_apart(feet, self.content[::-1]))


def _top(each: Placed | Piece) -> float:
    return each.top if isinstance(each, Piece) else each.line.top


def _bottom(each: Placed | Piece) -> float:
    return each.bottom if isinstance(each, Piece) else each.line.bottom


def _apart(margin: Sequence[Placed | Piece], content: Sequence[Placed | Piece]) -> Iterator[Placed]:
    """The lines of `margin`, with which `content` begins or ends, up to the last one with some room behind it."""
    gaps = (max(_top(after) - _bottom(each), _top(each) - _bottom(after)) for each, after in pairwise(content))
    wide = [at for at, (each, gap) in enumerate(zip(margin, gaps, strict=False)) if gap > _ROOM * _size(each)]
    count = len(margin) if len(margin) == len(content) else max(wide, default=-1) + 1
    return (each for each in margin[:count] if isinstance(each, Placed))


def _size(each: Placed | Piece) -> float:
    return each.line.size if isinstance(each, Placed) else 0.0


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """`pages` without their numbers, and without the heads and feet that several of them bear."""
    heads = Counter(_head(each.line) for page in pages for each in page.outer)
    idle = {
        each
        for page in pages
        for each in page.outer
        if _NUMBER.fullmatch(each.line.text) or heads[_head(each.line)] >= max(_FEWEST, len(pages) / 3)
    }
    return [page._replace(lines=tuple(each for each in page.lines if each not in idle)) for page in pages]


def _head(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text), round(line.top)

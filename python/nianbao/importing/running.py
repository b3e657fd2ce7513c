"""Running text, in which labels are looked for wherever lines break, and figures wherever they may have run together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from ..places import LinePlace
from .grid import Cell, Row
from .labels import normal

_TOKEN = re.compile(
    r"\d{1,2}[.、．](?!\d)"  # the number of a label
    r"|(?:减少|增加|减|增)?[-+−－]?\d[\d,，]*(?:\.\d+)?(?:亿元|万元|亿|万|元|件|项|条)?"
    r"|[^\s|｜\d+−－-]+|[-+−－]+"
)
_NUMBERING = ".、．"
_EDGES = '（(“”"『』「」《》）)。、：:，,;；'
_LINE = re.compile(r"[^\n]*")


class Found(NamedTuple):
    """A label that was found among the letters, from `start` to `end`."""

    start: int
    end: int


class Figures(NamedTuple):
    """The figures of a row, where the last of them ends in the text (0: there are none), and what follows them.

    `cells` has one cell for each figure, but a single one for all of them where they cannot be told apart for certain, and
    one with the word that stands in their place where there are none.
    """

    cells: Row
    end: int
    rest: Row


class _Token(NamedTuple):
    """A word or a figure, and where it ends in the text."""

    cell: Cell
    end: int


class RunningText(NamedTuple):
    """A text, its letters and digits alone, where each of them stands in it, and where its lines begin."""

    text: str
    letters: str
    at: Sequence[int]
    line_starts: Sequence[int]

    @classmethod
    def of(cls, text: str) -> RunningText:
        """`text` with its letters found."""
        letters = {each: normal(each) for each in frozenset(text)}
        kept = [(letter, at) for at, each in enumerate(text) for letter in letters[each]]
        starts = [0, *(at + 1 for at, each in enumerate(text) if each == "\n")]
        return cls(text, "".join(letter for letter, _ in kept), [at for _, at in kept], starts)

    def place(self, at: int) -> LinePlace:
        """The line of a position in the text."""
        return LinePlace(bisect_right(self.line_starts, at))

    def lines(self, start: int, end: int) -> Iterator[Cell]:
        """What is written between two positions in the text, line by line."""
        for line in _LINE.finditer(self.text, start, end):
            if line[0].strip():
                yield Cell(line[0], self.place(line.start()))

    def label(self, label: str, found: Found) -> Cell:
        """`label` as a cell, where it was found, as it is written there if the letters are others."""
        as_due = self.letters[found.start : found.end] == normal(label)
        written = label if as_due else self.text[self.at[found.start] : self.at[found.end - 1] + 1]
        return Cell(written, self.place(self.at[found.start]))

    def letter_from(self, at: int) -> int:
        """The first letter at or after a position in the text."""
        return bisect_left(self.at, at)

    def find(self, labels: Iterable[str], start: int, end: int | None = None) -> Found | None:
        """The first of `labels` at or after `start`; of several there the longest."""
        places = ((self.letters.find(label, start, end), -len(label)) for label in labels)
        found = min((each for each in places if each[0] >= 0), default=None)
        return None if found is None else Found(found[0], found[0] - found[1])

    def find_all(self, labels: Iterable[Iterable[str]], start: int, end: int) -> list[Found]:
        """One of each of `labels` after the one before; nothing unless all are there."""
        found: list[Found] = []
        for spellings in labels:
            here = self.find(spellings, found[-1].end if found else start, end)
            if here is None:
                return []
            found.append(here)
        return found

    def figures(self, start: int, end: int, count: int, *, summed: bool) -> Figures:
        """The `count` figures that stand next between two letters; `summed`: the last should be the sum of the others."""
        tokens = self._tokens(start, end)
        run = tuple(takewhile(_is_figure, tokens))
        told = run or tokens[:1]
        cells = _parted([token.cell for token in run], count, summed=summed)
        if told and not cells:
            cells = (Cell(" ".join(token.cell.text for token in told), told[0].cell.place),)
        return Figures(cells, run[-1].end if run else 0, tuple(token.cell for token in tokens[len(run) :]))

    def _tokens(self, start: int, end: int) -> list[_Token]:
        """The words and figures between two letters."""
        first = self.at[start - 1] + 1 if start else 0
        last = self.at[end] if end < len(self.at) else len(self.text)
        found = (each for each in _TOKEN.finditer(self.text, first, last) if each[0].strip(_EDGES))
        return [_Token(Cell(each[0], self.place(each.start())), each.end()) for each in found]


def _is_figure(token: _Token) -> bool:
    return token.cell.is_figure and token.cell.text[-1] not in _NUMBERING


def _parted(cells: Sequence[Cell], count: int, *, summed: bool) -> Row:
    """`cells` as `count` figures, if they can be nothing else; nothing otherwise.

    Digits that have run together are figures of one digit each only where no blank cell can have been lost among them: all
    are zeros, or the last is the sum of the others (were some of them longer, it could not be).
    """
    if len(cells) == count:
        return tuple(cells)
    digits = "".join(cell.text for cell in cells)
    if len(digits) != count or not digits.isascii() or not digits.isdigit():
        return ()
    adds_up = summed and sum(map(int, digits[:-1])) == int(digits[-1])
    if digits.strip("0") and not adds_up:
        return ()
    return tuple(cell._replace(text=digit) for cell in cells for digit in cell.text)

"""Reads the statutory tables out of running text, in which cells and even figures may have run together.

The labels of the form are looked for in its order, wherever lines break.  What stands between two of them is taken for the
figures of a row only if it can be nothing else: exactly as many as the row has, parted from one another or so that
there is only one way to part them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from ..form import Form, Line, Table
from ..formfile import EDITIONS, load_form
from ..places import LinePlace
from .assemble import Part
from .chapters import read_title
from .grid import Cell, Grid, Row
from .labels import edition_of, labels_of, normal, spellings

_TOKEN = re.compile(
    r"\d{1,2}[.、．](?!\d)"  # the number of a label
    r"|(?:减少|增加|减|增)?[-+−－]?\d[\d,，]*(?:\.\d+)?(?:亿元|万元|亿|万|元|件|项|条)?"
    r"|[^\s|｜\d+−－-]+|[-+−－]+"
)
_NUMBERING = ".、．"
_PAGE_NUMBER = re.compile(r"(?m)^[ \t]*[-—–−]{1,2}[ \t]*\d{1,3}[ \t]*[-—–−]{1,2}[ \t]*$")
_EDGES = '（(“”"『』「」《》）)。、：:，,;；'
_LINE = re.compile(r"[^\n]*")
_SENTENCE = re.compile(r"[。；！？]")
_FEW = 2
"""Letters of a label such as 其他, and labels on one line, that say nothing: prose has them as well."""
_BEGINNING = 8
"""Letters of a label that tell it: a long one may be wrapped."""


class _Text(NamedTuple):
    """A text, its letters and digits alone, and where each of them stands in it."""

    text: str
    letters: str
    at: Sequence[int]
    lines: Sequence[int]

    @classmethod
    def of(cls, text: str) -> _Text:
        letters = {each: normal(each) for each in frozenset(text)}
        kept = [(letter, at) for at, each in enumerate(text) for letter in letters[each]]
        starts = [0, *(at + 1 for at, each in enumerate(text) if each == "\n")]
        return cls(text, "".join(letter for letter, _ in kept), [at for _, at in kept], starts)

    def place(self, at: int) -> LinePlace:
        """The line of a position in the text."""
        return LinePlace(bisect_right(self.lines, at))

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Where the text between two positions among the letters begins and ends."""
        first = self.at[start - 1] + 1 if start else 0
        return first, self.at[end] if end < len(self.at) else len(self.text)


class _Found(NamedTuple):
    """A label that was found among the letters, from `start` to `end`."""

    start: int
    end: int


def stream_parts(text: str, source: str) -> list[Part]:
    """The tables in `text` as rows, and the lines around them; no tables if there are none, InputError without an edition."""
    scan = _Scan.of(text, source)
    if scan is None:
        return [*_lines(_Text.of(text), 0, len(text))]
    rows = tuple(scan.rows())
    return [*scan.above(), rows, *scan.between(), *scan.below()]


def other_tables(text: str, source: str) -> Grid:
    """The rows of tables that `stream_parts` leaves in `text`, for it takes the first of each."""
    first = _Scan.of(text, source)
    if first is None:
        return ()
    list(first.rows())
    return tuple(first.again().rows())


def _lines(found: _Text, start: int, end: int) -> Iterator[Cell]:
    for line in _LINE.finditer(found.text, start, end):
        if line[0].strip():
            yield Cell(line[0], found.place(line.start()))


class _Scan:
    """One pass through the letters, from label to label in the order of the form."""

    def __init__(self, form: Form, text: _Text) -> None:
        self._form, self._text = form, text
        self._ends: list[int] = []
        self._starts: list[int] = []

    @classmethod
    def of(cls, text: str, source: str) -> _Scan | None:
        """What is to pass through `text`; None if it has no label, InputError without an edition."""
        found = _Text.of(_PAGE_NUMBER.sub(lambda line: " " * len(line[0]), text))
        known = (label for edition in EDITIONS for label in labels_of(load_form(edition)).signs)
        labels = [label for label in known if label in found.letters]
        if not labels:
            return None
        return cls(load_form(edition_of(labels, read_title(text.split("\n")).year, source)), found)

    def above(self) -> Iterator[Cell]:
        """The lines above the tables."""
        return _lines(self._text, 0, min(self._starts, default=0))

    def below(self) -> Iterator[Cell]:
        """The lines below the tables."""
        return _lines(self._text, max(self._starts + self._ends, default=0), len(self._text.text))

    def again(self) -> _Scan:
        """A pass through the rest, once the tables have been read: the text with blanks for them."""
        text = self._text.text
        for start, following in pairwise([*sorted(self._starts), len(text)]):
            end = max((each for each in self._ends if each <= following), default=start)
            text = text[:start] + " " * (end - start) + text[end:]
        return _Scan(self._form, _Text.of(text))

    def between(self) -> Iterator[Cell]:
        """The lines between two tables, down to the header of the second: chapters of tables have texts as well."""
        rows = labels_of(self._form).signs
        for start in sorted(self._starts)[1:]:
            end = max((each for each in self._ends if each <= start), default=start)
            lines = takewhile(lambda line: not _heads(self._form, line.text), _lines(self._text, end, start))
            yield from (line for line in lines if (letters := normal(line.text)) and letters not in rows)

    def rows(self) -> Iterator[Row]:
        """Every row that was found, with titles and headers."""
        tables = list(self._form.tables.values())
        cursor = 0
        for number, table in enumerate(tables):
            begin = self._begin(table, cursor)
            if begin is None:
                continue
            following = (self._begin(each, begin.end) for each in tables[number + 1 :])
            end = next((each.start for each in following if each), len(self._text.letters))
            yield from self._table(table, begin, end)
            cursor = begin.end

    def _begin(self, table: Table, cursor: int) -> _Found | None:
        """Where a table begins: its title, its first row, or the header that only it has."""
        if table.title:
            return self._find([normal(table.title)], cursor)
        if table.printed == "down":
            return self._find(spellings(table.rows[0]), cursor)
        names = [normal(name) for row in table.rows for name in row.path]
        return self._find(names[-1:], cursor)

    def _table(self, table: Table, begin: _Found, end: int) -> Iterator[Row]:
        if table.printed == "across":
            yield from self._across(table, begin, end)
            return
        self._starts.append(self._text.at[begin.start])
        cursor = begin.start
        if table.title:
            yield (Cell(table.title, self._place(begin.start)),)
            header = self._in_order(
                [normal(table.corner), *(spellings(column) for column in table.columns)], begin.end, end
            )
            if header:
                yield tuple(Cell(text) for text in (table.corner, *(column.label for column in table.columns)))
                cursor = header[-1].end
        else:
            yield from self._listed(table, begin.start)
        yield from self._down(table, cursor, end)

    def _listed(self, table: Table, end: int) -> Iterator[Row]:
        """The columns of a table without title as its header lists them above `end`, those of a group by themselves."""
        start = bisect_left(self._text.at, max(self._ends, default=0))
        for groups in dict.fromkeys(column.groups for column in table.columns):
            columns = [column for column in table.columns if column.groups == groups]
            at = {
                column: max(self._text.letters.rfind(name, start, end) for name in spellings(column))
                for column in columns
            }
            yield tuple(Cell(column.label) for column in sorted(columns, key=at.__getitem__) if at[column] >= 0)

    def _down(self, table: Table, cursor: int, end: int) -> Iterator[Row]:
        found: list[tuple[Line, _Found]] = []
        for row in table.known_rows:
            label = self._find(spellings(row), cursor, end)
            if label and not (row.source_only and self._has_rows_under(table, row, label, end)):
                found.append((row, label))
                cursor = label.end
        for (row, label), (_, following) in pairwise(found):
            stop = self._before_groups(table, label.end, following.start)
            yield (
                Cell(row.label, self._place(label.start)),
                *self._figures(table, label.end, stop, len(table.columns)),
            )
            yield from self._rest(label.end, stop)
        if found:
            row, label = found[-1]
            figures = self._figures(table, label.end, self._before_groups(table, label.end, end), len(table.columns))
            yield (Cell(row.label, self._place(label.start)), *figures)

    def _has_rows_under(self, table: Table, row: Line, label: _Found, end: int) -> bool:
        """Whether a label stands over other rows here rather than for one of its own."""
        under = (each for each in table.rows if each.key.startswith(f"{row.key}."))
        return any(self._find(spellings(each), label.end, end) for each in under)

    def _before_groups(self, table: Table, start: int, end: int) -> int:
        """`end`, or where the first label over several rows begins before that."""
        groups = {normal(group) for row in table.rows for group in row.groups}
        found = (self._find([group], start, end) for group in groups)
        return min((each.start for each in found if each), default=end)

    def _across(self, table: Table, begin: _Found, end: int) -> Iterator[Row]:
        columns = [column for _ in table.rows for column in table.columns]
        last = [spellings(column) for column in table.columns] * 2
        name: _Found | None = begin
        # Sentences around the table may speak of the same: its header has nothing between its labels.
        while name and (header := self._in_order(last, name.end, end)):
            if all(one.end == other.start for one, other in pairwise(header)):
                self._starts.append(self._text.at[header[0].start])
                yield tuple(Cell(column.label) for column in columns)
                yield self._figures(table, header[-1].end, end, len(columns))
                return
            name = self._find([self._text.letters[begin.start : begin.end]], header[0].start, end)

    def _figures(self, table: Table, start: int, end: int, count: int) -> Row:
        """The figures after a label, one cell each; if they cannot be told apart for certain, all in one."""
        found = self._tokens(start, end)
        run = list(_leading(cell for cell, _ in found))
        if run:
            self._ends.append(found[len(run) - 1][1])
        if parted := _parted([cell.text for cell in run], table, count):
            return tuple(Cell(figure, run[min(at, len(run) - 1)].place) for at, figure in enumerate(parted))
        told = run or [cell for cell, _ in found[:1]]
        return (Cell(" ".join(cell.text for cell in told), told[0].place),) if told else ()

    def _rest(self, start: int, end: int) -> Iterator[Row]:
        """What follows the figures of a row before the next one, if figures are among it: a row that the form does not have."""
        cells = [cell for cell, _ in self._tokens(start, end)]
        rest = cells[len(list(_leading(cells))) :]
        if any(cell.is_figure for cell in rest):
            yield tuple(rest)

    def _tokens(self, start: int, end: int) -> list[tuple[Cell, int]]:
        """The words and figures between two letters, each with where it ends in the text."""
        first, last = self._text.between(start, end)
        found = (each for each in _TOKEN.finditer(self._text.text, first, last) if each[0].strip(_EDGES))
        return [(Cell(each[0], self._text.place(each.start())), each.end()) for each in found]

    def _find(self, labels: Iterable[str], cursor: int, end: int | None = None) -> _Found | None:
        """The first of `labels` at or after `cursor`; of several there the longest."""
        stop = len(self._text.letters) if end is None else end
        places = ((self._text.letters.find(label, cursor, stop), -len(label)) for label in labels)
        found = min((each for each in places if each[0] >= 0), default=None)
        return None if found is None else _Found(found[0], found[0] - found[1])

    def _in_order(self, labels: Sequence[Iterable[str] | str], cursor: int, end: int) -> list[_Found]:
        """Each of `labels` after the one before; nothing unless all are there."""
        found = []
        for label in labels:
            here = self._find([label] if isinstance(label, str) else label, cursor, end)
            if here is None:
                return []
            found.append(here)
            cursor = here.end
        return found

    def _place(self, letter: int) -> LinePlace:
        return self._text.place(self._text.at[letter])


def _heads(form: Form, line: str) -> bool:
    """Whether the header of a table begins with a line: a label, or several run together, but no sentence."""
    letters, labels = normal(line), _headers(form)
    return not _SENTENCE.search(line) and (
        letters.startswith(labels) or sum(label in letters for label in labels) > _FEW
    )


@cache
def _headers(form: Form) -> tuple[str, ...]:
    """What headers begin with, where it is long enough to be nothing else."""
    tables = form.tables.values()
    texts = {text for table in tables for text in (table.corner, table.banner)}
    paths = {text for table in tables for column in table.columns for text in column.path}
    across = {text for table in tables if table.printed == "across" for row in table.rows for text in row.path}
    return tuple(label[:_BEGINNING] for text in texts | paths | across if len(label := normal(text)) > _FEW)


def _leading(tokens: Iterable[Cell]) -> Iterator[Cell]:
    """The figures that `tokens` begin with."""
    for cell in tokens:
        if not cell.is_figure or cell.text[-1] in _NUMBERING:
            return
        yield cell


def _parted(tokens: Sequence[str], table: Table, count: int) -> list[str]:
    """`tokens` as `count` figures, if they can be nothing else; nothing otherwise.

    Digits that have run together are figures of one digit each only where no blank cell can have been lost among them: all
    are zeros, or the last is the sum of the others (were some of them longer, it could not be).
    """
    if len(tokens) == count:
        return list(tokens)
    digits = "".join(tokens)
    if len(digits) != count or not digits.isascii() or not digits.isdigit():
        return []
    summed = count == len(table.columns) and table.columns[-1].key == "total"
    adds_up = summed and sum(map(int, digits[:-1])) == int(digits[-1])
    return list(digits) if adds_up or not digits.strip("0") else []

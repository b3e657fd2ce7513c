"""Reads the statutory tables out of running text, in which cells and even figures may have run together.

The labels of the form are looked for in its order, wherever lines break.  What stands between two of them is taken for the
figures of a row only if it can be nothing else: exactly as many as the row has, parted from one another or so that
there is only one way to part them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from ..form import Form, Line, Table
from ..formfile import EDITIONS, load_form
from .assemble import Part
from .chapters import read_title
from .grid import Cell, Grid, Row
from .labels import edition_of, labels_of, normal, spellings
from .running import Found, RunningText

_PAGE_NUMBER = re.compile(r"(?m)^[ \t]*[-—–−]{1,2}[ \t]*\d{1,3}[ \t]*[-—–−]{1,2}[ \t]*$")
_SENTENCE = re.compile(r"[。；！？]")
_FEW = 2
"""Letters of a label such as 其他, and labels on one line, that say nothing: prose has them as well."""
_BEGINNING = 8
"""Letters of a label that tell it: a long one may be wrapped."""


def stream_parts(text: str, source: str) -> list[Part]:
    """The tables in `text` as rows, and the lines around them; no tables if there are none, InputError without an edition."""
    scan = _Scan.of(text, source)
    if scan is None:
        return [*RunningText.of(text).lines(0, len(text))]
    tables = [*scan.tables()]
    above = min((table.start for table in tables), default=0)
    below = max((table.end for table in tables), default=0)
    rows = tuple(row for table in tables for row in table.rows)
    lines = scan.text.lines
    return [*lines(0, above), rows, *scan.between(tables), *lines(below, len(text))]


def other_tables(text: str, source: str) -> Grid:
    """The rows of tables that `stream_parts` leaves in `text`, for it takes the first of each."""
    scan = _Scan.of(text, source)
    if scan is None:
        return ()
    rest = scan.text.text
    for table in scan.tables():
        rest = rest[: table.start] + " " * (table.end - table.start) + rest[table.end :]
    return tuple(row for table in scan._replace(text=RunningText.of(rest)).tables() for row in table.rows)


class _Stretch(NamedTuple):
    """A table that was found: where it begins in the text, where its last figure ends, its rows with title and header."""

    start: int
    end: int
    rows: Grid


class _Scan(NamedTuple):
    """A text, and the form whose labels are looked for in it."""

    form: Form
    text: RunningText

    @classmethod
    def of(cls, text: str, source: str) -> _Scan | None:
        """What is to be looked for in `text`; None if it has no label, InputError without an edition."""
        found = RunningText.of(_PAGE_NUMBER.sub(lambda line: " " * len(line[0]), text))
        known = (label for edition in EDITIONS for label in labels_of(load_form(edition)).signs)
        labels = [label for label in known if label in found.letters]
        if not labels:
            return None
        return cls(load_form(edition_of(labels, read_title(text.split("\n")).year, source)), found)

    def tables(self) -> Iterator[_Stretch]:
        """Every table that was found, in the order of the form."""
        tables = list(self.form.tables.values())
        cursor = above = 0
        for number, table in enumerate(tables):
            begin = self._begin(table, cursor)
            if begin is None:
                continue
            following = (self._begin(each, begin.end) for each in tables[number + 1 :])
            end = next((each.start for each in following if each), len(self.text.letters))
            if stretch := self._stretch(table, begin, end, above):
                yield stretch
                above = stretch.end
            cursor = begin.end

    def between(self, tables: Sequence[_Stretch]) -> Iterator[Cell]:
        """The lines between two tables, down to the header of the second: chapters of tables have texts as well."""
        rows = labels_of(self.form).signs
        for upper, lower in pairwise(tables):
            lines = takewhile(lambda line: not self._heads(line.text), self.text.lines(upper.end, lower.start))
            yield from (line for line in lines if (letters := normal(line.text)) and letters not in rows)

    def _heads(self, line: str) -> bool:
        """Whether the header of a table begins with a line: a label, or several run together, but no sentence."""
        letters, labels = normal(line), _headers(self.form)
        return not _SENTENCE.search(line) and (
            letters.startswith(labels) or sum(label in letters for label in labels) > _FEW
        )

    def _begin(self, table: Table, cursor: int) -> Found | None:
        """Where a table begins: its title, its first row, or the header that only it has."""
        if table.title:
            return self.text.find([normal(table.title)], cursor)
        if table.printed == "down":
            return self.text.find(spellings(table.rows[0]), cursor)
        return self.text.find([normal(table.rows[-1].label)], cursor)

    def _stretch(self, table: Table, begin: Found, end: int, above: int) -> _Stretch | None:
        """The table that begins at `begin` and has the letters up to `end`; `above`: where the one above it ends in the text."""
        if table.printed == "across":
            return self._across(table, begin, end)
        start = self.text.at[begin.start]
        if table.title:
            head, cursor = self._titled(table, begin, end)
        else:
            head, cursor = tuple(self._listed(table, above, begin.start)), begin.start
        filled = list(self._filled(table, cursor, end))
        return _Stretch(start, max([start, *(at for _, at in filled)]), (*head, *(row for row, _ in filled)))

    def _titled(self, table: Table, begin: Found, end: int) -> tuple[Grid, int]:
        """The title of a table and its header, if it is all there, and the letter after them."""
        title = (self.text.label(table.title, begin),)
        labels = [frozenset({normal(table.corner)}), *map(spellings, table.columns)]
        header = self.text.find_all(labels, begin.end, end)
        if not header:
            return (title,), begin.start
        names = (table.corner, *(column.label for column in table.columns))
        return (title, tuple(map(self.text.label, names, header))), header[-1].end

    def _listed(self, table: Table, above: int, end: int) -> Iterator[Row]:
        """The columns of a table without title as its header lists them above `end`, those of a group by themselves."""
        start = self.text.letter_from(above)
        for groups in dict.fromkeys(column.groups for column in table.columns):
            columns = [column for column in table.columns if column.groups == groups]
            at = {
                column: max(self.text.letters.rfind(name, start, end) for name in spellings(column))
                for column in columns
            }
            yield tuple(Cell(column.label) for column in sorted(columns, key=at.__getitem__) if at[column] >= 0)

    def _filled(self, table: Table, cursor: int, end: int) -> Iterator[tuple[Row, int]]:
        """The rows of a table that is printed down, each with where its figures end in the text, 0 for none."""
        rows = list(self._labels(table, cursor, end))
        ends = [*(label.start for _, label in rows), end][1:]
        summed = table.columns[-1].key == "total"
        for number, ((row, label), following) in enumerate(zip(rows, ends, strict=True), 1):
            stop = self._before_groups(table, label.end, following)
            figures = self.text.figures(label.end, stop, len(table.columns), summed=summed)
            yield (self.text.label(row.label, label), *figures.cells), figures.end
            # Below the last row the text goes on; between two of them other figures are a row that the form does not have.
            if number < len(rows) and any(cell.is_figure for cell in figures.rest):
                yield figures.rest, 0

    def _labels(self, table: Table, cursor: int, end: int) -> Iterator[tuple[Line, Found]]:
        """The rows whose labels are there, one after the other."""
        for row in table.known_rows:
            label = self.text.find(spellings(row), cursor, end)
            if label and not (row.source_only and self._has_rows_under(table, row, label, end)):
                yield row, label
                cursor = label.end

    def _has_rows_under(self, table: Table, row: Line, label: Found, end: int) -> bool:
        """Whether a label stands over other rows here rather than for one of its own."""
        under = (each for each in table.rows if each.key.startswith(f"{row.key}."))
        return any(self.text.find(spellings(each), label.end, end) for each in under)

    def _before_groups(self, table: Table, start: int, end: int) -> int:
        """`end`, or where the first label over several rows begins before that."""
        group = self.text.find({normal(group) for row in table.rows for group in row.groups}, start, end)
        return group.start if group else end

    def _across(self, table: Table, begin: Found, end: int) -> _Stretch | None:
        """A table printed across, if below the name of its last row, at `begin`, stand the columns of the last two."""
        columns = [column for _ in table.rows for column in table.columns]
        names = [spellings(column) for column in table.columns] * 2
        name: Found | None = begin
        # Sentences around the table may speak of the same: its header has nothing between its labels.
        while name and (header := self.text.find_all(names, name.end, end)):
            start = header[0].start
            if all(one.end == other.start for one, other in pairwise(header)):
                figures = self.text.figures(header[-1].end, end, len(columns), summed=False)
                at = self.text.at[start]
                return _Stretch(at, max(at, figures.end), (tuple(Cell(each.label) for each in columns), figures.cells))
            name = self.text.find([self.text.letters[begin.start : begin.end]], start, end)
        return None


@cache
def _headers(form: Form) -> tuple[str, ...]:
    """What headers begin with, where it is long enough to be nothing else."""
    tables = form.tables.values()
    texts = {text for table in tables for text in (table.corner, table.banner)}
    paths = {text for table in tables for column in table.columns for text in column.path}
    across = {text for table in tables if table.printed == "across" for row in table.rows for text in row.path}
    return tuple(label[:_BEGINNING] for text in texts | paths | across if len(label := normal(text)) > _FEW)

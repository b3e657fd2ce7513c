"""The statutory form: its chapters, tables, rows, columns and cells, as published."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Literal, NamedTuple, get_args

Kind = Literal["count", "change", "amount"]
Axis = Literal["row", "column"]
Printed = Literal["down", "across"]

LAST_YEAR = 2099
"""No report is for a later year: whatever says so was mistyped."""
INTRO = "intro"
SIGNATURE = ("signature", "date")
"""Texts of a report that are no chapter: before chapter one, and below the last one."""


class CellKey(NamedTuple):
    """Names one cell of the form, whatever file its value came from."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return "/".join(self)


_LAST = "last."


def last_year(cell: CellKey) -> CellKey:
    """The key of last year's `cell` where the cells of both years stand side by side."""
    return cell._replace(table=f"{_LAST}{cell.table}")


def this_year(cell: CellKey) -> CellKey:
    """The key that a cell under the key of `last_year` has in its own report."""
    return cell._replace(table=cell.table.removeprefix(_LAST))


def is_last_year(cell: CellKey) -> bool:
    """Whether `cell` is a cell of last year's report."""
    return cell.table.startswith(_LAST)


class Line(NamedTuple):
    """One printed row or column of a table.

    `groups` are the labels printed over it, outermost first.  `also` are wordings that offices
    print instead of `label`.  A `source_only` row is read from reports that print it in place of
    the rows keyed under it; our own outputs never print it.  `hint` tells the clerk what belongs
    in the line and what belongs elsewhere, and cites the article of the 条例 behind it.
    """

    key: str
    label: str
    groups: tuple[str, ...] = ()
    kind: Kind = "count"
    span: int = 1
    additive: bool = True
    source_only: bool = False
    also: tuple[str, ...] = ()
    hint: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """The labels from the outermost group to the line's own."""
        return (*self.groups, self.label)


class Table(NamedTuple):
    """One table of the form.

    `title` is the row printed above the table ("" where the chapter heading serves), `corner`
    the text printed over the row labels, `banner` the text printed over all columns.  `rows` are
    the printed ones, `known_rows` these and the source-only ones, both in the order of the form.
    """

    key: str
    title: str
    corner: str
    banner: str
    printed: Printed
    columns: tuple[Line, ...]
    rows: tuple[Line, ...]
    known_rows: tuple[Line, ...]

    def cells(self) -> Iterator[CellKey]:
        """Every printed cell, in reading order."""
        for row in self.rows:
            for column in self.columns:
                yield CellKey(self.key, row.key, column.key)

    def known_cells(self) -> Iterator[CellKey]:
        """Every cell, those of source-only rows included."""
        for row in self.known_rows:
            for column in self.columns:
                yield CellKey(self.key, row.key, column.key)

    @property
    def source_rows(self) -> tuple[Line, ...]:
        """The rows that only sources print."""
        return tuple(row for row in self.known_rows if row.source_only)

    def lines(self, axis: Axis) -> tuple[Line, ...]:
        """The rows, or the columns."""
        return self.rows if axis == "row" else self.columns

    def with_source_row(self, source: Line) -> Table:
        """This table as a report prints it that has `source` instead of the rows under it."""
        rows: list[Line] = []
        for row in self.rows:
            if not row.key.startswith(f"{source.key}."):
                rows.append(row)
            elif source not in rows:
                rows.append(source)
        return self._replace(rows=tuple(rows))


class Aspect(NamedTuple):
    """One subject that a chapter must speak of, and words any one of which shows that it does.

    Chapter one has five (国办公开办函〔2021〕30号, part one; 国办公开办函〔2019〕60号).
    """

    label: str
    words: tuple[str, ...]

    def is_spoken_of(self, text: str) -> bool:
        """Whether `text` has one of the words."""
        return any(word in text for word in self.words)


class Chapter(NamedTuple):
    """One chapter of the report: a heading (and what offices print instead), a sheet, and its tables if any.

    After 国办公开办函〔2021〕30号, part one: `aspects` are what its text must speak of, `most` the characters it should
    stay within (0: no limit), `fee` whether the processing fee (信息处理费, 条例 art. 42) is reported in it.
    """

    key: str
    heading: str
    sheet: str
    tables: tuple[Table, ...] = ()
    also: tuple[str, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    most: int = 0
    fee: bool = False


@dataclass(frozen=True, eq=False)
class Form:
    """One edition of the form, for report years `first_year` to `last_year` (None: still in use)."""

    edition: str
    title: str
    authority: str
    first_year: int
    last_year: int | None
    chapters: tuple[Chapter, ...]

    @cached_property
    def tables(self) -> Mapping[str, Table]:
        """The tables by key, in the order of the form."""
        return {table.key: table for chapter in self.chapters for table in chapter.tables}

    @cached_property
    def chapter_of(self) -> Mapping[str, Chapter]:
        """The chapter each table stands in, by the table's key."""
        return {table.key: chapter for chapter in self.chapters for table in chapter.tables}

    @cached_property
    def cells(self) -> tuple[CellKey, ...]:
        """Every printed cell, in the order of the form."""
        return tuple(cell for table in self.tables.values() for cell in table.cells())

    @cached_property
    def cells_of(self) -> Mapping[str, tuple[CellKey, ...]]:
        """The printed cells of every table, by the table's key."""
        return {table.key: tuple(table.cells()) for table in self.tables.values()}

    @cached_property
    def order(self) -> Mapping[CellKey, int]:
        """The position of every cell in the form, source-only rows included."""
        known = (cell for table in self.tables.values() for cell in table.known_cells())
        return {key: number for number, key in enumerate(known)}

    @property
    def text_keys(self) -> tuple[str, ...]:
        """The texts of a report: what stands before chapter one, the chapters, and the signature with its date."""
        return (INTRO, *(chapter.key for chapter in self.chapters), *SIGNATURE)

    @cached_property
    def _lines(self) -> Mapping[tuple[str, Axis, str], Line]:
        found: dict[tuple[str, Axis, str], Line] = {}
        for table in self.tables.values():
            found |= {(table.key, "row", line.key): line for line in table.known_rows}
            found |= {(table.key, "column", line.key): line for line in table.columns}
        return found

    def row(self, cell: CellKey) -> Line:
        """The row `cell` stands in."""
        return self._lines[cell.table, "row", cell.row]

    def column(self, cell: CellKey) -> Line:
        """The column `cell` stands in."""
        return self._lines[cell.table, "column", cell.column]

    @cached_property
    def kinds(self) -> Mapping[CellKey, Kind]:
        """What a value of every cell is, source-only rows included."""
        return {cell: self.kind(cell) for cell in self.order}

    @cached_property
    def cells_of_kind(self) -> Mapping[Kind, tuple[CellKey, ...]]:
        """The cells whose values are of each kind, source-only rows included."""
        return {kind: tuple(cell for cell, own in self.kinds.items() if own == kind) for kind in get_args(Kind)}

    def kind(self, cell: CellKey) -> Kind:
        """What a value of `cell` is: 件 (count), signed 项 (change) or 万元 (amount)."""
        return self.column(cell).kind

    def hint(self, cell: CellKey) -> str:
        """What belongs in `cell`: what its row says, and on a line of its own what its column adds."""
        return "\n".join(line.hint for line in (self.row(cell), self.column(cell)) if line.hint)

    def serves(self, year: int) -> bool:
        """Whether reports for `year` use this edition."""
        return self.first_year <= year <= (self.last_year or LAST_YEAR)

    @cached_property
    def source_rows(self) -> tuple[tuple[frozenset[CellKey], frozenset[CellKey]], ...]:
        """The cells of every source-only row, each with those of the rows it stands for."""
        found = []
        for table in self.tables.values():
            for source in table.source_rows:
                cells = frozenset(cell for cell in table.known_cells() if cell.row == source.key)
                under = frozenset(cell for cell in table.known_cells() if cell.row.startswith(f"{source.key}."))
                found.append((cells, under))
        return tuple(found)

    def holding(self, cells: Container[CellKey]) -> Form:
        """The form as a report printed it: with the source-only rows that stand among `cells`."""
        held = frozenset(
            (table.key, source.key)
            for table in self.tables.values()
            for source in table.source_rows
            if _holds(table, source, cells)
        )
        return _with_source_rows(self, held) if held else self


def _holds(table: Table, source: Line, cells: Container[CellKey]) -> bool:
    def has(row: Line) -> bool:
        return any(CellKey(table.key, row.key, column.key) in cells for column in table.columns)

    return has(source) and not any(has(row) for row in table.rows if row.key.startswith(f"{source.key}."))


@cache
def _with_source_rows(form: Form, held: frozenset[tuple[str, str]]) -> Form:
    def printed(table: Table) -> Table:
        for source in table.source_rows:
            if (table.key, source.key) in held:
                table = table.with_source_row(source)
        return table

    return replace(
        form,
        chapters=tuple(
            chapter._replace(tables=tuple(printed(table) for table in chapter.tables)) for chapter in form.chapters
        ),
    )

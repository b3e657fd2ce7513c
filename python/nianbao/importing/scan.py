"""Finds, among the rows of a document's tables, those that hold figures of the form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..form import CellKey, Form, Table
from ..wording import table_name
from .grid import Row
from .header import Header
from .labelled import Labelled, Manner, labelled
from .labels import normal

_NO_HEADER = "上面没有对得上的标题和表头"


class Candidate(NamedTuple):
    """A row that holds figures, the cells of the form it speaks of, and the figure of each.

    `why` says, in the user's words, why the row cannot be used; it has no `figures` then.
    """

    where: str
    row: Row
    cells: tuple[CellKey, ...] = ()
    figures: Row = ()
    why: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is written in the row: figures left blank, or a gap in a header."""
        return all(cell.is_blank for cell in self.row)


def candidates(form: Form, rows: Sequence[Row]) -> Iterator[Candidate]:
    """The rows that hold figures, usable or not, in the order of the document."""
    header = Header.of(form)
    manner = Manner.of(form, rows)
    for row in rows:
        if found := labelled(form, row):
            yield _of_labelled(form, found, header, manner)
            header = header.after_row(found[0].table)
        elif header.table and header.table.printed == "across" and _may_fill(row, header.table):
            yield _of_across(form, row, header.table, header)
        elif any(cell.is_figure for cell in row):
            where = table_name(form, header.table.key) if header.table else "法定表格"
            yield Candidate(where, row, why="不是表里应有的行")
        else:
            header = header.after([normal(cell.text) for cell in row])


def _of_labelled(form: Form, found: Sequence[Labelled], header: Header, manner: Manner) -> Candidate:
    first = found[0]
    refused = Candidate(first.where(form), first.row, tuple(cell for each in found for cell in each.cells))
    if len(found) > 1 or any(cell.is_figure for cell in first.row[: first.at]):
        return refused._replace(why="像是几行连在了一起")
    if manner.has_rows_under(first):
        return refused._replace(why="与它下面的各行同时出现")
    columns = header.columns.get(first.table.key)
    if not columns:
        return refused._replace(why=_NO_HEADER)
    figures = first.figures(columns)
    if figures is None:
        return refused._replace(why=first.miscount())
    if first.has_merges and manner.padding != {first.is_padded} and any(cell.is_blank for cell in figures):
        return refused._replace(why="的空格可能属于合并的格子，分不清各数在哪一列")
    return Candidate(refused.where, first.row, first.cells_in(columns), figures)


def _may_fill(row: Row, table: Table) -> bool:
    """Whether the row may be that of a table printed across: it has figures, or blanks for all of them."""
    blank = all(cell.is_blank for cell in row)
    return any(cell.is_figure for cell in row) or (blank and len(row) == len(tuple(table.cells())))


def _of_across(form: Form, row: Row, table: Table, header: Header) -> Candidate:
    refused = Candidate(table_name(form, table.key), row, tuple(table.cells()))
    if not header.columns[table.key]:
        return refused._replace(why=_NO_HEADER)
    if any(cell.is_words for cell in row):
        return refused._replace(why="夹有文字，分不清各数在哪一列")
    if len(row) != len(refused.cells):
        return refused._replace(why=f"应有 {len(refused.cells)} 个数，实有 {len(row)} 个")
    return refused._replace(figures=row)

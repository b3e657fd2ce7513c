"""Rows of a document that bear the label of a row of the form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..form import CellKey, Form, Line, Table
from ..printed import label_columns
from ..wording import line_name, table_name
from .grid import Row
from .labels import all_groups, labels_of, normal


class Labelled(NamedTuple):
    """A row of a document whose cell `at` bears the label of `line`."""

    row: Row
    at: int
    table: Table
    line: Line

    @property
    def after(self) -> Row:
        """What follows the label."""
        return self.row[self.at + 1 :]

    @property
    def cells(self) -> tuple[CellKey, ...]:
        """The cells of the form that the row should fill."""
        return self.cells_in(self.table.columns)

    def cells_in(self, columns: Sequence[Line]) -> tuple[CellKey, ...]:
        """The cells of the form that the row should fill, in the order of `columns`."""
        return tuple(CellKey(self.table.key, self.line.key, column.key) for column in columns)

    @property
    def lead(self) -> int:
        """How many positions the label covers besides its own."""
        return label_columns(self.table) - len(self.line.path)

    @property
    def width(self) -> int:
        """How many positions follow the label's own, with those that merged cells cover."""
        return self.lead + sum(column.span for column in self.table.columns)

    @property
    def has_merges(self) -> bool:
        """Whether some cell of the printed row covers more than one position."""
        return self.width > len(self.table.columns)

    @property
    def is_padded(self) -> bool:
        """Whether the row is too long to have merged cells stand once, without blanks."""
        return len(self.after) > len(self.table.columns)

    def figures(self, columns: Sequence[Line]) -> Row | None:
        """One cell for each of `columns`, if exactly that follows the label, merged cells padded with blanks or not."""
        if len(self.after) == len(columns):
            return self.after
        starts = [self.lead + sum(column.span for column in columns[:number]) for number in range(len(columns))]
        padding = (cell for position, cell in enumerate(self.after) if position not in starts)
        if len(self.after) != self.width or not all(cell.is_blank for cell in padding):
            return None
        return tuple(self.after[start] for start in starts)

    def miscount(self) -> str:
        """Why there are no `figures`, in the user's words."""
        padding = self.after[: self.lead]
        count, due = len(self.after), len(self.table.columns)
        if count > self.lead and all(cell.is_blank for cell in padding):
            count -= self.lead
        return "的数与表头的位置对不上" if count == due else f"应有 {due} 个数，实有 {count} 个"

    def where(self, form: Form) -> str:
        """The row as messages name it."""
        return table_name(form, self.table.key) + line_name(self.table, "row", self.line)


def labelled(form: Form, row: Row) -> list[Labelled]:
    """The rows of the form whose labels `row` bears: more than one if rows have run together."""
    lines = labels_of(form).rows
    known = ((at, lines[label]) for at, cell in enumerate(row) if (label := normal(cell.text)) in lines)
    found = (Labelled(row, at, *line) for at, line in known)
    return [each for each in found if _is_row(each)]


def _is_row(found: Labelled) -> bool:
    """Whether a label names its own row: （六）其他处理 may stand over three others instead."""
    if normal(found.row[found.at].text) not in all_groups():
        return True
    unfilled = all(cell.is_blank for cell in found.after)
    return bool(found.after) and not found.after[0].is_words and not (found.line.source_only and unfilled)


class Manner(NamedTuple):
    """How a document prints the form.

    `padding`: whether it fills the positions that merged cells cover with blanks, as its rows show: always,
    never, both or unknown.  `lines`: the keys of table and row of the rows it has.
    """

    padding: frozenset[bool]
    lines: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, form: Form, rows: Sequence[Row]) -> Manner:
        """The manner that `rows` show."""
        padding = (_pads(form, row) for row in rows)
        lines = ((found.table.key, found.line.key) for row in rows for found in labelled(form, row))
        return cls(frozenset(shown for shown in padding if shown is not None), frozenset(lines))

    def has_rows_under(self, found: Labelled) -> bool:
        """Whether the document has some of the rows in whose place `found` may stand."""
        return any(table == found.table.key and line.startswith(f"{found.line.key}.") for table, line in self.lines)


def _pads(form: Form, row: Row) -> bool | None:
    written = [normal(cell.text) for cell in row if not cell.is_blank]
    if len(written) == 1 and written[0] in labels_of(form).titles:
        return len(row) > 1
    for found in labelled(form, row):
        figures = found.figures(found.table.columns)
        if figures and found.has_merges and (found.is_padded or not any(cell.is_blank for cell in figures)):
            return found.is_padded
    return None

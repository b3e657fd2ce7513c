"""What titles and header rows say about the rows below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..form import Form, Line, Table
from .labels import labels_of, normal, spellings


class Header(NamedTuple):
    """The table that the next rows belong to, and the columns of each table in the order they stand.

    It holds until the next title or header, so that a table may go on after a page break.  A table whose
    header contradicts the form has no columns; one with a title has none before its header.
    """

    form: Form
    table: Table | None
    columns: Mapping[str, tuple[Line, ...]]

    @classmethod
    def of(cls, form: Form) -> Header:
        """What is known before the first row: the tables without a title stand in their own chapter."""
        return cls(form, None, {table.key: table.columns for table in form.tables.values() if not table.title})

    def after(self, labels: Sequence[str]) -> Header:
        """What is known after a row of `labels` without figures."""
        for label in labels:
            if title := labels_of(self.form).titles.get(label):
                return self._under(title)
        if self.table and self.table.title and normal(self.table.corner) in labels:
            return self._with(self.table, _columns(self.table, labels))
        for table in self.form.tables.values():
            if not table.title and _speaks_of(table, labels):
                orderly = all(_in_order(labels, names) for names in _names(table))
                return self._with(table, self.columns[table.key] if orderly else ())
        return self

    def after_row(self, table: Table) -> Header:
        """What is known after a row of figures of `table`."""
        return self if table.title else self._replace(table=table)

    def _under(self, title: Table) -> Header:
        untitled = {key: columns for key, columns in self.columns.items() if not self.form.tables[key].title}
        return self._replace(table=title, columns=untitled)

    def _with(self, table: Table, columns: tuple[Line, ...]) -> Header:
        return self._replace(table=table, columns={**self.columns, table.key: columns})


def _columns(table: Table, labels: Sequence[str]) -> tuple[Line, ...]:
    """The columns of `table` as its header lists them; none if it is not exactly those of the form."""
    listed = [label for label in labels if label and label != normal(table.corner)]
    found = [column for label in listed for column in table.columns if label in spellings(column)]
    return tuple(found) if len(listed) == len(found) == len(set(found)) == len(table.columns) else ()


def _names(table: Table) -> list[list[frozenset[str]]]:
    """The labels over the columns of a table without title, in the order they are printed."""
    columns = [spellings(column) for column in table.columns]
    if table.printed == "down":
        return [columns]
    blocks = dict.fromkeys(name for row in table.rows for name in row.path)
    return [columns, [frozenset({normal(name)}) for name in blocks]]


def _positions(labels: Sequence[str], names: Sequence[frozenset[str]]) -> list[int]:
    return [position for label in labels for position, name in enumerate(names) if label in name]


def _speaks_of(table: Table, labels: Sequence[str]) -> bool:
    return any(len(set(_positions(labels, names))) > 1 for names in _names(table))


def _in_order(labels: Sequence[str], names: Sequence[frozenset[str]]) -> bool:
    """Whether the labels stand in the order of the form, once or, over several blocks, again and again."""
    found = _positions(labels, names)
    runs = [found[start : start + len(names)] for start in range(0, len(found), len(names))]
    return all(run == sorted(set(run)) for run in runs)
